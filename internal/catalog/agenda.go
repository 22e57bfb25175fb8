package catalog

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"mend/internal/exercise"
)

// Agenda is a template a counselor starts from: exercises for one session, between
// the frames.
type Agenda struct {
	ID        string
	Minutes   int               // the length of the session it is meant for
	Title     map[string]string // by language; always in English
	Summary   map[string]string // when to use it and when not; by language, always in English
	Exercises []string          // ids, from opening to closing
}

const agendaFile = "agendas.yaml"

// LoadAgendas reads agendas.yaml, in the order of the file, against the exercises it
// names. It gives all of them or, as Problems, everything that is wrong.
func LoadAgendas(files fs.FS, c *Catalog) ([]Agenda, error) {
	source, err := read(files, agendaFile)
	if err != nil {
		return nil, Problems{place{file: agendaFile}.problem("", "file-unreadable", err.Error(), "Put the file there, with agendas: and a list")}
	}
	s := newSheet(agendaFile, source)
	root := s.fields(s.tree.root, "", "agendas")
	var agendas []Agenda
	ids, languages := map[string]bool{}, map[string]bool{}
	for i, item := range s.list(root, "", "agendas") {
		at := fmt.Sprintf("agendas[%d]", i)
		a := s.agenda(item, at)
		if ids[a.ID] && a.ID != "" {
			s.report(at+".id", "agenda-twice", fmt.Sprintf("There is another agenda %q", a.ID), "Give each an id of its own")
		}
		ids[a.ID] = true
		s.sequence(a, at, c)
		for lang := range a.Title {
			languages[lang] = true
		}
		agendas = append(agendas, a)
	}
	for i, a := range agendas {
		at := fmt.Sprintf("agendas[%d]", i)
		s.translated(a.Title, at+".title", languages)
		s.translated(a.Summary, at+".summary", languages)
	}
	if len(s.problems) > 0 {
		return nil, s.inOrder()
	}
	return agendas, nil
}

func (s *sheet) agenda(item any, at string) Agenda {
	fields := s.fields(item, at, "id", "minutes", "title", "summary", "exercises")
	a := Agenda{
		ID:      s.text(fields, at, "id"),
		Minutes: s.count(fields, at, "minutes"),
		Title:   s.texts(fields, at, "title"),
		Summary: s.texts(fields, at, "summary"),
	}
	if a.ID != "" && !idName.MatchString(a.ID) {
		s.report(at+".id", "agenda-name", fmt.Sprintf("%q cannot be an id", a.ID), "Use small letters and hyphens, such as first-session")
	}
	for i, id := range s.list(fields, at, "exercises") {
		name, ok := id.(string)
		if !ok {
			s.mistyped(fmt.Sprintf("%s.exercises[%d]", at, i), "the id of an exercise, such as floor-and-echo")
		}
		a.Exercises = append(a.Exercises, name)
	}
	return a
}

// sequence checks what an agenda strings together: known exercises, each once, between
// the frames, none before one it should come after, and no longer than the session.
func (s *sheet) sequence(a Agenda, at string, c *Catalog) {
	if len(a.Exercises) == 0 {
		return
	}
	if a.Exercises[0] != "opening" || a.Exercises[len(a.Exercises)-1] != "closing" {
		s.report(at+".exercises", "agenda-frames", "An agenda begins with opening and ends with closing", "Put them around the exercises")
	}
	minutes, whole := 0, true
	for i, id := range a.Exercises {
		here := fmt.Sprintf("%s.exercises[%d]", at, i)
		d, known := c.Exercise(id)
		if !known {
			s.report(here, "agenda-unknown", fmt.Sprintf("There is no exercise %q", id), "Name one that is in the library")
			whole = false
			continue
		}
		minutes += d.Minutes
		if slices.Contains(a.Exercises[:i], id) {
			s.report(here, "agenda-repeats", fmt.Sprintf("%q stands here twice", id), "Keep one of them; a step can be repeated while it runs")
		}
		if d.Frame && i > 0 && i < len(a.Exercises)-1 {
			s.report(here, "agenda-frames", fmt.Sprintf("%q stands around a session, not within it", id), "Take it out")
		}
		for _, later := range a.Exercises[i+1:] {
			if c.comesAfter(d, later) {
				s.report(here, "agenda-order", fmt.Sprintf("%q should come after %q", id, later), "Change their order")
			}
		}
	}
	if whole && a.Minutes > 0 && minutes > a.Minutes {
		s.report(at+".minutes", "agenda-too-long", fmt.Sprintf("The exercises take %d minutes, the session has %d", minutes, a.Minutes), "Take one out, or mean it for a longer session")
	}
}

// comesAfter tells whether an exercise should come after another, however many lie
// between the two.
func (c *Catalog) comesAfter(d exercise.Definition, other string) bool {
	return slices.ContainsFunc(d.After, func(before string) bool {
		return before == other || c.comesAfter(c.byID[before].definition, other)
	})
}

// translated asks for a text in every language that any agenda is named in.
func (s *sheet) translated(texts map[string]string, at string, languages map[string]bool) {
	for _, lang := range slices.Sorted(maps.Keys(languages)) {
		if texts != nil && strings.TrimSpace(texts[lang]) == "" {
			s.report(at, "agenda-language", fmt.Sprintf("This is missing in %q", lang), "Every agenda speaks the same languages")
		}
	}
}
