package main

import (
	"errors"
	"io"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"mend/internal/bot"
	"mend/internal/fault"
	"mend/internal/natsbus/natstest"
	"mend/internal/private"
	"mend/internal/promise"
	"mend/internal/protocol"
	"mend/internal/seal"
	"mend/internal/session"
	"mend/internal/store/pgtest"
)

// nodes are servers in processes of their own, on one database and one broker, behind one
// address.
type nodes struct {
	*testing.T
	database *pgtest.Cluster
	broker   *natstest.Broker
	wires    []*natstest.Wire // each node's to the broker
	lines    []*natstest.Wire // each node's to the database
	url, key string
	all      []*served
	numbers  []string // where each node tells its numbers
	address  string   // the one that people know
}

func startNodes(t *testing.T, count int) *nodes {
	t.Helper()
	return startNodesBehind(t, count, newFront)
}

// startNodesBehind starts nodes behind a balancer, which has an address before they are
// there, and begins once they are.
func startNodesBehind(t *testing.T, count int, balancer func(*testing.T, []string) (address string, begin func())) *nodes {
	t.Helper()
	n := &nodes{T: t, database: pgtest.New(t), broker: natstest.New(t), key: filepath.Join(t.TempDir(), "master.key")}
	n.url = n.database.Database(t)
	if _, _, err := seal.LoadMaster(n.key); err != nil {
		t.Fatal(err)
	}
	var addresses []string
	for range count {
		addresses = append(addresses, free(t))
	}
	address, begin := balancer(t, addresses)
	n.address = address
	for _, address := range addresses {
		wire, numbers := natstest.NewWire(t, n.broker.Address()), free(t)
		line := natstest.NewWire(t, n.database.Address())
		n.lines = append(n.lines, line)
		s := &served{T: t, data: t.TempDir() + "/house", listen: address, more: []string{
			"--base-url", "http://" + n.address, "--metrics", numbers,
			"--database-url", strings.Replace(n.url, n.database.Address(), line.Address(), 1), "--nats-url", "nats://" + wire.Address(), "--master-key-file", n.key,
		}}
		n.wires, n.all, n.numbers = append(n.wires, wire), append(n.all, s), append(n.numbers, numbers)
		s.start()
		t.Cleanup(s.kill)
	}
	begin()
	return n
}

// whole is what people know.
func (n *nodes) whole() *served { return &served{T: n.T, listen: n.address} }

// onDisk is how an operator's commands find it.
func (n *nodes) onDisk() onDisk {
	return onDisk{Data: n.all[0].data, MasterKeyFile: n.key, shared: shared{n.url}}
}

// talkAt is a talk in so many rooms of people who all came to one node.
func (n *nodes) talkAt(node, rooms int) *talk {
	n.Helper()
	return n.whole().talkFrom(rooms, func(p *bot.Place) {
		p.Server, p.Origin = "http://"+n.all[node].listen, "http://"+n.address
	})
}

// stops ends a node as a deployment does.
func (n *nodes) stops(s *served) {
	n.Helper()
	if err := s.child.Process.Signal(syscall.SIGTERM); err != nil {
		n.Fatal(err)
	}
	if err := s.child.Wait(); err != nil {
		n.Errorf("a node that was told to stop ended with %v", err)
	}
}

// front is a balancer: whoever comes is sent to the next node that answers.
type front struct {
	nodes []string

	mu   sync.Mutex
	next int
}

func newFront(t *testing.T, nodes []string) (address string, begin func()) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &front{nodes: nodes}
	var open sync.WaitGroup
	open.Go(func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			open.Go(func() { f.carry(near) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		open.Wait()
	})
	return l.Addr().String(), func() {}
}

func (f *front) carry(near net.Conn) {
	defer near.Close()
	for range f.nodes {
		f.mu.Lock()
		f.next++
		node := f.nodes[f.next%len(f.nodes)]
		f.mu.Unlock()
		far, err := net.Dial("tcp", node)
		if err != nil {
			continue
		}
		var both sync.WaitGroup
		both.Go(func() {
			defer near.Close()
			_, _ = io.Copy(near, far)
		})
		_, _ = io.Copy(far, near)
		_ = far.Close()
		both.Wait()
		return
	}
}

// apart is a session whose counselor and partners each came to a node of their choice.
type apart struct {
	*nodes
	id   string
	bots map[session.Role]*bot.Bot
}

// meet lets both partners in; at names each one's node.
func (n *nodes) meet(at map[session.Role]int) *apart {
	n.Helper()
	trio, err := n.whole().desk().Invite(n.Context())
	if err != nil {
		n.Fatal(err)
	}
	a := &apart{nodes: n, id: trio.Session, bots: map[session.Role]*bot.Bot{}}
	for _, role := range session.Roles() {
		place := trio.Seats[role]
		place.Server, place.Origin = "http://"+n.all[at[role]].listen, "http://"+n.address
		a.bots[role] = bot.Sit(n.Context(), role, place)
		n.Cleanup(a.bots[role].Leave)
	}
	for _, seat := range session.Seats() {
		a.asks(seat.Role(), session.Consent{Policy: 1})
		a.asks(session.Counselor, session.Admit{Who: seat})
	}
	a.shows("both are here", protocol.Here, protocol.Here)
	return a
}

func (a *apart) asks(who session.Role, c session.Command) {
	a.Helper()
	if err := a.bots[who].Ask(soon(a.T), c); err != nil {
		a.Fatalf("%s: %s: %v", who, c.Name(), err)
	}
}

// sees waits until somebody's view is in a phase.
func (a *apart) sees(who session.Role, phase session.Phase) {
	a.Helper()
	if _, err := a.bots[who].Until(soon(a.T), string(phase), func(s *bot.Seen) bool { return s.Phase() == phase }); err != nil {
		a.Fatal(err)
	}
}

// shows waits until the counselor is told who is there, and tells how long that took. It
// is to be right within five seconds of whatever befell.
func (a *apart) shows(when string, one, two protocol.Presence) time.Duration {
	a.Helper()
	began := time.Now()
	seen, err := a.bots[session.Counselor].Until(soon(a.T), when, func(s *bot.Seen) bool {
		return s.Partners.One == one && s.Partners.Two == two
	})
	took := time.Since(began)
	if err != nil {
		a.Fatalf("%s: one is shown %s, two %s", when, seen.Partners.One, seen.Partners.Two)
	}
	within := 5 * time.Second
	if raced {
		within *= 2 // of which a node takes some to start
	}
	if took > within {
		a.Errorf("%s: shown only after %v", when, took)
	}
	a.Logf("%s: shown after %v", when, took.Round(time.Millisecond))
	return took
}

// Partners of one session sit at different nodes. What befalls a node or the broker is a
// delay, and who is there is shown rightly within five seconds of it.
func TestASessionAcrossNodesOutlivesNodeAndBroker(t *testing.T) {
	n := startNodes(t, 2)
	a := n.meet(map[session.Role]int{session.Counselor: 0, session.One: 1, session.Two: 0})
	a.asks(session.One, session.Pause{})
	a.sees(session.Counselor, session.OnPause)
	a.sees(session.Two, session.OnPause)
	a.asks(session.Counselor, session.Resume{})

	t.Run("an id comes back with something else", func(t *testing.T) {
		id, note := bot.NewID(), func(text private.Text) protocol.Body {
			return protocol.Command{Command: session.Mark{Kind: session.MarkNote, Text: text}}
		}
		other := a.bots[session.Counselor].Place()
		other.Server = "http://" + n.all[1].listen
		there := bot.Sit(t.Context(), session.Counselor, other)
		defer there.Leave()
		for i, who := range []*bot.Bot{a.bots[session.Counselor], there, a.bots[session.Counselor]} {
			if err := who.DoAs(soon(t), id, note("one")); err != nil {
				t.Errorf("%d: the same again: %v", i, err)
			}
			if err := who.DoAs(soon(t), id, note("other")); fault.Code(err) != "id_taken" {
				t.Errorf("%d: another under its id is answered with %v", i, err)
			}
			who.Break()
		}
	})
	t.Run("a page that was never welcomed lands at the other node", func(t *testing.T) {
		a.bots[session.One].Leave()
		there, here := a.bots[session.One].Place(), a.bots[session.One].Place()
		here.Server = "http://" + n.all[0].listen
		there.Here, there.Page = true, "the page"
		lost, err := bot.Dial(soon(t), there) // it hears nothing, and the node takes it for there
		if err != nil {
			t.Fatal(err)
		}
		defer lost.Close()
		lands := func(page string) bool {
			here.Page = page
			line, err := bot.Dial(soon(t), here)
			if err != nil {
				t.Fatal(err)
			}
			defer line.Close()
			_, err = line.Read()
			if closed, ok := errors.AsType[bot.Closed](err); err != nil && (!ok || closed.Code != protocol.OpenElsewhere) {
				t.Fatalf("page %q: %v", page, err)
			}
			return err == nil
		}
		for patience := soon(t); ; {
			if lands("another") {
				t.Fatal("another page took the place")
			}
			if lands("the page") {
				break
			}
			if !pause(patience, 100*time.Millisecond) {
				t.Fatal("its own place is open elsewhere")
			}
		}
		at := a.bots[session.One].Place()
		at.Here = true
		a.bots[session.One] = bot.Sit(n.Context(), session.One, at)
		n.Cleanup(a.bots[session.One].Leave)
		a.shows("one is back", protocol.Here, protocol.Here)
	})
	t.Run("a node is killed", func(t *testing.T) {
		n.all[1].kill()
		a.shows("a node was killed", protocol.Away, protocol.Here)
		n.all[1].start()
		a.shows("it is back", protocol.Here, protocol.Here)
	})
	t.Run("the broker is killed", func(t *testing.T) {
		n.broker.Kill()
		a.goesOnWithoutTheBroker(promise.Lasting(time.Second, time.Minute))
		seen, err := a.bots[session.Counselor].Until(soon(t), "presence", func(*bot.Seen) bool { return true })
		if err != nil || seen.Partners.One != protocol.Here {
			t.Errorf("without a broker who is there is shown as %s, %v", seen.Partners.One, err)
		}
		n.broker.Start()
		a.catchesUp()
		n.broker.Kill()
		a.bots[session.One].Leave()
		n.broker.Start()
		a.shows("the broker is back, and one left meanwhile", protocol.Away, protocol.Here)
	})
}

// A node that is cut off from the broker alone is reached by the log, and is heard again
// once the wire is whole; and so are all where the broker stands still.
func TestANodeCutOffFromTheBrokerAloneIsHeardByTheLog(t *testing.T) {
	n := startNodes(t, 2)
	a := n.meet(map[session.Role]int{session.Counselor: 0, session.One: 1, session.Two: 0})
	for _, cut := range [][]*natstest.Wire{n.wires[1:], n.wires} {
		for _, wire := range cut {
			wire.Cut()
		}
		a.goesOnWithoutTheBroker(promise.Lasting(time.Second, 30*time.Second))
		for _, wire := range cut {
			wire.Mend()
		}
		a.catchesUp()
	}
	n.wires[1].Cut()
	a.bots[session.Two].Leave()
	n.wires[1].Mend()
	a.shows("the wire is whole, and two left meanwhile", protocol.Here, protocol.Away)
}

// How late what is done at one node may be on the screens at another while the broker is
// away, and how long after it is back that may last.
const (
	behindWithin  = 2 * time.Second
	caughtUpAfter = 2 * time.Second
)

// thereAndBack has one say something that the counselor sees, and the counselor answer it,
// and tells how late each was on the other's screen.
func (a *apart) thereAndBack() [2]time.Duration {
	a.Helper()
	began := time.Now()
	a.asks(session.One, session.Pause{})
	a.sees(session.Counselor, session.OnPause)
	there := time.Now()
	a.asks(session.Counselor, session.Resume{})
	a.sees(session.One, session.Between)
	return [2]time.Duration{there.Sub(began), time.Since(there)}
}

// goesOnWithoutTheBroker has them talk for a while, seen by the log alone.
func (a *apart) goesOnWithoutTheBroker(d time.Duration) {
	a.Helper()
	var r report
	for began := time.Now(); len(r.turns) == 0 || time.Since(began) < d; {
		late := a.thereAndBack()
		r.turns = append(r.turns, late[:]...)
	}
	slices.Sort(r.turns)
	a.Logf("without the broker for %v: on the other's screen %d times, p50 %v, at most %v", d, len(r.turns), short(r.at(.5)), short(r.at(1)))
	if r.at(1) > onADay(behindWithin) {
		a.Errorf("without the broker something was on the other's screen only after %v", r.at(1))
	}
	if r.at(1) < 100*time.Millisecond {
		a.Error("nobody waited: the broker was there")
	}
}

// catchesUp waits until what is done at one node is at the other at once again, three times
// there and back in a row.
func (a *apart) catchesUp() {
	a.Helper()
	back, since := time.Now(), time.Now()
	for row := 0; row < 3; {
		late := a.thereAndBack()
		if row++; max(late[0], late[1]) > 300*time.Millisecond {
			row, since = 0, time.Now()
		}
		if time.Since(back) > 20*time.Second {
			a.Fatal("nobody is heard at once any more")
		}
	}
	took := since.Sub(back)
	a.Logf("the broker is back: all is shown at once from %v on", took.Round(time.Millisecond))
	if took > onADay(caughtUpAfter) {
		a.Errorf("the broker is back, and all is shown at once only from %v on", took)
	}
}

// How long after their database is back everybody may wait until they are answered.
const answeredWithin = 5 * time.Second

// The database is restarted under two nodes, or crashes: who says something meanwhile is
// answered when it is back, and nobody is refused. Where promises are tried at their whole
// figures it also stands still for ten seconds by turns, and then some are refused, truly.
func TestNodesWaitForTheirDatabase(t *testing.T) {
	n := startNodes(t, 2)
	talk := n.whole().talk(4)
	befalls := []struct {
		name        string
		ends, comes func(*pgtest.Cluster, testing.TB)
		lasts       time.Duration
	}{
		{"stopped", (*pgtest.Cluster).Stop, (*pgtest.Cluster).Start, 0},
		{"crashed", (*pgtest.Cluster).Kill, (*pgtest.Cluster).Start, 0},
		{"stood still", (*pgtest.Cluster).Hang, (*pgtest.Cluster).GoOn, 10 * time.Second},
	}
	rounds := promise.Times(2, 50)
	var back report
	for round := range rounds {
		what := befalls[round%len(befalls)]
		talk.answered(40)
		before := talk.refusals()
		what.ends(n.database, t)
		pause(t.Context(), what.lasts)
		what.comes(n.database, t)
		since := time.Now()
		talk.goesOn()
		back.turns = append(back.turns, time.Since(since))
		if now := talk.refusals(); what.lasts == 0 && !maps.Equal(now, before) {
			t.Errorf("%s: refused with %v, before with %v", what.name, now, before)
		}
	}
	slices.Sort(back.turns)
	talk.ends()
	t.Logf("%d commands were acknowledged, refused: %v; after the database was back %d times, all were answered within p50 %v, at most %v",
		talk.isKeptAt(n.onDisk()), talk.refusals(), rounds, short(back.at(.5)), short(back.at(1)))
	if back.at(1) > onADay(answeredWithin) {
		t.Errorf("the database is back, and all are answered only after %v", back.at(1))
	}
}

// A node is cut off from the database and not from its people: it says that it cannot
// serve, and acknowledges nothing. The other goes on. Once the wire is whole whoever waited
// is answered, and nothing that was refused is in the log.
func TestANodeCutOffFromTheDatabasePromisesNothing(t *testing.T) {
	n := startNodes(t, 2)
	cut, well := n.talkAt(1, 2), n.talkAt(0, 2)
	cut.answered(20)
	well.answered(20)
	n.lines[1].Cut()
	before := cut.told()
	n.all[1].comesToAnswer("/readyz", http.StatusServiceUnavailable)
	well.goesOn()
	cut.refusedSomebody()
	if now := cut.told(); now > before+6 { // what had been kept and was not answered yet
		t.Errorf("%d commands were acknowledged at a node without a database", now-before)
	}
	if refused := well.refusals(); len(refused) > 0 {
		t.Errorf("at the other node somebody was refused with %v", refused)
	}
	n.lines[1].Mend()
	n.all[1].comesToAnswer("/readyz", http.StatusOK)
	cut.goesOn()
	cut.ends()
	well.ends()
	t.Logf("%d commands were acknowledged, refused: %v", cut.isKeptAt(n.onDisk())+well.isKeptAt(n.onDisk()), cut.refusals())
}

// The database stands still for longer than anybody waits. Nobody is told that their words
// were kept, and nobody falsely that they were not; when it goes on, so does everybody.
func TestNodesWhoseDatabaseHangsPromiseNothing(t *testing.T) {
	n := startNodes(t, 2)
	talk := n.whole().talk(4)
	talk.answered(40)
	n.database.Hang(t)
	before := talk.told()
	for _, s := range n.all {
		s.comesToAnswer("/readyz", http.StatusServiceUnavailable)
		s.answers("/healthz", http.StatusOK)
	}
	talk.refusedSomebody()
	if now := talk.told(); now > before+12 { // what was on its way
		t.Errorf("%d commands were acknowledged while nothing could be kept", now-before)
	}
	n.database.GoOn(t)
	back := time.Now()
	talk.goesOn()
	took := time.Since(back)
	t.Logf("all are answered %v after it went on", took.Round(time.Millisecond))
	if took > onADay(answeredWithin) {
		t.Errorf("all are answered only %v after it went on", took)
	}
	talk.ends()
	t.Logf("%d commands were acknowledged, refused: %v", talk.isKeptAt(n.onDisk()), talk.refusals())
}

// Nodes are replaced one after the other, as an upgrade does it. In no session is anything
// refused: its people come back at another node, and say again what was not answered.
func TestNodesAreReplacedOneByOne(t *testing.T) {
	n := startNodes(t, 2)
	talk := n.whole().talk(6)
	for range 2 {
		for _, s := range n.all {
			talk.answered(60)
			n.stops(s)
			talk.answered(20)
			s.start()
		}
	}
	talk.goesOn()
	if refused := talk.refusals(); len(refused) > 0 {
		t.Errorf("refused with %v", refused)
	}
	talk.ends()
	t.Logf("%d commands were acknowledged", talk.isKeptAt(n.onDisk()))
}

// How long whoever sat at a node that was killed may need until another has welcomed them,
// 99 times in 100, a page's own wait before it tries again among it.
const elsewhereWithin = 3 * time.Second

// Of two nodes one and then the other is killed at random points of running load. Whoever
// was there comes back at the other; every command that was ever acknowledged is in the log
// once, and none is there twice.
func TestAServerOfSeveralThatIsKilledLosesNothing(t *testing.T) {
	n := startNodes(t, 2)
	talk := n.whole().talkFrom(6, func(p *bot.Place) { p.Wait = pageWaits })
	rounds := promise.Times(25, 100)
	if raced {
		rounds = 1
	}
	for round := range rounds {
		victim := n.all[round%2]
		talk.answered(1 + rand.IntN(25)) //nolint:gosec // chance, not secrecy
		victim.kill()
		talk.answered(1 + rand.IntN(40)) //nolint:gosec // at the other, meanwhile
		if round%5 == 0 || promise.Whole() {
			talk.goesOn() // everybody, at the other alone
		}
		victim.start()
	}
	talk.goesOn()
	back := talk.gaps()
	talk.ends()
	if refused := talk.refusals(); len(refused) > 0 {
		t.Errorf("refused with %v", refused)
	}
	t.Logf("killed %d times, looked for %d commands that were acknowledged; %d connections were lost, and back after p50 %v, p99 %v, at most %v",
		rounds, talk.isKeptAt(n.onDisk()), len(back.turns), short(back.at(.5)), short(back.at(.99)), short(back.at(1)))
	if len(back.turns) < rounds {
		t.Error("hardly anybody sat at the nodes that were killed")
	}
	if within := onADay(elsewhereWithin); back.at(.99) > within {
		t.Errorf("one in a hundred is back only after %v", back.at(.99))
	}
}

// A node that is to hear of others tells whether the broker is there, and serves
// without it.
func TestMetricsTellOfTheBroker(t *testing.T) {
	h := &house{T: t, data: t.TempDir(), log: &transcript{}, url: pgtest.Database(t, nil)}
	broker := natstest.New(t)
	h.nats = "nats://" + broker.Address()
	h.start()
	defer func() { h.stop() }()
	until := func(what, name, want string) {
		t.Helper()
		for patience := soon(t); valueOf(h.scraped(), name) != want; {
			if patience.Err() != nil {
				t.Fatalf("%s: %s is %q", what, name, valueOf(h.scraped(), name))
			}
		}
	}
	until("the broker is found", "mend_bus_connected", "1")
	desk := h.counselor()
	r := h.room(desk, desk.session())
	if lag := valueOf(h.scraped(), "mend_bus_lag_seconds_count"); lag == "" {
		t.Error("no lag is told")
	}
	broker.Kill()
	until("the broker is gone", "mend_bus_connected", "0")
	if err := r.counselorBot.Ask(soon(t), session.Pause{}); err != nil {
		t.Errorf("without a broker: %v", err)
	}
	for patience := soon(t); valueOf(h.scraped(), "mend_bus_lost_total") == "0"; {
		if patience.Err() != nil {
			t.Fatal("a notice that nobody took was not counted")
		}
	}
}
