package store_test

import (
	"testing"
	"time"

	"mend/internal/exercise"
	"mend/internal/intake"
	"mend/internal/protocol"
	clocks "mend/internal/record"
	"mend/internal/session"
	"mend/internal/store"
)

// at is the house as it is found at another time.
func (h *house) at(when time.Time) *house {
	h.t.Helper()
	s, err := store.Open(h.t.Context(), at(h.t, store.Options{Path: h.path, Master: h.master, Now: func() time.Time { return when }, Beside: true}))
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() {
		if err := s.Close(); err != nil {
			h.t.Error(err)
		}
	})
	return &house{t: h.t, path: h.path, master: h.master, counselor: h.counselor, Store: s}
}

func TestWhatIsDueGoesAndNothingElse(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	couple, id := h.talked()
	held, _ := h.talked()
	expected, _ := h.talked()
	if err := h.Hold(ctx, h.counselor, held, "a court asked", store.Once{}); err != nil {
		t.Fatal(err)
	}
	soon := monday.AddDate(1, 0, 10)
	must(h.CreateSession(ctx, h.counselor, expected, store.NewSession{StartsAt: &soon}, store.Once{}))(t)

	if due := must(h.Due(ctx, h.counselor, monday.Add(clocks.Warned)))(t); len(due.Items) != 0 {
		t.Errorf("due at once: %+v", due.Items)
	}
	_, err := h.CarryOut(ctx, h.counselor, couple, clocks.ProcessNotes)
	wants(t, err, "not_due")

	year := h.at(monday.AddDate(1, 0, 1))
	due := must(year.Due(ctx, h.counselor, monday.AddDate(1, 0, 1)))(t)
	if len(due.Items) != 2 || due.Items[0].What != clocks.ProcessNotes || due.Items[0].Label != "Label" {
		t.Fatalf("after a year: %+v", due.Items)
	}
	for _, d := range due.Items {
		if d.Held != (d.Couple == held) || d.Now == d.Held {
			t.Errorf("of %s it is told held %v, now %v", d.Couple, d.Held, d.Now)
		}
	}
	_, err = year.CarryOut(ctx, h.counselor, held, clocks.ProcessNotes)
	wants(t, err, "on_hold")
	wants(t, year.CarryOutInHouse(ctx, held, clocks.ProcessNotes), "on_hold")
	_, err = year.CarryOut(ctx, h.counselor, couple, clocks.WholeRecord)
	wants(t, err, "not_due")
	_, err = year.CarryOut(ctx, "stranger", couple, clocks.ProcessNotes)
	wants(t, err, "not_found")
	must(year.CarryOut(ctx, h.counselor, couple, clocks.ProcessNotes))(t)
	if n := must(year.Note(ctx, h.counselor, id, protocol.ProcessNote))(t); n.Version != 0 {
		t.Error("the process note is still there")
	}
	if n := must(year.Note(ctx, h.counselor, id, protocol.ProgressNote))(t); n.Version != 1 {
		t.Error("the progress note went with it")
	}
	must(year.PutNote(ctx, h.counselor, id, protocol.PutNote{Kind: protocol.ProcessNote, Format: protocol.Free}))(t)
	_, err = year.CarryOut(ctx, h.counselor, couple, clocks.WholeRecord)
	wants(t, err, "not_due")

	seven := h.at(monday.AddDate(7, 0, 1))
	if gone := must(seven.CarryOut(ctx, h.counselor, couple, clocks.WholeRecord))(t); len(gone) != 1 {
		t.Errorf("sessions gone: %v", gone)
	}
	_, err = seven.Couple(ctx, h.counselor, couple)
	wants(t, err, "not_found")
	for _, c := range []string{held, expected} {
		must(seven.Couple(ctx, h.counselor, c))(t)
	}
	if c := must(h.beside().Check(ctx))(t); len(c.Wrong) > 0 || c.Deeds < 3 {
		t.Errorf("%d deeds, wrong: %q", c.Deeds, c.Wrong)
	}
}

// A backup from before has neither the key of process notes that went; brought back, the
// couple has a new key, and the rest of their record.
func TestProcessNotesThatWentStayGoneInABackup(t *testing.T) {
	ofSQLite(t, "a backup")
	h := newHouse(t)
	couple, id := h.talked()
	old := h.backup("old.db")
	must(h.at(monday.AddDate(1, 0, 1)).CarryOut(t.Context(), h.counselor, couple, clocks.ProcessNotes))(t)
	// On this machine the ledger knows it; on another the keys of a later day do.
	back, _ := h.restore(old.file, h.backup("new.db").keys)
	if n := must(back.Note(t.Context(), h.counselor, id, protocol.ProcessNote))(t); n.Version != 0 {
		t.Error("the process note came back")
	}
	must(back.PutNote(t.Context(), h.counselor, id, protocol.PutNote{Kind: protocol.ProcessNote, Format: protocol.Free}))(t)
	if c := must(back.beside().Check(t.Context()))(t); len(c.Wrong) > 0 {
		t.Errorf("wrong: %q", c.Wrong)
	}
}

func TestTheTermsAreSetAndGiveAMonthsNotice(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	if k := must(h.KeepingTerms(ctx, h.counselor))(t); k.Progress != 7 || k.Process != 1 || !k.Since.Equal(monday) {
		t.Errorf("to begin with: %+v", k)
	}
	_, err := h.SetKeepingTerms(ctx, h.counselor, protocol.PutKeepingTerms{Progress: 3, Process: 4})
	wants(t, err, "process_outlives")
	_, err = h.SetKeepingTerms(ctx, h.counselor, protocol.PutKeepingTerms{Progress: 3, Process: 0})
	wants(t, err, "process_outlives")
	couple, _ := h.talked()
	later := h.at(monday.AddDate(2, 0, 0))
	must(later.SetKeepingTerms(ctx, h.counselor, protocol.PutKeepingTerms{Progress: 1, Process: 1}))(t)
	k := must(later.Keeping(ctx, h.counselor, couple))(t)
	if len(k.Due) != 2 || !k.Due[0].At.Equal(monday.AddDate(2, 0, 0).Add(clocks.Warned)) {
		t.Errorf("after shorter terms: %+v", k.Due)
	}
	must(later.SetKeepingTerms(ctx, h.counselor, protocol.PutKeepingTerms{}))(t)
	if k := must(later.Keeping(ctx, h.counselor, couple))(t); len(k.Due) != 0 {
		t.Errorf("kept until deleted: %+v", k.Due)
	}
}

func TestAListIsBroughtInOnceAndWhole(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	here := h.couple() // "Label", Ana and Ben
	const list = "label,one,two,sessions\n" +
		"label,,,2025-03-04;2025-03-18\n" +
		"The Lakes,Mia,Tom,2025-02-01\n" +
		"the  lakes,,,2025-02-01 2025-02-08\n"
	lines, problems := intake.Read(list, monday)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, apply := range []bool{false, true} {
		done := must(h.BringIn(ctx, h.counselor, h.counselor, lines, apply))(t)
		if done.Applied != apply || done.Couples != 1 || done.Sessions != 4 || len(done.Problems) > 0 {
			t.Errorf("applied %v: %+v", apply, done)
		}
		if l := done.Lines; l[0].Fate != "known" || l[0].Added != 2 || l[1].Fate != "new" || l[2].Fate != "known" || l[2].Added != 1 || l[2].Skipped != 1 {
			t.Errorf("applied %v: %+v", apply, l)
		}
		if n := h.count("SELECT count(*) FROM couples"); n != map[bool]int{false: 1, true: 2}[apply] {
			t.Errorf("applied %v: %d couples are here", apply, n)
		}
	}
	again := must(h.BringIn(ctx, h.counselor, store.Operator, lines, true))(t)
	if again.Couples+again.Sessions != 0 {
		t.Errorf("again: %+v", again)
	}
	c := must(h.Couple(ctx, h.counselor, here))(t)
	if len(c.Sessions) != 2 || c.Sessions[0].EndedAt.Format(time.DateOnly) != "2025-03-18" || !c.Sessions[0].Imported || c.Sessions[0].State != protocol.SessionEnded {
		t.Errorf("sessions: %+v", c.Sessions)
	}
	_, err := h.Facts(ctx, h.counselor, c.Sessions[0].ID)
	wants(t, err, "session_imported")
	if log := must(h.Read(ctx, c.Sessions[0].ID, 0))(t); len(log) != 0 {
		t.Error("a session held elsewhere has a log")
	}
	id := h.session(here)
	h.append(id, 1, session.One, submitted("word", exercise.Room))
	if list := must(h.SessionsOf(ctx, h.counselor, here, store.Page{}))(t); list.Items[0].ID != id {
		t.Error("a past session stands before a later one")
	}

	nameless, _ := intake.Read("label,one,two\nNobody,,\nAnother,Ana,Ben\n", monday)
	done := must(h.BringIn(ctx, h.counselor, h.counselor, nameless, true))(t)
	if done.Applied || len(done.Problems) != 2 || done.Problems[0].Line != 2 || done.Problems[0].Column != "one" {
		t.Errorf("without names: %+v", done)
	}
	if n := h.count("SELECT count(*) FROM couples"); n != 2 {
		t.Errorf("a list with mistakes was brought in in part: %d couples", n)
	}
	h.couple()
	done = must(h.BringIn(ctx, h.counselor, h.counselor, lines, true))(t)
	if done.Applied || done.Problems[0].Code != "label_twice" {
		t.Errorf("two of a label: %+v", done)
	}
}
