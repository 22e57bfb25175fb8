package main

import (
	"net/http"
	"strings"
	"testing"

	"mend/internal/protocol"
)

func TestTheFirstAccountIsMadeOnce(t *testing.T) {
	h := openHouse(t)
	c := h.stranger()
	if s := read[protocol.SetupState](c.get("/setup").want(200)); !s.Needed || s.NeedsCode {
		t.Fatalf("a new house on this machine: %+v", s)
	}
	me := read[protocol.Me](c.post("/setup", setup()).want(201))
	if me.ID == "" || me.Email != "vega@example.org" || me.Practice.Policy.Secrets != "no_secrets" {
		t.Errorf("got %+v", me)
	}
	c.get("/me").want(200).contains("vega@example.org", marker)

	late := h.stranger()
	if s := read[protocol.SetupState](late.get("/setup").want(200)); s.Needed || s.NeedsCode {
		t.Errorf("a house that is set up: %+v", s)
	}
	late.post("/setup", setup()).refused(409, "already_set_up")
}

func TestWhoComesFromElsewhereNeedsTheCodeToSetUp(t *testing.T) {
	h := openHouse(t)
	far := h.stranger().with("X-Forwarded-For", "203.0.113.7")
	if s := read[protocol.SetupState](far.get("/setup").want(200)); !s.NeedsCode {
		t.Errorf("through a proxy: %+v", s)
	}
	far.post("/setup", setup()).refused(422, "wrong_setup_code")
	wrong := setup()
	wrong["code"] = "AAAA-AAAA"
	far.post("/setup", wrong).refused(422, "wrong_setup_code")
	right := setup()
	right["code"] = h.app.setupCode
	far.post("/setup", right).want(201)
}

func TestSigningInAndOut(t *testing.T) {
	h := openHouse(t)
	h.counselor()
	c := h.stranger()
	c.get("/me").refused(401, "signed_out")

	unknown := c.post("/sign-in", map[string]any{"email": "nobody@example.org", "password": password})
	wrong := c.post("/sign-in", map[string]any{"email": "vega@example.org", "password": "another long walk"})
	wrong.refused(401, "wrong_sign_in")
	same(t, unknown, wrong)

	in := c.post("/sign-in", map[string]any{"email": "vega@example.org", "password": password}).want(204)
	cookie := in.header.Get("Set-Cookie")
	for _, part := range []string{"mend=", "Path=/", "HttpOnly", "SameSite=Lax"} {
		if !strings.Contains(cookie, part) {
			t.Errorf("the cookie lacks %s: %s", part, cookie)
		}
	}
	for _, part := range []string{"Domain", "Expires", "Max-Age"} {
		if strings.Contains(cookie, part) {
			t.Errorf("the cookie has %s: %s", part, cookie)
		}
	}
	c.get("/me").want(200)

	stolen := h.stranger().with("Cookie", strings.Split(cookie, ";")[0])
	stolen.get("/me").want(200)
	out := c.post("/sign-out", nil).want(204)
	if out.header.Get("Clear-Site-Data") == "" {
		t.Error("the browser is not told to forget")
	}
	c.get("/me").refused(401, "signed_out")
	stolen.get("/me").refused(401, "signed_out")
}

func TestACounselorChoosesALanguage(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	if me := read[protocol.Me](c.get("/me").want(200)); me.Language != "en" {
		t.Errorf("before any choice: %q", me.Language)
	}
	patch := func(body map[string]any) answer { return c.call("PATCH", "/api/v1/me", body) }
	if me := read[protocol.Me](patch(map[string]any{"language": "es"}).want(200)); me.Language != "es" {
		t.Errorf("chosen: %q", me.Language)
	}
	patch(map[string]any{}).want(200)
	if me := read[protocol.Me](c.get("/me").want(200)); me.Language != "es" {
		t.Errorf("kept: %q", me.Language)
	}
	p := patch(map[string]any{"language": "de"}).refused(422, "invalid")
	if len(p.Errors) != 1 || p.Errors[0].Field != "language" || p.Errors[0].Code != "not_a_choice" {
		t.Errorf("a language there is none of: %+v", p)
	}
	h.stranger().call("PATCH", "/api/v1/me", map[string]any{"language": "es"}).refused(401, "signed_out")
}

func TestAnAccountIsMadeInALanguage(t *testing.T) {
	h := openHouse(t)
	in := setup()
	in["language"] = "es"
	if me := read[protocol.Me](h.stranger().post("/setup", in).want(201)); me.Language != "es" {
		t.Errorf("got %q", me.Language)
	}
}

func TestGuessingPasswordsEnds(t *testing.T) {
	h := openHouse(t)
	h.counselor()
	c := h.stranger()
	for range 100 {
		a := c.post("/sign-in", map[string]any{"email": "vega@example.org", "password": "wrong " + password})
		if a.status == http.StatusTooManyRequests {
			if a.header.Get("Retry-After") == "" {
				t.Error("nobody is told when to try again")
			}
			a.refused(429, "too_many_tries")
			return
		}
		a.refused(401, "wrong_sign_in")
	}
	t.Error("a hundred guesses were answered")
}

func TestThePracticeIsChanged(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	before := read[protocol.Practice](c.get("/practice").want(200))
	after := read[protocol.Practice](c.call("PATCH", "/api/v1/practice", map[string]any{
		"secrets": "limited_secrets", "policy": "We keep **some** things.",
		"help": "Call [112](tel:112) <script>alert(1)</script>", "leave_to": "https://www.example.org/weather",
	}).want(200))
	if after.Policy.Version <= before.Policy.Version || after.Policy.Secrets != "limited_secrets" || after.Name != before.Name {
		t.Errorf("from %+v to %+v", before, after)
	}
	h.stranger().get("/help").want(200).contains("tel:112", "https://www.example.org/weather").lacks("script")

	for _, leave := range []string{"javascript:alert(1)", "http://example.org", "/here", "https://", "https://a@example.org/", "https://example.org/#x"} {
		p := c.call("PATCH", "/api/v1/practice", map[string]any{"leave_to": leave}).refused(422, "not_an_address")
		if p.Field != "leave_to" {
			t.Errorf("%q: which field? %+v", leave, p)
		}
	}
}
