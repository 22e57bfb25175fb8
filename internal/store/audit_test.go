package store_test

import (
	"testing"
)

// Whoever holds the file can write to it; the chain tells that somebody has.
func TestTheAuditChainTellsWhatWasChanged(t *testing.T) {
	for name, forge := range map[string]string{
		"an actor":         "UPDATE deeds SET actor = 'somebody else' WHERE seq = 2",
		"an object":        "UPDATE deeds SET object = 'couple/x' WHERE seq = 3",
		"a time":           "UPDATE deeds SET at = at - 1 WHERE seq = 1",
		"one taken out":    "DELETE FROM deeds WHERE seq = 2",
		"the first, alone": "DELETE FROM deeds WHERE seq = 1",
		"two exchanged":    "UPDATE deeds SET seq = CASE seq WHEN 1 THEN 102 ELSE 101 END WHERE seq < 3; UPDATE deeds SET seq = seq - 100 WHERE seq > 100",
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			for range 3 {
				must(h.EraseCouple(t.Context(), h.counselor, h.couple()))(t)
			}
			if deeds := must(h.VerifyDeeds(t.Context()))(t); deeds != 6 { // each couple was created, too
				t.Fatalf("%d deeds", deeds)
			}
			db := h.raw()
			if _, err := db.ExecContext(t.Context(), forge); err == nil {
				t.Error("the database itself let it happen")
			}
			for _, statement := range []string{dropping("deeds_kept", "deeds"), dropping("deeds_stay", "deeds"), forge} {
				if _, err := db.ExecContext(t.Context(), statement); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := h.VerifyDeeds(t.Context()); err == nil {
				t.Error("nothing was noticed")
			}
		})
	}
}
