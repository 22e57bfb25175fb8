package session

import (
	"time"

	"mend/internal/exercise"
)

// Agreements: worded together, signed by both, withdrawn by either.

// agreeing: the step is an agreement that is not concluded.
func (h here) agreeing() error {
	switch {
	case h.step.Kind != exercise.Agree || h.visit.Wording == nil:
		return errStep
	case h.visit.Concluded:
		return errAgreed
	}
	return nil
}

func (c Edit) may(q question) error {
	var h here
	var err error
	if q.by == Counselor {
		h, err = q.deskStep(c.Step)
	} else {
		h, _, err = q.partnerStep(c.Step)
	}
	if err != nil {
		return err
	}
	return h.agreeing()
}

// An edit names the revision it was made from, so that nobody's words are
// overwritten unread.
func (c Edit) event(q question) (Event, error) {
	h, _ := q.state.here()
	was, w := *h.visit.Wording, c.Wording
	if w.Revision != was.Revision {
		return nil, errWording
	}
	if w == was {
		return nil, errAlready
	}
	if err := checkText(w.Text, h.step.MaxLength, false); err != nil {
		return nil, err
	}
	if !inOrder(w.From, w.Review) || !inOrder(w.From, w.Expires) {
		return nil, errDates
	}
	w.Revision++
	return WordingEdited{Step: c.Step, Wording: w}, nil
}

// inOrder tells whether two days are written well, or not at all, and the second is
// not before the first.
func inOrder(first, second string) bool {
	for _, day := range []string{first, second} {
		if day == "" {
			continue
		}
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return false
		}
	}
	return first == "" || second == "" || first <= second
}

func (c Sign) may(q question) error {
	h, seat, err := q.partnerStep(c.Step)
	if err != nil {
		return err
	}
	if err := h.agreeing(); err != nil {
		return err
	}
	if checkText(h.visit.Wording.Text, maxText, true) != nil {
		return errEmpty
	}
	if h.visit.Parts.Of(seat).Signed && (q.general || c.Wording == h.visit.Wording.Revision) {
		return errAlready
	}
	return nil
}

func (c Sign) event(q question) (Event, error) {
	h, _ := q.state.here()
	if c.Wording != h.visit.Wording.Revision {
		return nil, errWording
	}
	e := Signed{Step: c.Step, Wording: c.Wording}
	if seat, _ := q.by.Seat(); h.visit.Parts.Of(seat.Other()).Signed {
		e.Concluded = &Agreement{ID: q.state.freshAgreement(c.Step), Wording: *h.visit.Wording, SignedAt: q.at}
	}
	return e, nil
}

// freshAgreement is an id that no other agreement has. It is made of the session and
// the step, which both know, and not of seq: partners see it, and a count of records
// would tell how much the other does in private.
func (s *State) freshAgreement(step string) string {
	id := s.Facts.Session + "." + step
	for s.agreement(id) >= 0 {
		id += "+"
	}
	return id
}

// Putting an agreement off takes one's signature away: nobody is held to a wording
// that they do not want today.
func (c NotToday) may(q question) error {
	h, seat, err := q.partnerStep(c.Step)
	if err != nil {
		return err
	}
	if err := h.agreeing(); err != nil {
		return err
	}
	if h.visit.Parts.Of(seat).PutOff {
		return errAlready
	}
	return nil
}

func (c NotToday) event(question) (Event, error) { return PutOff(c), nil }

func (c Withdraw) may(q question) error {
	if _, err := q.inside(); err != nil {
		return err
	}
	if q.state.Hold != nil {
		return errPaused
	}
	known := false
	for _, a := range q.state.Agreements {
		if q.general || a.ID == c.Agreement {
			if a.Withdrawn == nil {
				return nil
			}
			known = true
		}
	}
	if known {
		return errAlready
	}
	return errNoAgreement
}

func (c Withdraw) event(question) (Event, error) { return Withdrawn(c), nil }
