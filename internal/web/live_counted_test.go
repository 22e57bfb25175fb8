package web_test

import (
	"net"
	"sync"
	"sync/atomic"
	"syscall"
)

// sockets is a listener that counts what is written on each of its connections: one
// Write is one system call.
type sockets struct {
	net.Listener
	covered atomic.Bool // connections do not tell their descriptor, as those under TLS do not
	mu      sync.Mutex
	open    []*counted
}

type counted struct {
	net.Conn
	writes atomic.Int64
	closed atomic.Bool
}

func (s *sockets) Accept() (net.Conn, error) {
	c, err := s.Listener.Accept()
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	counted := &counted{Conn: c}
	s.open = append(s.open, counted)
	if s.covered.Load() {
		return struct{ net.Conn }{counted}, nil
	}
	return counted, nil
}

func (c *counted) Write(p []byte) (int, error) {
	c.writes.Add(1)
	return c.Conn.Write(p)
}

// SyscallConn implements syscall.Conn.
func (c *counted) SyscallConn() (syscall.RawConn, error) {
	raw, err := c.Conn.(syscall.Conn).SyscallConn()
	return countedRaw{raw, c}, err
}

type countedRaw struct {
	syscall.RawConn
	of *counted
}

func (r countedRaw) Write(f func(fd uintptr) (done bool)) error {
	r.of.writes.Add(1)
	return r.RawConn.Write(f)
}

func (c *counted) Close() error {
	c.closed.Store(true)
	return c.Conn.Close()
}

// newest is the connection that was opened last.
func (s *sockets) newest() *counted {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open[len(s.open)-1]
}

// writes is how often each connection was written to, in the order of their opening.
func (s *sockets) writes() []int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]int64, len(s.open))
	for i, c := range s.open {
		out[i] = c.writes.Load()
	}
	return out
}
