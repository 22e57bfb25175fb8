package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"mend/internal/account"
	"mend/internal/exercise"
	"mend/internal/homework"
	"mend/internal/protocol"
	"mend/internal/session"
	"mend/internal/store"
)

func homeProgram() exercise.Program {
	ask := func(id string, to exercise.Audience) exercise.Instruction {
		return exercise.Instruction{Step: exercise.Step{
			ID: id, Kind: exercise.Write, Who: exercise.Both, Audience: to, Words: exercise.Words{Prompt: "Write."},
		}}
	}
	return exercise.Program{ID: "at-home", Version: 1, Title: "At home", Steps: []exercise.Instruction{
		ask("room", exercise.Room), ask("seal", exercise.Sealed),
	}}
}

func homeRecord(seq uint64, by session.Role, e homework.Event) homework.Record {
	return homework.Record{
		Seq: seq, At: monday.Add(time.Duration(seq) * time.Second), By: by,
		Command: session.CommandID(uuid.Must(uuid.NewV7()).String()), Event: e,
	}
}

// homework is set for both, and each has given a word to the room and one under seal.
func (h *house) homework(couple string) string {
	h.t.Helper()
	id := uuid.Must(uuid.NewV7()).String()
	f, _, err := h.HomeworkFacts(context.Background(), h.counselor, couple)
	if err != nil {
		h.t.Fatal(err)
	}
	f.ID, f.Program, f.For, f.Line = id, homeProgram(), session.Seats(), "LINE at your own pace"
	_, err = h.SetHomework(context.Background(), h.counselor, couple, id, homeRecord(1, session.Counselor, homework.WasSet{Facts: f}), store.Once{})
	if err != nil {
		h.t.Fatal(err)
	}
	for i, e := range []homework.Event{
		homework.Answered{Step: 0, Answer: session.Answer{Text: "ROOM said by one"}, Audience: exercise.Room},
		homework.Answered{Step: 1, Answer: session.Answer{Text: "SEALED by one"}, Audience: exercise.Sealed},
	} {
		if err := h.AppendHomework(context.Background(), id, homeRecord(uint64(i)+2, session.One, e)); err != nil {
			h.t.Fatal(err)
		}
	}
	return id
}

func TestHomeworkIsKeptSealedAndInOrder(t *testing.T) {
	h := newHouse(t)
	couple := h.couple()
	id := h.homework(couple)
	log := must(h.HomeworkLog(t.Context(), id))(t)
	if len(log) != 3 || log[1].Event.(homework.Answered).Answer.Text != "ROOM said by one" {
		t.Fatalf("read back: %d records", len(log))
	}
	late := homeRecord(3, session.Two, homework.Declined{Step: 0})
	if err := h.AppendHomework(t.Context(), id, late); !errors.Is(err, session.ErrConflict) {
		t.Errorf("two records have one place: %v", err)
	}
	twice := homeRecord(4, session.One, homework.Declined{Step: 0})
	twice.Command = log[1].Command
	if err := h.AppendHomework(t.Context(), id, twice); !errors.Is(err, session.ErrConflict) {
		t.Errorf("a command took effect twice: %v", err)
	}
	if _, err := h.raw().Exec("UPDATE homework_events SET by = 'two' WHERE seq = 2"); err == nil {
		t.Error("the log was changed")
	}
	if _, err := h.Homework(t.Context(), uuid.NewString(), id); err == nil {
		t.Error("another counselor reads it")
	}
	if err := h.SaveHomeworkDraft(t.Context(), id, session.SeatTwo, 1, "DRAFT of two"); err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"ROOM said", "SEALED by", "LINE at", "DRAFT of", "At home", "at-home"} {
		if h.holds([]byte(words)) {
			t.Errorf("%q stands in the files", words)
		}
	}
}

func TestADraftGoesWithItsAnswer(t *testing.T) {
	h := newHouse(t)
	id := h.homework(h.couple())
	for _, text := range []string{"first", "then more"} {
		if err := h.SaveHomeworkDraft(t.Context(), id, session.SeatTwo, 1, words(text)); err != nil {
			t.Fatal(err)
		}
	}
	if d := must(h.HomeworkDrafts(t.Context(), id, session.SeatTwo))(t); d["1"] != "then more" {
		t.Errorf("kept: %d drafts", len(d))
	}
	if d := must(h.HomeworkDrafts(t.Context(), id, session.SeatOne))(t); len(d) != 0 {
		t.Error("one partner is given the other's draft")
	}
	answered := homework.Answered{Step: 1, Answer: session.Answer{Text: "given"}, Audience: exercise.Sealed}
	if err := h.AppendHomework(t.Context(), id, homeRecord(4, session.Two, answered)); err != nil {
		t.Fatal(err)
	}
	if d := must(h.HomeworkDrafts(t.Context(), id, session.SeatTwo))(t); len(d) != 0 {
		t.Error("a draft outlived its answer")
	}
}

// A link leads back until it ends; one visit at a time is open by it.
func TestALinkLeadsBackAndOneVisitIsOpen(t *testing.T) {
	h := newHouse(t)
	id := h.homework(h.couple())
	door := account.NewDoor(h.Store, account.Options{Now: func() time.Time { return monday }})
	_, token, err := door.InviteHome(t.Context(), h.counselor, id, session.SeatTwo, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	first, v, err := door.Visit(t.Context(), token, "192.0.2.1")
	if err != nil || v.Homework != id || v.Seat != session.SeatTwo {
		t.Fatalf("%+v, %v", v, err)
	}
	second, _, err := door.Visit(t.Context(), token, "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	_, err = door.Visitor(t.Context(), first)
	wants(t, err, "signed_out")
	now := must(door.Visitor(t.Context(), second))(t)
	if err := h.EndVisit(t.Context(), now.ID); err != nil {
		t.Fatal(err)
	}
	_, err = door.Visitor(t.Context(), second)
	wants(t, err, "signed_out")
	third, _, err := door.Visit(t.Context(), token, "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	late := account.NewDoor(h.Store, account.Options{Now: func() time.Time { return monday.Add(account.HomeworkLinkMost) }})
	_, _, err = late.Visit(t.Context(), token, "192.0.2.1")
	wants(t, err, "link_over")
	link := must(h.Homework(t.Context(), h.counselor, id))(t).Links[0]
	if err := h.RevokeHomeworkLink(t.Context(), h.counselor, id, link.ID); err != nil {
		t.Fatal(err)
	}
	_, err = door.Visitor(t.Context(), third)
	wants(t, err, "signed_out")
	_, _, err = door.Visit(t.Context(), token, "192.0.2.1")
	wants(t, err, "link_over")
}

// What the opening reads back is over in the same moment, and told once more if the
// same session asks again.
func TestASessionReadsHomeworkBackOnce(t *testing.T) {
	h := newHouse(t)
	couple := h.couple()
	id, now, next := h.homework(couple), h.session(couple), h.session(couple)
	toRead := func(in string) int { return len(must(h.HomeworkToRead(t.Context(), in))(t)) }
	if toRead(now) != 1 {
		t.Fatal("there is nothing to read back")
	}
	h.append(now, 1, session.Counselor, session.ExerciseStarted{
		Program: exercise.Program{ID: "opening", Frame: true}, Homework: []session.Homework{{ID: id}},
	})
	s := homework.Replay(must(h.HomeworkLog(t.Context(), id))(t))
	if s.ReadAt.IsZero() || toRead(now) != 1 || toRead(next) != 0 {
		t.Errorf("read at %v; again %d, in another session %d", s.ReadAt, toRead(now), toRead(next))
	}
	wants(t, h.SaveHomeworkDraft(t.Context(), id, session.SeatTwo, 1, "late"), "not_found")
}

func TestErasingOneLeavesWhatBothKnow(t *testing.T) {
	h := newHouse(t)
	couple := h.couple()
	id := h.homework(couple)
	must(h.ErasePartner(t.Context(), h.counselor, couple, session.SeatOne, ""))(t)
	log := must(h.HomeworkLog(t.Context(), id))(t)
	if _, gone := log[2].Event.(homework.Erased); !gone {
		t.Error("a private answer is still read")
	}
	if e, ok := log[1].Event.(homework.Answered); !ok || e.Answer.Text != "ROOM said by one" {
		t.Error("what was said to all three went with it")
	}
	if _, err := h.EraseCouple(t.Context(), h.counselor, couple); err != nil {
		t.Fatal(err)
	}
	var left int
	if err := h.raw().QueryRow("SELECT COUNT(*) FROM homework_events").Scan(&left); err != nil || left != 0 {
		t.Errorf("%d records are left: %v", left, err)
	}
}

// A name is one person's: no log holds it, and what is read tells who the three are now.
func TestHomeworkNamesWhoTheyAreNow(t *testing.T) {
	h := newHouse(t)
	ctx, couple := t.Context(), h.couple()
	id := h.homework(couple)
	called := func() session.People {
		t.Helper()
		return must(h.HomeworkLog(ctx, id))(t)[0].Event.(homework.WasSet).Facts.People
	}
	for _, payload := range must(h.HomeworkPayloads(ctx, id))(t) {
		for _, name := range []string{"Ana", "Ben", "Dr. Quiet"} {
			if strings.Contains(payload, name) {
				t.Errorf("the log holds a name: %s", payload)
			}
		}
	}
	if who := called(); who != (session.People{Counselor: "Dr. Quiet", One: "Ana", Two: "Ben"}) {
		t.Errorf("told of %q, %q, %q", string(who.Counselor), string(who.One), string(who.Two))
	}
	colleague := h.joined()
	if _, err := h.HandOver(ctx, h.counselor, couple, protocol.HandOver{To: colleague, Reason: "I move"}); err != nil {
		t.Fatal(err)
	}
	must(h.ErasePartner(ctx, colleague, couple, session.SeatOne, ""))(t)
	if who := called(); who.Counselor != "Dr. Loud" || who.Two != "Ben" || strings.Contains(string(who.One), "Ana") || who.One == "" {
		t.Errorf("after a hand-over and an erasure it tells of %q, %q, %q", string(who.Counselor), string(who.One), string(who.Two))
	}
}
