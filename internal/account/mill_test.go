package account

import (
	"testing"

	"github.com/alexedwards/argon2id"
)

// An unknown account costs what a known one does: the stand-in is of the same cost.
func TestNobodyCostsWhatSomebodyCosts(t *testing.T) {
	params, _, key, err := argon2id.DecodeHash(nobody)
	if err != nil {
		t.Fatal(err)
	}
	if params.Memory != cost.Memory || params.Iterations != cost.Iterations ||
		params.Parallelism != cost.Parallelism || uint32(len(key)) != cost.KeyLength {
		t.Errorf("nobody costs %+v with a key of %d bytes, somebody %+v", params, len(key), cost)
	}
	if same, err := newMill().matches(t.Context(), "anything at all", nobody); same || err != nil {
		t.Errorf("nobody's password matched: %v, %v", same, err)
	}
}
