package web

import (
	"errors"
	"net"
	"net/netip"
	"sync"
	"syscall"
	"time"
)

// Bound closes what one address opens beyond a number of connections at once, so that
// nobody takes up all that the server can serve. Proxies of ours are many people, and
// so may the machine itself be that Mend runs on: they are not counted. Nothing is
// counted where each is 0. And it outlasts the moments in which the machine has no
// room for another connection, after which fasthttp would serve nobody ever again.
func (p Proxies) Bound(l net.Listener, each int) net.Listener {
	return &crowd{Listener: l, each: each, free: p, open: map[netip.Addr]int{}}
}

type crowd struct {
	net.Listener
	each int
	free Proxies

	mu   sync.Mutex
	open map[netip.Addr]int // those of each address, none where there is none
}

// Accept implements net.Listener.
func (c *crowd) Accept() (net.Conn, error) {
	for {
		conn, err := c.Listener.Accept()
		if passing(err) {
			<-time.After(catchBreath)
			continue
		}
		if err != nil {
			return nil, err
		}
		from, counted := c.counted(conn)
		if !counted {
			return conn, nil
		}
		if c.enter(from) {
			return &oneOfMany{Conn: conn, leave: sync.OnceFunc(func() { c.left(from) })}, nil
		}
		_ = conn.Close()
	}
}

// catchBreath is for how long nobody is let in who cannot be.
const catchBreath = 50 * time.Millisecond

// passing tells of a failure that is over once others have left.
func passing(err error) bool {
	for _, e := range []error{
		syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.ENOMEM, syscall.ECONNABORTED, syscall.ECONNRESET, syscall.EINTR,
	} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

func (c *crowd) counted(conn net.Conn) (netip.Addr, bool) {
	tcp, ok := conn.RemoteAddr().(*net.TCPAddr)
	if !ok || c.each <= 0 {
		return netip.Addr{}, false
	}
	from := tcp.AddrPort().Addr().Unmap()
	return from.WithZone(""), !itself(from) && !c.free.trust(from)
}

// itself is the machine under the two names by which proxies on it call.
func itself(a netip.Addr) bool {
	return a == netip.AddrFrom4([4]byte{127, 0, 0, 1}) || a == netip.IPv6Loopback()
}

func (c *crowd) enter(from netip.Addr) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open[from] >= c.each {
		return false
	}
	c.open[from]++
	return true
}

func (c *crowd) left(from netip.Addr) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open[from]--; c.open[from] <= 0 {
		delete(c.open, from)
	}
}

// oneOfMany is counted until it is closed.
type oneOfMany struct {
	net.Conn
	leave func()
}

// UnsafeConn is the connection itself, for whoever closes it through this one nevertheless.
func (o *oneOfMany) UnsafeConn() net.Conn { return o.Conn }

// Close implements net.Conn.
func (o *oneOfMany) Close() error {
	o.leave()
	return o.Conn.Close()
}
