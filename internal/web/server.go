package web

import (
	"context"
	"io/fs"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"mend/internal/account"
	"mend/internal/catalog"
	"mend/internal/hub"
	"mend/internal/rehearsal"
	"mend/internal/store"
)

// Limits of a request and of a connection; AnswerWithin is one more.
const (
	MaxBody        = 256 << 10 // bytes
	MaxHeaders     = 8 << 10   // bytes
	ReadWithin     = 10 * time.Second
	WriteWithin    = 30 * time.Second
	IdleFor        = 75 * time.Second
	MaxConnections = 16384
)

// Options are what a server is made of.
type Options struct {
	Base    Base // where people reach it
	Proxies Proxies
	Pages   fs.FS // what `vite build` made
	Log     *slog.Logger
	Now     func() time.Time // UTC; time.Now where nil

	Store *store.Store
	Door  *account.Door
	Hub   *hub.Hub
	// Content reads what ships with Mend. It is called once, by Stock or the first call
	// that may need it, which wait: the pages do not.
	Content func() (catalog.Content, error)

	Rehearsals *rehearsal.Rooms
	Preview    *Preview // of a file; nil for a house that people live in

	// What is counted, where anybody counts: each request by its route's template, and
	// a socket that was given up because it did not take what was sent.
	Served func(method, route string, status int, took time.Duration)
	Slow   func()
}

// Server answers HTTP and sockets.
type Server struct {
	app *fiber.App
	api *api
}

// New lays out every route.
func New(o Options) (*Server, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Served == nil {
		o.Served = func(string, string, int, time.Duration) {}
	}
	headers := headersOf(o.Base)
	app := fiber.New(fiber.Config{
		// Without this, strings of a request become another request's bytes.
		Immutable:      true,
		StrictRouting:  true,
		CaseSensitive:  true,
		BodyLimit:      MaxBody,
		ReadBufferSize: MaxHeaders,
		ReadTimeout:    ReadWithin,
		WriteTimeout:   WriteWithin,
		IdleTimeout:    IdleFor,
		Concurrency:    MaxConnections,
		// A socket would keep the buffer that its request's headers were read into.
		ReduceMemoryUsage: true,
		// Forms are nothing that any call takes: they are not to be taken apart before
		// anybody has asked who sends them.
		DisablePreParseMultipartForm: true,
		EnableTrustedProxyCheck:      true, // with none trusted: proxy.go reads what proxies say
		DisableStartupMessage:        true,
		RequestMethods: []string{
			fiber.MethodGet, fiber.MethodHead, fiber.MethodPost, fiber.MethodPut, fiber.MethodPatch, fiber.MethodDelete,
		},
		// For what never reaches a route: too large a body, headers that are none.
		ErrorHandler: func(c *fiber.Ctx, err error) error {
			setAll(c, headers)
			return refuse(c, err)
		},
	})
	a := &api{
		base: o.Base, proxies: o.Proxies, log: o.Log, now: o.Now,
		store: o.Store, door: o.Door, hub: o.Hub, library: &library{written: o.Store},
		rehearsals: o.Rehearsals,
	}
	a.stock = sync.OnceValue(func() error { return a.take(o.Content()) })
	if o.Preview != nil {
		a.preview = &preview{Preview: *o.Preview}
	}
	app.Use(witness(o.Log, headers, o.Served), sameSite(o.Base), unpacked)
	health(app, o.Store, o.Now)
	app.Use([]string{apiBase, "/live"}, a.stocked)
	documents(app, a.mount(app))
	app.Get("/live/:session", Live(o.Hub, a, a.library, LiveOptions{
		Origins: o.Base.Origins(), Cookie: o.Base.cookie(), Logger: o.Log, Rehearsals: a, Homework: a.toReadBack, Slow: o.Slow,
	})...)
	if err := pages(app, o.Pages); err != nil {
		return nil, err
	}
	return &Server{app, a}, nil
}

// Stock reads what ships with Mend, unless a call was first.
func (s *Server) Stock() error { return s.api.stock() }

// Serve answers on a listener until Shutdown.
func (s *Server) Serve(l net.Listener) error { return s.app.Listener(l) }

// Shutdown ends the calls. Sockets are the hub's to close, and closed before.
func (s *Server) Shutdown(ctx context.Context) error { return s.app.ShutdownWithContext(ctx) }
