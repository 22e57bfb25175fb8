// Package recent remembers what is in use, by id, and lets go of what nobody asked for
// in a while: so memory follows those who are here, and not all who ever were. It is of
// no use for what cannot be had again.
package recent

import (
	"sync"
	"time"
)

// Values are those in use just now. It is safe for concurrent use.
type Values[V any] struct {
	limit int
	idle  time.Duration

	mu        sync.Mutex
	known     map[string]*value[V]
	round     uint64 // counts sweeps
	sweeping  bool   // the next one is due
	forgotten uint64 // counts Forgets: what was read before one is not kept after it
}

type value[V any] struct {
	of    V
	asked uint64 // in which round it was last asked for
}

// Of keeps at most limit values, and none for longer than twice idle once nobody asks
// for it.
func Of[V any](limit int, idle time.Duration) *Values[V] {
	return &Values[V]{limit: limit, idle: idle, known: make(map[string]*value[V])}
}

// Get is the value of an id, where it is known. Whoever has to read it elsewhere hands
// before to Keep.
func (r *Values[V]) Get(id string) (of V, before uint64, known bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	v, known := r.known[id]
	if known {
		v.asked = r.round
		of = v.of
	}
	return of, r.forgotten, known
}

// Keep remembers a value that was read after Get had answered with before; not where
// something was forgotten meanwhile.
func (r *Values[V]) Keep(id string, of V, before uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.forgotten != before {
		return
	}
	if !r.sweeping {
		r.sweeping = true
		time.AfterFunc(r.idle, r.sweep)
	}
	if _, again := r.known[id]; !again && len(r.known) >= r.limit {
		for any := range r.known { // which one makes room hardly matters: it can be had again
			delete(r.known, any)
			break
		}
	}
	r.known[id] = &value[V]{of, r.round}
}

// sweep lets go of what nobody asked for since the sweep before, and is due again while
// anything is left.
func (r *Values[V]) sweep() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for id, v := range r.known {
		if v.asked < r.round {
			delete(r.known, id)
		}
	}
	r.round++
	if r.sweeping = len(r.known) > 0; r.sweeping {
		time.AfterFunc(r.idle, r.sweep)
	} else {
		r.known = make(map[string]*value[V]) // a map never shrinks by itself
	}
}

// Forget drops values that hold no longer, whoever is just reading them.
func (r *Values[V]) Forget(ids ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.forgotten++
	for _, id := range ids {
		delete(r.known, id)
	}
}

// Len is how many values are remembered just now.
func (r *Values[V]) Len() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.known)
}
