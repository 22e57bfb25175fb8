package store_test

import (
	"crypto/sha256"
	"testing"

	"mend/internal/protocol"
	"mend/internal/session"
	"mend/internal/store"
)

// wrapped lists the keys that belong to a couple alone, as they are stored.
func (h *house) wrapped(couple string) (all [][]byte) {
	h.t.Helper()
	rows, err := h.raw().Query(`SELECT wrapped FROM keys WHERE id IN (SELECT ? UNION SELECT process_key FROM couples WHERE id = ?
		UNION SELECT id FROM partners WHERE couple = ?)`, couple, couple, couple)
	if err != nil {
		h.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var one []byte
		if err := rows.Scan(&one); err != nil {
			h.t.Fatal(err)
		}
		all = append(all, one)
	}
	if err := rows.Err(); err != nil || len(all) != 4 {
		h.t.Fatalf("%d keys, %v", len(all), err)
	}
	return all
}

// A row that was deleted lives on in the journal and in the pages between rows. A
// key that does has not been destroyed: whoever has the master key and the files
// could read everything still.
func TestADestroyedKeyIsInNoFile(t *testing.T) {
	h := newHouse(t)
	keys := map[string][][]byte{}
	var couples []string
	for range 60 { // so that the table of keys has many pages, split and filled again
		couple := h.couple()
		couples = append(couples, couple)
		keys[couple] = h.wrapped(couple)
	}
	for i, couple := range couples {
		if i%3 != 0 {
			continue
		}
		must(h.EraseCouple(t.Context(), h.counselor, couple))(t)
		for _, key := range keys[couple] {
			if h.holds(key) {
				t.Errorf("a key of couple %d is still in the files", i)
			}
		}
	}
	if !h.holds(keys[couples[1]][0]) {
		t.Error("the keys of those who stay are not where this test looks")
	}
	partner := keys[couples[1]]
	if _, err := h.ErasePartner(t.Context(), h.counselor, couples[1], session.SeatOne, ""); err != nil {
		t.Fatal(err)
	}
	left := 0
	for _, key := range partner {
		if h.holds(key) {
			left++
		}
	}
	if left != 3 {
		t.Errorf("%d of 4 keys are left where one partner was erased", left)
	}
}

func TestACoupleInALiveSessionIsNotErased(t *testing.T) {
	h := newHouse(t)
	couple := h.couple()
	id, planned := h.session(couple), h.session(couple)
	h.append(id, 1, session.Counselor, session.Opened{})
	h.append(id, 2, session.Counselor, session.Admitted{Seat: session.SeatOne})
	_, err := h.EraseCouple(t.Context(), h.counselor, couple)
	wants(t, err, "session_live")
	if c := must(h.Couple(t.Context(), h.counselor, couple))(t); c.One.Name != "Ana" || len(c.Sessions) != 2 {
		t.Error("what was refused was done in part")
	}
	if log := must(h.Read(t.Context(), id, 0))(t); len(log) != 2 || log[0].Event.Type() == (session.Erased{}).Type() {
		t.Error("the log suffered")
	}
	h.append(id, 3, session.Counselor, session.Ended{})
	h.append(planned, 1, session.Counselor, session.Opened{}) // open, and nobody let in: it goes
	if gone := must(h.EraseCouple(t.Context(), h.counselor, couple))(t); len(gone) != 2 {
		t.Errorf("sessions gone: %v", gone)
	}
}

// A body of a few names can be guessed: its plain hash would tell who is a client.
func TestARememberedCreateTellsNobodysName(t *testing.T) {
	h := newHouse(t)
	body := sha256.Sum256([]byte(`{"label":"Ana and Ben"}`))
	first := protocol.NewCouple{Label: "Ana and Ben"}
	once := store.Once{Key: "tap", Body: body}
	made := must(h.CreateCouple(t.Context(), h.counselor, first, once))(t)
	if h.holds(body[:]) {
		t.Error("the plain hash of the body is in the files")
	}
	plan := must(h.CreateSession(t.Context(), h.counselor, made.ID, store.NewSession{}, once))(t)
	must(h.AddSuitability(t.Context(), h.counselor, made.ID, protocol.NewSuitability{Statement: "seen_apart"}, once))(t)
	for _, kind := range []protocol.NoteKind{protocol.ProgressNote, protocol.ProcessNote} {
		n := must(h.PutNote(t.Context(), h.counselor, plan.ID, protocol.PutNote{Kind: kind, Format: protocol.Free}))(t)
		must(h.SignNote(t.Context(), h.counselor, plan.ID, protocol.SignNote{Kind: kind, Version: n.Version}))(t)
		must(h.AddAddendum(t.Context(), h.counselor, plan.ID, protocol.NewAddendum{Kind: kind, Text: "more"},
			store.Once{Key: string(kind), Body: body}))(t)
	}
	other := must(h.CreateCouple(t.Context(), h.counselor, first, store.Once{Key: "other"}))(t)
	if n := h.count("SELECT count(*) FROM creates"); n != 6 {
		t.Fatalf("%d creates are remembered; this test made 6", n)
	}
	must(h.EraseCouple(t.Context(), h.counselor, made.ID))(t)
	if n := h.count("SELECT count(*) FROM creates WHERE made <> ?", other.ID); n != 0 {
		t.Errorf("%d creates of an erased couple are remembered", n)
	}
	if n := h.count("SELECT count(*) FROM creates"); n != 1 {
		t.Error("the other couple's create was forgotten")
	}
}

func (h *house) count(query string, args ...any) (n int) {
	h.t.Helper()
	if err := h.raw().QueryRow(query, args...).Scan(&n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

// On hold means that nothing goes, whoever asks; lifted, it goes as ever.
func TestWhatIsOnHoldStays(t *testing.T) {
	h := newHouse(t)
	couple, ctx := h.couple(), t.Context()
	once := store.Once{Key: "tap"}
	for range 2 { // sent twice, it is one hold
		if err := h.Hold(ctx, h.counselor, couple, "a court asked", once); err != nil {
			t.Fatal(err)
		}
	}
	wants(t, h.Hold(ctx, h.counselor, couple, "another", store.Once{}), "already_held")
	_, err := h.EraseCouple(ctx, h.counselor, couple)
	wants(t, err, "on_hold")
	_, err = h.ErasePartner(ctx, h.counselor, couple, session.SeatOne, "")
	wants(t, err, "on_hold")
	k := must(h.Keeping(ctx, h.counselor, couple))(t)
	if k.Hold == nil || k.Hold.By != "Dr. Quiet" || k.Hold.Reason != "a court asked" || !k.Hold.At.Equal(monday) {
		t.Error("the hold is not told as it is")
	}
	if err := h.LiftHold(ctx, h.counselor, couple); err != nil {
		t.Fatal(err)
	}
	wants(t, h.LiftHold(ctx, h.counselor, couple), "not_found")
	if k := must(h.Keeping(ctx, h.counselor, couple))(t); k.Hold != nil {
		t.Error("a lifted hold is told as standing")
	}
	must(h.ErasePartner(ctx, h.counselor, couple, session.SeatOne, ""))(t)
	must(h.EraseCouple(ctx, h.counselor, couple))(t)
}
