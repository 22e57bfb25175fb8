package main

import (
	"context"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"mend/internal/bot"
	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/protocol"
	"mend/internal/session"
)

// kills is how often the server is killed; MEND_KILLS says otherwise. Under the race
// detector it is seldom: CI runs this test once more without.
func kills(t *testing.T) int {
	t.Helper()
	n := 200
	if raced {
		n = 10
	}
	if more := os.Getenv("MEND_KILLS"); more != "" {
		var err error
		if n, err = strconv.Atoi(more); err != nil {
			t.Fatal(err)
		}
	}
	return n
}

// served is a server in a process of its own.
type served struct {
	*testing.T
	data, listen string
	under        []string // a command that starts the server in its turn; none
	child        *exec.Cmd
}

func (s *served) start(files ...*os.File) time.Duration {
	s.Helper()
	began := time.Now()
	line := slices.Concat(s.under, []string{"mend", "serve", "--listen", s.listen, "--data", s.data}) // the stories' own program
	s.child = exec.Command(line[0], line[1:]...)                                                      //nolint:gosec // our own words
	s.child.Stdout, s.child.Stderr, s.child.ExtraFiles = io.Discard, io.Discard, files
	if err := s.child.Start(); err != nil {
		s.Fatal(err)
	}
	for soon := soon(s.T); ; {
		answer, err := http.Get("http://" + s.listen + "/readyz") //nolint:noctx // refused at once, or answered
		if err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return time.Since(began)
			}
		}
		if soon.Err() != nil {
			s.Fatalf("the server is not ready: %v", err)
		}
	}
}

// kill is what a power cut is to the process: nothing of it runs any more.
func (s *served) kill() {
	s.Helper()
	if err := s.child.Process.Kill(); err != nil {
		s.Fatal(err)
	}
	_ = s.child.Wait()
}

// free is an address that nobody listens on.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// The server is killed at random points of running load, and started again. Whoever was
// in a room comes back by themselves; every command that was ever acknowledged is in the
// log once, none is there twice, and every session goes on.
func TestAServerThatIsKilledLosesNothing(t *testing.T) {
	s := &served{T: t, data: t.TempDir() + "/house", listen: free(t)}
	s.start()
	defer func() { s.kill() }()
	desk, err := bot.OpenDesk(t.Context(), "http://"+s.listen, bot.Account{Email: "load@example.org", Password: password})
	if err != nil {
		t.Fatal(err)
	}
	acks := make(chan struct{}, 1<<16)
	ctx, stop := context.WithCancel(t.Context())
	var rooms []*killed
	var talking sync.WaitGroup
	for range 6 {
		r := enter(t, desk)
		rooms = append(rooms, r)
		for i := range r.bots {
			talking.Go(func() { r.talk(ctx, i, acks) })
		}
	}
	slowest := time.Duration(0)
	for range kills(t) {
		patience := soon(t)
		for range 1 + rand.IntN(25) { //nolint:gosec // chance, not secrecy
			select {
			case <-acks:
			case <-patience.Done():
				t.Fatal("nobody is answered any more")
			}
		}
		s.kill()
		slowest = max(slowest, s.start())
	}
	stop()
	talking.Wait()
	for _, r := range rooms {
		for _, b := range r.bots {
			b.Leave()
		}
	}
	s.kill()

	m := onDisk{Data: s.data}
	store, err := m.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	total := 0
	for _, r := range rooms {
		log, err := store.Read(t.Context(), r.id, 0)
		if err != nil {
			t.Fatal(err)
		}
		total += r.inLog(t, log)
	}
	found, err := store.Check(t.Context())
	if err != nil || len(found.Wrong) > 0 {
		t.Errorf("checked: %+v, %v", found, err)
	}
	t.Logf("killed %d times, looked for %d commands that were acknowledged, slowest start %v", kills(t), total, slowest)
	s.start()
}

// killed is a session whose server is killed under it.
type killed struct {
	*testing.T
	id   string
	bots []*bot.Bot
	mu   sync.Mutex
	done map[session.CommandID]session.Command // acknowledged
}

func enter(t *testing.T, desk *bot.Desk) *killed {
	t.Helper()
	trio, err := desk.Invite(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r := &killed{T: t, id: trio.Session, done: map[session.CommandID]session.Command{}}
	for _, role := range session.Roles() {
		r.bots = append(r.bots, bot.Sit(t.Context(), role, trio.Seats[role]))
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
		if _, refused := fault.As(err); err != nil && !refused && ctx.Err() == nil {
			r.Errorf("%s: %v", what.Name(), err)
			return
		}
		if err == nil {
			acks <- struct{}{}
			r.mu.Lock()
			r.done[id] = what
			r.mu.Unlock()
		}
	}
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
	if len(r.done) == 0 {
		t.Errorf("nobody said anything in %s", r.id)
	}
	return len(r.done)
}
