package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"

	"mend/internal/fault"
)

// Everything that is SQLite's own stands in this file, in sqlite_*.go, in writer*.go and
// in migrations/sqlite.

//go:embed migrations/sqlite/*.sql
var sqliteMigrations embed.FS

// applicationID marks the file as Mend's in SQLite's header ("Mend").
const applicationID = 0x4d656e64

type sqliteFile struct{ path string }

// connector opens connections with pragmas that a connection string cannot carry,
// without a driver registered for the whole process.
type connector struct {
	driver *sqlite3.SQLiteDriver
	dsn    string
}

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }
func (c connector) Driver() driver.Driver                        { return c.driver }

func (f sqliteFile) open(connections int, options url.Values) *sql.DB {
	for name, usual := range map[string]string{"_foreign_keys": "1", "_busy_timeout": "5000"} {
		if !options.Has(name) {
			options.Set(name, usual)
		}
	}
	// As a URI, so that no character of the path is taken for an option.
	dsn := (&url.URL{Scheme: "file", OmitHost: true, Path: f.path, RawQuery: options.Encode()}).String()
	db := sql.OpenDB(connector{dsn: dsn, driver: &sqlite3.SQLiteDriver{
		ConnectHook: func(c *sqlite3.SQLiteConn) error {
			_, err := c.Exec("PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY", nil)
			return err
		},
	}})
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db
}

// openWriter is the one connection that writes. Transactions begin immediate: two
// that begin by reading would otherwise refuse each other.
func (f sqliteFile) openWriter() *sql.DB {
	return f.open(1, url.Values{
		"_txlock": {"immediate"}, "_journal_mode": {"WAL"}, "_synchronous": {"FULL"}, "_secure_delete": {"1"},
		"_cache_size": {writerCache},
	})
}

// writerCache bounds the pages that the writer keeps, in KiB. They stay once a crowd has
// left; eight times as many made a turn no cheaper that one could measure.
const writerCache = "-4096"

// readerCache is likewise, for each of the readers: what one of them looks at is mostly
// in the system's own cache as well.
const readerCache = "-512"

// idleReader is when a reader that nobody needs is closed: each keeps the schema, its
// statements and its pages. Another is opened within a millisecond.
const idleReader = time.Minute

// openReaders is a pool that cannot write.
func (f sqliteFile) openReaders(connections int) *sql.DB {
	db := f.open(connections, url.Values{"_query_only": {"1"}, "_cache_size": {readerCache}})
	db.SetConnMaxIdleTime(idleReader)
	return db
}

func (sqliteFile) through(db gorm.ConnPool) (gorm.Dialector, *gorm.Config) {
	return sqlite.New(sqlite.Config{Conn: db}), &gorm.Config{PrepareStmt: true, PrepareStmtMaxSize: 256}
}

func (sqliteFile) reading(db *sql.DB) gorm.ConnPool { return db }

func (f sqliteFile) keeper(s *Store, db *sql.DB, beside bool) (keeper, error) {
	open := openTail
	if beside {
		open = tailBeside
	}
	t, err := open(TailOf(f.path))
	if err != nil {
		return nil, err
	}
	j, err := openJournal(f)
	if err != nil {
		return nil, fmt.Errorf("store: database: %w", errors.Join(err, t.letGo()))
	}
	return startWriter(s, startMover(s, db, f.open(1, url.Values{}), j), t), nil
}

func (sqliteFile) shared() bool { return false }

func (sqliteFile) believed() time.Duration { return 0 }

// opening needs nothing: there is one process.
func (sqliteFile) opening(context.Context) (func(), error) { return func() {}, nil }

func (f sqliteFile) own(ctx context.Context, beside bool) error {
	if beside {
		return f.mustBe(ctx, applicationID)
	}
	if err := f.check(ctx); err != nil {
		return err
	}
	return tailFree(TailOf(f.path))
}

// check refuses a file that is not Mend's before anything is written to it. It
// makes an empty file where there is none, for its owner alone.
func (f sqliteFile) check(ctx context.Context) error {
	file, err := os.OpenFile(f.path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("store: database: %w", err)
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("store: database: %w", err)
	}
	db := f.openReaders(1)
	defer db.Close()
	var id, tables int
	err = db.QueryRowContext(ctx, "SELECT (SELECT application_id FROM pragma_application_id), (SELECT count(*) FROM sqlite_master)").Scan(&id, &tables)
	var trouble sqlite3.Error
	switch {
	case errors.As(err, &trouble) && trouble.Code == sqlite3.ErrNotADB:
		return fmt.Errorf("store: %s is not a database (or is encrypted as a whole)", filepath.Base(f.path))
	case err != nil:
		return fmt.Errorf("store: database: %w", err)
	case id == backupID || id == keysID:
		return fmt.Errorf("store: %s is %s: bring it back with mend restore", filepath.Base(f.path), kindOfFile(id))
	case id != applicationID && (id != 0 || tables != 0):
		return fmt.Errorf("store: %s belongs to another application; Mend leaves it alone", filepath.Base(f.path))
	}
	return nil
}

// migrate brings the schema up to date, and refuses one that is newer than this
// program.
func (f sqliteFile) migrate(ctx context.Context, db *sql.DB) error {
	provider, err := f.migrations(db)
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
		return fmt.Errorf("store: database: %w", err)
	}
	return upToDate(ctx, provider)
}

func (sqliteFile) migrations(db *sql.DB) (*goose.Provider, error) {
	steps, err := fs.Sub(sqliteMigrations, "migrations/sqlite")
	if err != nil {
		return nil, fmt.Errorf("store: migrations: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, steps, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, fmt.Errorf("store: migrations: %w", err)
	}
	return provider, nil
}

// ErrOlder is a database that this program would bring up to date as it starts.
var ErrOlder = errors.New("store: the database is of an older Mend: start this one once, which brings it up to date")

// emptyJournal brings the write-ahead log into the database file and cuts it to
// nothing. It gives way soon: a reader that stands in the way must not keep the
// writer waiting behind it.
func (f sqliteFile) emptyJournal(ctx context.Context) error {
	db := f.open(1, url.Values{})
	defer db.Close()
	if _, err := db.ExecContext(ctx, "PRAGMA busy_timeout = 250"); err != nil {
		return err
	}
	var busy, frames, moved int
	err := db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved)
	if err == nil && busy != 0 {
		err = errReaders
	}
	return err
}

var errReaders = errors.New("somebody is reading")

// trouble is what a storage error means to a person; nil where it means nothing
// to them.
func (f sqliteFile) trouble(err error) *fault.Error {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return troubleOfFile(err)
	}
	switch e.Code {
	case sqlite3.ErrFull, sqlite3.ErrReadonly:
		return storageFull
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return storageBusy
	case sqlite3.ErrIoErr, sqlite3.ErrCantOpen:
		return troubleOfDisk(e.SystemErrno)
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
		return storageFailed
	}
	return nil
}

// troubleOfFile is about the files beside the database.
func troubleOfFile(err error) *fault.Error {
	if errors.Is(err, errReaders) {
		return storageBusy
	}
	var system syscall.Errno
	if errors.As(err, &system) {
		return troubleOfDisk(system)
	}
	return nil
}

func troubleOfDisk(system syscall.Errno) *fault.Error {
	if system == syscall.ENOSPC || system == syscall.EDQUOT {
		return storageFull
	}
	return storageFailed
}
