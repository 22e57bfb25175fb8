package hub

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"mend/internal/protocol"
	"mend/internal/session"
)

// side is what a room keeps for one role: who sits there and what they were last
// shown. The view is marshalled once, however many look at it.
type side struct {
	role  session.Role
	seats []*Seat
	rev   uint64
	view  []byte // the newest view in JSON, a part of frame
	frame []byte

	timed bool   // the view holds a deadline
	here  []byte // the presence it was last told
}

func (r *room) side(role session.Role) *side {
	for i := range r.sides {
		if r.sides[i].role == role {
			return &r.sides[i]
		}
	}
	return &side{role: role}
}

// enter gives a seat its place and its first frames.
func (r *room) enter(s *Seat, e Entry, entered chan<- error) {
	if r.closing {
		entered <- &Closed{protocol.ServiceRestart}
		return
	}
	if err := r.load(); err != nil {
		entered <- err
		return
	}
	if r.hub.o.Bus == nil {
		entered <- r.admit(s, e)
		return
	}
	// Other nodes write to this log too. Somebody who comes in by a link made a
	// moment ago must not be taken for the one whom that link put out.
	after := r.state.Seq
	r.aside(func(ctx context.Context) func() {
		missed, err := r.hub.log.Read(ctx, r.id, after)
		return func() {
			if err != nil {
				entered <- said(err, errBusy)
				return
			}
			r.catchUp(missed, nil)
			entered <- r.admit(s, e)
		}
	})
}

func (r *room) admit(s *Seat, e Entry) error {
	if r.closing {
		return &Closed{protocol.ServiceRestart}
	}
	side := r.side(s.Role)
	if seat, partner := s.Role.Seat(); partner {
		if r.state.Doors.Of(seat) == session.RemovedOut {
			return &Closed{protocol.Removed}
		}
		elsewhere := r.presence.elsewhere(s.Role, r.hub.o.Now())
		if !e.Here && (elsewhere || slices.ContainsFunc(side.seats, func(o *Seat) bool { return !o.over() })) {
			return &Closed{protocol.OpenElsewhere}
		}
		r.closeRole(s.Role, protocol.OpenElsewhere)
		if elsewhere {
			r.presence.forget(s.Role)
			r.hub.publish(Notice{Session: r.id, Out: s.Role, Code: protocol.OpenElsewhere})
		}
	}
	side.seats = append(side.seats, s)
	now := r.clock.now()
	s.welcome = small(protocol.Welcome{
		Is: "welcome", Role: s.Role, Session: r.id, Now: now, Protocol: protocol.Subprotocol,
	})
	r.refresh(side, now)
	s.put(side.at(now), nil)
	if r.state.EndedAt.IsZero() {
		here := r.hereFrame(s.Role)
		if side.here == nil {
			side.here = here
		}
		s.putHere(here)
		r.giveBack(s)
	} else {
		s.close(protocol.Ended)
	}
	r.presenceMoved(0)
	return nil
}

func (r *room) leave(s *Seat) {
	side := r.side(s.Role)
	side.seats = slices.DeleteFunc(side.seats, func(o *Seat) bool { return o == s })
	s.close(protocol.Bye)
	if len(side.seats) == 0 {
		r.presence.left(s.Role, r.hub.o.Now().Add(r.hub.o.Blink))
	}
	r.presenceMoved(0)
	r.hub.release(r)
}

// sync answers with the time and the view as it is.
func (r *room) sync(s *Seat, id session.CommandID) {
	now := r.clock.now()
	s.put(r.side(s.Role).at(now), small(protocol.Now{Is: "now", ID: string(id), Now: now}))
}

// push gives every role the view that the state now has for it, where that differs
// from the one before, and the sender of done its answer along with it.
func (r *room) push(done *ask) {
	now := r.clock.now()
	var ack []byte
	if done != nil && done.seat != nil {
		ack = answer(done.in.ID, nil)
	}
	anyTimed := false
	for i := range r.sides {
		side := &r.sides[i]
		if len(side.seats) == 0 {
			continue
		}
		frame := r.refresh(side, now)
		anyTimed = anyTimed || side.timed
		for _, s := range side.seats {
			switch {
			case ack != nil && s == done.seat:
				s.put(frame, ack)
			case frame != nil:
				s.put(frame, nil)
			}
		}
	}
	if done != nil && done.reply != nil {
		done.reply <- nil
	}
	if !anyTimed {
		r.clock.putRight()
	}
}

// refresh marshals a side's view; it answers with the frame, or nil where this role
// would see no difference.
func (r *room) refresh(side *side, now time.Time) []byte {
	buf := r.hub.buffers.Get().(*bytes.Buffer)
	defer r.hub.buffers.Put(buf)
	buf.Reset()
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	shown := session.ViewFor(r.state, side.role)
	side.timed = timed(shown)
	if err := enc.Encode(shown); err != nil {
		r.hub.o.Logger.Error("view not marshalled", "session", r.id, "role", side.role, "cause", err)
		return nil
	}
	view := bytes.TrimSuffix(buf.Bytes(), []byte("\n"))
	if bytes.Equal(view, side.view) {
		return nil
	}
	side.rev++
	side.set(view, now)
	return side.frame
}

// timed tells whether a clock runs on somebody's screen.
func timed(v session.View) bool {
	switch v := v.(type) {
	case session.CounselorView:
		return v.Step != nil && v.Step.Deadline != nil
	case session.PartnerView:
		return v.Step != nil && v.Step.Deadline != nil
	}
	return false
}

func (s *side) set(view []byte, now time.Time) {
	frame := make([]byte, 0, len(view)+96)
	frame = append(frame, `{"is":"view","rev":`...)
	frame = strconv.AppendUint(frame, s.rev, 10)
	frame = append(frame, `,"now":"`...)
	frame = now.AppendFormat(frame, time.RFC3339Nano)
	frame = append(frame, `","view":`...)
	start := len(frame)
	frame = append(frame, view...)
	s.view = frame[start:len(frame):len(frame)]
	s.frame = append(frame, '}')
}

// at is the newest frame, told at another time.
func (s *side) at(now time.Time) []byte {
	s.set(s.view, now)
	return s.frame
}
