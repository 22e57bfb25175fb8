package main

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"maps"
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

// perSocket is how much each of four sockets says in a history.
const perSocket = 4

// effort is in how many sessions histories are recorded, and how many in each.
type effort struct {
	sessions, each int

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

// said is one command as its sender knows it: what was sent, between which moments, and
// the code of the refusal, "" where it was done. The same may have been sent before.
type said struct {
	id   session.CommandID
	by   session.Role
	what session.Command
	code string
	call int64
	back int64
	at   uint64 // in the log; 0 where it is not in it
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

// The same where the sockets are at three nodes, on one PostgreSQL and one broker: there
// is no other order than that of one machine.
func TestConcurrentCommandsAtThreeNodesHaveAnOrder(t *testing.T) {
	nodes, _ := openNodes(t, 3)
	haveAnOrder(t, fourAtOnce(4), nodes...)
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
	histories, undecided, done, refused := 0, 0, 0, map[string]int{}
	for range much.sessions {
		room := sitAround(t, nodes...)
		for range much.each {
			room.begin(t)
			start := must(m.store.Read(t.Context(), room.id, 0))(t)
			talk := room.talk
			if much.again {
				talk = room.repeats
			}
			history := talk(t)
			switch found := room.ordered(t, start, history, len(nodes)); {
			case found == porcupine.Unknown && much.again && len(nodes) > 1:
				undecided++ // what each node knows to have been so already makes very many orders
			case found != porcupine.Ok:
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
	t.Logf("%d histories, %d of them undecided: %d commands done, refused %v", histories, undecided, done, refused)
	if undecided > 1+histories/100 {
		t.Error("too many histories were too tangled to be looked at")
	}
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

// around are four sockets in one session: the counselor's two windows and the partners.
type around struct {
	m     *mended
	id    string
	bots  []*bot.Bot
	dice  *rand.Rand
	alone bool   // there is one node
	late  []said // what was done before, and may come again
}

func sitAround(t *testing.T, nodes ...*mended) *around {
	t.Helper()
	return sitAroundThrough(t, nil, nodes...)
}

// sitAroundThrough has them come over their nodes' ties, where there are any.
func sitAroundThrough(t *testing.T, over []ties, nodes ...*mended) *around {
	t.Helper()
	m := nodes[0]
	a := &around{m: m, alone: len(nodes) == 1, id: m.open(t), dice: rand.New(rand.NewPCG(rand.Uint64(), 0))} //nolint:gosec // chance, not secrecy
	for _, seat := range session.Seats() {                                                                   // an invitation puts out whoever sat there before
		err := m.hub.Do(soon(t), a.id, session.Input{ID: bot.NewID(), By: session.Counselor, Command: session.Invite{Seat: seat}})
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, role := range []session.Role{session.Counselor, session.Counselor, session.One, session.Two} {
		place := trioAt(nodes[i%len(nodes)].url, a.id).Seats[role]
		if over != nil {
			place.Origin, place.Server = place.Server, "http://"+over[i%len(nodes)].people.Address()
		}
		a.bots = append(a.bots, bot.Sit(t.Context(), role, place))
	}
	lead := a.bots[0]
	for i, seat := range session.Seats() {
		ctx := soon(t)
		for _, err := range []error{
			a.bots[2+i].Ask(ctx, session.Consent{Policy: 1}), lead.Ask(ctx, session.Admit{Who: seat}),
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

// talk has all four say something at once, several times, and takes down what was answered.
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
				s, err := answered(ctx, b, bot.NewID(), chance(ctx, b, dice), began)
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

// answered has one of them send a command, and notes when, and what was answered.
func answered(ctx context.Context, b *bot.Bot, id session.CommandID, what session.Command, began time.Time) (said, error) {
	s := said{id: id, by: b.Role, what: what, call: int64(time.Since(began))}
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

// remembering is a session with what its ids stand for.
type remembering struct {
	session.State
	known map[session.CommandID]once
}

// once is where a command took effect, and what was so already when it came under its id.
type once struct {
	before session.State
	made   session.Record // of seq 0 where nothing took effect yet
	idle   []session.Input
}

func remembered(log []session.Record) remembering {
	r := remembering{known: map[session.CommandID]once{}}
	for _, rec := range log {
		r.known[rec.Command] = once{before: r.State, made: rec}
		r.State = session.Apply(r.State, rec)
	}
	return r
}

// hears is what the machine may answer, and what it is then. An id under which all was so
// already is known at one node and not at another, where it may be otherwise by then.
func (r remembering) hears(in session.Input, at uint64, code string, nodes int) (next []any) {
	was, known := r.known[in.ID]
	same := was.made.Seq > 0 && session.Again(was.before, in, was.made)
	idle := func(i session.Input) bool { return i.By == in.By && reflect.DeepEqual(i.Command, in.Command) }
	other := func(i session.Input) bool { return !idle(i) }
	done := same || slices.ContainsFunc(was.idle, idle)
	taken := was.made.Seq > 0 && !same || slices.ContainsFunc(was.idle, other)
	if done && code == "" || taken && code == "id_taken" {
		next = append(next, r)
	}
	if known && (was.made.Seq > 0 || nodes == 1) {
		return next
	}
	if anew, said := r.decides(in, at); said == code {
		next = append(next, anew)
	}
	return next
}

// decides is what the machine says where it knows nothing of the id. A record is the log's
// own order: it comes where it stands there, and nowhere else.
func (r remembering) decides(in session.Input, at uint64) (remembering, string) {
	record, err := session.Decide(r.State, in)
	if f, ok := fault.As(err); ok {
		return r, f.Code
	}
	next := remembering{State: r.State, known: maps.Clone(r.known)}
	now := r.known[in.ID]
	switch {
	case record == nil:
		now.idle = append(slices.Clone(now.idle), in)
	case record.Seq != at:
		return r, "not its turn"
	default:
		now.before, now.made = r.State, *record
		next.State = session.Apply(r.State, *record)
	}
	next.known[in.ID] = now
	return next, ""
}

// ordered tells whether the pure machine could have given these answers in some order, in
// which what came into the log stands as it does there.
func (a *around) ordered(t *testing.T, before []session.Record, history []said, nodes int) porcupine.CheckResult {
	t.Helper()
	at := map[session.CommandID]uint64{}
	for _, r := range must(a.m.store.Read(t.Context(), a.id, 0))(t) {
		at[r.Command] = r.Seq
	}
	start := remembered(before)
	maps.DeleteFunc(start.known, func(id session.CommandID, _ once) bool {
		return !slices.ContainsFunc(history, func(s said) bool { return s.id == id })
	})
	model := porcupine.NondeterministicModel{
		Init: func() []any { return []any{start} },
		Step: func(state, input, output any) []any {
			s, in := state.(remembering), input.(said)
			// The time is the same for all: none of these is decided by the clock.
			return s.hears(session.Input{ID: in.id, By: in.by, At: midnight, Command: in.what}, in.at, output.(string), nodes)
		},
		Equal: func(a, b any) bool {
			x, y := a.(remembering), b.(remembering)
			return len(x.known) == len(y.known) && x.Seq == y.Seq && reflect.DeepEqual(x, y)
		},
	}
	var operations []porcupine.Operation
	for _, s := range history {
		s.at = at[s.id]
		operations = append(operations, porcupine.Operation{Input: s, Output: s.code, Call: s.call, Return: s.back})
	}
	return porcupine.CheckOperationsTimeout(model.ToModel(), operations, 20*time.Second)
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
		if is && s.code == "" && a.alone && len(a.late) < 50 { // of several nodes each knows something else to have been so already
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
