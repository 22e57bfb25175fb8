package store_test

import (
	"bytes"
	"maps"
	"slices"
	"testing"
	"time"

	"mend/internal/account"
	"mend/internal/protocol"
	recordOf "mend/internal/record"
	"mend/internal/session"
	"mend/internal/store"
	"mend/internal/store/pgtest"
)

// over is a session that took place.
func (h *house) over(couple string) string {
	h.t.Helper()
	id := h.session(couple)
	h.append(id, 1, session.Counselor, session.Opened{Facts: session.Facts{People: session.People{Counselor: "Dr. Quiet", One: "Ana", Two: "Ben"}}})
	h.append(id, 2, session.Counselor, session.Admitted{Seat: session.SeatOne})
	h.append(id, 3, session.Counselor, session.Ended{})
	return id
}

func (h *house) shares(sessionID string, reader recordOf.Reader, message string) (id string, token account.Hash) {
	h.t.Helper()
	id, plain := account.NewLink()
	token = account.HashToken(plain)
	err := h.PutShare(h.t.Context(), h.counselor, protocol.ShareRow{
		ID: id, Session: sessionID, For: reader, MadeAt: monday, ExpiresAt: monday.Add(24 * time.Hour),
		Include: []string{"own/1.2.3"}, Message: words(message),
	}, token)
	if err != nil {
		h.t.Fatal(err)
	}
	return id, token
}

// content is all that stands in the database: in its files, or, where those change by
// being read, in its tables.
func (h *house) content() []byte {
	h.t.Helper()
	var all []byte
	if pgtest.Wanted() {
		tables := slices.Sorted(maps.Keys(h.columns()))
		for _, table := range tables {
			var rows string
			if err := h.raw().QueryRow("SELECT coalesce(string_agg(t::text, ',' ORDER BY t::text), '') FROM " + table + " t").Scan(&rows); err != nil {
				h.t.Fatal(err)
			}
			all = append(all, rows...)
		}
		return all
	}
	for _, end := range []string{"", "-wal", "-tail"} {
		all = append(all, h.onDisk()[h.path+end]...)
	}
	return all
}

func TestAPageIsOpenUntilItsLastDayOrItsEnd(t *testing.T) {
	h := newHouse(t)
	couple := h.couple()
	id, ctx := h.over(couple), t.Context()
	share, token := h.shares(id, recordOf.ForBoth, "MARKER-line")
	got := must(h.OpenShare(ctx, token, monday))(t)
	if got.ID != share || got.Couple != couple || got.Message != "MARKER-line" || len(got.Include) != 1 {
		t.Errorf("opened as %+v", got)
	}
	if h.holds([]byte("MARKER-line")) || h.holds([]byte("own/1.2.3")) {
		t.Error("what is on a page stands in the file")
	}
	_, err := h.OpenShare(ctx, token, monday.Add(25*time.Hour))
	wants(t, err, "not_found")
	_, err = h.OpenShare(ctx, account.Hash{1}, monday)
	wants(t, err, "not_found")
	wants(t, h.RevokeShare(ctx, h.counselor, h.over(couple), share), "not_found")
	wants(t, h.RevokeShare(ctx, h.counselor, id, share), "")
	wants(t, h.RevokeShare(ctx, h.counselor, id, share), "")
	_, err = h.OpenShare(ctx, token, monday)
	wants(t, err, "not_found")
	if list := must(h.Shares(ctx, h.counselor, id))(t); len(list) != 1 || list[0].RevokedAt == nil {
		t.Errorf("the counselor sees %+v", list)
	}
	wants(t, h.PutShare(ctx, h.counselor, protocol.ShareRow{ID: "x", Session: h.session(couple), For: recordOf.ForBoth}, account.Hash{2}), "session_not_over")
}

// Nobody is told that a page was opened: not by a row, not by a byte of the file.
func TestOpeningAPageLeavesNoTrace(t *testing.T) {
	h := newHouse(t)
	_, token := h.shares(h.over(h.couple()), recordOf.ForOne, "a line")
	before := h.content()
	for range 3 {
		must(h.OpenShare(t.Context(), token, monday))(t)
	}
	if !bytes.Equal(before, h.content()) {
		t.Error("the files have changed by it")
	}
}

// What was shared with one partner goes with them; what was shared with both stays.
func TestAPageGoesWithItsReader(t *testing.T) {
	h := newHouse(t)
	couple := h.couple()
	id, ctx := h.over(couple), t.Context()
	_, one := h.shares(id, recordOf.ForOne, "")
	_, two := h.shares(id, recordOf.ForTwo, "")
	_, both := h.shares(id, recordOf.ForBoth, "")
	must(h.ErasePartner(ctx, h.counselor, couple, session.SeatOne, ""))(t)
	_, err := h.OpenShare(ctx, one, monday)
	wants(t, err, "not_found")
	must(h.OpenShare(ctx, two, monday))(t)
	must(h.OpenShare(ctx, both, monday))(t)
	wants(t, h.PutShare(ctx, h.counselor, protocol.ShareRow{ID: "x", Session: id, For: recordOf.ForOne}, account.Hash{2}), "partner_erased")
	must(h.EraseCouple(ctx, h.counselor, couple))(t)
	_, err = h.OpenShare(ctx, both, monday)
	wants(t, err, "not_found")
}

func (h *house) asks(couple string, sessions ...string) string {
	h.t.Helper()
	id, err := h.AskRelease(h.t.Context(), h.counselor, couple, protocol.NewRelease{
		Recipient: "MARKER-court", Purpose: "MARKER-case", Sessions: sessions, Parts: []recordOf.ReleasePart{recordOf.ReleaseJoint},
	}, monday.Add(48*time.Hour), store.Once{})
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

func (h *house) askLink(release string, seat session.Seat) account.Hash {
	h.t.Helper()
	id, plain := account.NewLink()
	token := account.HashToken(plain)
	if _, err := h.PutReleaseLink(h.t.Context(), h.counselor, release, id, seat, token); err != nil {
		h.t.Fatal(err)
	}
	return token
}

func TestARecordGoesOutByBothPartnersWord(t *testing.T) {
	h := newHouse(t)
	couple, ctx := h.couple(), t.Context()
	id := h.over(couple)
	release := h.asks(couple, id)
	if h.holds([]byte("MARKER-court")) || h.holds([]byte("MARKER-case")) {
		t.Error("to whom it goes, and what for, stands in the file")
	}
	wants(t, h.ReleaseTaken(ctx, h.counselor, release), "not_released")
	stale, one := h.askLink(release, session.SeatOne), h.askLink(release, session.SeatOne)
	two := h.askLink(release, session.SeatTwo)
	_, err := h.OpenRelease(ctx, stale, monday)
	wants(t, err, "not_found")
	b := must(h.AnswerRelease(ctx, one, recordOf.ReleaseAgree, monday))(t)
	if b.Seat != session.SeatOne || b.People.Two != "Ben" || b.Recipient != "MARKER-court" || len(b.Sessions) != 1 {
		t.Errorf("asked %+v", b)
	}
	wants(t, h.ReleaseTaken(ctx, h.counselor, release), "not_released")
	must(h.AnswerRelease(ctx, two, recordOf.ReleaseAgree, monday))(t)
	wants(t, h.ReleaseTaken(ctx, h.counselor, release), "")
	must(h.AnswerRelease(ctx, two, recordOf.ReleaseDecline, monday))(t)
	wants(t, h.ReleaseTaken(ctx, h.counselor, release), "not_released")
	r := must(h.Release(ctx, h.counselor, release))(t)
	if len(r.Exports) != 1 || r.Answers[session.SeatTwo].Answer != recordOf.ReleaseDecline || len(r.Links) != 2 {
		t.Errorf("the counselor sees %+v", r)
	}
	_, err = h.OpenRelease(ctx, one, monday.Add(72*time.Hour))
	wants(t, err, "not_found")
	wants(t, h.WithdrawRelease(ctx, h.counselor, release), "")
	_, err = h.AnswerRelease(ctx, two, recordOf.ReleaseAgree, monday)
	wants(t, err, "not_found")
	wants(t, h.OverrideRelease(ctx, h.counselor, release, protocol.OverrideRelease{Reason: recordOf.OverrideCourt, Text: "An order"}), "release_over")
	_, err = h.AskRelease(ctx, h.counselor, couple, protocol.NewRelease{Sessions: []string{h.session(couple)}}, monday, store.Once{})
	wants(t, err, "unknown_session")
	if _, err := h.VerifyDeeds(ctx); err != nil {
		t.Error(err)
	}
}

func TestWhoWasErasedCannotAgreeAndTheLawMay(t *testing.T) {
	h := newHouse(t)
	couple, ctx := h.couple(), t.Context()
	release := h.asks(couple, h.over(couple))
	one, two := h.askLink(release, session.SeatOne), h.askLink(release, session.SeatTwo)
	must(h.AnswerRelease(ctx, one, recordOf.ReleaseAgree, monday))(t)
	must(h.AnswerRelease(ctx, two, recordOf.ReleaseAgree, monday))(t)
	must(h.ErasePartner(ctx, h.counselor, couple, session.SeatTwo, ""))(t)
	_, err := h.OpenRelease(ctx, two, monday)
	wants(t, err, "not_found")
	wants(t, h.ReleaseTaken(ctx, h.counselor, release), "not_released")
	_, err = h.PutReleaseLink(ctx, h.counselor, release, "x", session.SeatTwo, account.Hash{9})
	wants(t, err, "partner_erased")
	why := protocol.OverrideRelease{Reason: recordOf.OverrideCourt, Text: "MARKER-order"}
	wants(t, h.OverrideRelease(ctx, h.counselor, release, why), "")
	wants(t, h.OverrideRelease(ctx, h.counselor, release, why), "already_overridden")
	wants(t, h.ReleaseTaken(ctx, h.counselor, release), "")
	if h.holds([]byte("MARKER-order")) {
		t.Error("the reason stands in the file")
	}
	if r := must(h.Release(ctx, h.counselor, release))(t); r.Override == nil || r.Override.Text != "MARKER-order" || r.Override.By != "Dr. Quiet" {
		t.Errorf("overridden as %+v", r.Override)
	}
}
