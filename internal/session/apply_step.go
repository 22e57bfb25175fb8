package session

import (
	"slices"

	"mend/internal/exercise"
)

// What partners and counselor do within a step.

func (e Readied) apply(s State, r Record) State {
	return s.part(e.Step, r.By, func(p *Part) { p.Ready, p.Declined = true, false })
}

func (e Declined) apply(s State, r Record) State {
	return s.part(e.Step, r.By, func(p *Part) { p.Answer, p.Ready, p.Declined = nil, false, true })
}

func (e Submitted) apply(s State, r Record) State {
	s = s.part(e.Step, r.By, func(p *Part) { p.Answer, p.Declined = &e.Answer, false })
	if h, ok := s.here(); ok && h.step.Measure == exercise.Steadiness && (e.Audience == exercise.ToCounselor || e.Audience == exercise.Room) {
		s.Steady = s.Steady.With(Seat(r.By), e.Answer.Value)
	}
	if e.To == nil {
		return s
	}
	return s.leave(e.Step, r.At, "").enter(passage{from: e.Step, cause: ByYield, to: *e.To, entry: e.Entry, at: r.At})
}

func (e TakenBack) apply(s State, r Record) State {
	return s.part(e.Step, r.By, func(p *Part) { p.Answer, p.Ready, p.Declined = nil, false, false })
}

func (e Revealed) apply(s State, _ Record) State {
	for _, pair := range e.Pairs {
		s = s.amend(pair.Step, func(v *Visit) { v.Shared = &pair })
	}
	return s
}

func (e Asked) apply(s State, r Record) State {
	seat, ok := r.By.Seat()
	if !ok {
		return s
	}
	return s.amend(e.Step, func(v *Visit) {
		v.Tray = append(slices.Clip(v.Tray), Question{
			Number: len(v.Tray) + 1, From: seat, Own: v.asked(seat) + 1, Text: e.Text,
		})
		part := v.Parts.Of(seat)
		part.Declined = false
		v.Parts = v.Parts.With(seat, part)
	})
}

func (e Dealt) apply(s State, _ Record) State {
	return s.question(e.Step, e.Question, func(v *Visit, q *Question) {
		q.Dealt = e.To
		if e.To == DealReshape {
			q.Reshaped = e.Text
		}
		if q.open() && q.Shown == 0 {
			q.Shown = v.shownTo(q.From.Other()) + 1
		}
	})
}

func (e Replied) apply(s State, _ Record) State {
	return s.question(e.Step, e.Question, func(_ *Visit, q *Question) { q.How, q.Reply = e.How, e.Text })
}

// question gives the state in which one question of a tray has changed.
func (s State) question(key string, number int, change func(*Visit, *Question)) State {
	return s.amend(key, func(v *Visit) {
		i := v.inTray(number)
		if i < 0 {
			return
		}
		q := v.Tray[i]
		change(v, &q)
		v.Tray = slices.Clone(v.Tray)
		v.Tray[i] = q
	})
}

func (e GateAnswered) apply(s State, _ Record) State {
	return s.amend(e.Step, func(v *Visit) { v.Answered = true })
}

func (e WordingEdited) apply(s State, _ Record) State {
	return s.amend(e.Step, func(v *Visit) {
		v.Wording = &e.Wording
		v.Parts.One.Signed, v.Parts.Two.Signed = false, false
	})
}

func (e Signed) apply(s State, r Record) State {
	if e.Concluded != nil && s.agreement(e.Concluded.ID) < 0 {
		s.Agreements = append(slices.Clip(s.Agreements), *e.Concluded)
	}
	s = s.part(e.Step, r.By, func(p *Part) { p.Signed, p.PutOff = true, false })
	return s.amend(e.Step, func(v *Visit) { v.Concluded = v.Concluded || e.Concluded != nil })
}

func (e PutOff) apply(s State, r Record) State {
	return s.part(e.Step, r.By, func(p *Part) { p.Signed, p.PutOff = false, true })
}
