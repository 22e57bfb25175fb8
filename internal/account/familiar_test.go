package account_test

import (
	"fmt"
	"testing"
	"time"
)

// Whoever tries passwords from elsewhere keeps the owner from signing in elsewhere,
// and not from where they always do.
func TestAStrangerLocksNobodyOutOfTheirOwnPlace(t *testing.T) {
	h := newHouse(t)
	h.setUp()
	const email, office, cafe = "quiet@example.org", "203.0.113.7", "198.18.0.9"
	_, _, err := h.SignIn(t.Context(), email, goodPassword, office)
	wants(t, err, "")

	tryAll := func() {
		t.Helper()
		for i := range 10 {
			_, _, err := h.SignIn(t.Context(), email, "wrong wrong wrong", fmt.Sprint("198.51.100.", i))
			wants(t, err, "wrong_sign_in")
		}
		_, _, err := h.SignIn(t.Context(), email, "wrong wrong wrong", "198.51.100.99")
		wants(t, err, "too_many_tries")
	}
	tryAll()
	_, _, err = h.SignIn(t.Context(), email, goodPassword, cafe)
	wants(t, err, "too_many_tries")
	_, _, err = h.SignIn(t.Context(), " Quiet@example.org", goodPassword, office)
	wants(t, err, "")
	_, _, err = h.SignIn(t.Context(), email, "wrong wrong wrong", "198.51.100.99") // and the stranger is not let off with it
	wants(t, err, "too_many_tries")

	// Nobody guesses without end from a familiar place either.
	for range 10 {
		_, _, err = h.SignIn(t.Context(), email, "wrong wrong wrong", office)
		wants(t, err, "wrong_sign_in")
	}
	_, _, err = h.SignIn(t.Context(), email, goodPassword, office)
	wants(t, err, "too_many_tries")

	// And a place that was not used for long is no longer familiar.
	h.pass(91 * 24 * time.Hour)
	tryAll()
	_, _, err = h.SignIn(t.Context(), email, goodPassword, office)
	wants(t, err, "too_many_tries")
}
