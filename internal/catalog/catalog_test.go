package catalog_test

import (
	"testing"

	"mend/content"
	"mend/internal/catalog"
)

// The library that ships is whole.
func TestTheLibraryLoads(t *testing.T) {
	library, err := catalog.Load(content.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range library.List() {
		program, ok := library.Program(d.ID)
		if !ok || len(program.Steps) == 0 {
			t.Errorf("%s has no program", d.ID)
		}
		t.Log(d.ID, len(program.Steps), d.Minutes)
	}
}
