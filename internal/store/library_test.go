package store_test

import (
	"bytes"
	"testing"
	"time"

	"mend/internal/exercise"
	"mend/internal/session"
	"mend/internal/store"
)

func started(id string) session.ExerciseStarted {
	return session.ExerciseStarted{Program: exercise.Program{ID: id, Title: id}}
}

func (h *house) lastUse(couple, exercise string) (time.Time, bool) {
	h.t.Helper()
	last := must(h.LastUses(h.t.Context(), h.counselor, couple, []string{exercise, "never"}))(h.t)
	at, used := last[exercise]
	return at, used
}

func TestAStarIsPutOnAndTakenOff(t *testing.T) {
	h := newHouse(t)
	for range 2 {
		if err := h.SetFavourite(t.Context(), h.counselor, "own-it", true); err != nil {
			t.Fatal(err)
		}
	}
	if starred := must(h.Favourites(t.Context(), h.counselor, []string{"own-it", "what-broke"}))(t); len(starred) != 1 || !starred["own-it"] {
		t.Errorf("starred: %v", starred)
	}
	if err := h.SetFavourite(t.Context(), h.counselor, "own-it", false); err != nil {
		t.Fatal(err)
	}
	if starred := must(h.Favourites(t.Context(), h.counselor, []string{"own-it", "what-broke"}))(t); len(starred) != 0 {
		t.Errorf("still starred: %v", starred)
	}
}

// The last time is the couple's own, and the latest, whichever session it was in.
func TestTheLastUseFollowsTheLog(t *testing.T) {
	h := newHouse(t)
	couple, other := h.couple(), h.couple()
	first, second := h.session(couple), h.session(couple)
	h.append(second, 1, session.Counselor, started("own-it"))
	h.append(second, 2, session.Counselor, started("own-it"))
	h.append(first, 1, session.Counselor, started("own-it"))
	if at, used := h.lastUse(couple, "own-it"); !used || !at.Equal(record(2, "", nil).At) {
		t.Errorf("last begun at %v, %v", at, used)
	}
	if _, used := h.lastUse(couple, "never"); used {
		t.Error("begun, yet it never was")
	}
	if _, used := h.lastUse(other, "own-it"); used {
		t.Error("another couple's was told")
	}
	_, err := h.LastUses(t.Context(), "somebody", couple, nil)
	wants(t, err, "not_found")
}

// What a couple works on is theirs: nobody reads it off the tables beside the log.
func TestTheLastUseIsNoPlainText(t *testing.T) {
	h := newHouse(t)
	couple, other := h.couple(), h.couple()
	for _, c := range []string{couple, other} {
		h.append(h.session(c), 1, session.Counselor, started("where-forgiveness-stands"))
	}
	wants(t, store.BringIn(h.Store), "")
	rows, err := h.raw().Query("SELECT mark FROM exercise_uses")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var marks [][]byte
	for rows.Next() {
		var mark []byte
		if err := rows.Scan(&mark); err != nil {
			t.Fatal(err)
		}
		marks = append(marks, mark)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if len(marks) != 2 || bytes.Equal(marks[0], marks[1]) || bytes.Contains(marks[0], []byte("forgive")) {
		t.Errorf("marks that tell: %d of them", len(marks))
	}
	if _, err := h.EraseCouple(t.Context(), h.counselor, couple); err != nil {
		t.Fatal(err)
	}
	var left int
	if err := h.raw().QueryRow("SELECT count(*) FROM exercise_uses").Scan(&left); err != nil || left != 1 {
		t.Errorf("%d left after one of two couples was deleted: %v", left, err)
	}
}

// What was begun before there was a note of it is found in the logs, once.
func TestWhatWasBegunBeforeIsRecalled(t *testing.T) {
	h := newHouse(t)
	couple := h.couple()
	h.append(h.session(couple), 1, session.Counselor, started("own-it"))
	wants(t, store.BringIn(h.Store), "")
	if _, err := h.raw().Exec("DELETE FROM exercise_uses"); err != nil {
		t.Fatal(err)
	}
	if _, used := h.lastUse(couple, "own-it"); used {
		t.Fatal("the note is not gone")
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	h.Store = open(t, h.path, h.master)
	if at, used := h.lastUse(couple, "own-it"); !used || !at.Equal(record(1, "", nil).At) {
		t.Errorf("recalled as %v, %v", at, used)
	}
}

// When an exercise was begun is known at once, and after a power cut as well, although it
// waits with its record to come into the tables.
func TestTheLastUseOutlivesACrash(t *testing.T) {
	ofSQLite(t, "the tail")
	h := newHouse(t)
	couple := h.couple()
	h.append(h.session(h.couple()), 1, session.Counselor, started("own-it")) // or a start would look through the logs
	wants(t, store.BringIn(h.Store), "")
	h.append(h.session(couple), 1, session.Counselor, started("own-it"))
	again := open(t, h.crashed(), h.master)
	backup := h.backup("b")
	back, _ := h.restore(backup.file, backup.keys)
	for where, s := range map[string]*store.Store{"at once": h.Store, "after a crash": again, "in a backup": back.Store} {
		last := must(s.LastUses(t.Context(), h.counselor, couple, []string{"own-it"}))(t)
		if at := last["own-it"]; !at.Equal(record(1, "", nil).At) {
			t.Errorf("%s: begun at %v", where, at)
		}
	}
	wants(t, store.BringIn(again), "")
	if last := must(again.LastUses(t.Context(), h.counselor, couple, []string{"own-it"}))(t); last["own-it"].IsZero() {
		t.Error("lost on its way into the table")
	}
}

// A session is as long as most unless somebody says otherwise, until it has begun.
func TestTheLengthOfASession(t *testing.T) {
	h := newHouse(t)
	couple := h.couple()
	id := h.session(couple)
	if s := h.view(id); s.Minutes != 50 {
		t.Errorf("%d minutes where nobody said", s.Minutes)
	}
	long := 75
	s := must(h.UpdateSession(t.Context(), h.counselor, id, store.SessionChange{Minutes: &long}))(t)
	if s.Minutes != 75 || len(s.Agenda) != 1 {
		t.Errorf("changed to %d minutes, %d on the agenda", s.Minutes, len(s.Agenda))
	}
	h.append(id, 1, session.Counselor, session.Admitted{Seat: session.SeatOne})
	_, err := h.UpdateSession(t.Context(), h.counselor, id, store.SessionChange{Minutes: &long})
	wants(t, err, "session_started")
}
