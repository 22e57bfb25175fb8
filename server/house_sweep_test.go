package main

import (
	"context"
	"slices"
	"testing"
	"time"

	"mend/internal/session"
)

// A house rests once nobody has been in a room for two minutes, and not before somebody was
// there it does again. Whoever comes then has all that they had.
func TestAHouseRestsOnceNobodyIsThere(t *testing.T) {
	counts := []int{1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0}
	wanted := []int{8, 18} // after which of these
	ticks, at, rested := make(chan time.Time), -1, []int{}
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		for range counts {
			ticks <- time.Time{}
		}
		stop()
	}()
	rests(ctx, ticks, func() int { at++; return counts[at] }, func() { rested = append(rested, at) })
	if !slices.Equal(rested, wanted) {
		t.Errorf("it rested after %v, and should after %v", rested, wanted)
	}

	h := openHouse(t)
	c := h.counselor()
	r := h.room(c, c.session())
	h.app.rest()
	h.asks(r.counselorBot, session.Pause{}, session.Resume{})
	r.one.get("/seat").want(200)
	c.get("/couples").want(200).contains(marker)
}

// Sweeping begins with the house, goes on with every tick, and ends with it.
func TestTheHouseIsSwept(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	signIns := func() (n int) {
		h.Helper()
		db := h.database()
		defer db.Close()
		if err := db.QueryRow("SELECT count(*) FROM sign_ins").Scan(&n); err != nil {
			h.Fatal(err)
		}
		return n
	}
	swept := func(want int) {
		h.Helper()
		deadline := soon(h.T)
		for signIns() != want {
			if deadline.Err() != nil {
				h.Fatalf("%d sign-ins are left, %d should be", signIns(), want)
			}
		}
	}
	sign := map[string]any{"email": "vega@example.org", "password": password}
	c.post("/sign-in", sign).want(204)
	swept(2) // both of today

	ticks := make(chan time.Time)
	ended := make(chan struct{})
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		defer close(ended)
		h.app.sweep(ctx, ticks)
	}()
	h.later(48 * time.Hour)
	ticks <- time.Time{}
	swept(0)
	stop()
	<-ended

	c.post("/sign-in", sign).want(204)
	h.later(48 * time.Hour)
	h.stop()
	h.start()
	swept(0)
}
