package main

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mend/internal/bot"
	"mend/internal/exercise"
	"mend/internal/promise"
	"mend/internal/protocol"
	"mend/internal/session"
)

// How long a restart may take, and how long everybody may need to be back. A machine that
// others use as well gets five times that before the test fails; the log has what it was.
const (
	readyWithin = time.Second
	backWithin  = 5 * time.Second
	onABadDay   = 5
)

// onADay is a bound as a run of the tests holds to it: what is promised where promises are
// tried at their whole figures, on a machine for themselves, and more on one that others
// use as well.
func onADay(promised time.Duration) time.Duration {
	if promise.Whole() {
		return promised
	}
	return onABadDay * promised
}

// A server that holds a thousand sessions is killed and started again. It is ready at
// once, and all three thousand come back by themselves: each after a pause by chance that
// grows from try to try, so that they do not all knock at the same moment.
func TestAServerOfAThousandSessionsIsBackAtOnce(t *testing.T) {
	if raced {
		t.Skip("measured without the race detector")
	}
	const sessions = 1000
	s := &served{T: t, data: t.TempDir() + "/house", listen: free(t)}
	s.start()
	defer func() { s.kill() }()
	bots := s.gather(sessions)
	before := make([]bot.Seen, len(bots))
	for i, b := range bots {
		before[i] = seenBy(t, b, "a room", func(s *bot.Seen) bool { return s.Phase() == session.InExercise })
	}

	s.kill()
	ready := s.start()
	since := time.Now()
	tries := 0
	for i, b := range bots {
		now := seenBy(t, b, "the room again", func(s *bot.Seen) bool { return s.Views > before[i].Views && s.Connections > before[i].Connections })
		tries += now.Tries - before[i].Tries
		if now.Step() != before[i].Step() {
			t.Errorf("%s came back to %q, and had been at %q", b.Role, now.Step(), before[i].Step())
		}
	}
	back := time.Since(since)
	for _, b := range bots {
		b.Leave()
	}
	s.kill()
	alone := s.start()
	t.Logf("%d sessions: ready after %v with all knocking from the same machine (%v with nobody), %d sockets back after another %v, with %.1f tries each",
		sessions, ready.Round(time.Millisecond), alone.Round(time.Millisecond), len(bots), back.Round(time.Millisecond), float64(tries)/float64(len(bots)))
	if alone > onADay(readyWithin) || ready > onADay(readyWithin) || back > onADay(backWithin) {
		t.Errorf("it took too long: %v is wanted, then %v", readyWithin, backWithin)
	}
	if tries > 10*len(bots) {
		t.Errorf("%d clients knocked %d times", len(bots), tries)
	}
}

func seenBy(t *testing.T, b *bot.Bot, what string, is func(*bot.Seen) bool) bot.Seen {
	t.Helper()
	seen, err := b.Until(soon(t), what, is)
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

// gather brings so many couples and their counselor into rooms, several at a time, in
// which an exercise runs.
func (s *served) gather(sessions int) []*bot.Bot {
	s.Helper()
	desk := s.desk()
	bots := make([]*bot.Bot, 3*sessions)
	s.Cleanup(func() {
		for _, b := range bots {
			if b != nil {
				b.Leave()
			}
		}
	})
	var next atomic.Int64
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(sessions); i = next.Add(1) - 1 {
				if err := s.seat(desk, bots[3*i:3*i+3]); err != nil {
					s.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	if s.Failed() {
		s.FailNow()
	}
	return bots
}

// seat brings three into a room in which an exercise runs.
func (s *served) seat(desk *bot.Desk, seats []*bot.Bot) error {
	trio, err := desk.Invite(s.Context())
	if err != nil {
		return err
	}
	for i, role := range session.Roles() {
		seats[i] = bot.Sit(s.Context(), role, trio.Seats[role])
	}
	ctx := soon(s.T)
	for i, seat := range session.Seats() {
		err = errors.Join(err, seats[1+i].Ask(ctx, session.Consent{Policy: 1}), seats[0].Ask(ctx, session.Admit{Who: seat}))
	}
	return errors.Join(err, seats[0].Do(ctx, protocol.StartExercise{
		Exercise: "floor-and-echo", Cast: session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo},
	}))
}
