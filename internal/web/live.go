package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gofiber/contrib/websocket"
	"github.com/gofiber/fiber/v2"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/hub"
	"mend/internal/protocol"
	"mend/internal/session"
)

// LiveAuth says who comes with a cookie.
type LiveAuth interface {
	// Seat is the role that the holder of a cookie has in a session. A fault of
	// kind Unsigned: nobody is signed in with it. Of kind NotFound: the session does
	// not exist or is not theirs. It is asked again while the socket is open.
	Seat(ctx context.Context, cookie, session string) (session.Role, error)
}

// Programs is the library, as far as a socket needs it.
type Programs interface {
	// Program is what the counselor of a session may start in it. A fault of kind
	// NotFound: they have no such exercise.
	Program(ctx context.Context, session, id string) (exercise.Program, error)
}

// LiveOptions of the socket; the zero value of each but Origins is sound.
type LiveOptions struct {
	Origins []string // of our own pages, exactly: "https://mend.example"
	Cookie  string   // the cookie's name; "mend"
	Logger  *slog.Logger

	Ping   time.Duration // protocol.PingEvery
	Dead   time.Duration // protocol.DeadAfter
	Write  time.Duration // protocol.WriteWithin
	Linger time.Duration // how long a closed socket may take to say goodbye; 1 s

	PerSecond, Burst int // frames that a client may send; protocol.CommandsPerSec, CommandBurst
}

// Names under which the handler before the upgrade hands on what it found.
const (
	liveSession = "live.session"
	liveCookie  = "live.cookie"
	liveRole    = "live.role"
	liveCode    = "live.code"
)

type live struct {
	hub      *hub.Hub
	auth     LiveAuth
	programs Programs
	o        LiveOptions
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
	l := &live{h, auth, programs, o}
	return []fiber.Handler{l.admit, websocket.New(l.serve, websocket.Config{
		HandshakeTimeout: 5 * time.Second,
		Subprotocols:     []string{protocol.Subprotocol},
		Origins:          o.Origins,
		// Commands are small, and frames go out past the library's own buffer.
		ReadBufferSize:    512,
		WriteBufferSize:   256,
		EnableCompression: false, // a length must not tell of what is secret
		RecoverHandler:    l.recovered,
	})}
}

// admit finds out who asks. Every string is copied: fiber uses their bytes again for
// the next request while the socket lives on.
func (l *live) admit(c *fiber.Ctx) error {
	if !websocket.IsWebSocketUpgrade(c) {
		return c.SendStatus(http.StatusUpgradeRequired)
	}
	origin, ours := c.Get(fiber.HeaderOrigin), false
	for _, o := range l.o.Origins {
		ours = ours || o == origin
	}
	if !ours {
		return c.SendStatus(http.StatusForbidden)
	}
	cookie := strings.Clone(c.Cookies(l.o.Cookie))
	id := strings.Clone(c.Params("session"))
	if cookie == "" {
		return c.SendStatus(http.StatusUnauthorized)
	}
	role, err := l.auth.Seat(c.UserContext(), cookie, id)
	if err != nil {
		f, _ := fault.As(err)
		switch {
		case f != nil && f.Kind == fault.Unsigned:
			return c.SendStatus(http.StatusUnauthorized)
		case f != nil && f.Kind == fault.NotFound:
			c.Locals(liveCode, protocol.NotFound)
		default:
			l.o.Logger.Error("socket not admitted", "session", id, "cause", err)
			c.Locals(liveCode, protocol.Resync)
		}
	}
	c.Locals(liveSession, id)
	c.Locals(liveCookie, cookie)
	c.Locals(liveRole, role)
	return c.Next()
}

// serve is one socket's whole life. The connection is pooled: it belongs to the next
// person as soon as this function returns. So it is handed to nobody, and the one
// goroutine that writes on it is waited for.
func (l *live) serve(c *websocket.Conn) {
	s := &socket{
		live:    l,
		conn:    c.Conn,
		net:     c.NetConn(),
		session: c.Locals(liveSession).(string),
		cookie:  c.Locals(liveCookie).(string),
		role:    c.Locals(liveRole).(session.Role),
		say:     make(chan protocol.CloseCode, 1),
		pong:    make(chan []byte, 1),
		stop:    make(chan struct{}),
	}
	code, refused := c.Locals(liveCode).(protocol.CloseCode)
	if c.Subprotocol() != protocol.Subprotocol {
		code, refused = protocol.WrongProtocol, true
	}
	here := c.Query("here") == "1"
	s.run(code, refused, here)
}

// recovered ends a socket whose handler panicked. Nothing of the panic is told.
func (l *live) recovered(*websocket.Conn) {
	if p := recover(); p != nil {
		l.o.Logger.Error("socket panicked", "kind", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
	}
}
