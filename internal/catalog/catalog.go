package catalog

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"mend/internal/exercise"
)

// Catalog is a library of exercises that may be run. It does not change.
type Catalog struct {
	order []string
	byID  map[string]entry
	in    map[exercise.Language]*Catalog // the same, to be read in other languages
}

type entry struct {
	definition exercise.Definition
	program    exercise.Program
	source     string
}

// FileProblem is a problem with the file it stands in.
type FileProblem struct {
	File string `json:"file"`
	exercise.Problem
}

func (p FileProblem) Error() string {
	if p.Line > 0 {
		return p.File + ":" + p.Problem.Error()
	}
	return p.File + ": " + p.Problem.Error()
}

// Problems are all that is wrong with a library, by file and line.
type Problems []FileProblem

func (p Problems) Error() string {
	lines := make([]string, 0, len(p))
	for _, problem := range p {
		lines = append(lines, problem.Error())
	}
	return strings.Join(lines, "\n")
}

// Load reads every folder under exercises/. It gives a whole library or, as
// Problems, everything that keeps it from being one.
func Load(files fs.FS) (*Catalog, error) { return load(files, linted) }

// LoadShipped is Load for what a test has linted already: half the work.
func LoadShipped(files fs.FS) (*Catalog, error) { return load(files, vouchedFor) }

// Content is all that ships with Mend.
type Content struct {
	Exercises *Catalog
	Guide     *Guide
	Agendas   []Agenda
}

// LoadContent reads all that ships with Mend, which tests have linted.
func LoadContent(files fs.FS) (c Content, err error) {
	if c.Exercises, err = LoadShipped(files); err != nil {
		return c, err
	}
	if c.Guide, err = LoadGuide(files); err != nil {
		return c, err
	}
	c.Agendas, err = LoadAgendas(files, c.Exercises)
	return c, err
}

// care is whether the words of a file are linted, which is most of the work with it.
type care bool

const (
	linted     care = true
	vouchedFor care = false
)

func load(files fs.FS, how care) (*Catalog, error) {
	entries, err := fs.ReadDir(files, "exercises")
	if err != nil {
		return nil, fmt.Errorf("reading the exercises: %w", err)
	}
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return !e.IsDir() })
	folders := make([]folder, len(entries))
	var reading sync.WaitGroup // side by side: whoever comes first waits for it
	for i, e := range entries {
		reading.Go(func() { folders[i] = readFolder(files, e.Name(), how) })
	}
	reading.Wait()
	c := &Catalog{byID: map[string]entry{}}
	places := map[string]place{}
	var problems Problems
	for i, f := range folders {
		problems = append(problems, f.problems...)
		if f.readable {
			places[entries[i].Name()] = f.at
			c.byID[entries[i].Name()] = f.entry
		}
	}
	problems = append(problems, c.sequence(places)...)
	if len(problems) > 0 {
		return nil, problems
	}
	c.translate()
	return c, nil
}

// folder is what was found in one exercise's.
type folder struct {
	entry    entry
	at       place
	readable bool
	problems Problems
}

func readFolder(files fs.FS, name string, how care) (f folder) {
	f.at = place{file: path.Join("exercises", name, "exercise.yaml")}
	source, err := read(files, f.at.file)
	if err != nil {
		f.problems = append(f.problems, f.at.problem("", "file-unreadable", err.Error(), "Put an exercise.yaml there or take the folder away"))
		return f
	}
	d, found, t := parse(source, how)
	f.readable, f.at.lines = true, t.lines
	for _, p := range found {
		f.problems = append(f.problems, FileProblem{f.at.file, p})
	}
	if d.ID != name {
		f.problems = append(f.problems, f.at.problem("id", "id-not-the-folder", fmt.Sprintf("The id is not the folder's name, %s", name), "Make them the same"))
	}
	program, _ := exercise.Compile(d) // its problems are among those of Lint
	if len(found) == 0 {
		translations, faulty := overlays(files, path.Dir(f.at.file), d, how)
		f.problems = append(f.problems, faulty...)
		program.Translations = translations
	}
	f.entry = entry{d, program, string(source)}
	return f
}

func read(files fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(files, name)
	switch {
	case err != nil:
		return nil, errors.New("there is no such file")
	case info.Size() > MaxFile:
		return nil, fmt.Errorf("it is larger than %d KiB", MaxFile>>10)
	}
	source, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, errors.New("it cannot be read")
	}
	return source, nil
}

// A place is a file with the lines of its paths.
type place struct {
	file  string
	lines map[string]int
}

func (p place) problem(at, code, message, mend string) FileProblem {
	return FileProblem{p.file, exercise.Problem{Line: p.lines[at], Path: at, Code: code, Message: message, Mend: mend}}
}

// sequence checks that what should come before an exercise exists and never leads
// back to it, and puts the library in order: the opening, then by phase, what comes
// before first, and the closing at the end.
func (c *Catalog) sequence(places map[string]place) []FileProblem {
	var problems []FileProblem
	depths := map[string]int{}
	var depth func(id string, seen []string) int
	depth = func(id string, seen []string) int {
		if slices.Contains(seen, id) {
			return -1
		}
		deepest := 0
		for _, before := range c.byID[id].definition.After {
			d := depth(before, append(seen, id))
			if d < 0 {
				return -1
			}
			deepest = max(deepest, d+1)
		}
		return deepest
	}
	for id := range places {
		for i, before := range c.byID[id].definition.After {
			if _, known := c.byID[before]; !known {
				problems = append(problems, places[id].problem(fmt.Sprintf("after[%d]", i), "after-unknown",
					fmt.Sprintf("There is no exercise %q to come after", before), "Name one that is in the library"))
			}
		}
		if depths[id] = depth(id, nil); depths[id] < 0 {
			problems = append(problems, places[id].problem("after", "after-in-a-circle", "What should come before leads back to this exercise", "Break the circle"))
		}
		c.order = append(c.order, id)
	}
	phases := []exercise.Phase{exercise.AnyPhase, exercise.Stabilise, exercise.Understand, exercise.Decide, exercise.Release, exercise.Guard}
	slices.SortFunc(c.order, func(a, b string) int {
		one, two := c.byID[a].definition, c.byID[b].definition
		return cmp.Or(cmp.Compare(stand(one), stand(two)),
			cmp.Compare(slices.Index(phases, one.Phase), slices.Index(phases, two.Phase)),
			cmp.Compare(depths[a], depths[b]), cmp.Compare(a, b))
	})
	slices.SortFunc(problems, func(a, b FileProblem) int { return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line)) })
	return problems
}

// stand is where a frame stands around everything else.
func stand(d exercise.Definition) int {
	switch {
	case d.Frame && d.ID == "opening":
		return 0
	case d.Frame:
		return 2
	}
	return 1
}

// List is every exercise, in the order of the library.
func (c *Catalog) List() []exercise.Definition {
	list := make([]exercise.Definition, 0, len(c.order))
	for _, id := range c.order {
		list = append(list, c.byID[id].definition)
	}
	return list
}

// Exercise is the definition of an id.
func (c *Catalog) Exercise(id string) (exercise.Definition, bool) {
	e, ok := c.byID[id]
	return e.definition, ok
}

// Program is what a session runs for an id.
func (c *Catalog) Program(id string) (exercise.Program, bool) {
	e, ok := c.byID[id]
	return e.program, ok
}

// Source is the file of an id, as its author wrote it.
func (c *Catalog) Source(id string) (string, bool) {
	e, ok := c.byID[id]
	return e.source, ok
}
