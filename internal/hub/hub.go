package hub

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"mend/internal/protocol"
	"mend/internal/session"
)

// Options of a hub; the zero value of each is sound.
type Options struct {
	Now    func() time.Time // time.Now
	Bus    Bus              // none: this node is alone
	Node   string           // how this node signs its notices; random
	Logger *slog.Logger     // slog.Default; ids and codes only, never a word

	Grace   time.Duration // how long an empty room is kept; 1 min
	Poll    time.Duration // how often a room of many nodes looks into the log unasked, and says who is there; 1.25 s
	Storage time.Duration // how long the log may take to be read, or a caller waits for it; 10 s
	Settle  time.Duration // presence is told at most this often; 250 ms
	Blink   time.Duration // a socket that comes back within this was never away; 2 s
	Writing time.Duration // how long a draft says that somebody is writing; 6 s

	// What is counted: how long a command took from its coming in until its record was
	// stored, the code of one that was refused, a seat whose reader did not keep up.
	// They return at once; none has to be given.
	Stored  func(took time.Duration)
	Refused func(code string)
	Slow    func()
}

func (o Options) filled() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Node == "" {
		o.Node = uuid.NewString()
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Stored == nil {
		o.Stored = func(time.Duration) {}
	}
	if o.Refused == nil {
		o.Refused = func(string) {}
	}
	if o.Slow == nil {
		o.Slow = func() {}
	}
	for _, d := range []struct {
		of    *time.Duration
		usual time.Duration
	}{
		{&o.Grace, time.Minute},
		{&o.Poll, 1250 * time.Millisecond}, // three of them are the time in which a dead node is forgotten
		{&o.Storage, 10 * time.Second},
		{&o.Settle, 250 * time.Millisecond},
		{&o.Blink, 2 * time.Second},
		{&o.Writing, 6 * time.Second},
	} {
		if *d.of == 0 {
			*d.of = d.usual
		}
	}
	return o
}

// Hub holds the rooms of this node.
type Hub struct {
	log    Log
	drafts Drafts
	o      Options

	unsubscribe func()
	echo        echo
	buffers     sync.Pool       // *[]byte, in which views are drawn
	drawing     sync.Pool       // *session.Pictures, see pictures
	seated      [3]atomic.Int64 // in the order of session.Roles

	mu      sync.Mutex
	rooms   map[string]*room
	closing bool
	users   sync.WaitGroup // seats, and calls of Do
	running sync.WaitGroup // rooms
}

// New makes a hub. Close it before the server that owns the sockets.
func New(log Log, drafts Drafts, o Options) *Hub {
	h := &Hub{log: log, drafts: drafts, o: o.filled(), rooms: map[string]*room{}}
	h.buffers.New = func() any { return new([]byte) }
	h.drawing.New = func() any { return new(session.Pictures) }
	h.unsubscribe = func() {}
	if h.o.Bus != nil {
		h.unsubscribe = h.o.Bus.Subscribe(h.heard)
	}
	return h
}

// Entry says how somebody comes in.
type Entry struct {
	// Here takes the seat over from another tab or device of the same partner.
	Here bool
	// Page is what one load of a page calls itself: a place that it left without telling is
	// its own still. Empty where nobody says.
	Page string
	// Who tells several of one role apart: a counselor's id. Nobody else is told it.
	Who string
	// Wake is called when there may be something to Take; none has to be given. It may take
	// it there and then, asks nothing else of the hub, and never waits. It is called before
	// Join answers.
	Wake func()
}

// Join gives a seat in a session's room. Whoever joins has been let in already:
// the hub does not ask who one is. The error is *Closed where the role may not sit
// down (removed, open elsewhere, this node is closing), else a *fault.Error.
func (h *Hub) Join(ctx context.Context, sessionID string, role session.Role, e Entry) (*Seat, error) {
	r, err := h.acquire(sessionID)
	if err != nil {
		return nil, err
	}
	s := &Seat{Role: role, who: e.Who, page: e.Page, room: r, side: r.side(role), wake: e.Wake}
	if s.wake == nil {
		s.wake = func() {}
	}
	entered := make(chan error, 1)
	if err := r.tell(ctx, func() { r.enter(s, e, entered) }); err != nil {
		h.release(r)
		return nil, err
	}
	// The room answers within its own time limit; a seat must not be left behind
	// there because its socket's context ended first.
	if err := <-entered; err != nil {
		h.release(r)
		return nil, err
	}
	h.seated[slices.Index(session.Roles(), role)].Add(1)
	return s, nil
}

// Do has a command decided that comes from elsewhere than a socket. It answers nil
// once it is durable, or was so already. The hub sets the time. Where the log takes too
// long it answers that it is busy: the command may still take effect, once.
func (h *Hub) Do(ctx context.Context, sessionID string, in session.Input) error {
	ctx, cancel := context.WithTimeout(ctx, h.o.Storage)
	defer cancel()
	r, err := h.acquire(sessionID)
	if err != nil {
		return errBusy.Because(err)
	}
	defer h.release(r)
	reply := make(chan error, 1)
	began := h.o.Now()
	if err := r.tell(ctx, func() { r.decide(&ask{reply: reply, in: in, began: began}) }); err != nil {
		return errBusy.Because(err)
	}
	select {
	case err := <-reply:
		return err
	case <-ctx.Done():
		return errBusy.Because(ctx.Err())
	}
}

// Dismiss closes a role's sockets in a session, on every node, whatever the log
// says: the link was revoked, the counselor signed out.
func (h *Hub) Dismiss(sessionID string, role session.Role, code protocol.CloseCode) {
	h.publish(Notice{Session: sessionID, Out: role, Code: code})
	h.mu.Lock()
	defer h.mu.Unlock()
	if r := h.rooms[sessionID]; r != nil {
		r.nudge(Notice{Session: sessionID, Out: role, Code: code})
	}
}

// DismissOne closes one person's sockets, in one session or ("") in all of them, on
// every node; others of their role stay.
func (h *Hub) DismissOne(sessionID, who string, code protocol.CloseCode) {
	n := Notice{Session: sessionID, Who: who, Code: code}
	h.publish(n)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tellRooms(n)
}

// tellRooms hands a notice to the room that it names, or to every room where it names
// a person alone. The caller holds mu.
func (h *Hub) tellRooms(n Notice) {
	if n.Session != "" || n.Who == "" {
		if r := h.rooms[n.Session]; r != nil {
			r.nudge(n)
		}
		return
	}
	for _, r := range h.rooms {
		r.nudge(n)
	}
}

// Close closes every seat with ServiceRestart, once what is on its way to the log
// has been answered, and waits until their owners have left.
func (h *Hub) Close(ctx context.Context) error {
	h.mu.Lock()
	already := h.closing
	h.closing = true
	for _, r := range h.rooms {
		r.nudge(Notice{Code: protocol.ServiceRestart})
	}
	h.mu.Unlock()

	if err := waited(ctx, &h.users); err != nil {
		return err
	}
	if !already {
		h.unsubscribe()
		h.mu.Lock()
		for id, r := range h.rooms {
			delete(h.rooms, id)
			if r.idle != nil {
				r.idle.Stop()
			}
			r.letGo()
		}
		h.mu.Unlock()
	}
	return waited(ctx, &h.running)
}

func waited(ctx context.Context, g *sync.WaitGroup) error {
	done := make(chan struct{})
	go func() {
		g.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// acquire finds or makes the room and keeps it from being let go until release.
func (h *Hub) acquire(sessionID string) (*room, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closing {
		return nil, &Closed{protocol.ServiceRestart}
	}
	r := h.rooms[sessionID]
	if r == nil {
		r = newRoom(h, sessionID)
		h.rooms[sessionID] = r
		h.running.Add(1)
		go func() {
			defer h.running.Done()
			r.run()
		}()
	}
	r.users++
	h.users.Add(1)
	if r.idle != nil {
		r.idle.Stop()
		r.idle = nil
	}
	return r, nil
}

func (h *Hub) release(r *room) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.users.Done()
	r.users--
	if r.users == 0 && !h.closing {
		var idle *time.Timer
		idle = time.AfterFunc(h.o.Grace, func() { h.reap(r, &idle) })
		r.idle = idle
	}
}

// reap lets a room go, unless somebody came in meanwhile.
func (h *Hub) reap(r *room, idle **time.Timer) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if r.idle == *idle && h.rooms[r.id] == r {
		delete(h.rooms, r.id)
		r.letGo()
	}
}

// Rooms is how many sessions this node holds.
func (h *Hub) Rooms() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.rooms)
}

// Seats is how many sockets of a role sit at this node.
func (h *Hub) Seats(role session.Role) int {
	return int(h.seated[slices.Index(session.Roles(), role)].Load())
}

func (h *Hub) heard(n Notice) {
	if n.Node == h.o.Node {
		h.echo.heard(h.o.Now(), h.hold())
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tellRooms(n)
}

func (h *Hub) publish(n Notice) {
	if h.o.Bus == nil {
		return
	}
	n.Node = h.o.Node
	if err := h.o.Bus.Publish(n); err != nil {
		h.o.Logger.Warn("notice not sent", "session", n.Session, "cause", err)
	}
}

// pictures are of a state, until pictured.
func (h *Hub) pictures(s session.State) *session.Pictures {
	of := h.drawing.Get().(*session.Pictures)
	of.Of(s)
	return of
}

// pictured gives pictures back.
func (h *Hub) pictured(of *session.Pictures) {
	of.Of(session.State{}) // nothing of a session is kept
	h.drawing.Put(of)
}
