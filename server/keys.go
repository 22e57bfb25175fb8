package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"mend/internal/seal"
	"mend/internal/store"
)

type keysCmd struct {
	Rotate keysRotateCmd `cmd:"" help:"Make a new master key and wrap every key with it, where no Mend is running."`
}

type keysRotateCmd struct{ onDisk }

// Run replaces the master key. The key's file opens the database at every moment: it
// holds both generations before anything is wrapped anew, and loses the former one
// only when nothing needs it any more. Cut off anywhere, it is run again and goes on.
func (k keysRotateCmd) Run(ctx context.Context, out io.Writer) error {
	file, database := k.config().keyFile(), k.database()
	if k.MasterKey != "" {
		return wrongUse{errors.New("the master key is given by MEND_MASTER_KEY: write it to a file and name that with --master-key-file, so that it can be replaced safely")}
	}
	former, err := k.whole(ctx)
	if err != nil {
		return err
	}
	if err := unheld(ctx, database); err != nil {
		return err
	}
	both := former
	if former.Rotating() {
		fmt.Fprintf(out, "%-10s %s holds the former key and a new one: the rotation that was begun is finished now\n", "Begun", file)
	} else {
		if both, err = former.Rotated(); err != nil {
			return err
		}
		if err := both.Save(file); err != nil {
			return err
		}
		fmt.Fprintf(out, "%-10s %s holds the former key and a new one: it opens the database\n", "Begun", file)
	}
	wrapped, err := rewrapped(ctx, database, both)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%-10s %d keys anew; the former key alone opens the database no more\n", "Wrapped", wrapped)
	newest, err := both.Newest()
	if err != nil {
		return err
	}
	// Who opened the database meanwhile may have come with the former key alone.
	if err := unheld(ctx, database); err != nil {
		return err
	}
	if err := newest.Save(file); err != nil {
		return err
	}
	fmt.Fprintf(out, "%-10s %s is the new master key, and the only one that opens the database. Copy it now to a place apart.\n", "Key", file)
	_, err = fmt.Fprintf(out, "%-10s make a backup now: with its mend.keys, earlier backups in the same folder open with the new key too. Until then keep the former key for them; then destroy its copies.\n", "Note")
	return err
}

// whole is the master key, where it opens the database.
func (k keysRotateCmd) whole(ctx context.Context) (*seal.Master, error) {
	s, err := k.open(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	m, _, err := seal.LoadMaster(k.config().keyFile())
	return m, err
}

func unheld(ctx context.Context, database string) error {
	err := store.Free(ctx, database)
	if errors.Is(err, store.ErrHeld) {
		return wrongUse{err}
	}
	return err
}

func rewrapped(ctx context.Context, database string, master *seal.Master) (n int, err error) {
	s, err := store.Open(ctx, store.Options{Path: database, Master: master, Beside: true})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return s.Rewrap(ctx, master)
}
