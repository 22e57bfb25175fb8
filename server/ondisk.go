package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"mend/internal/seal"
	"mend/internal/store"
)

// onDisk is a house as an operator's commands find it: on the disk, whether a Mend is
// running on it or not. Nothing of it is made where it is not.
type onDisk struct {
	shared `embed:""`

	Data          string `default:"./data" env:"MEND_DATA" placeholder:"FOLDER" help:"Where everything is kept."`
	MasterKeyFile string `env:"MEND_MASTER_KEY_FILE" placeholder:"FILE" help:"The master key. Without it: master.key in the data folder."`
	MasterKey     string `env:"MEND_MASTER_KEY" placeholder:"KEY" help:"The master key itself, rather than a file." hidden:""`
}

func (d onDisk) config() config {
	return config{Data: d.Data, MasterKeyFile: d.MasterKeyFile, MasterKey: d.MasterKey, shared: d.shared}
}

func (d onDisk) database() string { return filepath.Join(d.Data, "mend.db") }

// hasMaster refuses where the key would be made rather than found.
func (d onDisk) hasMaster() error {
	file := d.MasterKeyFile
	if file == "" {
		file = filepath.Join(d.Data, "master.key")
	}
	if _, err := os.Stat(file); d.MasterKey == "" && errors.Is(err, fs.ErrNotExist) {
		return wrongUse{fmt.Errorf("there is no master key at %s; name its file with --master-key-file", file)}
	}
	return nil
}

// open opens the database beside a Mend that may be running on it.
func (d onDisk) open(ctx context.Context) (*store.Store, error) {
	if _, err := os.Stat(d.database()); d.DatabaseURL == "" && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)) {
		return nil, wrongUse{fmt.Errorf("there is no Mend in %s; name its folder with --data, or its database with --database-url", d.Data)}
	}
	if err := d.check(); err != nil {
		return nil, err
	}
	if err := d.hasMaster(); err != nil {
		return nil, err
	}
	master, err := d.master()
	if err != nil {
		return nil, err
	}
	return store.Open(ctx, beside(d.config().storage(master)))
}

// master is the key that is there, once hasMaster has said that one is.
func (d onDisk) master() (*seal.Master, error) {
	master, _, err := d.config().master()
	if err != nil {
		return nil, wrongUse{fmt.Errorf("%w; bring back the copy that was kept apart, or name its file with --master-key-file", err)}
	}
	return master, nil
}

// beside opens a database that a Mend may be running on.
func beside(o store.Options) store.Options {
	o.Log, o.Beside = newLog(os.Stderr), true
	return o
}
