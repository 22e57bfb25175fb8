package hub

import "time"

// clock is a room's time. It runs on from the moment the room was taken up and
// does not follow the machine's clock when that is set, so that nobody's turn is
// cut short by it. It is put right in a moment when no turn is timed.
type clock struct {
	source func() time.Time
	start  time.Time // with its monotonic reading
	last   time.Time // the newest time in the log: time never runs backwards in it
}

func newClock(source func() time.Time) clock {
	return clock{source: source, start: source()}
}

// now is in UTC and whole milliseconds.
func (c *clock) now() time.Time {
	t := c.start.Round(0).Add(c.source().Sub(c.start)).UTC().Truncate(time.Millisecond)
	if t.Before(c.last) {
		return c.last
	}
	return t
}

// seen notes the time of a record.
func (c *clock) seen(at time.Time) {
	if at.After(c.last) {
		c.last = at
	}
}

// drift is how far the machine's clock has run away from the room's.
func (c *clock) drift() time.Duration {
	t := c.source()
	return t.Round(0).Sub(c.start.Round(0).Add(t.Sub(c.start)))
}

// putRight follows the machine's clock again.
func (c *clock) putRight() {
	if d := c.drift(); d > time.Second || d < -time.Second {
		c.start = c.source()
	}
}
