package hub

import (
	"sync"
	"time"
)

// echo tells whether the bus carries: a node hears its own notices too, and every room
// says something with each poll.
type echo struct {
	mu    sync.Mutex
	since time.Time // it has carried without a break since
	last  time.Time
}

func (e *echo) heard(now time.Time, patience time.Duration) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if now.Sub(e.last) >= patience {
		e.since = now
	}
	e.last = now
}

func (e *echo) carried() (since, last time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.since, e.last
}

// hold is for how long what a node said of who sits there is believed: a node that was
// killed does not say goodbye.
func (h *Hub) hold() time.Duration { return 3 * h.o.Poll }

// lapses is when what another node said is believed no longer. While the bus carries
// nothing, silence tells nothing: whoever was there may still be, and what was said
// last stands until a while after the bus is back.
func (h *Hub) lapses(a attendance, now time.Time) time.Time {
	since, last := h.echo.carried()
	if now.Sub(last) >= h.hold() {
		return now.Add(h.o.Poll)
	}
	if since.After(a.heard) {
		return since.Add(h.hold())
	}
	return a.heard.Add(h.hold())
}
