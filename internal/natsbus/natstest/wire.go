package natstest

import (
	"context"
	"net"
	"sync"
	"testing"
)

// Wire carries connections to an address until it is cut. A cut wire is dead without a
// word, as a network is: nothing arrives, and nothing is closed.
type Wire struct {
	to string
	at net.Listener

	mu    sync.Mutex
	cut   bool
	whole *sync.Cond
}

// NewWire is one to an address, at an address of its own.
func NewWire(t testing.TB, to string) *Wire {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &Wire{to: to, at: l}
	w.whole = sync.NewCond(&w.mu)
	var open sync.WaitGroup
	open.Go(func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			open.Go(func() { w.carry(near) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		w.Mend()
		open.Wait()
	})
	return w
}

// Cut has it carry nothing more, without a word.
func (w *Wire) Cut() { w.set(true) }

// Mend has it carry again.
func (w *Wire) Mend() { w.set(false) }

func (w *Wire) set(cut bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut = cut
	w.whole.Broadcast()
}

// Address is where it begins.
func (w *Wire) Address() string { return w.at.Addr().String() }

func (w *Wire) carries() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.cut {
		w.whole.Wait()
	}
}

func (w *Wire) carry(near net.Conn) {
	w.carries()
	far, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", w.to)
	if err != nil {
		_ = near.Close()
		return
	}
	var both sync.WaitGroup
	for _, way := range [][2]net.Conn{{near, far}, {far, near}} {
		both.Go(func() {
			defer near.Close()
			defer far.Close()
			piece := make([]byte, 4096)
			for {
				n, err := way[0].Read(piece)
				w.carries()
				if n > 0 {
					if _, err := way[1].Write(piece[:n]); err != nil {
						return
					}
				}
				if err != nil {
					return
				}
			}
		})
	}
	both.Wait()
}
