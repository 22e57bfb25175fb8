package hub

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"mend/internal/fault"
	"mend/internal/protocol"
	"mend/internal/session"
)

// mailbox bounds what waits for a slow reader beside the newest view: answers to
// its own commands, which may not be dropped.
const mailbox = 64

// Closed says that a seat is over, or was not given, and with which code.
type Closed struct{ Code protocol.CloseCode }

func (c *Closed) Error() string { return fmt.Sprintf("closed: %d %s", c.Code, c.Code.Slug()) }

// Seat is one socket's place in a room. The room puts frames in, the socket's
// owner takes them out; neither ever waits for the other.
type Seat struct {
	Role session.Role
	who  string // Entry.Who
	page string // Entry.Page

	room *room
	side *side
	wake func() // Entry.Wake
	once sync.Once

	// The mail, guarded by side.mu.
	welcome []byte
	view    bool      // the side's newest was not taken yet
	here    []byte    // the newest that was not taken yet
	dials   [2][]byte // likewise, by seat
	answers [][]byte  // in order, none dropped
	closed  bool
	code    protocol.CloseCode
}

// Take hands the waiting frames to each, in the order in which they are to be sent. They
// are lent: each copies what it keeps, and asks nothing of the hub or the seat. Closed is
// not nil once the seat is over and these are its last.
func (s *Seat) Take(each func(frame []byte)) *Closed {
	s.side.mu.Lock()
	defer s.side.mu.Unlock()
	if s.welcome != nil {
		each(s.welcome)
		s.welcome = nil
	}
	if s.view && len(s.side.frame) > 0 {
		each(s.side.frame)
	}
	s.view = false
	for _, answer := range s.answers {
		each(answer)
	}
	clear(s.answers)
	s.answers = s.answers[:0]
	for _, frame := range []*[]byte{&s.here, &s.dials[0], &s.dials[1]} {
		if *frame != nil {
			each(*frame)
			*frame = nil
		}
	}
	if s.closed {
		return &Closed{s.code}
	}
	return nil
}

// Do hands a message to the room. What becomes of it arrives as a frame. An error
// means that it was not handed over: ctx ended or the seat is over.
func (s *Seat) Do(ctx context.Context, m protocol.Message) error {
	return s.Hear(ctx, func() (protocol.Message, bool) { return m, true })
}

// Hear hands over a message that the room itself is to read; there is none where read says
// so. Reading goes deep, and a room has a deep stack anyway, which a socket had better not
// come to have. Whoever hands it over is not waited for either.
func (s *Seat) Hear(ctx context.Context, read func() (m protocol.Message, ok bool)) error {
	began := s.room.hub.o.Now()
	return s.room.tell(ctx, func() {
		if m, ok := read(); ok {
			s.room.hear(s, m, began)
		}
	})
}

// Refuse answers a command that never reached the room.
func (s *Seat) Refuse(id session.CommandID, err error) {
	s.room.hub.o.Refused(asFault(err).Code)
	s.put(answer(id, err))
}

// Leave gives the seat up. The owner calls it once its socket is gone.
func (s *Seat) Leave() {
	s.once.Do(func() {
		s.room.hub.seated[slices.Index(session.Roles(), s.Role)].Add(-1)
		s.room.in <- func() { s.room.leave(s) }
	})
}

// put leaves an answer.
func (s *Seat) put(answer []byte) { s.leaves(func() { s.post(false, answer) }) }

func (s *Seat) putHere(frame []byte) { s.leaves(func() { s.here = frame }) }

func (s *Seat) putDial(i int, frame []byte) { s.leaves(func() { s.dials[i] = frame }) }

// close ends the seat; what waits is still to be taken.
func (s *Seat) close(code protocol.CloseCode) { s.leaves(func() { s.end(code) }) }

// leaves has something left at the seat, unless it is over, and its owner told.
func (s *Seat) leaves(something func()) {
	s.side.mu.Lock()
	over := s.closed
	if !over {
		something()
	}
	s.side.mu.Unlock()
	if !over {
		s.wake()
	}
}

// post leaves word of a newer view, an answer, or both, in one go, so that they travel in
// one write. The caller holds side.mu, and wakes the owner once it does not.
func (s *Seat) post(view bool, answer []byte) {
	if s.closed {
		return
	}
	s.view = s.view || view
	if answer != nil {
		if len(s.answers) >= mailbox {
			s.answers, s.view, s.here = nil, false, nil
			s.end(protocol.SlowReader)
			s.room.hub.o.Slow()
			return
		}
		s.answers = append(s.answers, answer)
	}
}

// end is close for whoever holds side.mu.
func (s *Seat) end(code protocol.CloseCode) {
	if !s.closed {
		s.closed, s.code = true, code
	}
}

func (s *Seat) over() bool {
	s.side.mu.Lock()
	defer s.side.mu.Unlock()
	return s.closed
}

// answer is the frame for a command's sender: done, or why not.
func answer(id session.CommandID, err error) []byte {
	if err == nil {
		return small(protocol.Done{Is: "done", ID: string(id)})
	}
	f := asFault(err)
	return small(protocol.Refused{Is: "refused", ID: string(id), Code: f.Code, Message: f.Message})
}

// asFault is what a person is told of an error; anything unforeseen is one neutral
// sentence.
func asFault(err error) *fault.Error {
	if f, ok := fault.As(err); ok {
		return f
	}
	return errInternal
}

// said is the storage's own word where it has one, else ours.
func said(err error, ours *fault.Error) error {
	if f, ok := fault.As(err); ok {
		return f
	}
	return ours.Because(err)
}

var (
	errInternal    = fault.New(fault.Unavailable, "internal", "Something went wrong on the server. Nothing was lost; please try again.")
	errNotSaved    = fault.New(fault.Unavailable, "not_saved", "This could not be saved just now. Nothing was lost; please try again.")
	errBusy        = fault.New(fault.Unavailable, "busy", "The session is busy just now. Nothing was lost; please try again.")
	errIDTaken     = fault.New(fault.Conflict, "id_taken", "This was already used for something else. Reload the page.")
	errStaleStep   = fault.New(fault.Conflict, "stale_step", "The session has moved on to another step.")
	errOnlyOnPhone = fault.New(fault.Invalid, "only_on_this_phone", "What is written in this step stays on the phone and is never sent.")
	errNotYours    = fault.New(fault.Invalid, "not_yours", "This is not for your role.")
)

// small marshals the hub's own little frames, which have nothing in them that
// could fail.
func small(v any) []byte {
	raw, _ := json.Marshal(v)
	return raw
}
