// Package promise says how often a test tries. A promise of server/SECURITY.md is kept in
// a number: a thousand kills, ten thousand histories. What fits in minutes is tried in
// every run of the tests; MEND_CHAOS has each test try as often as its promise says, which
// takes hours (task chaos). Tests alone may import it.
package promise

import (
	"flag"
	"os"
	"strconv"
	"testing"
)

// Whole tells whether promises are tried at their whole figures.
func Whole() bool { return os.Getenv("MEND_CHAOS") != "" }

// Times is how often to try: each in every run of the tests, whole where promises are tried
// at their whole figures.
func Times(each, whole int) int {
	if Whole() {
		return whole
	}
	return each
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
	set(strconv.Itoa(whole))
	t.Cleanup(func() { set(before) })
}
