package main

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"mend/internal/protocol"
	"mend/internal/record"
	"mend/internal/session"
)

// past is a session that is over, with an agreement, and the room that it was.
func (h *house) past() (c *caller, s protocol.Session) {
	h.Helper()
	c = h.counselor()
	s = c.session()
	r := h.room(c, s)
	r.agree("Phones stay outside " + marker)
	h.asks(r.counselorBot, session.End{})
	r.leaves()
	return c, s
}

func TestAPageIsSharedAsItWasSeenBefore(t *testing.T) {
	h := openHouse(t)
	c, s := h.past()
	at := "/sessions/" + s.ID + "/shares"
	offer := read[protocol.ShareOffer](c.get(at + "/offer?for=one").want(200))
	if len(offer.Items) == 0 || offer.Items[0].Kind != record.SharesAgreement || !offer.Items[0].Chosen {
		t.Fatalf("offered %+v", offer)
	}
	last := time.Now().AddDate(0, 0, 3).UTC().Format(time.DateOnly)
	page := map[string]any{"for": "one", "include": []string{offer.Items[0].ID}, "message": "Until Monday " + marker, "expires_on": last}
	seen := c.post(at+"/preview", page).want(200).contains("Phones stay outside", "Until Monday")
	c.get(at).want(200).contains(`"items":[]`)

	with := func(key string, value any) map[string]any {
		p := map[string]any{"checked": []string{"message"}}
		for k, v := range page {
			p[k] = v
		}
		p[key] = value
		return p
	}
	c.post(at, with("checked", []string{})).refused(422, "not_checked")
	c.post(at, with("include", []string{offer.Items[0].ID, "own/9.9.9"})).refused(422, "unknown_item")
	c.post(at, with("expires_on", "2020-01-01")).refused(422, "bad_last_day")
	c.post(at, with("expires_on", time.Now().AddDate(0, 0, 120).UTC().Format(time.DateOnly))).refused(422, "bad_last_day")
	empty := with("include", []string{})
	empty["message"] = " "
	c.post(at, empty).refused(422, "nothing_included")
	planned := read[protocol.Session](c.post("/couples/"+s.Couple+"/sessions", map[string]any{"agenda": []string{}}).want(201))
	c.get("/sessions/"+planned.ID+"/shares/offer?for=one").refused(409, "session_not_over")

	made := read[protocol.Share](c.post(at, with("checked", []string{"message"})).want(201))
	token := afterHash(made.URL)
	if !strings.HasPrefix(made.URL, h.base+"/copy#") || made.State != "open" || !made.Message || made.Items != 1 {
		t.Errorf("made %+v", made)
	}
	reader := h.stranger()
	opened := reader.post("/shares/open", map[string]any{"token": token}).want(200)
	if !bytes.Equal(opened.body, seen.body) {
		t.Errorf("previewed\n%s\nand opened\n%s", seen.body, opened.body)
	}
	if opened.header.Get("Cache-Control") != "no-store" || opened.header.Get("Set-Cookie") != "" {
		t.Errorf("opening a page leaves something behind: %v", opened.header)
	}
	reader.post("/shares/open", map[string]any{"token": token}).want(200)
	c.get(at + "/" + made.ID).want(200).contains("Until Monday").lacks(token)
	c.get(at).want(200).contains(made.ID).lacks(token, "opened", "Until Monday")

	h.later(5 * 24 * time.Hour)
	over := reader.post("/shares/open", map[string]any{"token": token})
	over.refused(404, "link_over")
	same(t, over, reader.post("/shares/open", map[string]any{"token": "AAAAAAAAAAAAAAAAAAAAAA"}))
	same(t, over, reader.post("/shares/open", map[string]any{"token": strings.Repeat("x", 400)}))
	h.later(0)
	c.post("/sign-in", map[string]any{"email": "vega@example.org", "password": password}).want(204)
	c.call("DELETE", "/api/v1"+at+"/"+made.ID, nil).want(204)
	c.get(at).want(200).contains(`"state":"revoked"`)
	c.get("/audit").want(200).contains("share_made", "share_revoked").lacks("share_opened")
}

func TestARecordIsReleasedByBothOrByLaw(t *testing.T) {
	h := openHouse(t)
	c, s := h.past()
	at := "/couples/" + s.Couple + "/releases"
	ask := map[string]any{
		"recipient": "The court " + marker, "purpose": "A hearing " + marker, "sessions": []string{s.ID}, "parts": []string{"joint", "progress"},
		"expires_on": time.Now().AddDate(0, 1, 0).UTC().Format(time.DateOnly),
	}
	c.call("PUT", "/api/v1/sessions/"+s.ID+"/note", aNote(0, "still being written "+marker)).want(200)
	key := c.with("Idempotency-Key", "r1")
	r := read[protocol.Release](key.post(at, ask).want(201))
	if again := read[protocol.Release](key.post(at, ask).want(201)); again.ID != r.ID || r.State != record.ReleaseWaiting {
		t.Errorf("sent again: %+v", again)
	}
	export := "/releases/" + r.ID + "/export"
	c.get(export).refused(409, "not_released")
	link := func(seat string) string {
		return tokenOf(read[protocol.Link](c.post("/releases/"+r.ID+"/links", map[string]any{"for": seat}).want(201)))
	}
	one, two := link("one"), link("two")
	phone := h.stranger()
	says := func(token, answer string) answer {
		return phone.post("/releases/answer", map[string]any{"token": token, "answer": answer})
	}
	before := phone.post("/releases/open", map[string]any{"token": one}).want(200).contains("The court", "A hearing", "Ana", "Ben").lacks("mine")
	says(two, "decline").want(200).contains(`"mine"`)
	same(t, before, phone.post("/releases/open", map[string]any{"token": one}).want(200))
	c.get("/releases/" + r.ID).want(200).contains(`"declined"`)
	says(two, "agree").want(200)
	says(one, "agree").want(200)
	says(one, "perhaps").refused(422, "invalid")
	phone.post("/releases/open", map[string]any{"token": "AAAAAAAAAAAAAAAAAAAAAA"}).refused(404, "link_over")

	files := unzipped(t, c.get(export).want(200).body)
	if all := strings.Join(files, ""); !strings.Contains(all, "Phones stay outside") || !strings.Contains(all, "The court") || strings.Contains(all, "still being written") {
		t.Errorf("released: %s", all)
	}
	phone.post("/releases/open", map[string]any{"token": one}).want(200).contains("gone_at")
	says(one, "decline").want(200)
	c.get(export).refused(409, "not_released")
	why := map[string]any{"reason": "court_order", "text": "By order of the court " + marker}
	c.post("/releases/"+r.ID+"/override", map[string]any{"reason": "court_order", "text": "short"}).refused(422, "invalid")
	c.post("/releases/"+r.ID+"/override", why).want(200).contains(`"overridden"`)
	c.post("/releases/"+r.ID+"/override", why).refused(409, "already_overridden")
	if all := strings.Join(unzipped(t, c.get(export).want(200).body), ""); strings.Contains(all, "By order of the court") {
		t.Error("what the counselor wrote for the practice goes out")
	}
	c.call("DELETE", "/api/v1/releases/"+r.ID, nil).want(204)
	c.get(export).refused(409, "not_released")
	phone.post("/releases/open", map[string]any{"token": one}).refused(404, "link_over")
	c.get("/audit").want(200).contains("release_asked", "release_agreed", "release_declined", "release_exported", "release_overridden", "release_withdrawn")
}

func unzipped(t *testing.T, packed []byte) (files []string) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.File {
		opened, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(opened)
		if err != nil {
			t.Fatal(err)
		}
		_ = opened.Close()
		files = append(files, string(text))
	}
	return files
}
