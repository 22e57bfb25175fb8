package main

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"mend/internal/bot"
	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/protocol"
	"mend/internal/session"
)

// talk is what goes on in several rooms at once while something befalls their server.
type talk struct {
	*testing.T
	desk    *bot.Desk
	rooms   []*killed
	acks    chan struct{} // one for each answer
	stop    context.CancelFunc
	talking sync.WaitGroup
}

// talk begins in so many rooms.
func (s *served) talk(rooms int) *talk {
	s.Helper()
	return s.talkFrom(rooms, func(*bot.Place) {})
}

// talkFrom is a talk of people whose places are changed by at.
func (s *served) talkFrom(rooms int, at func(*bot.Place)) *talk {
	s.Helper()
	ctx, stop := context.WithCancel(s.Context())
	t := &talk{T: s.T, desk: s.desk(), acks: make(chan struct{}, 1<<16), stop: stop}
	for range rooms {
		r := enter(s.T, t.desk, at)
		t.rooms = append(t.rooms, r)
		for i := range r.bots {
			t.talking.Go(func() { r.talk(ctx, i, t.acks) })
		}
	}
	return t
}

// answered waits for so many answers more.
func (t *talk) answered(n int) {
	t.Helper()
	patience := soon(t.T)
	for range n {
		select {
		case <-t.acks:
		case <-patience.Done():
			t.Fatal("nobody is answered any more")
		}
	}
}

// ends it, and everybody leaves.
func (t *talk) ends() {
	t.Helper()
	t.stop()
	t.talking.Wait()
	for _, r := range t.rooms {
		for _, b := range r.bots {
			b.Leave()
		}
	}
}

// isKept looks for all that was acknowledged in a folder that no server has open, and
// answers with how much it was.
func (t *talk) isKept(data string) (total int) {
	t.Helper()
	return t.isKeptAt(onDisk{Data: data})
}

func (t *talk) isKeptAt(m onDisk) (total int) {
	t.Helper()
	store, err := m.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	for _, r := range t.rooms {
		log, err := store.Read(t.Context(), r.id, 0)
		if err != nil {
			t.Fatal(err)
		}
		total += r.inLog(t.T, log)
	}
	if total == 0 {
		t.Error("nobody said anything")
	}
	found, err := store.Check(t.Context())
	if err != nil || len(found.Wrong) > 0 {
		t.Errorf("checked: %+v, %v", found, err)
	}
	return total
}

// refused waits until in every room somebody was refused with a code, and nobody with
// another.
func (t *talk) refused(code string) {
	t.Helper()
	patience := soon(t.T)
	for _, r := range t.rooms {
		for r.refusals()[code] == 0 {
			if !pause(patience, 10*time.Millisecond) {
				t.Fatalf("nobody was refused with %s; they were with %v", code, t.refusals())
			}
		}
	}
	for other := range t.refusals() {
		if other != code {
			t.Errorf("somebody was refused with %s", other)
		}
	}
}

// refusedSomebody waits until anybody was refused.
func (t *talk) refusedSomebody() {
	t.Helper()
	for patience := soon(t.T); len(t.refusals()) == 0; {
		if !pause(patience, 10*time.Millisecond) {
			t.Fatal("nobody is told that nothing can be kept")
		}
	}
}

// goesOn waits until in every room all three are answered again.
func (t *talk) goesOn() {
	t.Helper()
	patience := soon(t.T)
	for _, r := range t.rooms {
		before := r.told()
		for who := range r.bots {
			for r.told()[who] == before[who] {
				if !pause(patience, 10*time.Millisecond) {
					t.Fatalf("%s is answered no more", r.bots[who].Role)
				}
			}
		}
	}
}

// told is how many answers there were in all.
func (t *talk) told() (all int) {
	for _, r := range t.rooms {
		for _, n := range r.told() {
			all += n
		}
	}
	return all
}

// gaps are how long each connection that was lost was missed, sorted.
func (t *talk) gaps() (r report) {
	t.Helper()
	for _, room := range t.rooms {
		for _, b := range room.bots {
			seen, _ := b.Until(t.Context(), "its past", func(*bot.Seen) bool { return true })
			r.turns = append(r.turns, seen.Gaps...)
		}
	}
	slices.Sort(r.turns)
	return r
}

func (t *talk) refusals() map[string]int {
	all := map[string]int{}
	for _, r := range t.rooms {
		for code, n := range r.refusals() {
			all[code] += n
		}
	}
	return all
}

// killed is a session whose server is killed under it.
type killed struct {
	*testing.T
	couple, id string
	bots       []*bot.Bot
	mu         sync.Mutex
	done       map[session.CommandID]session.Command // acknowledged
	not        map[session.CommandID]string          // refused, and with which code
	each       [3]int                                // acknowledged, by who said it
}

func enter(t *testing.T, desk *bot.Desk, at func(*bot.Place)) *killed {
	t.Helper()
	trio, err := desk.Invite(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r := &killed{T: t, couple: trio.Couple, id: trio.Session, done: map[session.CommandID]session.Command{}, not: map[session.CommandID]string{}}
	for _, role := range session.Roles() {
		place := trio.Seats[role]
		at(&place)
		r.bots = append(r.bots, bot.Sit(t.Context(), role, place))
	}
	say := func(role int, body protocol.Body) {
		t.Helper()
		if err := r.bots[role].Do(soon(t), body); err != nil {
			t.Fatal(err)
		}
	}
	for i, seat := range session.Seats() {
		say(1+i, protocol.Command{Command: session.Consent{Policy: 1}})
		say(0, protocol.Command{Command: session.Admit{Who: seat}})
	}
	say(0, protocol.StartExercise{Exercise: "floor-and-echo", Cast: session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo}})
	return r
}

// talk says something again and again, at a person's quickest, until ctx ends.
func (r *killed) talk(ctx context.Context, who int, acks chan<- struct{}) {
	pace := time.NewTicker(120 * time.Millisecond)
	defer pace.Stop()
	for n := who; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-pace.C:
		}
		commands := [][]session.Command{
			{session.Mark{Kind: session.MarkReach}, session.Pause{}, session.Resume{}},
			{session.SetDial{Value: n % 11}}, // never the value that it has
			{session.SetDial{Value: n % 11}},
		}[who]
		id, what := bot.NewID(), commands[n%len(commands)]
		err := r.bots[who].DoAs(ctx, id, protocol.Command{Command: what})
		f, refused := fault.As(err)
		if err != nil && !refused && ctx.Err() == nil {
			r.Errorf("%s: %v", what.Name(), err)
			return
		}
		r.mu.Lock()
		switch {
		case err == nil:
			r.done[id] = what
			r.each[who]++
		case refused:
			r.not[id] = f.Code
		}
		r.mu.Unlock()
		if err == nil {
			acks <- struct{}{}
		}
	}
}

// told is how many answers each of the three has had.
func (r *killed) told() [3]int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.each
}

// refusals counts what was refused, by code.
func (r *killed) refusals() map[string]int {
	r.mu.Lock()
	defer r.mu.Unlock()
	codes := map[string]int{}
	for _, code := range r.not {
		codes[code]++
	}
	return codes
}

// inLog holds what was acknowledged against the log, and answers with how much it was.
func (r *killed) inLog(t *testing.T, log []session.Record) int {
	t.Helper()
	at := map[session.CommandID]int{}
	for i, rec := range log {
		if rec.Seq != uint64(i)+1 { //nolint:gosec // a place in a list
			t.Fatalf("session %s has seq %d at place %d", r.id, rec.Seq, i+1)
		}
		at[rec.Command]++
	}
	for id, what := range r.done {
		switch what.(type) {
		case session.Pause, session.Resume: // leave no record where it was so already
			if at[id] > 1 {
				t.Errorf("%s took effect %d times", what.Name(), at[id])
			}
		default:
			if at[id] != 1 {
				t.Errorf("%s was acknowledged, and is in the log %d times", what.Name(), at[id])
			}
		}
	}
	for id, code := range r.not {
		// A disk that failed may have kept what it said it did not; twice it never does.
		if at[id] > 1 || at[id] == 1 && code != "storage_failed" {
			t.Errorf("a command was refused with %s, and is in the log %d times", code, at[id])
		}
	}
	return len(r.done)
}
