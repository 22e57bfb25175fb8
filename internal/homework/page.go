package homework

import (
	"strconv"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

// Phase is where homework stands.
type Phase string

const (
	Arriving Phase = "arriving" // to a partner: the first pages are not accepted yet
	Going    Phase = "going"
	Finished Phase = "finished" // to a partner: they are through with theirs
	Over     Phase = "over"     // read back, or taken back
)

// Phases lists them.
func Phases() []Phase { return []Phase{Arriving, Going, Finished, Over} }

// Page is everything that a partner's phone is ever sent of homework. It is built up
// from nothing: it has no field that could hold what this partner may not see, and none
// that tells how far the other is.
type Page struct {
	Phase    Phase             `json:"phase"`
	You      session.Seat      `json:"you"`
	People   session.People    `json:"people,omitzero"`
	Policy   *session.Policy   `json:"policy,omitempty"`
	Title    string            `json:"title,omitempty"`
	Minutes  int               `json:"minutes,omitempty"`
	Both     bool              `json:"both,omitempty"` // the other was given it as well
	Due      string            `json:"due,omitempty"`
	Line     private.Text      `json:"line,omitempty"`
	Language exercise.Language `json:"language,omitempty"` // the one you read in, once you chose one
	Steps    []PageStep        `json:"steps"`
}

// PageStep is a step of this partner's.
type PageStep struct {
	session.PartnerStep
	Rev    int      `json:"rev" doc:"Of your own part in it; it is sent back with a change"`
	YouMay []string `json:"you_may"`
}

// PageFor is what a partner is shown now.
func PageFor(s State, seat session.Seat) Page {
	p := Page{Phase: Over, You: seat, Steps: []PageStep{}}
	if !s.isSet() || s.over() || !s.meant(seat) {
		return p
	}
	in := s.Languages.Of(seat)
	p.Phase = Arriving
	p.People, p.Policy, p.Language = s.Facts.People, &s.Facts.Policy, in
	if s.Consents.Of(seat) == 0 {
		return p
	}
	p.Phase = Going
	if s.done(seat) {
		p.Phase = Finished
	}
	p.Title, p.Minutes, p.Both = s.Facts.Program.TitleIn(in), s.Facts.Program.Minutes, len(s.Facts.For) > 1
	p.Due, p.Line = s.Facts.Due, s.Facts.Line
	of := 0
	for i := range s.Parts {
		if s.acts(s.step(i), seat) {
			of++
		}
	}
	for i := range s.Parts {
		if s.acts(s.step(i), seat) {
			p.Steps = append(p.Steps, s.pageStep(i, len(p.Steps), of, seat, in))
		}
	}
	return p
}

// Own are a partner's steps with what they answered, for a copy of theirs: also when it
// is over, as far as the exercise means to keep it. What is still under seal is not among
// them, because a copy passes through the counselor's hands.
func Own(s State, seat session.Seat) []PageStep {
	steps := []PageStep{}
	if !s.isSet() || !s.meant(seat) || s.Consents.Of(seat) == 0 {
		return steps
	}
	for i := range s.Parts {
		step := s.step(i)
		passing := step.Retention == exercise.KeepNone || step.Retention == exercise.KeepSession && s.over()
		audience, _ := s.audience(step)
		sealed := audience == exercise.Sealed && !s.legible(i)
		if s.acts(step, seat) && !passing && !sealed && s.Parts[i].Of(seat).Answer != nil {
			steps = append(steps, s.pageStep(i, i, len(s.Parts), seat, s.Languages.Of(seat)))
		}
	}
	return steps
}

func (s *State) pageStep(i, place, of int, seat session.Seat, in exercise.Language) PageStep {
	step, part := s.Facts.Program.Step(i, in), s.Parts[i].Of(seat)
	v := PageStep{
		PartnerStep: session.PartnerStep{
			StepHead: s.head(i, in),
			Prompt:   s.prompt(step, seat),
			Mine:     part.Answer,
			Finished: part.finished(),
			Declined: part.Declined,
		},
		Rev:    part.Rev,
		YouMay: s.mayDo(i, seat),
	}
	v.Index, v.Of, v.Who = place, of, []session.Seat{seat}
	if step.Kind == exercise.Reveal {
		v.Finished = s.opened(step)
	}
	return v
}

// key names a step on the wire.
func key(i int) string { return strconv.Itoa(i) }

// head is what all three may know of a step.
func (s *State) head(i int, in exercise.Language) session.StepHead {
	step := s.Facts.Program.Step(i, in)
	head := session.StepHead{
		Key: key(i), Index: i, Of: len(s.Parts), Kind: step.Kind, Who: s.actors(step), Round: step.Round,
		Title: step.Title, Note: step.Note, Skippable: step.Kind.Answers(), Revealed: s.revealed(i, in),
	}
	head.Audience, head.Warned = s.audience(step)
	head.Preview = step.Preview && head.Audience == exercise.Sealed
	switch step.Kind {
	case exercise.Choose:
		head.Options, head.Other, head.AtMost, head.MaxLength = step.Options, step.Other, step.AtMost, step.MaxLength
	case exercise.Scale:
		head.Low, head.High = step.Low, step.High
	case exercise.Write:
		head.Sentence, head.MaxLength = step.Sentence, step.MaxLength
	case exercise.Sort:
		head.Cards, head.Buckets = step.Cards, step.Buckets
	}
	return head
}

// prompt is what a seat reads in a step of theirs.
func (s *State) prompt(step *exercise.Instruction, seat session.Seat) string {
	for role, at := range s.Facts.Cast {
		if own, ok := step.Prompts[role]; ok && at == seat {
			return own
		}
	}
	return step.Prompt
}

// revealed gives the answers that all three may read at a step.
func (s *State) revealed(i int, in exercise.Language) []session.RevealedPair {
	step := s.step(i)
	if step.Kind != exercise.Reveal {
		return s.pair(nil, i, in)
	}
	var pairs []session.RevealedPair
	for _, of := range step.OfSteps {
		if s.step(of) != nil && s.Shared[of] != nil {
			pairs = s.pair(pairs, of, in)
		}
	}
	return pairs
}

// pair appends what both know of a step's answers, if there is anything.
func (s *State) pair(pairs []session.RevealedPair, i int, in exercise.Language) []session.RevealedPair {
	answers := s.common(i)
	if answers.One == nil && answers.Two == nil {
		return pairs
	}
	return append(pairs, session.PairOf(key(i), s.Facts.Program.Step(i, in), s.Facts.Cast, answers))
}

// common are the answers of a step that both partners know.
func (s *State) common(i int) session.Each[*session.Answer] {
	step := s.step(i)
	audience, _ := s.audience(step)
	switch {
	case s.Shared[i] != nil:
		return session.Each[*session.Answer]{One: s.Shared[i].Answer(session.SeatOne), Two: s.Shared[i].Answer(session.SeatTwo)}
	case audience == exercise.Room:
		return session.Each[*session.Answer]{One: s.Parts[i].One.Answer, Two: s.Parts[i].Two.Answer}
	}
	return session.Each[*session.Answer]{}
}

// mayDo lists, by name, what a partner may do at a step. It asks the guards that Decide
// asks, so that a page enables exactly what the machine allows.
func (s *State) mayDo(i int, seat session.Seat) []string {
	q := question{state: s, by: seat.Role(), general: true}
	may := []string{}
	for _, c := range []Command{Submit{Step: i}, DonePrivate{Step: i}, Ready{Step: i}, Skip{Step: i}, TakeBack{Step: i}} {
		if c.may(q) == nil {
			may = append(may, c.Name())
		}
	}
	return may
}
