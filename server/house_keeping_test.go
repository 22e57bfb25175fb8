package main

import (
	"testing"
	"time"

	"mend/internal/bot"
	"mend/internal/protocol"
	"mend/internal/session"
)

// Whoever is erased is out of the lobby, and the other's record is whole.
func TestOneIsErasedAtTheDesk(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	past := c.session()
	r := h.room(c, past)
	place := "/couples/" + past.Couple
	erase := map[string]any{"seat": "one", "label": "Halved " + marker}
	c.post(place+"/erasures", erase).refused(409, "session_live")
	h.asks(r.oneBot, session.SetDial{Value: 4})
	h.asks(r.counselorBot, session.End{})

	next := read[protocol.Session](c.post(place+"/sessions", map[string]any{"agenda": []string{}}).want(201))
	phone := h.partner(c.link(next.ID, "one"))
	door := phone.sits(session.One, next.ID)
	h.sees(door, "the door", func(s *bot.Seen) bool { return s.Partner != nil })

	c.call("PUT", "/api/v1"+place+"/hold", map[string]any{"reason": " "}).refused(422, "blank")
	c.call("PUT", "/api/v1"+place+"/hold", map[string]any{"reason": "a court " + marker}).want(200).contains("a court " + marker)
	c.post(place+"/erasures", erase).refused(409, "on_hold")
	c.call("DELETE", "/api/v1"+place, nil).refused(409, "on_hold")
	c.call("DELETE", "/api/v1"+place+"/hold", nil).want(204)

	c.post(place+"/erasures", map[string]any{"seat": "one", "label": " "}).refused(422, "blank")
	couple := read[protocol.Couple](c.post(place+"/erasures", erase).want(201).lacks("Ana"))
	if couple.Erased[session.SeatOne].IsZero() || couple.Label != "Halved "+marker {
		t.Errorf("the couple as it now stands: %+v", couple.Erased)
	}
	closedWith(t, door, protocol.LinkOver)
	phone.get("/seat").refused(401, "signed_out")
	c.post(place+"/erasures", erase).refused(409, "partner_erased")
	c.post("/sessions/"+next.ID+"/links", map[string]any{"for": "two"}).want(201)
	c.get("/sessions/"+past.ID+"/summary").want(200).lacks("Ana").contains("Ben "+marker, `"erased":1`, "[erased at their request]")
}

// What is due is listed a month before, and goes only when somebody says so.
func TestWhatIsDueIsSeenComingAndGoesByHand(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	s := c.session()
	h.asks(h.room(c, s).counselorBot, session.End{})
	c.call("PUT", "/api/v1/sessions/"+s.ID+"/note", map[string]any{
		"kind": "process", "format": "free", "sections": map[string]string{"text": "thoughts " + marker}, "version": 0,
	}).want(200)
	if p := c.call("PUT", "/api/v1/practice/keeping", map[string]any{"progress_years": 2, "process_years": 3}).refused(422, "process_outlives"); p.Field != "process_years" {
		t.Errorf("which field? %+v", p)
	}
	c.call("PUT", "/api/v1/practice/keeping", map[string]any{"progress_years": 2, "process_years": 1}).want(200)
	if list := read[protocol.DueList](c.get("/retention").want(200)); len(list.Items) != 0 {
		t.Errorf("due at once: %+v", list.Items)
	}
	h.later(340 * 24 * time.Hour)
	c.post("/sign-in", map[string]any{"email": "vega@example.org", "password": password}).want(204)
	list := read[protocol.DueList](c.get("/retention").want(200).contains("The Lakes " + marker))
	if len(list.Items) != 1 || list.Items[0].Now || list.Items[0].What != "process_notes" {
		t.Fatalf("a month before: %+v", list.Items)
	}
	ask := map[string]any{"items": []map[string]any{{"couple": s.Couple, "what": "process_notes"}, {"couple": s.Couple, "what": "record"}}}
	c.post("/retention", ask).want(200).contains(`"refused":"not_due"`)
	h.later(30 * 24 * time.Hour)
	c.post("/sign-in", map[string]any{"email": "vega@example.org", "password": password}).want(204)
	done := read[protocol.CarriedOut](c.post("/retention", ask).want(200))
	if len(done.Items) != 2 || done.Items[0].Refused != "" || done.Items[1].Refused != "not_due" {
		t.Errorf("carried out: %+v", done.Items)
	}
	c.get("/sessions/" + s.ID + "/note?kind=process").want(200).lacks("thoughts")
	c.get("/couples/" + s.Couple).want(200).contains("Ana " + marker)
}

func TestAListIsBroughtInAtTheDesk(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	list := "label,one,two,sessions\nThe Hills " + marker + ",Mia,Tom,2025-03-04;2025-03-18\n"
	dry := read[protocol.Import](c.post("/imports", map[string]any{"csv": list}).want(200))
	if dry.Applied || dry.Couples != 1 || dry.Sessions != 2 {
		t.Errorf("dry: %+v", dry)
	}
	c.get("/couples").want(200).lacks("The Hills")
	c.post("/imports", map[string]any{"csv": list + "x,y,z,tomorrow\n", "apply": true}).want(200).contains(`"applied":false`, "bad_day")
	c.get("/couples").want(200).lacks("The Hills")
	c.post("/imports", map[string]any{"csv": list, "apply": true}).want(200).contains(`"applied":true`)
	sessions := read[protocol.SessionList](c.get("/sessions").want(200))
	if len(sessions.Items) != 2 || !sessions.Items[0].Imported {
		t.Fatalf("sessions: %+v", sessions.Items)
	}
	id := sessions.Items[0].ID
	c.get("/sessions/"+id+"/summary").want(200).contains(`"imported":true`, `"state":"ended"`, "Mia")
	if a := c.post("/sessions/"+id+"/links", map[string]any{"for": "one"}); a.status != 409 {
		t.Errorf("a session held elsewhere was opened: %d %s", a.status, a.body)
	}
}

// A colleague who was in a session reads it still when one of the two was erased since.
func TestACoTherapistReadsWhatIsLeftOfOneErased(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	co := h.stranger()
	me := read[protocol.Me](co.post("/invitations/accept", accepting(c.invitation(), "weber@example.org")).want(201))
	s := c.session()
	c.call("PUT", "/api/v1/sessions/"+s.ID+"/colleagues/"+me.ID, nil).want(200)
	h.asks(h.room(c, s).counselorBot, session.End{})
	c.post("/couples/"+s.Couple+"/erasures", map[string]any{"seat": "one", "label": "Halved"}).want(201)
	for _, place := range []string{"/summary", "/note/draft?format=soap", "/export?as=md"} {
		co.get("/sessions/" + s.ID + place).want(200).lacks("Ana").contains("Ben")
	}
	co.get("/couples/"+s.Couple).refused(404, "not_found")
}
