package session

import (
	"time"

	"mend/internal/exercise"
)

// onward is the move to the step after this one.
func (q question) onward(cause Cause) Moved {
	h, _ := q.state.here()
	to := h.visit.Index + 1
	return Moved{Step: h.key(), Cause: cause, To: to, Entry: q.state.next(h.Run, to, q.at)}
}

// next is the entry of a step that one comes to by going on: the visit one had gone
// back from, if that is what lies ahead on the trail, so that going back and forth
// loses nothing. It is nil after the last step.
func (s *State) next(run *Run, index int, at time.Time) *Entry {
	if v := run.on(run.At + 1); v != nil && v.Index == index {
		return v.again(at)
	}
	return s.entry(run, index, at)
}

// again is the entry of a visit that is returned to: the time it had left is left.
func (v *Visit) again(at time.Time) *Entry {
	e := &Entry{Visit: v.Number}
	if !v.Deadline.IsZero() {
		deadline := v.Deadline.Add(elapsed(v.Left, at))
		e.Deadline = &deadline
	}
	return e
}

// entry is how a step begins in a fresh visit; nil after the last step.
func (s *State) entry(run *Run, index int, at time.Time) *Entry {
	step := run.stepIn(index, s.Facts.Language) // what all three share is in one language
	if step == nil {
		return nil
	}
	e := &Entry{Visit: 1}
	for _, v := range run.Visits {
		if v.Index == index && v.Number >= e.Visit {
			e.Visit = v.Number + 1
		}
	}
	if step.Seconds > 0 {
		deadline := at.Add(time.Duration(step.Seconds) * time.Second)
		e.Deadline = &deadline
	}
	switch step.Kind {
	case exercise.Sort:
		e.Cards = s.cardsFrom(run, step)
	case exercise.Agree:
		e.Wording = s.firstWording(run, step, at)
	}
	return e
}
