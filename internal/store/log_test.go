package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"sync"
	"testing"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/session"
	"mend/internal/store"
	"mend/internal/store/pgtest"
)

func TestTheLogGivesBackWhatItWasGiven(t *testing.T) {
	h := newHouse(t)
	id := h.session(h.couple())
	want := []session.Record{
		record(1, session.Counselor, session.Invited{Seat: session.SeatOne}),
		record(2, session.One, submitted("for the counselor", exercise.ToCounselor)),
		record(3, session.Two, session.Asked{Step: "1.0.1", Question: 1, Text: "why?"}),
		record(4, session.Two, session.DialSet{Value: 3}),
		record(5, session.Counselor, session.Whispered{To: session.SeatTwo, Text: "breathe"}),
	}
	for _, r := range want {
		if err := h.Append(t.Context(), id, r); err != nil {
			t.Fatal(err)
		}
	}
	for after := range uint64(7) {
		got, err := h.Read(t.Context(), id, after)
		if err != nil {
			t.Fatal(err)
		}
		if expect := want[min(after, 5):]; len(got) != len(expect) || len(got) > 0 && !reflect.DeepEqual(got, expect) {
			t.Errorf("after %d: %d records, %d expected, or not the same", after, len(got), len(expect))
		}
	}
}

// A log has no length at which it ends: a long evening's is read whole, and so is what
// comes after any of its records, also by a store that was opened later.
func TestALongLogIsReadWhole(t *testing.T) {
	h := newHouse(t)
	id := h.session(h.couple())
	const records = 5000 // more than any hour's
	for seq := uint64(1); seq <= records; seq++ {
		if err := h.Append(t.Context(), id, record(seq, session.One, session.DialSet{Value: int(seq % 11)})); err != nil {
			t.Fatal(err)
		}
	}
	whole := func() {
		t.Helper()
		for _, after := range []uint64{0, 1, 1000, records - 1} {
			log, err := h.Read(t.Context(), id, after)
			if err != nil || uint64(len(log)) != records-after || log[0].Seq != after+1 || log[len(log)-1].Seq != records {
				t.Fatalf("after %d there are %d records, %v", after, len(log), err)
			}
		}
	}
	whole()
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	h.Store = open(t, h.path, h.master)
	whole()
}

func TestACollisionIsAConflictAndChangesNothing(t *testing.T) {
	h := newHouse(t)
	id := h.session(h.couple())
	first := record(1, session.One, session.DialSet{Value: 1})
	if err := h.Append(t.Context(), id, first); err != nil {
		t.Fatal(err)
	}
	again := first
	again.Seq = 2
	for name, r := range map[string]session.Record{
		"the same seq":            record(1, session.Two, session.DialSet{Value: 2}),
		"the same command":        again,
		"the same record":         first,
		"a seq that leaves a gap": record(3, session.One, session.DialSet{Value: 3}),
	} {
		if err := h.Append(t.Context(), id, r); !errors.Is(err, session.ErrConflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if log, err := h.Read(t.Context(), id, 0); err != nil || len(log) != 1 {
		t.Errorf("%d records, %v", len(log), err)
	}
	if c := h.Counters(); c.Appends != 1 || c.Conflicts != 4 || c.Commits != 1 {
		t.Errorf("counted %+v", c)
	}
}

func TestTheLogOfNoSessionIsNotFound(t *testing.T) {
	h := newHouse(t)
	if _, err := h.Read(t.Context(), "nowhere", 0); fault.Code(err) != "not_found" {
		t.Errorf("read: %v", err)
	}
	if err := h.Append(t.Context(), "nowhere", record(1, session.One, session.DialSet{})); fault.Code(err) != "not_found" {
		t.Errorf("append: %v", err)
	}
}

// Many write at once, in their own sessions and against one another in one: every
// log is without a gap, whoever loses a race is told so and tries again, and one
// commit serves many.
func TestManyWritersShareCommits(t *testing.T) {
	h := newHouse(t)
	couple := h.couple()
	const own, rivals, each = 24, 8, 15
	shared := h.session(couple)
	ids := make([]string, own)
	for i := range ids {
		ids[i] = h.session(couple)
	}
	var all sync.WaitGroup
	for _, id := range ids {
		all.Go(func() {
			for seq := range uint64(each) {
				if err := h.Append(context.Background(), id, record(seq+1, session.One, submitted(fmt.Sprint(seq), exercise.Room))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range rivals {
		all.Go(func() {
			for done, seq := 0, uint64(1); done < each; {
				switch err := h.Append(context.Background(), shared, record(seq, session.Two, session.DialSet{Value: done % 10})); {
				case err == nil:
					done, seq = done+1, seq+1
				case errors.Is(err, session.ErrConflict):
					missed, err := h.Read(context.Background(), shared, seq-1)
					if err != nil {
						t.Error(err)
						return
					}
					seq += uint64(len(missed))
				default:
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	for _, id := range append(ids, shared) {
		log, err := h.Read(t.Context(), id, 0)
		if err != nil {
			t.Fatal(err)
		}
		length := each
		if id == shared {
			length = each * rivals
		}
		if len(log) != length {
			t.Errorf("%d records, %d were acknowledged", len(log), length)
		}
		for i, r := range log {
			if r.Seq != uint64(i+1) {
				t.Fatalf("seq %d stands at place %d", r.Seq, i+1)
			}
		}
	}
	c := h.Counters()
	if c.Appends != (own+rivals)*each {
		t.Errorf("%d appends counted", c.Appends)
	}
	if c.Commits >= c.Appends {
		t.Errorf("%d commits for %d appends: nothing was shared", c.Commits, c.Appends)
	}
	t.Logf("%d appends, %d conflicts, %d commits", c.Appends, c.Conflicts, c.Commits)
}

// Some records wait in the tail and some go to the table at once, and of one flush's worth
// each kind goes its own way: the log of a session is in order all the same.
func TestRecordsThatGoDifferentWaysStayInOrder(t *testing.T) {
	h := newHouse(t)
	const each = 12
	ids := h.sessions(16)
	verdicts := make(chan error, each*len(ids))
	for seq := range uint64(each) {
		for i, id := range ids {
			var what session.Event = session.DialSet{Value: 1}
			if (int(seq)+i)%4 == 0 {
				what = session.Admitted{Seat: session.SeatOne} // means something beside the log
			}
			h.Submit(t.Context(), id, record(seq+1, session.Counselor, what), func(err error) { verdicts <- err })
		}
	}
	for range cap(verdicts) {
		if err := <-verdicts; err != nil {
			t.Error(err)
		}
	}
	for _, id := range ids {
		log, err := h.Read(t.Context(), id, 0)
		if err != nil || len(log) != each {
			t.Fatalf("%d records, %v", len(log), err)
		}
		for i, r := range log {
			if r.Seq != uint64(i+1) {
				t.Fatalf("seq %d stands at place %d", r.Seq, i+1)
			}
		}
	}
}

func TestOneAtATimeIsOneCommitEach(t *testing.T) {
	h := newHouse(t)
	id := h.session(h.couple())
	for seq := range uint64(20) {
		h.append(id, seq+1, session.One, session.DialSet{Value: 1})
	}
	if c := h.Counters(); c.Appends != 20 || c.Commits != 20 {
		t.Errorf("counted %+v", c)
	}
}

// Who cannot be served costs the others in the same transaction nothing, and
// leaves nothing behind: neither a record nor what it would have meant.
func TestOneRefusalInATransactionIsNobodyElses(t *testing.T) {
	h := newHouse(t)
	couple := h.couple()
	first, other, third := h.session(couple), h.session(couple), h.session(couple)
	conclude := session.Signed{Step: "1.0.1", Wording: 1, Concluded: &session.Agreement{ID: "the same", SignedAt: monday}}
	h.append(first, 1, session.One, conclude)

	same := record(1, session.One, session.DialSet{Value: 1})
	verdicts := store.AppendTogether(t, h.Store,
		[]string{third, other, third, first, third},
		[]session.Record{
			same,                             // kept
			record(1, session.Two, conclude), // refused by the table beside the log
			same,                             // the same again
			record(9, session.One, conclude), // leaves a gap
			record(2, session.Two, session.DialSet{Value: 2}), // kept: it follows the first of this very transaction
		})
	for i, want := range []string{"kept", "refused", "conflict", "conflict", "kept"} {
		got := "refused"
		switch {
		case verdicts[i] == nil:
			got = "kept"
		case errors.Is(verdicts[i], session.ErrConflict):
			got = "conflict"
		}
		if got != want {
			t.Errorf("record %d: %s (%v), expected %s", i, got, verdicts[i], want)
		}
	}
	for id, length := range map[string]int{first: 1, other: 0, third: 2} {
		if log := must(h.Read(t.Context(), id, 0))(t); len(log) != length {
			t.Errorf("%d records, %d expected", len(log), length)
		}
	}
	commits := uint64(2)
	if pgtest.Wanted() { // where what means something beside the log parts those before from those after
		commits = 3
	}
	if c := h.Counters(); c.Appends != 3 || c.Commits != commits || c.Conflicts != 2 || c.Refused != 1 {
		t.Errorf("counted %+v", c)
	}
}

// A journal that records alone have made long is brought into the database file and
// begins anew at its front, while the writing goes on.
func TestTheJournalBeginsAnew(t *testing.T) {
	ofSQLite(t, "the journal")
	h := newHouse(t)
	id := h.session(h.couple())
	event := submitted("word", exercise.Room)
	before := journalSalt(t, h.path)
	const most = 3200 // records; by then no commit would have made a checkpoint itself
	for seq := uint64(1); seq <= most; seq++ {
		h.append(id, seq, session.One, event)
		if seq%50 != 0 {
			continue
		}
		wants(t, store.BringIn(h.Store), "")
		if journalSalt(t, h.path) != before {
			return
		}
	}
	t.Errorf("after %d records the journal still grows", most)
}

// journalSalt is what SQLite changes in the head of its journal whenever that begins
// anew: a count and two random numbers.
func journalSalt(t *testing.T, path string) (salt [12]byte) {
	t.Helper()
	journal, err := os.Open(path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	defer journal.Close()
	if _, err := journal.ReadAt(salt[:], 12); err != nil {
		t.Fatal(err)
	}
	return salt
}
