package main

import (
	"io"
	"log/slog"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"mend/internal/hub"
	"mend/internal/protocol"
	"mend/internal/session"
)

// A long evening: a turn after two thousand records costs what the first ones did, and
// whoever comes in then is shown the room as soon as at the beginning. What is allocated
// is compared, server and the three phones together, since no other program can change it.
func TestAServersTurnCostsTheSameAfterTwoThousandRecords(t *testing.T) {
	if raced {
		t.Skip("the race detector allocates as well")
	}
	m := openMend(t)
	defer m.close()
	id := m.open(t)
	c, err := sitDown(t.Context(), trioAt(m.url, id), "speaking")
	if err != nil {
		t.Fatal(err)
	}
	defer c.leave()
	length := func() int { return len(must(m.store.Read(t.Context(), id, 0))(t)) }
	// A turn is whatever all three are shown.
	took := func(turns int) {
		for n := range turns {
			var what session.Command = session.Pause{}
			if n%2 == 1 {
				what = session.Resume{}
			}
			if _, err := c.say(t.Context(), c.seats[0], protocol.Command{Command: what}, c.seats[:]...); err != nil {
				t.Fatal(err)
			}
		}
	}
	// Several stretches early and several late, and the middle one of each: now and then
	// a stretch bears some of the tail being brought into its table, which each record
	// costs once, whatever came before it.
	const turns, stretches = 100, 5
	stretch := func() (allocs, bytes uint64) {
		var all, sizes []uint64
		for range stretches {
			n, size := allocated(func() { took(turns) })
			all, sizes = append(all, n/turns), append(sizes, size/turns)
		}
		slices.Sort(all)
		slices.Sort(sizes)
		return all[stretches/2], sizes[stretches/2]
	}
	took(2)
	from := length()
	allocs, bytes := stretch()
	for length() < 2000-stretches*turns {
		took(turns)
	}
	lateAllocs, lateBytes := stretch()
	t.Logf("a turn from the %dth record on: %d allocations, %d bytes; up to the %dth: %d, %d",
		from, allocs, bytes, length(), lateAllocs, lateBytes)
	if lateAllocs*10 > allocs*12 || lateBytes*10 > bytes*12 {
		t.Error("a turn costs more the longer a session lasts")
	}

	other := hub.New(m.store, m.store, hub.Options{Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	began := time.Now()
	woken := make(chan struct{})
	seat, err := other.Join(t.Context(), id, session.Counselor, hub.Entry{Wake: sync.OnceFunc(func() { close(woken) })})
	if err != nil {
		t.Fatal(err)
	}
	<-woken
	opened := time.Since(began)
	seat.Leave()
	t.Logf("opened anew in %v", opened.Round(100*time.Microsecond))
	if opened > onABadDay*20*time.Millisecond {
		t.Errorf("opening a session of %d records took %v", length(), opened)
	}
	if err := other.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

// allocated is what f allocates, in number and in bytes.
func allocated(f func()) (n, bytes uint64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.Mallocs - before.Mallocs, after.TotalAlloc - before.TotalAlloc
}
