package main

import (
	"fmt"
	"slices"
	"strings"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

// What people do at a step, by what their screens show of it.

// readers are who may read an answer as soon as it is given, its writer first.
func readers(by session.Role, step *session.PartnerStep) []session.Role {
	switch {
	case step.Kind == exercise.Mirror || step.Audience == exercise.Room:
		return []session.Role{by, session.Counselor, session.Seat(by).Other().Role()}
	case step.Audience == exercise.ToCounselor || step.Preview:
		return []session.Role{by, session.Counselor}
	}
	return []session.Role{by}
}

// writes is a text of one or two lines, as long as there is room for it.
func (p *play) writes(by session.Role, step *session.PartnerStep) private.Text {
	kind := string(by) + "'s " + string(step.Audience) + " answer"
	text := p.words.fresh(kind, readers(by, step)...)
	if step.MaxLength == 0 || step.MaxLength > 2*len(text) {
		text += "\n" + p.words.fresh(kind, readers(by, step)...)
	}
	if step.Audience == exercise.Sealed {
		for _, found := range wordsIn([]byte(text)) {
			p.words.of[found].step = step.Key
		}
	}
	return private.Text(text)
}

// fitting is an answer that fits what the screen asks for.
func (p *play) fitting(by session.Role, step *session.PartnerStep) (a session.Answer) {
	n := p.nth("answer")
	switch step.Kind {
	case exercise.Scale:
		value := n % 11
		a.Value = &value
	case exercise.Choose:
		if step.Other && n%2 == 0 {
			a.Choices, a.Text = []string{"other"}, p.writes(by, step)
			break
		}
		for i := range min(len(step.Options), max(1, step.AtMost)) {
			a.Choices = append(a.Choices, step.Options[(n+i)%len(step.Options)].ID)
		}
	case exercise.Sort:
		a.Sorted = map[string]string{}
		for i, card := range step.Cards {
			a.Sorted[card.ID] = step.Buckets[(n+i)%len(step.Buckets)].ID
		}
	default:
		a.Text = p.writes(by, step)
	}
	return a
}

// hiddenFrom is who must see nothing of what one does at a step of theirs.
func hiddenFrom(by session.Seat, step *session.PartnerStep) []session.Role {
	if step.Audience == exercise.Room {
		return nil
	}
	return []session.Role{by.Other().Role()}
}

func (p *play) answers(step *session.CounselorStep) {
	p.Helper()
	for _, who := range step.Who {
		p.passes(step.Skippable, who, func() { p.answer(who) })
	}
	if p.hard && p.once("repeat") {
		p.does(session.Counselor, session.Repeat{Step: step.Key})
		p.meet("repeated")
		again := p.now()
		p.all()
		for _, who := range step.Who {
			if s := p.phone(who).Step; s.Key == step.Key || s.Mine != nil || s.Finished {
				p.Errorf("a step that is repeated is not asked afresh: %s", p.seats[who.Role()].raw)
			}
		}
		p.answers(again)
	}
}

// answer gives an answer, or keeps it on the phone where it is to stay there.
func (p *play) answer(who session.Seat) {
	p.Helper()
	by := who.Role()
	p.fresh(by)
	step := p.phone(who).Step
	if p.seats[by].can("done_private") {
		p.keepsToThemselves(who, step)
		return
	}
	if step.Warned {
		p.meet("warned")
	}
	if step.Mine != nil {
		p.words.bury(step.Key, by)
	}
	if step.Kind == exercise.Sort && len(step.Cards) == 0 {
		p.cannot(by, session.Submit{Step: step.Key, Answer: session.Answer{Sorted: map[string]string{}}}, "bad_answer")
		p.meet("nothing to sort")
		return
	}
	given := p.fitting(by, step)
	p.does(by, session.Submit{Step: step.Key, Answer: given}, hiddenFrom(who, step)...)
	if s := p.phone(who).Step; s.Mine == nil || !s.Finished {
		p.Errorf("%s does not see their own answer: %s", by, p.seats[by].raw)
	}
}

// keepsToThemselves finishes a step of which nothing leaves the phone.
func (p *play) keepsToThemselves(who session.Seat, step *session.PartnerStep) {
	p.Helper()
	by := who.Role()
	if p.hard {
		said := p.words.fresh(string(by) + "'s words on their own phone")
		p.cannot(by, session.Submit{Step: step.Key, Answer: session.Answer{Text: private.Text(said)}}, "only_on_phone")
		if err := p.seats[by].says(protocol.KeepDraft{Step: step.Key, Text: private.Text(said)}); err == nil {
			p.Errorf("a draft of what stays on the phone was kept")
		}
	}
	p.does(by, session.DonePrivate{Step: step.Key}, who.Other().Role())
	p.meet("kept on the phone")
}

func (p *play) readies(step *session.CounselorStep, who []session.Seat) {
	p.Helper()
	for _, who := range who {
		p.passes(step.Skippable, who, func() {
			p.does(who.Role(), session.Ready{Step: p.phone(who).Step.Key}, who.Other().Role())
		})
	}
}

// apart: one is with the counselor, the other has a quiet task, or waits outside.
func (p *play) apart(step *session.CounselorStep) {
	p.Helper()
	waits := step.Who[0].Other()
	if step.Prompts[waits] == "" || step.Prompts[waits] == step.Prompts[step.Who[0]] {
		p.Errorf("who waits has no task of their own at %s", step.Key)
	}
	if p.hard {
		p.stepsOut(waits)
	}
	p.readies(step, session.Seats())
	p.meet("apart")
}

func (p *play) reveals(step *session.CounselorStep) {
	p.Helper()
	if !step.Revealable {
		if !step.IsRevealed {
			p.meet("not revealed")
			p.cannot(session.Counselor, session.RevealAnswers{Step: step.Key}, "not_ready")
		}
		return
	}
	p.all() // whatever they were sent before is looked at as it was before
	p.words.unveiling = true
	p.does(session.Counselor, session.RevealAnswers{Step: step.Key})
	p.all()
	var shown []string
	for _, pair := range p.now().Revealed {
		shown = append(shown, pair.Step)
	}
	p.words.revealed(shown)
	for _, complaint := range p.words.settle() {
		p.Errorf("%s before it may be read", complaint)
	}
	one, two, desk := p.pairs(p.phone(session.SeatOne).Step.Revealed), p.pairs(p.phone(session.SeatTwo).Step.Revealed), p.pairs(p.now().Revealed)
	if one != two || one != desk || len(shown) == 0 {
		p.Errorf("the reveal at %s is not one and the same for all:\n%s\n%s\n%s", step.Key, one, two, desk)
	}
	p.meet("revealed")
}

// pairs are what was answered, without the words around it, which each reads in their own language.
func (p *play) pairs(revealed []session.RevealedPair) string {
	var pairs []session.RevealedPair
	for _, r := range revealed {
		pairs = append(pairs, session.RevealedPair{Step: r.Step, Kind: r.Kind, One: r.One, Two: r.Two})
	}
	return asJSON(p, pairs)
}

func (p *play) gate(step *session.CounselorStep) {
	p.Helper()
	if p.hard && !step.GateOpen {
		p.cannot(session.Counselor, session.Advance{Step: step.Key}, "gate_unanswered")
		p.meet("gate held shut")
	}
	said := session.AnswerGate{Step: step.Key}
	if len(step.Options) > 0 {
		said.Choice = step.Options[0].ID
	} else {
		said.Text = private.Text(p.words.fresh("the counselor's answer to a gate", session.Counselor))
	}
	p.does(session.Counselor, said, session.One, session.Two)
}

// floor is a turn: somebody holds it until they give it on.
func (p *play) floor(step *session.CounselorStep) {
	p.Helper()
	holder := step.Floor.Role()
	if step.Kind == exercise.Mirror && p.mirrors(step) {
		return
	}
	turn := 0
	if p.hard {
		turn = p.nth("turn") % 3
	}
	if p.fresh(holder); p.hard && p.seats[holder].can("extend") && p.once("time for "+string(holder)) {
		p.does(holder, session.Extend{Step: step.Key, Seconds: 30})
	}
	if turn == 1 && p.once("no turn of theirs") {
		p.cannot(step.Floor.Other().Role(), session.Yield{Step: step.Key}, "not_your_step")
	}
	if turn == 2 {
		p.does(session.Counselor, session.PassTurn{Step: step.Key})
		p.meet("turn passed")
		return
	}
	p.does(holder, session.Yield{Step: step.Key})
	p.meet("yielded")
}

// mirrors has every other mirror written, which yields as well.
func (p *play) mirrors(step *session.CounselorStep) (moved bool) {
	p.Helper()
	if !p.hard {
		return false
	}
	write := p.nth("mirror")%2 == 0
	if write != step.Writing {
		p.does(session.Counselor, session.SetMirror{Step: step.Key, Writing: write})
	}
	if !write {
		return false
	}
	listener := step.Floor.Role()
	p.fresh(listener)
	said := p.fitting(listener, p.phone(*step.Floor).Step)
	p.does(listener, session.Submit{Step: step.Key, Answer: said})
	p.fresh(step.Floor.Other().Role())
	if !strings.Contains(string(p.seats[step.Floor.Other().Role()].raw), wordsIn([]byte(said.Text))[0]) {
		p.Errorf("who is to judge a written mirror does not see it: %s", p.seats[step.Floor.Other().Role()].raw)
	}
	p.meet("mirrored in writing")
	return true
}

// confirm judges what was said back.
func (p *play) confirm(step *session.CounselorStep) {
	p.Helper()
	judge := step.Who[0].Role()
	heard := session.HeardYes
	if p.hard {
		loop := fmt.Sprintf("loop %d", step.Index)
		if step.Loops == 0 && p.once(loop) {
			p.times[loop+" mode"] = p.nth("loop") % 2
		}
		missing := session.HeardAlmost
		if !slices.Contains(step.Offers, missing) {
			missing = session.HeardMore
		}
		switch mode := p.times[loop+" mode"]; {
		case step.Loops > maxLoops:
			p.Fatalf("nobody is asked to step in after %d rounds at %s", step.Loops, step.Key)
		case mode == 0 && step.StepIn:
			p.meet(string(missing) + " until the counselor stepped in")
			p.does(session.Counselor, session.Advance{Step: step.Key})
			return
		case mode == 0:
			heard = missing
		case step.Loops == 0:
			heard = step.Offers[len(step.Offers)-1]
		}
	}
	p.does(judge, session.Confirm{Step: step.Key, Heard: heard})
	p.meet("heard: " + string(heard))
}

const maxLoops = 5 // no exercise has people go round more often before it asks for help
