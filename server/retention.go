package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"mend/internal/fault"
	"mend/internal/record"
)

type retentionCmd struct {
	onDisk
	DryRun bool `xor:"what" help:"Only tell what would go, which is also what happens without any option."`
	Apply  bool `xor:"what" help:"Delete what is due. There is no way back but a backup, and its keys are destroyed too."`
}

// Run lists what may go, by ids and dates alone, and deletes it where that is asked for.
func (r retentionCmd) Run(ctx context.Context, out io.Writer) (err error) {
	s, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	due, err := s.DueInHouse(ctx, time.Now().Add(record.Warned))
	if err != nil {
		return err
	}
	if len(due) == 0 {
		_, err = fmt.Fprintln(out, "Nothing is due, now or within 30 days.")
		return err
	}
	for _, d := range due {
		what := "due"
		switch {
		case d.Held:
			what = "on hold"
		case !d.Now:
			what = "to come"
		case r.Apply:
			what = "deleted"
			err := s.CarryOutInHouse(ctx, d.Couple, d.What)
			if f, refused := fault.As(err); refused {
				what = "kept: " + f.Code
			} else if err != nil {
				return err
			}
		}
		fmt.Fprintf(out, "%s  %-13s  couple %s  counselor %s  last session %s  %s\n",
			d.At.Format(time.DateOnly), d.What, d.Couple, d.Counselor, d.Last.Format(time.DateOnly), what)
	}
	if !r.Apply {
		_, err = fmt.Fprintln(out, "Nothing was deleted. With --apply, what is due is.")
	}
	return err
}
