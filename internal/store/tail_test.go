package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/session"
	"mend/internal/store"
)

// crashed is what a power cut would leave of a house: its files as they are just now.
func (h *house) crashed() (path string) {
	h.t.Helper()
	path = filepath.Join(h.t.TempDir(), filepath.Base(h.path))
	// The tail first: meanwhile its records may go to the table.
	h.copyFiles(path, "-tail", "", "-wal")
	return path
}

func (h *house) copyFiles(path string, ends ...string) {
	h.t.Helper()
	for _, end := range ends {
		raw, err := os.ReadFile(h.path + end)
		if err == nil {
			err = os.WriteFile(path+end, raw, 0o600)
		}
		if err != nil {
			h.t.Fatal(err)
		}
	}
}

// rows counts a session's records in the table itself.
func (h *house) rows(id string) (n int) {
	h.t.Helper()
	if err := h.raw().QueryRow("SELECT count(*) FROM events WHERE session = ?", id).Scan(&n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

// held has the table take nothing until it is released.
func (h *house) held() (release func()) {
	h.t.Helper()
	conn := must(h.raw().Conn(h.t.Context()))(h.t)
	must(conn.ExecContext(h.t.Context(), "BEGIN IMMEDIATE"))(h.t)
	return func() {
		must(conn.ExecContext(h.t.Context(), "ROLLBACK"))(h.t)
		wants(h.t, conn.Close(), "")
	}
}

// same checks that a log reads as another does.
func same(t *testing.T, what string, got, want []session.Record) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d records, expected %d", what, len(got), len(want))
	}
	for i := range got {
		if got[i].Seq != want[i].Seq || got[i].Command != want[i].Command {
			t.Errorf("%s: at %d stands another record", what, i+1)
		}
	}
}

// Whatever was acknowledged is there after a crash, wherever it was at that moment: in
// the table, in the tail or in both. Who looks from beside sees it too, and so does a
// backup of what was left.
func TestWhatWaitsInTheTailOutlivesACrash(t *testing.T) {
	ofSQLite(t, "the tail")
	h := newHouse(t)
	ids := h.sessions(3)
	seq := uint64(0)
	more := func(n int) {
		for range n {
			seq++
			for _, id := range ids {
				h.append(id, seq, session.One, submitted("words", exercise.Room))
			}
		}
	}
	toTable := func() { // what a consent means for the tables beside the log
		seq++
		for _, id := range ids {
			h.append(id, seq, session.Two, session.Consented{Policy: 1})
		}
	}
	bringIn := func() { wants(t, store.BringIn(h.Store), "") }
	for _, step := range []struct {
		name string
		do   func()
	}{
		{"all of it waits", func() { more(5) }},
		{"some was brought in", func() { bringIn(); more(3) }},
		{"more was, in several rounds", func() { bringIn(); more(2); bringIn(); more(1) }},
		{"the last went to the table at once", func() { more(2); toTable() }},
		{"and one follows upon it", func() { more(1) }},
		{"all of it was brought in", bringIn},
	} {
		name := step.name
		step.do()
		want := map[string][]session.Record{}
		for _, id := range ids {
			if want[id] = must(h.Read(t.Context(), id, 0))(t); uint64(len(want[id])) != seq {
				t.Fatalf("%s: %d records, %d were acknowledged", name, len(want[id]), seq)
			}
		}
		path := h.crashed()
		beside, err := store.Open(t.Context(), store.Options{Path: path, Master: h.master, Beside: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			same(t, name+", from beside", must(beside.Read(t.Context(), id, 0))(t), want[id])
		}
		if err := beside.Close(); err != nil {
			t.Fatal(err)
		}
		backup, keys, back := filepath.Join(t.TempDir(), "b"), filepath.Join(t.TempDir(), "k"), filepath.Join(t.TempDir(), "mend.db")
		must(store.Backup(t.Context(), path, backup, keys))(t)
		must(store.Restore(t.Context(), store.Restoring{Backup: backup, Keys: keys, To: back, Master: h.master}))(t)
		for what, path := range map[string]string{"after the crash": path, "brought back": back} {
			again := open(t, path, h.master)
			for _, id := range ids {
				same(t, name+", "+what, must(again.Read(t.Context(), id, 0))(t), want[id])
				next := record(seq+1, session.Two, session.DialSet{Value: 1})
				wants(t, again.Append(t.Context(), id, next), "")
				if err := again.Append(t.Context(), id, next); !errors.Is(err, session.ErrConflict) {
					t.Errorf("%s, %s: the same again: %v", name, what, err)
				}
				next.Seq++
				if err := again.Append(t.Context(), id, next); !errors.Is(err, session.ErrConflict) {
					t.Errorf("%s, %s: the same command again: %v", name, what, err)
				}
			}
			wants(t, store.BringIn(again), "")
			if found := must(again.Check(t.Context()))(t); len(found.Wrong) > 0 {
				t.Errorf("%s, %s: %q", name, what, found.Wrong)
			}
		}
	}
}

// Long records that come at once share a flush only as far as the tail has room for them:
// a batch that is longer than it would have to go to the table as a whole.
func TestLongRecordsAtOnceFitIntoTheTail(t *testing.T) {
	ofSQLite(t, "the tail")
	h := newHouse(t)
	ids := h.sessions(60)
	before := h.Counters().Commits
	answers, release := make(chan error), store.Busy(h.Store)
	for _, id := range ids {
		h.Submit(t.Context(), id, record(1, session.One, submitted(strings.Repeat("a", 100_000), exercise.Room)), func(err error) {
			go func() { answers <- err }()
		})
	}
	release()
	for range ids {
		wants(t, <-answers, "")
	}
	if flushes := h.Counters().Commits - before; flushes < 10 {
		t.Errorf("6 MB shared %d flushes", flushes)
	}
}

// Where records come faster than the table takes them the file grows, up to a bound, and a
// crash leaves them in the order in which they came, wherever they stand in it.
func TestATailThatFillsUpGrows(t *testing.T) {
	ofSQLite(t, "the tail")
	h := newHouse(t)
	ids := h.sessions(3)
	size := func() int { return int(must(os.Stat(store.TailOf(h.path)))(t).Size() >> 20) }
	if size() != 2 {
		t.Fatalf("it begins with %d MiB", size())
	}
	words, seq := strings.Repeat("words ", 2500), uint64(0) // 16 KiB once they are sealed
	for _, wave := range []struct{ each, least, most int }{
		{70, 4, 6},    // 3.4 MB of what has to wait
		{40, 4, 6},    // which there is room for now
		{150, 8, 11},  // 7.2 MB
		{80, 8, 11},   // in whatever is free, in another order
		{250, 13, 16}, // 12 MB
	} {
		release := h.held()
		for range wave.each {
			seq++
			for _, id := range ids {
				h.append(id, seq, session.One, submitted(words, exercise.Room))
			}
		}
		if n := size(); n < wave.least || n > wave.most {
			t.Errorf("it has %d MiB after %d records more", n, len(ids)*wave.each)
		}
		path := h.crashed()
		release()
		again := open(t, path, h.master)
		for _, id := range ids {
			same(t, fmt.Sprint("after ", seq), must(again.Read(t.Context(), id, 0))(t), must(h.Read(t.Context(), id, 0))(t))
		}
		wants(t, store.BringIn(again), "")
		if found := must(again.Check(t.Context()))(t); len(found.Wrong) > 0 {
			t.Errorf("%q", found.Wrong)
		}
		wants(t, again.Close(), "")
		wants(t, store.BringIn(h.Store), "")
	}
	for _, id := range ids {
		if n := h.rows(id); uint64(n) != seq {
			t.Errorf("the table has %d records of %d", n, seq)
		}
	}
}

// Who looks from beside, or makes a backup, may read one segment before the server turns to
// it and the next after that. They see a beginning of each log, and no gap.
func TestATailThatIsReadAmidATurnShowsNoGap(t *testing.T) {
	ofSQLite(t, "the tail")
	h := newHouse(t)
	id := h.sessions(1)[0]
	release := h.held()
	const seqs = 200 // 3.3 MB
	for seq := range uint64(seqs) {
		h.append(id, seq+1, session.One, submitted(strings.Repeat("words ", 2500), exercise.Room))
	}
	path := h.crashed()
	release()
	tail := must(os.ReadFile(store.TailOf(path)))(t)
	for missed := range len(tail) >> 20 {
		amid := append([]byte(nil), tail...)
		clear(amid[missed<<20 : (missed+1)<<20])
		wants(t, os.WriteFile(store.TailOf(path), amid, 0o600), "")
		left := &house{t: t, path: path, master: h.master}
		log := must(left.beside().Read(t.Context(), id, 0))(t)
		for i, r := range log {
			if r.Seq != uint64(i+1) {
				t.Fatalf("without segment %d, at %d stands record %d", missed, i+1, r.Seq)
			}
		}
		backup := left.backup(fmt.Sprint(missed))
		back, _ := left.restore(backup.file, backup.keys)
		if n := back.rows(id); len(log) == seqs || n != len(log) {
			t.Errorf("without segment %d: %d records, and %d in the backup", missed, len(log), n)
		}
	}
}

// What waited is written over only once the table has it on the disk: a power cut takes all
// that was not flushed there, and nothing else.
func TestTheTailIsWrittenOverOnlyAfterAFlush(t *testing.T) {
	ofSQLite(t, "the tail")
	h := newHouse(t)
	id := h.sessions(1)[0]
	h.append(id, 1, session.One, submitted("first", exercise.Room))
	wants(t, store.BringIn(h.Store), "")

	// No flush succeeds any more: neither that of SQLite's log, nor, while somebody reads,
	// one of all that stands in it.
	wants(t, store.BreakFlush(h.Store), "")
	reader := must(h.raw().Begin())(t)
	var n int
	if err := reader.QueryRow("SELECT count(*) FROM events").Scan(&n); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), filepath.Base(h.path))
	h.copyFiles(path, "", "-wal") // all of it that a power cut is sure to leave

	acknowledged, refused := uint64(1), map[string]bool{}
	for !refused["storage_busy"] { // which it is once there is no room: that the flush failed is told before
		err := h.Append(t.Context(), id, record(acknowledged+1, session.One, submitted(strings.Repeat("long ", 700), exercise.Room)))
		if err == nil {
			acknowledged++
		} else {
			refused[fault.Code(err)] = true
		}
		if acknowledged > 10_000 {
			t.Fatal("the tail is never full")
		}
	}
	if len(refused) != 2 || !refused["storage_failed"] {
		t.Errorf("refused with %v", refused)
	}
	h.copyFiles(path, "-tail")
	again := open(t, path, h.master)
	if log := must(again.Read(t.Context(), id, 0))(t); uint64(len(log)) != acknowledged {
		t.Errorf("%d of %d acknowledged records outlived the cut", len(log), acknowledged)
	}

	wants(t, reader.Rollback(), "")
	h.recovers()
	h.append(id, acknowledged+1, session.One, submitted("goes on", exercise.Room))
	if log := must(h.Read(t.Context(), id, 0))(t); uint64(len(log)) != acknowledged+1 {
		t.Errorf("%d records, %d were acknowledged", len(log), acknowledged+1)
	}
}

// A tail that was cut off or damaged anywhere gives back the records before that place,
// as they were, and never anything else.
func TestADamagedTailGivesBackItsBeginning(t *testing.T) {
	ofSQLite(t, "the tail")
	h := newHouse(t)
	id := h.sessions(1)[0]
	for seq := range uint64(8) {
		h.append(id, seq+1, session.One, submitted("an older round", exercise.Room))
	}
	wants(t, store.BringIn(h.Store), "")
	const inTable, waiting = 8, 6
	for seq := range uint64(waiting) {
		h.append(id, inTable+seq+1, session.One, submitted(fmt.Sprint("round two, ", seq), exercise.Room))
	}
	want := must(h.Read(t.Context(), id, 0))(t)
	whole := h.crashed()
	tail := must(os.ReadFile(store.TailOf(whole)))(t)
	used := len(tail)
	for used > 0 && tail[used-1] == 0 {
		used--
	}
	rapid.Check(t, func(r *rapid.T) {
		at := rapid.IntRange(0, used-1).Draw(r, "at")
		damaged := append([]byte(nil), tail...)
		if rapid.Bool().Draw(r, "cut off") {
			clear(damaged[at:])
		} else {
			damaged[at] ^= byte(rapid.IntRange(1, 255).Draw(r, "bits"))
		}
		if err := os.WriteFile(store.TailOf(whole), damaged, 0o600); err != nil {
			r.Fatal(err)
		}
		beside, err := store.Open(context.Background(), store.Options{Path: whole, Master: h.master, Beside: true})
		if err != nil {
			r.Fatal(err)
		}
		defer beside.Close()
		got, err := beside.Read(context.Background(), id, 0)
		if err != nil || len(got) < inTable || len(got) > len(want) {
			r.Fatalf("%d records, %v", len(got), err)
		}
		same(t, "damaged", got, want[:len(got)])
	})
}

// Two servers on one database would not know of each other's tails.
func TestASecondMendOnTheSameDatabaseIsRefused(t *testing.T) {
	ofSQLite(t, "the tail")
	h := newHouse(t)
	if _, err := store.Open(t.Context(), store.Options{Path: h.path, Master: h.master}); !errors.Is(err, store.ErrHeld) {
		t.Errorf("got %v", err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(store.TailOf(h.path)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("after a clean close: %v", err)
	}
	open(t, h.path, h.master)
}

// A tail that cannot be written to costs time and nothing else: the table takes what it
// does not, in the right order.
func TestATailThatFailsGivesWayToTheTable(t *testing.T) {
	ofSQLite(t, "the tail")
	h := newHouse(t)
	id := h.sessions(1)[0]
	h.append(id, 1, session.One, submitted("waits", exercise.Room))
	wants(t, store.BreakTail(h.Store), "")
	for seq := range uint64(5) {
		h.append(id, seq+2, session.One, submitted("goes to the table", exercise.Room))
	}
	if n := h.rows(id); n != 6 {
		t.Errorf("%d records in the table", n)
	}
	if log := must(h.Read(t.Context(), id, 0))(t); len(log) != 6 {
		t.Errorf("%d records", len(log))
	}
}

// What a failed write left behind is not taken for a record that waited, once another was
// acknowledged in its place.
func TestWhatAFailedWriteLeftInTheTailDoesNotComeBack(t *testing.T) {
	ofSQLite(t, "the tail")
	h := newHouse(t)
	id := h.sessions(1)[0]
	h.append(id, 1, session.One, submitted("first", exercise.Room))
	refused, kept := record(2, session.One, session.DialSet{Value: 1}), record(2, session.One, session.DialSet{Value: 2})
	store.LeaveInTail(t, h.Store, id, refused)
	wants(t, store.BringIn(h.Store), "") // the disk is well again
	wants(t, h.Append(t.Context(), id, kept), "")
	want := must(h.Read(t.Context(), id, 0))(t)
	if len(want) != 2 || want[1].Command != kept.Command {
		t.Fatalf("%d records, or the one that was refused", len(want))
	}
	again := open(t, h.crashed(), h.master)
	wants(t, store.BringIn(again), "")
	same(t, "after a crash", must(again.Read(t.Context(), id, 0))(t), want)
}

// Where a log ends is learned from whoever reads it. Who read it before the newest record
// came teaches nothing false.
func TestAnOldReadingIsNotTakenForTheEndOfALog(t *testing.T) {
	ofSQLite(t, "the tail")
	h := newHouse(t)
	ids := h.sessions(2)
	for _, id := range ids {
		h.append(id, 1, session.One, submitted("first", exercise.Room))
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, h.path, h.master) // which knows no log yet
	for i, second := range []session.Event{
		session.Consented{Policy: 1}, // goes to the table
		session.DialSet{Value: 1},    // waits
	} {
		say := store.Learns(t, again, ids[i])
		wants(t, again.Append(t.Context(), ids[i], record(2, session.One, second)), "")
		say()
		if err := again.Append(t.Context(), ids[i], record(2, session.Two, session.DialSet{Value: 2})); !errors.Is(err, session.ErrConflict) {
			t.Errorf("%s: its place was given twice: %v", second.Type(), err)
		}
		wants(t, again.Append(t.Context(), ids[i], record(3, session.Two, session.DialSet{Value: 2})), "")
	}
}

// A log that nobody has added to for a while goes on where it ended, in the table or in the
// tail, and takes nothing twice.
func TestALogGoesOnAfterARest(t *testing.T) {
	ofSQLite(t, "the tail")
	h := newHouse(t)
	for _, inTable := range []bool{false, true} {
		id := h.session(h.couple())
		first := record(1, session.One, submitted("first", exercise.Room))
		wants(t, h.Append(t.Context(), id, first), "")
		h.append(id, 2, session.One, session.DialSet{Value: 1})
		if inTable {
			wants(t, store.BringIn(h.Store), "")
		}
		h.Rest()
		again := record(3, session.Two, session.DialSet{Value: 2})
		again.Command = first.Command
		for _, wrong := range []session.Record{record(2, session.Two, session.DialSet{Value: 2}), record(4, session.Two, session.DialSet{Value: 2}), again} {
			if err := h.Append(t.Context(), id, wrong); !errors.Is(err, session.ErrConflict) {
				t.Errorf("in the table %t: %d is answered with %v", inTable, wrong.Seq, err)
			}
		}
		h.append(id, 3, session.Two, session.DialSet{Value: 2})
		if log := must(h.Read(t.Context(), id, 0))(t); len(log) != 3 {
			t.Errorf("in the table %t: %d records", inTable, len(log))
		}
	}
}

// What waits of a couple that is erased comes into no table any more, and its bytes are
// gone from the file.
func TestAnErasedCouplesRecordsAreGoneFromTheTail(t *testing.T) {
	ofSQLite(t, "the tail")
	h := newHouse(t)
	couple := h.couple()
	id, other := h.session(couple), h.sessions(1)[0]
	h.append(id, 1, session.One, submitted("erased", exercise.Room))
	h.append(other, 1, session.One, submitted("kept", exercise.Room))
	must(h.EraseCouple(t.Context(), h.counselor, couple))(t)
	wants(t, h.Append(t.Context(), id, record(2, session.One, session.DialSet{Value: 1})), "not_found")
	for i, b := range must(os.ReadFile(store.TailOf(h.path)))(t) {
		if b != 0 {
			t.Fatalf("at %d something is left", i)
		}
	}
	h.append(other, 2, session.One, submitted("goes on", exercise.Room))
	if n := h.rows(id); n != 0 {
		t.Errorf("%d records of the erased couple", n)
	}
	if found := must(h.Check(t.Context()))(t); len(found.Wrong) > 0 {
		t.Errorf("%q", found.Wrong)
	}
}
