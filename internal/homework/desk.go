package homework

import (
	"slices"
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

// Desk is everything that the counselor is shown of homework.
type Desk struct {
	Phase    Phase                     `json:"phase"` // going | finished: everybody is through | over
	Exercise string                    `json:"exercise"`
	Version  int                       `json:"version"`
	Title    string                    `json:"title"`
	People   session.People            `json:"people"`
	For      []session.Seat            `json:"for"`
	Due      string                    `json:"due,omitempty"`
	Line     private.Text              `json:"line,omitempty"`
	SetAt    time.Time                 `json:"set_at"`
	ClosedAt *time.Time                `json:"closed_at,omitempty" doc:"Taken back by the counselor"`
	ReadAt   *time.Time                `json:"read_at,omitempty" doc:"Read back in a session"`
	Progress map[session.Seat]Progress `json:"progress" doc:"Of those for whom it is"`
	Steps    []DeskStep                `json:"steps"`
}

// Progress is how far one partner is.
type Progress struct {
	Begun bool `json:"begun"` // has accepted the first pages
	Done  int  `json:"done"`  // of their own steps
	Of    int  `json:"of"`
}

// DeskStep is a step, whole.
type DeskStep struct {
	session.StepHead
	Prompts    map[session.Seat]string          `json:"prompts,omitempty"`
	Counselor  string                           `json:"counselor,omitempty" doc:"A note to the counselor alone, as Markdown"`
	Finished   map[session.Seat]bool            `json:"finished"`
	Declined   map[session.Seat]bool            `json:"declined,omitempty"`
	Answers    map[session.Seat]*session.Answer `json:"answers,omitempty"` // only what the audience lets the counselor read now
	Revealable bool                             `json:"revealable,omitempty"`
	IsRevealed bool                             `json:"is_revealed,omitempty"`
}

// DeskFor is what the counselor is shown now.
func DeskFor(s State) Desk {
	in := s.Facts.Language
	d := Desk{
		Phase: Going, Exercise: s.Facts.Program.ID, Version: s.Facts.Program.Version, Title: s.Facts.Program.TitleIn(in),
		People: s.Facts.People, For: s.Facts.For, Due: s.Facts.Due, Line: s.Facts.Line,
		SetAt: s.SetAt, ClosedAt: optional(s.ClosedAt), ReadAt: optional(s.ReadAt),
		Progress: map[session.Seat]Progress{}, Steps: []DeskStep{},
	}
	if d.For == nil {
		d.For = []session.Seat{}
	}
	all := len(d.For) > 0
	for _, seat := range d.For {
		done, of := s.progress(seat)
		d.Progress[seat] = Progress{Begun: s.Consents.Of(seat) != 0, Done: done, Of: of}
		all = all && done == of
	}
	if all {
		d.Phase = Finished
	}
	if s.over() {
		d.Phase = Over
	}
	for i := range s.Parts {
		d.Steps = append(d.Steps, s.deskStep(i, in))
	}
	return d
}

func (s *State) deskStep(i int, in exercise.Language) DeskStep {
	step := s.Facts.Program.Step(i, in)
	v := DeskStep{
		StepHead: s.head(i, in), Prompts: map[session.Seat]string{}, Counselor: step.Counselor, Finished: map[session.Seat]bool{},
	}
	for _, seat := range v.Who {
		part := s.Parts[i].Of(seat)
		v.Prompts[seat] = s.prompt(step, seat)
		v.Finished[seat] = part.finished()
		if part.Declined {
			if v.Declined == nil {
				v.Declined = map[session.Seat]bool{}
			}
			v.Declined[seat] = true
		}
		if part.Answer != nil && s.legible(i) {
			if v.Answers == nil {
				v.Answers = map[session.Seat]*session.Answer{}
			}
			v.Answers[seat] = part.Answer
		}
	}
	if step.Kind == exercise.Reveal {
		_, ready := s.opening(step)
		v.Revealable, v.IsRevealed = ready && !s.over(), s.opened(step)
	}
	return v
}

// legible tells whether the counselor may read the answers of a step now.
func (s *State) legible(i int) bool {
	step := s.step(i)
	switch audience, _ := s.audience(step); audience {
	case exercise.Room, exercise.ToCounselor:
		return true
	case exercise.Sealed:
		return step.Preview || s.Shared[i] != nil
	}
	return false
}

// Back is what a session is told when it opens: what was set, who is through with it,
// and the answers that both know.
func Back(s State) session.Homework {
	h := session.Homework{
		ID: s.Facts.ID, Program: s.Facts.Program, For: s.Facts.For, Cast: s.Facts.Cast, Due: s.Facts.Due,
		Done: slices.DeleteFunc(slices.Clone(s.Facts.For), func(seat session.Seat) bool { return !s.done(seat) }),
	}
	for i := range s.Parts {
		answers := s.common(i)
		if answers.One == nil && answers.Two == nil || s.step(i).Retention == exercise.KeepNone {
			continue
		}
		h.Answers = append(h.Answers, session.Told{Step: i, One: answers.One, Two: answers.Two})
	}
	return h
}

func optional(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
