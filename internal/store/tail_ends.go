package store

import (
	"context"
	"hash/maphash"
	"slices"
	"sync"

	"mend/internal/session"
)

// ends remembers where logs end and which commands they hold, so that a record that is
// to wait in the tail can be judged without asking the table. It is the writer's own, but
// for gone.
type ends struct {
	store *Store
	tail  *tail
	seed  maphash.Seed

	mu    sync.Mutex
	known map[string]*end
	times uint64 // gone was called: what was looked up before is not kept after it
}

type end struct {
	seq      uint64
	commands map[uint64]struct{} // hashed: they are many, and each is long
}

// keptEnds bounds the sessions remembered.
const keptEnds = 8192

func newEnds(s *Store, t *tail) *ends {
	return &ends{store: s, tail: t, seed: maphash.MakeSeed(), known: map[string]*end{}}
}

// of is where a session's log ends, the tail's records among it.
func (e *ends) of(ctx context.Context, sessionID string) (*end, error) {
	e.mu.Lock()
	known, ok := e.known[sessionID]
	before := e.times
	e.mu.Unlock()
	if ok {
		return known, nil
	}
	var there bool
	db := e.store.reading(ctx)
	if err := db.Raw("SELECT EXISTS (SELECT 1 FROM sessions WHERE id = ?)", sessionID).Scan(&there).Error; err != nil {
		return nil, err
	}
	if !there {
		return nil, notFound
	}
	var rows []*eventRow
	if err := db.Select("seq", "command").Where("session = ?", sessionID).Order("seq").Find(&rows).Error; err != nil {
		return nil, err
	}
	found := &end{commands: make(map[uint64]struct{}, len(rows))}
	for _, row := range rows {
		e.grow(found, row)
	}
	for _, row := range after(e.tail.of(sessionID), found.seq) {
		e.grow(found, row)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.times != before {
		return found, nil
	}
	if len(e.known) >= keptEnds {
		clear(e.known)
	}
	e.known[sessionID] = found
	return found, nil
}

// judge answers with session.ErrConflict for a record that may not follow, and counts
// one that may among those that are there. Before it come those of its own batch.
func (e *ends) judge(ctx context.Context, row *eventRow, before []*eventRow) error {
	at, err := e.of(ctx, row.Session)
	if err != nil {
		return err
	}
	if row.Seq != at.seq+1 {
		return session.ErrConflict
	}
	if _, perhaps := at.commands[e.mark(row)]; perhaps {
		there, err := e.holds(ctx, row, before)
		if err != nil {
			return err
		}
		if there {
			return session.ErrConflict
		}
	}
	e.grow(at, row)
	return nil
}

// holds tells whether a log has a record of the same command.
func (e *ends) holds(ctx context.Context, row *eventRow, before []*eventRow) (there bool, err error) {
	for _, other := range slices.Concat(before, e.tail.of(row.Session)) {
		if other.Session == row.Session && other.Command == row.Command {
			return true, nil
		}
	}
	return there, e.store.reading(ctx).
		Raw("SELECT EXISTS (SELECT 1 FROM events WHERE session = ? AND command = ?)", row.Session, row.Command).Scan(&there).Error
}

// kept counts a record that went to the table, where its log is known.
func (e *ends) kept(row *eventRow) {
	e.mu.Lock()
	at, ok := e.known[row.Session]
	e.mu.Unlock()
	if ok {
		e.grow(at, row)
	}
}

func (e *ends) grow(at *end, row *eventRow) {
	at.seq = row.Seq
	at.commands[e.mark(row)] = struct{}{}
}

func (e *ends) mark(row *eventRow) uint64 { return maphash.String(e.seed, row.Command) }

// forget has the logs of records that were not kept looked up again.
func (e *ends) forget(rows ...*eventRow) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, row := range rows {
		delete(e.known, row.Session)
	}
}

// gone says that sessions were erased. A record that is judged while they are may still
// be acknowledged: it came before, and was erased with the rest.
func (e *ends) gone(sessions []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.times++
	for _, id := range sessions {
		delete(e.known, id)
	}
}
