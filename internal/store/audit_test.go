package store_test

import (
	"errors"
	"testing"

	"mend/internal/store"
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
	t.Run("whatever is done", everyTamperingIsTold)
}

// What is cut off at the end of the chain, or goes back with a whole older database, is
// told by a head that was kept elsewhere.
func TestAHeadThatWasKeptTellsWhatWasCutOff(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	must(h.EraseCouple(ctx, h.counselor, h.couple()))(t)
	first := must(h.AuditHeads(ctx))(t)
	must(h.EraseCouple(ctx, h.counselor, h.couple()))(t)
	second := must(h.AuditHeads(ctx))(t)
	if len(first) != 1 || len(second) != 1 || first[0] == second[0] {
		t.Fatalf("%v, then %v", first, second)
	}
	for _, head := range []string{first[0], second[0]} {
		if !must(h.AuditHolds(ctx, head))(t) {
			t.Errorf("%s does not hold, and nothing was done", head)
		}
	}
	for _, other := range []string{"", "4", "4-", "x-" + first[0][2:], first[0] + "00", first[0][:len(first[0])-1]} {
		if _, err := h.AuditHolds(ctx, other); !errors.Is(err, store.ErrNoHead) {
			t.Errorf("%q: %v", other, err)
		}
	}
	db := h.raw()
	for _, statement := range []string{dropping("deeds_stay", "deeds"), "DELETE FROM deeds WHERE seq > 2"} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.VerifyDeeds(ctx); err != nil {
		t.Fatalf("the chain itself tells, and is not expected to: %v", err)
	}
	if !must(h.AuditHolds(ctx, first[0]))(t) || must(h.AuditHolds(ctx, second[0]))(t) {
		t.Error("nothing was noticed")
	}
	// What is written from then on has the old number and another mark.
	must(h.EraseCouple(ctx, h.counselor, h.couple()))(t)
	if must(h.AuditHolds(ctx, second[0]))(t) {
		t.Error("what took its place is taken for it")
	}
}
