package main

import (
	"bufio"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"mend/internal/bot"
	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/promise"
	"mend/internal/protocol"
	"mend/internal/session"
)

// A server is killed within a reveal, at one of its system calls after another: before
// the record is on the disk, after it is and before anybody was told, after one screen
// and after two. Whatever was shown before and whatever the moment, once it is back both
// partners have both texts or neither has the other's, and it goes on from there.
func TestAServerThatIsKilledWithinARevealShowsBothOrNone(t *testing.T) {
	if raced {
		t.Skip("tried without the race detector")
	}
	if _, err := exec.LookPath("strace"); err != nil {
		t.Skip("strace is not installed: task strace")
	}
	s := &served{T: t, data: t.TempDir() + "/house", listen: free(t)}
	s.start()
	defer func() { s.kill() }()
	desk := s.desk()
	const toFiles, toSockets = "pwrite64,pwritev,pwritev2,fsync,fdatasync", "write,writev,sendto,sendmsg"
	points := []struct {
		calls string
		nth   int
	}{{toFiles, 1}, {toFiles, 2}, {toSockets, 1}, {toSockets, 2}, {toSockets, 3}, {toSockets, 4}}
	met := map[string]int{}
	moments := []string{"before it was kept", "before anybody was told", "amid the telling"}
	rounds := 0
	for unmet := true; rounds < promise.Times(20, 500) || unmet && rounds < 200; rounds++ {
		r := s.beforeAReveal(desk)
		point := points[rounds%len(points)]
		shown := r.reveals(func() { s.killedAt(point.calls, point.nth) })
		s.kill() // where it lived through it
		s.start()
		met[r.afterwards(shown)]++
		unmet = slices.ContainsFunc(moments, func(moment string) bool { return met[moment] == 0 })
		if t.Failed() {
			t.Fatalf("killed at call %d of %s", point.nth, point.calls)
		}
	}
	t.Logf("killed %d times: %v", rounds, met)
	for _, moment := range moments {
		if met[moment] == 0 {
			t.Errorf("never killed %s", moment)
		}
	}
}

// unveiling is a session in which both have written, and nothing is revealed yet.
type unveiling struct {
	*testing.T
	seats map[session.Role]bot.Place
	words map[session.Role]string
	id    session.CommandID // of the reveal
	step  string
}

func (s *served) beforeAReveal(desk *bot.Desk) *unveiling {
	s.Helper()
	trio, err := desk.Invite(s.Context())
	if err != nil {
		s.Fatal(err)
	}
	u := &unveiling{T: s.T, seats: trio.Seats, id: bot.NewID(), words: map[session.Role]string{
		session.One: "WORDS-OF-ONE", session.Two: "WORDS-OF-TWO",
	}}
	bots := map[session.Role]*bot.Bot{}
	for _, role := range session.Roles() {
		bots[role] = bot.Sit(s.Context(), role, trio.Seats[role])
		defer bots[role].Leave()
	}
	asks := func(who session.Role, c session.Command) {
		s.Helper()
		if err := bots[who].Ask(soon(s.T), c); err != nil {
			s.Fatalf("%s: %s: %v", who, c.Name(), err)
		}
	}
	for _, seat := range session.Seats() {
		asks(seat.Role(), session.Consent{Policy: 1})
		asks(session.Counselor, session.Admit{Who: seat})
	}
	if err := bots[session.Counselor].Do(soon(s.T), protocol.StartExercise{
		Exercise: "guard-rails", Cast: session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo},
	}); err != nil {
		s.Fatal(err)
	}
	for answered := false; ; {
		seen := seenBy(s.T, bots[session.Counselor], "the next step", func(seen *bot.Seen) bool { return seen.Step() != u.step && seen.Step() != "" })
		switch step := seen.Counselor.Step; step.Kind {
		case exercise.Write:
			u.step = step.Key
			for _, seat := range session.Seats() {
				asks(seat.Role(), session.Submit{Step: u.step, Answer: session.Answer{Text: private.Text(u.words[seat.Role()])}})
			}
			answered = true
			asks(session.Counselor, session.Advance{Step: u.step})
		case exercise.Reveal:
			u.step = step.Key
			if !answered {
				s.Fatal("nothing is to be revealed")
			}
			return u
		default:
			u.step = step.Key
			asks(session.Counselor, session.Skip{Step: u.step})
		}
	}
}

// killedAt has the server killed as one of its threads is about to make one of these
// calls for the nth time from now on.
func (s *served) killedAt(calls string, nth int) {
	s.Helper()
	tracer := exec.Command("strace", "--follow-forks", "--output="+os.DevNull, "--attach="+strconv.Itoa(s.child.Process.Pid), //nolint:gosec,noctx // it ends as the server does
		"--trace="+calls, "--inject="+calls+":signal=KILL:when="+strconv.Itoa(nth))
	said, err := tracer.StderrPipe()
	if err != nil {
		s.Fatal(err)
	}
	if err := tracer.Start(); err != nil {
		s.Fatal(err)
	}
	lines := bufio.NewScanner(said)
	for !strings.Contains(lines.Text(), " attached") {
		if !lines.Scan() {
			s.Fatalf("strace does not follow: %v", lines.Err())
		}
	}
	var reading sync.WaitGroup
	reading.Go(func() {
		for lines.Scan() { // threads that come and go
		}
		_ = tracer.Wait() // it says how the server ended
	})
	s.Cleanup(reading.Wait)
}

// reveals asks for the reveal once all three sit there and everything is ready, and tells
// who was shown it or told of it until the server was dead, or all had it.
func (u *unveiling) reveals(ready func()) map[session.Role]bool {
	u.Helper()
	lines := map[session.Role]*bot.Line{}
	for _, role := range session.Roles() {
		at := u.seats[role]
		at.Here = true
		line, err := bot.Dial(soon(u.T), at)
		if err != nil {
			u.Fatal(err)
		}
		defer line.Close()
		lines[role] = line
		for { // up to the last of what comes by itself
			raw, err := line.Read()
			if err != nil {
				u.Fatal(err)
			}
			if strings.HasPrefix(string(raw), `{"is":"here"`) {
				break
			}
		}
	}
	frame, err := protocol.Encode(protocol.Message{ID: u.id, Body: protocol.Command{Command: session.RevealAnswers{Step: u.step}}})
	if err != nil {
		u.Fatal(err)
	}
	ready()
	if err := lines[session.Counselor].Write(frame); err != nil {
		u.Fatal(err)
	}
	shown := map[session.Role]bool{}
	var mu sync.Mutex
	var all sync.WaitGroup
	for role, line := range lines {
		all.Go(func() {
			for {
				raw, err := line.Read()
				if err != nil {
					return
				}
				if u.hasIt(role, string(raw)) {
					mu.Lock()
					shown[role] = true
					mu.Unlock()
					return
				}
			}
		})
	}
	all.Wait()
	return shown
}

// hasIt tells whether a frame shows the other's words, or to the counselor that they are shown.
func (u *unveiling) hasIt(role session.Role, frame string) bool {
	u.Helper()
	if role == session.Counselor {
		return strings.Contains(frame, `"is":"done","id":"`+string(u.id)+`"`)
	}
	mine, theirs := strings.Contains(frame, u.words[role]), strings.Contains(frame, u.words[theOther(role)])
	if theirs && !mine {
		u.Errorf("%s is shown the other's words and not their own beside them: %s", role, frame)
	}
	return theirs
}

func theOther(role session.Role) session.Role {
	if role == session.One {
		return session.Two
	}
	return session.One
}

// afterwards holds what everybody has once the server is back against what was shown
// before, and goes on. It answers with when the server was killed.
func (u *unveiling) afterwards(shown map[session.Role]bool) (when string) {
	u.Helper()
	bots := map[session.Role]*bot.Bot{}
	revealed := func(s *bot.Seen) bool {
		return s.Partner != nil && s.Partner.Step != nil && len(s.Partner.Step.Revealed) == 1 &&
			s.Partner.Step.Revealed[0].One != nil && s.Partner.Step.Revealed[0].Two != nil
	}
	has := map[session.Role]bool{}
	for _, role := range session.Roles() {
		at := u.seats[role]
		at.Here = true
		bots[role] = bot.Sit(u.Context(), role, at)
		defer bots[role].Leave()
		seen := seenBy(u.T, bots[role], "a view", func(s *bot.Seen) bool { return s.Views > 0 })
		if role == session.Counselor {
			has[role] = seen.Counselor.Step.IsRevealed
			continue
		}
		has[role] = revealed(&seen)
		if half := len(seen.Partner.Step.Revealed) > 0; half != has[role] {
			u.Errorf("%s has half of it: %+v", role, seen.Partner.Step.Revealed)
		}
	}
	if has[session.One] != has[session.Two] || has[session.Counselor] != has[session.One] {
		u.Errorf("after the restart it is revealed to %v", has)
	}
	for role := range shown {
		if !has[session.One] {
			u.Errorf("it was shown to %s, and is not so any more", role)
		}
	}
	if err := bots[session.Counselor].DoAs(soon(u.T), u.id, protocol.Command{Command: session.RevealAnswers{Step: u.step}}); err != nil {
		u.Errorf("asked for again: %v", err)
	}
	for _, seat := range session.Seats() {
		seenBy(u.T, bots[seat.Role()], "what both wrote", revealed)
	}
	switch {
	case !has[session.One]:
		return "before it was kept"
	case len(shown) == 0:
		return "before anybody was told"
	case len(shown) < 3:
		return "amid the telling"
	}
	return "after it"
}
