package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"gorm.io/gorm"

	"mend/internal/session"
)

// writer commits the log. While one transaction is being flushed to the disk, what
// arrives waits; then all of it goes into the next one. So nobody waits for more
// than one flush beside their own, and under load one flush serves many.
type writer struct {
	store    *Store
	pen      pen
	waiting  chan *submission
	quit     chan struct{}
	finished chan struct{}

	gate   sync.RWMutex // held while something is put into waiting
	closed bool         // nothing is any more

	checkpoints     *checkpointer
	checkpointing   bool // one is under way
	sinceCheckpoint int  // records

	appends, commits, conflicts, refused atomic.Uint64
}

// atMost bounds a transaction, so that the first of a long queue is not kept
// waiting for the last.
const atMost = 512

// submission is a record ready to be written: sealed, its seq given.
type submission struct {
	row      eventRow
	beside   func(tx *gorm.DB) error // what the event means for the tables beside the log; may be nil
	answered func(error)             // never waits: the writer has others to answer
}

func startWriter(s *Store, db *sql.DB) *writer {
	w := &writer{
		store: s, pen: pen{db: db}, waiting: make(chan *submission, atMost),
		quit: make(chan struct{}), finished: make(chan struct{}), checkpoints: startCheckpointer(s),
	}
	go w.run()
	return w
}

// submit puts a record into the queue and never waits itself.
func (w *writer) submit(ctx context.Context, sub *submission) {
	w.gate.RLock()
	if w.closed {
		w.gate.RUnlock()
		sub.answered(storageClosed)
		return
	}
	select {
	case w.waiting <- sub:
		w.gate.RUnlock()
		return
	default:
	}
	go func() { // the disk is far behind
		defer w.gate.RUnlock() // stop waits, and the writer makes room meanwhile
		select {
		case w.waiting <- sub:
		case <-ctx.Done():
			sub.answered(ctx.Err())
		}
	}()
}

// stop commits what is waiting and ends.
func (w *writer) stop() {
	w.gate.Lock()
	if !w.closed {
		w.closed = true
		close(w.quit)
	}
	w.gate.Unlock()
	<-w.finished
}

func (w *writer) run() {
	defer close(w.finished)
	defer w.pen.drop()
	defer w.checkpoints.stop()
	for {
		select {
		case first := <-w.waiting:
			w.commit(w.gather(first))
		case <-w.checkpoints.made:
			w.finishCheckpoint()
		case <-w.quit:
			for {
				select {
				case first := <-w.waiting:
					w.commit(w.gather(first))
				default:
					return
				}
			}
		}
	}
}

func (w *writer) gather(first *submission) []*submission {
	batch := []*submission{first}
	for len(batch) < atMost {
		select {
		case next := <-w.waiting:
			batch = append(batch, next)
		default:
			return batch
		}
	}
	return batch
}

// commit writes a batch in one transaction and answers everyone after it: a
// refusal, too, may rest on a record of the same batch.
func (w *writer) commit(batch []*submission) {
	verdicts := make([]error, len(batch))
	kept := 0
	each := func(add func(*submission) error) error {
		for i, sub := range batch {
			err := add(sub)
			if err != nil {
				err = w.store.translated(err)
			}
			if w.store.file.trouble(err) != nil {
				return err // the whole transaction is lost
			}
			verdicts[i] = w.store.understood(err)
			if err == nil {
				kept++
			}
		}
		if kept == 0 {
			return errNothingKept
		}
		return nil
	}
	var err error
	if slices.ContainsFunc(batch, func(sub *submission) bool { return sub.beside != nil }) {
		err = w.store.transact(context.Background(), func(tx *gorm.DB) error {
			return each(func(sub *submission) error { return add(tx, sub) })
		})
	} else { // most batches: records alone
		err = w.pen.write(func() error {
			return each(func(sub *submission) error { return w.pen.insert(&sub.row) })
		})
		if !errors.Is(err, errNothingKept) {
			err = w.store.understood(err)
		}
	}
	switch {
	case err == nil:
		w.commits.Add(1)
		w.store.committed(kept)
		w.grown(kept)
	case !errors.Is(err, errNothingKept):
		for i := range verdicts {
			verdicts[i] = err
		}
	}
	for i, sub := range batch {
		w.count(verdicts[i])
		sub.answered(verdicts[i])
	}
}

// transact has the one connection that writes to itself.
func (w *writer) transact(ctx context.Context, f func(tx *gorm.DB) error) error {
	return w.store.write.WithContext(withKeys(ctx, w.store.ring)).Transaction(f)
}

func (w *writer) count(verdict error) {
	switch {
	case verdict == nil:
		w.appends.Add(1)
	case errors.Is(verdict, session.ErrConflict):
		w.conflicts.Add(1)
	default:
		w.refused.Add(1)
	}
}

var errNothingKept = errors.New("nothing to commit")

// add writes one record and what it means, both or neither.
func add(tx *gorm.DB, sub *submission) error {
	values := sub.row.values()
	if sub.beside == nil {
		return addRow(tx, values[:])
	}
	return tx.Transaction(func(tx *gorm.DB) error { // a savepoint
		if err := addRow(tx, values[:]); err != nil {
			return err
		}
		return sub.beside(tx)
	})
}

func addRow(tx *gorm.DB, values []any) error {
	return inserted(tx.Statement.ConnPool.ExecContext(context.Background(), insertEvent, values...))
}

// Counters are running totals since Open.
type Counters struct {
	Appends   uint64 // records acknowledged
	Commits   uint64 // transactions that carried them: at most one an append
	Conflicts uint64
	Refused   uint64 // appends that could not be stored
}

func (w *writer) counters() Counters {
	return Counters{w.appends.Load(), w.commits.Load(), w.conflicts.Load(), w.refused.Load()}
}
