package rehearsal_test

import (
	"testing"

	"mend/internal/fault"
	"mend/internal/hub"
	"mend/internal/hub/logtest"
	"mend/internal/rehearsal"
	"mend/internal/session"
)

// A rehearsal's log keeps the very contract that the store keeps.
func TestTheLogKeepsTheRoomsContract(t *testing.T) {
	logtest.Run(t, func(*testing.T) (hub.Log, hub.Drafts, string, string) {
		l := rehearsal.NewLog()
		l.Begin("a")
		l.Begin("b")
		return l, l, "a", "b"
	})
}

// What was ended is forgotten to the last word, and takes none.
func TestAnEndedLogHoldsNothing(t *testing.T) {
	l := rehearsal.NewLog()
	l.Begin("a")
	record := session.Record{Seq: 1, Command: "c1", By: session.Counselor, Event: session.Paused{}}
	submit := func() (err error) {
		l.Submit(t.Context(), "a", record, func(e error) { err = e })
		return err
	}
	if err := submit(); err != nil {
		t.Fatal(err)
	}
	if err := l.SaveDraft(t.Context(), "a", session.SeatOne, "1.0.1", "I"); err != nil {
		t.Fatal(err)
	}
	l.End("a")
	_, read := l.Read(t.Context(), "a", 0)
	_, _, draft := l.Draft(t.Context(), "a", session.SeatOne)
	for what, err := range map[string]error{
		"reading": read, "a draft": draft, "writing": submit(),
		"saving a draft": l.SaveDraft(t.Context(), "a", session.SeatOne, "1.0.1", "I"),
	} {
		if fault.Code(err) != "not_found" {
			t.Errorf("%s after its end: %v", what, err)
		}
	}
}
