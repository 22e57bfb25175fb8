package catalog_test

import (
	"slices"
	"strings"
	"testing"

	"mend/internal/catalog"
)

// What one begins with may be used as it is.
func TestTheSkeletonRuns(t *testing.T) {
	d := catalog.ReadDraft(catalog.Skeleton("evening-talk"))
	if len(d.Problems) > 0 || d.Definition.ID != "evening-talk" || len(d.Definition.Steps) == 0 {
		t.Errorf("%s: %q", d.Definition.ID, told(d.Problems))
	}
}

// Wherever a file is wrong, there is a line to go to.
func TestADraftsProblemsAllHaveALine(t *testing.T) {
	for name, source := range map[string]string{
		"nothing": "", "two files": small + "---\n" + small, "not text": "\xff", "too large": strings.Repeat("x", catalog.MaxFile+1),
		"a broken line": "id: [", "too much": strings.Repeat("a: b\n", 9000),
	} {
		d := catalog.ReadDraft([]byte(source))
		if len(d.Problems) == 0 {
			t.Errorf("%s: was taken", name)
		}
		for _, p := range d.Problems {
			if p.Line < 1 || p.Code == "" || p.Message == "" || p.Mend == "" {
				t.Errorf("%s: %+v", name, p)
			}
		}
	}
}

// An exercise fits among others: what should come before it is there, and no chain
// of befores leads back.
func TestADraftIsReadAmongOthers(t *testing.T) {
	others := map[string][]string{"first": nil, "second": {"first"}, "third": {"small"}, "fourth": {"third"}, "ring": {"ring"}}
	among := func(after string) []string {
		d := catalog.ReadDraft([]byte(strings.Replace(small, "summary:", "after: "+after+"\nsummary:", 1)))
		d.Among(func(id string) ([]string, bool) { ids, known := others[id]; return ids, known })
		return told(d.Problems)
	}
	for after, want := range map[string][]string{
		"[first, second]":   nil,
		"[second, nowhere]": {"10 after[1] after-unknown"},
		"[third]":           {"10 after[0] after-in-a-circle"},
		"[first, fourth]":   {"10 after[1] after-in-a-circle"},
		"[ring]":            nil, // not this one's fault
		"[small]":           {"10 after after-itself"},
	} {
		if got := among(after); !slices.Equal(got, want) {
			t.Errorf("after %s: got %q, want %q", after, got, want)
		}
	}
}
