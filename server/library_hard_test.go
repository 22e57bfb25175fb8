package main

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

// The hard path: whatever can come between does.

// passes has somebody do what a step asks, or pass on it, or think better of either.
func (p *play) passes(skippable bool, who session.Seat, act func()) {
	p.Helper()
	by, other := who.Role(), who.Other().Role()
	if !p.hard {
		act()
		return
	}
	step := p.phone(who).Step
	skip := func() {
		p.does(by, session.Skip{Step: step.Key}, other)
		if s := p.phone(who).Step; !s.Declined || !s.Finished {
			p.Errorf("who passed does not see that they did: %s", p.seats[by].raw)
		}
		p.meet("passed on by " + string(who))
	}
	back := func() {
		if p.fresh(by); p.seats[by].can("take_back") {
			p.words.bury(step.Key, by)
			p.does(by, session.TakeBack{Step: step.Key}, hiddenFrom(who, step)...)
			if s := p.phone(who).Step; s.Finished || s.Mine != nil {
				p.Errorf("what was taken back is still there: %s", p.seats[by].raw)
			}
			p.meet("taken back")
		}
	}
	turn := p.nth("pass") % 4
	switch {
	case turn == 1 && skippable:
		skip()
		back()
		if p.seats[by].can("skip") {
			skip()
		}
		return
	case turn == 3 && skippable:
		skip()
	}
	p.losesTheNetwork(who)
	act()
	p.fresh(by)
	switch {
	case turn == 0 && p.seats[by].can("take_back"):
		back()
		act()
	case turn == 2 && step.Kind.Answers() && p.seats[by].can("submit"):
		act()
		p.meet("another answer")
	}
}

// losesTheNetwork drops a phone in the middle of a word, once a play.
func (p *play) losesTheNetwork(who session.Seat) {
	p.Helper()
	by := who.Role()
	s := p.seats[by]
	step := s.partner.Step
	if !step.Kind.Answers() || step.Audience == exercise.Device || step.Finished || !p.once("network") {
		return
	}
	typed := private.Text(p.words.fresh(string(by)+"'s draft", by))
	p.stir("a draft", who.Other().Role())
	if err := s.says(protocol.KeepDraft{Step: step.Key, Text: typed}); err != nil {
		p.Fatalf("a draft at %s: %v", step.Key, err)
	}
	s.draft = ""
	s.comesBack()
	for s.draft == "" && s.gone == nil {
		s.hear()
	}
	if s.draft != typed {
		p.Errorf("what %s was typing came back as another text", by)
	}
	p.meet("found again after the network was lost")
}

// meanwhile is what happens beside a step.
func (p *play) meanwhile(step *session.CounselorStep) {
	p.Helper()
	if !p.hard {
		return
	}
	at := p.now().Key
	p.all()
	before := p.screens()
	first := session.Seats()[p.turn%2]
	for _, event := range []struct {
		name string
		from int
		does func()
	}{
		{"more time", 0, func() { p.takesTime(at) }},
		{"dials", step.Of / 5, p.dials},
		{"whisper", step.Of / 4, p.whispers},
		{"leaving", step.Of / 3, func() { p.leavesAndReturns(first) }},
		{"pause", step.Of / 2, p.pauses},
		{"out", step.Of / 2, func() { p.stepsOut(first) }},
		{"removing", 2 * step.Of / 3, func() { p.isRemovedAndInvited(first.Other()) }},
	} {
		if step.Index >= event.from && p.once(event.name) {
			event.does()
			p.all()
			if after := p.screens(); p.now().Key != at || after != before {
				p.Errorf("after %s %s is not as it was:\n%s\n%s", event.name, at, before, after)
			}
		}
	}
	p.goesBackAndOn(at, before)
	p.triesWhatIsNotOffered()
}

// screens are the steps as all three see them, but for what runs on: the clock, and
// the lines that were whispered.
func (p *play) screens() string { p.Helper(); return p.screensBut(func(*session.StepHead) {}) }

// kept is what stays of a step when it is gone back to: all, while what was sealed may
// have been revealed since.
func (p *play) kept() string {
	p.Helper()
	return p.screensBut(func(head *session.StepHead) {
		if head.Audience == exercise.Sealed {
			head.Revealed = nil
		}
	})
}

func (p *play) screensBut(leaveOut func(*session.StepHead)) string {
	p.Helper()
	desk := *p.now()
	desk.Deadline, desk.FloorSeconds = nil, nil
	if leaveOut(&desk.StepHead); desk.Revealed == nil && desk.Audience == exercise.Sealed && !desk.Preview {
		desk.Answers = nil // the desk reads them from the reveal on
	}
	screens := []any{desk}
	for _, who := range session.Seats() {
		phone := *p.phone(who).Step
		phone.Deadline = nil
		leaveOut(&phone.StepHead)
		screens = append(screens, phone)
	}
	return asJSON(p, screens)
}

func asJSON(p *play, v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		p.Fatal(err)
	}
	return string(raw)
}

// earlier is a step that was left, as it was left.
type earlier struct{ key, kept string }

func (p *play) onward(step *session.CounselorStep) {
	p.Helper()
	p.all()
	key := p.now().Key // repeated, it is another
	left := earlier{key, p.kept()}
	defer func() { p.before = left }()
	plain := step.Kind == exercise.Read || step.Kind == exercise.Prompt || step.Kind == exercise.Breathe
	if p.hard && (plain || step.Index > step.Of/2 && step.Kind != exercise.Gate) && p.once("skip") {
		p.does(session.Counselor, session.Skip{Step: key})
		p.meet("skipped by the counselor")
		return
	}
	p.does(session.Counselor, session.Advance{Step: key})
}

// goesBackAndOn takes the way back to the step before, and forth again: with every answer kept.
func (p *play) goesBackAndOn(at, before string) {
	p.Helper()
	last := p.before
	if step := p.now(); last.key == "" || step.Index%3 != 2 || !p.once("back from "+at) {
		return
	}
	p.does(session.Counselor, session.Back{Step: at})
	p.all()
	if got := p.kept(); p.now().Key != last.key || got != last.kept {
		p.Errorf("gone back to, %s is not as it was left:\n%s\n%s", last.key, last.kept, got)
	}
	if step := p.now(); step.Audience == exercise.Sealed && step.Revealed != nil {
		p.cannot(step.Who[0].Role(), session.TakeBack{Step: last.key}, "revealed")
		p.meet("revealed for good")
	}
	p.does(session.Counselor, session.Advance{Step: last.key})
	p.all()
	if got := p.screens(); p.now().Key != at || got != before {
		p.Errorf("gone on to again, %s is not as it was:\n%s\n%s", at, before, got)
	}
	p.before = last
	p.meet("gone back and on")
}

// chooseLanguages has one read Spanish, and the other English after all.
func (p *play) chooseLanguages() {
	p.Helper()
	for _, who := range session.Seats() {
		p.does(who.Role(), session.SetLanguage{Language: exercise.Spanish}, who.Other().Role())
	}
	english := session.Seats()[p.turn%2]
	p.does(english.Role(), session.SetLanguage{Language: exercise.English}, english.Other().Role())
}

// takesTime gives a step more time, and then all the time there is.
func (p *play) takesTime(key string) {
	p.Helper()
	p.does(session.Counselor, session.Extend{Step: key, Seconds: 60})
	p.does(session.Counselor, session.Extend{Step: key, Off: true})
	p.all()
	for role, s := range p.seats {
		if strings.Contains(string(s.raw), `"deadline"`) {
			p.Errorf("the timer still runs on %s's screen: %s", role, s.raw)
		}
	}
}

// dials sets both steadiness dials, which nobody but their owner and the counselor sees.
func (p *play) dials() {
	p.Helper()
	for i, who := range session.Seats() {
		by, other := who.Role(), who.Other().Role()
		value := (p.turn + 3 + 4*i) % 11
		p.fresh(other)
		p.stir("a dial on its way", other)
		if err := p.seats[by].says(protocol.TurnDial{Value: (value + 1) % 11}); err != nil {
			p.Errorf("a dial: %v", err)
		}
		p.does(by, session.SetDial{Value: value}, other)
		if d := p.phone(who).Dial; d == nil || *d != value {
			p.Errorf("%s does not see their own dial", by)
		}
		if p.fresh(other); p.phone(who.Other()).Dial != nil && i == 0 {
			p.Errorf("%s is shown a dial that they never set", other)
		}
	}
	if seen := p.console().Dials; seen[session.SeatOne] == nil || seen[session.SeatTwo] == nil {
		p.Errorf("the counselor does not see the dials")
	}
	p.meet("dialled")
}

// whispers a line to each, and marks what happened.
func (p *play) whispers() {
	p.Helper()
	for _, who := range session.Seats() {
		line := p.words.fresh("a whisper to "+string(who), session.Counselor, who.Role())
		p.does(session.Counselor, session.Whisper{To: who, Text: private.Text(line)}, who.Other().Role())
		if p.fresh(who.Role()); !strings.Contains(string(p.seats[who.Role()].raw), line) {
			p.Errorf("a whisper does not reach %s", who)
		}
	}
	note := p.words.fresh("the counselor's mark", session.Counselor)
	p.does(session.Counselor, session.Mark{Kind: session.MarkNote, Text: private.Text(note)}, session.One, session.Two)
	p.meet("whispered and marked")
}

// leavesAndReturns is somebody who goes by their own will, and knocks again.
func (p *play) leavesAndReturns(who session.Seat) {
	p.Helper()
	by, other := who.Role(), who.Other().Role()
	p.does(by, session.Leave{}, other)
	p.seats[by].isPutOut(protocol.Bye)
	p.takes(by, p.phones[who])
	p.isOutside(who, session.Gone)
	p.knocks(who)
	p.isOutside(who, session.AtDoor)
	p.does(session.Counselor, session.Admit{Who: who}, other)
	p.meet("left and let in again")
}

// stepsOut is somebody whom the counselor sends to wait.
func (p *play) stepsOut(who session.Seat) {
	p.Helper()
	other := who.Other().Role()
	p.does(session.Counselor, session.StepOut{Who: who}, other)
	p.isOutside(who, session.Outside)
	p.does(session.Counselor, session.Admit{Who: who}, other)
	p.all()
	p.meet("sent to wait and let in again")
}

func (p *play) isRemovedAndInvited(who session.Seat) {
	p.Helper()
	by, other := who.Role(), who.Other().Role()
	p.does(session.Counselor, session.Remove{Who: who}, other)
	p.seats[by].isPutOut(protocol.Removed)
	p.fresh(other)
	p.stir("a new link", other)
	p.phones[who] = p.partner(p.desk.link(p.id, string(who)))
	p.version++
	p.takes(by, p.phones[who])
	p.isOutside(who, session.Invitee)
	p.knocks(who)
	p.does(session.Counselor, session.Admit{Who: who}, other)
	p.meet("removed and invited again")
}

// isOutside holds a phone to showing nothing of the room.
func (p *play) isOutside(who session.Seat, door session.SeatState) {
	p.Helper()
	p.fresh(who.Role())
	v := p.phone(who)
	if v.Phase != session.InLobby || v.Door != door || v.Step != nil || v.Exercise != nil || v.Pause != nil || v.Agreements != nil || v.Dial != nil {
		p.Errorf("outside the room, %s is shown %s", who, p.seats[who.Role()].raw)
	}
}

// pauses: anybody may, and no phone tells who did.
func (p *play) pauses() {
	p.Helper()
	by := []session.Role{session.One, session.Two, session.Counselor, session.Counselor}[p.turn%4]
	if p.turn%4 == 3 {
		p.does(by, session.Neutral{})
	} else {
		p.does(by, session.Pause{})
	}
	p.samePause()
	p.does(session.Counselor, session.SetReturn{At: p.app.now().Add(20 * time.Minute)})
	p.samePause()
	for _, who := range session.Roles() {
		p.cannot(who, session.Skip{Step: p.console().Step.Key}, "paused")
	}
	p.does(session.One, session.SetDial{Value: 10 - p.turn}, session.Two)
	p.does(session.Two, session.SetDial{Value: 9 - p.turn}, session.One)
	p.does(session.Counselor, session.Resume{})
	p.meet("paused by " + string(by))
}

// samePause holds the two phones against each other: the calm screen and nothing else.
func (p *play) samePause() {
	p.Helper()
	p.all()
	var calm []string
	for _, who := range session.Seats() {
		v := *p.phone(who)
		if v.Phase != session.OnPause || v.Pause == nil || v.Step != nil || v.Exercise != nil || v.Whispers != nil {
			p.Errorf("paused, %s is shown %s", who, p.seats[who.Role()].raw)
		}
		v.You, v.Dial, v.Language = "", nil, "" // one's own
		calm = append(calm, asJSON(p, v))
	}
	if calm[0] != calm[1] {
		p.Errorf("in the pause the phones differ:\n%s\n%s", calm[0], calm[1])
	}
}

// triesWhatIsNotOffered sends, at every other step, a command that somebody's screen
// does not offer.
func (p *play) triesWhatIsNotOffered() {
	p.Helper()
	n := p.nth("try")
	if n%2 == 1 {
		return
	}
	n /= 2
	by := session.Roles()[n%3]
	s := p.seats[by]
	tries := slices.DeleteFunc(p.tries(by, s.key()), func(c session.Command) bool { return s.can(c.Name()) })
	p.cannot(by, tries[(7*n/3+5*p.turn)%len(tries)])
}

// tries is one of each that a socket takes, as sound as it can be.
func (p *play) tries(by session.Role, key string) []session.Command {
	said := private.Text(p.words.fresh("what was refused"))
	value := 5
	all := []session.Command{
		session.StartExercise{},
		session.Advance{Step: key},
		session.Back{Step: key},
		session.Repeat{Step: key},
		session.Skip{Step: key},
		session.StopExercise{},
		session.PassTurn{Step: key},
		session.Extend{Step: key, Seconds: 30},
		session.RevealAnswers{Step: key},
		session.AnswerGate{Step: key, Text: said},
		session.SetMirror{Step: key, Writing: true},
		session.Deal{Step: key, Question: 1, To: session.DealNow},
		session.SetReturn{At: p.app.now().Add(time.Hour)},
		session.Resume{},
		session.Neutral{},
		session.Mark{Kind: session.MarkNote, Text: said},
		session.End{},
		session.Consent{Policy: 1},
		session.Ready{Step: key},
		session.Yield{Step: key},
		session.Confirm{Step: key, Heard: session.HeardYes},
		session.Submit{Step: key, Answer: session.Answer{Text: said}},
		session.Submit{Step: key, Answer: session.Answer{Value: &value}},
		session.TakeBack{Step: key},
		session.AskQuestion{Step: key, Text: said},
		session.Reply{Step: key, Question: 1, How: session.ReplyNow},
		session.Edit{Step: key, Wording: session.Wording{Revision: 1, Text: said}},
		session.Sign{Step: key, Wording: 1},
		session.NotToday{Step: key},
		session.Withdraw{Agreement: "none"},
		session.DonePrivate{Step: key},
		session.SetDial{Value: value},
		session.Pause{},
		session.Leave{},
	}
	for _, who := range session.Seats() {
		all = append(all, session.Admit{Who: who}, session.StepOut{Who: who}, session.Remove{Who: who}, session.Whisper{To: who, Text: said})
	}
	return all
}
