package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"mend/content"
	"mend/internal/bot"
	"mend/internal/catalog"
	"mend/internal/promise"
	"mend/internal/session"
)

// How long a command may take to the others' screens where all three sit behind slow
// lines, 95 times in 100.
const nearWithin = 1500 * time.Millisecond

// slow is a line as phones have it in a bad cell: a round trip takes 200 ms, give or take
// 100; 20 kB a second; and of a hundred packets so many are lost, either way.
func slow(percent int) badness {
	return badness{lost: percent, far: 100 * time.Millisecond, about: 50 * time.Millisecond, rate: 20_000}
}

// An exercise is played through by three people behind slow and lossy lines, and comes to
// the same. What one of them does is on each screen that changes by it soon enough for
// people who sit in one room.
func TestAServerBehindSlowLinesIsSoonEnough(t *testing.T) {
	if raced {
		t.Skip("measured without the race detector")
	}
	waitsBesideOthers(t)
	library, err := catalog.Load(content.Files)
	if err != nil {
		t.Fatal(err)
	}
	exercises := []string{"closing"}
	if promise.Whole() {
		exercises = nil
		for _, d := range library.List() {
			exercises = append(exercises, d.ID)
		}
	}
	h := openHouse(t)
	c, air := h.counselor(), newCell(t)
	took := map[int]*report{1: {}, 5: {}} // by how many packets of a hundred are lost
	var all sync.WaitGroup
	var mu sync.Mutex
	room := make(chan struct{}, 2*rooms)
	for percent, r := range took {
		for i, id := range exercises {
			program, _ := library.Program(id)
			room <- struct{}{}
			all.Go(func() {
				defer func() { <-room }()
				t.Run(fmt.Sprintf("%s, %d %% lost", id, percent), func(t *testing.T) {
					good := &play{house: h.tell(t), ctx: t.Context(), title: id, cast: casts(program)[i%2]}
					good.enters(c)
					good.plays()
					turns := playSlowly(good, c, air, slow(percent))
					mu.Lock()
					defer mu.Unlock()
					r.turns = append(r.turns, turns...)
				})
			})
		}
	}
	all.Wait()
	passed, lost := air.passed.Load(), air.lost.Load()
	t.Logf("%d packets were carried, %d lost", passed, lost)
	if 200*lost < passed+lost {
		t.Error("the lines were too good to prove anything")
	}
	for percent, r := range took {
		slices.Sort(r.turns)
		t.Logf("%d exercises, %d %% lost: from a command to another's screen %d times: p50 %v, p95 %v, at most %v",
			len(exercises), percent, len(r.turns), short(r.at(.5)), short(r.at(.95)), short(r.at(1)))
		if len(r.turns) < 10*len(exercises) || r.at(.5) < 150*time.Millisecond {
			t.Error("the lines were too good to prove anything")
		}
		if r.at(.95) > onADay(nearWithin) {
			t.Errorf("one in twenty took longer than %v", r.at(.95))
		}
	}
}

// playSlowly plays what was played before once more, over lines that are not cut, and
// answers with how long it took to each screen that changed by what another did.
func playSlowly(good *play, c *caller, air *cell, bad badness) (took []time.Duration) {
	good.Helper()
	a := good.again(c, func() string { return air.line(good.app.listen.Addr().String(), bad) })
	for _, b := range a.bots {
		seenBy(a.T, b, "a view", func(s *bot.Seen) bool { return s.Views > 0 })
	}
	for i, said := range good.script {
		took = append(took, a.saysAndShows(i, said)...)
	}
	a.cameToTheSame()
	return took
}

// saysAndShows has said again what took effect as the ith, and waits until every screen
// that changes by it has changed. It answers with how long each but the speaker's took.
func (a *again) saysAndShows(i int, said uttered) (took []time.Duration) {
	a.Helper()
	ctx, enough := context.WithCancel(a.ctx)
	defer enough()
	before, began := a.screens(), time.Now()
	shown := map[session.Role]chan time.Duration{}
	for role, b := range a.bots {
		views := seenBy(a.T, b, "a view", func(*bot.Seen) bool { return true }).Views
		shown[role] = make(chan time.Duration, 1)
		go func() {
			if _, err := b.Until(ctx, "what changed", func(s *bot.Seen) bool { return s.Views > views }); err == nil {
				shown[role] <- time.Since(began)
			}
		}()
	}
	a.says(i, said)
	for role, after := range a.screens() {
		if after == before[role] {
			continue
		}
		select {
		case d := <-shown[role]:
			if role != said.by {
				took = append(took, d)
			}
		case <-soon(a.T).Done():
			a.Fatalf("%s is never shown what %s did", role, said.by)
		}
	}
	return took
}

// screens are what all three are to be shown, by the log.
func (a *again) screens() map[session.Role]string {
	a.Helper()
	records, err := a.app.store.Read(a.ctx, a.id, 0)
	if err != nil {
		a.Fatal(err)
	}
	state, all := session.Replay(records), map[session.Role]string{}
	for _, role := range session.Roles() {
		all[role] = asJSON(a.play, session.ViewFor(state, role))
	}
	return all
}
