package catalog_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"mend/content"
	"mend/internal/catalog"
	"mend/internal/exercise"
)

// Whatever ships can be read in every language that a person may choose: nothing is
// missing and nothing has fallen behind, or the library would not load.
func TestTheLibrarySpeaksEveryLanguage(t *testing.T) {
	c := library(t)
	for _, in := range exercise.Languages()[1:] {
		said := c.In(in).List()
		for i, d := range c.List() {
			program, _ := c.Program(d.ID)
			if _, ok := program.Translations[in]; !ok {
				t.Errorf("%s is not to be had in %s", d.ID, in)
			}
			if said[i].ID != d.ID || said[i].Summary == d.Summary {
				t.Errorf("%s reads the same in %s", d.ID, in)
			}
			if again, _ := c.In(in).Program(d.ID); again.Title != program.Title {
				t.Errorf("%s: what is run depends on the language it is looked up in", d.ID)
			}
		}
	}
	if c.In("xx") != c || c.In(exercise.English) != c {
		t.Error("a language that nobody translated to is not the author's own")
	}
}

func TestAFaultyOverlayIsToldByLine(t *testing.T) {
	const folder = "exercises/two-dials/"
	english, err := fs.ReadFile(content.Files, folder+"exercise.yaml")
	if err != nil {
		t.Fatal(err)
	}
	english = []byte(strings.Replace(string(english), "after: [arrive-and-agree]\n", "", 1))
	good, err := fs.ReadFile(content.Files, folder+"es.yaml")
	if err != nil {
		t.Fatal(err)
	}
	line := func(text string) int {
		return 1 + strings.Count(string(good)[:strings.Index(string(good), text)], "\n")
	}
	swap := func(from, to string) []byte {
		if !strings.Contains(string(good), from) {
			t.Fatalf("%q is not in the file", from)
		}
		return []byte(strings.Replace(string(good), from, to, 1))
	}
	for name, c := range map[string]struct {
		file   string
		source []byte
		want   string
	}{
		"whole":          {"es.yaml", good, ""},
		"stale":          {"es.yaml", swap("version: 1", "version: 7"), "es.yaml:2 translates translation-stale"},
		"unknown field":  {"es.yaml", swap("\nsteps:\n", "\nmood: calm\nsteps:\n"), fmt.Sprintf("es.yaml:%d mood schema-unknown", line("steps:"))},
		"unknown step":   {"es.yaml", swap("  two-things:\n", "  three-things:\n"), fmt.Sprintf("es.yaml:%d steps.three-things.title translation-unknown", line("two-things:")+1)},
		"no YAML":        {"es.yaml", []byte("steps: ["), "es.yaml:1  yaml-unreadable"},
		"no language":    {"tlh.yaml", good, "tlh.yaml:0  language-unknown"},
		"English, again": {"en.yaml", good, "en.yaml:0  language-unknown"},
	} {
		_, err := catalog.Load(fstest.MapFS{folder + "exercise.yaml": {Data: english}, folder + c.file: {Data: c.source}})
		var problems catalog.Problems
		errors.As(err, &problems)
		var told []string
		for _, p := range problems {
			told = append(told, fmt.Sprintf("%s:%d %s %s", strings.TrimPrefix(p.File, folder), p.Line, p.Path, p.Code))
		}
		if c.want == "" {
			if len(told) > 0 {
				t.Errorf("%s: %s", name, told)
			}
			continue
		}
		found := false
		for _, line := range told {
			found = found || line == c.want
		}
		if !found {
			t.Errorf("%s: want %s, got\n%s", name, c.want, strings.Join(told, "\n"))
		}
	}
}
