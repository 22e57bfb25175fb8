package hub

import (
	"context"
	"errors"
	"reflect"
	"runtime"
	"slices"
	"sync"
	"time"

	"mend/internal/protocol"
	"mend/internal/session"
)

// How often a command is decided again after others came in between. Of three nodes
// that write without a pause one loses twice in three; more often than this in a row
// says that something is wrong.
const maxTries = 32

// How many commands may wait behind a slow disk before the next is refused.
const maxQueue = 128

// How many commands that made no record a room remembers, so that one sent again
// is answered the same.
const maxIdle = 128

// room is one live session on this node. Everything below "owned" belongs to the
// goroutine in run alone; others reach it through in and nudge.
type room struct {
	hub *Hub
	id  string

	in   chan func()
	quit chan struct{}

	notices struct { // what was heard and not yet heeded
		sync.Mutex
		list []Notice
		wake chan struct{}
	}

	users int         // guarded by hub.mu
	idle  *time.Timer // likewise

	// owned
	loaded  bool
	state   session.State
	clock   clock
	known   map[session.CommandID]bool          // made a record
	settled map[session.CommandID]session.Input // made none
	order   []session.CommandID                 // of settled, oldest first

	pending *ask         // its record is on its way to the log
	verdict <-chan error // the log's, on that record
	heard   func(error)  // what the verdict leads to
	queue   []*ask
	work    int    // calls to the log and the drafts under way
	reading bool   // one of them reads what others appended
	target  uint64 // the log is said to be this long
	unsure  bool   // an append ended in an error that may hide a success
	closing bool

	sides    [3]side // in the order of session.Roles
	drafts   [2]draftLine
	presence presence
	pollDue  time.Time // zero where no other node writes to the log
	timer    *time.Timer
}

// ask is a command and who waits for its answer.
type ask struct {
	seat  *Seat
	reply chan error
	in    session.Input
	began time.Time // when it came in
	tries int
	sure  bool // the log was read since it came in
}

func newRoom(h *Hub, id string) *room {
	r := &room{
		hub: h, id: id,
		in:      make(chan func(), 8),
		quit:    make(chan struct{}),
		known:   map[session.CommandID]bool{},
		settled: map[session.CommandID]session.Input{},
		clock:   newClock(h.o.Now),
	}
	r.notices.wake = make(chan struct{}, 1)
	for i, role := range session.Roles() {
		r.sides[i].role = role
	}
	return r
}

func (r *room) run() {
	r.timer = time.NewTimer(time.Hour)
	defer r.timer.Stop()
	if r.hub.o.Bus != nil {
		r.pollDue = r.hub.o.Now().Add(r.pollAfter())
	}
	r.arm()
	for {
		select {
		case f := <-r.in:
			f()
		case err := <-r.verdict:
			r.heard(err)
		case <-r.notices.wake:
			r.heed()
		case <-r.timer.C:
			r.tick()
		case <-r.quit:
			for r.work > 0 {
				select {
				case f := <-r.in:
					f()
				case err := <-r.verdict:
					r.heard(err)
				}
			}
			return
		}
	}
}

// letGo ends run. The hub calls it when nobody uses the room any more.
func (r *room) letGo() { close(r.quit) }

// tell has f run in the room's goroutine. The caller keeps the room in use.
func (r *room) tell(ctx context.Context, f func()) error {
	select {
	case r.in <- f: // as it nearly always can; a context makes a channel once it is asked for one
		return nil
	default:
	}
	select {
	case r.in <- f:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// aside calls the log or the drafts without holding the room up; what it answers
// with then runs in the room.
func (r *room) aside(call func(context.Context) (then func())) {
	r.work++
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), r.hub.o.Storage)
		then := call(ctx)
		cancel()
		r.in <- func() {
			r.work--
			then()
		}
	}()
}

// load reads the whole log, before anything else happens in the room.
func (r *room) load() error {
	if r.loaded {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), r.hub.o.Storage)
	defer cancel()
	records, err := r.hub.log.Read(ctx, r.id, 0)
	if err != nil {
		r.hub.o.Logger.Error("session not read", "session", r.id, "cause", err)
		return said(err, errBusy)
	}
	r.state = session.Replay(records)
	for _, rec := range records {
		r.known[rec.Command] = true
		r.clock.seen(rec.At)
	}
	r.loaded = true
	r.hub.publish(Notice{Session: r.id, Ask: true})
	return nil
}

// hear sees to what somebody said.
func (r *room) hear(s *Seat, m protocol.Message, began time.Time) {
	switch b := m.Body.(type) {
	case protocol.Command:
		r.decide(&ask{seat: s, in: session.Input{ID: m.ID, By: s.Role, Command: b.Command}, began: began})
	case protocol.Sync:
		r.sync(s, m.ID)
	case protocol.KeepDraft:
		r.keepDraft(s, m.ID, b)
	case protocol.TurnDial:
		r.turnDial(s, m.ID, b.Value)
	default:
		s.Refuse(m.ID, protocol.ErrUnknownCommand)
	}
}

// decide answers a command, at once or when its record is stored. One record is on
// its way at a time; what comes meanwhile waits in order, and nothing else does.
func (r *room) decide(a *ask) {
	if a.seat != nil && a.seat.over() {
		return
	}
	if r.closing {
		r.sendOn(a)
		return
	}
	if err := r.load(); err != nil {
		r.answer(a, err)
		return
	}
	if r.pending != nil || r.unsure {
		if len(r.queue) >= maxQueue {
			r.answer(a, errBusy)
			return
		}
		r.queue = append(r.queue, a)
		if r.pending == nil {
			r.read()
		}
		return
	}
	if before, ok := r.settled[a.in.ID]; ok {
		r.repeated(a, before.By == a.in.By && reflect.DeepEqual(before.Command, a.in.Command))
		return
	}
	if r.known[a.in.ID] {
		r.compare(a)
		return
	}
	a.in.At = r.clock.now()
	rec, err := session.Decide(r.state, a.in)
	if (err != nil || rec == nil) && r.hub.o.Bus != nil && !a.sure {
		r.makeSure(a)
		return
	}
	if err != nil {
		r.answer(a, err)
		return
	}
	if rec == nil {
		r.remember(a.in)
		r.answer(a, nil)
		return
	}
	r.pending = a
	r.append(a, *rec)
}

// makeSure reads what other nodes appended, and has a command decided again. A record is
// held against the log as it is stored; a refusal, or that all was so already, would rest
// on what this node last heard.
func (r *room) makeSure(a *ask) {
	r.pending = a
	after := r.state.Seq
	r.aside(func(ctx context.Context) func() {
		missed, err := r.hub.log.Read(ctx, r.id, after)
		return func() {
			r.pending = nil
			a.sure = true
			if err != nil {
				r.hub.o.Logger.Error("log not read", "session", r.id, "cause", err)
				r.answer(a, said(err, errBusy))
			} else {
				r.catchUp(missed)
				r.decide(a)
			}
			r.next()
		}
	})
}

// compare answers a command whose id made a record before. The log has what came of a
// command, and not its words: so it is decided once more where that record was made.
func (r *room) compare(a *ask) {
	r.pending = a
	r.aside(func(ctx context.Context) func() {
		records, err := r.hub.log.Read(ctx, r.id, 0)
		at := slices.IndexFunc(records, func(rec session.Record) bool { return rec.Command == a.in.ID })
		same := at >= 0 && session.Again(session.Replay(records[:at]), a.in, records[at])
		return func() {
			r.pending = nil
			if err != nil {
				r.hub.o.Logger.Error("log not read", "session", r.id, "cause", err)
				r.answer(a, said(err, errBusy))
			} else {
				r.repeated(a, same)
			}
			r.next()
		}
	})
}

// repeated answers a command that came before under this id: the same is so already, and
// another has to have an id of its own.
func (r *room) repeated(a *ask, same bool) {
	if same {
		r.answer(a, nil)
	} else {
		r.answer(a, errIDTaken)
	}
}

// append has no patience of its own: only the log knows what became of a record, however
// long a disk hangs. Whoever waits is told neither that it was kept nor that it was not.
func (r *room) append(a *ask, rec session.Record) {
	ctx, cancel := context.WithTimeout(context.Background(), r.hub.o.Storage) // for a place in the log's queue
	r.work++
	verdict := make(chan error, 1)
	r.hub.log.Submit(ctx, r.id, rec, func(err error) { verdict <- err })
	r.verdict = verdict
	// The record goes first: the log's goroutine, just woken, would wait for another
	// processor to take it over, for as long as this one goes on.
	runtime.Gosched()
	next := r.lookAhead(rec) // while it is on its way to the disk
	r.heard = func(err error) {
		r.verdict = nil
		cancel()
		r.work--
		if err == nil {
			r.stored(a, rec, next)
			return
		}
		after := r.state.Seq
		r.aside(func(ctx context.Context) func() {
			missed, readErr := r.hub.log.Read(ctx, r.id, after)
			return func() { r.notStored(a, err, missed, readErr) }
		})
	}
}

// stored: the record is on disk. Now, and not before, it is so.
func (r *room) stored(a *ask, rec session.Record, next *ahead) {
	r.pending = nil
	r.hub.o.Stored(max(r.hub.o.Now().Sub(a.began), 0))
	r.hub.publish(Notice{Session: r.id, Seq: rec.Seq})
	if rec.Seq == r.state.Seq+1 {
		r.take(rec, next.state)
		r.push(a, next)
		r.partWith(rec)
	} else {
		r.push(a, nil) // read back from the log before the answer came
	}
	r.forget(rec)
	r.next()
}

// notStored: another node was first, or the log failed. What happened meanwhile is
// taken in; after a conflict the command is decided again.
func (r *room) notStored(a *ask, err error, missed []session.Record, readErr error) {
	r.pending = nil
	r.catchUp(missed)
	switch {
	case r.known[a.in.ID]:
		r.compare(a)
	case errors.Is(err, session.ErrConflict) && readErr == nil && a.tries < maxTries:
		a.tries++
		r.decide(a)
	case errors.Is(err, session.ErrConflict) && readErr == nil:
		r.answer(a, errBusy)
	default:
		r.unsure = readErr != nil
		r.hub.o.Logger.Error("record not stored", "session", r.id, "cause", errors.Join(err, readErr))
		r.answer(a, said(err, errNotSaved))
	}
	r.next()
}

// next takes up what waited.
func (r *room) next() {
	for r.pending == nil && !r.unsure && len(r.queue) > 0 {
		a := r.queue[0]
		r.queue = slices.Delete(r.queue, 0, 1)
		r.decide(a)
	}
	if r.pending == nil && r.target > r.state.Seq {
		r.read()
	}
	if r.closing && r.pending == nil {
		r.closeAll()
	}
}

// read takes in what other nodes appended.
func (r *room) read() {
	if r.reading || !r.loaded {
		return
	}
	r.reading = true
	after := r.state.Seq
	r.aside(func(ctx context.Context) func() {
		missed, err := r.hub.log.Read(ctx, r.id, after)
		return func() {
			r.reading = false
			if err != nil {
				r.hub.o.Logger.Error("log not read", "session", r.id, "cause", err)
				r.target = 0 // the poll tries again
				if r.unsure {
					r.refuseAll(errNotSaved)
				}
				return
			}
			r.unsure = false
			r.target = 0
			r.catchUp(missed)
			r.next()
		}
	})
}

// catchUp applies records that were read from the log, and tells everybody who may
// see what they changed.
func (r *room) catchUp(records []session.Record) {
	from := r.state.Seq
	for i, rec := range records {
		if rec.Seq <= r.state.Seq {
			continue
		}
		if rec.Seq != r.state.Seq+1 {
			r.hub.o.Logger.Error("the log has a gap", "session", r.id, "seq", rec.Seq)
			records = records[:i]
			break
		}
		r.take(rec, session.Apply(r.state, rec))
	}
	if r.state.Seq > from {
		r.push(nil, nil)
	}
	for _, rec := range records {
		if rec.Seq > from {
			r.partWith(rec)
		}
	}
}

// take makes a stored record so.
func (r *room) take(rec session.Record, next session.State) {
	r.state = next
	r.known[rec.Command] = true
	r.clock.seen(rec.At)
	r.attend(rec)
}

// partWith closes the seats that a record ends.
func (r *room) partWith(rec session.Record) {
	switch e := rec.Event.(type) {
	case session.Invited:
		r.closeRole(e.Seat.Role(), protocol.LinkOver)
	case session.Removed:
		r.closeRole(e.Seat.Role(), protocol.Removed)
	case session.Left:
		r.closeRole(rec.By, protocol.Bye)
	case session.Ended:
		for _, role := range session.Roles() {
			r.closeRole(role, protocol.Ended)
		}
	}
}

func (r *room) closeRole(role session.Role, code protocol.CloseCode) {
	for _, s := range r.side(role).seats {
		s.close(code)
	}
}

func (r *room) closeOne(who string, code protocol.CloseCode) {
	for i := range r.sides {
		for _, s := range r.sides[i].seats {
			if s.who == who {
				s.close(code)
			}
		}
	}
}

func (r *room) closeAll() {
	for _, a := range r.queue {
		r.sendOn(a)
	}
	r.queue = nil
	for _, role := range session.Roles() {
		r.closeRole(role, protocol.ServiceRestart)
	}
}

// sendOn leaves a command to whoever serves next: a socket sends again what was not
// answered, so that nobody notices more than a reconnect. Elsewhere nobody would.
func (r *room) sendOn(a *ask) {
	if a.seat == nil {
		r.answer(a, errBusy)
	}
}

func (r *room) refuseAll(why error) {
	for _, a := range r.queue {
		r.answer(a, why)
	}
	r.queue = nil
}

// answer tells whoever asked.
func (r *room) answer(a *ask, err error) {
	if err != nil && asFault(err) == errInternal {
		r.hub.o.Logger.Error("command failed", "session", r.id, "kind", a.in.Command.Name(), "cause", err)
		err = errInternal.Because(err)
	}
	if err != nil {
		r.hub.o.Refused(asFault(err).Code)
	}
	if a.seat != nil {
		a.seat.put(answer(a.in.ID, err))
	} else {
		a.reply <- err
	}
}

// remember notes a command that was already so.
func (r *room) remember(in session.Input) {
	if len(r.order) == maxIdle {
		delete(r.settled, r.order[0])
		r.order = slices.Delete(r.order, 0, 1)
	}
	r.settled[in.ID] = in
	r.order = append(r.order, in.ID)
}

// nudge is called from anywhere and never waits.
func (r *room) nudge(n Notice) {
	r.notices.Lock()
	// A newer length of the log replaces an older one; of the rest there is little.
	if l := len(r.notices.list); l > 0 && onlySeq(n) && onlySeq(r.notices.list[l-1]) {
		r.notices.list[l-1].Seq = max(n.Seq, r.notices.list[l-1].Seq)
	} else if l < 256 {
		r.notices.list = append(r.notices.list, n)
	}
	r.notices.Unlock()
	select {
	case r.notices.wake <- struct{}{}:
	default:
	}
}

func onlySeq(n Notice) bool { return n.Seq > 0 && n.Here == nil && !n.Ask && n.Code == 0 }

// heed acts on what was heard.
func (r *room) heed() {
	r.notices.Lock()
	list := r.notices.list
	r.notices.list = nil
	r.notices.Unlock()
	for _, n := range list {
		switch {
		case n.Who != "":
			r.closeOne(n.Who, n.Code)
		case n.Code == protocol.ServiceRestart && n.Out == "":
			r.closing = true
			if r.pending == nil {
				r.closeAll()
			}
		case n.Out != "":
			r.closeRole(n.Out, n.Code)
		}
		r.heedPresence(n)
		r.target = max(r.target, n.Seq)
	}
	if r.pending == nil && r.target > r.state.Seq {
		r.read()
	}
}

// tick does what was due.
func (r *room) tick() {
	now := r.hub.o.Now()
	if !r.pollDue.IsZero() && !now.Before(r.pollDue) {
		r.pollDue = now.Add(r.pollAfter())
		if r.pending == nil {
			r.read()
		}
		r.announce()
	}
	if due := r.presence.due; !due.IsZero() && !now.Before(due) {
		r.showPresence()
	}
	r.arm()
}

// arm sets the timer to whatever is due next.
func (r *room) arm() {
	due := r.pollDue
	if p := r.presence.due; due.IsZero() || !p.IsZero() && p.Before(due) {
		due = p
	}
	if due.IsZero() {
		r.timer.Stop() // nothing is
		return
	}
	r.timer.Reset(max(due.Sub(r.hub.o.Now()), 0))
}

// pollAfter spreads the rooms' looks into the log over time.
func (r *room) pollAfter() time.Duration {
	var spread uint32
	for i := range len(r.id) {
		spread = spread*31 + uint32(r.id[i])
	}
	return r.hub.o.Poll*3/4 + time.Duration(spread%1024)*r.hub.o.Poll/2048
}
