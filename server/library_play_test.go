package main

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"mend/internal/bot"
	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/protocol"
	"mend/internal/session"
)

// play is one exercise, played by three people in a room of their own. What they do
// they decide from their screens; of the exercise itself they know its name.
type play struct {
	*house
	ctx   context.Context
	desk  *caller
	id    string // of the session
	title string // of the exercise, as an id
	cast  session.Cast
	hard  bool
	turn  int // which of the hard plays it is: what happens to whom changes with it

	seats   map[session.Role]*chair
	phones  map[session.Seat]*caller
	words   *words
	diary   *diary
	script  []uttered // what took effect, in order
	before  earlier
	version int    // counts what took effect
	last    string // the last command, for the failure's sentence

	met   map[string]bool
	times map[string]int
}

// tell is a house of which a subtest tells: the same house, under another name.
func (h *house) tell(t *testing.T) *house {
	return &house{T: t, app: h.app, base: h.base, log: h.log, data: h.data}
}

// enters makes a couple and a session, and brings all three into the room.
func (p *play) enters(c *caller) {
	p.Helper()
	p.desk = &caller{house: p.house, Client: c.Client, headers: c.headers}
	p.words = &words{of: map[string]*word{}}
	p.diary = newDiary()
	p.met, p.times = map[string]bool{}, map[string]int{}
	p.seats, p.phones = map[session.Role]*chair{}, map[session.Seat]*caller{}
	p.id = p.desk.session().ID
	p.takes(session.Counselor, p.desk)
	for _, who := range session.Seats() {
		p.phones[who] = p.partner(p.desk.link(p.id, string(who)))
		p.takes(who.Role(), p.phones[who])
	}
	for _, who := range session.Seats() {
		p.knocks(who)
		p.does(session.Counselor, session.Admit{Who: who})
	}
}

// takes gives somebody a seat at the socket.
func (p *play) takes(role session.Role, c *caller) {
	p.Helper()
	base, err := url.Parse(p.base)
	if err != nil {
		p.Fatal(err)
	}
	s := p.seats[role]
	if s == nil {
		s = &chair{play: p, role: role, offered: map[string]bool{}, accepted: map[string]bool{}}
		p.seats[role] = s
	}
	for _, held := range c.Jar.Cookies(base) {
		s.at = bot.Place{Server: p.base, Session: p.id, Cookie: held.Name + "=" + held.Value}
	}
	s.stirred = true
	s.sits(p.ctx)
	s.version, s.stirred = p.version, false
}

// knocks consents, which is the knock at the door.
func (p *play) knocks(who session.Seat) {
	p.Helper()
	p.fresh(who.Role())
	p.does(who.Role(), session.Consent{Policy: p.phone(who).Policy.Version}, who.Other().Role())
}

func (p *play) phone(who session.Seat) *session.PartnerView { return p.seats[who.Role()].partner }

// console is the counselor's screen, brought up to date.
func (p *play) console() *session.CounselorView {
	p.Helper()
	p.fresh(session.Counselor)
	return p.seats[session.Counselor].counselor
}

// now is the step on the console, nil between exercises.
func (p *play) now() *session.CounselorStep { p.Helper(); return p.console().Step }

// fresh makes sure that somebody looks at the room as it is.
func (p *play) fresh(role session.Role) {
	p.Helper()
	if s := p.seats[role]; s.version != p.version {
		s.looks()
	}
}

// all look at the room as it is.
func (p *play) all() {
	p.Helper()
	for _, role := range session.Roles() {
		p.fresh(role)
	}
}

// does is what a person does because their screen offers it. Nothing of it may show
// on the screens of those from whom it is hidden.
func (p *play) does(by session.Role, c session.Command, hidden ...session.Role) {
	p.Helper()
	p.fresh(by)
	for _, role := range hidden {
		p.fresh(role)
	}
	s := p.seats[by]
	if !s.can(c.Name()) {
		p.Fatalf("%s's screen at %s does not offer %q: %s", by, s.key(), c.Name(), s.raw)
	}
	var body protocol.Body = protocol.Command{Command: c}
	if _, starts := c.(session.StartExercise); starts {
		body = protocol.StartExercise{Exercise: p.title, Cast: p.cast}
	}
	p.stir(string(by)+" "+c.Name(), hidden...)
	key := s.key()
	if err := s.says(body); err != nil && s.gone == nil {
		p.Fatalf("%s was offered %q at %s and refused: %v", by, c.Name(), key, err)
	}
	p.version++
	p.script = append(p.script, uttered{by, body})
	s.accepted[c.Name()] = true
	if s.gone == nil {
		s.version, s.stirred = p.version, false
	}
	p.diary.does(p, by, key, c)
}

// stir says that something happens that everybody else may see.
func (p *play) stir(what string, hidden ...session.Role) {
	p.last = what
	for role, s := range p.seats {
		s.stirred = s.stirred || !slices.Contains(hidden, role)
	}
}

// cannot is what must be refused, or have no effect, and change nobody's screen.
func (p *play) cannot(by session.Role, c session.Command, codes ...string) {
	p.Helper()
	p.all()
	p.last = string(by) + " " + c.Name() + ", which is not offered"
	var body protocol.Body = protocol.Command{Command: c}
	if _, starts := c.(session.StartExercise); starts {
		body = protocol.StartExercise{Exercise: p.title, Cast: p.cast}
	}
	err := p.seats[by].says(body)
	f, refused := fault.As(err)
	switch {
	case err != nil && !refused:
		p.Fatalf("%s at %s: %v", p.last, p.seats[by].key(), err)
	case refused:
		p.meet("refused")
	}
	if len(codes) > 0 && (!refused || !slices.Contains(codes, f.Code)) {
		p.Errorf("%s at %s: %v, want %v", p.last, p.seats[by].key(), err, codes)
	}
	for _, role := range session.Roles() {
		p.seats[role].looks()
	}
}

// meet notes that a hard thing was really met.
func (p *play) meet(what string) { p.met[what] = true }

// nth counts how often something came up, from this play's own turn on.
func (p *play) nth(what string) int {
	p.times[what]++
	return p.times[what] - 1 + p.turn
}

// once is so the first time.
func (p *play) once(what string) bool {
	p.times[what]++
	return p.times[what] == 1
}

// plays goes through the whole exercise and leaves.
func (p *play) plays() {
	p.Helper()
	if p.hard {
		p.chooseLanguages()
	}
	p.does(session.Counselor, session.StartExercise{})
	if p.hard {
		p.does(session.Counselor, session.StopExercise{})
		p.does(session.Counselor, session.StartExercise{})
		p.meet("stopped and begun again")
	}
	for range 6 * exercise.MaxSteps {
		step := p.now()
		if step == nil {
			p.closes()
			return
		}
		p.all() // people look at a new screen
		p.sameStep()
		p.step(step)
	}
	p.Fatalf("the exercise does not come to an end")
}

// sameStep holds what the two phones show of a step against each other and the desk.
func (p *play) sameStep() {
	p.Helper()
	step := p.now()
	for _, who := range session.Seats() {
		view := p.phone(who)
		switch {
		case view.Step == nil || view.Step.Key != step.Key:
			p.Fatalf("%s is not at %s: %s", who, step.Key, p.seats[who.Role()].raw)
		case step.Kind.Private():
			if s := view.Step; s.Kind != session.Wait || s.Prompt+s.Title+s.Note != "" || len(s.Options) > 0 {
				p.Errorf("%s is shown something of the counselor's own step: %s", who, p.seats[who.Role()].raw)
			}
		case view.Step.Prompt != p.console().Phones[who].Step.Prompt:
			p.Errorf("%s reads another prompt than the desk shows at %s", who, step.Key)
		case view.Language == exercise.Spanish && view.Step.Prompt != step.Prompts[who]:
			p.meet("read in Spanish")
		case view.Language != exercise.Spanish && view.Step.Prompt != step.Prompts[who]:
			p.Errorf("%s, who reads English, reads %q at %s", who, view.Step.Prompt, step.Key)
		}
	}
}

// step does what a step asks for and goes on.
func (p *play) step(step *session.CounselorStep) {
	p.Helper()
	switch {
	case step.Kind.HoldsFloor():
		p.meanwhile(step)
		p.floor(step)
		return
	case step.Kind == exercise.Confirm:
		p.meanwhile(step)
		p.confirm(step)
		return
	case step.Kind.Answers():
		p.answers(step)
	case step.Kind == exercise.Read, step.Kind == exercise.Breathe:
		p.readies(step, step.Who)
	case step.Kind == exercise.Apart:
		p.apart(step)
	case step.Kind == exercise.Reveal:
		p.reveals(step)
	case step.Kind == exercise.Agree:
		p.agrees(step)
	case step.Kind == exercise.Ask:
		p.asks(step)
	case step.Kind == exercise.Gate:
		p.gate(step)
	}
	p.meanwhile(step)
	p.onward(step)
}

// closes ends the session once the exercise is over.
func (p *play) closes() {
	p.Helper()
	p.all()
	for role, s := range p.seats {
		if s.phase() != session.Between {
			p.Fatalf("%s is in phase %q after the last step", role, s.phase())
		}
	}
	p.meet("played to its end")
	p.withdraws()
	p.replays()
	p.does(session.Counselor, session.End{})
	for _, role := range session.Roles() {
		s := p.seats[role]
		s.isPutOut(protocol.Ended)
		if s.phase() != session.HasEnded {
			p.Errorf("%s's last screen is %s", role, s.raw)
		}
	}
	p.record()
}

// replays holds the room against its own log, read back from the disk.
func (p *play) replays() {
	p.Helper()
	p.all()
	records, err := p.app.store.Read(p.ctx, p.id, 0)
	if err != nil {
		p.Fatal(err)
	}
	state := session.Replay(records)
	for role, s := range p.seats {
		var again strings.Builder
		enc := json.NewEncoder(&again)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(session.ViewFor(state, role)); err != nil {
			p.Fatal(err)
		}
		if got := strings.TrimSuffix(again.String(), "\n"); got != string(s.raw) {
			p.Errorf("replayed, %s's screen is another:\n%s\n%s", role, got, s.raw)
		}
	}
}

// cannotBut is cannot for what is offered, and not with these contents.
func (p *play) cannotBut(by session.Role, c session.Command, code string) {
	p.Helper()
	p.fresh(by)
	if !p.seats[by].can(c.Name()) {
		p.Errorf("%s is not offered %q: %s", by, c.Name(), p.seats[by].raw)
	}
	p.cannot(by, c, code)
}
