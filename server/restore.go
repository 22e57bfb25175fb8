package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"mend/internal/store"
)

type restoreCmd struct {
	onDisk
	File    string `arg:"" help:"The backup to be brought back."`
	Keys    string `placeholder:"FILE" help:"Its keys, or those of a later backup. Without it: mend.keys in the backup's folder."`
	Replace bool   `help:"Keep the database that is there beside, under another name, and put the backup in its place."`
}

// Run brings a backup back, where no Mend is running.
func (r restoreCmd) Run(ctx context.Context, out io.Writer) error {
	if r.DatabaseURL != "" {
		return errDump
	}
	if err := r.hasMaster(); err != nil {
		return err
	}
	if err := os.MkdirAll(r.Data, 0o700); err != nil {
		return err
	}
	master, err := r.master()
	if err != nil {
		return err
	}
	keys := r.Keys
	if keys == "" {
		keys = store.KeysBeside(r.File)
	}
	done, err := store.Restore(ctx, store.Restoring{
		Backup: r.File, Keys: keys, To: r.database(), Replace: r.Replace, Master: master, Log: newLog(os.Stderr),
	})
	if errors.Is(err, store.ErrThere) || errors.Is(err, store.ErrHeld) {
		return wrongUse{err}
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%-10s %s (couples %d, sessions %d, records %d)\n", "Restored", r.database(), done.Couples, done.Sessions, done.Events)
	if done.Erased > 0 {
		fmt.Fprintf(out, "%-10s %d that had been erased since the backup were erased again\n", "Erased", done.Erased)
	}
	if done.Aside != "" {
		fmt.Fprintf(out, "%-10s %s is the database that was here. Delete it once you need it no more: it opens with the master key.\n", "Aside", done.Aside)
	}
	_, err = fmt.Fprintf(out, "%-10s %s\n", "Note", "everybody has to sign in again. Run mend check, then start Mend.")
	return err
}
