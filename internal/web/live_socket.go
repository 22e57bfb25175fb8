package web

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"sync"
	"syscall"
	"time"

	fasthttpws "github.com/fasthttp/websocket"
	"github.com/gofiber/contrib/websocket"
	"github.com/valyala/fasthttp"
	"golang.org/x/time/rate"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/hub"
	"mend/internal/protocol"
	"mend/internal/session"
)

// socket is one connection while its handler runs. It reads in the handler's own
// goroutine. What its seat has for it is written by whoever says so, as far as the
// connection takes it without waiting, which nearly always is all of it. Whatever has to
// wait another goroutine writes, one at a time and for as long as there is something to
// write: nothing of it is kept while nobody speaks. run waits for it.
type socket struct {
	*live
	conn    *fasthttpws.Conn
	net     net.Conn
	direct  syscall.RawConn // net's descriptor; nil where what is written does not go there as it is
	session string
	cookie  string
	as      string // whom the client asked to be; "" in every real session
	here    bool   // takes the seat over from another tab
	page    string // what the page calls itself; may be empty
	place   place
	refused protocol.CloseCode   // it is to be closed at once; 0 where it is not
	request *fasthttp.RequestCtx // that it began with; nil once it is open

	seat  *hub.Seat
	ctx   context.Context // ends when nothing more is written
	leave context.CancelFunc

	mu      sync.Mutex
	closing bool // nothing more is written; only goodbye is read
	over    bool // the reader has returned
	out     due
	writing bool // somebody sees to what is due
	writer  sync.WaitGroup
	pings   *time.Timer
}

// due is what is to be written.
type due struct {
	rest   *[]byte     // the connection did not take it at once; from outgoing
	over   *hub.Closed // and then the seat is
	frames bool        // the seat holds some
	ping   bool
	pong   *string            // what a ping said
	say    protocol.CloseCode // close with this; 0: do not
}

// run is the socket's life, unless it is to be closed at once with a code.
func (s *socket) run(code protocol.CloseCode) {
	s.ctx, s.leave = context.WithCancel(context.Background())
	defer s.leave()
	s.writing = true // until it is known who sits here
	if code == 0 {
		code = s.join()
	}
	if s.seat != nil {
		defer s.seat.Leave()
	}
	if code != 0 {
		_ = s.close(code)
	}
	s.begin()
	// In this order, whatever happens above: the reader ends, the writer is told and
	// waited for, and only then is the connection given back.
	defer s.end()
	s.read()
}

// join takes a seat, or answers why not.
func (s *socket) join() protocol.CloseCode {
	seat, err := s.place.hub.Join(context.Background(), s.session, s.place.role, hub.Entry{
		Here: s.here, Page: s.page, Who: s.place.who, Wake: func() { s.wake(s.news) },
	})
	if err != nil {
		return closeCode(err)
	}
	s.seat = seat
	return 0
}

// begin has the writer see to what is due already, and pings follow.
func (s *socket) begin() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.writer.Go(s.write)
	s.pings = time.AfterFunc(s.o.Ping, func() { s.wake(func(d *due) { d.ping = true }) })
}

// end waits until nothing is written any more, and sees to it that nothing will be.
func (s *socket) end() {
	s.mu.Lock()
	s.over = true
	s.pings.Stop()
	s.mu.Unlock()
	s.writer.Wait()
}

// wake has something written. It never waits, and is called from anywhere.
func (s *socket) wake(note func(*due)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over || s.closing {
		return
	}
	note(&s.out)
	if !s.writing && s.out != (due{}) {
		s.writing = true
		s.writer.Go(s.write)
	}
}

// news has what the seat holds written, at once if that can be. The caller holds mu.
func (s *socket) news(d *due) {
	if s.writing || s.direct == nil {
		d.frames = true
		return
	}
	buf, over := s.take()
	n := 0
	if len(*buf) > 0 {
		// Whatever is wrong, the writer is told as well.
		_ = s.direct.Write(func(fd uintptr) bool {
			n, _ = syscall.Write(int(fd), *buf) //nolint:gosec // a descriptor is small
			return true
		})
	}
	if n = max(n, 0); n == len(*buf) && over == nil {
		giveBack(buf)
		return
	}
	*buf = append((*buf)[:0], (*buf)[n:]...)
	d.rest, d.over = buf, over
}

func closeCode(err error) protocol.CloseCode {
	var closed *hub.Closed
	if errors.As(err, &closed) {
		return closed.Code
	}
	if f, ok := fault.As(err); ok && f.Kind == fault.NotFound {
		return protocol.NotFound
	}
	return protocol.Resync
}

// read takes frames until the socket is over.
func (s *socket) read() {
	pace := rate.NewLimiter(rate.Limit(s.o.PerSecond), s.o.Burst)
	s.alive()
	amid := false // in a message, which has to be over before the socket counts as dead
	s.conn.SetPongHandler(func(string) error {
		if !pace.Allow() { // each asks for the cookie
			return s.close(protocol.TooFast)
		}
		if !amid {
			s.alive()
		}
		return s.aside(s.stillAllowed)
	})
	s.conn.SetPingHandler(func(data string) error {
		if !pace.Allow() {
			return s.close(protocol.TooFast)
		}
		s.wake(func(d *due) { d.pong = &data })
		return nil
	})
	s.conn.SetCloseHandler(func(int, string) error {
		return s.close(protocol.Bye)
	})
	for {
		kind, r, err := s.conn.NextReader()
		if err != nil {
			return
		}
		if s.isClosing() {
			continue // NextReader skips what was not read
		}
		if kind != websocket.TextMessage {
			_ = s.close(protocol.BadMessage)
			continue
		}
		amid = true
		frame, err := readUpTo(r, make([]byte, 0, 512), protocol.MaxFrame) // each its own: none is kept while nobody speaks
		amid = false
		switch {
		case err != nil:
			return
		case len(frame) > protocol.MaxFrame:
			_ = s.close(protocol.BadMessage)
		case !pace.Allow():
			_ = s.close(protocol.TooFast)
		case s.seat != nil && s.hear(frame) != nil:
			return
		}
	}
}

// aside has f done on a stack of its own, and waits for it. What goes deep makes a stack
// grow, and the reader's would stay as large for as long as the socket is open.
func (s *socket) aside(f func(context.Context)) (err error) {
	err = errPanicked
	var done sync.WaitGroup
	done.Go(func() {
		defer s.recovered(nil)
		f(s.ctx)
		err = nil
	})
	done.Wait()
	return err
}

var errPanicked = errors.New("panicked")

// startExercise is in every frame that starts an exercise: the name of a command is never
// spelled with escapes.
var startExercise = []byte("start_exercise")

// hear hands one frame on. The room reads it itself, unless there may be something to look
// up first. It fails where there is no going on.
func (s *socket) hear(frame []byte) error {
	if bytes.Contains(frame, startExercise) {
		return s.aside(func(ctx context.Context) {
			if m, ok := s.understand(frame); ok && s.lookUp(ctx, &m) {
				_ = s.seat.Do(ctx, m)
			}
		})
	}
	_ = s.seat.Hear(s.ctx, func() (protocol.Message, bool) { return s.understand(frame) })
	runtime.Gosched() // the room goes first, and then the reader, who has nothing to do yet
	return nil
}

// understand reads a frame, wherever it is called. Where it cannot be handed on, all is
// said already.
func (s *socket) understand(frame []byte) (m protocol.Message, ok bool) {
	panicked := true
	defer func() {
		if panicked {
			_ = s.close(protocol.Resync)
		}
	}()
	defer s.recovered(nil)
	m, err := protocol.Decode(frame)
	switch {
	case err == nil:
		ok = true
	case m.ID == "":
		_ = s.close(protocol.BadMessage)
	default:
		s.seat.Refuse(m.ID, err)
	}
	panicked = false
	return m, ok
}

// lookUp puts the exercise that is to be started in the place of its name.
func (s *socket) lookUp(ctx context.Context, m *protocol.Message) bool {
	start, ok := m.Body.(protocol.StartExercise)
	if !ok {
		return true
	}
	program, err := s.program(ctx, start.Exercise)
	var homework []session.Homework
	if err == nil {
		homework, err = s.homework(ctx, program)
	}
	if err != nil {
		s.seat.Refuse(m.ID, err)
		return false
	}
	m.Body = protocol.Command{Command: session.StartExercise{
		Program: program, Cast: start.Cast, Sure: start.Sure, Homework: homework,
	}}
	return true
}

// program looks an exercise up for the counselor. Anybody else is refused by the
// session, whatever they name: the answer must not tell what a counselor has.
func (s *socket) program(ctx context.Context, id string) (exercise.Program, error) {
	if s.place.role != session.Counselor {
		return exercise.Program{}, nil
	}
	return s.place.programs.Program(ctx, s.session, id)
}

// homework is what a frame reads back; in a rehearsal there is none.
func (s *socket) homework(ctx context.Context, of exercise.Program) ([]session.Homework, error) {
	if !of.Frame || s.o.Homework == nil || s.place.role != session.Counselor || s.place.hub != s.hub {
		return nil, nil
	}
	return s.o.Homework(ctx, s.session)
}

var errUnknownExercise = fault.New(fault.NotFound, "unknown_exercise", "This exercise is not in the library.")

// stillAllowed asks whether the cookie still stands for the role it came with.
func (s *socket) stillAllowed(ctx context.Context) {
	if s.seat == nil || s.isClosing() {
		return
	}
	at, err := s.live.place(ctx, s.cookie, s.session, s.as)
	f, _ := fault.As(err)
	switch {
	case err == nil && at.hub == s.place.hub && at.role == s.place.role && at.who == s.place.who:
	case err == nil, f != nil && (f.Kind == fault.Unsigned || f.Kind == fault.NotFound):
		_ = s.close(protocol.LinkOver)
	}
	// Whatever else: the storage is unwell, not the person.
}

// close has the writer say goodbye. The reader goes on, so that the other side's
// own goodbye is waited for.
func (s *socket) close(code protocol.CloseCode) error {
	s.wake(func(d *due) {
		if d.say == 0 {
			d.say = code
		}
	})
	return nil
}

// alive puts off the moment in which a socket counts as dead. Only a pong does: with
// it comes the question whether the cookie still stands, and who talks without ever
// answering must not escape it.
func (s *socket) alive() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closing {
		_ = s.conn.SetReadDeadline(time.Now().Add(s.o.Dead))
	}
}

// unblock makes the reader return soon, whatever it waits for.
func (s *socket) unblock() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closing = true
	_ = s.conn.SetReadDeadline(time.Now().Add(s.o.Linger))
	s.leave()
}

func (s *socket) isClosing() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closing
}

// readUpTo appends to buf what r holds, and stops one byte after limit.
func readUpTo(r io.Reader, buf []byte, limit int) ([]byte, error) {
	for len(buf) <= limit {
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
		n, err := r.Read(buf[len(buf):min(cap(buf), limit+1)])
		buf = buf[:len(buf)+n]
		if err == io.EOF {
			return buf, nil
		}
		if err != nil {
			return buf, err
		}
	}
	return buf, nil
}

// write sees to what is due, until nothing is. Where there is no more to say ever, the
// reader is told.
func (s *socket) write() {
	last := true // so it is where this panics
	defer func() {
		if last {
			s.unblock()
		}
	}()
	defer s.recovered(nil)
	for {
		d, more := s.next()
		if !more {
			last = false
			return
		}
		if !s.see(d) {
			return
		}
	}
}

// next is what is due now; more is false, and the writer is none any more, where there
// is nothing.
func (s *socket) next() (d due, more bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d = s.out
	if s.over {
		d = due{say: d.say}
	}
	s.out = due{}
	s.writing = d != due{}
	return d, s.writing
}

// see writes it. It answers false after the last that is written.
func (s *socket) see(d due) bool {
	var err error
	if d.rest != nil { // perhaps from amid a frame, after which alone another may come
		err = s.send(d.rest)
	}
	if d.say != 0 {
		s.goodbye(d.say)
		return false
	}
	if d.frames && d.over == nil && err == nil {
		var buf *[]byte
		buf, d.over = s.take()
		err = s.send(buf)
	}
	if d.over != nil && err == nil {
		s.goodbye(d.over.Code)
		return false
	}
	if d.pong != nil && err == nil {
		err = s.conn.WriteControl(websocket.PongMessage, []byte(*d.pong), time.Now().Add(s.o.Write))
	}
	if d.ping && err == nil {
		err = s.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(s.o.Write))
		s.pings.Reset(s.o.Ping)
	}
	if err == nil {
		err = s.net.SetWriteDeadline(time.Time{}) // or nothing could be written at once any more
	}
	return err == nil
}

// goodbye writes the close frame. Nothing is written after it, and the reader waits a
// moment for the other side's.
func (s *socket) goodbye(code protocol.CloseCode) {
	_ = s.conn.WriteControl(websocket.CloseMessage,
		websocket.FormatCloseMessage(int(code), code.Slug()), time.Now().Add(s.o.Write))
}

// outgoing are the buffers in which frames are laid out for one write.
var outgoing = sync.Pool{New: func() any { return new([]byte) }}

func giveBack(buf *[]byte) {
	if cap(*buf) <= 64<<10 {
		outgoing.Put(buf)
	}
}

// take lays out all that waits at the seat for one system call: a command's answer and the
// view it made travel together. The library would take one call a frame, two above its
// buffer's size, and could not be told to wait; an unmasked text frame is its length and
// its bytes (RFC 6455, 5.2).
func (s *socket) take() (buf *[]byte, over *hub.Closed) {
	buf = outgoing.Get().(*[]byte)
	out := (*buf)[:0]
	over = s.seat.Take(func(frame []byte) { out = appendText(out, frame) })
	*buf = out
	return buf, over
}

// send writes it, and waits for it.
func (s *socket) send(buf *[]byte) error {
	defer giveBack(buf)
	if len(*buf) == 0 {
		return nil
	}
	if err := s.net.SetWriteDeadline(time.Now().Add(s.o.Write)); err != nil {
		return err
	}
	_, err := s.net.Write(*buf)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		s.o.Slow()
	}
	return err
}

// appendText lays out one text frame.
func appendText(out, payload []byte) []byte {
	const finalText = 0x81
	switch n := len(payload); {
	case n < 126:
		out = append(out, finalText, byte(n))
	case n <= 0xffff:
		out = append(out, finalText, 126)
		out = binary.BigEndian.AppendUint16(out, uint16(n))
	default:
		out = append(out, finalText, 127)
		out = binary.BigEndian.AppendUint64(out, uint64(n))
	}
	return append(out, payload...)
}
