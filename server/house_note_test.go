package main

import (
	"strings"
	"testing"

	"mend/internal/protocol"
)

func aNote(version int, plan string) map[string]any {
	return map[string]any{
		"kind": "progress", "format": "soap", "version": version,
		"sections": map[string]any{"subjective": "They said " + marker, "plan": plan},
	}
}

func TestANoteIsSavedSignedAndCorrected(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	note := "/sessions/" + c.session().ID + "/note"
	empty := read[protocol.Note](c.get(note + "?kind=progress").want(200))
	if empty.Version != 0 || empty.Sections == nil || empty.Addenda == nil || empty.Versions == nil {
		t.Errorf("nothing saved yet: %+v", empty)
	}
	put := func(body any) answer { return c.call("PUT", "/api/v1"+note, body) }
	saved := put(aNote(0, "first")).want(200)
	if saved.header.Get("ETag") != `"1"` {
		t.Errorf("the ETag is %s", saved.header.Get("ETag"))
	}

	// Another window saved in between: nothing is lost, and both texts are at hand.
	put(aNote(1, "second "+marker)).want(200)
	p := put(aNote(1, "mine")).refused(409, "stale_version")
	if p.Note == nil || p.Note.Version != 2 || p.Note.Sections["plan"] != "second "+marker {
		t.Errorf("the current note is not told: %+v", p.Note)
	}
	p = c.with("If-Match", `"1"`).call("PUT", "/api/v1"+note, aNote(2, "mine")).refused(412, "stale_version")
	if p.Note == nil || p.Note.Version != 2 {
		t.Errorf("the current note is not told: %+v", p.Note)
	}
	c.with("If-Match", "two").call("PUT", "/api/v1"+note, aNote(2, "x")).refused(422, "not_an_etag")
	c.with("If-Match", `"2"`).call("PUT", "/api/v1"+note, aNote(0, "third")).want(200)

	wrong := aNote(3, "x")
	wrong["format"] = "dap"
	put(wrong).refused(422, "no_such_section")
	if p := put(aNote(3, strings.Repeat("x", 20_001))).refused(422, "too_long"); p.Field != "sections.plan" {
		t.Errorf("which section? %+v", p)
	}

	c.post(note+"/addenda", map[string]any{"kind": "progress", "text": "too early"}).refused(409, "note_unsigned")
	c.post(note+"/sign", map[string]any{"kind": "progress", "version": 1}).refused(409, "stale_version")
	signed := read[protocol.Note](c.post(note+"/sign", map[string]any{"kind": "progress", "version": 3}).want(200))
	if signed.SignedAt == nil || len(signed.Hash) != 64 || !strings.Contains(string(signed.SignedBy), marker) {
		t.Errorf("signed: %+v", signed)
	}
	put(aNote(3, "after")).refused(409, "note_signed")
	again := c.with("Idempotency-Key", "once")
	again.post(note+"/addenda", map[string]any{"kind": "progress", "text": "A date was wrong " + marker}).want(201)
	added := read[protocol.Note](again.post(note+"/addenda", map[string]any{"kind": "progress", "text": "A date was wrong " + marker}).want(201))
	if len(added.Addenda) != 1 {
		t.Errorf("%d addenda", len(added.Addenda))
	}

	// The other note is another note.
	c.get(note+"?kind=process").want(200).lacks(marker, "signed_at")
	c.get(note).refused(422, "invalid")
}

func TestTheSummaryIsThereFromTheBeginning(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	s := c.session()
	c.get("/sessions/" + s.ID + "/summary").want(200)
	c.link(s.ID, "one")
	c.get("/sessions/" + s.ID + "/summary").want(200)
	for _, format := range []string{"soap", "dap", "birp", "girp", "free"} {
		d := read[protocol.DraftedNote](c.get("/sessions/" + s.ID + "/note/draft?format=" + format).want(200))
		if string(d.Format) != format || len(d.Sections) == 0 {
			t.Errorf("drafted as %s: %+v", format, d)
		}
	}
	c.get("/sessions/"+s.ID+"/note/draft?format=poem").refused(422, "invalid")
}

func TestTheLibraryIsRead(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	list := read[protocol.ExerciseList](c.get("/exercises").want(200))
	if len(list.Items) == 0 {
		t.Fatal("the library is empty")
	}
	for _, head := range list.Items {
		a := c.get("/exercises/" + head.ID).want(200)
		if e := read[protocol.Exercise](a); e.ID != head.ID || len(e.Steps) == 0 || a.header.Get("ETag") == "" {
			t.Errorf("%s: %+v", head.ID, e.ExerciseHead)
		}
	}
	c.get("/exercises/no-"+marker).refused(404, "not_found")
}
