package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"mend/internal/store"
)

type checkCmd struct {
	onDisk
	auditHeads

	AuditHead []string `placeholder:"HEAD" help:"An audit head that an earlier check printed and that was kept elsewhere: nothing until then may have been cut off."`
}

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
	for _, head := range c.AuditHead {
		switch holds, err := s.AuditHolds(ctx, head); {
		case errors.Is(err, store.ErrNoHead):
			return wrongUse{err}
		case err != nil:
			return err
		case !holds:
			found.Wrong = append(found.Wrong, isGone(head))
		}
	}
	gone, err := c.gone(ctx, s)
	if err != nil {
		return err
	}
	for _, head := range gone {
		found.Wrong = append(found.Wrong, isGone(head))
	}
	heads, err := s.AuditHeads(ctx)
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
	for _, head := range heads {
		fmt.Fprintf(out, "%8s  audit head %s\n", "", head)
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
