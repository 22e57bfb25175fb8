package seal

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// ErrGone says that a key was destroyed, and with it what it sealed.
var ErrGone = errors.New("seal: the key is gone")

// Source is where wrapped keys are kept.
type Source interface {
	// Wrapped answers with a wrapped key and the id of the key that wraps it, ""
	// for the master; with ErrGone where there is none.
	Wrapped(ctx context.Context, id string) (wrapped []byte, parent string, err error)
}

// Ring opens keys by id and remembers a bounded number of them. It is safe for
// concurrent use.
type Ring struct {
	master   *Key
	source   Source
	limit    int
	believed time.Duration

	mu        sync.Mutex
	open      map[string]opened
	forgotten uint64 // counts Forgets: a key read before one is not kept after it
}

// opened is a key, and when it was last seen in the source.
type opened struct {
	*Key
	seen time.Time
}

// NewRing opens keys from source below master and keeps at most limit of them. Where
// others may destroy a key too, one that was seen in the source longer ago than believed
// is looked for again before it is used; with 0 it is not.
func NewRing(master *Master, source Source, limit int, believed time.Duration) *Ring {
	return &Ring{master: master.Key(), source: source, limit: limit, believed: believed, open: make(map[string]opened)}
}

// Key opens a key and, where need be, those above it.
func (r *Ring) Key(ctx context.Context, id string) (*Key, error) {
	if id == "" {
		return r.master, nil
	}
	r.mu.Lock()
	key, known := r.open[id]
	before := r.forgotten
	r.mu.Unlock()
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
	r.keep(id, opened{key, seen}, before)
	return key, nil
}

func (r *Ring) keep(id string, key opened, before uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.forgotten != before {
		return
	}
	if _, again := r.open[id]; !again && len(r.open) >= r.limit {
		for any := range r.open { // which one makes room hardly matters: opening costs microseconds
			delete(r.open, any)
			break
		}
	}
	r.open[id] = key
}

// Forget drops keys that were destroyed, whoever is just reading them.
func (r *Ring) Forget(ids ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.forgotten++
	for _, id := range ids {
		delete(r.open, id)
	}
}

// Len is how many keys are remembered just now.
func (r *Ring) Len() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.open)
}
