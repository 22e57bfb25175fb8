package account

import (
	"net/netip"
	"sync"
	"time"

	"mend/internal/fault"
)

var tooMany = fault.New(fault.TooMany, "too_many_tries", "That was tried too often. Please wait a while and try again.")

// throttle allows a number of tries in any window of time, for each key apart. Each node
// counts by itself: where there are three, a stranger who is sent to all of them has three
// times as many, which the limits bear.
type throttle struct {
	limit  int
	window time.Duration

	mu    sync.Mutex
	tries map[string][]time.Time // those within the window, oldest first
}

// keptKeys bounds the memory that strangers can take up.
const keptKeys = 50_000

func newThrottle(limit int, window time.Duration) *throttle {
	return &throttle{limit: limit, window: window, tries: make(map[string][]time.Time)}
}

// try counts a try, before its outcome is known: many at once get no more than one
// after the other would. It answers with the fault when there were too many.
func (t *throttle) try(key string, now time.Time) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	recent := t.recent(key, now)
	if len(recent) >= t.limit {
		refused := *tooMany
		refused.RetryAfter = int(recent[0].Add(t.window).Sub(now)/time.Second) + 1
		return &refused
	}
	if len(t.tries) >= keptKeys {
		t.tidy(now)
	}
	t.tries[key] = append(recent, now)
	return nil
}

// takeBack uncounts one try: it was a right one.
func (t *throttle) takeBack(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if tries := t.tries[key]; len(tries) > 0 {
		t.tries[key] = tries[:len(tries)-1]
	}
}

// forgive uncounts every try of a key: it was the right person all along.
func (t *throttle) forgive(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.tries, key)
}

func (t *throttle) recent(key string, now time.Time) []time.Time {
	tries := t.tries[key]
	// Where the clock was set back nobody waits for longer than from now on.
	for i := len(tries) - 1; i >= 0 && tries[i].After(now); i-- {
		tries[i] = now
	}
	for len(tries) > 0 && now.Sub(tries[0]) >= t.window {
		tries = tries[1:]
	}
	return tries
}

func (t *throttle) tidy(now time.Time) {
	for key := range t.tries {
		if len(t.recent(key, now)) == 0 {
			delete(t.tries, key)
		}
	}
	for key := range t.tries { // all of them recent: a flood; let some go rather than grow
		if len(t.tries) < keptKeys*9/10 {
			return
		}
		delete(t.tries, key)
	}
}

// neighbourhood is what one household or one attacker has: an IPv4 address, or a
// /64 of IPv6.
func neighbourhood(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is6() {
		if prefix, err := ip.Prefix(64); err == nil {
			return prefix.String()
		}
	}
	return ip.String()
}
