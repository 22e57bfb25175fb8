// Package promise says how often a test tries. A promise of server/SECURITY.md is kept in
// a number: a thousand kills, ten thousand histories. What fits in minutes is tried in
// every run of the tests; MEND_CHAOS has each test try as often as its promise says, which
// takes hours (task chaos), or a part of that: 0.1 is a tenth. Tests alone may import it.
package promise

import (
	"flag"
	"os"
	"strconv"
	"testing"
	"time"
)

// Whole tells whether promises are tried at their whole figures, or a part of them.
func Whole() bool { return os.Getenv("MEND_CHAOS") != "" }

// Times is how often to try: each in every run of the tests, whole where promises are tried
// at their whole figures.
func Times(each, whole int) int {
	if Whole() {
		return max(each, int(share()*float64(whole)))
	}
	return each
}

// Lasting is for how long something is kept up: each in every run of the tests, whole where
// promises are tried at their whole figures.
func Lasting(each, whole time.Duration) time.Duration {
	return time.Duration(Times(int(each), int(whole)))
}

// share is how much of the whole figures MEND_CHAOS asks for: 1 unless it is less.
func share() float64 {
	said, err := strconv.ParseFloat(os.Getenv("MEND_CHAOS"), 64)
	if err != nil || said <= 0 || said > 1 {
		return 1
	}
	return said
}

// Histories has rapid make so many random histories in this test where promises are tried
// at their whole figures, and as many as its flag says elsewhere. Such tests run one after
// the other.
func Histories(t *testing.T, whole int) {
	t.Helper()
	if !Whole() {
		return
	}
	checks := flag.Lookup("rapid.checks")
	before := checks.Value.String()
	set := func(n string) {
		if err := checks.Value.Set(n); err != nil {
			t.Error(err)
		}
	}
	each, _ := strconv.Atoi(before)
	set(strconv.Itoa(Times(each, whole)))
	t.Cleanup(func() { set(before) })
}
