package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"mend/internal/account"
	"mend/internal/private"
	"mend/internal/session"
	"mend/internal/store"
)

// What has been over for long goes; what is not over, or not for long, stays, and
// of the record not a line is touched.
func TestPurgeTakesWhatIsLongOverAndNothingElse(t *testing.T) {
	h := newHouse(t)
	ctx, couple := t.Context(), h.couple()
	running, ended := h.session(couple), h.session(couple)
	before := monday.Add(-24 * time.Hour)

	signIn := func(token string, expires time.Time) string {
		in := account.SignIn{
			ID: uuid.Must(uuid.NewV7()).String(), Hash: account.HashToken(token), Kind: account.CounselorKind,
			Counselor: h.counselor, CreatedAt: before, SeenAt: before, ExpiresAt: expires,
		}
		if err := h.PutSignIn(ctx, in); err != nil {
			t.Fatal(err)
		}
		return in.ID
	}
	gone := map[string]bool{}
	gone[signIn("long expired", before.Add(-time.Second))] = true
	revoked := signIn("long revoked", monday.Add(time.Hour))
	if err := h.RevokeSignIn(ctx, revoked, before.Add(-time.Second)); err != nil {
		t.Fatal(err)
	}
	gone[revoked] = true
	gone[signIn("just expired", before.Add(time.Second))] = false
	gone[signIn("in use", monday.Add(time.Hour))] = false

	link := func(seat session.Seat, code string, until time.Time) string {
		l := account.Link{
			ID: uuid.Must(uuid.NewV7()).String(), Session: running, Seat: seat, TokenHash: account.HashToken(code), Code: code,
			CreatedAt: before, CodeEndsAt: until, ExpiresAt: monday.Add(time.Hour),
		}
		if err := h.PutLink(ctx, h.counselor, l); err != nil {
			t.Fatal(err)
		}
		return l.ID
	}
	stale, fresh := link(session.SeatOne, "AAAAAA", before.Add(-time.Second)), link(session.SeatTwo, "BBBBBB", monday.Add(time.Hour))

	must(h.CreateSession(ctx, h.counselor, couple, store.NewSession{}, store.Once{Key: "at " + monday.String()}))(t)
	h.append(ended, 1, session.Counselor, session.Opened{})
	h.append(ended, 2, session.Counselor, session.Ended{})
	for _, id := range []string{running, ended} {
		if err := h.SaveDraft(ctx, id, session.SeatOne, "1.0.1", private.Text("typed")); err != nil {
			t.Fatal(err)
		}
	}
	log := h.count("SELECT count(*) FROM events")

	if rows := must(h.Purge(ctx, before))(t); rows != 4 {
		t.Errorf("took from %d rows; two sign-ins, a code and a draft were to go", rows)
	}
	for id, want := range gone {
		if got := h.count("SELECT count(*) FROM sign_ins WHERE id = ?", id) == 0; got != want {
			t.Errorf("a sign-in is gone: %v, want %v", got, want)
		}
	}
	for id, want := range map[string]int{stale: 0, fresh: 1} {
		if n := h.count("SELECT count(*) FROM links WHERE id = ? AND code_mark IS NOT NULL", id); n != want {
			t.Errorf("a link has %d codes, want %d", n, want)
		}
	}
	if n := h.count("SELECT count(*) FROM links"); n != 2 {
		t.Error("a link that can still be used is gone")
	}
	if step, _, err := h.Draft(ctx, ended, session.SeatOne); step != "" || err != nil {
		t.Errorf("a draft outlived its session: %v", err)
	}
	if step, _, err := h.Draft(ctx, running, session.SeatOne); step == "" || err != nil {
		t.Errorf("a draft of a session under way is gone: %v", err)
	}
	if n := h.count("SELECT count(*) FROM creates"); n != 1 {
		t.Error("a create is forgotten while it may still be repeated")
	}
	must(h.Purge(ctx, monday.Add(time.Second)))(t)
	if n := h.count("SELECT count(*) FROM creates"); n != 0 {
		t.Error("a create is remembered for ever")
	}
	if n := h.count("SELECT count(*) FROM events"); n != log {
		t.Error("the record was touched")
	}
	if rows := must(h.Purge(ctx, before))(t); rows != 0 {
		t.Errorf("took from %d rows where nothing was left to take", rows)
	}
}
