package store_test

import (
	"reflect"
	"testing"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

func (h *house) view(sessionID string) protocol.Session {
	h.t.Helper()
	return must(h.Session(h.t.Context(), h.counselor, sessionID))(h.t)
}

// The tables beside the log say what the log says, from one commit to the next.
func TestTheSessionFollowsItsLog(t *testing.T) {
	h := newHouse(t)
	couple := h.couple()
	id := h.session(couple)
	if s := h.view(id); s.State != protocol.SessionPlanned || s.StartedAt != nil {
		t.Errorf("planned: %+v", s.SessionHead)
	}
	h.append(id, 1, session.Counselor, session.Opened{Facts: session.Facts{Session: id}})
	if s := h.view(id); s.State != protocol.SessionOpen {
		t.Errorf("opened: %+v", s.SessionHead)
	}
	agenda := []session.Planned{{Exercise: "own-it", Title: "Own it", Minutes: 20}}
	h.append(id, 2, session.Counselor, session.AgendaSet{Agenda: agenda})
	h.append(id, 3, session.Two, session.Consented{Policy: 4})
	h.append(id, 4, session.Counselor, session.Admitted{Seat: session.SeatTwo})
	h.append(id, 5, session.Counselor, session.Admitted{Seat: session.SeatOne})
	s := h.view(id)
	if s.State != protocol.SessionLive || s.StartedAt == nil || !s.StartedAt.Equal(record(4, "", nil).At) {
		t.Errorf("live since the first admission: %+v", s.SessionHead)
	}
	if !reflect.DeepEqual(s.Agenda, agenda) {
		t.Errorf("agenda %+v", s.Agenda)
	}
	consents := must(h.Consents(t.Context(), h.counselor, id))(t)
	if len(consents) != 1 || consents[0].Seat != session.SeatTwo || consents[0].Policy != 4 {
		t.Errorf("consents %+v", consents)
	}
	if err := h.SaveDraft(t.Context(), id, session.SeatOne, "1.0.1", "unsent"); err != nil {
		t.Fatal(err)
	}
	h.append(id, 6, session.Counselor, session.Ended{})
	if s := h.view(id); s.State != protocol.SessionEnded || s.EndedAt == nil {
		t.Errorf("ended: %+v", s.SessionHead)
	}
	if step, _, err := h.Draft(t.Context(), id, session.SeatOne); step != "" || err != nil {
		t.Errorf("a draft outlived its session: %v", err)
	}
}

func TestAConflictMovesNothingBesideTheLog(t *testing.T) {
	h := newHouse(t)
	id := h.session(h.couple())
	h.append(id, 1, session.Counselor, session.Opened{})
	if err := h.Append(t.Context(), id, record(1, session.Counselor, session.Ended{})); err == nil {
		t.Fatal("a collision was taken")
	}
	if s := h.view(id); s.State != protocol.SessionOpen || s.EndedAt != nil {
		t.Errorf("the refused end left its mark: %+v", s.SessionHead)
	}
}

func TestAgreementsAreKeptReadBackAndWithdrawn(t *testing.T) {
	h := newHouse(t)
	couple := h.couple()
	first, second := h.session(couple), h.session(couple)
	conclude := func(id, expires string, revision int) session.Signed {
		return session.Signed{Step: "1.0.1", Wording: revision, Concluded: &session.Agreement{
			ID: id, SignedAt: monday, Wording: session.Wording{Revision: revision, Text: "we call at six", Expires: expires},
		}}
	}
	h.append(first, 1, session.Two, conclude(first+".1", "2026-12-30", 1))
	h.append(first, 2, session.Two, conclude(first+".1", "2026-12-30", 2))
	h.append(first, 3, session.Two, conclude(first+".2", "2026-11-22", 1))

	facts := must(h.Facts(t.Context(), h.counselor, second))(t)
	if facts.Session != second || len(facts.Agreements) != 1 || facts.Agreements[0].Wording.Revision != 2 {
		t.Errorf("to be read back: %+v", facts.Agreements)
	}
	if all := must(h.Agreements(t.Context(), h.counselor, couple, true))(t); len(all) != 2 {
		t.Errorf("%d agreements in all", len(all))
	}
	// An agreement of an earlier session is withdrawn in a later one.
	h.append(second, 1, session.One, session.Withdrawn{Agreement: first + ".1"})
	if in := must(h.Agreements(t.Context(), h.counselor, couple, false))(t); len(in) != 0 {
		t.Errorf("still in force: %+v", in)
	}
	for _, a := range must(h.Agreements(t.Context(), h.counselor, couple, true))(t) {
		if a.ID == first+".1" && (a.Withdrawn == nil || *a.Withdrawn != session.SeatOne) {
			t.Errorf("withdrawn by %v", a.Withdrawn)
		}
	}
	// Nor can another couple's be touched, whatever id an event carries.
	other := h.session(h.couple())
	if err := h.Append(t.Context(), other, record(1, session.One, conclude(first+".2", "", 9))); err == nil {
		t.Error("another session's agreement was written over")
	}
	if log := must(h.Read(t.Context(), other, 0))(t); len(log) != 0 {
		t.Errorf("the log kept what its tables refused: %d records", len(log))
	}
	h.append(other, 1, session.One, session.Withdrawn{Agreement: first + ".2"})
	for _, a := range must(h.Agreements(t.Context(), h.counselor, couple, true))(t) {
		if a.ID == first+".2" && a.Withdrawn != nil {
			t.Error("another couple withdrew it")
		}
	}
}

func TestDraftsAreOneASeatAndReplaced(t *testing.T) {
	h := newHouse(t)
	id := h.session(h.couple())
	for _, d := range []struct {
		seat session.Seat
		step string
		text private.Text
	}{{session.SeatOne, "1.0.1", "I fel"}, {session.SeatTwo, "1.0.2", "two"}, {session.SeatOne, "1.0.2", "I felt alone"}} {
		if err := h.SaveDraft(t.Context(), id, d.seat, d.step, d.text); err != nil {
			t.Fatal(err)
		}
	}
	step, text, err := h.Draft(t.Context(), id, session.SeatOne)
	if err != nil || step != "1.0.2" || string(text) != "I felt alone" {
		t.Errorf("%q, %v", step, err)
	}
	if err := h.DeleteDraft(t.Context(), id, session.SeatOne); err != nil {
		t.Fatal(err)
	}
	if step, _, err := h.Draft(t.Context(), id, session.SeatOne); step != "" || err != nil {
		t.Errorf("still there: %q, %v", step, err)
	}
	if step, _, _ := h.Draft(t.Context(), id, session.SeatTwo); step != "1.0.2" {
		t.Error("the other's draft went too")
	}
}

func TestErasingAPartnerTakesTheirPrivateWordsAlone(t *testing.T) {
	h := newHouse(t)
	couple := h.couple()
	id := h.session(couple)
	h.append(id, 1, session.One, submitted("private of one", exercise.ToCounselor))
	h.append(id, 2, session.Two, submitted("private of two", exercise.Sealed))
	h.append(id, 3, session.One, submitted("said to the room", exercise.Room))
	h.append(id, 4, session.One, session.Asked{Step: "1.0.1", Question: 1, Text: "asked by one"})
	if err := h.SaveDraft(t.Context(), id, session.SeatOne, "1.0.1", "typing"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.ErasePartner(t.Context(), h.counselor, couple, session.SeatOne, ""); err != nil {
		t.Fatal(err)
	}
	log := must(h.Read(t.Context(), id, 0))(t)
	want := []session.Event{
		session.Erased{}, submitted("private of two", exercise.Sealed), submitted("said to the room", exercise.Room), session.Erased{},
	}
	for i, r := range log {
		if !reflect.DeepEqual(r.Event, want[i]) || r.Seq != uint64(i+1) {
			t.Errorf("seq %d reads as %s", r.Seq, r.Event.Type())
		}
	}
	if step, _, err := h.Draft(t.Context(), id, session.SeatOne); step != "" || err != nil {
		t.Errorf("the draft is still there: %v", err)
	}
	err := h.Append(t.Context(), id, record(5, session.One, submitted("more", exercise.ToCounselor)))
	wants(t, err, "erased")
	wants(t, h.SaveDraft(t.Context(), id, session.SeatOne, "1.0.1", "more"), "erased")
	if c := must(h.Couple(t.Context(), h.counselor, couple))(t); c.One.Name != "" || c.Two.Name != "Ben" {
		t.Error("the wrong name is gone, or none")
	}
}

func TestErasingACoupleLeavesNothing(t *testing.T) {
	h := newHouse(t)
	couple, other := h.couple(), h.couple()
	id, kept := h.session(couple), h.session(other)
	h.append(id, 1, session.One, submitted("gone", exercise.Room))
	h.append(kept, 1, session.One, submitted("kept", exercise.Room))
	if _, err := h.PutNote(t.Context(), h.counselor, id, protocol.PutNote{Kind: protocol.ProcessNote, Format: protocol.Free}); err != nil {
		t.Fatal(err)
	}
	if sessions := must(h.EraseCouple(t.Context(), h.counselor, couple))(t); len(sessions) != 1 || sessions[0] != id {
		t.Errorf("sessions gone: %v", sessions)
	}
	_, err := h.Couple(t.Context(), h.counselor, couple)
	wants(t, err, "not_found")
	_, err = h.Read(t.Context(), id, 0)
	wants(t, err, "not_found")
	wants(t, h.Append(t.Context(), id, record(2, session.One, submitted("more", exercise.Room))), "not_found")
	if log := must(h.Read(t.Context(), kept, 0))(t); len(log) != 1 {
		t.Error("the other couple's log suffered")
	}
	for _, table := range []string{"couples", "partners", "sessions", "events", "process_notes", "keys"} {
		var n int
		where := map[string]string{"couples": "id", "partners": "couple", "sessions": "couple", "events": "session", "process_notes": "session", "keys": "id"}[table]
		ids := map[bool]string{true: id, false: couple}[table == "events" || table == "process_notes"]
		if err := h.raw().QueryRow("SELECT count(*) FROM "+table+" WHERE "+where+" = ?", ids).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d rows left in %s, %v", n, table, err)
		}
	}
	var keys int
	if err := h.raw().QueryRow("SELECT count(*) FROM keys").Scan(&keys); err != nil || keys != 1+1+4 {
		t.Errorf("%d keys left; the index's, the practice's and four of one couple were expected", keys)
	}
	var ledger int
	if err := h.raw().QueryRow("SELECT count(*) FROM erasures WHERE id = ?", couple).Scan(&ledger); err != nil || ledger != 1 {
		t.Errorf("not in the ledger: %v", err)
	}
}
