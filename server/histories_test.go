package main

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"math"
	"math/rand/v2"
	"net/url"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"mend/internal/account"
	"mend/internal/bot"
	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/hub"
	"mend/internal/natsbus"
	"mend/internal/natsbus/natstest"
	"mend/internal/promise"
	"mend/internal/protocol"
	"mend/internal/seal"
	"mend/internal/session"
	"mend/internal/store"
	"mend/internal/store/pgtest"
)

// perSocket is how much each socket says in a history.
const perSocket = 4

// effort is in how many sessions histories are recorded, and how many in each.
type effort struct {
	sessions, each int

	desks int  // windows of the counselors; 0: two
	again bool // each command comes up to five times
}

// fourAtOnce is what every run records in so many sessions. Where promises are tried whole,
// a hundred thousand commands are said in two hundred.
func fourAtOnce(sessions int) effort {
	each := 50
	if promise.Whole() {
		sessions, each = promise.Times(sessions, 200), 32
	}
	return effort{sessions: sessions, each: each}
}

// twentyAtOnce are eighteen windows of two counselors and the two partners: where promises
// are tried whole, they say as much in as many sessions.
func twentyAtOnce() effort {
	return effort{sessions: promise.Times(2, 200), each: promise.Times(5, 7), desks: 18}
}

// said is one command as its sender knows it: what was sent, between which moments, and
// the code of the refusal, "" where it was done. The same may have been sent before.
type said struct {
	id     session.CommandID
	socket int
	by     session.Role
	what   session.Command
	code   string
	call   int64
	back   int64
}

// Four sockets talk to one session at once, and each loses its connection now and then.
// Whatever came of it, there is an order of all commands, true to when each was sent and
// answered, in which the pure machine gives the very same answers; and the log has each
// that was done once, in such an order.
func TestConcurrentCommandsHaveAnOrder(t *testing.T) {
	m := openMend(t)
	defer m.close()
	haveAnOrder(t, fourAtOnce(20), m)
}

// The same where twenty do.
func TestConcurrentCommandsOfTwentyHaveAnOrder(t *testing.T) {
	m := openMend(t)
	defer m.close()
	haveAnOrder(t, twentyAtOnce(), m)
}

// The same where the sockets are at three nodes, on one PostgreSQL and one broker: there
// is no other order than that of one machine.
func TestConcurrentCommandsAtThreeNodesHaveAnOrder(t *testing.T) {
	nodes, _ := openNodes(t, 3)
	haveAnOrder(t, fourAtOnce(4), nodes...)
}

// And of twenty there.
func TestConcurrentCommandsOfTwentyAtThreeNodesHaveAnOrder(t *testing.T) {
	nodes, _ := openNodes(t, 3)
	haveAnOrder(t, twentyAtOnce(), nodes...)
}

// ties are what joins a node to the rest: to the database, to the broker and to its people.
type ties struct{ database, broker, people *natstest.Wire }

// openNodes are nodes of one house in this process, each with a store and a hub of its own.
func openNodes(t *testing.T, count int) ([]*mended, []ties) {
	t.Helper()
	database, broker := pgtest.Database(t, nil), natstest.New(t)
	at := must(url.Parse(database))(t).Host
	quiet := slog.New(slog.DiscardHandler)
	master := must(seal.NewMaster())(t)
	nodes, all := make([]*mended, count), make([]ties, count)
	for i := range nodes {
		m := &mended{path: filepath.Join(t.TempDir(), "mend.db")}
		all[i] = ties{database: natstest.NewWire(t, at), broker: natstest.NewWire(t, broker.Address())}
		through := strings.Replace(database, at, all[i].database.Address(), 1)
		m.store = must(store.Open(t.Context(), store.Options{Path: m.path, URL: through, Master: master, Log: quiet}))(t)
		if i == 0 {
			m.counselor = must(m.store.CreateAccount(t.Context(), account.NewAccount{
				Name: "Ruth", Email: "ruth@example.org", PasswordHash: "$argon2id$v=19$x", Practice: "Practice", Secrets: session.NoSecrets, At: time.Now(),
			}))(t)
		}
		bus := must(natsbus.Open(natsbus.Options{
			URL: "nats://" + all[i].broker.Address(), Subject: must(m.store.Subject())(t), Log: quiet,
		}))(t)
		m.serve(t, hub.Options{Logger: quiet, Bus: bus})
		t.Cleanup(func() {
			m.close()
			bus.Close()
		})
		all[i].people = natstest.NewWire(t, strings.TrimPrefix(m.url, "http://"))
		nodes[i] = m
	}
	return nodes, all
}

func haveAnOrder(t *testing.T, much effort, nodes ...*mended) {
	t.Helper()
	m := nodes[0]
	histories, done, refused := 0, 0, map[string]int{}
	for range much.sessions {
		room := sitAround(t, cmp.Or(much.desks, 2), nodes...)
		for range much.each {
			room.begin(t)
			start := must(m.store.Read(t.Context(), room.id, 0))(t)
			talk := room.talk
			if much.again {
				talk = room.repeats
			}
			history := talk(t)
			if found := room.ordered(t, uint64(len(start)), history); found != porcupine.Ok {
				t.Fatalf("no order explains what was answered (%s): %+v", found, history)
			}
			room.inLog(t, start, history, much.again)
			histories++
			for _, s := range history {
				if s.code == "" {
					done++
				} else {
					refused[s.code]++
				}
			}
		}
		room.leave()
	}
	t.Logf("%d histories: %d commands done, refused %v", histories, done, refused)
	if done < histories || len(refused) < 2 {
		t.Error("the histories are too tame to prove anything")
	}
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// around are the sockets in one session: windows of the counselors' and the partners.
type around struct {
	m     *mended
	id    string
	bots  []*bot.Bot
	dice  *rand.Rand
	nodes int    // at which they sit by turns
	late  []said // what was done before, and may come again
}

// node is where a socket is.
func (a *around) node(socket int) int { return socket % a.nodes }

func sitAround(t *testing.T, desks int, nodes ...*mended) *around {
	t.Helper()
	return sitAroundThrough(t, nil, desks, nodes...)
}

// sitAroundThrough has them come over their nodes' ties, where there are any.
func sitAroundThrough(t *testing.T, over []ties, desks int, nodes ...*mended) *around {
	t.Helper()
	m := nodes[0]
	a := &around{m: m, nodes: len(nodes), id: m.open(t), dice: rand.New(rand.NewPCG(rand.Uint64(), 0))} //nolint:gosec // chance, not secrecy
	for _, seat := range session.Seats() {                                                              // an invitation puts out whoever sat there before
		err := m.hub.Do(soon(t), a.id, session.Input{ID: bot.NewID(), By: session.Counselor, Command: session.Invite{Seat: seat}})
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, role := range append(slices.Repeat([]session.Role{session.Counselor}, desks), session.One, session.Two) {
		place := trioAt(nodes[a.node(i)].url, a.id).Seats[role]
		if i%2 == 1 && i < desks { // every other is a co-therapist's: one sign-in may not have so many
			place.Cookie += "-2"
		}
		if over != nil {
			place.Origin, place.Server = place.Server, "http://"+over[a.node(i)].people.Address()
		}
		a.bots = append(a.bots, bot.Sit(t.Context(), role, place))
	}
	lead := a.bots[0]
	for i, seat := range session.Seats() {
		ctx := soon(t)
		for _, err := range []error{
			a.bots[desks+i].Ask(ctx, session.Consent{Policy: 1}), lead.Ask(ctx, session.Admit{Who: seat}),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	return a
}

func (a *around) leave() {
	for _, b := range a.bots {
		b.Leave()
	}
}

// begin starts an exercise where none runs.
func (a *around) begin(t *testing.T) {
	t.Helper()
	ctx, lead := soon(t), a.bots[0]
	seen, err := lead.Until(ctx, "a view", func(s *bot.Seen) bool { return s.Counselor != nil })
	if err == nil && seen.Step() == "" {
		err = lead.Do(ctx, protocol.StartExercise{Exercise: "speaking", Cast: session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo}})
	}
	if err != nil && !errors.As(err, new(*fault.Error)) { // paused, perhaps
		t.Fatal(err)
	}
}

// talk has all of them say something at once, several times, and takes down what was answered.
func (a *around) talk(t *testing.T) []said {
	t.Helper()
	ctx := soon(t)
	began := time.Now()
	var mu sync.Mutex
	var all []said
	var talking sync.WaitGroup
	for i, b := range a.bots {
		dice := rand.New(rand.NewPCG(a.dice.Uint64(), uint64(i))) //nolint:gosec // chance, not secrecy
		talking.Go(func() {
			for range perSocket {
				if dice.IntN(40) == 0 {
					b.Break()
				}
				s, err := a.says(ctx, i, bot.NewID(), chance(ctx, b, dice), began)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				all = append(all, s)
				mu.Unlock()
			}
		})
	}
	talking.Wait()
	if t.Failed() {
		t.FailNow()
	}
	return all
}

// says has one of them send a command, and notes when, and what was answered.
func (a *around) says(ctx context.Context, socket int, id session.CommandID, what session.Command, began time.Time) (said, error) {
	b := a.bots[socket]
	s := said{id: id, socket: socket, by: b.Role, what: what, call: int64(time.Since(began))}
	err := b.DoAs(ctx, s.id, protocol.Command{Command: s.what})
	s.back = int64(time.Since(began))
	if f, ok := fault.As(err); ok {
		s.code, err = f.Code, nil
	}
	return s, err
}

// chance is a command that somebody might send, about the step that they see.
func chance(ctx context.Context, b *bot.Bot, dice *rand.Rand) session.Command {
	seen, _ := b.Until(ctx, "a view", func(s *bot.Seen) bool { return s.Counselor != nil || s.Partner != nil })
	step := cmp.Or(seen.Step(), "1.0.1") // on pause no step is shown
	if b.Role == session.Counselor {
		return []session.Command{
			session.Advance{Step: step},
			session.Advance{Step: step},
			session.Back{Step: step},
			session.Skip{Step: step},
			session.Pause{},
			session.Resume{},
			session.Resume{},
			session.StopExercise{},
		}[dice.IntN(8)]
	}
	return []session.Command{
		session.Yield{Step: step}, session.Yield{Step: step}, session.Pause{}, session.SetDial{Value: dice.IntN(11)},
	}[dice.IntN(4)]
}

// ordered tells whether the pure machine could have given these answers in some order, in
// which what came into the log stands as it does there.
func (a *around) ordered(t *testing.T, after uint64, history []said) porcupine.CheckResult {
	t.Helper()
	h := a.hearing(t, after, history)
	operations := make([]porcupine.Operation, len(history))
	for i, s := range history {
		operations[i] = porcupine.Operation{Input: i, Call: s.call, Return: s.back}
	}
	return porcupine.CheckOperationsTimeout(porcupine.Model{
		Init: func() any { return standing{seq: after} },
		Step: func(at, i, _ any) (bool, any) {
			next, explained := h.hears(at.(standing), i.(int))
			return explained, next
		},
	}, operations, 20*time.Second)
}

// hearing is what the machine says to each command of a history, wherever in the log it is
// heard. The log gives the order of what took effect, so that of all that may have been the
// case meanwhile little has to be remembered: how far the log had come, and what a node
// found to be so already.
type hearing struct {
	history []said
	log     []session.Record
	states  []session.State              // after so many records
	made    map[session.CommandID]uint64 // where in the log
	called  map[session.CommandID]int64  // when it first was
	times   map[session.CommandID]int    // how often
	alike   [][]int                      // the others under a command's id at its node
	last    []uint64                     // after so many records its answer can be explained for the last time
	heard   map[heard]outcome
}

// standing is how far the log had come, which commands were heard, and which of them found
// at their node that all was so already, and are known there by their ids from then on.
type standing struct {
	seq         uint64
	heard, idle indexes
}

// indexes is a set of them that can be compared.
type indexes [4]uint64

func (s *indexes) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }
func (s *indexes) add(i int)      { s[i/64] |= 1 << (i % 64) }

// heard is a command and where in the log.
type heard struct {
	of int
	at uint64
}

// outcome is what the machine says to a command that it does not know.
type outcome struct {
	code    string
	records bool // and it is what stands in the log next
	idle    bool // all is so already
}

func (a *around) hearing(t *testing.T, after uint64, history []said) *hearing {
	t.Helper()
	if len(history) > 64*len(indexes{}) {
		t.Fatalf("a history of %d commands", len(history))
	}
	h := &hearing{
		history: history, log: must(a.m.store.Read(t.Context(), a.id, 0))(t), states: make([]session.State, 1),
		made: map[session.CommandID]uint64{}, called: map[session.CommandID]int64{}, times: map[session.CommandID]int{}, alike: make([][]int, len(history)), heard: map[heard]outcome{},
	}
	for _, r := range h.log {
		h.states = append(h.states, session.Apply(h.states[r.Seq-1], r))
		h.made[r.Command] = r.Seq
	}
	for i, s := range history {
		if first, known := h.called[s.id]; !known || s.call < first {
			h.called[s.id] = s.call
		}
		h.times[s.id]++
		for j, other := range history {
			if i != j && s.id == other.id && a.node(s.socket) == a.node(other.socket) {
				h.alike[i] = append(h.alike[i], j)
			}
		}
	}
	for i := range history {
		h.last = append(h.last, h.lastOf(i, after))
	}
	return h
}

// lastOf looks for the last place at which an answer can be explained: before the first
// record that was not asked for yet as it was given. Where the same may have come before,
// that may be anywhere.
func (h *hearing) lastOf(i int, after uint64) uint64 {
	end := uint64(len(h.log))
	if len(h.alike[i]) > 0 {
		return end
	}
	for _, s := range h.history {
		if made := h.made[s.id]; made > after && made <= end && h.called[s.id] > h.history[i].back {
			end = made - 1
		}
	}
	for at := end; at >= after; at-- {
		if _, explained := h.answers(standing{seq: at}, i); explained {
			return at
		}
	}
	return 0
}

// hears tells whether the machine gives the answer that was given, and what is so then.
func (h *hearing) hears(at standing, i int) (next standing, explained bool) {
	if next, explained = h.answers(at, i); !explained {
		return at, false
	}
	next.heard.add(i)
	if next.seq > at.seq && h.leavesBehind(at, next.seq) {
		return at, false
	}
	return next, true
}

// leavesBehind tells whether the next record comes too soon: for a command whose answer can
// be explained no more after it, or for one that changes nothing and may as well be heard
// before, since nobody who was not heard yet had their answer when it was sent. So there is
// little to try: without this, twenty who speak at once make more orders than can be looked
// at.
func (h *hearing) leavesBehind(at standing, next uint64) bool {
	soonest := int64(math.MaxInt64)
	for j, s := range h.history {
		if !at.heard.has(j) {
			soonest = min(soonest, s.back)
		}
	}
	for j, s := range h.history {
		switch {
		case at.heard.has(j) || h.made[s.id] == next:
		case h.last[j] < next:
			return true
		case s.call < soonest && h.made[s.id] == 0 && len(h.alike[j]) == 0 && h.decides(j, at.seq).code == s.code:
			return true
		}
	}
	return false
}

// answers: an id under which all was so already is known at its node alone, and goes before
// the log.
func (h *hearing) answers(at standing, i int) (next standing, explained bool) {
	s := &h.history[i]
	for _, j := range h.alike[i] {
		if at.idle.has(j) {
			return at, s.code == once(h.history[j].by == s.by && reflect.DeepEqual(h.history[j].what, s.what))
		}
	}
	if made := h.made[s.id]; made > 0 && made <= at.seq {
		return at, s.code == once(session.Again(h.states[made-1], s.input(), h.log[made-1]))
	}
	o := h.decides(i, at.seq)
	if o.code != s.code || o.idle && h.made[s.id] > 0 && h.times[s.id] == 1 { // it has made a record
		return at, false
	}
	if o.records {
		at.seq++
	}
	if o.idle && len(h.alike[i]) > 0 {
		at.idle.add(i)
	}
	return at, true
}

// once is the answer to what comes again under an id.
func once(same bool) (code string) {
	if same {
		return ""
	}
	return "id_taken"
}

// decides is what the machine says where it does not know the id.
func (h *hearing) decides(i int, at uint64) outcome {
	key := heard{i, at}
	if o, known := h.heard[key]; known {
		return o
	}
	var o outcome
	record, err := session.Decide(h.states[at], h.history[i].input())
	switch f, refused := fault.As(err); {
	case refused:
		o.code = f.Code
	case record == nil:
		o.idle = true
	case h.made[h.history[i].id] == at+1 && session.Again(h.states[at], h.history[i].input(), h.log[at]):
		o.records = true
	default:
		o.code = "not its turn"
	}
	h.heard[key] = o
	return o
}

// input is what the machine is asked. The time is the same for all: none of these is decided
// by the clock.
func (s *said) input() session.Input {
	return session.Input{ID: s.id, By: s.by, At: midnight, Command: s.what}
}

var midnight = time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC)

// inLog holds the history against the log: what was refused is not in it, nothing is in
// it twice, and what was answered before another was sent stands before that one. Whatever
// is in it somebody said, under that id.
func (a *around) inLog(t *testing.T, before []session.Record, history []said, again bool) {
	t.Helper()
	at := map[session.CommandID]uint64{}
	state := session.Replay(before)
	for _, r := range must(a.m.store.Read(t.Context(), a.id, 0))(t) {
		if _, twice := at[r.Command]; twice {
			t.Fatalf("%s took effect twice", r.Command)
		}
		at[r.Command] = r.Seq
		if r.Seq <= state.Seq {
			continue
		}
		if !slices.ContainsFunc(history, func(s said) bool {
			return s.id == r.Command && session.Again(state, session.Input{ID: s.id, By: s.by, Command: s.what}, r)
		}) {
			t.Fatalf("nobody said what is in the log at %d: %s by %s", r.Seq, r.Event.Type(), r.By)
		}
		state = session.Apply(state, r)
	}
	called := map[session.CommandID]int64{}
	for _, s := range history {
		seq, is := at[s.id]
		if is && s.code != "" && !again {
			t.Fatalf("%s was refused with %s, and is in the log at %d", s.what.Name(), s.code, seq)
		}
		if first, known := called[s.id]; !known || s.call < first {
			called[s.id] = s.call
		}
		if is && s.code == "" && a.nodes == 1 && len(a.late) < 50 { // of several nodes each knows something else to have been so already
			a.late = append(a.late, s)
		}
	}
	if again {
		return // an answer may have been that all was so already, and the record that of a later coming
	}
	for _, x := range history {
		for y, call := range called {
			if x.code == "" && at[x.id] > 0 && at[y] > uint64(len(before)) && x.back < call && at[x.id] > at[y] {
				t.Fatalf("%s was answered before %s was sent, and stands after it", x.what.Name(), y)
			}
		}
	}
}
