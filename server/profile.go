package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/pprof"
	"time"
)

// profiles is where an operator on this very machine looks at what Mend spends time and
// memory on. No word of anybody's is in a profile, but whoever may ask for one can keep
// the server busy: so it listens on the loopback or not at all.
type profiles struct {
	listen net.Listener
	server *http.Server
}

// profile listens for an operator; nil where address is empty.
func profile(ctx context.Context, address string) (*profiles, error) {
	if address == "" {
		return nil, nil
	}
	host, _, err := net.SplitHostPort(address)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return nil, wrongUse{errors.New("--profile is an address of this machine alone, such as 127.0.0.1:6060")}
	}
	listen, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	paths := http.NewServeMux()
	for _, name := range []string{"allocs", "block", "goroutine", "heap", "mutex", "threadcreate"} {
		paths.Handle("GET /debug/pprof/"+name, pprof.Handler(name))
	}
	paths.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	paths.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	p := &profiles{listen, &http.Server{Handler: paths, ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 2 * time.Minute}}
	go func() { _ = p.server.Serve(listen) }()
	return p, nil
}

func (p *profiles) close() error {
	if p == nil {
		return nil
	}
	return errors.Join(p.server.Close(), unlessClosed(p.listen.Close()))
}
