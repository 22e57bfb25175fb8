package main

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"mend/internal/bot"
	"mend/internal/natsbus/natstest"
	"mend/internal/promise"
	"mend/internal/session"
)

// One of three nodes is cut off without a word while people talk at all of them: from the
// database, from the broker, or from its own people. Whatever was answered before, while
// and after it lasts, there is still one order of all commands that explains it, and the
// log has each that was done once, and none that was refused.
func TestNodesThatAreCutOffKeepOneOrder(t *testing.T) {
	nodes, all := openNodes(t, 3)
	const together = 3
	rooms := make([]*around, together)
	for i := range rooms {
		rooms[i] = sitAroundThrough(t, all, 2, nodes...)
		defer rooms[i].leave()
	}
	kinds := []struct {
		name string
		of   func(ties) *natstest.Wire
	}{
		{"from the database", func(t ties) *natstest.Wire { return t.database }},
		{"from the broker", func(t ties) *natstest.Wire { return t.broker }},
		{"from its people", func(t ties) *natstest.Wire { return t.people }},
	}
	cuts, done, codes := promise.Times(len(kinds), 100), 0, map[string]int{}
	var lasted time.Duration
	for cut := range cuts {
		kind, lasts := kinds[cut%len(kinds)], 500*time.Millisecond
		if promise.Whole() {
			lasts = 5*time.Second + rand.N(55*time.Second) //nolint:gosec // chance, not secrecy
		}
		wire := kind.of(all[rand.IntN(len(all))]) //nolint:gosec // likewise
		lasted += lasts
		starts := make([][]session.Record, together)
		for i, room := range rooms {
			room.begin(t)
			starts[i] = must(room.m.store.Read(t.Context(), room.id, 0))(t)
		}
		var talking sync.WaitGroup
		histories := make([][]said, together)
		for i, room := range rooms {
			talking.Go(func() { histories[i] = room.talksFor(t, lasts+time.Second) })
		}
		pause(t.Context(), 500*time.Millisecond)
		wire.Cut()
		pause(t.Context(), lasts)
		wire.Mend()
		talking.Wait()
		if t.Failed() {
			t.FailNow()
		}
		for i, room := range rooms {
			history := room.took(t, uint64(len(starts[i])), histories[i])
			if room.ordered(t, uint64(len(starts[i])), history) != porcupine.Ok {
				t.Fatalf("cut off %s for %v, and no order explains what was answered: %+v", kind.name, lasts, history)
			}
			room.inLog(t, starts[i], history, false)
			for _, s := range histories[i] {
				if s.code == "" {
					done++
				} else {
					codes[s.code]++
				}
			}
		}
	}
	t.Logf("a node was cut off %d times, %v in all: %d histories, %d commands done, refused %v", cuts, lasted.Round(time.Second), together*cuts, done, codes)
	if done < 10*cuts {
		t.Error("hardly anything was said: this test has looked at nothing")
	}
}

// talksFor has all of them say something at once and again, and takes down what was answered.
func (a *around) talksFor(t *testing.T, d time.Duration) []said {
	ctx, enough := context.WithTimeout(t.Context(), d+time.Minute)
	defer enough()
	began := time.Now()
	var mu sync.Mutex
	var all []said
	var talking sync.WaitGroup
	for i, b := range a.bots {
		dice := rand.New(rand.NewPCG(a.dice.Uint64(), uint64(i))) //nolint:gosec // chance, not secrecy
		talking.Go(func() {
			for time.Since(began) < d {
				s, err := a.says(ctx, i, bot.NewID(), chance(ctx, b, dice), began)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				all = append(all, s)
				mu.Unlock()
				pause(ctx, time.Duration(dice.Int64N(int64(d/4))))
			}
		})
	}
	talking.Wait()
	return all
}

// took leaves out what was refused only since it could not be kept: it was not, says the
// log, unless the answer itself says that nobody knows.
func (a *around) took(t *testing.T, after uint64, history []said) (took []said) {
	t.Helper()
	kept := map[session.CommandID]bool{}
	for _, r := range must(a.m.store.Read(t.Context(), a.id, after))(t) {
		kept[r.Command] = true
	}
	for _, s := range history {
		switch s.code {
		case "storage_failed":
			if !kept[s.id] {
				continue
			}
			s.code = "" // at any time later
			s.back = int64(time.Hour)
		case "storage_busy", "not_saved", "busy":
			if kept[s.id] {
				t.Fatalf("%s was refused with %s, and is in the log", s.what.Name(), s.code)
			}
			continue
		}
		took = append(took, s)
	}
	return took
}
