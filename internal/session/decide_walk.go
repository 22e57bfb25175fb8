package session

import (
	"maps"
	"slices"
	"time"

	"mend/internal/exercise"
)

// Walking through an exercise. A person moves on, never a clock.

const (
	maxExtension = 600 // seconds
	ownExtension = 30  // seconds, what a floor holder may take

	maxSeconds = 24 * 60 * 60 // of a step's timer
	maxDays    = 10 * 366     // until an agreement's review or end
)

func (StartExercise) may(q question) error {
	if err := q.desk(); err != nil {
		return err
	}
	switch {
	case q.state.Hold != nil:
		return errPaused
	case q.state.Run != nil:
		return errRunning
	}
	return nil
}

func (c StartExercise) event(q question) (Event, error) {
	if !playable(c.Program) {
		return nil, errProgram
	}
	if !fits(c.Cast, c.Program) {
		return nil, errCast
	}
	if c.Program.Intensity == exercise.Deep && !c.Sure && q.state.hardlySteady() {
		return nil, errSteady
	}
	run := Run{Program: &c.Program}
	return ExerciseStarted{
		Program: c.Program,
		Cast:    maps.Clone(c.Cast),
		Entry:   q.state.entry(&run, 0, q.at),

		Homework: c.Homework,
	}, nil
}

// lowSteadiness is where one had better settle first.
const lowSteadiness = 4

// hardlySteady tells whether either partner last said so.
func (s *State) hardlySteady() bool {
	low := func(n *int) bool { return n != nil && *n < lowSteadiness }
	return low(s.Steady.One) || low(s.Steady.Two)
}

// playable tells whether every step can be reached, shown and left. Whether the
// exercise is any good is for exercise.Lint to say.
func playable(p exercise.Program) bool {
	outside := func(i int) bool { return i < 0 || i >= len(p.Steps) }
	for i := range p.Steps {
		s := &p.Steps[i]
		if !slices.Contains(exercise.Kinds(), s.Kind) || slices.ContainsFunc(s.OfSteps, outside) || slices.ContainsFunc(s.Asked, outside) {
			return false
		}
		if s.Seconds < 0 || s.Seconds > maxSeconds || s.Review < 0 || s.Review > maxDays || s.Expires < 0 || s.Expires > maxDays {
			return false
		}
		if s.Kind == exercise.Confirm && (s.AlmostTo >= i || s.MoreTo >= i || s.AlmostTo < -1 || s.MoreTo < -1) {
			return false
		}
		if s.Kind.Answers() {
			switch s.Audience {
			case exercise.Device, exercise.ToCounselor, exercise.Sealed, exercise.Room:
			default:
				return false
			}
		}
	}
	return len(p.Steps) > 0 && len(p.Steps) <= exercise.MaxSteps
}

// fits tells whether a cast gives every role of a program a seat of its own.
func fits(cast Cast, p exercise.Program) bool {
	taken := map[Seat]bool{}
	for _, seat := range cast {
		if !seat.Valid() || taken[seat] {
			return false
		}
		taken[seat] = true
	}
	for role := range p.Roles {
		if _, ok := cast[role]; !ok {
			return false
		}
	}
	for i := range p.Steps {
		if role, ok := p.Steps[i].Who.Role(); ok {
			if _, ok := cast[role]; !ok {
				return false
			}
		}
	}
	return true
}

func (c Advance) may(q question) error {
	h, err := q.deskStep(c.Step)
	if err != nil {
		return err
	}
	if h.step.Kind == exercise.Gate && !h.visit.Answered {
		return errGate
	}
	return nil
}

func (Advance) event(q question) (Event, error) { return q.onward(ByAdvance), nil }

func (c Back) may(q question) error {
	h, err := q.deskStep(c.Step)
	if err != nil {
		return err
	}
	if h.At == 0 {
		return errFirst
	}
	return nil
}

func (Back) event(q question) (Event, error) {
	h, _ := q.state.here()
	v := h.on(h.At - 1)
	return Moved{Step: h.key(), Cause: ByBack, To: v.Index, Entry: v.again(q.at)}, nil
}

func (c Repeat) may(q question) error {
	_, err := q.deskStep(c.Step)
	return err
}

func (Repeat) event(q question) (Event, error) {
	h, _ := q.state.here()
	to := h.visit.Index
	return Moved{Step: h.key(), Cause: ByRepeat, To: to, Entry: q.state.entry(h.Run, to, q.at)}, nil
}

// Skip is two things: the counselor leaves the step, a partner passes on what it asks of them.
func (c Skip) may(q question) error {
	if q.by == Counselor {
		h, err := q.deskStep(c.Step)
		if err == nil && h.step.Kind == exercise.Gate {
			err = errNoSkip
		}
		return err
	}
	h, seat, err := q.partnerStep(c.Step)
	switch {
	case err != nil:
		return err
	case !h.step.Skippable || !passable(h.step.Kind):
		return errNoSkip
	case !h.acts(h.step, seat):
		return errNotMine
	case h.visit.Shared != nil:
		return errRevealed
	case h.visit.Parts.Of(seat).Declined:
		return errAlready
	}
	return nil
}

func (c Skip) event(q question) (Event, error) {
	if q.by == Counselor {
		return q.onward(BySkip), nil
	}
	return Declined(c), nil
}

// passable kinds ask something of a partner that they may pass on. A turn is
// yielded instead, and an agreement put off.
func passable(k exercise.Kind) bool {
	switch k {
	case exercise.Read, exercise.Breathe, exercise.Ask, exercise.Apart:
		return true
	}
	return k.Answers()
}

func (StopExercise) may(q question) error {
	if err := q.desk(); err != nil {
		return err
	}
	switch {
	case q.state.Hold != nil:
		return errPaused
	case q.state.Run == nil:
		return errNoExercise
	}
	return nil
}

func (StopExercise) event(question) (Event, error) { return ExerciseStopped{}, nil }

func (c PassTurn) may(q question) error {
	h, err := q.deskStep(c.Step)
	if err == nil && !h.step.Kind.HoldsFloor() {
		err = errStep
	}
	return err
}

func (PassTurn) event(q question) (Event, error) { return q.onward(ByPass), nil }

func (c Yield) may(q question) error {
	h, seat, err := q.partnerStep(c.Step)
	switch {
	case err != nil:
		return err
	case !h.step.Kind.HoldsFloor():
		return errStep
	case !h.holds(seat):
		return errNotMine
	}
	return nil
}

func (Yield) event(q question) (Event, error) { return q.onward(ByYield), nil }

func (c Confirm) may(q question) error {
	h, seat, err := q.partnerStep(c.Step)
	switch {
	case err != nil:
		return err
	case h.step.Kind != exercise.Confirm:
		return errStep
	case !h.acts(h.step, seat):
		return errNotMine
	}
	return nil
}

func (c Confirm) event(q question) (Event, error) {
	h, _ := q.state.here()
	to := -1
	switch c.Heard {
	case HeardYes:
		to = h.visit.Index + 1
		return Heard{Step: h.key(), Heard: c.Heard, To: to, Entry: q.state.next(h.Run, to, q.at)}, nil
	case HeardAlmost:
		to = h.step.AlmostTo
	case HeardMore:
		to = h.step.MoreTo
	}
	if to < 0 {
		return nil, errOffer
	}
	return Heard{Step: h.key(), Heard: c.Heard, To: to, Entry: q.state.entry(h.Run, to, q.at)}, nil
}

func (c Extend) may(q question) error {
	if q.by == Counselor {
		_, err := q.deskStep(c.Step)
		return err
	}
	h, seat, err := q.partnerStep(c.Step)
	switch {
	case err != nil:
		return err
	case !h.holds(seat):
		return errNotMine
	case h.visit.Deadline.IsZero():
		return errNoTimer
	}
	return nil
}

func (c Extend) event(q question) (Event, error) {
	h, _ := q.state.here()
	deadline := h.visit.Deadline
	switch {
	case q.by != Counselor && (c.Off || c.Seconds != ownExtension):
		return nil, errSeconds
	case c.Off && deadline.IsZero():
		return nil, errAlready
	case c.Off:
		return Extended{Step: c.Step}, nil
	case c.Seconds < 1 || c.Seconds > maxExtension:
		return nil, errSeconds
	}
	if deadline.Before(q.at) {
		deadline = q.at
	}
	deadline = deadline.Add(time.Duration(c.Seconds) * time.Second)
	return Extended{Step: c.Step, Deadline: &deadline}, nil
}

func (c SetMirror) may(q question) error {
	h, err := q.deskStep(c.Step)
	if err == nil && h.step.Kind != exercise.Mirror {
		err = errStep
	}
	return err
}

func (c SetMirror) event(q question) (Event, error) {
	if q.state.Run.Writing == c.Writing {
		return nil, errAlready
	}
	return MirrorSet(c), nil
}

func (c AnswerGate) may(q question) error {
	h, err := q.deskStep(c.Step)
	if err == nil && h.step.Kind != exercise.Gate {
		err = errStep
	}
	return err
}

func (c AnswerGate) event(q question) (Event, error) {
	h, _ := q.state.here()
	other := c.Choice == otherChoice && h.step.Other
	if len(h.step.Options) > 0 && !other && !has(h.step.Options, c.Choice) || len(h.step.Options) == 0 && c.Choice != "" {
		return nil, errAnswer
	}
	if err := checkText(c.Text, maxText, len(h.step.Options) == 0 || other); err != nil {
		return nil, err
	}
	return GateAnswered(c), nil
}
