package main

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
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
	"mend/internal/protocol"
	"mend/internal/seal"
	"mend/internal/session"
	"mend/internal/store"
	"mend/internal/store/pgtest"
)

// How many histories are recorded, in how many sessions, and how long each is.
const (
	inSessions = 20
	each       = 50
	perSocket  = 4
)

// said is one command as its sender knows it: what was sent, between which moments, and
// the code of the refusal, "" where it was done.
type said struct {
	id   session.CommandID
	by   session.Role
	what session.Command
	code string
	call int64
	back int64
}

// Four sockets talk to one session at once, and each loses its connection now and then.
// Whatever came of it, there is an order of all commands, true to when each was sent and
// answered, in which the pure machine gives the very same answers; and the log has each
// that was done once, in such an order.
func TestConcurrentCommandsHaveAnOrder(t *testing.T) {
	m := openMend(t)
	defer m.close()
	haveAnOrder(t, inSessions, m)
}

// The same where the sockets are at three nodes, on one PostgreSQL and one broker: there
// is no other order than that of one machine.
func TestConcurrentCommandsAtThreeNodesHaveAnOrder(t *testing.T) {
	nodes, _ := openNodes(t, 3)
	haveAnOrder(t, inSessions/5, nodes...)
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

func haveAnOrder(t *testing.T, sessions int, nodes ...*mended) {
	t.Helper()
	m := nodes[0]
	recorded, done, refused := 0, 0, map[string]int{}
	for range sessions {
		room := sitAround(t, nodes...)
		for range each {
			room.begin(t)
			start := session.Replay(must(m.store.Read(t.Context(), room.id, 0))(t))
			history := room.talk(t)
			if !ordered(start, history) {
				t.Fatalf("no order explains what was answered: %+v", history)
			}
			room.inLog(t, start.Seq, history)
			recorded++
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
	t.Logf("%d histories: %d commands done, refused %v", recorded, done, refused)
	if done < recorded || len(refused) < 2 {
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
	m    *mended
	id   string
	bots []*bot.Bot
	dice *rand.Rand
}

func sitAround(t *testing.T, nodes ...*mended) *around {
	t.Helper()
	return sitAroundThrough(t, nil, nodes...)
}

// sitAroundThrough has them come over their nodes' ties, where there are any.
func sitAroundThrough(t *testing.T, over []ties, nodes ...*mended) *around {
	t.Helper()
	m := nodes[0]
	a := &around{m: m, id: m.open(t), dice: rand.New(rand.NewPCG(rand.Uint64(), 0))} //nolint:gosec // chance, not secrecy
	for _, seat := range session.Seats() {                                           // an invitation puts out whoever sat there before
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
				s := said{id: bot.NewID(), by: b.Role, what: chance(ctx, b, dice), call: int64(time.Since(began))}
				err := b.DoAs(ctx, s.id, protocol.Command{Command: s.what})
				s.back = int64(time.Since(began))
				if f, ok := fault.As(err); ok {
					s.code = f.Code
				} else if err != nil {
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

// ordered tells whether the pure machine could have given these answers in some order.
func ordered(start session.State, history []said) bool {
	model := porcupine.Model{
		Init: func() any { return start },
		Step: func(state, input, output any) (bool, any) {
			s, in := state.(session.State), input.(said)
			// The time is the same for all: none of these is decided by the clock.
			record, err := session.Decide(s, session.Input{ID: in.id, By: in.by, At: midnight, Command: in.what})
			code := ""
			if f, ok := fault.As(err); ok {
				code = f.Code
			}
			switch {
			case code != output.(string):
				return false, s
			case record == nil:
				return true, s
			}
			return true, session.Apply(s, *record)
		},
		Equal: reflect.DeepEqual,
	}
	var operations []porcupine.Operation
	for _, s := range history {
		operations = append(operations, porcupine.Operation{Input: s, Output: s.code, Call: s.call, Return: s.back})
	}
	return porcupine.CheckOperations(model, operations)
}

var midnight = time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC)

// inLog holds the history against the log: what was refused is not in it, nothing is in
// it twice, and what was answered before another was sent stands before that one.
func (a *around) inLog(t *testing.T, after uint64, history []said) {
	t.Helper()
	at := map[session.CommandID]uint64{}
	for _, r := range must(a.m.store.Read(t.Context(), a.id, after))(t) {
		if _, twice := at[r.Command]; twice {
			t.Fatalf("%s took effect twice", r.Command)
		}
		at[r.Command] = r.Seq
	}
	for _, s := range history {
		if seq, is := at[s.id]; is && s.code != "" {
			t.Fatalf("%s was refused with %s, and is in the log at %d", s.what.Name(), s.code, seq)
		}
	}
	kept := slices.DeleteFunc(slices.Clone(history), func(s said) bool { return at[s.id] == 0 })
	for _, x := range kept {
		for _, y := range kept {
			if x.back < y.call && at[x.id] > at[y.id] {
				t.Fatalf("%s was answered before %s was sent, and stands after it", x.what.Name(), y.what.Name())
			}
		}
	}
}
