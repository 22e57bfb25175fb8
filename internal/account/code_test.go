package account_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"mend/internal/account"
	"mend/internal/fault"
)

// app is what shows one-time codes.
type app struct {
	*house
	secret string
}

func (a app) shows(off time.Duration) string {
	a.t.Helper()
	code, err := totp.GenerateCode(a.secret, a.now().Add(off))
	if err != nil {
		a.t.Fatal(err)
	}
	return code
}

func (h *house) withCodes() (account.SignIn, app, []string) {
	h.t.Helper()
	_, s := h.setUp()
	e, err := h.BeginCodes(h.t.Context(), s.Counselor)
	if err != nil || !strings.HasPrefix(e.URI, "otpauth://totp/Mend:quiet@example.org?") || !strings.Contains(e.URI, e.Secret) {
		h.t.Fatalf("%q, %v", e.URI, err)
	}
	a := app{h, e.Secret}
	recovery, err := h.ConfirmCodes(h.t.Context(), s, a.shows(0))
	if err != nil || len(recovery) != 10 {
		h.t.Fatalf("%d recovery codes, %v", len(recovery), err)
	}
	return s, a, recovery
}

func (h *house) withCode(code, from string) error {
	_, _, err := h.Door.SignIn(h.t.Context(), account.Knock{Email: "quiet@example.org", Password: goodPassword, Code: code, From: from})
	return err
}

func TestACodeIsAskedForAfterTheRightPasswordAlone(t *testing.T) {
	h := newHouse(t)
	_, a, _ := h.withCodes()
	_, _, wrong := h.Door.SignIn(t.Context(), account.Knock{Email: "quiet@example.org", Password: "wrong wrong wrong", Code: a.shows(time.Minute), From: "192.0.2.1"})
	wants(t, wrong, "wrong_sign_in")
	wants(t, h.withCode("", "192.0.2.1"), "code_needed")
	wants(t, h.withCode("000000", "192.0.2.1"), "wrong_code")
	h.pass(30 * time.Second)
	typed := a.shows(0)
	wants(t, h.withCode(typed[:3]+" "+typed[3:], "192.0.2.1"), "")
}

func TestACodeWorksOnceAndForAStepOfEitherSide(t *testing.T) {
	h := newHouse(t)
	_, a, _ := h.withCodes()
	wants(t, h.withCode(a.shows(0), "192.0.2.1"), "wrong_code") // it turned the codes on
	h.pass(5 * time.Minute)
	wants(t, h.withCode(a.shows(-time.Minute), "192.0.2.1"), "wrong_code")
	wants(t, h.withCode(a.shows(time.Minute), "192.0.2.1"), "wrong_code")
	wants(t, h.withCode(a.shows(-30*time.Second), "192.0.2.1"), "")

	now := a.shows(0)
	var race sync.WaitGroup
	got := make(chan error, 4)
	for range 4 {
		race.Go(func() {
			_, _, err := h.Door.SignIn(context.Background(), account.Knock{Email: "quiet@example.org", Password: goodPassword, Code: now, From: "192.0.2.1"})
			got <- err
		})
	}
	race.Wait()
	close(got)
	in := 0
	for err := range got {
		if err == nil {
			in++
		} else if code := fault.Code(err); code != "wrong_code" {
			t.Errorf("got %v", err)
		}
	}
	if in != 1 {
		t.Errorf("one code let %d in", in)
	}
	wants(t, h.withCode(a.shows(-30*time.Second), "192.0.2.1"), "wrong_code") // older than one that was used
}

func TestARecoveryCodeWorksOnce(t *testing.T) {
	h := newHouse(t)
	s, _, recovery := h.withCodes()
	seen := map[string]bool{}
	for _, code := range recovery {
		if seen[code] || len(strings.ReplaceAll(code, "-", "")) != 24 {
			t.Errorf("a recovery code of %d characters", len(code))
		}
		seen[code] = true
	}
	wants(t, h.withCode(strings.ToLower(recovery[3]), "192.0.2.1"), "")
	wants(t, h.withCode(recovery[3], "192.0.2.1"), "wrong_code")
	if left, err := h.book.RecoveryCodesLeft(t.Context(), s.Counselor); left != 9 || err != nil {
		t.Errorf("%d are left, %v", left, err)
	}
	anew, err := h.RenewRecoveryCodes(t.Context(), s.Counselor)
	wants(t, err, "")
	wants(t, h.withCode(recovery[4], "192.0.2.1"), "wrong_code")
	wants(t, h.withCode(anew[0], "192.0.2.1"), "")

	wants(t, h.EndCodes(t.Context(), s.Counselor), "")
	wants(t, h.withCode("", "192.0.2.1"), "")
	_, err = h.RenewRecoveryCodes(t.Context(), s.Counselor)
	wants(t, err, "codes_off")
}

func TestCodesAreOnOnceAFirstOneWasRight(t *testing.T) {
	h := newHouse(t)
	_, s := h.setUp()
	_, err := h.ConfirmCodes(t.Context(), s, "000000")
	wants(t, err, "not_found")
	e, err := h.BeginCodes(t.Context(), s.Counselor)
	wants(t, err, "")
	wants(t, h.withCode("", "192.0.2.1"), "")
	again, err := h.BeginCodes(t.Context(), s.Counselor)
	wants(t, err, "")
	_, err = h.ConfirmCodes(t.Context(), s, app{h, e.Secret}.shows(0))
	wants(t, err, "wrong_code")
	_, err = h.ConfirmCodes(t.Context(), s, app{h, again.Secret}.shows(0))
	wants(t, err, "")
	_, err = h.BeginCodes(t.Context(), s.Counselor)
	wants(t, err, "codes_on")
	_, err = h.ConfirmCodes(t.Context(), s, app{h, again.Secret}.shows(30*time.Second))
	wants(t, err, "codes_on")
}

// Codes have a limit of their own, kept apart as that of passwords is: whoever knows
// the password and tries codes from elsewhere keeps nobody from their own place.
func TestGuessingCodesEnds(t *testing.T) {
	h := newHouse(t)
	_, a, _ := h.withCodes()
	const office, elsewhere = "127.0.0.1", "198.51.100.9" // set up from the former
	for range 10 {
		wants(t, h.withCode("000000", elsewhere), "wrong_code")
		wants(t, h.withCode("", elsewhere), "code_needed")
		h.pass(2 * time.Minute)
	}
	wants(t, h.withCode(a.shows(0), elsewhere), "too_many_tries")
	wants(t, h.withCode(a.shows(0), office), "")
	h.pass(time.Hour)
	wants(t, h.withCode(a.shows(0), elsewhere), "")
}

func TestAResetOpensOnceForAnHour(t *testing.T) {
	h := newHouse(t)
	_, a, _ := h.withCodes()
	h.pass(time.Minute)
	token, _, err := h.Door.SignIn(t.Context(), account.Knock{Email: "quiet@example.org", Password: goodPassword, Code: a.shows(0), From: "127.0.0.1"})
	wants(t, err, "")
	_, err = h.OfferReset(t.Context(), "nobody@example.org")
	wants(t, err, "not_found")
	late, err := h.OfferReset(t.Context(), "quiet@example.org")
	wants(t, err, "")
	_, err = h.Who(t.Context(), token)
	wants(t, err, "signed_out")
	reset := func(code, password string) error {
		_, _, err := h.Reset(t.Context(), code, password, "192.0.2.1", account.Device{})
		return err
	}
	h.pass(account.ResetMost)
	wants(t, reset(late, "another walk by the lake"), "reset_over")

	older, err := h.OfferReset(t.Context(), "quiet@example.org")
	wants(t, err, "")
	code, err := h.OfferReset(t.Context(), " Quiet@example.org")
	wants(t, err, "")
	wants(t, reset(older, "another walk by the lake"), "reset_over")
	wants(t, reset(code, "password1234"), "password_common")
	wants(t, reset(code, "HarbourHouse1"), "password_own_name")
	token, s, err := h.Reset(t.Context(), strings.ToLower(code), "another walk by the lake", "192.0.2.1", account.Device{})
	wants(t, err, "")
	if who, err := h.Who(t.Context(), token); err != nil || who.Counselor != s.Counselor {
		t.Errorf("%+v, %v", who, err)
	}
	wants(t, reset(code, "yet another walk"), "reset_over")
	wants(t, h.withCode("", "192.0.2.1"), "wrong_sign_in")
	_, _, err = h.SignIn(t.Context(), "quiet@example.org", "another walk by the lake", "192.0.2.1") // and no code is asked for
	wants(t, err, "")
	for range 17 { // and three above
		wants(t, reset(account.NewCode(24), "another walk by the lake"), "reset_over")
	}
	wants(t, reset(account.NewCode(24), "another walk by the lake"), "too_many_tries")
}

func TestSignInsAreListedAndEnded(t *testing.T) {
	h := newHouse(t)
	first, _ := h.setUp()
	h.pass(time.Minute)
	token, s, err := h.Door.SignIn(t.Context(), account.Knock{
		Email: "quiet@example.org", Password: goodPassword, From: "192.0.2.1", Device: account.Device{Browser: "safari", System: "ios"},
	})
	wants(t, err, "")
	list, err := h.SignIns(t.Context(), s.Counselor)
	if err != nil || len(list) != 2 || list[0].ID != s.ID || list[0].Device.System != "ios" {
		t.Fatalf("%+v, %v", list, err)
	}
	wants(t, h.EndSignIn(t.Context(), account.SignIn{Counselor: "somebody else"}, list[1].ID), "not_found")
	wants(t, h.EndSignIn(t.Context(), s, list[1].ID), "")
	wants(t, h.EndSignIn(t.Context(), s, list[1].ID), "not_found")
	_, err = h.Who(t.Context(), first)
	wants(t, err, "signed_out")

	third, _, err := h.SignIn(t.Context(), "quiet@example.org", goodPassword, "192.0.2.1")
	wants(t, err, "")
	wants(t, h.SetPassword(t.Context(), s, "HarbourHouse1"), "password_own_name")
	wants(t, h.SetPassword(t.Context(), s, "another walk by the lake"), "")
	if in, err := h.IsIn(t.Context(), third); in || err != nil {
		t.Errorf("an old password's sign-in stands: %v", err)
	}
	if in, err := h.IsIn(t.Context(), token); !in || err != nil {
		t.Errorf("the one that changed the password does not: %v", err)
	}

	// To ask is no activity; and who was idle for too long is not in the list.
	h.pass(29 * time.Minute)
	_, _ = h.IsIn(t.Context(), token)
	h.pass(time.Minute)
	if in, err := h.IsIn(t.Context(), token); in || err != nil {
		t.Errorf("asking kept somebody signed in: %v", err)
	}
	if list, err := h.SignIns(t.Context(), s.Counselor); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}
