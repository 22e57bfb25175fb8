package main

import (
	"slices"
	"strings"
	"testing"

	"mend/internal/bot"
	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/protocol"
	"mend/internal/record"
	"mend/internal/session"
)

func put(source string, scope protocol.Scope) map[string]any {
	return map[string]any{"source": source, "scope": scope}
}

func (c *caller) put(path, tag string, body any) answer {
	c.Helper()
	return c.with("If-Match", tag).call("PUT", "/api/v1"+path, body)
}

func TestAnExerciseIsWrittenSharedAndTakenAway(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	shipped := read[protocol.ExerciseSource](c.get("/exercises/floor-and-echo/source").want(200))
	if shipped.Origin != protocol.Shipped || shipped.Scope != "" || !strings.Contains(shipped.Source, "id: floor-and-echo") {
		t.Errorf("to copy from: %+v", shipped)
	}
	skeleton := read[protocol.ExerciseSource](c.get("/exercises/new/source").want(200))
	if l := read[protocol.Linted](c.post("/exercises/lint", map[string]any{"source": skeleton.Source}).want(200)); len(l.Problems) > 0 || l.Exercise == nil {
		t.Errorf("one begins with %+v", l.Problems)
	}

	made := c.post("/exercises", put(own, protocol.JustMe)).want(201)
	if e := read[protocol.ExerciseSource](made); e.ID != "evening-talk" || e.Version != 1 || e.Origin != protocol.Mine || e.Scope != protocol.JustMe || e.Source != own {
		t.Errorf("kept as %+v", e)
	}
	first := made.header.Get("ETag")
	if first != c.get("/exercises/evening-talk/source").want(200).header.Get("ETag") {
		t.Error("its ETag is another when it is read again")
	}
	e := read[protocol.Exercise](c.get("/exercises/evening-talk").want(200))
	if e.Title != "Evening talk" || len(e.Steps) != 6 || e.Origin != protocol.Mine {
		t.Errorf("read as %+v", e.ExerciseHead)
	}
	c.get("/exercises").want(200).contains(`"id":"evening-talk"`)
	if p := c.post("/exercises", put(own, protocol.JustMe)).refused(422, "not_an_exercise"); len(p.Problems) != 1 || p.Problems[0].Code != "id-taken" || p.Problems[0].Line != 1 {
		t.Errorf("the same id again: %+v", p.Problems)
	}

	// Sharing changes no word and needs no new version; any change does.
	shared := c.put("/exercises/evening-talk", first, put(own, protocol.ForPractice)).want(200)
	second := shared.header.Get("ETag")
	if first == second {
		t.Error("the ETag stands still")
	}
	reworded := strings.Replace(own, "Say how the day was.", "Say how the week was.", 1)
	p := c.put("/exercises/evening-talk", second, put(reworded, protocol.ForPractice)).refused(422, "not_an_exercise")
	if len(p.Problems) != 1 || p.Problems[0].Code != "version-not-raised" || p.Problems[0].Line != 2 || p.Problems[0].Mend != "Write 2" {
		t.Errorf("an old version for new words: %+v", p.Problems)
	}
	reworded = strings.Replace(reworded, "version: 1", "version: 2", 1)
	renamed := strings.Replace(reworded, "id: evening-talk", "id: morning-talk", 1)
	if p := c.put("/exercises/evening-talk", second, put(renamed, protocol.JustMe)).refused(422, "not_an_exercise"); p.Problems[0].Code != "id-changed" || p.Problems[0].Path != "id" {
		t.Errorf("another id: %+v", p.Problems)
	}
	c.put("/exercises/evening-talk", second, put(reworded, protocol.ForPractice)).want(200)

	// Another window saved in between.
	p = c.put("/exercises/evening-talk", second, put(strings.Replace(reworded, "version: 2", "version: 3", 1), protocol.JustMe)).refused(412, "stale_version")
	if p.Exercise == nil || p.Exercise.Source != reworded || p.Exercise.Version != 2 || p.Exercise.Scope != protocol.ForPractice {
		t.Errorf("the current exercise is not told: %+v", p.Exercise)
	}
	c.put("/exercises/evening-talk", `"next"`, put(reworded, protocol.JustMe)).refused(422, "not_an_etag")
	c.call("PUT", "/api/v1/exercises/evening-talk", put(reworded, protocol.JustMe)).refused(422, "invalid")
	c.put("/exercises/own-it", first, put(reworded, protocol.JustMe)).refused(409, "ships_with_mend")
	c.call("DELETE", "/api/v1/exercises/own-it", nil).refused(409, "ships_with_mend")

	c.call("DELETE", "/api/v1/exercises/evening-talk", nil).want(204)
	c.get("/exercises/evening-talk").refused(404, "not_found")
	c.get("/exercises").want(200).lacks("evening-talk")
	c.get("/exercise-schema").want(200).contains(`"urn:mend:exercise"`)
}

// Nothing that is wrong comes in, each tells the line, the path and the mend, and
// what was there is there still.
func TestHostileFilesReplaceNothing(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	tag := c.post("/exercises", put(own, protocol.JustMe)).want(201).header.Get("ETag")
	before := c.get("/exercises").want(200).body
	for name, trap := range traps() {
		source := strings.Replace(trap.source, "version: 1", "version: 2", 1)
		told := func(problems []exercise.Problem) {
			t.Helper()
			at := slices.IndexFunc(problems, func(p exercise.Problem) bool {
				return p.Line == trap.line && p.Path == trap.path && p.Code == trap.code
			})
			if at < 0 || problems[at].Message == "" || problems[at].Mend == "" {
				t.Errorf("%s: want %d %s %s, got %+v", name, trap.line, trap.path, trap.code, problems)
			}
		}
		lint := read[protocol.Linted](c.post("/exercises/lint", map[string]any{"source": source}).want(200))
		if lint.Exercise != nil {
			t.Errorf("%s: was found good", name)
		}
		told(lint.Problems)
		told(c.put("/exercises/evening-talk", tag, put(source, protocol.JustMe)).refused(422, "not_an_exercise").Problems)
		told(c.post("/exercises", put(source, protocol.JustMe)).refused(422, "not_an_exercise").Problems)
	}
	for path, body := range map[string]map[string]any{
		"/exercises": put(huge(), protocol.JustMe), "/exercises/lint": {"source": huge()},
	} {
		if a, err := c.try("POST", "/api/v1"+path, body); err == nil { // else it was cut off while sending
			if p := a.refused(413, "too_large"); p.Mend == "" {
				t.Errorf("nobody is told how to mend it: %+v", p)
			}
		}
	}
	if after := c.get("/exercises").want(200).body; string(after) != string(before) {
		t.Errorf("the library has changed:\n%s\n%s", before, after)
	}
	if e := read[protocol.ExerciseSource](c.get("/exercises/evening-talk/source").want(200)); e.Source != own {
		t.Errorf("it was replaced by %s", e.Source)
	}
}

// A circle of befores needs two exercises, and the second save is where it closes.
func TestBeforesOfOwnExercisesLeadNowhereBack(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	tag := c.post("/exercises", put(own, protocol.JustMe)).want(201).header.Get("ETag")
	second := bent("id: evening-talk", "id: second", "summary:", "after: [evening-talk, own-it]\nsummary:")
	c.post("/exercises", put(second, protocol.JustMe)).want(201)
	circle := bent("version: 1", "version: 2", "summary:", "after: [second]\nsummary:")
	p := c.put("/exercises/evening-talk", tag, put(circle, protocol.JustMe)).refused(422, "not_an_exercise")
	if len(p.Problems) != 1 || p.Problems[0].Code != "after-in-a-circle" || p.Problems[0].Line != 9 || p.Problems[0].Path != "after[0]" {
		t.Errorf("a circle: %+v", p.Problems)
	}
}

// A running session and an old record keep the words they had, whatever becomes of
// the exercise.
func TestWhatRanKeepsItsWords(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	tag := c.post("/exercises", put(own, protocol.JustMe)).want(201).header.Get("ETag")
	start := protocol.StartExercise{
		Exercise: "evening-talk", Cast: session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo},
	}
	old, running := h.room(c, c.session()), h.room(c, c.session())
	for _, r := range []*room{old, running} {
		if err := r.counselorBot.Do(soon(t), start); err != nil {
			t.Fatal(err)
		}
		unknown := start
		unknown.Exercise = "nowhere"
		known := fault.Code(r.oneBot.Do(soon(t), start))
		if other := fault.Code(r.oneBot.Do(soon(t), unknown)); known != "not_yours" || other != known {
			t.Errorf("a partner who starts an exercise is told %s, and %s of one that is none", known, other)
		}
	}
	h.asks(old.counselorBot, session.End{})

	reworded := bent("version: 1", "version: 2", "Say how the day was.", "Say how the week was.")
	c.put("/exercises/evening-talk", tag, put(reworded, protocol.JustMe)).want(200)
	again := h.room(c, c.session())
	if err := again.counselorBot.Do(soon(t), start); err != nil {
		t.Fatal(err)
	}
	c.call("DELETE", "/api/v1/exercises/evening-talk", nil).want(204)

	prompt := func(r *room) string {
		seen := h.sees(r.oneBot, "the exercise", func(s *bot.Seen) bool { return s.Partner != nil && s.Partner.Step != nil })
		return seen.Partner.Step.Prompt
	}
	if got := prompt(running); got != "Say how the day was." {
		t.Errorf("the running session reads %q", got)
	}
	if got := prompt(again); got != "Say how the week was." {
		t.Errorf("a session of the new version reads %q", got)
	}
	h.asks(running.oneBot, session.Yield{Step: h.sees(running.oneBot, "the turn", func(s *bot.Seen) bool { return s.Step() != "" }).Step()})
	for r, version := range map[*room]int{old: 1, again: 2} {
		summary := read[record.Summary](c.get("/sessions/" + r.session.ID + "/summary").want(200))
		at := slices.IndexFunc(summary.Exercises, func(p record.Passage) bool { return p.Exercise == "evening-talk" })
		if at < 0 || summary.Exercises[at].Version != version || summary.Exercises[at].Title != "Evening talk" {
			t.Errorf("the record of version %d says %+v", version, summary.Exercises)
		}
	}
	late := h.room(c, c.session())
	if err := late.counselorBot.Do(soon(t), start); err == nil {
		t.Error("a deleted exercise was started")
	}
	c.post("/couples/"+late.session.Couple+"/sessions", map[string]any{"agenda": []string{"evening-talk"}}).refused(422, "no_such_exercise")
}

// Script in an author's words reaches a phone as words.
func TestScriptInAnExerciseIsOnlyWords(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	source := bent("Say how the day was.", "'"+script+"'")
	l := read[protocol.Linted](c.post("/exercises/lint", map[string]any{"source": source}).want(200))
	if l.Exercise == nil || l.Exercise.Steps[0].Prompt != script {
		t.Fatalf("%+v", l.Problems)
	}
	a := c.post("/exercises", put(source, protocol.JustMe)).want(201)
	if kind := a.header.Get("Content-Type"); !strings.HasPrefix(kind, "application/json") || a.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("a browser might take it for a page: %v", a.header)
	}
}

// A colleague's private exercise and one that nobody wrote cannot be told apart; a
// shared one is read, run and copied, and changed by its author alone.
func TestAColleaguesExerciseIsTheirs(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	c.post("/exercises", put(own, protocol.JustMe)).want(201)
	c.post("/exercises", put(bent("id: evening-talk", "id: shared-talk"), protocol.ForPractice)).want(201)
	h.giveAway(c.session())
	db := h.database()
	defer db.Close()
	if _, err := db.Exec(`UPDATE exercises SET counselor = 'another'`); err != nil {
		t.Fatal(err)
	}
	places := func(id string) []answer {
		changed := put(bent("id: evening-talk", "id: "+id, "version: 1", "version: 2"), protocol.JustMe)
		return []answer{
			c.get("/exercises/" + id), c.get("/exercises/" + id + "/source"),
			c.put("/exercises/"+id, `"1"`, changed), c.call("DELETE", "/api/v1/exercises/"+id, nil),
		}
	}
	none := places("morning-talk")
	for i, a := range places("evening-talk") {
		a.refused(404, "not_found")
		same(t, a, none[i])
	}
	c.get("/exercises").want(200).lacks("evening-talk").contains(`"origin":"practice"`)

	shared := places("shared-talk")
	if e := read[protocol.ExerciseSource](shared[1].want(200)); e.Origin != protocol.OfPractice || e.Source == "" {
		t.Errorf("shared with the practice: %+v", e)
	}
	shared[2].refused(409, "not_the_owner")
	shared[3].refused(409, "not_the_owner")
	c.get("/exercises/shared-talk").want(200)
	copied := bent("id: evening-talk", "id: shared-talk-of-ours")
	c.post("/exercises", put(copied, protocol.JustMe)).want(201)
}
