package main

import (
	"strings"
	"testing"
	"time"

	"mend/internal/protocol"
)

// invitation is a new one's token.
func (c *caller) invitation() string {
	c.Helper()
	made := read[protocol.PracticeInvitation](c.post("/practice/invitations", map[string]any{"label": "A colleague " + marker}).want(201))
	_, token, _ := strings.Cut(made.URL, "#")
	return token
}

func accepting(token, email string) map[string]any {
	return map[string]any{"token": token, "name": "Dr. Weber " + marker, "email": email, "password": password, "language": "es"}
}

// Whatever is wrong with an invitation, nobody learns whether it ever was one; and
// nobody goes on guessing.
func TestEveryDeadInvitationLooksTheSame(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	token := c.invitation()
	for range 3 { // previews use nothing up
		h.stranger().post("/invitations/open", map[string]any{"token": token}).want(200).contains("Lakeside", "Dr. Vega")
		h.stranger().call("GET", "/desk/invitation", nil).want(200)
	}
	me := read[protocol.Me](h.stranger().post("/invitations/accept", accepting(token, "weber@example.org")).want(201))
	if me.Role != protocol.PlainCounselor || me.Language != "es" {
		t.Errorf("who joined: %+v", me)
	}
	revoked := c.invitation()
	list := read[protocol.InvitationList](c.get("/practice/invitations").want(200).lacks(revoked))
	c.call("DELETE", "/api/v1/practice/invitations/"+list.Items[0].ID, nil).want(204)
	expired := c.invitation()
	stranger := h.stranger()
	never := stranger.post("/invitations/open", map[string]any{"token": strings.Repeat("x", 22)})
	never.refused(404, "invitation_over")
	for _, dead := range []string{token, revoked} {
		same(t, stranger.post("/invitations/open", map[string]any{"token": dead}), never)
		same(t, stranger.post("/invitations/accept", accepting(dead, "else@example.org")), never)
	}
	stranger.post("/invitations/open", map[string]any{"token": expired}).want(200)
	h.later(8 * 24 * time.Hour)
	same(t, stranger.post("/invitations/open", map[string]any{"token": expired}), never)
	for range 25 {
		never = stranger.post("/invitations/open", map[string]any{"token": strings.Repeat("y", 22)})
	}
	never.refused(429, "too_many_tries")
}

// Signing in and out and a wrong password stand in the audit, for an owner alone.
func TestTheAuditTellsWhoCameIn(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	other := h.stranger()
	other.post("/invitations/accept", accepting(c.invitation(), "weber@example.org")).want(201)
	other.couple()
	other.get("/audit").refused(404, "not_found")
	other.call("PATCH", "/api/v1/practice", map[string]any{"help": "mine"}).refused(404, "not_found")
	other.post("/sign-out", nil).want(204)
	other.post("/sign-in", map[string]any{"email": "weber@example.org", "password": "another long walk"}).want(401)
	all := read[protocol.DeedList](c.get("/audit?limit=100").want(200).lacks("weber@example.org", "The Lakes", "Ana"))
	var told []string
	for _, deed := range all.Items {
		told = append(told, deed.Action)
	}
	want := "sign_in_failed signed_out couple_created signed_in counselor_joined counselor_invited signed_in"
	if got := strings.Join(told, " "); got != want {
		t.Errorf("the audit tells %q, want %q", got, want)
	}
	by := all.Items[0].Actor
	few := read[protocol.DeedList](c.get("/audit?action=signed_in&counselor=" + by).want(200))
	if len(few.Items) != 1 || few.Items[0].Actor != by {
		t.Errorf("one counselor's signing in: %+v", few.Items)
	}
	first := read[protocol.DeedList](c.get("/audit?limit=2").want(200))
	next := read[protocol.DeedList](c.get("/audit?limit=2&cursor=" + first.NextCursor).want(200))
	if len(next.Items) != 2 || next.Items[0].ID != all.Items[2].ID {
		t.Errorf("the second page: %+v", next.Items)
	}
}
