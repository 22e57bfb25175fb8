package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// cell is a network between this machine and itself that carries badly, as a bad cell
// does. It is a device of the kernel's whose other end the test holds: every packet passes
// there and is late, or lost. TCP is the kernel's own on either side, with its ways of
// finding out that a packet was lost.
type cell struct {
	*testing.T
	device *os.File
	own    netip.Addr // this machine's, at which there is listened

	mu   sync.Mutex
	last netip.Addr            // that was given away
	air  map[netip.Addr]*phone // by the address at which the machine sees who has it

	passed, lost atomic.Int64
}

// phone is where one of its people is.
type phone struct {
	port     uint16 // at which is listened for it
	up, down lane
}

// lane is one direction of a phone's line. What it carries stays in order.
type lane struct {
	badness
	free    time.Time // when all that came before has left
	arrived time.Time // when all that came before is there
	on      chan onTheWay
}

// badness of a lane: so many packets of a hundred are lost, each is on its way for so
// long, give or take, and a second has room for so many bytes.
type badness struct {
	lost       int
	far, about time.Duration
	rate       float64
}

type onTheWay struct {
	packet []byte
	at     time.Time // when it arrives
}

const (
	cellMTU = 1500
	// backlog is how much a lane keeps waiting before it throws packets away.
	backlog = 3 * time.Second
)

// newCell makes one. The addresses are among those set aside for such trials (RFC 2544),
// and others for each process.
func newCell(t *testing.T) *cell {
	t.Helper()
	own := netip.AddrFrom4([4]byte{198, 18, byte(os.Getpid()), 1})
	device, err := openTUN(own)
	if errors.Is(err, unix.EPERM) || errors.Is(err, unix.EACCES) || errors.Is(err, unix.ENOENT) {
		t.Skipf("this needs /dev/net/tun and the right to a network of its own: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	c := &cell{T: t, device: device, own: own, last: own, air: map[netip.Addr]*phone{}}
	var carrying sync.WaitGroup
	carrying.Go(c.carries)
	t.Cleanup(func() {
		if err := device.Close(); err != nil {
			t.Error(err)
		}
		carrying.Wait()
	})
	return c
}

// openTUN makes a network device that has an address of the machine's, and is everybody
// else's of the same 256. It is gone once it is closed.
func openTUN(own netip.Addr) (_ *os.File, err error) {
	tun, err := unix.Open("/dev/net/tun", unix.O_RDWR|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	device := func() *os.File { return os.NewFile(uintptr(tun), "tun") }
	socket, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, errors.Join(err, device().Close())
	}
	defer unix.Close(socket)
	asks := func(to int, request uint, said func(*unix.Ifreq) error) {
		if err != nil {
			return
		}
		var is *unix.Ifreq
		if is, err = unix.NewIfreq(fmt.Sprintf("mend%d", os.Getpid())); err == nil {
			err = errors.Join(said(is), unix.IoctlIfreq(to, request, is))
		}
	}
	number := func(n uint16) func(*unix.Ifreq) error {
		return func(is *unix.Ifreq) error { is.SetUint16(n); return nil }
	}
	address := func(a netip.Addr) func(*unix.Ifreq) error {
		return func(is *unix.Ifreq) error { return is.SetInet4Addr(a.AsSlice()) }
	}
	asks(tun, unix.TUNSETIFF, number(unix.IFF_TUN|unix.IFF_NO_PI))
	asks(socket, unix.SIOCSIFADDR, address(own))
	asks(socket, unix.SIOCSIFNETMASK, address(netip.AddrFrom4([4]byte{255, 255, 255, 0})))
	asks(socket, unix.SIOCSIFFLAGS, number(unix.IFF_UP|unix.IFF_RUNNING))
	if err != nil {
		return nil, errors.Join(err, device().Close())
	}
	return device(), nil // not before it is a device: Go would find nothing to wait for
}

// line is where a server can be reached over a line as bad as is said, either way.
func (c *cell) line(server string, bad badness) string {
	c.Helper()
	here := newFrailAt(c.T, server, netip.AddrPortFrom(c.own, 0).String())
	c.Cleanup(here.cut)
	listens := netip.MustParseAddrPort(here.at)
	p := &phone{port: listens.Port(), up: lane{badness: bad}, down: lane{badness: bad}}
	p.up.opens(c)
	p.down.opens(c)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last = c.last.Next(); len(c.air) > 250 {
		c.Error("no address is left")
	}
	c.air[c.last] = p
	return netip.AddrPortFrom(c.last, listens.Port()).String()
}

// carries takes what the kernel sends, until the device is closed.
func (c *cell) carries() {
	room := make([]byte, cellMTU)
	for {
		n, err := c.device.Read(room)
		if err != nil {
			return
		}
		if packet := room[:n]; n >= 40 && packet[0] == 0x45 && packet[9] == unix.IPPROTO_TCP {
			c.takes(slices.Clone(packet))
		}
	}
}

// takes puts a packet onto its lane. It comes back to the machine it came from, with its
// sender and its receiver changed over: who speaks to a phone's address speaks to the
// server, which sees that phone. No sum in a packet changes by it.
func (c *cell) takes(packet []byte) {
	from, to, port := packet[12:16], packet[16:20], binary.BigEndian.Uint16(packet[22:])
	c.mu.Lock()
	p := c.air[netip.AddrFrom4([4]byte(to))]
	c.mu.Unlock()
	if p == nil {
		return
	}
	for i := range from {
		from[i], to[i] = to[i], from[i]
	}
	l := &p.down
	if port == p.port {
		l = &p.up
	}
	if l.takes(packet) {
		c.passed.Add(1)
	} else {
		c.lost.Add(1)
	}
}

// takes has a packet arrive in time, or loses it.
func (l *lane) takes(packet []byte) bool {
	now := time.Now()
	if l.free.Before(now) {
		l.free = now
	}
	if rand.IntN(100) < l.lost || l.free.Sub(now) > backlog { //nolint:gosec // chance, not secrecy
		return false
	}
	l.free = l.free.Add(time.Duration(float64(len(packet)) / l.rate * float64(time.Second)))
	at := l.free.Add(l.far - l.about + rand.N(2*l.about)) //nolint:gosec // likewise
	if at.Before(l.arrived) {
		at = l.arrived
	}
	l.arrived = at
	select {
	case l.on <- onTheWay{packet, at}:
		return true
	default:
		return false
	}
}

// opens has a lane carry until its test ends.
func (l *lane) opens(c *cell) {
	l.on = make(chan onTheWay, 1024)
	ctx, stop := context.WithCancel(context.Background())
	var carrying sync.WaitGroup
	carrying.Go(func() {
		for {
			select {
			case next := <-l.on:
				if !pause(ctx, time.Until(next.at)) {
					return
				}
				if _, err := c.device.Write(next.packet); err != nil {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	})
	c.Cleanup(func() {
		stop()
		carrying.Wait()
	})
}
