package main

import (
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"mend/internal/bot"
	"mend/internal/promise"
	"mend/internal/session"
)

// Each command comes one to five times, in any order, from any socket of its sender's role
// and over broken connections; at times another comes under its id, and some that were
// done long before come once more. Whatever came of it, the pure machine, which knows an id
// again, gives the very same answers in some order, and the log has each command once.
func TestACommandThatComesOftenTakesEffectOnce(t *testing.T) {
	m := openMend(t)
	defer m.close()
	haveAnOrder(t, effort{sessions: promise.Times(2, 100), each: 25, again: true}, m)
}

// The same where it comes at another of three nodes.
func TestACommandThatComesToThreeNodesTakesEffectOnce(t *testing.T) {
	nodes, _ := openNodes(t, 3)
	haveAnOrder(t, effort{sessions: promise.Times(1, 25), each: 25, again: true}, nodes...)
}

// repeats is talk where each command comes several times.
func (a *around) repeats(t *testing.T) []said {
	t.Helper()
	ctx := soon(t)
	type delivery struct {
		id   session.CommandID
		what func(*bot.Bot) session.Command
	}
	lists := make([][]delivery, len(a.bots))
	sends := func(role session.Role, d delivery) {
		at := slices.IndexFunc(a.bots, func(b *bot.Bot) bool { return b.Role == role })
		last := at
		for last+1 < len(a.bots) && a.bots[last+1].Role == role {
			last++
		}
		at += a.dice.IntN(last - at + 1)
		lists[at] = append(lists[at], d)
	}
	for _, b := range a.bots {
		for range perSocket {
			id, one := bot.NewID(), sync.Mutex{}
			var chosen session.Command
			dice := rand.New(rand.NewPCG(a.dice.Uint64(), 3)) //nolint:gosec // chance, not secrecy
			what := func(by *bot.Bot) session.Command {       // whoever brings it first decides what it is
				one.Lock()
				defer one.Unlock()
				if chosen == nil {
					chosen = chance(ctx, by, dice)
				}
				return chosen
			}
			for n := range 1 + a.dice.IntN(5) {
				d := delivery{id, what}
				if n > 0 && a.dice.IntN(6) == 0 {
					other := rand.New(rand.NewPCG(a.dice.Uint64(), 4)) //nolint:gosec // chance, not secrecy
					d.what = func(by *bot.Bot) session.Command { return chance(ctx, by, other) }
				}
				sends(b.Role, d)
			}
		}
	}
	for range min(3, len(a.late)) {
		s := a.late[a.dice.IntN(len(a.late))]
		sends(s.by, delivery{s.id, func(*bot.Bot) session.Command { return s.what }})
	}
	began := time.Now()
	var mu sync.Mutex
	var all []said
	var talking sync.WaitGroup
	for i, b := range a.bots {
		list, dice := lists[i], rand.New(rand.NewPCG(a.dice.Uint64(), uint64(i))) //nolint:gosec // chance, not secrecy
		dice.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		talking.Go(func() {
			for _, d := range list {
				if dice.IntN(60) == 0 {
					b.Break()
				}
				s, err := a.says(ctx, i, d.id, d.what(b), began)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				all = append(all, s)
				mu.Unlock()
			}
		})
	}
	talking.Wait()
	if t.Failed() {
		t.FailNow()
	}
	return all
}
