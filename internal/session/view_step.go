package session

import (
	"mend/internal/exercise"
	"mend/internal/private"
)

// quiet is the head of the counselor's own steps, as partners see it.
func (h here) quiet() StepHead {
	return StepHead{
		Key: h.key(), Index: h.visit.Index, Of: len(h.Program.Steps),
		Kind: Wait, Who: nobody, Round: h.step.Round,
	}
}

// head is what all three may know of the step.
func (s *State) head(h here) StepHead {
	step, visit := h.step, h.visit
	head := StepHead{
		Key:       h.key(),
		Index:     visit.Index,
		Of:        len(h.Program.Steps),
		Kind:      step.Kind,
		Who:       h.seats(step),
		Round:     step.Round,
		Title:     step.Title,
		Note:      step.Note,
		Seconds:   step.Seconds,
		Deadline:  optional(visit.Deadline),
		Skippable: step.Skippable && passable(step.Kind),
		Revealed:  s.revealed(h),
		About:     h.about(),
	}
	if seat, ok := h.holder(step); ok {
		head.Floor = &seat
	}
	head.Audience, head.Warned = s.audience(step)
	head.Preview = step.Preview && head.Audience == exercise.Sealed
	switch step.Kind {
	case exercise.Breathe:
		head.Elsewise = step.Elsewise
	case exercise.Speak, exercise.Say:
		head.Again = visit.Again
		head.Sentence = step.Sentence
	case exercise.Mirror:
		head.Again = visit.Again
		head.Writing = h.Writing
		if !h.Writing {
			head.Audience = "" // said aloud: there is nothing to be read
		}
		head.MaxLength = step.MaxLength
	case exercise.Confirm:
		head.Offers = offers(step)
	case exercise.Choose:
		head.Options, head.Other, head.AtMost = step.Options, step.Other, step.AtMost
		head.MaxLength = step.MaxLength
	case exercise.Gate:
		head.Options, head.Other = step.Options, step.Other
	case exercise.Scale:
		head.Low, head.High = step.Low, step.High
	case exercise.Write:
		head.Sentence, head.MaxLength = step.Sentence, step.MaxLength
	case exercise.Sort:
		head.Cards, head.Buckets = h.cards(), step.Buckets
	case exercise.Ask:
		head.AtMost, head.MaxLength = step.AtMost, step.MaxLength
	case exercise.Agree:
		head.MaxLength = step.MaxLength
		head.Wording = visit.Wording
		head.Signed = list(visit.Parts.One.Signed, visit.Parts.Two.Signed)
		head.Concluded = visit.Concluded
	}
	return head
}

// about are the questions that a step names, as both know them: dealt with for now, and
// to be answered now, as far as that is said.
func (h here) about() []private.Text {
	var words []private.Text
	for _, i := range h.step.Asked {
		v := h.latest(i)
		if v == nil {
			continue
		}
		for _, seat := range Seats() {
			for _, q := range v.heard(seat) {
				if q.How == "" || q.How == ReplyNow {
					words = append(words, q.wording())
				}
			}
		}
	}
	return words
}

func offers(step *exercise.Instruction) []Hearing {
	offers := []Hearing{HeardYes}
	if step.AlmostTo >= 0 {
		offers = append(offers, HeardAlmost)
	}
	if step.MoreTo >= 0 {
		offers = append(offers, HeardMore)
	}
	return offers
}

// prompt is what a seat reads in a step.
func (r *Run) prompt(step *exercise.Instruction, seat Seat) string {
	if step.Kind.Private() {
		return ""
	}
	if own, ok := step.Prompts[r.role(seat)]; ok {
		return own
	}
	switch {
	case r.acts(step, seat):
		return step.Prompt
	case step.Kind == exercise.Apart:
		return step.Elsewise
	}
	return step.Listener
}

// prompts are both phones' words; nil where there are none.
func (r *Run) prompts(step *exercise.Instruction) map[Seat]string {
	one, two := r.prompt(step, SeatOne), r.prompt(step, SeatTwo)
	if one == "" && two == "" {
		return nil
	}
	return map[Seat]string{SeatOne: one, SeatTwo: two}
}

// revealed gives the answers that all three may read in this step.
func (s *State) revealed(h here) []RevealedPair {
	switch kind := h.step.Kind; {
	case kind == exercise.Reveal:
		var pairs []RevealedPair
		for _, i := range h.step.OfSteps {
			pairs = s.sharedPair(pairs, h, h.latest(i))
		}
		return pairs
	case kind.Answers():
		return s.sharedPair(nil, h, h.visit)
	case kind == exercise.Confirm:
		return s.sharedPair(nil, h, h.mirrored())
	}
	return nil
}

// mirrored is the visit in which the listener gave back what is now to be judged.
func (h here) mirrored() *Visit {
	for i := h.At - 1; i >= 0; i-- {
		v := h.on(i)
		switch step := h.Run.step(v.Index); {
		case step == nil:
			return nil
		case step.Kind == exercise.Mirror:
			return v
		case step.Kind != exercise.Confirm:
			return nil
		}
	}
	return nil
}

// sharedPair appends what both know of a visit's answers, if there is anything.
func (s *State) sharedPair(pairs []RevealedPair, h here, v *Visit) []RevealedPair {
	if v == nil {
		return pairs
	}
	answers := s.sharedIn(h.Run, v)
	if answers.One == nil && answers.Two == nil {
		return pairs
	}
	step := h.stepIn(v.Index, h.in)
	pair := RevealedPair{
		Step: h.Run.key(v), Kind: step.Kind, Title: step.Title, Prompt: step.Prompt,
		Low: step.Low, High: step.High, Options: step.Options,
		Buckets: step.Buckets, One: answers.One, Two: answers.Two,
	}
	if step.Kind == exercise.Sort {
		pair.Cards = h.cardsOf(v, step)
	}
	if len(step.Prompts) > 0 {
		pair.Prompts = h.prompts(step)
	}
	return append(pairs, pair)
}
