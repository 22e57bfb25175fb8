package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mend/content"
	"mend/internal/bot"
	"mend/internal/protocol"
	"mend/internal/session"
)

// previewed is a running preview of a file, and its one visitor.
type previewed struct {
	*caller
	file, token string
	end         func()
}

func preview(t *testing.T) previewed {
	t.Helper()
	raw, err := content.Files.ReadFile("exercises/floor-and-echo/exercise.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p := previewed{file: filepath.Join(t.TempDir(), "mine.yaml")}
	if err := os.WriteFile(p.file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	out := &transcript{}
	said, told := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	var problems transcript
	go func() {
		ended <- run(ctx, []string{"exercise", "preview", p.file}, untilSaid{"Ctrl+C", told, out}, &problems)
		told()
	}()
	<-said.Done()
	p.end = func() {
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("it ended with %d: %s", code, problems.String())
		}
	}
	_, address, _ := strings.Cut(out.String(), "Address    ")
	address, _, _ = strings.Cut(address, "\n")
	base, token, found := strings.Cut(address, "/desk/preview#")
	if !found {
		p.end()
		t.Fatalf("it said %q and %q", out.String(), problems.String())
	}
	p.token = token
	p.caller = (&house{T: t, base: base}).stranger()
	return p
}

// The printed address lets one visitor in, once; what they play is a real session
// that nothing is left of.
func TestAPreviewIsForOneVisitor(t *testing.T) {
	folders := t.TempDir()
	t.Setenv("TMPDIR", folders)
	p := preview(t)
	p.get("/couples").refused(401, "signed_out")
	p.post("/preview", map[string]any{"token": "a guess"}).refused(401, "preview_used")
	p.post("/preview", map[string]any{"token": ""}).refused(401, "preview_used")
	made := read[protocol.Rehearsal](p.post("/preview", map[string]any{"token": p.token}).want(201))
	if !made.Preview || made.Changed || len(made.Exercises) != 1 || made.Exercises[0].ID != "floor-and-echo" {
		t.Errorf("made as %+v", made)
	}
	p.stranger().post("/preview", map[string]any{"token": p.token}).refused(401, "preview_used")
	p.sees(p.sitsAs("two", session.Two, made.ID), "the room", func(s *bot.Seen) bool { return s.Phase() == session.Between })

	// What is written into the file meanwhile is noticed, and played the next time.
	raw, err := os.ReadFile(p.file)
	if err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		if err := os.WriteFile(p.file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(strings.Replace(string(raw), "title: ", "title: New ", 1))
	if !read[protocol.Rehearsal](p.get("/rehearsals/" + made.ID).want(200)).Changed {
		t.Error("a changed file was not noticed")
	}
	again := read[protocol.Rehearsal](p.post("/rehearsals", map[string]any{"again": made.ID}).want(201))
	if again.Changed || !strings.HasPrefix(again.Agenda[0].Title, "New ") {
		t.Errorf("again it is %+v", again)
	}
	p.get("/rehearsals/"+made.ID).refused(404, "not_found")
	write("id: broken")
	p.post("/rehearsals", map[string]any{"again": again.ID}).refused(422, "exercise_has_problems")
	if err := os.Remove(p.file); err != nil {
		t.Fatal(err)
	}
	p.post("/rehearsals", map[string]any{"again": again.ID}).refused(409, "file_unreadable")
	p.get("/rehearsals/" + again.ID).want(200) // what is there is not lost over it

	p.end()
	if left, err := os.ReadDir(folders); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// In a house that people live in there is no such door.
func TestAHouseHasNoPreview(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	c.post("/preview", map[string]any{"token": ""}).refused(404, "not_found")
}
