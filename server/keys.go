package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"

	"mend/internal/seal"
	"mend/internal/store"
)

type keysCmd struct {
	New    keysNewCmd    `cmd:"" help:"Make a master key for nodes that are to share a database, before the first is started."`
	Rotate keysRotateCmd `cmd:"" help:"Make a new master key and wrap every key with it, where no Mend is running."`
}

type keysNewCmd struct {
	File string `arg:"" help:"Where it goes. It must not be there yet."`
}

// Run makes a key and nothing else.
func (k keysNewCmd) Run(out io.Writer) error {
	_, made, err := seal.LoadMaster(k.File)
	if errors.Is(err, fs.ErrNotExist) {
		return wrongUse{fmt.Errorf("there is no folder %s: make it first, or name another", filepath.Dir(k.File))}
	}
	if err != nil {
		return err
	}
	if !made {
		return wrongUse{fmt.Errorf("%s %w", k.File, store.ErrThere)}
	}
	_, err = fmt.Fprintf(out, "%-10s %s was made. Give it to every node with --master-key-file, and copy it to a place apart.\n", "Key", k.File)
	return err
}

type keysRotateCmd struct{ onDisk }

// Run replaces the master key. The key's file opens the database at every moment: it
// holds both generations before anything is wrapped anew, and loses the former one
// only when nothing needs it any more. Cut off anywhere, it is run again and goes on.
func (k keysRotateCmd) Run(ctx context.Context, out io.Writer) error {
	file := k.config().keyFile()
	if k.MasterKey != "" {
		return wrongUse{errors.New("the master key is given by MEND_MASTER_KEY: write it to a file and name that with --master-key-file, so that it can be replaced safely")}
	}
	former, err := k.whole(ctx)
	if err != nil {
		return err
	}
	if err := k.unheld(ctx); err != nil {
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
	wrapped, err := k.rewrapped(ctx, both)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%-10s %d keys anew; the former key alone opens the database no more\n", "Wrapped", wrapped)
	newest, err := both.Newest()
	if err != nil {
		return err
	}
	// Who opened the database meanwhile may have come with the former key alone.
	if err := k.unheld(ctx); err != nil {
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

func (k keysRotateCmd) unheld(ctx context.Context) error {
	err := store.Free(ctx, k.database(), k.DatabaseURL)
	if errors.Is(err, store.ErrHeld) {
		return wrongUse{err}
	}
	return err
}

func (k keysRotateCmd) rewrapped(ctx context.Context, master *seal.Master) (n int, err error) {
	s, err := store.Open(ctx, beside(k.config().storage(master)))
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return s.Rewrap(ctx, master)
}
