package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"mend/internal/store"
)

type backupCmd struct {
	onDisk
	File string `arg:"" help:"The backup to be written. It must not be there yet."`
	Keys string `placeholder:"FILE" help:"Where its keys go, in place of those of the backup before. Without it: mend.keys in the backup's folder."`
}

// Run copies a house that may be in use.
func (b backupCmd) Run(ctx context.Context, out io.Writer) (err error) {
	if b.DatabaseURL != "" {
		return errDump
	}
	s, err := b.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	keys := b.Keys
	if keys == "" {
		keys = store.KeysBeside(b.File)
	}
	done, err := store.Backup(ctx, b.database(), b.File, keys)
	if errors.Is(err, store.ErrThere) {
		return wrongUse{err}
	}
	if err != nil {
		return err
	}
	if err := s.NoteBackup(ctx); err != nil {
		return err
	}
	fmt.Fprintf(out, "%-10s %s (couples %d, sessions %d, records %d)\n", "Backup", b.File, done.Couples, done.Sessions, done.Events)
	fmt.Fprintf(out, "%-10s %s (%d; older backups in this folder are opened by it too)\n", "Keys", keys, done.Keys)
	_, err = fmt.Fprintf(out, "%-10s %s\n", "Note", "whoever was erased can be read in older backups only with an older copy of the keys: keep none. The master key is in neither file.")
	return err
}
