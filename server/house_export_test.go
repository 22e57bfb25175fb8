package main

import (
	"regexp"
	"strings"
	"testing"
)

func TestAFileOfTheRecordIsNamedAfterNobody(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	s := c.session()
	id := regexp.MustCompile(`^(attachment|inline); filename="(session|record)-\d{4}-\d{2}-\d{2}-[0-9a-f-]{36}\.(md|csv|json|html|zip)"$`)
	for as, kind := range map[string]string{
		"md": "text/markdown; charset=utf-8", "csv": "text/csv; charset=utf-8; header=present",
		"json": "application/json", "html": "text/html; charset=utf-8",
	} {
		a := c.get("/sessions/" + s.ID + "/export?as=" + as).want(200)
		if name := a.header.Get("Content-Disposition"); !id.MatchString(name) || a.header.Get("Content-Type") != kind {
			t.Errorf("%s: %s, %s", as, name, a.header.Get("Content-Type"))
		}
		if a.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be kept by a cache", as)
		}
	}
	page := c.get("/sessions/" + s.ID + "/export?as=html").want(200)
	if policy := page.header.Get("Content-Security-Policy"); !strings.Contains(policy, "style-src 'sha256-") || strings.Contains(policy, "script-src") {
		t.Errorf("the page may use %s", policy)
	}
	if policy := c.get("/sessions/" + s.ID + "/export?as=md").header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") {
		t.Errorf("a file comes under the policy %q", policy)
	}
	a := c.get("/couples/" + s.Couple + "/export?for=both").want(200)
	if name := a.header.Get("Content-Disposition"); !id.MatchString(name) || a.header.Get("Content-Type") != "application/zip" {
		t.Errorf("%s, %s", name, a.header.Get("Content-Type"))
	}
	if _, err := h.app.store.VerifyDeeds(t.Context()); err != nil {
		t.Error(err)
	}
}
