package main

import (
	"encoding/xml"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mend/internal/protocol"
)

func TestNoLinkWithoutTheSuitabilityGate(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	couple := c.couple()
	s := read[protocol.Session](c.post("/couples/"+couple.ID+"/sessions", map[string]any{"agenda": []string{}}).want(201))
	c.post("/sessions/"+s.ID+"/links", map[string]any{"for": "one"}).refused(409, "suitability_missing")
	c.get("/sessions/"+s.ID).want(200).contains(`"links":[]`, `"state":"planned"`)

	c.seenApart(couple.ID)
	c.link(s.ID, "one")
	c.get("/sessions/" + s.ID).want(200).contains(`"state":"open"`)
}

func TestALinkIsToldOnce(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	s := c.session()
	l := c.link(s.ID, "two")
	if !strings.HasPrefix(l.URL, h.base+"/join#") || len(tokenOf(l)) < 22 {
		t.Errorf("the URL %s", l.URL)
	}
	if !regexp.MustCompile(`^[A-Z0-9]{6}$`).MatchString(l.Code) {
		t.Errorf("the spoken code %q", l.Code)
	}
	if err := xml.Unmarshal([]byte(l.QR), new(any)); err != nil || !strings.HasPrefix(l.QR, "<svg") {
		t.Errorf("the QR code is no SVG: %v", err)
	}
	c.get("/sessions/"+s.ID).want(200).contains(l.ID).lacks(tokenOf(l), l.Code, "<svg", `"url"`)
	if strings.Contains(h.log.String(), tokenOf(l)) || strings.Contains(h.log.String(), l.Code) {
		t.Error("the log tells the link")
	}
}

func TestALinkLeadsToItsSeatAndNowhereElse(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	s := c.session()
	link := c.link(s.ID, "one")

	p := h.stranger()
	p.get("/seat").refused(401, "signed_out")
	joined := read[protocol.Joined](p.post("/join", map[string]any{"token": tokenOf(link)}).want(200))
	if joined.Session != s.ID || joined.Role != "one" {
		t.Errorf("joined %+v", joined)
	}
	seated := read[protocol.Seated](p.get("/seat").want(200))
	if seated.Session != s.ID || seated.Role != "one" {
		t.Errorf("seated %+v", seated)
	}
	for _, path := range []string{"/me", "/couples", "/sessions", "/sessions/" + s.ID, "/sessions/" + s.ID + "/summary", "/exercises", "/agendas", "/practice"} {
		p.get(path).refused(401, "signed_out")
	}
	p.post("/sessions/"+s.ID+"/links", map[string]any{"for": "two"}).refused(401, "signed_out")

	spoken := h.stranger()
	code := c.link(s.ID, "two").Code
	spoken.post("/join", map[string]any{"code": strings.ToLower(code)}).want(200).contains(`"two"`)
}

// Wrong, malformed, expired, revoked, replaced and used: one answer for all.
func TestEveryDeadLinkLooksTheSame(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	s := c.session()
	ask := func(body any) answer { return h.stranger().post("/join", body) }
	wrong := ask(map[string]any{"token": "AAAAAAAAAAAAAAAAAAAAAA"})
	wrong.refused(404, "link_over")

	used := c.link(s.ID, "one")
	h.partner(used)
	replaced := c.link(s.ID, "two")
	revoked := c.link(s.ID, "two")
	c.call("DELETE", "/api/v1/sessions/"+s.ID+"/links/"+revoked.ID, nil).want(204)
	for name, body := range map[string]any{
		"used": map[string]any{"token": tokenOf(used)}, "its code": map[string]any{"code": used.Code},
		"replaced": map[string]any{"token": tokenOf(replaced)}, "revoked": map[string]any{"token": tokenOf(revoked)},
		"malformed": map[string]any{"token": "../%00" + marker}, "long": map[string]any{"token": strings.Repeat("A", 5000)},
		"no code": map[string]any{"code": "ZZZZZZ"}, "long code": map[string]any{"code": strings.Repeat("9", 5000)},
		"both": map[string]any{"token": tokenOf(used), "code": used.Code}, "nothing": map[string]any{},
	} {
		a := ask(body)
		if a.status != 404 {
			t.Errorf("%s: got %d %s", name, a.status, a.body)
			continue
		}
		same(t, wrong, a)
	}

	expired := c.link(s.ID, "two")
	h.later(30 * 24 * time.Hour)
	same(t, wrong, ask(map[string]any{"token": tokenOf(expired)}))
	same(t, wrong, ask(map[string]any{"code": expired.Code}))
}

func TestPreviewsBurnNoLink(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	s := c.session()
	l := c.link(s.ID, "one")
	before := c.get("/sessions/" + s.ID).want(200)
	bot := h.stranger().with("User-Agent", "facebookexternalhit/1.1").with("Origin", "")
	for range 100 {
		for _, method := range []string{"GET", "HEAD"} {
			for _, path := range []string{"/join", "/join?token=" + tokenOf(l), "/", "/api/v1/seat", "/api/v1/help", "/live/" + s.ID} {
				if a := bot.call(method, path, nil); len(a.header.Values("Set-Cookie")) > 0 {
					t.Fatalf("%s gave a cookie away", a.what)
				}
			}
		}
	}
	if after := c.get("/sessions/" + s.ID).want(200); string(after.body) != string(before.body) {
		t.Errorf("previews changed the session:\n%s\n%s", before.body, after.body)
	}
	h.partner(l)
}

func TestOfFiftyAtOnceOneClaimsTheLink(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	l := c.link(c.session().ID, "one")
	var won, lost atomic.Int32
	var all sync.WaitGroup
	begin := make(chan struct{})
	for i := range 50 {
		who := h.stranger()
		ticket := map[string]any{"token": tokenOf(l)}
		if i%2 == 1 {
			ticket = map[string]any{"code": l.Code}
		}
		all.Go(func() {
			<-begin
			switch a := who.post("/join", ticket); a.status {
			case http.StatusOK:
				won.Add(1)
			case http.StatusNotFound, http.StatusTooManyRequests:
				lost.Add(1)
			}
		})
	}
	close(begin)
	all.Wait()
	if won.Load() != 1 || lost.Load() != 49 {
		t.Errorf("%d claimed it and %d did not", won.Load(), lost.Load())
	}
}

func TestANewLinkPutsTheOldDeviceOut(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	s := c.session()
	old := h.partner(c.link(s.ID, "one"))
	other := h.partner(c.link(s.ID, "two"))
	replacement := c.link(s.ID, "one")
	old.get("/seat").refused(401, "signed_out")
	other.get("/seat").want(200)
	h.partner(replacement).get("/seat").want(200)
}

func TestLeavingForgetsThePhone(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	s := c.session()
	p := h.partner(c.link(s.ID, "one"))
	out := p.call("DELETE", "/api/v1/seat", nil).want(204)
	if cleared := out.header.Get("Clear-Site-Data"); !strings.Contains(cleared, "cookies") || !strings.Contains(cleared, "storage") {
		t.Errorf("the phone keeps %q", cleared)
	}
	if cookie := out.header.Get("Set-Cookie"); !strings.Contains(cookie, "Max-Age=0") {
		t.Errorf("the cookie stays: %q", cookie)
	}
	p.get("/seat").refused(401, "signed_out")
	p.call("DELETE", "/api/v1/seat", nil).want(204) // leaving twice is leaving
}
