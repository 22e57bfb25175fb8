package hub_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"

	"mend/internal/exercise"
	"mend/internal/hub"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

// room is a session on one node, with people who sit down in it. Everything
// happens in a synctest bubble: time passes when all are waiting, and settled
// frames are there to be taken after synctest.Wait.
type room struct {
	testing.TB
	hub *hub.Hub
	log *memory
	id  string
}

func newRoom(t testing.TB) *room {
	log := newMemory()
	r := &room{t, hub.New(log, log, quiet(hub.Options{})), log, uuid.NewString()}
	t.Cleanup(r.closed)
	r.do(session.Counselor, session.Open{Facts: facts})
	return r
}

// closed ends the hub within the bubble, where its goroutines live.
func (r *room) closed() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	if err := r.hub.Close(ctx); err != nil {
		r.Error(err)
	}
}

func quiet(o hub.Options) hub.Options {
	o.Logger = slog.New(slog.NewTextHandler(io.Discard, nil))
	return o
}

var facts = session.Facts{
	People:      session.People{Counselor: "Ruth", One: "Ana", Two: "Ben"},
	Policy:      session.Policy{Version: 1, Secrets: session.NoSecrets},
	Suitability: &session.Suitability{Statement: "seen_apart"},
}

// turns is an exercise with a step of each sort that matters to a room.
var turns = func() exercise.Program {
	step := func(id string, kind exercise.Kind, who exercise.Who, audience exercise.Audience) exercise.Step {
		return exercise.Step{
			ID: id, Kind: kind, Who: who, Audience: audience, Skippable: true,
			Words: exercise.Words{Title: id, Prompt: "Please " + id, Listener: "Please listen"},
		}
	}
	p, problems := exercise.Compile(exercise.Definition{
		ID: "turns", Version: 1, Title: "Turns", Phase: exercise.AnyPhase, Intensity: exercise.Gentle,
		Roles: map[exercise.Role]string{exercise.A: "begins", exercise.B: "listens"},
		Steps: []exercise.Step{
			step("speak", exercise.Speak, "a", ""),
			step("reply", exercise.Speak, "b", ""),
			step("write", exercise.Write, exercise.Both, exercise.Room),
			step("alone", exercise.Write, exercise.Both, exercise.Device),
			step("again", exercise.Speak, "a", ""),
		},
	})
	if len(problems) > 0 {
		panic(problems)
	}
	return p
}()

func newID() session.CommandID { return session.CommandID(uuid.Must(uuid.NewV7()).String()) }

// do is a command over HTTP that must succeed.
func (r *room) do(by session.Role, c session.Command) {
	r.Helper()
	if err := r.hub.Do(r.Context(), r.id, session.Input{ID: newID(), By: by, Command: c}); err != nil {
		r.Fatalf("%s: %v", c.Name(), err)
	}
}

// begin lets both partners in and starts the exercise.
func (r *room) begin() (counselor, one, two *person) {
	r.Helper()
	counselor, one, two = r.join(session.Counselor), r.join(session.One), r.join(session.Two)
	r.letIn()
	r.do(session.Counselor, session.StartExercise{
		Program: turns,
		Cast:    session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo},
	})
	r.later(time.Second)
	for _, p := range []*person{counselor, one, two} {
		p.take()
	}
	return counselor, one, two
}

func (r *room) letIn() {
	r.Helper()
	for _, seat := range session.Seats() {
		r.do(seat.Role(), session.Consent{Policy: 1})
		r.do(session.Counselor, session.Admit{Who: seat})
	}
}

// later lets time pass, and everything that falls due in it happen.
func (r *room) later(d time.Duration) {
	<-time.After(d) // by the bubble's clock: nobody waits for it
	synctest.Wait()
}

// person is a seat and what it has been sent.
type person struct {
	testing.TB
	*hub.Seat
	got    []frame // every frame, in order
	closed protocol.CloseCode
}

type frame struct {
	raw       string
	Is        string            `json:"is"`
	ID        session.CommandID `json:"id"`
	Code      string            `json:"code"`
	Rev       uint64            `json:"rev"`
	Now       time.Time         `json:"now"`
	View      view              `json:"view"`
	One, Two  protocol.Presence
	Counselor bool         `json:"counselor"`
	Who       session.Seat `json:"who"`
	Value     int          `json:"value"`
	Step      string       `json:"step"`
	Text      private.Text `json:"text"`
}

// view holds what both kinds of views have in common.
type view struct {
	Phase  session.Phase     `json:"phase"`
	Door   session.SeatState `json:"door"`
	YouMay []string          `json:"you_may"`
	Step   *struct {
		Key   string `json:"key"`
		Title string `json:"title"`
	} `json:"step"`
}

func (r *room) join(role session.Role) *person { return r.enter(r.hub, role, hub.Entry{}) }

func (r *room) enter(h *hub.Hub, role session.Role, e hub.Entry) *person {
	r.Helper()
	seat, err := h.Join(r.Context(), r.id, role, e)
	if err != nil {
		r.Fatalf("%s may not sit down: %v", role, err)
	}
	p := &person{TB: r.TB, Seat: seat}
	r.Cleanup(seat.Leave) // before the hub's own cleanup
	synctest.Wait()
	p.take()
	return p
}

// take empties the mailbox and answers with what was in it.
func (p *person) take() []frame {
	p.Helper()
	synctest.Wait()
	from := len(p.got)
	var frames []string
	over := p.Take(func(raw []byte) { frames = append(frames, string(raw)) })
	for _, raw := range frames {
		f := frame{raw: raw}
		if err := json.Unmarshal([]byte(raw), &f); err != nil {
			p.Fatalf("a frame that cannot be read: %v: %.200s", err, raw)
		}
		p.got = append(p.got, f)
	}
	if over != nil {
		p.closed = over.Code
	}
	return p.got[from:]
}

// says sends a command and answers with its id.
func (p *person) says(c session.Command) session.CommandID {
	p.Helper()
	id := newID()
	p.saysAs(id, protocol.Command{Command: c})
	return id
}

func (p *person) saysAs(id session.CommandID, b protocol.Body) {
	p.Helper()
	if err := p.Do(p.Context(), protocol.Message{ID: id, Body: b}); err != nil {
		p.Fatal(err)
	}
	synctest.Wait()
}

// step is the key of the step on the person's screen.
func (p *person) step() string {
	p.Helper()
	v := p.sees()
	if v.Step == nil {
		p.Fatalf("%s sees no step, but %s", p.Role, v.Phase)
	}
	return v.Step.Key
}

// sees is the newest view.
func (p *person) sees() view {
	p.Helper()
	return p.last("view").View
}

// last is the newest frame of a kind.
func (p *person) last(is string) frame {
	p.Helper()
	p.take()
	for _, f := range slices.Backward(p.got) {
		if f.Is == is {
			return f
		}
	}
	p.Fatalf("%s was never sent a %s", p.Role, is)
	return frame{}
}

func kinds(frames []frame) []string {
	out := make([]string, len(frames))
	for i, f := range frames {
		out[i] = f.Is
	}
	return out
}

// only is the one frame of a kind among frames.
func (p *person) only(frames []frame, is string) frame {
	p.Helper()
	var found []frame
	for _, f := range frames {
		if f.Is == is {
			found = append(found, f)
		}
	}
	if len(found) != 1 {
		p.Fatalf("%s got %v, where one %s was expected", p.Role, kinds(frames), is)
	}
	return found[0]
}
