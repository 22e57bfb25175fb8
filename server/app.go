package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"mend/content"
	"mend/frontend"
	"mend/internal/account"
	"mend/internal/catalog"
	"mend/internal/hub"
	"mend/internal/metrics"
	"mend/internal/natsbus"
	"mend/internal/rehearsal"
	"mend/internal/store"
	"mend/internal/web"
)

var (
	_ hub.Log    = (*store.Store)(nil)
	_ hub.Drafts = (*store.Store)(nil)
	_ hub.Log    = (*rehearsal.Log)(nil)
	_ hub.Drafts = (*rehearsal.Log)(nil)
	_ hub.Bus    = (*natsbus.Bus)(nil)
)

// app is a whole Mend. Tests and the demo start the very same: open, run, close.
type app struct {
	store *store.Store
	door  *account.Door
	hub   *hub.Hub
	bus   *natsbus.Bus // nil: there is no broker
	web   *web.Server

	rehearsals *rehearsal.Rooms

	listen  net.Listener
	https   *https   // nil: HTTPS is somebody else's part, or nobody's
	numbers *numbers // nil: nobody asks
	base    web.Base
	now     func() time.Time
	log     *slog.Logger

	heads     auditHeads
	keyMade   string // the file that a new master key was written to
	cut       bool   // the audit lacks what was noted of it
	setupCode string // while there is no account yet
}

// open makes everything ready and listens, so that whoever knocks from now on waits
// rather than fails; run answers them.
func open(ctx context.Context, c config, log *slog.Logger) (_ *app, err error) {
	a := &app{now: c.Now, log: log, heads: c.auditHeads}
	if a.now == nil {
		a.now = time.Now
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.close())
		}
	}()
	proxies, err := c.proxies()
	if err != nil {
		return nil, err
	}
	if a.listen, err = (&net.ListenConfig{}).Listen(ctx, "tcp", c.listening()); err != nil {
		return nil, err
	}
	if a.base, err = c.base(a.listen.Addr()); err != nil {
		return nil, err
	}
	if a.https, err = c.https(ctx, a.listen.Addr(), a.base, proxies, log); err != nil {
		return nil, err
	}
	a.listen = a.https.wrap(proxies.Bound(a.listen, c.PerAddress))
	m := metrics.New(version())
	if a.numbers, err = c.numbers(ctx, m); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	master, made, err := c.master()
	if err != nil {
		return nil, err
	}
	a.keyMade = made
	if err := c.check(); err != nil {
		return nil, err
	}
	storage := c.storage(master)
	storage.Log, storage.Committed = log, m.Committed
	if a.store, err = store.Open(ctx, storage); err != nil {
		if made != "" && c.DatabaseURL != "" { // another node's is needed, and this one is nobody's
			err = errors.Join(err, os.Remove(made))
		}
		return nil, err
	}
	gone, err := a.heads.gone(ctx, a.store)
	if err != nil {
		return nil, err
	}
	a.cut = len(gone) > 0
	a.door = account.NewDoor(a.store, account.Options{
		Now: c.Now, SetupCode: a.setupCodeOf(c), Passkeys: account.Domain{Name: a.base.Name(), Origins: a.base.Origins()},
	})
	if a.setupCode, err = a.door.OfferSetup(ctx); err != nil {
		return nil, err
	}
	pages, err := fs.Sub(frontend.Dist, "dist")
	if err != nil {
		return nil, err
	}
	between, err := a.between(c, m)
	if err != nil {
		return nil, err
	}
	a.hub = hub.New(a.store, a.store, hub.Options{
		Now: c.Now, Logger: log, Bus: between, Stored: m.TurnStored, Refused: m.Refused, Slow: m.SlowClosed,
	})
	a.rehearsals = rehearsal.NewRooms(c.Now, log)
	a.web, err = web.New(web.Options{
		Base: a.base, Proxies: proxies, Pages: pages, Log: log, Now: c.Now,
		Store: a.store, Door: a.door, Hub: a.hub,
		Content:    func() (catalog.Content, error) { return catalog.LoadContent(content.Files) },
		Rehearsals: a.rehearsals, Preview: c.Preview, Served: m.Served, Slow: m.SlowClosed,
	})
	if err == nil {
		a.watch(m)
	}
	return a, err
}

// between is how this node hears of others; nil where there are none. On a shared
// database there may always be some: one without a broker hears of them in the log alone.
func (a *app) between(c config, m *metrics.Metrics) (hub.Bus, error) {
	switch {
	case c.NATSURL == "" && c.DatabaseURL == "":
		return nil, nil
	case c.NATSURL == "":
		return &hub.LocalBus{}, nil
	case c.DatabaseURL == "":
		return nil, wrongUse{errors.New("--nats-url joins nodes that share a database: give --database-url too")}
	}
	subject, err := a.store.Subject()
	if err != nil {
		return nil, err
	}
	a.bus, err = natsbus.Open(natsbus.Options{URL: c.NATSURL, Subject: subject, Log: a.log, Lag: m.BusLag})
	if err != nil {
		return nil, wrongUse{fmt.Errorf("--nats-url: %w", err)}
	}
	return a.bus, nil
}

// setupCodeOf is nil where one node alone makes the code up. Of several, whoever comes
// first may be sent to any: all know the same.
func (a *app) setupCodeOf(c config) func() (string, error) {
	if c.DatabaseURL == "" {
		return nil
	}
	return func() (string, error) {
		secret, err := a.store.SetupSecret()
		return account.CodeFrom(secret), err
	}
}

const (
	sweepEvery = time.Hour
	sweptAfter = 24 * time.Hour // what has been over for so long is swept away
)

// sweep purges at once, and again with every tick, until ctx ends.
func (a *app) sweep(ctx context.Context, ticks <-chan time.Time) {
	for {
		rows, err := a.store.Purge(ctx, a.now().Add(-sweptAfter))
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			a.log.Error("what is over was not purged", "cause", err)
		case rows > 0:
			a.log.Info("purged what is over", "count", rows)
		}
		a.rehearsals.Sweep()
		select {
		case <-ticks:
		case <-ctx.Done():
			return
		}
	}
}

const (
	restEvery = 30 * time.Second
	restAfter = 4 // times in a row that nobody was there
)

// rests looks with every tick how many are there, until ctx ends. It has the house rest once
// nobody has been for a while, and again only after somebody was.
func rests(ctx context.Context, ticks <-chan time.Time, there func() int, rest func()) {
	for still := 0; ; {
		select {
		case <-ticks:
		case <-ctx.Done():
			return
		}
		if still++; there() > 0 {
			still = 0
		}
		if still == restAfter {
			rest()
		}
	}
}

// rest gives the machine back what a crowd took: Go would keep a part of it for the next,
// and the C library under SQLite all.
func (a *app) rest() {
	a.store.Rest()
	debug.FreeOSMemory()
}

// run answers until ctx ends. Sockets are told to come back first, then the calls
// under way are finished.
func (a *app) run(ctx context.Context) error {
	served := make(chan error, 1)
	go func() { served <- a.web.Serve(a.listen) }()
	go a.numbers.serve()
	broken := make(chan error, 1)
	go func() { // beside the first pages, which need none of it
		if err := a.web.Stock(); err != nil {
			broken <- err
		}
	}()
	if err := a.https.serve(ctx); err != nil {
		return err
	}
	sweeping, enough := context.WithCancel(ctx)
	var sweeper sync.WaitGroup
	sweeper.Go(func() {
		hourly := time.NewTicker(sweepEvery)
		defer hourly.Stop()
		a.sweep(sweeping, hourly.C)
	})
	sweeper.Go(func() {
		ticks := time.NewTicker(restEvery)
		defer ticks.Stop()
		rests(sweeping, ticks.C, a.hub.Rooms, a.rest)
	})
	defer sweeper.Wait()
	defer enough()
	noting, noted := context.WithCancel(context.WithoutCancel(ctx)) // what is done as the last, too
	sweeper.Go(func() { a.heads.keep(noting, a.store, a.now, a.log) })
	defer noted()
	select {
	case err := <-served:
		return err
	case err := <-broken:
		return err
	case <-ctx.Done():
	}
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	err := errors.Join(a.hub.Close(within), a.rehearsals.Close(within), a.web.Shutdown(within), a.https.shutdown(within))
	// Told to stop before it began to serve, it would begin now: not on a closed listener.
	return errors.Join(err, a.deafen(), unlessClosed(<-served))
}

// deafen stops listening; once is enough.
func (a *app) deafen() error { return unlessClosed(a.listen.Close()) }

func unlessClosed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// close lets go of what open took hold of, as far as it came.
func (a *app) close() error {
	var errs []error
	if a.listen != nil {
		errs = append(errs, a.deafen())
	}
	errs = append(errs, a.https.close(), a.numbers.close())
	if a.bus != nil {
		a.bus.Close()
	}
	if a.store != nil {
		errs = append(errs, a.store.Close())
	}
	return errors.Join(errs...)
}
