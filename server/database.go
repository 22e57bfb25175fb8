package main

import (
	"errors"
	"net/url"
	"slices"

	"mend/internal/seal"
	"mend/internal/store"
)

// shared is the database of several nodes, in place of the file in the data folder.
type shared struct {
	DatabaseURL string `name:"database-url" env:"MEND_DATABASE_URL" placeholder:"URL" help:"A PostgreSQL database, which several nodes may share, such as postgres://user:password@host:5432/mend. Without it: one file in the data folder."`
}

// named is the database as it may be shown: without a password.
func (s shared) named() string {
	whole, err := url.Parse(s.DatabaseURL)
	if err != nil {
		return ""
	}
	return whole.Scheme + "://" + whole.Host + whole.Path
}

// check refuses an address that is none.
func (s shared) check() error {
	if s.DatabaseURL == "" {
		return nil
	}
	whole, err := url.Parse(s.DatabaseURL) // whose error would repeat it
	if err != nil || !slices.Contains([]string{"postgres", "postgresql"}, whole.Scheme) || whole.Host == "" {
		return wrongUse{errors.New("--database-url is not understood; it looks like postgres://user:password@host:5432/mend")}
	}
	return nil
}

// errDump is what to do in place of mend backup and mend restore, which know one file.
var errDump = wrongUse{errors.New(`a PostgreSQL database is backed up and brought back with its own tools:
  pg_dump --format=custom --file=mend.dump "$MEND_DATABASE_URL"
  pg_restore --clean --if-exists --dbname="$MEND_DATABASE_URL" mend.dump
Keep the master key apart from the dump: without it nobody can read the data, and with both anybody can.
A dump holds the keys of all couples. Once somebody is erased, let go of older dumps and of the server's archived log.
Keep mend.db.erased from each node's data folder beside the newest dump: a node that is started with it on an older dump erases again who was erased since`)}

// storage is where everything is kept.
func (c config) storage(m *seal.Master) store.Options {
	return store.Options{Path: c.database(), URL: c.DatabaseURL, Master: m, Now: c.Now}
}
