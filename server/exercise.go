package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"mend/content"
	"mend/internal/catalog"
	"mend/internal/exercise"
)

// exerciseCmd is what an author of exercises does without the app.
type exerciseCmd struct {
	New     exerciseNewCmd     `cmd:"" help:"Write a small exercise to begin with."`
	Lint    exerciseLintCmd    `cmd:"" help:"Tell everything that is wrong with exercises; exits 1 where anything is."`
	Preview exercisePreviewCmd `cmd:"" help:"Play an exercise on this machine, with both partners pretended, before anybody sees it."`
}

type exerciseNewCmd struct {
	ID  string `arg:"" help:"What it is called by programs, such as evening-talk."`
	Dir string `default:"." placeholder:"FOLDER" help:"Where ID.yaml is written."`
}

var kebab = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

func (c exerciseNewCmd) Run(out io.Writer) error {
	if len(c.ID) > 40 || !kebab.MatchString(c.ID) {
		return wrongUse{errors.New("an exercise's id is small letters and hyphens, at most 40, such as evening-talk")}
	}
	name := filepath.Join(c.Dir, c.ID+".yaml")
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) //nolint:gosec // an exercise is no secret
	if errors.Is(err, fs.ErrExist) {
		return wrongUse{fmt.Errorf("%s is there already, and was left as it is", name)}
	}
	if err != nil {
		return err
	}
	_, err = file.Write(catalog.Skeleton(c.ID))
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, name)
	return err
}

type exerciseLintCmd struct {
	Files []string `arg:"" name:"file" help:"Exercises in YAML."`
}

// Run looks at each file, and at how they stand among those that ship and one another.
func (c exerciseLintCmd) Run(out io.Writer) error {
	library, err := catalog.Load(content.Files)
	if err != nil {
		return err
	}
	before := map[string][]string{}
	for _, d := range library.List() {
		before[d.ID] = d.After
	}
	drafts := make([]*catalog.Draft, len(c.Files))
	for i, name := range c.Files {
		source, err := readExercise(name)
		if err != nil {
			return wrongUse{err}
		}
		drafts[i] = catalog.ReadDraft(source)
		if d := drafts[i].Definition; d.ID != "" {
			before[d.ID] = d.After
		}
	}
	wrong := false
	for i, draft := range drafts {
		draft.Among(func(id string) ([]string, bool) { after, known := before[id]; return after, known })
		for _, p := range draft.Problems {
			wrong = true
			fmt.Fprintln(out, lintLine(c.Files[i], p))
		}
	}
	if wrong {
		return errTold
	}
	return nil
}

// lintLine is a problem as editors and people read it: file:line: path: message (mend).
func lintLine(file string, p exercise.Problem) string {
	at := ""
	if p.Path != "" {
		at = p.Path + ": "
	}
	return fmt.Sprintf("%s:%d: %s%s (%s)", file, p.Line, at, strings.TrimSuffix(p.Message, "."), strings.TrimSuffix(p.Mend, "."))
}

// readExercise reads no more of a file than an exercise may have, and one byte to tell.
func readExercise(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, catalog.MaxFile+1))
}
