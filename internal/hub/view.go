package hub

import (
	"bytes"
	"context"
	"slices"
	"strconv"
	"sync"
	"time"

	"mend/internal/protocol"
	"mend/internal/session"
)

// side is what a room keeps for one role: who sits there and what they were last
// shown. A view is drawn once, however many look at it, and stands where the one before
// stood: whoever takes it copies it, and a turn leaves nothing of its size behind.
type side struct {
	role  session.Role
	seats []*Seat
	timed bool   // the view holds a deadline
	here  []byte // the presence it was last told
	page  string // what the newest page of a partner calls itself, also once it left

	mu     sync.Mutex // guards what follows, and the seats' mail; the room alone writes
	rev    uint64
	frame  []byte // the newest view, as it is sent
	nowAt  int    // where frame tells the time
	viewAt int    // where it has the view
}

func (r *room) side(role session.Role) *side {
	for i := range r.sides {
		if r.sides[i].role == role {
			return &r.sides[i]
		}
	}
	return &side{role: role}
}

// view is the newest in JSON.
func (s *side) view() []byte {
	if len(s.frame) == 0 {
		return nil
	}
	return s.frame[s.viewAt : len(s.frame)-1]
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
		elsewhere, other := r.elsewhere(s.Role, e.Page)
		if !e.Here && (other || slices.ContainsFunc(side.seats, func(o *Seat) bool { return !o.over() && (o.page == "" || o.page != e.Page) })) {
			return &Closed{protocol.OpenElsewhere}
		}
		r.closeRole(s.Role, protocol.OpenElsewhere)
		if elsewhere {
			r.presence.forget(s.Role)
			r.hub.publish(Notice{Session: r.id, Out: s.Role, Code: protocol.OpenElsewhere})
		}
		side.page = e.Page
	}
	side.seats = append(side.seats, s)
	now := r.clock.now()
	s.welcome = small(protocol.Welcome{
		Is: "welcome", Role: s.Role, Session: r.id, Now: now, Protocol: protocol.Subprotocol,
	})
	of := r.hub.pictures(r.state)
	r.hang(side, r.draw(side, of), now, nil)
	r.hub.pictured(of)
	s.leaves(func() {
		side.tell(now)
		s.post(true, nil)
	})
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
	s.leaves(func() {
		s.side.tell(now)
		s.post(true, small(protocol.Now{Is: "now", ID: string(id), Now: now}))
	})
}

// ahead is what a record will have made so, drawn while it is on its way to the
// disk. Nothing of it is shown before the record is stored, and nothing at all where
// it is not: Apply and ViewFor are pure, so drawing costs time and commits to nothing.
type ahead struct {
	state    session.State // after the record
	pictures [3]picture    // in the order of room.sides
}

// picture is what a side would be shown next.
type picture struct {
	view  *[]byte // from Hub.buffers; nil: nothing was drawn
	after uint64  // the side's revision that it was drawn upon
	same  bool    // this role would see no difference
	timed bool
}

// lookAhead draws what a record would make so.
func (r *room) lookAhead(rec session.Record) *ahead {
	a := &ahead{state: session.Apply(r.state, rec)}
	of := r.hub.pictures(a.state)
	defer r.hub.pictured(of)
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
		if p.view == nil || p.after != side.rev {
			if of == nil {
				of = r.hub.pictures(r.state)
				defer r.hub.pictured(of)
			}
			p = r.draw(side, of)
		}
		r.hang(side, p, now, done)
		anyTimed = anyTimed || side.timed
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
	p := picture{view: r.hub.buffers.Get().(*[]byte), after: side.rev}
	var err error
	if *p.view, p.timed, err = of.Append((*p.view)[:0], side.role); err != nil {
		r.hub.o.Logger.Error("view not marshalled", "session", r.id, "role", side.role, "cause", err)
		p.same = true
		return p
	}
	p.same = bytes.Equal(*p.view, side.view())
	return p
}

// hang makes a picture the side's own, and gives it to all who sit there, where anything
// differs; and the sender of done its answer, in the same go, so that they travel in one
// write.
func (r *room) hang(side *side, p picture, now time.Time, done *ask) {
	side.timed = p.timed
	side.mu.Lock()
	if !p.same {
		side.lay(*p.view)
		side.tell(now)
	}
	for _, s := range side.seats {
		switch {
		case done != nil && s == done.seat:
			s.post(!p.same, answer(done.in.ID, nil))
		case !p.same:
			s.post(true, nil)
		}
	}
	side.mu.Unlock()
	r.hub.buffers.Put(p.view)
	for _, s := range side.seats {
		if !p.same || done != nil && s == done.seat {
			s.wake()
		}
	}
}

// nowLayout has one width, so that the time can be filled in when a frame is sent.
const nowLayout = "2006-01-02T15:04:05.000Z"

// lay puts the next view in the place of the one before. The caller holds mu.
func (s *side) lay(view []byte) {
	s.rev++
	// A little more than it takes, for the next; and not for ever what one long view took.
	if size := len(view) + 96; cap(s.frame) < size || cap(s.frame) > 4*size {
		s.frame = make([]byte, 0, size+size/8)
	}
	f := append(s.frame[:0], `{"is":"view","rev":`...)
	f = strconv.AppendUint(f, s.rev, 10)
	f = append(f, `,"now":"`...)
	s.nowAt = len(f)
	f = append(f, nowLayout...)
	f = append(f, `","view":`...)
	s.viewAt = len(f)
	f = append(f, view...)
	s.frame = append(f, '}')
}

// tell fills the time in. The caller holds mu.
func (s *side) tell(now time.Time) {
	var told [2 * len(nowLayout)]byte // AppendFormat may write past what it keeps
	copy(s.frame[s.nowAt:], now.AppendFormat(told[:0], nowLayout))
}
