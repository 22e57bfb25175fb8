package hub

import (
	"bytes"
	"context"
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
	view  []byte // the newest view in JSON
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
			r.catchUp(missed)
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
		elsewhere := r.elsewhere(s.Role)
		if !e.Here && (elsewhere || slices.ContainsFunc(side.seats, func(o *Seat) bool { return !o.over() && (o.page == "" || o.page != e.Page) })) {
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
	side.hang(r.draw(side, session.PicturesOf(r.state)), now)
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

// ahead is what a record will have made so, drawn while it is on its way to the
// disk. Nothing of it is shown before the record is stored, and nothing at all where
// it is not: Apply and ViewFor are pure, so drawing costs time and commits to nothing.
type ahead struct {
	state    session.State // after the record
	pictures [3]picture    // in the order of room.sides
}

// picture is a side's next frame.
type picture struct {
	drawn bool
	after uint64 // the side's revision that it was drawn upon
	same  bool   // this role would see no difference
	frame []byte
	view  []byte // a part of frame
	nowAt int    // where frame tells the time
	timed bool
}

// lookAhead draws what a record would make so.
func (r *room) lookAhead(rec session.Record) *ahead {
	a := &ahead{state: session.Apply(r.state, rec)}
	of := session.PicturesOf(a.state)
	for i := range r.sides {
		if len(r.sides[i].seats) > 0 {
			a.pictures[i] = r.draw(&r.sides[i], of)
		}
	}
	return a
}

// push gives every role the view that the state now has for it, where that differs
// from the one before, and the sender of done its answer along with it.
func (r *room) push(done *ask, a *ahead) {
	now := r.clock.now()
	var ack []byte
	if done != nil && done.seat != nil {
		ack = answer(done.in.ID, nil)
	}
	anyTimed := false
	var of *session.Pictures // where not all was drawn ahead
	for i := range r.sides {
		side := &r.sides[i]
		if len(side.seats) == 0 {
			continue
		}
		var p picture
		if a != nil {
			p = a.pictures[i]
		}
		if !p.drawn || p.after != side.rev {
			if of == nil {
				of = session.PicturesOf(r.state)
			}
			p = r.draw(side, of)
		}
		frame := side.hang(p, now)
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

// draw lays out what a side would be shown of a state.
func (r *room) draw(side *side, of *session.Pictures) picture {
	p := picture{drawn: true, after: side.rev}
	buf := r.hub.buffers.Get().(*[]byte)
	defer r.hub.buffers.Put(buf)
	var err error
	if *buf, p.timed, err = of.Append((*buf)[:0], side.role); err != nil {
		r.hub.o.Logger.Error("view not marshalled", "session", r.id, "role", side.role, "cause", err)
		p.same = true
		return p
	}
	if p.same = bytes.Equal(*buf, side.view); !p.same {
		p.lay(side.rev+1, *buf)
	}
	return p
}

// nowLayout has one width, so that the time can be filled in when a frame is sent.
const nowLayout = "2006-01-02T15:04:05.000Z"

// lay lays out the frame around a view.
func (p *picture) lay(rev uint64, view []byte) {
	frame := make([]byte, 0, len(view)+96)
	frame = append(frame, `{"is":"view","rev":`...)
	frame = strconv.AppendUint(frame, rev, 10)
	frame = append(frame, `,"now":"`...)
	p.nowAt = len(frame)
	frame = append(frame, nowLayout...)
	frame = append(frame, `","view":`...)
	start := len(frame)
	frame = append(frame, view...)
	p.view = frame[start:len(frame):len(frame)]
	p.frame = append(frame, '}')
}

// tell fills the time in.
func (p *picture) tell(now time.Time) {
	var told [2 * len(nowLayout)]byte // AppendFormat may write past what it keeps
	copy(p.frame[p.nowAt:], now.AppendFormat(told[:0], nowLayout))
}

// hang makes a picture the side's own, and answers with its frame, or nil where
// nothing differs.
func (s *side) hang(p picture, now time.Time) []byte {
	s.timed = p.timed
	if p.same {
		return nil
	}
	p.tell(now)
	s.rev++
	s.view = p.view
	return p.frame
}

// at is the newest view in a frame of its own, told at another time.
func (s *side) at(now time.Time) []byte {
	var p picture
	p.lay(s.rev, s.view)
	p.tell(now)
	return p.frame
}
