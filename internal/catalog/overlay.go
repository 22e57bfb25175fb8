package catalog

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"mend/internal/exercise"
)

// ParseOverlay reads the words of an exercise in another language and tells
// everything that is wrong with them. Only without problems may it be used.
func ParseOverlay(source []byte, of exercise.Definition, in exercise.Language) (exercise.Translation, []exercise.Problem) {
	return parseOverlay(source, of, in, linted)
}

func parseOverlay(source []byte, of exercise.Definition, in exercise.Language, how care) (exercise.Translation, []exercise.Problem) {
	t := plant(source)
	problems := t.problems
	if len(problems) == 0 {
		problems = shape(overlaySchema, t.root)
	}
	var o exercise.Overlay
	if len(problems) == 0 {
		raw, err := json.Marshal(t.root)
		if err == nil {
			err = json.Unmarshal(raw, &o)
		}
		if err != nil {
			problems = append(problems, exercise.Problem{Code: "schema-type", Message: "The file is not a translation", Mend: "Compare its form with one that ships with Mend"})
		} else if how == linted {
			problems = exercise.LintOverlay(of, in, o)
		}
	}
	for i, p := range problems {
		if p.Line == 0 {
			problems[i].Line = t.line(p.Path)
		}
	}
	return o.Translation, problems[:min(len(problems), maxProblems)]
}

// overlays reads the other files of an exercise's folder.
func overlays(files fs.FS, folder string, of exercise.Definition, how care) (map[exercise.Language]exercise.Translation, Problems) {
	entries, err := fs.ReadDir(files, folder)
	if err != nil {
		return nil, Problems{place{file: folder}.problem("", "file-unreadable", "The folder cannot be read", "Look at its permissions")}
	}
	all := map[exercise.Language]exercise.Translation{}
	var problems Problems
	for _, file := range entries {
		language, isYAML := strings.CutSuffix(file.Name(), ".yaml")
		if !isYAML || language == "exercise" {
			continue
		}
		in, name := exercise.Language(language), path.Join(folder, file.Name())
		at := place{file: name}
		if !slices.Contains(exercise.Languages(), in) || in == exercise.English {
			problems = append(problems, at.problem("", "language-unknown", fmt.Sprintf("There is no language %q to translate into", in), "Name the file after a language that people may choose, such as es.yaml"))
			continue
		}
		source, err := read(files, name)
		if err != nil {
			problems = append(problems, at.problem("", "file-unreadable", err.Error(), "Write it anew or take it away"))
			continue
		}
		t, found := parseOverlay(source, of, in, how)
		for _, p := range found {
			problems = append(problems, FileProblem{name, p})
		}
		all[in] = t
	}
	return all, problems
}

// In is the library to be read in a language: an exercise without a translation
// stands in it as its author wrote it. Programs are the same in every language, since
// they hold them all.
func (c *Catalog) In(language exercise.Language) *Catalog {
	if in, ok := c.in[language]; ok {
		return in
	}
	return c
}

// translate lays the library out in every language but the author's own.
func (c *Catalog) translate() {
	c.in = map[exercise.Language]*Catalog{}
	for _, language := range exercise.Languages()[1:] {
		in := &Catalog{order: c.order, byID: make(map[string]entry, len(c.byID))}
		for id, e := range c.byID {
			if t, ok := e.program.Translations[language]; ok {
				e.definition = e.definition.Translated(t)
			}
			in.byID[id] = e
		}
		c.in[language] = in
	}
}
