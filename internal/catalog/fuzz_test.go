package catalog_test

import (
	"bytes"
	"io/fs"
	"testing"

	"mend/content"
	"mend/internal/catalog"
	"mend/internal/exercise"
)

// Whatever is pasted is read or refused with a reason, and what is read can be run.
func FuzzParseOne(f *testing.F) {
	files, err := fs.Glob(content.Files, "exercises/*/exercise.yaml")
	if err != nil || len(files) == 0 {
		f.Fatal("no exercises", err)
	}
	for _, name := range files {
		source, err := fs.ReadFile(content.Files, name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(source)
	}
	f.Add([]byte(small))
	f.Fuzz(func(t *testing.T, source []byte) {
		draft := catalog.ReadDraft(source)
		lines := bytes.Count(source, []byte("\n")) + bytes.Count(source, []byte("\r")) + 1
		for i, p := range draft.Problems {
			if p.Code == "" || p.Message == "" || p.Mend == "" {
				t.Errorf("a problem says nothing: %+v", p)
			}
			if p.Line < 1 || p.Line > lines || i > 0 && p.Line < draft.Problems[i-1].Line {
				t.Errorf("a problem stands nowhere, or not in order: %+v of %d lines", p, lines)
			}
		}
		if len(draft.Problems) > 0 {
			return
		}
		if _, problems := exercise.Compile(draft.Definition); len(problems) > 0 {
			t.Errorf("was let pass and does not compile: %v", problems)
		}
	})
}

// A translation is read or refused with a reason as well.
func FuzzParseOverlay(f *testing.F) {
	source, err := fs.ReadFile(content.Files, "exercises/floor-and-echo/exercise.yaml")
	if err != nil {
		f.Fatal(err)
	}
	of, problems := catalog.ParseOne(source)
	if len(problems) > 0 {
		f.Fatal(problems)
	}
	overlay, err := fs.ReadFile(content.Files, "exercises/floor-and-echo/es.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(overlay)
	f.Add([]byte("steps: {tell: {prompt: x}}"))
	f.Fuzz(func(t *testing.T, source []byte) {
		_, problems := catalog.ParseOverlay(source, of, exercise.Spanish)
		for _, p := range problems {
			if p.Code == "" || p.Message == "" || p.Mend == "" {
				t.Errorf("a problem says nothing: %+v", p)
			}
		}
	})
}

// Whatever an author writes, nothing of it runs, loads or leads elsewhere.
func FuzzHTML(f *testing.F) {
	for _, md := range hostile() {
		f.Add(md)
	}
	f.Add("# One\n\n- *two*\n- **three**\n\n> four [five](tel:6)\n\n---\n`seven`")
	f.Fuzz(func(t *testing.T, md string) {
		if page := catalog.HTML(md); !harmless(page) {
			t.Errorf("%q became %q", md, page)
		}
	})
}
