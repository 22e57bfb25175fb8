package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mend/content"
	"mend/internal/bot"
	"mend/internal/exercise"
	"mend/internal/protocol"
	"mend/internal/rehearsal"
	"mend/internal/session"
)

// rows counts every table of the database.
func (h *house) rows() map[string]int {
	h.Helper()
	db := h.database()
	defer db.Close()
	tables, err := db.Query("SELECT name FROM sqlite_master WHERE type = 'table'")
	if err != nil {
		h.Fatal(err)
	}
	defer tables.Close()
	count := map[string]int{}
	for tables.Next() {
		var name string
		if err := tables.Scan(&name); err != nil {
			h.Fatal(err)
		}
		count[name] = 0
	}
	if err := tables.Err(); err != nil {
		h.Fatal(err)
	}
	for name := range count {
		var n int
		if err := db.QueryRow(fmt.Sprintf("SELECT count(*) FROM %q", name)).Scan(&n); err != nil {
			h.Fatal(err)
		}
		count[name] = n
	}
	return count
}

// holds tells in which file of the data folder some words are.
func (h *house) holds(words string) (found []string) {
	h.Helper()
	err := filepath.WalkDir(h.data, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if bytes.Contains(raw, []byte(words)) {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		h.Fatal(err)
	}
	return found
}

func (c *caller) rehearses(body map[string]any) protocol.Rehearsal {
	c.Helper()
	return read[protocol.Rehearsal](c.post("/rehearsals", body).want(201))
}

// trio are the three seats of a rehearsal, all the counselor's.
func (c *caller) trio(id string) (counselor, one, two *bot.Bot) {
	c.Helper()
	return c.sits(session.Counselor, id), c.sitsAs("one", session.One, id), c.sitsAs("two", session.Two, id)
}

// A whole run of answers, whispers, notes and drafts writes no row and no word.
func TestARehearsalLeavesNothingBehind(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	c.get("/me").want(200) // what signing in writes is written
	before := h.rows()
	if len(before) < 10 {
		t.Fatalf("only %d tables were counted", len(before))
	}
	made := c.rehearses(map[string]any{"agenda": []string{"floor-and-echo"}})
	desk, one, two := c.trio(made.ID)
	start := protocol.StartExercise{Exercise: "floor-and-echo", Cast: session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo}}
	h.sees(desk, "the room", func(s *bot.Seen) bool { return s.Phase() == session.Between })
	if err := desk.Do(soon(t), start); err != nil {
		t.Fatal(err)
	}
	const words = "REHEARSED-9k2 the blue door"
	for _, p := range []*bot.Bot{one, two} {
		seen := h.sees(p, "a step", func(s *bot.Seen) bool { return s.Partner != nil && s.Partner.Step != nil })
		if !seen.Partner.Rehearsal {
			t.Errorf("the %s's phone does not say that it is a rehearsal", p.Role)
		}
		if err := p.Do(soon(t), protocol.KeepDraft{Step: seen.Step(), Text: words}); err != nil {
			t.Errorf("%s: a draft: %v", p.Role, err)
		}
		h.asks(p, session.Submit{Step: seen.Step(), Answer: session.Answer{Text: words}}, session.SetDial{Value: 4})
	}
	h.asks(desk, session.Whisper{To: session.SeatOne, Text: words}, session.Mark{Kind: session.MarkNote, Text: words})
	seen := h.sees(desk, "both answers", func(s *bot.Seen) bool {
		return s.Counselor.Step.Finished[session.SeatOne] && s.Counselor.Step.Finished[session.SeatTwo]
	})
	if !seen.Counselor.Rehearsal {
		t.Error("the console does not say that it is a rehearsal")
	}
	h.asks(desk, session.Advance{Step: seen.Step()}, session.End{})
	c.call("DELETE", "/api/v1/rehearsals/"+made.ID, nil).want(204)
	c.get("/rehearsals/"+made.ID).refused(404, "not_found")

	after := h.rows()
	for table, n := range after {
		if n != before[table] {
			t.Errorf("%s had %d rows and has %d", table, before[table], n)
		}
	}
	for _, text := range []string{"REHEARSED-9k2", made.ID} {
		if found := h.holds(text); found != nil {
			t.Errorf("%q is in %v", text, found)
		}
		if strings.Contains(h.log.String(), "REHEARSED-9k2") {
			t.Error("the log holds what was said")
		}
	}
	c.get("/sessions").want(200).lacks(made.ID)
	c.get("/sessions/"+made.ID).refused(404, "not_found")
	c.get("/sessions/"+made.ID+"/note?kind=progress").refused(404, "not_found")
	c.get("/sessions/"+made.ID+"/summary").refused(404, "not_found")
}

// Whoever did not make it cannot tell it from nothing: not another counselor, not a
// partner of a real session, not a stranger.
func TestARehearsalIsForItsMakerAlone(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	made := c.rehearses(map[string]any{"agenda": []string{"opening"}})
	s := c.session()
	partner := h.partner(c.link(s.ID, "one"))
	for _, as := range []string{"", "one", "two", "counselor", "three"} {
		closedWith(t, partner.sitsAs(as, session.One, made.ID), protocol.NotFound)
	}
	partner.get("/rehearsals/"+made.ID).refused(401, "signed_out")
	partner.post("/rehearsals", map[string]any{"agenda": []string{"opening"}}).refused(401, "signed_out")
	others, err := h.app.rehearsals.Make(t.Context(), rehearsal.Plan{Counselor: "another counselor", Facts: session.Facts{
		Policy: session.Policy{Version: 1, Secrets: session.NoSecrets},
	}})
	if err != nil {
		t.Fatal(err)
	}
	c.get("/rehearsals/"+others.ID).refused(404, "not_found")
	c.call("DELETE", "/api/v1/rehearsals/"+others.ID, nil).refused(404, "not_found")
	for _, as := range []string{"", "one", "counselor"} {
		closedWith(t, c.sitsAs(as, session.Counselor, others.ID), protocol.NotFound)
	}
	for _, as := range []string{"three", "Counselor"} { // its maker is one of three, and nobody else
		closedWith(t, c.sitsAs(as, session.Counselor, made.ID), protocol.NotFound)
	}
	_, one, _ := c.trio(made.ID)
	h.sees(one, "the maker's own pretend partner", func(s *bot.Seen) bool { return s.Phase() == session.Between })
}

// In a real session nobody is anybody else: asking to be one of the two lets nobody
// in, not even its counselor.
func TestAskingToBeSomebodyGivesNothingInASession(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	s := c.session()
	partner := h.partner(c.link(s.ID, "one"))
	for _, as := range []string{"one", "two", "counselor"} {
		closedWith(t, c.sitsAs(as, session.Counselor, s.ID), protocol.NotFound)
		closedWith(t, partner.sitsAs(as, session.One, s.ID), protocol.NotFound)
	}
	seen := h.sees(c.sits(session.Counselor, s.ID), "the counselor's own seat", func(s *bot.Seen) bool { return s.Counselor != nil })
	if seen.Counselor.Doors[session.SeatOne] != session.Invitee || seen.Counselor.Rehearsal {
		t.Errorf("something came of asking: %+v", seen.Counselor.Doors)
	}
}

// A rehearsal waits for whoever closed the page, but not for ever.
func TestARehearsalOutlivesItsSocketForAWhile(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	made := c.rehearses(map[string]any{"agenda": []string{"opening", "closing"}, "at_door": true})
	if len(made.Agenda) != 2 || made.Agenda[0].Title == "" || made.MadeAt.IsZero() || made.Preview {
		t.Errorf("made as %+v", made)
	}
	desk := c.sits(session.Counselor, made.ID)
	seen := h.sees(desk, "the door", func(s *bot.Seen) bool { return s.Counselor != nil })
	if seen.Counselor.Doors[session.SeatOne] != session.Invitee {
		t.Errorf("the first is %s", seen.Counselor.Doors[session.SeatOne])
	}
	desk.Leave()
	c.get("/rehearsals/" + made.ID).want(200)
	h.later(3 * time.Hour)
	c.post("/sign-in", map[string]any{"email": "vega@example.org", "password": password}).want(204)
	c.get("/rehearsals/"+made.ID).refused(404, "not_found")
}

// Both phones show the exercise in the language of the desk they stand on.
func TestARehearsalSpeaksTheDesksLanguage(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	c.call("PATCH", "/api/v1/me", map[string]any{"language": "es"}).want(200)
	made := c.rehearses(map[string]any{"agenda": []string{"floor-and-echo"}})
	desk, one, two := c.trio(made.ID)
	h.sees(desk, "the room", func(s *bot.Seen) bool { return s.Phase() == session.Between })
	start := protocol.StartExercise{Exercise: "floor-and-echo", Cast: session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo}}
	if err := desk.Do(soon(t), start); err != nil {
		t.Fatal(err)
	}
	here := h.sees(desk, "a step", func(s *bot.Seen) bool { return s.Step() != "" }).Counselor
	for _, p := range []*bot.Bot{one, two} {
		seen := h.sees(p, "a step", func(s *bot.Seen) bool { return s.Step() != "" }).Partner
		seat, _ := p.Role.Seat()
		if seen.Language != exercise.Spanish || seen.Step.Prompt != here.Phones[seat].Step.Prompt || seen.Exercise.Title == "Floor and echo" {
			t.Errorf("%s reads %q in %q", p.Role, seen.Step.Prompt, seen.Language)
		}
	}
}

// What stands in an editor can be rehearsed before it is saved; what is not sound is
// told line by line, and nothing is made of it.
func TestAnUnsavedExerciseIsRehearsed(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	raw, err := content.Files.ReadFile("exercises/two-dials/exercise.yaml")
	if err != nil {
		t.Fatal(err)
	}
	source := strings.Replace(string(raw), "id: two-dials", "id: my-own-dials", 1)
	made := c.rehearses(map[string]any{"source": source})
	if len(made.Exercises) != 1 || made.Exercises[0].ID != "my-own-dials" || made.Agenda[0].Exercise != "my-own-dials" {
		t.Fatalf("made as %+v", made)
	}
	desk, _, _ := c.trio(made.ID)
	h.sees(desk, "the room", func(s *bot.Seen) bool { return s.Phase() == session.Between })
	cast := session.Cast{}
	for i, role := range roles(made.Exercises[0]) {
		cast[role] = session.Seats()[i]
	}
	if err := desk.Do(soon(t), protocol.StartExercise{Exercise: "my-own-dials", Cast: cast}); err != nil {
		t.Errorf("the unsaved exercise: %v", err)
	}
	h.asks(desk, session.StopExercise{})
	if err := desk.Do(soon(t), protocol.StartExercise{Exercise: "opening", Cast: session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo}}); err != nil {
		t.Errorf("one of the library beside it: %v", err)
	}
	c.get("/exercises/my-own-dials").refused(404, "not_found")
	again := c.rehearses(map[string]any{"again": made.ID, "at_door": true})
	outside := h.sees(c.sits(session.Counselor, again.ID), "the door", func(s *bot.Seen) bool { return s.Counselor != nil })
	if outside.Phase() != session.InLobby || outside.Counselor.Doors[session.SeatTwo] != session.Invitee {
		t.Errorf("begun again at the door, it is in %s", outside.Phase())
	}
	if again.ID == made.ID || len(again.Exercises) != 1 {
		t.Errorf("again it is %+v", again)
	}
	c.get("/rehearsals/"+made.ID).refused(404, "not_found")
	c.post("/rehearsals", map[string]any{"again": made.ID}).refused(404, "not_found")

	newer := c.rehearses(map[string]any{"source": strings.Replace(string(raw), "title: ", "title: New ", 1)})
	if !strings.HasPrefix(newer.Agenda[0].Title, "New ") {
		t.Errorf("a new text of one that ships is called %q", newer.Agenda[0].Title)
	}

	p := c.post("/rehearsals", map[string]any{"source": strings.Replace(source, "title:", "titel:", 1)}).refused(422, "exercise_has_problems")
	if len(p.Errors) == 0 || !strings.HasPrefix(p.Errors[0].Message, "Line ") || p.Errors[0].Mend == "" {
		t.Errorf("told as %+v", p.Errors)
	}
	c.post("/rehearsals", map[string]any{}).refused(422, "nothing_to_rehearse")
	c.post("/rehearsals", map[string]any{"agenda": []string{"opening"}, "source": source}).refused(422, "both_given")
	c.post("/rehearsals", map[string]any{"agenda": []string{"opening", "nonsense"}}).refused(422, "no_such_exercise")
}

func roles(e protocol.ExerciseHead) []exercise.Role {
	var list []exercise.Role
	for _, role := range []exercise.Role{exercise.A, exercise.B, exercise.Hurt, exercise.Responsible} {
		if _, has := e.Roles[role]; has {
			list = append(list, role)
		}
	}
	return list
}
