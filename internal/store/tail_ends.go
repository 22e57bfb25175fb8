package store

import (
	"context"
	"hash/maphash"
	"slices"
	"sync"

	"mend/internal/session"
)

// ends remembers where logs end and which commands they hold, so that a record that is
// to wait in the tail can be judged without asking the table. What is known of a log is
// the writer's own. Others may say what they have read (learning), as long as nothing
// that they may have missed came to a log that is not known.
type ends struct {
	store *Store
	tail  *tail
	seed  maphash.Seed

	mu      sync.Mutex
	known   map[string]*end
	missed  uint64 // counts what came to logs that are not known, or were forgotten
	erasure uint64 // counts calls of gone
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

// of is where a session's log ends, after what the tail holds and what comes before it
// in its own batch.
func (e *ends) of(ctx context.Context, sessionID string, batch []*eventRow) (*end, error) {
	e.mu.Lock()
	known, ok := e.known[sessionID]
	erasure := e.erasure
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
	found := e.end(rows)
	for _, row := range slices.Concat(e.tail.of(sessionID), batch) {
		if row.Session == sessionID && row.Seq > found.seq {
			e.grow(found, row)
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.erasure == erasure {
		e.keep(sessionID, found)
	} else { // perhaps of this very session, which is not to be known then
		e.missed++
	}
	return found, nil
}

// learning begins to read a session's log. Whoever has it whole calls learn, which spares
// the writer from asking the table while people wait.
func (e *ends) learning(sessionID string) (learn func(log []*eventRow)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if _, known := e.known[sessionID]; known {
		return func([]*eventRow) {}
	}
	missed := e.missed
	return func(log []*eventRow) {
		found := e.end(log)
		e.mu.Lock()
		defer e.mu.Unlock()
		if _, known := e.known[sessionID]; !known && e.missed == missed {
			e.keep(sessionID, found)
		}
	}
}

// keep is for whoever holds mu.
func (e *ends) keep(sessionID string, found *end) {
	if len(e.known) >= keptEnds {
		e.drop()
	}
	e.known[sessionID] = found
}

// drop forgets all, which the table knows. It is for whoever holds mu.
func (e *ends) drop() {
	e.known = map[string]*end{}
	e.missed++
}

func (e *ends) forgetAll() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.drop()
}

func (e *ends) end(log []*eventRow) *end {
	found := &end{commands: make(map[uint64]struct{}, len(log))}
	for _, row := range log {
		e.grow(found, row)
	}
	return found
}

// judge answers with session.ErrConflict for a record that may not follow, and counts
// one that may among those that are there. Before it come those of its own batch.
func (e *ends) judge(ctx context.Context, row *eventRow, before []*eventRow) error {
	at, err := e.of(ctx, row.Session, before)
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
	at, known := e.known[row.Session]
	if !known {
		e.missed++
	}
	e.mu.Unlock()
	if known {
		e.grow(at, row)
	}
}

func (e *ends) grow(at *end, row *eventRow) {
	at.seq = row.Seq
	at.commands[e.mark(row)] = struct{}{}
}

func (e *ends) mark(row *eventRow) uint64 { return maphash.String(e.seed, row.Command) }

// forget has the logs of records looked up again.
func (e *ends) forget(rows ...*eventRow) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.missed++
	for _, row := range rows {
		delete(e.known, row.Session)
	}
}

// gone says that sessions were erased. A record that is judged while they are may still
// be acknowledged: it came before, and was erased with the rest.
func (e *ends) gone(sessions []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.missed++
	e.erasure++
	for _, id := range sessions {
		delete(e.known, id)
	}
}
