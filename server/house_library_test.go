package main

import (
	"slices"
	"strings"
	"testing"

	"mend/internal/exercise"
	"mend/internal/protocol"
	"mend/internal/session"
)

func (c *caller) head(path, id string) protocol.ExerciseHead {
	c.Helper()
	list := read[protocol.ExerciseList](c.get(path).want(200))
	i := slices.IndexFunc(list.Items, func(e protocol.ExerciseHead) bool { return e.ID == id })
	if i < 0 {
		c.Fatalf("%s: %s is not in the library", path, id)
	}
	return list.Items[i]
}

func TestAnExerciseIsStarredAndReadInEitherLanguage(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	if e := c.head("/exercises", "own-it"); e.Favourite || e.Origin != protocol.Shipped || e.Guidance.StopIf == "" {
		t.Errorf("as it came: %+v", e)
	}
	for range 2 { // a second tap changes nothing
		c.call("PUT", "/api/v1/exercises/own-it/favourite", nil).want(204)
	}
	if !c.head("/exercises", "own-it").Favourite || c.head("/exercises", "what-broke").Favourite {
		t.Error("the star is not where it was put")
	}
	if !read[protocol.Exercise](c.get("/exercises/own-it").want(200)).Favourite {
		t.Error("the reading view does not show the star")
	}
	for range 2 {
		c.call("DELETE", "/api/v1/exercises/own-it/favourite", nil).want(204)
	}
	if c.head("/exercises", "own-it").Favourite {
		t.Error("the star is still there")
	}
	c.call("PUT", "/api/v1/exercises/"+marker+"/favourite", nil).refused(404, "not_found")

	english := read[protocol.Exercise](c.get("/exercises/floor-and-echo").want(200))
	spanish := read[protocol.Exercise](c.get("/exercises/floor-and-echo?language=es").want(200))
	if english.Title == spanish.Title || english.Steps[0].Prompt == spanish.Steps[0].Prompt || len(english.Steps) != len(spanish.Steps) {
		t.Errorf("%q and %q", english.Title, spanish.Title)
	}
	if e := c.head("/exercises?language=es", "floor-and-echo"); e.Title != spanish.Title {
		t.Errorf("listed as %q, read as %q", e.Title, spanish.Title)
	}
	if p := c.get("/exercises?language="+marker).refused(422, "invalid"); p.Field != "query.language" {
		t.Errorf("which field? %+v", p)
	}
}

func TestTheLibraryTellsWhenACoupleLastDidAnExercise(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	s := c.session()
	if e := c.head("/exercises?couple="+s.Couple, "opening"); e.LastUsedAt != nil {
		t.Error("used before anybody met")
	}
	r := h.room(c, s)
	if err := r.counselorBot.Do(soon(t), protocol.StartExercise{
		Exercise: "opening", Cast: session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo},
	}); err != nil {
		t.Fatal(err)
	}
	if e := c.head("/exercises?couple="+s.Couple, "opening"); e.LastUsedAt == nil {
		t.Error("nobody noticed that it was begun")
	}
	if e := c.head("/exercises?couple="+s.Couple, "closing"); e.LastUsedAt != nil {
		t.Error("used, yet it was not begun")
	}
	if e := c.head("/exercises", "opening"); e.LastUsedAt != nil {
		t.Error("told without being asked")
	}
	if e := read[protocol.Exercise](c.get("/exercises/opening?couple=" + s.Couple).want(200)); e.LastUsedAt == nil {
		t.Error("the reading view does not tell it")
	}
}

// Every section has its page, in both languages, and exercises that do it. Partners read
// the pages that are theirs too, and are told of no exercise.
func TestEverySectionHasItsPageAndItsExercises(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	p := h.partner(c.link(c.session().ID, "one"))
	all := read[protocol.GuideList](c.get("/guide").want(200)).Items
	if len(all) != 20 || all[0].Section != "S-0" || all[19].Section != "S-19" {
		t.Fatalf("%d pages", len(all))
	}
	if other := read[protocol.GuideList](c.get("/guide?language=es").want(200)).Items; len(other) != 20 || other[0].Title == all[0].Title {
		t.Error("the Spanish pages are not there")
	}
	for _, head := range all {
		page := read[protocol.GuidePage](c.get("/guide/" + head.ID).want(200))
		if !strings.HasPrefix(page.HTML, "<") || page.Title != head.Title {
			t.Errorf("%s: %.60s", head.ID, page.HTML)
		}
		if len(page.Exercises) == 0 {
			t.Errorf("no exercise does %s %s", head.Section, head.ID)
		}
		for name, who := range map[string]*caller{"a partner": p, "a stranger": h.stranger()} {
			theirs := read[protocol.GuidePage](who.get("/guide/" + head.ID).want(200))
			if len(theirs.Exercises) != 0 || theirs.HTML != page.HTML {
				t.Errorf("%s reads %s otherwise", name, head.ID)
			}
		}
	}
	c.get("/guide/no-such-page").refused(404, "not_found")
}

func TestAgendasToStartFromAreFramedAndFit(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	couple := c.couple()
	list := read[protocol.AgendaList](c.get("/agendas?language=es").want(200)).Items
	if len(list) < 4 || list[0].Title != "Una primera sesión" {
		t.Fatalf("%d agendas: %+v", len(list), list)
	}
	for _, a := range list {
		plan := map[string]any{"agenda": a.Exercises, "minutes": a.Minutes}
		s := read[protocol.Session](c.post("/couples/"+couple.ID+"/sessions", plan).want(201))
		total := 0
		for i, item := range s.Agenda {
			total += item.Minutes
			if item.Exercise != a.Exercises[i] {
				t.Errorf("%s: number %d is %s", a.ID, i, item.Exercise)
			}
		}
		if total > s.Minutes || s.Minutes != a.Minutes {
			t.Errorf("%s takes %d of %d minutes", a.ID, total, s.Minutes)
		}
	}
	s := read[protocol.Session](c.post("/couples/"+couple.ID+"/sessions", map[string]any{"agenda": []string{}}).want(201))
	if s.Minutes != 50 {
		t.Errorf("%d minutes where nobody said", s.Minutes)
	}
	c.call("PATCH", "/api/v1/sessions/"+s.ID, map[string]any{"minutes": 90}).want(200).contains(`"minutes":90`)
	if p := c.call("PATCH", "/api/v1/sessions/"+s.ID, map[string]any{"minutes": 3}).refused(422, "invalid"); p.Field != "minutes" {
		t.Errorf("which field? %+v", p)
	}
}
