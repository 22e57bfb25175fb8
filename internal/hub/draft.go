package hub

import (
	"context"
	"slices"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

var (
	errNotNow    = fault.New(fault.Conflict, "not_now", "This cannot be done at this moment.")
	errSubmitted = fault.New(fault.Conflict, "already_submitted", "This was already submitted.")
)

// draftLine keeps one partner's draft in order: one call to the store at a time,
// and of what comes meanwhile only the newest.
type draftLine struct {
	busy bool
	next *draftChange
}

// draftChange saves a draft or, without a step, deletes it.
type draftChange struct {
	step    string
	text    private.Text
	waiting []draftAsk // told once it is kept
}

type draftAsk struct {
	seat *Seat
	id   session.CommandID
}

func lineOf(seat session.Seat) int { return slices.Index(session.Seats(), seat) }

// keepDraft saves what a partner is typing in the step that they are in.
func (r *room) keepDraft(s *Seat, id session.CommandID, d protocol.KeepDraft) {
	if s.over() {
		return
	}
	seat, partner := s.Role.Seat()
	if !partner {
		s.Refuse(id, errNotYours)
		return
	}
	view, _ := session.ViewFor(r.state, s.Role).(session.PartnerView)
	switch {
	case view.Step == nil || view.Step.Key != d.Step:
		s.Refuse(id, errStaleStep)
		return
	case view.Step.Audience == exercise.Device:
		s.Refuse(id, errOnlyOnPhone)
		return
	case view.Step.Finished:
		s.Refuse(id, errSubmitted)
		return
	}
	r.isWriting(s.Role)
	r.changeDraft(seat, &draftChange{step: d.Step, text: d.Text, waiting: []draftAsk{{s, id}}})
}

func (r *room) changeDraft(seat session.Seat, c *draftChange) {
	line := &r.drafts[lineOf(seat)]
	if line.busy {
		if line.next != nil {
			c.waiting = append(line.next.waiting, c.waiting...)
		}
		line.next = c
		return
	}
	line.busy = true
	r.aside(func(ctx context.Context) func() {
		var err error
		if c.step == "" {
			err = r.hub.drafts.DeleteDraft(ctx, r.id, seat)
		} else {
			err = r.hub.drafts.SaveDraft(ctx, r.id, seat, c.step, c.text)
		}
		return func() { r.draftChanged(seat, c, err) }
	})
}

func (r *room) draftChanged(seat session.Seat, c *draftChange, err error) {
	if err != nil {
		r.hub.o.Logger.Error("draft not kept", "session", r.id, "cause", err)
		err = errNotSaved
	}
	for _, w := range c.waiting {
		w.seat.put(answer(w.id, err))
	}
	line := &r.drafts[lineOf(seat)]
	line.busy = false
	if next := line.next; next != nil {
		line.next = nil
		r.changeDraft(seat, next)
	}
}

// forget deletes the draft of what has now been said.
func (r *room) forget(rec session.Record) {
	switch rec.Event.(type) {
	case session.Submitted, session.Asked, session.WordingEdited, session.Declined:
		if seat, partner := rec.By.Seat(); partner {
			r.changeDraft(seat, &draftChange{})
		}
	case session.Ended:
		for _, seat := range session.Seats() {
			r.changeDraft(seat, &draftChange{})
		}
	}
}

// giveBack sends a partner, and this seat alone, what they had been typing, unless
// they have meanwhile said it.
func (r *room) giveBack(s *Seat) {
	seat, partner := s.Role.Seat()
	if !partner {
		return
	}
	r.aside(func(ctx context.Context) func() {
		step, text, err := r.hub.drafts.Draft(ctx, r.id, seat)
		return func() {
			if err != nil {
				r.hub.o.Logger.Error("draft not read", "session", r.id, "cause", err)
				return
			}
			view, _ := session.ViewFor(r.state, s.Role).(session.PartnerView)
			said := view.Step != nil && view.Step.Key == step && view.Step.Finished
			if step != "" && !said {
				s.put(small(protocol.Draft{Is: "draft", Step: step, Text: text}))
			}
		}
	})
}

// turnDial shows counselors a steadiness dial while it moves.
func (r *room) turnDial(s *Seat, id session.CommandID, value int) {
	if s.over() {
		return
	}
	seat, partner := s.Role.Seat()
	if !partner {
		s.Refuse(id, errNotYours)
		return
	}
	if !slices.Contains(session.YouMay(r.state, s.Role), session.SetDial{}.Name()) {
		s.Refuse(id, errNotNow)
		return
	}
	frame := small(protocol.Dial{Is: "dial", Who: seat, Value: value})
	for _, counselor := range r.side(session.Counselor).seats {
		counselor.putDial(lineOf(seat), frame)
	}
	s.put(answer(id, nil))
}
