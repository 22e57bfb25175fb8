package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mend/internal/bot"
	"mend/internal/promise"
	"mend/internal/protocol"
	"mend/internal/session"
)

// What ten thousand people cost who sit in their rooms and say nothing: how long a ping and
// its pong take, 99 times in 100, and resident memory a socket.
const (
	pongWithin    = 100 * time.Millisecond
	restingWeighs = 40 << 10
)

// Thousands sit at one server and say nothing for longer than a dead socket is kept. None
// of them is lost, each ping is answered soon, and once they have left the server has given
// back, within minutes, what it had taken for them.
func TestAServerHoldsThoseWhoSayNothing(t *testing.T) {
	if raced {
		t.Skip("measured without the race detector")
	}
	numbers := free(t)
	s := &served{T: t, data: t.TempDir() + "/house", listen: free(t), more: []string{"--metrics", numbers}}
	s.start()
	defer func() { s.kill() }()
	trios := s.invited(promise.Times(100, 3334))
	s.kill()
	s.start() // of having made all that, nothing is in the figures
	first := s.lowest(numbers)
	began := time.Now()
	all := s.rest(trios)
	ramp := time.Since(began)
	defer func() {
		for _, r := range all {
			r.Close()
		}
	}()
	pongs := pinged(t, all, promise.Lasting(2*time.Second, 5*time.Minute))
	held := s.figures(numbers)
	each := (held.resident - first.resident) / int64(len(all))
	t.Logf("%d sockets, there after %v: %d pings answered after p50 %v, p99 %v, at most %v; %.1f KiB of resident memory each (%v, then %v)",
		len(all), ramp.Round(time.Millisecond), len(pongs.turns), short(pongs.at(.5)), short(pongs.at(.99)), short(pongs.at(1)), float64(each)/1024, first, held)
	if int(held.sockets) != len(all) || len(pongs.turns) < len(all) {
		t.Errorf("of %d sockets %d are there, and %d pings were answered", len(all), held.sockets, len(pongs.turns))
	}
	if pongs.at(.99) > onADay(pongWithin) {
		t.Errorf("one ping in a hundred is answered only after %v", pongs.at(.99))
	}
	for _, r := range all {
		r.Close()
	}
	if !promise.Whole() { // a few hundred do not show beside the rest
		s.lowest(numbers)
		return
	}
	if each > restingWeighs {
		t.Errorf("a socket weighs %d bytes", each)
	}
	var last figures
	for began := time.Now(); ; {
		last = s.lowest(numbers)
		if last.resident <= first.resident*5/4 {
			t.Logf("%v after they left: %v", time.Since(began).Round(time.Second), last)
			return
		}
		if time.Since(began) > 5*time.Minute { // Go collects every two, and gives back at its leisure
			t.Fatalf("%v after they left: %v, and at first %v", time.Since(began), last, first)
		}
		pause(t.Context(), time.Second)
	}
}

// invited are so many couples with a session and a place for each of the three.
func (s *served) invited(sessions int) []bot.Trio {
	s.Helper()
	desk := s.desk()
	trios := make([]bot.Trio, sessions)
	var next atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(sessions); i = next.Add(1) - 1 {
				trio, err := desk.Invite(s.Context())
				if err != nil {
					s.Error(err)
					return
				}
				trios[i] = trio
			}
		})
	}
	all.Wait()
	if s.Failed() {
		s.FailNow()
	}
	return trios
}

// resting is somebody who sits in a room and says nothing but what a browser says by itself.
type resting struct {
	*testing.T
	net.Conn
	in    *bufio.Reader
	began time.Time

	mu    sync.Mutex
	pongs []time.Duration
	over  bool // left by themselves
}

// rest has all of them sit down, several at a time.
func (s *served) rest(trios []bot.Trio) []*resting {
	s.Helper()
	all := make([]*resting, 3*len(trios))
	var next atomic.Int64
	var coming sync.WaitGroup
	for range 8 {
		coming.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(all)); i = next.Add(1) - 1 {
				all[i] = s.sits(trios[i/3].Seats[session.Roles()[i%3]])
				if all[i] == nil {
					next.Store(int64(len(all)))
					return
				}
				go all[i].listens()
			}
		})
	}
	coming.Wait()
	if s.Failed() {
		s.FailNow()
	}
	return all
}

func (s *served) sits(at bot.Place) *resting {
	conn, err := net.Dial("tcp", s.listen)
	if err != nil {
		s.Error(err)
		return nil
	}
	r := &resting{T: s.T, Conn: conn, in: bufio.NewReaderSize(conn, 512), began: time.Now()}
	_, err = fmt.Fprintf(conn, "GET /live/%s HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"+
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: %s\r\nOrigin: http://%s\r\nCookie: %s\r\n\r\n",
		at.Session, s.listen, protocol.Subprotocol, s.listen, at.Cookie)
	if err == nil {
		var answer *http.Response
		if answer, err = http.ReadResponse(r.in, nil); err == nil && answer.StatusCode != http.StatusSwitchingProtocols {
			err = bot.Status(answer.StatusCode)
		}
	}
	if err != nil {
		s.Errorf("no place: %v", err)
		return nil
	}
	return r
}

// Close has them leave.
func (r *resting) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.over = true
	_ = r.Conn.Close()
}

// listens answers pings and takes pongs until they leave.
func (r *resting) listens() {
	err := r.hears()
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.over {
		r.Errorf("somebody who said nothing was lost: %v", err)
	}
}

func (r *resting) hears() error {
	var head [2]byte
	var long [8]byte
	var small [125]byte
	for {
		if _, err := io.ReadFull(r.in, head[:]); err != nil {
			return err
		}
		n := int64(head[1])
		if wide := map[int64]int{126: 2, 127: 8}[n]; wide > 0 {
			clear(long[:])
			if _, err := io.ReadFull(r.in, long[8-wide:]); err != nil {
				return err
			}
			n = int64(binary.BigEndian.Uint64(long[:])) //nolint:gosec // our own server's
		}
		switch head[0] & 0xf {
		case ping, po:
			if _, err := io.ReadFull(r.in, small[:n]); err != nil {
				return err
			}
			if head[0]&0xf == ping {
				r.says(po, small[:n])
				continue
			}
			sent := time.Duration(binary.BigEndian.Uint64(small[:8])) //nolint:gosec // our own
			r.mu.Lock()
			r.pongs = append(r.pongs, time.Since(r.began)-sent)
			r.mu.Unlock()
		case closing:
			return io.EOF
		default:
			if _, err := io.CopyN(io.Discard, r.in, n); err != nil {
				return err
			}
		}
	}
}

func (r *resting) says(kind byte, what []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, _ = r.Write(masked(final|kind, what)) // who hears nothing finds out
}

// pings sends the time.
func (r *resting) pings() {
	r.says(ping, binary.BigEndian.AppendUint64(nil, uint64(time.Since(r.began)))) //nolint:gosec // not before it began
}

// pinged has all ping by turns for so long, each once at least, and answers with how long
// their pongs took.
func pinged(t *testing.T, all []*resting, d time.Duration) (r report) {
	t.Helper()
	ctx, enough := context.WithTimeout(t.Context(), d)
	defer enough()
	for i := range all {
		all[i].pings()
		pause(t.Context(), time.Millisecond)
	}
	sent := len(all)
	for ; pause(ctx, 4*time.Millisecond); sent++ {
		all[rand.IntN(len(all))].pings() //nolint:gosec // chance, not secrecy
	}
	for patience := soon(t); ; {
		r.turns = nil
		for _, one := range all {
			one.mu.Lock()
			r.turns = append(r.turns, one.pongs...)
			one.mu.Unlock()
		}
		if len(r.turns) >= sent || !pause(patience, 20*time.Millisecond) {
			break
		}
	}
	if len(r.turns) != sent {
		t.Errorf("of %d pings %d were answered", sent, len(r.turns))
	}
	slices.Sort(r.turns)
	return r
}
