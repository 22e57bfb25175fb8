// Package natstest starts real brokers for tests, and cuts the wire to them.
package natstest

import (
	"net"
	"strconv"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// Broker is a real NATS server, at the same address each time it is started.
type Broker struct {
	testing.TB
	port int
	on   *server.Server
}

// New starts one, until the test is over.
func New(t testing.TB) *Broker {
	t.Helper()
	b := &Broker{TB: t, port: server.RANDOM_PORT}
	b.Start()
	t.Cleanup(b.Kill)
	return b
}

// Start has it listen again after Kill.
func (b *Broker) Start() {
	b.Helper()
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: b.port, NoLog: true, NoSigs: true})
	if err != nil {
		b.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(10 * time.Second) {
		b.Fatal("the broker does not listen")
	}
	b.on, b.port = s, s.Addr().(*net.TCPAddr).Port
}

// Kill ends it, and every connection with it.
func (b *Broker) Kill() {
	b.on.Shutdown()
	b.on.WaitForShutdown()
}

// Address is host and port; a URL puts nats:// before it.
func (b *Broker) Address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(b.port)) }
