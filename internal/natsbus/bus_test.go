package natsbus_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"mend/internal/hub"
	"mend/internal/natsbus"
	"mend/internal/natsbus/natstest"
	"mend/internal/protocol"
	"mend/internal/session"
)

// ears keep what was heard on a bus.
type ears struct {
	mu    sync.Mutex
	heard []hub.Notice
}

func listens(t testing.TB, b hub.Bus) *ears {
	e := &ears{}
	t.Cleanup(b.Subscribe(func(n hub.Notice) {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.heard = append(e.heard, n)
	}))
	return e
}

func (e *ears) have(n hub.Notice) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.ContainsFunc(e.heard, func(o hub.Notice) bool { return reflect.DeepEqual(n, o) })
}

func says(t testing.TB, b hub.Bus, n hub.Notice) {
	t.Helper()
	if err := b.Publish(n); err != nil {
		t.Fatal(err)
	}
}

// joins is another node's bus to a broker at an address.
func joins(t testing.TB, address string, o natsbus.Options) *natsbus.Bus {
	t.Helper()
	o.URL = "nats://" + address
	if o.Subject == "" {
		o.Subject = "mend.test"
	}
	o.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	bus, err := natsbus.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(bus.Close)
	eventually(t, "the broker is found", bus.Connected)
	return bus
}

// eventually waits until something is so, and looks every few milliseconds.
func eventually(t testing.TB, what string, is func() bool) {
	t.Helper()
	within(t, what, 10*time.Second, is)
}

func within(t testing.TB, what string, patience time.Duration, is func() bool) {
	t.Helper()
	look, enough := time.NewTicker(5*time.Millisecond), time.After(patience)
	defer look.Stop()
	for !is() {
		select {
		case <-look.C:
		case <-enough:
			t.Fatalf("not within %v: %s", patience, what)
		}
	}
}

func TestEveryNodeHearsEveryNoticeWhole(t *testing.T) {
	at := natstest.New(t)
	a, b := joins(t, at.Address(), natsbus.Options{}), joins(t, at.Address(), natsbus.Options{})
	heard := []*ears{listens(t, a), listens(t, b)}
	notices := []hub.Notice{
		{Session: "s", Node: "a", Seq: 1<<64 - 1},
		{Session: "s", Node: "a", Ask: true},
		{Session: "s", Node: "a", Here: hub.Attendance{session.One: protocol.Writing, session.Counselor: protocol.Here}},
		{Session: "s", Node: "a", Here: hub.Attendance{}}, // nobody, which is more than nothing
		{Session: "s", Node: "a", Out: session.Two, Code: protocol.LinkOver},
		{Node: "a", Who: "a counselor's id", Code: protocol.NotFound},
	}
	listening(t, a, heard...)
	for _, n := range notices {
		says(t, a, n)
	}
	for i, e := range heard {
		for _, n := range notices {
			eventually(t, "node "+string(rune('a'+i))+" hears it", func() bool { return e.have(n) })
		}
	}
}

// listening waits until what is said on a bus is heard by all: the broker has taken in
// who listens.
func listening(t testing.TB, from hub.Bus, all ...*ears) {
	t.Helper()
	hello := hub.Notice{Session: "hello"}
	eventually(t, "all hear each other", func() bool {
		says(t, from, hello)
		return !slices.ContainsFunc(all, func(e *ears) bool { return !e.have(hello) })
	})
}

// Two databases may share a broker: what the nodes of one say, those of the other do
// not hear.
func TestAnotherHousesNodesHearNothing(t *testing.T) {
	at := natstest.New(t)
	ours, theirs := joins(t, at.Address(), natsbus.Options{Subject: "mend.ours"}), joins(t, at.Address(), natsbus.Options{Subject: "mend.theirs"})
	us, them := listens(t, ours), listens(t, theirs)
	listening(t, ours, us)
	listening(t, theirs, them)
	secret := hub.Notice{Session: "ours", Seq: 7}
	says(t, ours, secret)
	eventually(t, "we hear it", func() bool { return us.have(secret) })
	last := hub.Notice{Session: "after"}
	says(t, theirs, last)
	eventually(t, "they hear their own", func() bool { return them.have(last) })
	if them.have(secret) {
		t.Error("another house heard it")
	}
}

func TestABrokerThatWasKilledIsFoundAgain(t *testing.T) {
	at := natstest.New(t)
	a, b := joins(t, at.Address(), natsbus.Options{}), joins(t, at.Address(), natsbus.Options{})
	heard := listens(t, b)
	listening(t, a, heard)
	at.Kill()
	eventually(t, "the nodes notice", func() bool { return !a.Connected() && !b.Connected() })
	before := a.Lost()
	meanwhile := hub.Notice{Session: "meanwhile", Out: session.One, Code: protocol.OpenElsewhere}
	says(t, a, meanwhile)
	if a.Lost() != before+1 {
		t.Error("what nobody took was not counted")
	}
	at.Start()
	within(t, "the nodes hear each other again", 4*time.Second, func() bool {
		n := hub.Notice{Session: "again"}
		says(t, a, n)
		return heard.have(n)
	})
	if heard.have(meanwhile) {
		t.Error("what was said while the broker was away came late: by now it may put out somebody else")
	}
}

// A node begins without a broker, and finds it when it comes.
func TestANodeDoesNotWaitForTheBroker(t *testing.T) {
	at := natstest.New(t)
	at.Kill()
	bus, err := natsbus.Open(natsbus.Options{URL: "nats://" + at.Address(), Subject: "mend.test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(bus.Close)
	heard := listens(t, bus)
	at.Start()
	listening(t, bus, heard)
}

// The network to the broker dies without a word. Nobody who publishes waits for it,
// and when it is whole again the node is back within seconds.
func TestANodeCutOffFromTheBrokerGoesOnAndComesBack(t *testing.T) {
	for name, length := range map[string]int{"saying little": 16, "saying more than the network holds": 64 << 10} {
		t.Run(name, func(t *testing.T) {
			at := natstest.New(t)
			w := natstest.NewWire(t, at.Address())
			far, near := joins(t, w.Address(), natsbus.Options{}), joins(t, at.Address(), natsbus.Options{})
			heard := listens(t, near)
			listening(t, far, heard)
			w.Cut()
			within(t, "the cut is noticed", 6*time.Second, func() bool {
				began := time.Now()
				says(t, far, hub.Notice{Session: strings.Repeat("s", length)})
				if took := time.Since(began); took > time.Second {
					t.Fatalf("to publish took %v", took)
				}
				return !far.Connected()
			})
			w.Mend()
			within(t, "it is heard again", 4*time.Second, func() bool {
				n := hub.Notice{Session: "again"}
				says(t, far, n)
				return heard.have(n)
			})
		})
	}
}

func TestTheLagIsThatOfOwnNotices(t *testing.T) {
	at := natstest.New(t)
	var told, wrong atomic.Int64
	bus := joins(t, at.Address(), natsbus.Options{Lag: func(took time.Duration) {
		told.Add(1)
		if took < 0 || took > 10*time.Second {
			wrong.Add(1)
		}
	}})
	heard := listens(t, bus)
	listening(t, bus, heard)
	last := hub.Notice{Session: "ours"}
	says(t, bus, last)
	eventually(t, "the last of ours is heard", func() bool { return heard.have(last) })
	before := told.Load()
	if before == 0 {
		t.Error("no lag was told")
	}
	other := joins(t, at.Address(), natsbus.Options{})
	n := hub.Notice{Session: "theirs"}
	says(t, other, n)
	eventually(t, "another's notice is heard", func() bool { return heard.have(n) })
	if told.Load() != before || wrong.Load() > 0 {
		t.Errorf("told of %d lags more, %d of them impossible", told.Load()-before, wrong.Load())
	}
}

// Whoever listens at the broker learns ids and numbers.
func TestNothingButTheNoticeTravels(t *testing.T) {
	at := natstest.New(t)
	bus := joins(t, at.Address(), natsbus.Options{Subject: "mend.5d41402a"})
	spy, err := nats.Connect("nats://" + at.Address())
	if err != nil {
		t.Fatal(err)
	}
	defer spy.Close()
	caught := make(chan *nats.Msg, 64)
	if _, err := spy.ChanSubscribe(">", caught); err != nil {
		t.Fatal(err)
	}
	if err := spy.Flush(); err != nil {
		t.Fatal(err)
	}
	says(t, bus, hub.Notice{Session: "s", Node: "a", Seq: 3, Here: hub.Attendance{session.One: protocol.Here}, Pages: hub.Pages{session.One: "9f86"}})
	m := <-caught
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(m.Data, &fields); err != nil {
		t.Fatal(err)
	}
	delete(fields, "from")
	delete(fields, "sent")
	want := `{"Session":"s","Node":"a","Seq":3,"Here":{"one":"here"},"Pages":{"one":"9f86"},"Ask":false,"Out":"","Who":"","Code":0}`
	if got := string(fields["notice"]); m.Subject != "mend.5d41402a" || len(fields) != 1 || got != want {
		t.Errorf("on %s travels %s", m.Subject, m.Data)
	}
}

func TestAnAddressThatIsNoneIsRefusedAndNotRepeated(t *testing.T) {
	_, err := natsbus.Open(natsbus.Options{URL: "nats://mend:hunter2@ho st:port"})
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("refused with %v", err)
	}
}

func TestWhoStoppedHearsNothingMore(t *testing.T) {
	at := natstest.New(t)
	bus := joins(t, at.Address(), natsbus.Options{})
	gone, stays := &ears{}, listens(t, bus)
	stop := bus.Subscribe(func(n hub.Notice) {
		gone.mu.Lock()
		defer gone.mu.Unlock()
		gone.heard = append(gone.heard, n)
	})
	listening(t, bus, gone, stays)
	stop()
	n := hub.Notice{Session: "after"}
	says(t, bus, n)
	eventually(t, "the other hears it", func() bool { return stays.have(n) })
	if gone.have(n) {
		t.Error("who stopped heard it")
	}
}
