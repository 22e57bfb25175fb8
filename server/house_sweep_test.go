package main

import (
	"context"
	"testing"
	"time"
)

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
