package seal

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mend/internal/recent"
)

// ErrGone says that a key was destroyed, and with it what it sealed.
var ErrGone = errors.New("seal: the key is gone")

// Source is where wrapped keys are kept.
type Source interface {
	// Wrapped answers with a wrapped key and the id of the key that wraps it, ""
	// for the master; with ErrGone where there is none.
	Wrapped(ctx context.Context, id string) (wrapped []byte, parent string, err error)
}

// Ring opens keys by id and remembers a bounded number of those in use. It is safe for
// concurrent use.
type Ring struct {
	master   *Key
	source   Source
	believed time.Duration
	open     *recent.Values[opened]
}

// opened is a key, and when it was last seen in the source.
type opened struct {
	*Key
	seen time.Time
}

// idle is after how long a key that nobody uses is dropped. Opening it again costs
// microseconds and a row; the keys of everybody who was here today would fill the memory.
const idle = time.Minute

// NewRing opens keys from source below master and keeps at most limit of them. Where
// others may destroy a key too, one that was seen in the source longer ago than believed
// is looked for again before it is used; with 0 it is not.
func NewRing(master *Master, source Source, limit int, believed time.Duration) *Ring {
	return &Ring{master: master.Key(), source: source, believed: believed, open: recent.Of[opened](limit, idle)}
}

// Key opens a key and, where need be, those above it.
func (r *Ring) Key(ctx context.Context, id string) (*Key, error) {
	if id == "" {
		return r.master, nil
	}
	key, before, known := r.open.Get(id)
	if known && (r.believed == 0 || time.Since(key.seen) < r.believed) {
		return key.Key, nil
	}
	fresh, err := r.read(ctx, id, before)
	if known && errors.Is(err, ErrGone) {
		r.Forget(id)
	}
	return fresh, err
}

func (r *Ring) read(ctx context.Context, id string, before uint64) (*Key, error) {
	seen := time.Now()
	wrapped, parentID, err := r.source.Wrapped(ctx, id)
	if err != nil {
		return nil, err
	}
	parent, err := r.Key(ctx, parentID)
	if err != nil {
		return nil, err
	}
	key, err := parent.OpenKey(wrapped, id)
	if err != nil {
		return nil, fmt.Errorf("key %s: %w", id, err)
	}
	r.open.Keep(id, opened{key, seen}, before)
	return key, nil
}

// Forget drops keys that were destroyed, whoever is just reading them.
func (r *Ring) Forget(ids ...string) { r.open.Forget(ids...) }

// Len is how many keys are remembered just now.
func (r *Ring) Len() int { return r.open.Len() }
