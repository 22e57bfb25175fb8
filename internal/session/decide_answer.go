package session

import (
	"maps"
	"slices"

	"mend/internal/exercise"
)

// Answers: given, replaced, taken back, kept on the phone, revealed.

// Option ids that every choose offers, and the one it may offer.
const (
	noneChoice    = "none"
	notSureChoice = "not_sure"
	otherChoice   = "other"
)

const maxScale = 10

func (c Ready) may(q question) error {
	h, seat, err := q.partnerStep(c.Step)
	if err != nil {
		return err
	}
	switch h.step.Kind {
	case exercise.Read, exercise.Breathe:
		if !h.acts(h.step, seat) {
			return errNotMine
		}
	case exercise.Apart: // the one who waits has a task as well
	default:
		return errStep
	}
	if h.visit.Parts.Of(seat).Ready {
		return errAlready
	}
	return nil
}

func (c Ready) event(question) (Event, error) { return Readied(c), nil }

// answering: the step takes an answer from this partner, and it is not shared yet.
func (q question) answering(key string) (here, Seat, error) {
	h, seat, err := q.partnerStep(key)
	written := err == nil && h.step.Kind == exercise.Mirror && h.Writing
	switch {
	case err != nil:
	case !h.step.Kind.Answers() && !written:
		err = errStep
	case !h.acts(h.step, seat):
		err = errNotMine
	case h.visit.Shared != nil:
		err = errRevealed
	}
	return h, seat, err
}

func (c Submit) may(q question) error {
	h, _, err := q.answering(c.Step)
	if err != nil {
		return err
	}
	if audience, _ := q.state.audience(h.step); audience == exercise.Device {
		return errDevice
	}
	if h.step.Kind == exercise.Sort && len(h.cards()) == 0 {
		return errAnswer // its cards are another's lines, and there are none
	}
	return nil
}

func (c Submit) event(q question) (Event, error) {
	h, _ := q.state.here()
	answer, err := Weigh(h.step, h.cards(), c.Answer)
	if err != nil {
		return nil, err
	}
	seat, _ := q.by.Seat()
	if p := h.visit.Parts.Of(seat); p.Answer != nil && p.Answer.Same(answer) {
		return nil, errAlready
	}
	audience, _ := q.state.audience(h.step)
	e := Submitted{Step: c.Step, Answer: answer, Audience: audience}
	if h.step.Kind == exercise.Mirror {
		to := h.visit.Index + 1
		e.To, e.Entry = &to, q.state.next(h.Run, to, q.at)
	}
	return e, nil
}

// Weigh gives a copy of an answer that fits a step, holding nothing but what its kind
// holds. The cards are those in use, where the step sorts.
func Weigh(step *exercise.Instruction, cards []exercise.Choice, a Answer) (Answer, error) {
	switch step.Kind {
	case exercise.Write, exercise.Mirror:
		if a.Value != nil || a.Choices != nil || a.Sorted != nil {
			return Answer{}, errAnswer
		}
		return Answer{Text: a.Text}, checkText(a.Text, step.MaxLength, true)
	case exercise.Scale:
		if a.Value == nil || *a.Value < 0 || *a.Value > maxScale || a.Text != "" || a.Choices != nil || a.Sorted != nil {
			return Answer{}, errAnswer
		}
		value := *a.Value
		return Answer{Value: &value}, nil
	case exercise.Choose:
		return weighChoices(step, a)
	case exercise.Sort:
		return weighSorting(step, cards, a)
	}
	return Answer{}, errAnswer
}

func weighChoices(step *exercise.Instruction, a Answer) (Answer, error) {
	n := len(a.Choices)
	if n == 0 || step.AtMost > 0 && n > step.AtMost || a.Value != nil || a.Sorted != nil {
		return Answer{}, errAnswer
	}
	other := false
	for i, id := range a.Choices {
		switch {
		case slices.Contains(a.Choices[:i], id):
			return Answer{}, errAnswer
		case has(step.Options, id):
		case id == noneChoice || id == notSureChoice:
			if n > 1 {
				return Answer{}, errAnswer
			}
		case id == otherChoice && step.Other:
			other = true
		default:
			return Answer{}, errAnswer
		}
	}
	if !other && a.Text != "" {
		return Answer{}, errAnswer
	}
	return Answer{Choices: slices.Clone(a.Choices), Text: a.Text}, checkText(a.Text, step.MaxLength, other)
}

// weighSorting asks for every card: a sort half done is not an answer.
func weighSorting(step *exercise.Instruction, cards []exercise.Choice, a Answer) (Answer, error) {
	if len(cards) == 0 || len(a.Sorted) != len(cards) || a.Value != nil || a.Choices != nil || a.Text != "" {
		return Answer{}, errAnswer
	}
	for _, card := range cards {
		if bucket, ok := a.Sorted[card.ID]; !ok || !has(step.Buckets, bucket) {
			return Answer{}, errAnswer
		}
	}
	return Answer{Sorted: maps.Clone(a.Sorted)}, nil
}

func has(choices []exercise.Choice, id string) bool {
	return slices.ContainsFunc(choices, func(c exercise.Choice) bool { return c.ID == id })
}

// Same tells whether two answers say the same.
func (a Answer) Same(b Answer) bool {
	if (a.Value == nil) != (b.Value == nil) || a.Value != nil && *a.Value != *b.Value {
		return false
	}
	return a.Text == b.Text && slices.Equal(a.Choices, b.Choices) && maps.Equal(a.Sorted, b.Sorted)
}

// TakeBack undoes an answer, and a "skip this one" too.
func (c TakeBack) may(q question) error {
	h, seat, err := q.answering(c.Step)
	if err != nil {
		return err
	}
	if p := h.visit.Parts.Of(seat); p.Answer == nil && !p.Declined && !p.Ready {
		return errAlready
	}
	return nil
}

func (c TakeBack) event(question) (Event, error) { return TakenBack(c), nil }

func (c DonePrivate) may(q question) error {
	h, seat, err := q.answering(c.Step)
	if err != nil {
		return err
	}
	if audience, _ := q.state.audience(h.step); audience != exercise.Device {
		return errStep
	}
	if h.visit.Parts.Of(seat).Ready {
		return errAlready
	}
	return nil
}

func (c DonePrivate) event(question) (Event, error) { return Readied(c), nil }

func (c RevealAnswers) may(q question) error {
	h, err := q.deskStep(c.Step)
	switch {
	case err != nil:
		return err
	case h.step.Kind != exercise.Reveal:
		return errStep
	}
	switch q.state.veil(h) {
	case lifted:
		return errAlready
	case closed:
		return errNotReady
	}
	return nil
}

func (c RevealAnswers) event(q question) (Event, error) {
	h, _ := q.state.here()
	e := Revealed{Step: c.Step}
	for _, v := range q.state.sealedBefore(h) {
		one, two := v.Parts.One.Answer, v.Parts.Two.Answer
		if v.Shared != nil || one == nil && two == nil {
			continue
		}
		pair := Pair{Step: h.Run.key(v)}
		if one != nil {
			pair.One = *one
		}
		if two != nil {
			pair.Two = *two
		}
		e.Pairs = append(e.Pairs, pair)
	}
	return e, nil
}

// veil is what lies over the answers that a reveal step is about.
type veil int

const (
	closed veil = iota // somebody has not answered, or is not in the room
	ready              // the counselor may lift it
	lifted
)

// veil asks for an answer, not for a "skip this one": whoever gave nothing is not
// shown what the other gave. Only what was one partner's alone may be passed over, as
// long as something is left to show. And it asks for both to be in the room: a reveal
// is one moment for the two of them.
func (s *State) veil(h here) veil {
	sealed := s.sealedBefore(h)
	left, shown := false, false
	for _, v := range sealed {
		switch {
		case v == nil:
			return closed
		case v.Shared != nil:
			shown = true
		case h.given(v):
			left = true
		case !h.passedOver(v, sealed):
			return closed
		}
	}
	switch {
	case left && s.bothInside():
		return ready
	case shown && !left:
		return lifted
	}
	return closed
}

// given tells whether everyone whose step it was has answered in a visit.
func (r *Run) given(v *Visit) bool {
	step := r.step(v.Index)
	for _, seat := range Seats() {
		if r.acts(step, seat) && v.Parts.Of(seat).Answer == nil {
			return false
		}
	}
	return true
}

// passedOver tells whether a reveal may leave a visit out: the step was one partner's
// alone, they or the counselor passed on it, and the other has nothing of their own
// under this veil. Where they have, the two lists answer each other like one step of
// both, and nobody reads the one who kept back the other.
func (r *Run) passedOver(v *Visit, sealed []*Visit) bool {
	role, alone := r.step(v.Index).Who.Role()
	if !alone || !v.Skipped && !v.Parts.Of(r.Cast[role]).Declined {
		return false
	}
	for _, w := range sealed {
		if w != nil && r.step(w.Index).Who == exercise.Who(role).Exchange() {
			return false
		}
	}
	return true
}

// sealedBefore gives the visits that count of the sealed steps that a reveal refers
// to; nil stands for a step that was not come to. No other audience is ever revealed.
func (s *State) sealedBefore(h here) []*Visit {
	var visits []*Visit
	for _, i := range h.step.OfSteps {
		step := h.Run.step(i)
		if step == nil {
			continue
		}
		if audience, _ := s.audience(step); audience == exercise.Sealed && step.Kind.Answers() {
			visits = append(visits, h.latest(i))
		}
	}
	return visits
}
