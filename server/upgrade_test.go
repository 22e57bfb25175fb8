package main

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mend/internal/protocol"
	"mend/internal/record"
)

// first is a data folder as the very first schema left it: the demo's invented couple,
// with three past sessions, as the Mend of that day wrote it. It is never made anew.
const first = "testdata/first"

// unpack lays the old folder out.
func unpack(t *testing.T) string {
	t.Helper()
	data := t.TempDir()
	key, err := os.ReadFile(filepath.Join(first, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "master.key"), key, 0o600); err != nil {
		t.Fatal(err)
	}
	packed, err := os.Open(filepath.Join(first, "mend.db.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	file, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "mend.db"), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return data
}

// A house of the first day opens in today's, with all that was said in it, and goes on.
func TestTheFirstHouseOpensInTodays(t *testing.T) {
	h := &house{T: t, data: unpack(t), log: &transcript{}}
	h.start()
	t.Cleanup(func() { h.stop() })
	c := h.stranger()
	c.post("/sign-in", map[string]any{"email": "maria@demo.example", "password": "ITWZXXZLULIR7SPK"}).want(204)
	couples := read[protocol.CoupleList](c.get("/couples").want(200))
	if len(couples.Items) != 1 {
		t.Fatalf("%d couples", len(couples.Items))
	}
	id := couples.Items[0].ID
	couple := read[protocol.Couple](c.get("/couples/" + id).want(200))
	if couple.One.Name != "Noor" || couple.Two.Name != "Elias" || len(couple.Agreements) == 0 || couple.Suitability == nil {
		t.Errorf("the couple is told as %+v", couple)
	}
	past := 0
	for _, s := range couple.Sessions {
		summary := read[record.Summary](c.get("/sessions/" + s.ID + "/summary").want(200))
		if s.State != protocol.SessionEnded {
			continue
		}
		past++
		if len(summary.Exercises) == 0 || summary.People.One != "Noor" {
			t.Errorf("%s is summed up with %d exercises, of %q", s.ID, len(summary.Exercises), string(summary.People.One))
		}
		note := read[protocol.Note](c.get("/sessions/" + s.ID + "/note?kind=progress").want(200))
		if note.SignedAt == nil || len(note.Sections) == 0 {
			t.Errorf("the note of %s lost its signature or its words", s.ID)
		}
		for _, reader := range []string{"one", "two", "both"} {
			c.get("/sessions/" + s.ID + "/shares/offer?for=" + reader).want(200)
		}
	}
	if past != 3 {
		t.Errorf("%d past sessions, of 3", past)
	}
	c.get("/couples/" + id + "/trends").want(200).contains(`"points":[{`)
	if out := strings.Join(unzipped(t, c.get("/couples/"+id+"/export?for=practice&include=process").want(200).body), ""); !strings.Contains(out, "Noor") {
		t.Error("its record cannot be taken along")
	}
	s := read[protocol.Session](c.post("/couples/"+id+"/sessions", map[string]any{"agenda": []string{"own-it"}}).want(201))
	h.room(c, s)

	found, err := h.app.store.Check(t.Context())
	if err != nil || len(found.Wrong) > 0 || found.Sessions < 5 || found.Values == 0 {
		t.Errorf("checked: %+v, %v", found, err)
	}
}
