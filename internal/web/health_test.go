package web

import (
	"context"
	"errors"
	"testing"
	"time"
)

// Anybody may ask whether the house is ready, as often as they like; the disk hears
// of it once a second.
func TestAFloodOfQuestionsIsOneWrite(t *testing.T) {
	now, writes, full := time.Unix(1_800_000_000, 0), 0, errors.New("full")
	var outcome error
	r := readiness{now: func() time.Time { return now }, ask: func(context.Context) error {
		writes++
		return outcome
	}}
	for range 1000 {
		if err := r.check(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if writes != 1 {
		t.Errorf("the disk was written to %d times", writes)
	}
	outcome = full
	if now = now.Add(readyFor); r.check(t.Context()) == nil {
		t.Error("a second later the trouble is not seen")
	}
	outcome = nil
	if r.check(t.Context()) == nil {
		t.Error("within the same second it was asked again")
	}
	if now = now.Add(-time.Hour); r.check(t.Context()) != nil { // the clock was put back
		t.Error("it stays unwell for an hour")
	}
}
