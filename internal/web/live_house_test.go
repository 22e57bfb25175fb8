package web_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"mend/internal/account"
	"mend/internal/bot"
	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/hub"
	"mend/internal/protocol"
	"mend/internal/seal"
	"mend/internal/session"
	"mend/internal/store"
	"mend/internal/web"
)

// sofa is the socket on the real stack, down to the disk: fiber, hub, store on
// SQLite. Only the accounts are left out; who holds which cookie stands in a table.
type sofa struct {
	testing.TB
	store     *store.Store
	hub       *hub.Hub
	url       string
	session   string
	counselor string
	books     *cookies
	sockets   *sockets
}

// cookies says who holds which cookie in which session.
type cookies struct {
	mu   sync.Mutex
	held map[string]map[string]session.Role
}

func (c *cookies) Seat(_ context.Context, cookie, id string) (session.Role, string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	sessions, known := c.held[cookie]
	if !known {
		return "", "", fault.New(fault.Unsigned, "unsigned", "Please sign in.")
	}
	role, theirs := sessions[id]
	if !theirs {
		return "", "", fault.New(fault.NotFound, "not_found", "There is no such session.")
	}
	return role, cookie, nil
}

func (c *cookies) give(cookie, id string, role session.Role) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held[cookie] == nil {
		c.held[cookie] = map[string]session.Role{}
	}
	c.held[cookie][id] = role
}

func (c *cookies) revoke(cookie string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.held, cookie)
}

// shelf is a library of one exercise.
type shelf struct{ program exercise.Program }

func (s shelf) Program(_ context.Context, _, id string) (exercise.Program, error) {
	if id != s.program.ID {
		return exercise.Program{}, fault.New(fault.NotFound, "unknown_exercise", "There is one exercise.")
	}
	return s.program, nil
}

// turns is an exercise in which the two take turns, then write.
func turns(t testing.TB, rounds int) exercise.Program {
	t.Helper()
	var steps []exercise.Step
	for range rounds {
		for _, who := range []exercise.Who{"a", "b"} {
			steps = append(steps, exercise.Step{
				ID:   "speak-" + string(who) + "-" + string(rune('a'+len(steps)%26)) + string(rune('a'+len(steps)/26)),
				Kind: exercise.Speak, Who: who, Skippable: true,
				Words: exercise.Words{Title: "Speak", Prompt: "Say how this week was for you.", Listener: "Listen until it is your turn."},
			})
		}
	}
	steps = append(steps, exercise.Step{
		ID: "write", Kind: exercise.Write, Who: exercise.Both, Audience: exercise.Sealed,
		Words: exercise.Words{Title: "Write", Prompt: "Write down what you heard."},
	})
	p, problems := exercise.Compile(exercise.Definition{
		ID: "turns", Version: 1, Title: "Turns", Phase: exercise.AnyPhase,
		Intensity: exercise.Gentle, Minutes: 10, Roles: map[exercise.Role]string{exercise.A: "begins", exercise.B: "listens"},
		Steps: steps,
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return p
}

// newSofa opens a session in which everybody may sit down. Its pings are quick, so
// that what falls due with them does so within a test.
func newSofa(t testing.TB, o web.LiveOptions) *sofa {
	t.Helper()
	master, err := seal.NewMaster()
	check(t, err)
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	st, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "mend.db"), Master: master, Log: quiet})
	check(t, err)
	s := &sofa{TB: t, store: st, books: &cookies{held: map[string]map[string]session.Role{}}}
	s.start(o, hub.Options{Logger: quiet})
	t.Cleanup(func() { check(t, st.Close()) })
	t.Cleanup(s.stop)
	s.counselor, err = st.CreateAccount(t.Context(), account.NewAccount{
		Name: "Ruth", Email: string(bot.NewID()) + "@example.org", PasswordHash: "$argon2id$v=19$x",
		Practice: "Practice", Secrets: session.LimitedSecrets, At: time.Now(),
	})
	check(t, err)
	s.session = s.newSession()
	return s
}

// start brings a server up; stop takes it down as the program does.
func (s *sofa) start(o web.LiveOptions, ho hub.Options) {
	s.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(s, err)
	s.sockets = &sockets{Listener: listener}
	s.url = "http://" + listener.Addr().String()
	if o.Origins == nil {
		o.Origins = []string{s.url}
	}
	o.Logger = ho.Logger
	s.hub = hub.New(s.store, s.store, ho)
	app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true})
	app.Get("/live/:session", web.Live(s.hub, s.books, shelf{turns(s, 20)}, o)...)
	served := make(chan error, 1)
	go func() { served <- app.Listener(s.sockets) }()
	h := s.hub
	s.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		check(s, h.Close(ctx))
		check(s, app.ShutdownWithContext(ctx))
		check(s, <-served)
	})
}

func (s *sofa) stop() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	check(s, s.hub.Close(ctx))
}

// newSession is one that is opened, with a cookie for each role that is named after it.
func (s *sofa) newSession() string {
	s.Helper()
	id := s.unopened()
	check(s, s.hub.Do(s.Context(), id, session.Input{ID: bot.NewID(), By: session.Counselor, Command: session.Open{Facts: session.Facts{
		Session:     id,
		People:      session.People{Counselor: "Ruth", One: "Ana", Two: "Ben"},
		Policy:      session.Policy{Version: 1, Secrets: session.LimitedSecrets},
		Suitability: &session.Suitability{Statement: "seen_apart", At: time.Now()},
	}}}))
	for _, role := range session.Roles() {
		s.books.give(cookieOf(id, role), id, role)
	}
	return id
}

// unopened is a session whose log is empty.
func (s *sofa) unopened() string {
	s.Helper()
	couple, err := s.store.CreateCouple(s.Context(), s.counselor, protocol.NewCouple{
		Label: "A and B",
		One:   protocol.Partner{Name: "Ana"}, Two: protocol.Partner{Name: "Ben"},
	}, store.Once{})
	check(s, err)
	made, err := s.store.CreateSession(s.Context(), s.counselor, couple.ID, store.NewSession{Agenda: []session.Planned{}}, store.Once{})
	check(s, err)
	return made.ID
}

func cookieOf(id string, role session.Role) string { return string(role) + "-" + id }

func (s *sofa) place(id string, role session.Role) bot.Place {
	return bot.Place{Server: s.url, Session: id, Cookie: "mend=" + cookieOf(id, role)}
}

// sit puts a bot on a seat.
func (s *sofa) sit(role session.Role) *bot.Bot {
	s.Helper()
	b := bot.Sit(s.Context(), role, s.place(s.session, role))
	s.Cleanup(b.Leave)
	s.until(b, "a first view", func(seen *bot.Seen) bool { return seen.Views > 0 })
	return b
}

// begin seats all three and starts the exercise.
func (s *sofa) begin() (counselor, one, two *bot.Bot) {
	s.Helper()
	counselor, one, two = s.sit(session.Counselor), s.sit(session.One), s.sit(session.Two)
	for _, b := range []*bot.Bot{one, two} {
		seat, _ := b.Role.Seat()
		s.ask(b, session.Consent{Policy: 1})
		s.ask(counselor, session.Admit{Who: seat})
	}
	check(s, counselor.Do(s.soon(), protocol.StartExercise{
		Exercise: "turns",
		Cast:     session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo},
	}))
	for _, b := range []*bot.Bot{counselor, one, two} {
		s.until(b, "the exercise", func(seen *bot.Seen) bool { return seen.Step() != "" })
	}
	return counselor, one, two
}

func (s *sofa) ask(b *bot.Bot, c session.Command) {
	s.Helper()
	if err := b.Ask(s.soon(), c); err != nil {
		s.Fatalf("%s %s: %v", b.Role, c.Name(), err)
	}
}

func (s *sofa) refused(b *bot.Bot, c session.Command, code string) {
	s.Helper()
	if err := b.Ask(s.soon(), c); fault.Code(err) != code {
		s.Fatalf("%s %s: %v, want %s", b.Role, c.Name(), err, code)
	}
}

func (s *sofa) until(b *bot.Bot, what string, is func(*bot.Seen) bool) bot.Seen {
	s.Helper()
	seen, err := b.Until(s.soon(), what, is)
	check(s, err)
	return seen
}

// soon bounds a wait for something that is sure to come.
func (s *sofa) soon() context.Context {
	ctx, cancel := context.WithTimeout(s.Context(), 20*time.Second)
	s.Cleanup(cancel)
	return ctx
}

// line is a bare connection that has been welcomed.
func (s *sofa) line(p bot.Place) *bot.Line {
	s.Helper()
	l, err := bot.Dial(s.soon(), p)
	check(s, err)
	s.Cleanup(l.Close)
	return l
}

// closedWith reads on until the server says goodbye.
func (s *sofa) closedWith(l *bot.Line, code protocol.CloseCode) {
	s.Helper()
	for {
		_, err := l.Read()
		var closed bot.Closed
		switch {
		case err == nil:
			continue
		case !errors.As(err, &closed):
			s.Fatalf("the line broke without a word: %v", err)
		case closed.Code != code || closed.Slug != code.Slug():
			s.Fatalf("closed with %v, want %d", closed, code)
		}
		return
	}
}

func frame(t testing.TB, id session.CommandID, b protocol.Body) []byte {
	t.Helper()
	raw, err := protocol.Encode(protocol.Message{ID: id, Body: b})
	check(t, err)
	return raw
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
