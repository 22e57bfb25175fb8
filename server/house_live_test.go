package main

import (
	"context"
	"errors"
	"net/url"
	"testing"
	"time"

	"mend/internal/bot"
	"mend/internal/exercise"
	"mend/internal/protocol"
	"mend/internal/session"
)

// sits is the caller in the room, over a socket.
func (c *caller) sits(role session.Role, sessionID string) *bot.Bot {
	c.Helper()
	return c.sitsAs("", role, sessionID)
}

// sitsAs asks to be one of the two.
func (c *caller) sitsAs(as string, role session.Role, sessionID string) *bot.Bot {
	c.Helper()
	at := c.place(sessionID)
	at.As = as
	b := bot.Sit(c.Context(), role, at)
	c.Cleanup(b.Leave)
	return b
}

// place is where the caller sits down, by the cookie that was given to them.
func (c *caller) place(sessionID string) bot.Place {
	c.Helper()
	base, err := url.Parse(c.base)
	if err != nil {
		c.Fatal(err)
	}
	at := bot.Place{Server: c.base, Session: sessionID}
	for _, held := range c.Jar.Cookies(base) {
		at.Cookie = held.Name + "=" + held.Value
	}
	return at
}

// soon bounds what a test waits for.
func soon(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func (h *house) sees(b *bot.Bot, what string, is func(*bot.Seen) bool) bot.Seen {
	h.Helper()
	seen, err := b.Until(soon(h.T), what, is)
	if err != nil {
		h.Fatal(err)
	}
	return seen
}

func (h *house) asks(b *bot.Bot, commands ...session.Command) {
	h.Helper()
	for _, c := range commands {
		if err := b.Ask(soon(h.T), c); err != nil {
			h.Fatalf("%s: %s: %v", b.Role, c.Name(), err)
		}
	}
}

// room is a session that both partners were let into.
type room struct {
	*house
	desk           *caller
	one, two       *caller
	session        protocol.Session
	links          map[session.Seat]protocol.Link
	counselorBot   *bot.Bot
	oneBot, twoBot *bot.Bot
}

func (h *house) room(c *caller, s protocol.Session) *room {
	h.Helper()
	r := &room{house: h, desk: c, session: s, links: map[session.Seat]protocol.Link{
		session.SeatOne: c.link(s.ID, "one"), session.SeatTwo: c.link(s.ID, "two"),
	}}
	r.one, r.two = h.partner(r.links[session.SeatOne]), h.partner(r.links[session.SeatTwo])
	r.counselorBot = c.sits(session.Counselor, s.ID)
	r.oneBot, r.twoBot = r.one.sits(session.One, s.ID), r.two.sits(session.Two, s.ID)
	for _, p := range []*bot.Bot{r.oneBot, r.twoBot} {
		seen := h.sees(p, "the policy", func(s *bot.Seen) bool { return s.Partner != nil && s.Partner.Policy != nil })
		h.asks(p, session.Consent{Policy: seen.Partner.Policy.Version})
	}
	h.asks(r.counselorBot, session.Admit{Who: session.SeatOne}, session.Admit{Who: session.SeatTwo})
	for _, p := range []*bot.Bot{r.oneBot, r.twoBot} {
		h.sees(p, "the room", func(s *bot.Seen) bool { return s.Phase() == session.Between })
	}
	return r
}

// skipTo goes past every step before one of a kind, and answers with its key.
func (r *room) skipTo(kind exercise.Kind) string {
	r.Helper()
	step := ""
	for {
		seen := r.sees(r.counselorBot, "the next step", func(s *bot.Seen) bool { return s.Step() != step && s.Step() != "" })
		now := seen.Counselor.Step
		if step = now.Key; now.Kind == kind {
			return step
		}
		if now.Kind == exercise.Gate {
			r.asks(r.counselorBot, session.AnswerGate{Step: step, Choice: now.Options[0].ID}, session.Advance{Step: step})
		} else {
			r.asks(r.counselorBot, session.Skip{Step: step})
		}
	}
}

func closedWith(t *testing.T, b *bot.Bot, want protocol.CloseCode) {
	t.Helper()
	var closed bot.Closed
	if err := b.Over(soon(t)); !errors.As(err, &closed) || closed.Code != want {
		t.Errorf("%s: ended with %v, want %d", b.Role, err, want)
	}
}

func TestARevokedLinkClosesItsSocketAndNoOther(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	r := h.room(c, c.session())
	c.get("/sessions/"+r.session.ID).want(200).contains(`"state":"live"`, `"state":"claimed"`)
	c.call("DELETE", "/api/v1/sessions/"+r.session.ID+"/links/"+r.links[session.SeatOne].ID, nil).want(204)
	closedWith(t, r.oneBot, protocol.LinkOver)
	r.one.get("/seat").refused(401, "signed_out")
	h.asks(r.twoBot, session.Pause{})

	// Revoked once more, it puts nobody out who came by the next.
	back := h.partner(c.link(r.session.ID, "one"))
	again := back.sits(session.One, r.session.ID)
	seen := h.sees(again, "the policy", func(s *bot.Seen) bool { return s.Partner != nil && s.Partner.Policy != nil })
	c.call("DELETE", "/api/v1/sessions/"+r.session.ID+"/links/"+r.links[session.SeatOne].ID, nil).want(204)
	back.get("/seat").want(200)
	h.asks(again, session.Consent{Policy: seen.Partner.Policy.Version})
}

func TestLeavingClosesTheSocketAndTellsTheCounselorAlone(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	r := h.room(c, c.session())
	before := h.sees(r.twoBot, "a view", func(s *bot.Seen) bool { return s.Partner != nil })
	r.one.call("DELETE", "/api/v1/seat", nil).want(204)
	closedWith(t, r.oneBot, protocol.Bye)
	h.sees(r.counselorBot, "the door", func(s *bot.Seen) bool {
		return s.Counselor != nil && s.Counselor.Doors[session.SeatOne] == session.Gone
	})
	h.asks(r.twoBot, session.SetDial{Value: 4}) // whatever was to come before this has come
	after := h.sees(r.twoBot, "the dial", func(s *bot.Seen) bool { return s.Partner.Dial != nil })
	if after.Views != before.Views+1 {
		t.Errorf("the other partner was told of the leaving: %d views, then %d", before.Views, after.Views)
	}
}

// What both signed in one session is read back in the next.
func TestAnAgreementIsThereTheNextTime(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	first := c.session()
	r := h.room(c, first)
	if err := r.counselorBot.Do(soon(t), protocol.StartExercise{
		Exercise: "arrive-and-agree", Cast: session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo},
	}); err != nil {
		t.Fatal(err)
	}
	step := r.skipTo(exercise.Agree)
	seen := h.sees(r.oneBot, "the wording", func(s *bot.Seen) bool { return s.Step() == step })
	w := *seen.Partner.Step.Wording
	w.Text = "One of us speaks at a time " + marker
	h.asks(r.oneBot, session.Edit{Step: step, Wording: w}, session.Sign{Step: step, Wording: w.Revision + 1})
	h.asks(r.twoBot, session.Sign{Step: step, Wording: w.Revision + 1})
	h.asks(r.counselorBot, session.End{})

	couple := read[protocol.Couple](c.get("/couples/" + first.Couple).want(200))
	if len(couple.Agreements) != 1 || couple.Agreements[0].Wording.Text != w.Text {
		t.Fatalf("the couple's agreements: %d", len(couple.Agreements))
	}
	c.get("/sessions/"+first.ID).want(200).contains(`"state":"ended"`, `"ended_at"`)
	c.get("/sessions/" + first.ID + "/summary").want(200).contains("One of us speaks at a time " + marker)
	c.post("/sessions/"+first.ID+"/links", map[string]any{"for": "one"}).refused(409, "ended")
	c.call("PATCH", "/api/v1/sessions/"+first.ID, map[string]any{"agenda": []string{}}).refused(409, "ended")

	// How it went is written down beside it.
	today := time.Now().UTC().Format(time.DateOnly)
	reviews := "/couples/" + first.Couple + "/agreements/" + couple.Agreements[0].ID + "/reviews"
	reviewed := read[protocol.CoupleAgreement](c.post(reviews, map[string]any{"how": "partly", "on": today, "remark": "Once " + marker}).want(201))
	if reviewed.Made == nil || reviewed.Made.Exercise != "arrive-and-agree" || reviewed.Made.Homework || reviewed.Session != first.ID || len(reviewed.Reviews) != 1 {
		t.Errorf("an agreement with what came of it: %+v", reviewed)
	}
	c.get("/couples/"+first.Couple+"/agreements").want(200).contains("Once "+marker, `"how":"partly"`, `"standing":"in_force"`)
	c.get("/couples/" + first.Couple + "/trends").want(200).contains(`"tallies":[{"on":"` + today + `","kept":0,"partly":1`)
	c.post(reviews, map[string]any{"how": "well", "on": today}).refused(422, "invalid")
	c.post(reviews, map[string]any{"how": "kept", "on": "yesterday"}).refused(422, "invalid")
	c.post(reviews, map[string]any{"how": "kept", "on": "2999-01-01"}).refused(422, "review_too_late")
	c.post(reviews+"x", map[string]any{"how": "kept", "on": today}).refused(404, "not_found")

	second := read[protocol.Session](c.post("/couples/"+first.Couple+"/sessions", map[string]any{"agenda": []string{}}).want(201))
	c.link(second.ID, "one")
	next := h.sees(c.sits(session.Counselor, second.ID), "the next session", func(s *bot.Seen) bool { return s.Counselor != nil })
	if got := next.Counselor.Agreements; len(got) != 1 || got[0].ID != couple.Agreements[0].ID {
		t.Errorf("the next session has %d agreements", len(got))
	}
}

// A plan that is open is changed in the log, where the console sees it.
func TestAnOpenSessionsAgendaIsChangedInTheRoom(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	s := c.session()
	c.link(s.ID, "one")
	desk := c.sits(session.Counselor, s.ID)
	h.sees(desk, "the plan", func(s *bot.Seen) bool { return s.Counselor != nil && len(s.Counselor.Agenda) == 2 })
	got := read[protocol.Session](c.call("PATCH", "/api/v1/sessions/"+s.ID, map[string]any{"agenda": []string{"floor-and-echo"}}).want(200))
	if len(got.Agenda) != 3 || got.Agenda[1].Exercise != "floor-and-echo" {
		t.Errorf("the agenda is %+v", got.Agenda)
	}
	h.sees(desk, "the new plan", func(s *bot.Seen) bool { return len(s.Counselor.Agenda) == 3 })
}

// Stopping tells every socket to come back, and ends in time.
func TestStoppingAsksEverybodyToComeBack(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	s := c.session()
	c.link(s.ID, "one")
	base, err := url.Parse(h.base)
	if err != nil {
		t.Fatal(err)
	}
	cookie := c.Jar.Cookies(base)[0]
	line, err := bot.Dial(soon(t), bot.Place{Server: h.base, Session: s.ID, Cookie: cookie.Name + "=" + cookie.Value})
	if err != nil {
		t.Fatal(err)
	}
	defer line.Close()
	if _, err := line.Read(); err != nil { // welcome
		t.Fatal(err)
	}
	h.stop()
	for {
		if _, err = line.Read(); err != nil {
			break
		}
	}
	var closed bot.Closed
	if !errors.As(err, &closed) || closed.Code != protocol.ServiceRestart {
		t.Errorf("ended with %v", err)
	}
}
