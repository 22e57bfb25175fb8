package web

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"time"

	fasthttpws "github.com/fasthttp/websocket"
	"github.com/gofiber/contrib/websocket"
	"golang.org/x/time/rate"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/hub"
	"mend/internal/protocol"
	"mend/internal/session"
)

// socket is one connection while its handler runs. It reads in the handler's own
// goroutine and writes in one other, which run waits for.
type socket struct {
	*live
	conn    *fasthttpws.Conn
	net     net.Conn
	session string
	cookie  string
	as      string // whom the client asked to be; "" in every real session
	place   place

	seat *hub.Seat
	say  chan protocol.CloseCode // the reader's word to the writer: close with this
	pong chan []byte             // likewise: answer this ping
	stop chan struct{}           // closed when the reader has returned

	deadline sync.Mutex // of reading; both goroutines set it
	closing  bool       // nothing more is written; only goodbye is read
}

func (s *socket) run(code protocol.CloseCode, refused, here bool) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if !refused {
		seat, err := s.place.hub.Join(ctx, s.session, s.place.role, hub.Entry{Here: here, Who: s.place.who})
		if err != nil {
			code, refused = closeCode(err), true
		} else {
			s.seat = seat
			defer seat.Leave()
		}
	}
	if refused {
		s.say <- code
	}
	var writer sync.WaitGroup
	writer.Add(1)
	go func() {
		defer writer.Done()
		defer cancel()
		defer s.unblock()
		defer s.recovered(nil)
		s.write()
	}()
	// In this order, whatever happens above: the reader ends, the writer is told and
	// waited for, and only then is the connection given back.
	defer writer.Wait()
	defer close(s.stop)
	s.read(ctx)
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
func (s *socket) read(ctx context.Context) {
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
		return s.stillAllowed(ctx)
	})
	s.conn.SetPingHandler(func(data string) error {
		if !pace.Allow() {
			return s.close(protocol.TooFast)
		}
		select {
		case s.pong <- []byte(data):
		default:
		}
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
		case s.seat != nil:
			s.hear(ctx, frame)
		}
	}
}

// hear hands one frame on.
func (s *socket) hear(ctx context.Context, frame []byte) {
	m, err := protocol.Decode(frame)
	switch {
	case err != nil && m.ID == "":
		_ = s.close(protocol.BadMessage)
		return
	case err != nil:
		s.seat.Refuse(m.ID, err)
		return
	}
	if start, ok := m.Body.(protocol.StartExercise); ok {
		program, err := s.program(ctx, start.Exercise)
		if err != nil {
			s.seat.Refuse(m.ID, err)
			return
		}
		homework, err := s.homework(ctx, program)
		if err != nil {
			s.seat.Refuse(m.ID, err)
			return
		}
		m.Body = protocol.Command{Command: session.StartExercise{
			Program: program, Cast: start.Cast, Sure: start.Sure, Homework: homework,
		}}
	}
	_ = s.seat.Do(ctx, m)
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
func (s *socket) stillAllowed(ctx context.Context) error {
	if s.seat == nil || s.isClosing() {
		return nil
	}
	at, err := s.live.place(ctx, s.cookie, s.session, s.as)
	f, _ := fault.As(err)
	switch {
	case err == nil && at.hub == s.place.hub && at.role == s.place.role && at.who == s.place.who:
	case err == nil, f != nil && (f.Kind == fault.Unsigned || f.Kind == fault.NotFound):
		return s.close(protocol.LinkOver)
	}
	return nil // whatever else: the storage is unwell, not the person
}

// close has the writer say goodbye. The reader goes on, so that the other side's
// own goodbye is waited for.
func (s *socket) close(code protocol.CloseCode) error {
	select {
	case s.say <- code:
	default:
	}
	return nil
}

// alive puts off the moment in which a socket counts as dead. Only a pong does: with
// it comes the question whether the cookie still stands, and who talks without ever
// answering must not escape it.
func (s *socket) alive() {
	s.deadline.Lock()
	defer s.deadline.Unlock()
	if !s.closing {
		_ = s.conn.SetReadDeadline(time.Now().Add(s.o.Dead))
	}
}

// unblock makes the reader return soon, whatever it waits for.
func (s *socket) unblock() {
	s.deadline.Lock()
	defer s.deadline.Unlock()
	s.closing = true
	_ = s.conn.SetReadDeadline(time.Now().Add(s.o.Linger))
}

func (s *socket) isClosing() bool {
	s.deadline.Lock()
	defer s.deadline.Unlock()
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

// write sends what the seat holds, and pings, until there is no more to say.
func (s *socket) write() {
	ping := time.NewTicker(s.o.Ping)
	defer ping.Stop()
	var ready <-chan struct{}
	if s.seat != nil {
		ready = s.seat.Ready()
	}
	var frames [][]byte
	for {
		var err error
		select {
		case <-ready:
			var over *hub.Closed
			frames, over = s.seat.Take(frames[:0])
			err = s.send(frames)
			clear(frames)
			if over != nil && err == nil {
				s.goodbye(over.Code)
				return
			}
		case code := <-s.say:
			s.goodbye(code)
			return
		case data := <-s.pong:
			err = s.conn.WriteControl(websocket.PongMessage, data, time.Now().Add(s.o.Write))
		case <-ping.C:
			err = s.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(s.o.Write))
		case <-s.stop:
			select {
			case code := <-s.say:
				s.goodbye(code)
			default:
			}
			return
		}
		if err != nil {
			return
		}
	}
}

// goodbye writes the close frame; write returns after it, and the reader then waits
// a moment for the other side's.
func (s *socket) goodbye(code protocol.CloseCode) {
	_ = s.conn.WriteControl(websocket.CloseMessage,
		websocket.FormatCloseMessage(int(code), code.Slug()), time.Now().Add(s.o.Write))
}

// outgoing are the buffers in which frames are laid out for one write.
var outgoing = sync.Pool{New: func() any { return new([]byte) }}

// send writes frames in one system call: a command's answer and the view it made
// travel together. The library would take one call a frame, two above its buffer's
// size, and could not be told to wait; an unmasked text frame is its length and its
// bytes (RFC 6455, 5.2).
func (s *socket) send(frames [][]byte) error {
	if len(frames) == 0 {
		return nil
	}
	buf := outgoing.Get().(*[]byte)
	defer outgoing.Put(buf)
	out := (*buf)[:0]
	for _, frame := range frames {
		out = appendText(out, frame)
	}
	*buf = out
	if cap(out) > 64<<10 {
		*buf = nil
	}
	if err := s.net.SetWriteDeadline(time.Now().Add(s.o.Write)); err != nil {
		return err
	}
	_, err := s.net.Write(out)
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
