package catalog

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"mend/content"
	"mend/internal/exercise"
)

// Draft is an exercise that somebody is writing: what could be read of it, and
// everything that is wrong with it so far. Every problem has a line; what is wrong
// with the file as a whole stands at the first.
type Draft struct {
	Definition exercise.Definition
	Problems   []exercise.Problem
	tree       *tree
}

// ReadDraft reads a file like ParseOne, and can be asked for more.
func ReadDraft(source []byte) *Draft {
	d, problems, t := parse(source, linted)
	for i := range problems {
		problems[i].Line = max(1, problems[i].Line)
	}
	return &Draft{Definition: d, Problems: problems, tree: t}
}

// Report adds what only somebody else can know to be wrong, at the line of its path.
func (d *Draft) Report(path, code, message, mend string) {
	d.Problems = append(d.Problems, exercise.Problem{Line: d.tree.line(path), Path: path, Code: code, Message: message, Mend: mend})
	slices.SortStableFunc(d.Problems, func(a, b exercise.Problem) int { return cmp.Compare(a.Line, b.Line) })
}

// Among reports what does not fit the other exercises of a library. before gives
// what another one should come after, and whether there is such an exercise.
func (d *Draft) Among(before func(id string) (ids []string, known bool)) {
	seen := map[string]bool{}
	var leadsBack func(id string) bool
	leadsBack = func(id string) bool {
		if id == d.Definition.ID {
			return true
		}
		if seen[id] {
			return false
		}
		seen[id] = true
		ids, _ := before(id)
		return slices.ContainsFunc(ids, leadsBack)
	}
	for i, id := range d.Definition.After {
		at := fmt.Sprintf("after[%d]", i)
		if id == d.Definition.ID {
			continue // Lint says so
		}
		switch _, known := before(id); {
		case !known:
			d.Report(at, "after-unknown", fmt.Sprintf("There is no exercise %q to come after", id), "Name one that is in the library")
		case leadsBack(id):
			d.Report(at, "after-in-a-circle", "What should come before leads back to this exercise", "Break the circle")
		}
	}
}

// Skeleton is what a new exercise begins with: it lints clean, and its comments teach.
func Skeleton(id string) []byte {
	return bytes.Replace(content.Skeleton, []byte("id: my-exercise        #"), fmt.Appendf(nil, "id: %-18s #", id), 1)
}
