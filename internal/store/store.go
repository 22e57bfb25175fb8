package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"mend/internal/recent"
	"mend/internal/seal"
)

// Options of a store.
type Options struct {
	Path   string       // of the SQLite file; made where it is not
	URL    string       // of a PostgreSQL database, postgres://…; then there is no file at Path
	Ledger string       // the file of what was erased; LedgerOf(Path) where empty
	Master *seal.Master // wraps every practice's key
	Now    func() time.Time
	Log    *slog.Logger // storage trouble only; never a value
	// Committed is told how many records a commit of the log carried; may be nil.
	Committed func(records int)
	// Beside says that another process may have the database open, whose it is: nothing is
	// made or brought up to date, and another schema than this program's is refused.
	Beside bool
}

// Store is an opened database. It is safe for concurrent use.
type Store struct {
	engine  engine
	write   *gorm.DB // one connection
	read    *gorm.DB // a pool that cannot write
	keys    *gorm.DB // reads wrapped keys; apart, because keys are needed while rows are being read
	ring    *seal.Ring
	master  *seal.Master
	index   *seal.Index
	now     func() time.Time
	log     *slog.Logger
	writer  keeper
	places  *recent.Values[sessionPlace]
	ledger  ledgerFile
	closing sync.Once

	committed func(records int)
}

const (
	readers    = 8
	keyReaders = 2
	keptKeys   = 16384 // opened keys remembered: about a kilobyte each
)

// Open opens or makes the database and brings it up to date. It refuses a file
// of another application, one made by a newer Mend, and a master key that is not
// this database's.
func Open(ctx context.Context, o Options) (_ *Store, err error) {
	path, err := filepath.Abs(o.Path)
	if err != nil {
		return nil, fmt.Errorf("store: database: %w", err)
	}
	s := &Store{
		engine: sqliteFile{path}, master: o.Master, now: o.Now, log: o.Log, ledger: ledgerFile{cmp.Or(o.Ledger, LedgerOf(path))},
		places: recent.Of[sessionPlace](keptPlaces, idlePlaces),
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.committed = o.Committed; s.committed == nil {
		s.committed = func(int) {}
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if o.URL != "" {
		if s.engine, err = postgresAt(o.URL, o.Beside); err != nil {
			return nil, err
		}
	}
	if err := s.engine.own(ctx, o.Beside); err != nil {
		return nil, err
	}
	opened, err := s.engine.opening(ctx)
	if err != nil {
		return nil, err
	}
	defer opened()
	var handles []*sql.DB
	defer func() {
		if err != nil {
			for _, db := range handles {
				_ = db.Close()
			}
		}
	}()
	writing := s.engine.openWriter()
	handles = append(handles, writing)
	if err = s.schema(ctx, writing, o.Beside); err != nil {
		return nil, err
	}
	registerSealed()
	reading, keys := s.engine.openReaders(readers), s.engine.openReaders(keyReaders)
	handles = append(handles, reading, keys)
	for _, h := range []struct {
		handle **gorm.DB
		pool   gorm.ConnPool
	}{{&s.write, writing}, {&s.read, s.engine.reading(reading)}, {&s.keys, s.engine.reading(keys)}} {
		if *h.handle, err = s.through(h.pool); err != nil {
			return nil, err
		}
	}
	s.ring = seal.NewRing(o.Master, keyRows{s.keys}, keptKeys, s.engine.believed())
	if s.writer, err = s.engine.keeper(s, writing, o.Beside); err != nil {
		return nil, err
	}
	if s.index, err = s.openIndex(ctx); err == nil && !o.Beside {
		err = s.settle(ctx)
	}
	if err != nil {
		s.writer.stop()
		return nil, err
	}
	return s, nil
}

// schema is this program's from now on, or, beside another process, was already.
func (s *Store) schema(ctx context.Context, db *sql.DB, beside bool) error {
	if !beside {
		return s.engine.migrate(ctx, db)
	}
	provider, err := s.engine.migrations(db)
	if err != nil {
		return err
	}
	return upToDateAlready(ctx, provider)
}

// settle brings what an older Mend, or an older database, left behind to where it
// belongs now.
func (s *Store) settle(ctx context.Context) error {
	for _, step := range []func(context.Context) error{s.agree, s.ownNames, s.recallUses} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// through puts GORM on a handle: quiet, because what it would log are values.
func (s *Store) through(db gorm.ConnPool) (*gorm.DB, error) {
	dialect, c := s.engine.through(db)
	c.Logger = logger.Discard
	c.TranslateError = true
	c.SkipDefaultTransaction = true // transactions are opened where they are meant
	c.DisableAutomaticPing = true
	g, err := gorm.Open(dialect, c)
	if err != nil {
		return nil, fmt.Errorf("store: database: %w", err)
	}
	return g, nil
}

// Close waits for what was submitted and closes the database.
func (s *Store) Close() (err error) {
	s.closing.Do(func() {
		s.writer.stop()
		for _, g := range []*gorm.DB{s.read, s.keys, s.write} {
			db, openErr := g.DB()
			err = errors.Join(err, openErr)
			if openErr == nil {
				err = errors.Join(err, db.Close())
			}
		}
	})
	return err
}

// Ready answers nil while the database can be read and written.
func (s *Store) Ready(ctx context.Context) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		// Writes a page as any commit does, and changes nothing.
		return tx.Exec("UPDATE keys SET created_at = created_at WHERE kind = 'index'").Error
	})
}

// reading begins a query on the pool of readers.
func (s *Store) reading(ctx context.Context) *gorm.DB {
	return s.read.WithContext(withKeys(ctx, s.ring))
}

// readOne reads one row on the pool of readers, by a statement that stays prepared. It
// answers gorm.ErrRecordNotFound where there is none.
func (s *Store) readOne(ctx context.Context, query string, args, into []any) error {
	// Not QueryRowContext: GORM's loses the error of a statement that cannot be prepared.
	rows, err := s.read.ConnPool.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		return cmp.Or(rows.Err(), gorm.ErrRecordNotFound)
	}
	if err := rows.Scan(into...); err != nil {
		return err
	}
	return rows.Err()
}

// transact runs f in one transaction of the writer; see keeper. What f returns as a fault
// comes back as it is; storage trouble comes back as a fault of kind Unavailable.
func (s *Store) transact(ctx context.Context, f func(tx *gorm.DB) error) error {
	return s.understood(s.writer.transact(ctx, f))
}

// Rest lets go of what a crowd had it remember, and of the memory that SQLite took for it.
// It is for when nobody is there: whoever comes next waits a moment longer.
func (s *Store) Rest() {
	s.writer.rest()
	giveBack()
}

// Counters of the log's writer.
func (s *Store) Counters() Counters { return s.writer.counters() }

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// moment is a time as it is stored: nanoseconds since 1970, UTC.
type moment int64

func momentOf(t time.Time) moment { return moment(t.UnixNano()) }

func momentOrNil(t *time.Time) *moment {
	if t == nil || t.IsZero() {
		return nil
	}
	m := momentOf(*t)
	return &m
}

func (m moment) time() time.Time { return time.Unix(0, int64(m)).UTC() }

func (m *moment) timeOrNil() *time.Time {
	if m == nil {
		return nil
	}
	t := m.time()
	return &t
}
