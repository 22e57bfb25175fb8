package homework

import (
	"slices"
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

// Input is a command with all that the machine may not find out for itself.
type Input struct {
	ID      session.CommandID
	By      session.Role
	At      time.Time // UTC, from the server's clock
	Command Command
}

// Record is an event in its place in the log. One command makes one record or none.
type Record struct {
	Seq     uint64
	At      time.Time
	By      session.Role
	Command session.CommandID
	Event   Event
}

// Facts are what homework is set with: a snapshot, so that it stays what was set.
type Facts struct {
	ID       string            `json:"id"`
	Program  exercise.Program  `json:"program"`
	For      []session.Seat    `json:"for"`
	Cast     session.Cast      `json:"cast"`
	People   session.People    `json:"people"`
	Policy   session.Policy    `json:"policy"`
	Due      string            `json:"due,omitempty"` // 2026-11-30; it reminds, and ends nothing
	Line     private.Text      `json:"line,omitempty"`
	Language exercise.Language `json:"language,omitempty"` // the counselor's
}

// State is all that a log has made true so far; the zero State is nothing set. It is a
// value: Apply never touches what an older one can reach.
type State struct {
	Seq       uint64               `json:"seq"`
	SetAt     time.Time            `json:"set_at,omitzero"`
	ClosedAt  time.Time            `json:"closed_at,omitzero"` // the counselor took it back
	ReadAt    time.Time            `json:"read_at,omitzero"`   // a session read it back
	Facts     Facts                `json:"facts"`
	Consents  session.Each[int]    `json:"consents,omitzero"` // the policy's version; 0: none yet
	Languages session.Languages    `json:"languages,omitzero"`
	Parts     []session.Each[Part] `json:"parts"`
	Shared    []*session.Pair      `json:"shared"` // by step, once opened
}

// Part is what one partner did in a step. Rev counts their own changes of it, so that a
// page that was left open elsewhere does not write over a newer answer.
type Part struct {
	Answer   *session.Answer `json:"answer,omitempty"`
	Ready    bool            `json:"ready,omitempty"` // read, or done on the phone alone
	Declined bool            `json:"declined,omitempty"`
	Rev      int             `json:"rev,omitempty"`
}

func (p Part) finished() bool { return p.Answer != nil || p.Ready || p.Declined }

// Replay is the state that a log leads to.
func Replay(log []Record) State {
	var s State
	for _, r := range log {
		s = Apply(s, r)
	}
	return s
}

func (s *State) isSet() bool { return !s.SetAt.IsZero() }
func (s *State) over() bool  { return !s.ClosedAt.IsZero() || !s.ReadAt.IsZero() }

// meant tells whether it was set for a partner.
func (s *State) meant(seat session.Seat) bool { return slices.Contains(s.Facts.For, seat) }

// Step is the instruction at an index; nil where there is none.
func (s *State) step(i int) *exercise.Instruction {
	if i < 0 || i >= len(s.Facts.Program.Steps) || i >= len(s.Parts) {
		return nil
	}
	return &s.Facts.Program.Steps[i]
}

// acts tells whether a step is this partner's.
func (s *State) acts(step *exercise.Instruction, seat session.Seat) bool {
	if !s.meant(seat) {
		return false
	}
	role, one := step.Who.Role()
	return !one || s.Facts.Cast[role] == seat
}

// actors are those whose step it is.
func (s *State) actors(step *exercise.Instruction) []session.Seat {
	seats := []session.Seat{}
	for _, seat := range session.Seats() {
		if s.acts(step, seat) {
			seats = append(seats, seat)
		}
	}
	return seats
}

// progress counts a partner's own steps and those that they are through with.
func (s *State) progress(seat session.Seat) (done, of int) {
	for i := range s.Parts {
		step := s.step(i)
		if step == nil || step.Kind == exercise.Reveal || !s.acts(step, seat) {
			continue
		}
		of++
		if s.Parts[i].Of(seat).finished() {
			done++
		}
	}
	return done, of
}

// Done tells whether a partner is through with all that was theirs.
func (s *State) done(seat session.Seat) bool {
	done, of := s.progress(seat)
	return s.meant(seat) && done == of
}

// audience is the one in force for a step under the policy that it was set with.
func (s *State) audience(step *exercise.Instruction) (exercise.Audience, bool) {
	return s.Facts.Policy.Secrets.Audience(step)
}

// given tells whether everyone whose step it is has answered it.
func (s *State) given(i int) bool {
	for _, seat := range s.actors(s.step(i)) {
		if s.Parts[i].Of(seat).Answer == nil {
			return false
		}
	}
	return true
}

// opening lists the sealed steps that a reveal would open now; ok is false while
// somebody is not through with theirs, or nothing would be left to see.
//
// Whoever kept an answer back is not shown the other's: a step of both is passed over
// unless both gave. Steps of one partner each answer one another, so that they are
// opened all together or not at all.
func (s *State) opening(reveal *exercise.Instruction) (steps []int, ok bool) {
	var each []int // of one partner alone
	whole := true
	for _, i := range reveal.OfSteps {
		step := s.step(i)
		if step == nil || !step.Kind.Answers() {
			continue
		}
		if audience, _ := s.audience(step); audience != exercise.Sealed {
			continue
		}
		for _, seat := range s.actors(step) {
			if !s.Parts[i].Of(seat).finished() {
				return nil, false
			}
		}
		if s.Shared[i] != nil {
			continue
		}
		if _, one := step.Who.Role(); one {
			each = append(each, i)
			whole = whole && s.given(i)
		} else if s.given(i) {
			steps = append(steps, i)
		}
	}
	if whole {
		steps = append(steps, each...)
	}
	slices.Sort(steps)
	return steps, len(steps) > 0
}

// opened tells whether a reveal has shown something.
func (s *State) opened(reveal *exercise.Instruction) bool {
	return slices.ContainsFunc(reveal.OfSteps, func(i int) bool { return s.step(i) != nil && s.Shared[i] != nil })
}

// veiled tells whether a step's answers lie under a reveal that has been lifted.
func (s *State) lifted(i int) bool {
	for j := range s.Facts.Program.Steps {
		step := &s.Facts.Program.Steps[j]
		if step.Kind == exercise.Reveal && slices.Contains(step.OfSteps, i) && s.opened(step) {
			return true
		}
	}
	return false
}
