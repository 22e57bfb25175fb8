package account_test

import (
	"context"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"mend/internal/account"
	"mend/internal/fault"
	"mend/internal/protocol"
	"mend/internal/seal"
	"mend/internal/session"
	"mend/internal/store"
)

const goodPassword = "violet kettle on the roof"

// house is a door on a real store, with a clock that the test moves.
type house struct {
	*account.Door
	t    *testing.T
	book *store.Store
	mu   sync.Mutex
	at   time.Time
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, at: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	master, err := seal.NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	h.book, err = store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "mend.db"), Master: master, Now: h.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.book.Close() })
	h.Door = account.NewDoor(h.book, account.Options{Now: h.now, Passkeys: account.Domain{Name: domain, Origins: []string{origin}}})
	return h
}

// SignIn is a sign-in by nothing but a password.
func (h *house) SignIn(ctx context.Context, email, password, from string) (string, account.SignIn, error) {
	return h.Door.SignIn(ctx, account.Knock{Email: email, Password: password, From: from})
}

func (h *house) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at
}

func (h *house) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(d)
}

func first() account.First {
	return account.First{
		Name: "Dr. Quiet", Email: "quiet@example.org", Password: goodPassword, Practice: "Harbour House", Secrets: session.NoSecrets,
	}
}

func (h *house) setUp() (token string, s account.SignIn) {
	h.t.Helper()
	token, s, err := h.Setup(h.t.Context(), first(), "127.0.0.1", true)
	if err != nil {
		h.t.Fatal(err)
	}
	return token, s
}

func (h *house) session(counselor string) string {
	h.t.Helper()
	couple, err := h.book.CreateCouple(h.t.Context(), counselor, protocol.NewCouple{
		Label: "L", One: protocol.Partner{Name: "Ana"}, Two: protocol.Partner{Name: "Ben"},
	}, store.Once{})
	if err != nil {
		h.t.Fatal(err)
	}
	s, err := h.book.CreateSession(h.t.Context(), counselor, couple.ID, store.NewSession{}, store.Once{})
	if err != nil {
		h.t.Fatal(err)
	}
	return s.ID
}

func wants(t *testing.T, err error, code string) {
	t.Helper()
	if code == "" && err != nil || code != "" && (err == nil || fault.Code(err) != code) {
		t.Errorf("got %v, expected %q", err, code)
	}
}

func TestTheFirstAccountNeedsTheCodeFromAfarAndIsMadeOnce(t *testing.T) {
	h := newHouse(t)
	code, err := h.OfferSetup(t.Context())
	if err != nil || len(code) != 12 {
		t.Fatalf("%q, %v", code, err)
	}
	far := first()
	_, _, err = h.Setup(t.Context(), far, "203.0.113.9", false)
	wants(t, err, "wrong_setup_code")
	far.Code = strings.ToLower(code[:6] + "-" + code[6:])
	token, s, err := h.Setup(t.Context(), far, "203.0.113.9", false)
	wants(t, err, "")
	if who, err := h.Who(t.Context(), token); err != nil || who.Counselor != s.Counselor || who.Role() != session.Counselor {
		t.Errorf("who: %+v, %v", who, err)
	}
	_, _, err = h.Setup(t.Context(), far, "203.0.113.9", false)
	wants(t, err, "already_set_up")
	if code, err := h.OfferSetup(t.Context()); code != "" || err != nil {
		t.Errorf("a second code was made: %v", err)
	}
}

func TestSetupCodeCannotBeGuessedForLong(t *testing.T) {
	h := newHouse(t)
	if _, err := h.OfferSetup(t.Context()); err != nil {
		t.Fatal(err)
	}
	f := first()
	f.Code = "AAAAAAAAAAAA"
	for range 10 {
		_, _, err := h.Setup(t.Context(), f, "203.0.113.9", false)
		wants(t, err, "wrong_setup_code")
	}
	_, _, err := h.Setup(t.Context(), f, "203.0.113.9", false)
	wants(t, err, "too_many_tries")
}

func TestOneAnswerForUnknownAndWrong(t *testing.T) {
	h := newHouse(t)
	h.setUp()
	_, _, unknown := h.SignIn(t.Context(), "nobody@example.org", goodPassword, "192.0.2.1")
	_, _, wrong := h.SignIn(t.Context(), "quiet@example.org", "not "+goodPassword, "192.0.2.1")
	if unknown == nil || wrong == nil || unknown.Error() != wrong.Error() {
		t.Errorf("unknown: %v; wrong: %v", unknown, wrong)
	}
	token, _, err := h.SignIn(t.Context(), " Quiet@Example.ORG", goodPassword, "192.0.2.1")
	wants(t, err, "")
	if len(token) != 43 {
		t.Errorf("the token has %d characters", len(token))
	}
}

// From where it was never signed in to, the password of an account cannot be tried
// more than ten times in a quarter of an hour, from however many places; afterwards
// it can again.
func TestTenWrongTriesAndThenAWait(t *testing.T) {
	h := newHouse(t)
	h.setUp()
	for i := range 10 {
		_, _, err := h.SignIn(t.Context(), "quiet@example.org", "wrong wrong wrong", "198.51.100."+string(rune('0'+i)))
		wants(t, err, "wrong_sign_in")
	}
	_, _, err := h.SignIn(t.Context(), "quiet@example.org", goodPassword, "203.0.113.7")
	wants(t, err, "too_many_tries")
	if f, ok := fault.As(err); !ok || f.RetryAfter < 1 || f.RetryAfter > 15*60+1 {
		t.Errorf("retry after: %+v", f)
	}
	h.pass(15*time.Minute + time.Second)
	_, _, err = h.SignIn(t.Context(), "quiet@example.org", goodPassword, "203.0.113.7")
	wants(t, err, "")
}

func TestACounselorIsSignedOutWhenIdleAndAfterTwelveHours(t *testing.T) {
	h := newHouse(t)
	token, s := h.setUp()
	for range 23 { // a live session keeps it up
		h.pass(29 * time.Minute)
		wants(t, h.Keep(t.Context(), s), "")
	}
	h.pass(29 * time.Minute)
	_, err := h.Who(t.Context(), token)
	wants(t, err, "")
	h.pass(25 * time.Minute) // now past 12 h
	_, err = h.Who(t.Context(), token)
	wants(t, err, "signed_out")

	token, _, err = h.SignIn(t.Context(), "quiet@example.org", goodPassword, "192.0.2.1")
	wants(t, err, "")
	h.pass(30 * time.Minute)
	_, err = h.Who(t.Context(), token)
	wants(t, err, "signed_out")
}

// A partner is never signed out for being quiet, so that their phone is still there is
// written nowhere: with thousands of sockets that would be a flush for each, every minute.
func TestWhenAPartnerWasThereIsNotWrittenDown(t *testing.T) {
	h := newHouse(t)
	_, counselor := h.setUp()
	id := h.session(counselor.Counselor)
	i, err := h.Invite(t.Context(), counselor.Counselor, id, session.SeatTwo, time.Time{})
	wants(t, err, "")
	token, joined, err := h.Join(t.Context(), i.Token, "", "192.0.2.1")
	wants(t, err, "")
	h.pass(2 * time.Hour)
	for range 2 {
		s, err := h.Who(t.Context(), token)
		wants(t, err, "")
		if !s.SeenAt.Equal(joined.SeenAt) {
			t.Errorf("was seen at %s", s.SeenAt)
		}
	}
}

func TestSignOutEndsIt(t *testing.T) {
	h := newHouse(t)
	token, s := h.setUp()
	wants(t, h.SignOut(t.Context(), token), "")
	wants(t, h.SignOut(t.Context(), token), "")
	_, err := h.Who(t.Context(), token)
	wants(t, err, "signed_out")
	wants(t, h.Keep(t.Context(), s), "signed_out")
}

func TestALinkAdmitsOneDevice(t *testing.T) {
	h := newHouse(t)
	_, counselor := h.setUp()
	id := h.session(counselor.Counselor)
	i, err := h.Invite(t.Context(), counselor.Counselor, id, session.SeatTwo, time.Time{})
	wants(t, err, "")
	if len(i.Token) != 22 || len(i.Code) != 6 || strings.ContainsAny(i.Code, "0O1IL") {
		t.Errorf("token of %d, code of %d characters", len(i.Token), len(i.Code))
	}
	var all sync.WaitGroup
	got := make(chan error, 10)
	for range 10 {
		all.Go(func() {
			_, s, err := h.Join(context.Background(), i.Token, "", "192.0.2.1")
			if err == nil && (s.Session != id || s.Seat != session.SeatTwo || s.Role() != session.Two) {
				t.Errorf("joined as %+v", s)
			}
			got <- err
		})
	}
	all.Wait()
	close(got)
	in := 0
	for err := range got {
		if err == nil {
			in++
		} else {
			wants(t, err, "link_over")
		}
	}
	if in != 1 {
		t.Errorf("%d devices got in", in)
	}
}

func TestASpokenCodeOpensOnceForTwoHours(t *testing.T) {
	h := newHouse(t)
	_, counselor := h.setUp()
	id := h.session(counselor.Counselor)
	i, err := h.Invite(t.Context(), counselor.Counselor, id, session.SeatOne, time.Time{})
	wants(t, err, "")
	typed := strings.ToLower(i.Code[:3]) + " - " + i.Code[3:]
	token, _, err := h.Join(t.Context(), "", typed, "192.0.2.1")
	wants(t, err, "")
	if who, err := h.Who(t.Context(), token); err != nil || who.Seat != session.SeatOne {
		t.Errorf("%+v, %v", who, err)
	}
	_, _, err = h.Join(t.Context(), "", i.Code, "192.0.2.1")
	wants(t, err, "link_over")
	_, _, err = h.Join(t.Context(), i.Token, "", "192.0.2.1")
	wants(t, err, "link_over")

	late, err := h.Invite(t.Context(), counselor.Counselor, id, session.SeatOne, time.Time{})
	wants(t, err, "")
	if _, err := h.Who(t.Context(), token); fault.Code(err) != "signed_out" {
		t.Errorf("a new link did not end the older device: %v", err)
	}
	h.pass(2 * time.Hour)
	_, _, err = h.Join(t.Context(), "", late.Code, "192.0.2.1")
	wants(t, err, "link_over")
	_, _, err = h.Join(t.Context(), late.Token, "", "192.0.2.1")
	wants(t, err, "")
}

func TestLinksExpireAndCanBeLeftAndRevoked(t *testing.T) {
	h := newHouse(t)
	_, counselor := h.setUp()
	id := h.session(counselor.Counselor)
	i, err := h.Invite(t.Context(), counselor.Counselor, id, session.SeatOne, h.now().Add(30*24*time.Hour))
	wants(t, err, "")
	if most := h.now().Add(7 * 24 * time.Hour); !i.Link.ExpiresAt.Equal(most) {
		t.Errorf("lasts until %v, at most %v", i.Link.ExpiresAt, most)
	}
	token, s, err := h.Join(t.Context(), i.Token, "", "192.0.2.1")
	wants(t, err, "")
	wants(t, h.book.LeaveSeat(t.Context(), id, s.Seat), "")
	_, err = h.Who(t.Context(), token)
	wants(t, err, "signed_out")
	token, _, err = h.Join(t.Context(), i.Token, "", "192.0.2.1") // who left may come back
	wants(t, err, "")
	if seat, err := h.book.RevokeLink(t.Context(), counselor.Counselor, id, i.Link.ID); err != nil || seat != session.SeatOne {
		t.Errorf("revoked for %q, %v", seat, err)
	}
	_, err = h.Who(t.Context(), token)
	wants(t, err, "signed_out")
	wants(t, h.book.LeaveSeat(t.Context(), id, s.Seat), "")
	_, _, err = h.Join(t.Context(), i.Token, "", "192.0.2.1")
	wants(t, err, "link_over")

	i, err = h.Invite(t.Context(), counselor.Counselor, id, session.SeatOne, time.Time{})
	wants(t, err, "")
	h.pass(24 * time.Hour)
	_, _, err = h.Join(t.Context(), i.Token, "", "192.0.2.1")
	wants(t, err, "link_over")
}

func TestGuessingLinksAndCodesIsSlow(t *testing.T) {
	h := newHouse(t)
	h.setUp()
	for range 5 {
		_, _, err := h.Join(t.Context(), "", "AAAAAA", "192.0.2.1")
		wants(t, err, "link_over")
	}
	_, _, err := h.Join(t.Context(), "", "AAAAAA", "192.0.2.1")
	wants(t, err, "too_many_tries")
	for range 14 { // 20 in all
		_, _, err := h.Join(t.Context(), account.NewJoinToken(), "", "192.0.2.1")
		wants(t, err, "link_over")
	}
	_, _, err = h.Join(t.Context(), account.NewJoinToken(), "", "192.0.2.1")
	wants(t, err, "too_many_tries")
	_, _, err = h.Join(t.Context(), account.NewJoinToken(), "", "2001:db8:1:2::1")
	wants(t, err, "link_over")

	spread := func(i int) string {
		return "2001:db8:0:" + string(rune('a'+i/16%6)) + string("0123456789abcdef"[i%16]) + "::1"
	}
	tried := 0
	for i := range 80 {
		if _, _, err = h.Join(t.Context(), "", "AAAAAA", spread(i)); fault.Code(err) == "too_many_tries" {
			break
		}
		tried++
	}
	if tried > 60 {
		t.Errorf("%d codes were tried from many places", tried)
	}
}

func TestASeatOutlivesItsSessionByTwoHours(t *testing.T) {
	h := newHouse(t)
	_, counselor := h.setUp()
	id := h.session(counselor.Counselor)
	i, err := h.Invite(t.Context(), counselor.Counselor, id, session.SeatOne, time.Time{})
	wants(t, err, "")
	token, _, err := h.Join(t.Context(), i.Token, "", "192.0.2.1")
	wants(t, err, "")
	h.pass(time.Hour)
	wants(t, h.book.Append(t.Context(), id, session.Record{Seq: 1, At: h.now(), By: session.Counselor, Command: "end", Event: session.Ended{}}), "")
	h.pass(2*time.Hour - time.Second)
	_, err = h.Who(t.Context(), token)
	wants(t, err, "")
	h.pass(time.Second)
	_, err = h.Who(t.Context(), token)
	wants(t, err, "signed_out")
}

func TestPasswords(t *testing.T) {
	known := []string{"Dr. Ana Quiet", "ana.quiet@example.org", "Harbour House"}
	for password, code := range map[string]string{
		goodPassword: "",
		"ключ под синим ковриком":        "",
		"correct horse battery staple":   "password_common",
		"elevenchars":                    "password_too_short",
		"日本語日本語日本語日本":                    "password_too_short",
		strings.Repeat("ab7 ", 32):       "",
		strings.Repeat("ab7 ", 32) + "x": "password_too_long",
		"password1234":                   "password_common",
		"P@ssw0rd2024!!":                 "password_common",
		"passwordpassword":               "password_common",
		"iloveyou!!!!!!":                 "password_common",
		"qwertyuiop12":                   "password_common",
		"1q2w3e4r5t6y":                   "password_common",
		"123456789012":                   "password_common",
		"abcdefghijklm":                  "password_common",
		"aaaaaaaaaaaa":                   "password_common",
		"Dragonball#2026":                "password_common",
		"manchester2024":                 "password_common",
		"............":                   "password_common",
		"anaquiet2026!":                  "password_own_name",
		"HarbourHouse1":                  "password_own_name",
		"harbour lights at dusk":         "",
	} {
		wants(t, account.CheckPassword(password, known...), code)
		if t.Failed() {
			t.Fatalf("with a password of %d characters, %q", len(password), password)
		}
	}
}

func TestTokensAndCodesAreNeverTheSame(t *testing.T) {
	seen := make(map[string]bool)
	for range 2000 {
		for _, made := range []string{account.NewToken(), account.NewJoinToken(), account.NewCode(12)} {
			if seen[made] {
				t.Fatal("made twice")
			}
			seen[made] = true
		}
	}
	count := make(map[rune]int)
	for _, r := range account.NewCode(31_000) {
		count[r]++
	}
	for r, n := range count {
		if n < 800 || n > 1200 {
			t.Errorf("%c came %d times in 31,000, about 1,000 expected", r, n)
		}
	}
	if len(count) != 31 {
		t.Errorf("%d characters are used", len(count))
	}
}
