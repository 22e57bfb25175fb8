package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"syscall"
	"time"

	"mend/internal/metrics"
	"mend/internal/session"
)

// usualNumbers is where the numbers are read when nobody said otherwise.
const usualNumbers = "127.0.0.1:9464"

// numbers is the listener that only an operator's machinery comes to. Nobody is asked
// who they are there: it belongs on the loopback, or behind a wall.
type numbers struct {
	listen net.Listener // nil where the usual place was taken
	server *http.Server
}

// numbers listens for them. The usual place may be taken, by a second Mend on this
// machine: that is told and no reason not to serve. Any other that was asked for is.
func (c config) numbers(ctx context.Context, m *metrics.Metrics) (*numbers, error) {
	if c.Metrics == "" || c.Metrics == "off" {
		return nil, nil
	}
	listen, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Metrics)
	if c.Metrics == usualNumbers && errors.Is(err, syscall.EADDRINUSE) {
		return &numbers{}, nil
	}
	if err != nil {
		return nil, err
	}
	paths := http.NewServeMux()
	paths.Handle("GET /metrics", m.Handler())
	return &numbers{listen, &http.Server{Handler: paths, ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 10 * time.Second}}, nil
}

// serve answers until close.
func (n *numbers) serve() {
	if n != nil && n.listen != nil {
		_ = n.server.Serve(n.listen)
	}
}

func (n *numbers) close() error {
	if n == nil || n.listen == nil {
		return nil
	}
	return errors.Join(n.server.Close(), unlessClosed(n.listen.Close()))
}

func (n *numbers) told() string {
	if n.listen == nil {
		return "none: " + usualNumbers + " is taken. Give another address with --metrics."
	}
	return "http://" + n.listen.Addr().String() + "/metrics"
}

// watch has the numbers asked for that are not told.
func (a *app) watch(m *metrics.Metrics) {
	sockets := map[string]func() int{}
	for _, role := range session.Roles() {
		sockets[string(role)] = func() int { return a.hub.Seats(role) }
	}
	sources := metrics.Sources{Sessions: a.hub.Rooms, Sockets: sockets, Log: func() metrics.Log {
		c := a.store.Counters()
		return metrics.Log{Appends: c.Appends, Commits: c.Commits, Conflicts: c.Conflicts, Refused: c.Refused}
	}}
	if a.bus != nil {
		sources.Bus = func() metrics.Bus { return metrics.Bus{Connected: a.bus.Connected(), Lost: a.bus.Lost()} }
	}
	m.Watch(sources)
}
