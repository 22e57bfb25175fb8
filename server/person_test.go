package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/fasthttp/websocket"
	"github.com/rogpeppe/go-internal/testscript"

	"mend/internal/bot"
	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

// patience is how long a person of a story waits for what must come.
const patience = 20 * time.Second

// person is one of a story's people, at one browser.
type person struct {
	story  *story
	role   session.Role
	cookie string
	as     string // who is played in a rehearsal

	mu      sync.Mutex
	changed chan struct{} // closed when anything below changed, and replaced
	line    *bot.Line
	heard   bytes.Buffer // every byte that ever reached this browser
	view    []byte       // the newest
	views   int          // how many came
	seen    glance
	answers map[session.CommandID]string // a refusal's code, or "" for done
	gone    error                        // why the line ended
}

// glance is what a person makes out of a view.
type glance struct {
	Phase session.Phase
	Step  *struct {
		Key      string
		Title    string
		Floor    session.Seat
		Finished any
		Wording  *session.Wording
	}
	Policy *session.Policy
}

func newPerson(s *story, role session.Role) *person {
	return &person{story: s, role: role, changed: make(chan struct{}), answers: map[session.CommandID]string{}}
}

// tell changes what a person knows and wakes whoever waits for it.
func (p *person) tell(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
	close(p.changed)
	p.changed = make(chan struct{})
}

// until waits for something to be so.
func (p *person) until(ctx context.Context, so func() bool) error {
	for {
		p.mu.Lock()
		ok, changed, view := so(), p.changed, string(p.view)
		p.mu.Unlock()
		if ok {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("%w; the screen shows %s", ctx.Err(), view)
		}
	}
}

// drop ends the line without a word, as a phone does that lost its network.
func (p *person) drop() {
	p.mu.Lock()
	line := p.line
	p.mu.Unlock()
	if line != nil {
		line.Close()
		ctx, stop := context.WithTimeout(context.Background(), patience)
		defer stop()
		_ = p.until(ctx, func() bool { return p.line == nil })
	}
}

// sit opens the socket and waits for the first view.
func (p *person) sit(ctx context.Context) error {
	p.drop()
	line, err := bot.Dial(ctx, bot.Place{Server: p.story.server, Session: p.story.session, Cookie: p.cookie, Here: true, As: p.as})
	if err != nil {
		return err
	}
	p.tell(func() { p.line, p.view, p.gone = line, nil, nil })
	go p.listen(line)
	err = p.until(ctx, func() bool { return p.view != nil || p.gone != nil })
	if err == nil && p.view == nil {
		return p.gone
	}
	return err
}

func (p *person) listen(line *bot.Line) {
	for {
		raw, err := line.Read()
		if err != nil {
			line.Close()
			p.tell(func() { p.line, p.gone = nil, err })
			return
		}
		var f struct {
			Is   string
			ID   session.CommandID
			Code string
			View json.RawMessage
		}
		bad := json.Unmarshal(raw, &f)
		p.tell(func() {
			p.heard.Write(raw)
			switch {
			case bad != nil:
				p.gone = bad
			case f.Is == "view":
				p.view, p.seen, p.views = f.View, glance{}, p.views+1
				p.gone = json.Unmarshal(f.View, &p.seen)
			case f.Is == "done" || f.Is == "now" || f.Is == "refused":
				p.answers[f.ID] = f.Code
			}
		})
	}
}

var errOutside = errors.New("is not in the room")

// refusal is a server's no.
type refusal string

func (r refusal) Error() string { return "refused: " + string(r) }

// say sends one message and waits for its answer.
func (p *person) say(ctx context.Context, body protocol.Body) error {
	id := bot.NewID()
	frame, err := protocol.Encode(protocol.Message{ID: id, Body: body})
	if err != nil {
		return err
	}
	p.mu.Lock()
	line := p.line
	p.mu.Unlock()
	if line == nil {
		return errOutside
	}
	if err := line.Write(frame); err != nil {
		return err
	}
	answered := func() bool { _, ok := p.answers[id]; return ok || p.gone != nil }
	if err := p.until(ctx, answered); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if code, ok := p.answers[id]; !ok {
		return p.gone
	} else if code != "" {
		return refusal(code)
	}
	return nil
}

// look brings the screen up to what the server knows now.
func (p *person) look(ctx context.Context) error {
	p.mu.Lock()
	before := p.views
	p.mu.Unlock()
	err := p.say(ctx, protocol.Sync{})
	if errors.Is(err, websocket.ErrCloseSent) { // the server said goodbye in this moment
		return p.until(ctx, func() bool { return p.gone != nil })
	}
	if err != nil {
		return err
	}
	return p.until(ctx, func() bool { return p.views > before || p.gone != nil })
}

// call is one HTTP call, with all that comes back kept as heard.
func (p *person) call(ctx context.Context, method, path string, body any) (status int, got []byte, err error) {
	var raw []byte
	if body != nil {
		if raw, err = json.Marshal(body); err != nil {
			return 0, nil, err
		}
	}
	request, err := http.NewRequestWithContext(ctx, method, p.story.server+path, bytes.NewReader(raw))
	if err != nil {
		return 0, nil, err
	}
	request.Header.Set("Origin", p.story.server)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if p.cookie != "" {
		request.Header.Set("Cookie", p.cookie)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	if got, err = io.ReadAll(answer.Body); err != nil {
		return 0, nil, err
	}
	p.tell(func() { p.heard.Write(got) })
	for _, c := range answer.Cookies() {
		p.cookie = c.Name + "=" + c.Value
	}
	return answer.StatusCode, got, nil
}

// api is a call that has to succeed.
func (p *person) api(ctx context.Context, method, path string, body, into any) error {
	status, got, err := p.call(ctx, method, "/api/v1"+path, body)
	switch {
	case err != nil:
		return err
	case status >= 300:
		return refusal(strconv.Itoa(status))
	case into == nil:
		return nil
	}
	return json.Unmarshal(got, into)
}

// step is the key of the step on the screen.
func (p *person) step() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.seen.Step == nil {
		return ""
	}
	return p.seen.Step.Key
}

// does is one line of a story.
func (p *person) does(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) == 0 {
		ts.Fatalf("%s does what?", p.role)
	}
	ctx, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	verb, args := args[0], args[1:]
	text := strings.Join(args, " ")
	if check, ok := p.checks()[verb]; ok {
		if err := check(ctx, neg, text); err != nil {
			ts.Fatalf("%s %s %s: %v", p.role, verb, text, err)
		}
		return
	}
	err := p.act(ctx, ts, verb, args, text)
	var no refusal
	switch {
	case neg && errors.As(err, &no):
		fmt.Fprintln(ts.Stdout(), string(no))
	case neg && err == nil:
		ts.Fatalf("%s could %s, and must not", p.role, verb)
	case err != nil:
		ts.Fatalf("%s %s %s: %v", p.role, verb, text, err)
	}
}

// checks look at what a person knows. With neg the opposite has to be so.
func (p *person) checks() map[string]func(ctx context.Context, neg bool, text string) error {
	is := func(so func(text string) bool) func(context.Context, bool, string) error {
		return func(ctx context.Context, neg bool, text string) error {
			if !neg {
				return p.until(ctx, func() bool { return so(text) })
			}
			// What has not come once the server has answered, or closed, will not come of itself.
			var closed bot.Closed
			if err := p.look(ctx); err != nil && !errors.As(err, &closed) && !errors.Is(err, errOutside) {
				return err
			}
			p.mu.Lock()
			defer p.mu.Unlock()
			if so(text) {
				return errors.New("it is so, and must not be")
			}
			return nil
		}
	}
	return map[string]func(context.Context, bool, string) error{
		"sees":      is(func(text string) bool { return bytes.Contains(p.view, []byte(text)) }),
		"has-heard": is(func(text string) bool { return bytes.Contains(p.heard.Bytes(), []byte(text)) }),
		"stands-at": is(func(text string) bool { return p.seen.Step != nil && p.seen.Step.Title == text }),
		"has-floor": is(func(string) bool { return p.seen.Step != nil && string(p.seen.Step.Floor) == string(p.role) }),
		"is-in":     is(func(text string) bool { return string(p.seen.Phase) == text }),
		"has-done":  is(func(string) bool { return p.seen.Step != nil && p.seen.Step.Finished == true }),
		"is-put-out": is(func(text string) bool {
			return p.line == nil && p.gone != nil && strings.Contains(p.gone.Error(), text)
		}),
	}
}

// act does something that may be refused.
func (p *person) act(ctx context.Context, ts *testscript.TestScript, verb string, args []string, text string) error {
	s := p.story
	if ok, err := p.share(ctx, verb); ok {
		return err
	}
	switch verb {
	case "plans": // a couple and a session of its own; the newest is the one that is played
		return p.plan(ctx, ts)
	case "invites":
		var link protocol.Link
		err := p.api(ctx, "POST", "/sessions/"+s.session+"/links", protocol.NewLink{For: session.Seat(text)}, &link)
		s.links[session.Seat(text)] = link
		ts.Setenv("LINK_"+strings.ToUpper(text), link.URL)
		return err
	case "joins": // by the link of a seat, one's own where none is named
		if text == "" {
			text = string(p.role)
		}
		_, token, _ := strings.Cut(s.links[session.Seat(text)].URL, "#")
		return p.api(ctx, "POST", "/join", protocol.Join{Token: token}, nil)
	case "rehearses": // EXERCISE…: with the two as pretend partners at the counselor's own desk
		return p.rehearse(ctx, ts, args)
	case "sits", "reloads":
		return p.sit(ctx)
	case "drops":
		p.drop()
		return nil
	case "asks": // METHOD PATH: what came back is on stdout, but for what differs each time
		return p.ask(ctx, ts, args)
	case "regains": // PASSWORD: with the code that was just printed
		_, after, _ := strings.Cut(ts.ReadFile("stdout"), "Code")
		code, _, _ := strings.Cut(strings.TrimSpace(after), "\n")
		return p.api(ctx, "POST", "/reset", protocol.Reset{Code: code, Password: text}, nil)
	case "takes": // PATH: a file, and what is in an archive, are on stdout
		return p.take(ctx, ts, text)
	case "knocks": // at the socket of a session: how it answers is on stdout
		return p.knock(ctx, ts, text)
	case "keeps": // KIND TEXT: a note
		kind, words, _ := strings.Cut(text, " ")
		return p.api(ctx, "PUT", "/sessions/"+s.session+"/note", protocol.PutNote{
			Kind: protocol.NoteKind(kind), Format: protocol.Free, Sections: map[string]private.Text{"text": private.Text(words)},
		}, nil)
	case "deletes": // the couple whose session it is
		var of protocol.Session
		if err := p.api(ctx, "GET", "/sessions/"+s.session, nil, &of); err != nil {
			return err
		}
		return p.api(ctx, "DELETE", "/couples/"+of.Couple, nil, nil)
	case "starts": // EXERCISE: one plays a, two plays b
		return p.say(ctx, protocol.StartExercise{
			Exercise: text, Cast: session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo},
		})
	}
	// People look before they tap; a tap at an older screen is refused as stale.
	if err := p.look(ctx); err != nil {
		return err
	}
	c, err := p.command(verb, text)
	if err != nil {
		return err
	}
	return p.say(ctx, protocol.Command{Command: c})
}

// command is what a verb says in the room.
func (p *person) command(verb, text string) (session.Command, error) {
	step := p.step()
	who, words, _ := strings.Cut(text, " ")
	switch verb {
	case "consents":
		p.mu.Lock()
		defer p.mu.Unlock()
		return session.Consent{Policy: p.seen.Policy.Version}, nil
	case "admits":
		return session.Admit{Who: session.Seat(text)}, nil
	case "removes":
		return session.Remove{Who: session.Seat(text)}, nil
	case "advances":
		return session.Advance{Step: step}, nil
	case "reveals":
		return session.RevealAnswers{Step: step}, nil
	case "whispers":
		return session.Whisper{To: session.Seat(who), Text: private.Text(words)}, nil
	case "marks":
		return session.Mark{Kind: session.MarkNote, Text: private.Text(text)}, nil
	case "dials":
		value, err := strconv.Atoi(text)
		return session.SetDial{Value: value}, err
	case "pauses":
		return session.Pause{}, nil
	case "resumes":
		return session.Resume{}, nil
	case "ends":
		return session.End{}, nil
	case "writes":
		return session.Submit{Step: step, Answer: session.Answer{Text: private.Text(text)}}, nil
	case "yields":
		return session.Yield{Step: step}, nil
	case "is-ready":
		return session.Ready{Step: step}, nil
	case "confirms":
		return session.Confirm{Step: step, Heard: session.Hearing(text)}, nil
	}
	return nil, fmt.Errorf("nobody in a story can %q", verb)
}

// plan sets the house up where that is needed, and makes a couple with a session.
func (p *person) plan(ctx context.Context, ts *testscript.TestScript) error {
	if p.cookie == "" {
		err := p.api(ctx, "POST", "/setup", protocol.Setup{
			Name: "Maria", Email: "maria@example.org", Password: password, Practice: "Harbour", Secrets: session.NoSecrets,
		}, nil)
		if err != nil {
			return err
		}
	}
	var couple protocol.Couple
	var made protocol.Session
	err := p.api(ctx, "POST", "/couples", protocol.NewCouple{
		Label: "A. and S.", One: protocol.Partner{Name: "Alex"}, Two: protocol.Partner{Name: "Sam"},
	}, &couple)
	if err != nil {
		return err
	}
	if err := p.api(ctx, "POST", "/couples/"+couple.ID+"/suitability", protocol.NewSuitability{Statement: "seen_apart"}, nil); err != nil {
		return err
	}
	if err := p.api(ctx, "POST", "/couples/"+couple.ID+"/sessions", protocol.NewSession{Agenda: []string{}}, &made); err != nil {
		return err
	}
	ts.Setenv("EARLIER", p.story.session)
	ts.Setenv("SESSION", made.ID)
	ts.Setenv("COUPLE", couple.ID)
	p.story.session = made.ID
	return nil
}

func (p *person) rehearse(ctx context.Context, ts *testscript.TestScript, exercises []string) error {
	var made protocol.Rehearsal
	if err := p.api(ctx, "POST", "/rehearsals", protocol.NewRehearsal{Agenda: exercises}, &made); err != nil {
		return err
	}
	ts.Setenv("REHEARSAL", made.ID)
	p.story.session = made.ID
	for _, seat := range session.Seats() {
		pretend := p.story.people[string(seat)]
		pretend.cookie, pretend.as = p.cookie, string(seat)
	}
	return nil
}

func (p *person) ask(ctx context.Context, ts *testscript.TestScript, args []string) error {
	if len(args) < 2 {
		return errors.New("asks METHOD PATH [BODY]")
	}
	var body any
	if len(args) > 2 {
		body = json.RawMessage(strings.Join(args[2:], " "))
	}
	status, got, err := p.call(ctx, args[0], args[1], body)
	if err != nil {
		return err
	}
	var problem map[string]any
	if json.Unmarshal(got, &problem) == nil {
		delete(problem, "instance")
		if got, err = json.Marshal(problem); err != nil {
			return err
		}
	}
	fmt.Fprintf(ts.Stdout(), "%d %s\n", status, got)
	return nil
}

func (p *person) knock(ctx context.Context, ts *testscript.TestScript, at string) error {
	at, as, _ := strings.Cut(at, " as ")
	line, err := bot.Dial(ctx, bot.Place{Server: p.story.server, Session: at, Cookie: p.cookie, As: as})
	for err == nil {
		var raw []byte
		if raw, err = line.Read(); err == nil {
			fmt.Fprintf(ts.Stdout(), "%s\n", raw)
			if bytes.Contains(raw, []byte(`"view"`)) {
				err = errors.New("let in")
			}
		}
	}
	if line != nil {
		line.Close()
	}
	fmt.Fprintln(ts.Stdout(), err)
	return nil
}
