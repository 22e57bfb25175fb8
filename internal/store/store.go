package store

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"mend/internal/seal"
)

var errUnwritten = errors.New("not yet written")

// Options of a store.
type Options struct {
	Path   string       // of the SQLite file; made where it is not
	Master *seal.Master // wraps every practice's key
	Now    func() time.Time
	Log    *slog.Logger // storage trouble only; never a value
}

// Store is an opened database.
type Store struct{}

// Open opens or makes the database and brings it up to date. It refuses a file
// of another application, one made by a newer Mend, and a master key that is not
// this database's.
func Open(ctx context.Context, o Options) (*Store, error) { return nil, errUnwritten }

// Close waits for what was submitted and closes the database.
func (s *Store) Close() error { return errUnwritten }

// Ready answers nil while the database can be read and written.
func (s *Store) Ready(ctx context.Context) error { return errUnwritten }

// Counters are running totals since Open.
type Counters struct {
	Appends   uint64 // records acknowledged
	Commits   uint64 // transactions that carried them: at most one an append
	Conflicts uint64
	Refused   uint64 // appends that could not be stored
}

func (s *Store) Counters() Counters { return Counters{} }

// Once makes a create repeatable: the same key with the same body is answered
// with what the first call made; with another body it is a conflict
// (idempotency_key_reused). The zero value asks for nothing.
type Once struct {
	Key  string
	Body [32]byte // SHA-256 of the request's body
}

// Page asks for part of a list; the zero value for its beginning.
type Page struct {
	Cursor string // from the part before
	Limit  int    // 1 to 100; 50 where 0
}
