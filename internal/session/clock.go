package session

import "time"

// wholeMillis is a time as every store keeps it.
func wholeMillis(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// elapsed is how long something lasted; nothing, where a clock was set back.
func elapsed(from, to time.Time) time.Duration { return max(0, to.Sub(from)) }

// optional is a time for the wire: absent where it is not set.
func optional(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// required is the way back.
func required(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}
