package main

import (
	"fmt"
	"slices"
	"strings"

	"mend/internal/private"
	"mend/internal/session"
)

// What passes between the two: agreements and questions.

// agrees words an agreement and has both sign it, with whatever second thoughts there are.
func (p *play) agrees(step *session.CounselorStep) {
	p.Helper()
	if !p.hard {
		if p.fresh(session.One); !p.seats[session.One].can("sign") {
			p.edits(session.One)
		}
		p.signs(session.One)
		p.signs(session.Two)
		p.isAgreed(step.Key)
		return
	}
	turn := p.nth("agreement")
	first := session.Seats()[turn%2].Role()
	second := session.Seats()[1-turn%2].Role()
	if strings.TrimSpace(string(step.Wording.Text)) == "" {
		p.cannot(first, session.Sign{Step: step.Key, Wording: step.Wording.Revision}, "wording_empty")
	}
	p.edits(session.Counselor)
	p.edits(first)
	p.signs(first)
	stale := *p.now().Wording
	p.edits(second)
	p.all()
	for _, role := range session.Roles() {
		if strings.Contains(string(p.seats[role].raw), `"signed":["`) {
			p.Errorf("an edit did not clear the signature on %s's screen: %s", role, p.seats[role].raw)
		}
	}
	p.meet("signature cleared by an edit")
	p.cannotBut(first, session.Sign{Step: step.Key, Wording: stale.Revision}, "wording_changed")
	p.cannotBut(first, session.Edit{Step: step.Key, Wording: stale}, "wording_changed")
	p.does(second, session.NotToday{Step: step.Key}, first)
	if seen := p.now(); !seen.PutOff[session.Seat(second)] {
		p.Errorf("the counselor does not see who says not today")
	}
	p.meet("not today by " + string(second))
	if turn%3 == 2 {
		p.signs(first)
		p.does(first, session.NotToday{Step: step.Key})
		return
	}
	p.signs(second)
	p.signs(first)
	p.isAgreed(step.Key)
}

func (p *play) edits(by session.Role) {
	p.Helper()
	p.fresh(by)
	w := *p.now().Wording
	key := p.now().Key
	added := p.words.fresh("the wording of an agreement", session.Roles()...)
	if most := p.now().MaxLength; len([]rune(w.Text))+len(added)+1 > most {
		w.Text = ""
	}
	w.Text = private.Text(strings.TrimSpace(string(w.Text) + "\n" + added))
	p.does(by, session.Edit{Step: key, Wording: w})
}

func (p *play) signs(by session.Role) {
	p.Helper()
	p.fresh(by)
	step := p.seats[by].partner.Step
	p.does(by, session.Sign{Step: step.Key, Wording: step.Wording.Revision})
}

func (p *play) isAgreed(key string) {
	p.Helper()
	p.all()
	for _, who := range session.Seats() {
		v := p.phone(who)
		if !v.Step.Concluded || len(v.Step.Signed) != 2 || len(v.Agreements) == 0 {
			p.Errorf("%s does not see that it is agreed: %s", who, p.seats[who.Role()].raw)
		}
	}
	p.cannot(session.One, session.NotToday{Step: key}, "already_agreed")
	p.meet("agreed")
}

// withdraws takes an agreement of today back; the other sees that it is, and not by whom.
func (p *play) withdraws() {
	p.Helper()
	by := session.Seats()[p.turn%2]
	if p.fresh(by.Role()); !p.hard || !p.seats[by.Role()].can("withdraw") {
		return
	}
	p.does(by.Role(), session.Withdraw{Agreement: p.phone(by).Agreements[0].ID})
	p.all()
	one, two := asJSON(p, p.phone(session.SeatOne).Agreements), asJSON(p, p.phone(session.SeatTwo).Agreements)
	if one != two || !p.phone(by.Other()).Agreements[0].Withdrawn {
		p.Errorf("a withdrawn agreement is shown as\n%s\n%s", one, two)
	}
	p.meet("withdrawn")
}

// asks fills the counselor's tray and empties it.
func (p *play) asks(step *session.CounselorStep) {
	p.Helper()
	for _, who := range step.Who {
		asked := 1
		if p.hard {
			asked = step.AtMost
			p.does(who.Role(), session.Skip{Step: step.Key}, who.Other().Role())
		}
		for range asked {
			text := p.words.fresh(string(who)+"'s question", who.Role(), session.Counselor)
			p.does(who.Role(), session.AskQuestion{Step: step.Key, Text: private.Text(text)}, who.Other().Role())
		}
		if p.hard {
			p.cannot(who.Role(), session.AskQuestion{Step: step.Key, Text: "one too many"}, "tray_full")
		}
		p.deals(step.Key, who)
		p.replies(who.Other())
	}
}

// deals with what lies in the tray: in every way there is, and not in the order of asking.
func (p *play) deals(key string, from session.Seat) {
	p.Helper()
	asker, hearer := from.Role(), from.Other().Role()
	var mine []session.TrayItem
	for _, item := range p.now().Tray {
		if item.From == from {
			mine = append(mine, item)
		}
	}
	deal := func(n int, to session.Dealing) {
		if n >= len(mine) {
			return
		}
		c := session.Deal{Step: key, Question: mine[n].Question, To: to}
		hidden := []session.Role{hearer}
		switch to {
		case session.DealReshape:
			c.Text = private.Text(p.words.fresh("the question reshaped", session.Counselor, asker, hearer))
			hidden = nil
		case session.DealNow:
			p.words.open(mine[n].Text, hearer)
			hidden = nil
		}
		p.does(session.Counselor, c, hidden...)
		p.meet("question: " + string(to))
	}
	if p.hard {
		deal(3, session.DealNotHelpful)
		deal(2, session.DealReshape)
		deal(0, session.DealPrepare)
		deal(1, session.DealNow)
	}
	deal(0, session.DealNow)
	p.inTheirOrder()
}

// inTheirOrder holds each phone's questions to its own numbers: a place in the list
// must not tell what lies in the tray.
func (p *play) inTheirOrder() {
	p.Helper()
	p.all()
	for _, who := range session.Seats() {
		for _, mine := range []bool{true, false} {
			n := 0
			for _, q := range p.phone(who).Step.Questions {
				if q.Mine == mine {
					if n++; q.Question != n {
						p.Errorf("%s's questions stand as %s", who, asJSON(p, p.phone(who).Step.Questions))
					}
				}
			}
		}
	}
}

// replies takes every question that one was shown, in one way after another.
func (p *play) replies(who session.Seat) {
	p.Helper()
	p.fresh(who.Role())
	hows := []session.Replying{session.ReplyNow, session.ReplyBy, session.ReplyWillNot}
	n := 0
	for _, q := range slices.Clone(p.phone(who).Step.Questions) {
		if q.Mine {
			continue
		}
		c := session.Reply{Step: p.phone(who).Step.Key, Question: q.Question, How: hows[n%len(hows)]}
		if c.How != session.ReplyNow {
			c.Text = private.Text(p.words.fresh("a reply", session.Roles()...))
		}
		p.does(who.Role(), c)
		p.meet("reply: " + string(c.How))
		n++
	}
	if n == 0 {
		p.Errorf("nothing of what was dealt as now stands on %s's phone: %s", who, p.seats[who.Role()].raw)
	}
	p.meet(fmt.Sprintf("questions to %s", who))
}
