package recent_test

import (
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"mend/internal/recent"
)

// Ten newcomers a second, of whom each stays for a minute, and one who stays for all of
// the day: as many are remembered in the evening as at noon, and whoever is here is known.
// Once all have left, nobody is remembered, though nobody comes.
func TestNobodyIsRememberedForLongAfterTheyLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const second, stay, idle = 10, 60, 2 * time.Minute
		values := recent.Of[int](1<<20, idle)
		values.Keep("resident", 1, 0)
		most := 0
		clock := time.NewTicker(time.Second)
		defer clock.Stop()
		for s := range 8 * 60 * 60 {
			for n := s * second; n < (s+1)*second; n++ {
				values.Keep(fmt.Sprint(n), n, 0)
			}
			if here := max(0, s-stay) * second; s%10 == 0 {
				if v, _, known := values.Get(fmt.Sprint(here)); !known || v != here {
					t.Fatalf("somebody who is here is not known after %d s", s)
				}
				if _, _, known := values.Get("resident"); !known {
					t.Fatalf("who stayed was forgotten after %d s", s)
				}
			}
			most = max(most, values.Len())
			<-clock.C
		}
		// Whoever came within two sweeps is there, and who was asked for within them.
		if bound := 2*second*int(idle/time.Second) + 2*stay; most > bound {
			t.Errorf("%d were remembered, more than %d", most, bound)
		}
		<-time.After(2*idle + time.Second)
		if left := values.Len(); left > 0 {
			t.Errorf("%d are remembered after all have left", left)
		}
		t.Logf("%d came in eight hours, of whom at most %d were remembered", 8*60*60*second, most)
	})
}

func TestNoMoreAreRememberedThanTheLimit(t *testing.T) {
	values := recent.Of[int](10, time.Hour)
	for n := range 1000 {
		values.Keep(fmt.Sprint(n), n, 0)
		if v, _, known := values.Get(fmt.Sprint(n)); !known || v != n {
			t.Fatal("the newest is not known")
		}
	}
	if values.Len() != 10 {
		t.Errorf("%d are remembered", values.Len())
	}
	t.Logf("%d of 1000", values.Len())
}

// What is read while something is forgotten may be what was forgotten.
func TestWhatWasForgottenMeanwhileIsNotKept(t *testing.T) {
	values := recent.Of[string](10, time.Hour)
	_, before, _ := values.Get("one")
	values.Forget("one")
	values.Keep("one", "gone", before)
	if v, _, known := values.Get("one"); known {
		t.Errorf("%q was kept", v)
	}
	_, before, _ = values.Get("one")
	values.Keep("one", "new", before)
	values.Keep("two", "stays", before)
	values.Forget("one")
	if _, _, known := values.Get("one"); known || values.Len() != 1 {
		t.Errorf("%d are remembered after one of two was forgotten", values.Len())
	}
	var many sync.WaitGroup
	for range 4 {
		many.Go(func() {
			for n := range 1000 {
				_, before, _ := values.Get(fmt.Sprint(n % 20))
				values.Keep(fmt.Sprint(n%20), "", before)
				values.Forget(fmt.Sprint(n % 7))
			}
		})
	}
	many.Wait()
	t.Logf("%d are remembered after four had asked, kept and forgotten", values.Len())
}
