package main

import (
	"context"
	"errors"
	"fmt"
	"io"
)

type checkCmd struct{ onDisk }

// Run looks at everything and changes nothing.
func (c checkCmd) Run(ctx context.Context, out io.Writer) (err error) {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	found, err := s.Check(ctx)
	if err != nil {
		return err
	}
	for _, line := range []struct {
		what  string
		count int
	}{
		{"keys that open", found.Keys},
		{"tables with words", found.Tables},
		{"values that open", found.Values},
		{"values of people erased", found.Gone},
		{"sessions replayed", found.Sessions},
		{"records in their logs", found.Records},
		{"erasures in the ledger", found.Erased},
		{"deeds in the audit chain", found.Deeds},
	} {
		fmt.Fprintf(out, "%8d  %s\n", line.count, line.what)
	}
	if len(found.Wrong) == 0 {
		_, err = fmt.Fprintln(out, "Nothing is wrong.")
		return err
	}
	for _, wrong := range found.Wrong {
		fmt.Fprintln(out, wrong)
	}
	return errTold
}
