package web

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/gofiber/contrib/websocket"
	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/hub"
	"mend/internal/protocol"
	"mend/internal/session"
)

// LiveAuth says who comes with a cookie.
type LiveAuth interface {
	// Seat is the role that the holder of a cookie has in a session, and for a
	// counselor, of whom there may be two, who it is. A fault of kind Unsigned: nobody
	// is signed in with it. Of kind NotFound: the session does not exist or is not
	// theirs. It is asked again while the socket is open.
	Seat(ctx context.Context, cookie, session string) (role session.Role, who string, err error)
}

// Programs is the library, as far as a socket needs it.
type Programs interface {
	// Program is what the counselor of a session may start in it. A fault of kind
	// NotFound: they have no such exercise.
	Program(ctx context.Context, session, id string) (exercise.Program, error)
}

// Rehearsals are the rooms in which a counselor plays alone.
type Rehearsals interface {
	// Rehearsal is the one of this id that the holder of the cookie made: the hub it
	// is in, and what can be started there. ok is false where there is none, and for
	// everybody else.
	Rehearsal(ctx context.Context, cookie, id string) (h *hub.Hub, programs Programs, ok bool)
}

// LiveOptions of the socket; the zero value of each but Origins is sound.
type LiveOptions struct {
	Origins []string // of our own pages, exactly: "https://mend.example"
	Cookie  string   // the cookie's name; "mend"
	Logger  *slog.Logger

	Rehearsals Rehearsals // nil: there are none

	// Slow is told of a socket that did not take what was sent in time; may be nil.
	Slow func()

	// Homework is what a session is to read back now; nil: nothing ever.
	Homework func(ctx context.Context, session string) ([]session.Homework, error)

	Ping   time.Duration // protocol.PingEvery
	Dead   time.Duration // protocol.DeadAfter
	Write  time.Duration // protocol.WriteWithin
	Linger time.Duration // how long a closed socket may take to say goodbye; 1 s

	PerSecond, Burst int // frames that a client may send; protocol.CommandsPerSec, CommandBurst
}

// liveSocket is the name under which the handler before the upgrade hands on what it found.
// It is one value: the libraries keep each for as long as the socket is open.
const liveSocket = "live.socket"

// place is where a socket sits down: in which hub, as whom, and what it can start.
type place struct {
	hub      *hub.Hub
	programs Programs
	role     session.Role
	who      string // a counselor's id
}

type live struct {
	hub      *hub.Hub
	auth     LiveAuth
	programs Programs
	o        LiveOptions

	mu   sync.Mutex
	open map[entrance]int // sockets that are open
}

// entrance is somebody in a session.
type entrance struct{ cookie, session string }

// enter counts a socket in, until leave; ok is false where there are too many.
func (l *live) enter(at entrance) (leave func(), ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open[at] >= protocol.SocketsEach {
		return func() {}, false
	}
	l.open[at]++
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.open[at]--; l.open[at] == 0 {
			delete(l.open, at)
		}
	}, true
}

// Live handles GET /live/:session: first who it is, then the upgrade. Whatever is
// wrong beyond origin and cookie is said after the upgrade, as a close code: a page
// cannot read a failed handshake.
func Live(h *hub.Hub, auth LiveAuth, programs Programs, o LiveOptions) []fiber.Handler {
	if o.Cookie == "" {
		o.Cookie = "mend"
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Slow == nil {
		o.Slow = func() {}
	}
	for _, d := range []struct {
		of    *time.Duration
		usual time.Duration
	}{
		{&o.Ping, protocol.PingEvery},
		{&o.Dead, protocol.DeadAfter},
		{&o.Write, protocol.WriteWithin},
		{&o.Linger, time.Second},
	} {
		if *d.of == 0 {
			*d.of = d.usual
		}
	}
	if o.PerSecond == 0 {
		o.PerSecond, o.Burst = protocol.CommandsPerSec, protocol.CommandBurst
	}
	if len(o.Origins) == 0 {
		o.Origins = []string{"none"} // the library takes an empty list for "everybody"
	}
	l := &live{hub: h, auth: auth, programs: programs, o: o, open: map[entrance]int{}}
	return []fiber.Handler{l.admit, websocket.New(l.serve, websocket.Config{
		HandshakeTimeout: 5 * time.Second,
		Subprotocols:     []string{protocol.Subprotocol},
		Origins:          o.Origins,
		// Commands are small, and frames go out past the library's own buffer.
		ReadBufferSize:    256,
		WriteBufferPool:   &sync.Pool{},
		EnableCompression: false, // a length must not tell of what is secret
		RecoverHandler:    l.recovered,
	})}
}

// admit finds out who asks. Every string is copied: fiber uses their bytes again for
// the next request while the socket lives on.
func (l *live) admit(c *fiber.Ctx) error {
	if !websocket.IsWebSocketUpgrade(c) || !c.Request().Header.IsHTTP11() {
		return c.SendStatus(http.StatusUpgradeRequired)
	}
	// A browser says one. Of two, somebody in front may have looked at the other.
	origins := c.Request().Header.PeekAll(fiber.HeaderOrigin)
	if len(origins) != 1 || !slices.Contains(l.o.Origins, string(origins[0])) {
		return c.SendStatus(http.StatusForbidden)
	}
	cookie := strings.Clone(c.Cookies(l.o.Cookie))
	id := strings.Clone(c.Params("session"))
	if cookie == "" {
		return c.SendStatus(http.StatusUnauthorized)
	}
	as := strings.Clone(c.Query("as"))
	s := &socket{live: l, session: id, cookie: cookie, as: as, request: c.Context()}
	var err error
	if s.place, err = l.place(c.UserContext(), cookie, id, as); err != nil {
		f, _ := fault.As(err)
		switch {
		case f != nil && f.Kind == fault.Unsigned:
			return c.SendStatus(http.StatusUnauthorized)
		case f != nil && f.Kind == fault.NotFound:
			s.refused = protocol.NotFound
		default:
			l.o.Logger.Error("socket not admitted", "cause", err) // the id may be anything that somebody typed
			s.refused = protocol.Resync
		}
	}
	c.Locals(liveSocket, s)
	return c.Next()
}

// place finds out where somebody belongs. Only whoever made a rehearsal may sit in it
// as one of the three; anywhere else who one is comes from the cookie, and asking to be
// somebody is refused.
func (l *live) place(ctx context.Context, cookie, id, as string) (place, error) {
	if l.o.Rehearsals != nil {
		if h, programs, ok := l.o.Rehearsals.Rehearsal(ctx, cookie, id); ok {
			switch role := session.Role(as); {
			case as == "":
				return place{hub: h, programs: programs, role: session.Counselor}, nil
			case slices.Contains(session.Roles(), role):
				return place{hub: h, programs: programs, role: role}, nil
			}
			return place{}, errNotYours
		}
	}
	role, who, err := l.auth.Seat(ctx, cookie, id)
	if err == nil && as != "" {
		err = errNotYours
	}
	return place{l.hub, l.programs, role, who}, err
}

// serve is one socket's whole life. The connection is pooled: it belongs to the next
// person as soon as this function returns. So it is handed to nobody, and whoever writes
// on it is waited for: the writer, and a room that is just saying something.
func (l *live) serve(c *websocket.Conn) {
	s := c.Locals(liveSocket).(*socket)
	s.opened(c)
	code := s.refused
	if c.Subprotocol() != protocol.Subprotocol {
		code = protocol.WrongProtocol
	}
	if code == 0 {
		leave, ok := l.enter(entrance{s.cookie, s.session})
		defer leave()
		if !ok {
			code = protocol.TooFast
		}
	}
	s.run(code)
}

// opened gives a socket its connection, and lets go of the request that it began with. Both
// libraries keep what that said for as long as the socket is open, which with a browser's
// headers is more than all else that a socket takes.
func (s *socket) opened(c *websocket.Conn) {
	s.conn, s.net, s.direct = c.Conn, c.NetConn(), directly(c.NetConn())
	s.here, s.page = c.Query("here") == "1", pageOf(c.Query("page"))
	s.request.Request, s.request.Response = fasthttp.Request{}, fasthttp.Response{}
	s.request = nil
	*c = websocket.Conn{Conn: c.Conn}
}

// directly is a connection's own descriptor. It is nil where not all that is written goes
// there as it is, as with TLS.
func directly(conn net.Conn) syscall.RawConn {
	for {
		switch c := conn.(type) {
		case syscall.Conn:
			raw, err := c.SyscallConn()
			if err != nil {
				return nil
			}
			return raw
		case interface{ UnsafeConn() net.Conn }: // as fasthttp calls it
			conn = c.UnsafeConn()
		default:
			return nil
		}
	}
}

// longestPage is in bytes; an id has 36.
const longestPage = 64

// pageOf is what a page calls itself, unless that is nothing that a page of ours would say.
func pageOf(said string) string {
	if len(said) > longestPage {
		return ""
	}
	return strings.Clone(said)
}

// recovered ends a socket whose handler panicked. Nothing of the panic is told.
func (l *live) recovered(*websocket.Conn) {
	if p := recover(); p != nil {
		l.o.Logger.Error("socket panicked", "kind", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
	}
}
