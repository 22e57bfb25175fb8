package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/pressly/goose/v3"
	"gorm.io/gorm"

	"mend/internal/fault"
)

// engine is a kind of database. What SQLite does in its own way stands in sqlite.go and
// its neighbours, what PostgreSQL does in postgres.go and its; all else is the same.
type engine interface {
	// own refuses what is not Mend's before anything is written to it. Unless beside, it
	// makes what has to be there.
	own(ctx context.Context, beside bool) error
	// opening has the database to itself while it is opened; done lets others in.
	opening(ctx context.Context) (done func(), err error)
	openWriter() *sql.DB
	openReaders(connections int) *sql.DB // they cannot write
	// reading is how GORM reads on a pool of readers.
	reading(db *sql.DB) gorm.ConnPool
	through(db gorm.ConnPool) (gorm.Dialector, *gorm.Config)
	// migrate brings the schema up to date.
	migrate(ctx context.Context, db *sql.DB) error
	migrations(db *sql.DB) (*goose.Provider, error)
	keeper(s *Store, db *sql.DB, beside bool) (keeper, error)

	// trouble is what a storage error means to a person; nil where it means nothing to them.
	trouble(err error) *fault.Error
	// emptyJournal takes what was deleted from where it is still kept.
	emptyJournal(ctx context.Context) error
	// whole tells what is damaged, a line each.
	whole(ctx context.Context, db *sql.DB) (wrong []string, err error)
	// sealedColumns are those of the schema that take sealed values only, by table,
	// without those of logs and keys.
	sealedColumns(ctx context.Context, db *sql.DB) (map[string][]string, error)
	// shared tells whether other nodes may have it open too.
	shared() bool
	// believed is for how long a key is taken to be there still; 0: until this process
	// destroys it.
	believed() time.Duration
}

// keeper writes: to the log, and whatever else there is.
type keeper interface {
	// submit adds a record to the log, with whatever waits beside it, and answers.
	submit(ctx context.Context, sub *submission)
	// transact runs f in a transaction. Two never see the same and both act upon it; to
	// that end f may be run again, from its beginning, after one that came to nothing.
	transact(ctx context.Context, f func(tx *gorm.DB) error) error
	// pending are a session's records that are durable and not in the table yet; those that
	// come to it while one looks are in both. Whoever then has the whole log calls read.
	pending(session string) (rows []*eventRow, read func(log []*eventRow))
	// uses are those of a couple that wait along with such records.
	uses(couple string) []*useRow
	// erased forgets sessions, and takes what waited of them from the disk.
	erased(ctx context.Context, sessions []string) error
	// rest forgets what is only remembered to be quick.
	rest()
	// stop keeps what was submitted, and ends.
	stop()
	counters() Counters
}

// upToDate brings the schema to this program's, and refuses a newer one.
func upToDate(ctx context.Context, provider *goose.Provider) error {
	if _, err := notNewer(ctx, provider); err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("store: migrations: %w", err)
	}
	return nil
}

// notNewer tells how many versions behind this program a database is: 0, or more.
func notNewer(ctx context.Context, provider *goose.Provider) (behind int64, err error) {
	current, err := provider.GetDBVersion(ctx)
	if err != nil {
		return 0, fmt.Errorf("store: migrations: %w", err)
	}
	sources := provider.ListSources()
	newest := sources[len(sources)-1].Version
	if current > newest {
		return 0, fmt.Errorf("store: the database is of a newer Mend (schema %d, this program knows %d): start that one, or restore a backup made before the upgrade", current, newest)
	}
	return newest - current, nil
}

// upToDateAlready refuses a schema that is not this program's, and changes nothing.
func upToDateAlready(ctx context.Context, provider *goose.Provider) error {
	behind, err := notNewer(ctx, provider)
	if err == nil && behind > 0 {
		err = ErrOlder
	}
	return err
}

// greatest is SQL's name for the largest of several values.
func greatest(db *gorm.DB) string {
	if db.Name() == "postgres" {
		return "GREATEST"
	}
	return "MAX"
}
