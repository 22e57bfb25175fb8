package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"mend/content"
	"mend/internal/catalog"
	"mend/internal/exercise"
	"mend/internal/protocol"
	"mend/internal/session"
)

// rooms is how many plays go on at once: enough for one to work while others wait for
// the disk.
const rooms = 10

// Every exercise that ships is played to its end by three people in the real room,
// under either policy, in either casting, on its plainest path and on its hardest. In
// every frame each sees what is for them and nothing else; what a screen offers is
// never refused, and what it does not offer changes nothing; the log replays to what
// was on the screens; and the session's record tells what happened.
func TestEveryExerciseIsPlayedInTheRealRoom(t *testing.T) {
	library, err := catalog.Load(content.Files)
	if err != nil {
		t.Fatal(err)
	}
	h := openHouse(t)
	c := h.counselor()
	all := &coverage{plays: map[string]int{}, met: map[string]map[string]bool{}, offered: map[string]map[string]bool{}}
	for p, secrets := range []session.Secrets{session.NoSecrets, session.LimitedSecrets} {
		c.call("PATCH", "/api/v1/practice", protocol.PatchPractice{Secrets: &secrets}).want(200)
		var waiting sync.WaitGroup
		room := make(chan struct{}, rooms)
		for _, d := range library.List() {
			program, _ := library.Program(d.ID)
			for i, cast := range casts(program) {
				for _, hard := range []bool{false, true} {
					room <- struct{}{}
					waiting.Go(func() {
						defer func() { <-room }()
						t.Run(name(d.ID, secrets, i, hard), func(t *testing.T) {
							ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
							defer stop()
							// So that in the four hard plays of an exercise everything happens to either one.
							turn := []int{0, 1, 3, 2}[2*p+i]
							play := &play{house: h.tell(t), ctx: ctx, title: d.ID, cast: cast, hard: hard, turn: turn}
							play.enters(c)
							play.plays()
							all.add(play)
						})
					})
				}
			}
		}
		waiting.Wait()
	}
	if t.Failed() {
		return // what was not played to its end was not met either
	}
	for _, d := range library.List() {
		program, _ := library.Program(d.ID)
		if all.plays[d.ID] < 8 {
			continue // -run asked for some of them only
		}
		for _, thing := range possible(program) {
			if !all.met[d.ID][thing] {
				t.Errorf("%s: never met: %s", d.ID, thing)
			}
		}
		for offer, taken := range all.offered[d.ID] {
			if !taken {
				t.Errorf("%s: offered and never done: %s", d.ID, offer)
			}
		}
	}
}

func name(id string, secrets session.Secrets, cast int, hard bool) string {
	path := "plain"
	if hard {
		path = "hard"
	}
	return fmt.Sprintf("%s/%s/%s/%s", id, secrets, []string{"one first", "two first"}[cast], path)
}

// casts are the two ways of giving the two roles to the two seats.
func casts(p exercise.Program) []session.Cast {
	roles := slices.Sorted(maps.Keys(p.Roles))
	return []session.Cast{
		{roles[0]: session.SeatOne, roles[1]: session.SeatTwo},
		{roles[0]: session.SeatTwo, roles[1]: session.SeatOne},
	}
}

// coverage is what was met and what was offered, by exercise, over all plays.
type coverage struct {
	sync.Mutex
	plays   map[string]int
	met     map[string]map[string]bool
	offered map[string]map[string]bool // and whether it was done
}

// byHTTP are commands that a session takes and no socket does.
var byHTTP = []string{"open", "invite", "set_agenda"}

func (c *coverage) add(p *play) {
	c.Lock()
	defer c.Unlock()
	if c.met[p.title] == nil {
		c.met[p.title], c.offered[p.title] = map[string]bool{}, map[string]bool{}
	}
	c.plays[p.title]++
	maps.Copy(c.met[p.title], p.met)
	for role, s := range p.seats {
		for command := range s.offered {
			if !slices.Contains(byHTTP, command) {
				offer := string(role) + " " + command
				c.offered[p.title][offer] = c.offered[p.title][offer] || s.accepted[command]
			}
		}
	}
}

// possible are the hard things that an exercise can bring, by the kinds of its steps:
// each must have been met in one of its plays at least.
func possible(p exercise.Program) []string {
	things := []string{
		"played to its end", "stopped and begun again", "refused", "dialled", "whispered and marked", "left and let in again",
		"sent to wait and let in again", "removed and invited again", "paused by one", "paused by two", "paused by counselor", "skipped by the counselor",
	}
	if _, ok := p.Translations[exercise.Spanish]; ok {
		things = append(things, "read in Spanish")
	}
	for i, s := range p.Steps {
		things = append(things, ofKind(s)...)
		switch {
		case s.Kind == exercise.Reveal:
			things = append(things, "revealed")
			if slices.ContainsFunc(s.OfSteps, func(of int) bool { return p.Steps[of].Who == exercise.Both }) {
				things = append(things, "not revealed")
			}
		case i%3 == 2 && !leadsOn(p.Steps[i-1]):
			things = append(things, "gone back and on")
		}
	}
	return things
}

// leadsOn tells whether a step goes on by itself once somebody has spoken.
func leadsOn(s exercise.Instruction) bool { return s.Kind.HoldsFloor() || s.Kind == exercise.Confirm }

// ofKind are the hard things that one step can bring.
func ofKind(s exercise.Instruction) (things []string) {
	if s.Skippable && !leadsOn(s) && s.Kind != exercise.Ask {
		things = append(things, "passed on by one", "passed on by two")
	}
	if s.Kind.Answers() {
		things = append(things, "repeated")
		switch s.Audience {
		case exercise.Device:
			things = append(things, "kept on the phone", "taken back")
		case exercise.ToCounselor:
			things = append(things, map[exercise.NoSecrets]string{exercise.Warned: "warned", exercise.ToDevice: "kept on the phone"}[s.NoSecrets])
			fallthrough
		default:
			things = append(things, "taken back", "another answer", "found again after the network was lost")
		}
	}
	if s.Kind.HoldsFloor() {
		things = append(things, "yielded", "turn passed")
	}
	switch s.Kind {
	case exercise.Mirror:
		things = append(things, "mirrored in writing")
	case exercise.Apart:
		things = append(things, "apart")
	case exercise.Gate:
		things = append(things, "gate held shut")
	case exercise.Agree:
		things = append(things, "agreed", "signature cleared by an edit", "not today by one", "not today by two", "withdrawn")
	case exercise.Confirm:
		missing := "almost"
		if s.AlmostTo < 0 {
			missing = "more"
		}
		things = append(things, "heard: yes", missing+" until the counselor stepped in")
		if s.MoreTo >= 0 {
			things = append(things, "heard: more")
		}
	case exercise.Ask:
		things = append(things, "reply: now", "question: now", "question: prepare")
		for n, more := range []string{"question: reshape", "question: not_helpful"} {
			if s.AtMost >= n+3 {
				things = append(things, more)
			}
		}
		for n, more := range []string{"reply: by_date", "reply: will_not"} {
			if s.AtMost >= n+2 {
				things = append(things, more)
			}
		}
	}
	return things
}
