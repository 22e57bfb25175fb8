package web_test

import (
	"net"
	"sync"
	"sync/atomic"
)

// sockets is a listener that counts what is written on each of its connections: one
// Write is one system call.
type sockets struct {
	net.Listener
	mu   sync.Mutex
	open []*counted
}

type counted struct {
	net.Conn
	writes, bytes atomic.Int64
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
	return counted, nil
}

func (c *counted) Write(p []byte) (int, error) {
	c.writes.Add(1)
	c.bytes.Add(int64(len(p)))
	return c.Conn.Write(p)
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
