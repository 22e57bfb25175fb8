package natsbus

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"

	"mend/internal/hub"
)

// Options of a bus.
type Options struct {
	// URL of the broker, with whatever it asks for: nats://user:word@host:4222, tls://….
	// Several, with commas between, are servers of one cluster.
	URL string
	// Subject is what the nodes of one database share. Others on the broker cannot guess it.
	Subject string
	Log     *slog.Logger // when the broker goes and comes back; slog.Default
	// Lag is told how long a notice of this node's took to the broker and back; may be nil.
	Lag func(time.Duration)
}

// A broker that is gone without a word is noticed within three pings, and looked for
// again every half second, for as long as it takes. The hub has presence right within
// five seconds of its coming back.
const (
	pingEvery  = time.Second
	pingsOut   = 2
	dialWithin = 2 * time.Second
	lookAgain  = 400 * time.Millisecond
	jitter     = 200 * time.Millisecond
)

// atMost notices wait for a broker that does not take them as fast as they come: a
// room is never kept waiting.
const atMost = 4096

// Bus is one node's connection. It is safe for concurrent use.
type Bus struct {
	o     Options
	conn  *nats.Conn
	id    string // tells a notice of this node's from others
	began time.Time

	out      chan []byte
	quit     chan struct{}
	finished sync.WaitGroup
	closing  sync.Once
	lost     atomic.Uint64
	there    atomic.Bool // asking the connection would wait for whoever writes on it
}

// Open begins to look for the broker and does not wait for it: a node serves without.
// The error is that of a URL that is none.
func Open(o Options) (*Bus, error) {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Lag == nil {
		o.Lag = func(time.Duration) {}
	}
	b := &Bus{o: o, id: uuid.NewString(), began: time.Now(), out: make(chan []byte, atMost), quit: make(chan struct{})}
	conn, err := nats.Connect(
		o.URL,
		nats.Name("mend"),
		nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1), nats.IgnoreAuthErrorAbort(),
		nats.ReconnectWait(lookAgain), nats.ReconnectJitter(jitter, jitter), nats.Timeout(dialWithin),
		nats.PingInterval(pingEvery), nats.MaxPingsOutstanding(pingsOut), nats.FlusherTimeout(dialWithin),
		// What was said while the broker was away is not said again: by then it may be
		// wrong, and put out a device that came meanwhile.
		nats.ReconnectBufSize(-1),
		nats.ConnectHandler(b.found), nats.ReconnectHandler(b.found),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			b.there.Store(false)
			if err != nil {
				b.o.Log.Warn("broker lost; what other nodes do is seen later", "cause", err)
			}
		}),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { b.o.Log.Warn("broker", "cause", err) }),
	)
	if err != nil {
		return nil, fmt.Errorf("broker: %w", withoutURL(err))
	}
	b.conn = conn
	b.finished.Go(b.send)
	return b, nil
}

func (b *Bus) found(c *nats.Conn) {
	b.there.Store(true)
	b.o.Log.Info("broker found", "address", c.ConnectedUrlRedacted())
}

// withoutURL leaves out what an address may hold of a password.
func withoutURL(err error) error {
	for _, known := range []error{nats.ErrNoServers, nats.ErrAuthorization, nats.ErrTimeout} {
		if errors.Is(err, known) {
			return known
		}
	}
	return errors.New("its address is not understood; it looks like nats://host:4222")
}

// notice is how one travels. A node of another version reads of it what it knows.
type notice struct {
	From   string        `json:"from"`
	Sent   time.Duration `json:"sent"` // on the sender's own clock, since it opened the bus
	Notice hub.Notice    `json:"notice"`
}

// Publish says a notice to all nodes, soon; where there is no broker it is lost.
func (b *Bus) Publish(n hub.Notice) error {
	raw, err := json.Marshal(notice{b.id, time.Since(b.began), n})
	if err != nil {
		return err
	}
	if !b.there.Load() {
		b.lost.Add(1)
		return nil
	}
	select {
	case b.out <- raw:
	default:
		b.lost.Add(1)
	}
	return nil
}

// send hands on what was published: the connection may wait for the broker, and
// whoever publishes may not.
func (b *Bus) send() {
	for {
		select {
		case raw := <-b.out:
			if err := b.conn.Publish(b.o.Subject, raw); err != nil {
				b.lost.Add(1)
			}
		case <-b.quit:
			return
		}
	}
}

// Subscribe has heard given every notice of every node, its own among them, one after
// another.
func (b *Bus) Subscribe(heard func(hub.Notice)) (stop func()) {
	sub, err := b.conn.Subscribe(b.o.Subject, func(m *nats.Msg) {
		var n notice
		if err := json.Unmarshal(m.Data, &n); err != nil {
			b.o.Log.Warn("a notice was not understood")
			return
		}
		if n.From == b.id {
			b.o.Lag(max(time.Since(b.began)-n.Sent, 0))
		}
		heard(n.Notice)
	})
	if err != nil { // closed already
		b.o.Log.Warn("broker", "cause", err)
		return func() {}
	}
	return func() { _ = sub.Unsubscribe() }
}

// Connected tells whether the broker is there.
func (b *Bus) Connected() bool { return b.there.Load() }

// Lost counts the notices that no broker took.
func (b *Bus) Lost() uint64 { return b.lost.Load() }

// Close ends it; what is on its way may be lost.
func (b *Bus) Close() {
	b.closing.Do(func() {
		close(b.quit)
		b.conn.Close()
		b.finished.Wait()
	})
}

// Answers tells whether a broker is there now, and at which of its addresses.
func Answers(url string) (address string, err error) {
	conn, err := nats.Connect(url, nats.Name("mend doctor"), nats.Timeout(dialWithin), nats.NoReconnect())
	if err != nil {
		return "", fmt.Errorf("broker: %w", withoutURL(err))
	}
	defer conn.Close()
	return conn.ConnectedUrlRedacted(), conn.FlushTimeout(dialWithin)
}
