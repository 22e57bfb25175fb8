package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"mend/internal/fault"
)

// mover brings records from the tail into the table, and the write-ahead log that grows
// from it into the database file. SQLite would make such a checkpoint inside the commit that
// finds its log long, and flush each of these commits for nothing.
type mover struct {
	store    *Store
	pen      pen
	journal  *journal
	in       chan move
	done     chan struct{}         // the move that came in
	stuck    chan error            // says why, for as long as the table takes nothing
	ails     atomic.Pointer[error] // what the table refused with just now; nil while it takes what comes
	quit     chan struct{}
	finished chan struct{}

	checkpoints     *sql.DB // a connection of their own
	sinceCheckpoint int     // records
}

// move is some work for the mover.
type move struct {
	rows  []*eventRow // to be brought into the table
	flush bool        // then have all that is there on the disk
}

const (
	// atOnce bounds a transaction: whoever else has something to write waits for it.
	atOnce = 256
	// tryAgain is how long the mover waits after the disk refused.
	tryAgain = 500 * time.Millisecond

	checkpointAfter = 2000 // records
	// atTheLatest is when a commit makes a checkpoint all the same, in pages: other
	// tables may grow the log without a record, and a disk may be too slow.
	atTheLatest = "PRAGMA wal_autocheckpoint = 8192"
	checkpoint  = "PRAGMA wal_checkpoint(PASSIVE)" // gives way to whoever reads or writes
)

func startMover(s *Store, db, checkpoints *sql.DB, j *journal) *mover {
	m := &mover{
		store: s, pen: pen{db: db}, journal: j, in: make(chan move, 1), done: make(chan struct{}, 1),
		stuck: make(chan error), quit: make(chan struct{}), finished: make(chan struct{}),
		checkpoints: checkpoints,
	}
	go m.run()
	return m
}

// stop gives up what is not in the table.
func (m *mover) stop() {
	close(m.quit)
	<-m.finished
}

func (m *mover) run() {
	defer close(m.finished)
	defer m.pen.drop()
	defer m.journal.close()
	defer m.checkpoints.Close()
	for {
		select {
		case move := <-m.in:
			if !m.bringIn(move.rows) || move.flush && !m.insist(m.journal.flush) {
				return
			}
			m.done <- struct{}{}
		case <-m.quit:
			return
		}
	}
}

// bringIn goes on until all are in the table, or until the mover is stopped. Those of one
// session are brought in together, since they stand together there.
func (m *mover) bringIn(rows []*eventRow) (goOn bool) {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b *eventRow) int { return strings.Compare(a.Session, b.Session) })
	for some := range slices.Chunk(rows, atOnce) {
		if !m.insist(func() error { return m.pen.write(func() error { return m.pen.bringIn(m.store, some) }) }) {
			return false
		}
		if m.sinceCheckpoint += len(some); m.sinceCheckpoint >= checkpointAfter {
			m.checkpoint()
		}
	}
	return true
}

// insist tries until the disk allows it, or until the mover is stopped.
func (m *mover) insist(do func() error) (goOn bool) {
	for {
		err := do()
		if err == nil {
			m.ails.Store(nil)
			return true
		}
		why := m.store.understood(err) // told in the log, too
		m.ails.Store(&why)
		m.checkpoint() // makes room, where that is what is missing
		if !m.rest(why) {
			return false
		}
	}
}

// refuses is why nothing more should be taken in for now: what the table has no room for
// is not to pile up in front of it. That it is locked for a while is no reason.
func (m *mover) refuses() error {
	why := m.ails.Load()
	if why == nil || fault.Code(*why) == storageBusy.Code {
		return nil
	}
	return *why
}

// rest says to whoever waits why there is nothing to wait for just now.
func (m *mover) rest(why error) (goOn bool) {
	again := time.NewTimer(tryAgain)
	defer again.Stop()
	for {
		select {
		case m.stuck <- why:
		case <-again.C:
			return true
		case <-m.quit:
			return false
		}
	}
}

// checkpoint brings SQLite's log into the database file: the bulk of it beside whoever
// writes, then the rest on the writing connection. Only a log that is wholly in the
// database file begins anew at its front, and only between two commits is it ever whole.
func (m *mover) checkpoint() {
	m.sinceCheckpoint = 0
	m.store.checkpoint(m.checkpoints)
	m.store.checkpoint(m.pen.db)
}

func (s *Store) checkpoint(db *sql.DB) {
	if _, err := db.ExecContext(context.Background(), checkpoint); err != nil {
		_ = s.understood(err) // told in the log; the next one makes up for it
	}
}
