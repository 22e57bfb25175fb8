package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"mend/internal/intake"
	"mend/internal/protocol"
	"mend/internal/store"
)

type importCmd struct {
	onDisk
	File      string `arg:"" optional:"" help:"A CSV with the columns label, one, one_pronouns, two, two_pronouns and sessions; dates like 2025-03-18, separated by ; or a line each."`
	Counselor string `placeholder:"EMAIL" help:"Whose couples they are."`
	Apply     bool   `help:"Bring them in. Without it nothing is changed, and every line is told."`
	Template  bool   `help:"Print a file to begin with."`
}

// maxImport bounds the file: that of a practice of many years is a tenth of it.
const maxImport = 4 << 20

// Run brings couples and the days of their past sessions in.
func (c importCmd) Run(ctx context.Context, out io.Writer) (err error) {
	switch {
	case c.Template:
		_, err := io.WriteString(out, intake.Template)
		return err
	case c.File == "":
		return wrongUse{errors.New("name the file to be brought in")}
	case c.Counselor == "":
		return wrongUse{errors.New("say with --counselor whose couples they are, by email")}
	}
	text, err := readUpTo(c.File, maxImport)
	if err != nil {
		return wrongUse{err}
	}
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	who, err := s.AccountByEmail(ctx, c.Counselor)
	if err != nil {
		return wrongUse{errors.New("nobody here has this email")}
	}
	lines, problems := intake.Read(text, time.Now())
	done, err := s.BringIn(ctx, who.ID, store.Operator, lines, c.Apply && len(problems) == 0)
	if err != nil {
		return err
	}
	wrong := make([]protocol.ImportProblem, 0, len(problems)+len(done.Problems))
	for _, p := range problems {
		wrong = append(wrong, protocol.ImportProblem(p))
	}
	return tellImport(out, done, append(wrong, done.Problems...), c.Apply)
}

func readUpTo(name string, most int64) (string, error) {
	info, err := os.Stat(name)
	if err != nil {
		return "", err
	}
	if info.IsDir() || info.Size() > most {
		return "", fmt.Errorf("%s is a folder, or larger than %d MiB", name, most>>20)
	}
	raw, err := os.ReadFile(name)
	return string(raw), err
}

// tellImport says line by line what is done or would be; names stay in the file.
func tellImport(out io.Writer, done protocol.Import, wrong []protocol.ImportProblem, asked bool) error {
	for _, l := range done.Lines {
		couple := "a couple that is here already"
		if l.Fate == "new" {
			couple = "a new couple"
		}
		fmt.Fprintf(out, "line %d: %s, sessions to add %d, here already %d\n", l.Line, couple, l.Added, l.Skipped)
	}
	for _, p := range wrong {
		where := fmt.Sprintf("line %d", p.Line)
		if p.Line == 0 {
			where = "the file"
		}
		if p.Column != "" {
			where += ", column " + p.Column
		}
		fmt.Fprintf(out, "%s: %s. %s\n", where, p.Code, p.Mend)
	}
	if len(wrong) > 0 {
		fmt.Fprintln(out, "Nothing was brought in.")
		return errTold
	}
	if asked {
		_, err := fmt.Fprintf(out, "Brought in: couples %d, sessions %d.\n", done.Couples, done.Sessions)
		return err
	}
	_, err := fmt.Fprintf(out, "Would be brought in: couples %d, sessions %d. With --apply it is done.\n", done.Couples, done.Sessions)
	return err
}
