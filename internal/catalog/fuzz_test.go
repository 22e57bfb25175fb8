package catalog_test

import (
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
		d, problems := catalog.ParseOne(source)
		for _, p := range problems {
			if p.Code == "" || p.Message == "" || p.Mend == "" {
				t.Errorf("a problem says nothing: %+v", p)
			}
		}
		if len(problems) > 0 {
			return
		}
		if _, problems := exercise.Compile(d); len(problems) > 0 {
			t.Errorf("was let pass and does not compile: %v", problems)
		}
	})
}
