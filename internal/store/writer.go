package store

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"gorm.io/gorm"

	"mend/internal/session"
)

// writer keeps the log. While one flush to the disk is under way, what arrives waits;
// then all of it goes into the next one. So nobody waits for more than one flush beside
// their own, and under load one flush serves many.
//
// A record goes to the tail, which is quick, and from there to the table in its own time
// (mover). One that means something for the tables beside the log goes to the table at
// once, in the same transaction, along with what waits of its session.
type writer struct {
	queue
	store    *Store
	tail     *tail
	ends     *ends
	mover    *mover
	pen      pen         // for what has to come into the table at once
	moving   *move       // what is on its way into the table
	due      *time.Timer // for the next
	asks     chan func()
	finished chan struct{}

	appends, commits, conflicts, refused atomic.Uint64
}

const (
	// atMost bounds what one flush serves, so that the first of a long queue is not kept
	// waiting for the last.
	atMost = 512
	// atMostBytes bounds it too: where many exercises begin at once, a segment of the
	// tail has room for them all the same.
	atMostBytes = segmentSize / 2
	// tooLong is of how many bytes a record goes to the table at once, as hardly one does: an
	// exercise that begins brings all its words along, which is a twentieth of that. By the
	// table's way each start held up everybody who spoke meanwhile, for two flushes.
	tooLong = 128 << 10
	// bringInAfter is how long a record waits in the tail at the most.
	bringInAfter = time.Second
)

// submission is a record ready to be written: sealed, its seq given.
type submission struct {
	row      eventRow
	beside   func(tx *gorm.DB) error // what the event means for the tables beside the log; may be nil
	answered func(error)             // never waits: the writer has others to answer
}

func startWriter(s *Store, m *mover, t *tail) *writer {
	w := &writer{
		store: s, tail: t, mover: m, pen: pen{db: m.pen.db}, due: time.NewTimer(bringInAfter),
		queue: newQueue(), asks: make(chan func()), finished: make(chan struct{}),
	}
	w.ends = newEnds(s, t)
	go w.run()
	return w
}

// stop keeps what is waiting and ends.
func (w *writer) stop() {
	w.close()
	<-w.finished
}

func (w *writer) run() {
	defer close(w.finished)
	defer w.leave()
	w.bringIn(false) // of before a crash
	for {
		select {
		case first := <-w.waiting:
			w.commit(w.gather(first))
		case <-w.mover.done:
			w.moved()
		case <-w.due.C:
			w.due.Reset(bringInAfter)
			w.bringIn(false)
		case ask := <-w.asks:
			ask()
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

// commit makes a batch durable and answers everyone after the flush: a refusal, too, may
// rest on a record of the same batch. What means something for the tables beside the log
// goes to the table by itself, or one such record would send all the others there.
func (w *writer) commit(batch []*submission) {
	quick, slow := parted(batch)
	if len(quick) > 0 {
		verdicts, err := w.toTail(quick)
		if err != nil {
			verdicts = w.toTable(quick)
		}
		w.answer(quick, verdicts)
	}
	if len(slow) > 0 {
		w.answer(slow, w.toTable(slow))
	}
}

func (s *submission) atOnce() bool { return s.beside != nil || len(s.row.Payload) > tooLong }

func (w *writer) answer(batch []*submission, verdicts []error) {
	for i, sub := range batch {
		w.count(verdicts[i])
		sub.answered(verdicts[i])
	}
	runtime.Gosched() // those who waited go first: they have people to tell
}

// parted tells the records that may wait in the tail from those that have to go to the
// table, and from what comes after these in the same session.
func parted(batch []*submission) (quick, slow []*submission) {
	for i, sub := range batch {
		if sub.atOnce() {
			quick = append(quick, batch[:i]...)
			for _, sub := range batch[i:] {
				if sub.atOnce() || slices.ContainsFunc(slow, func(s *submission) bool { return s.row.Session == sub.row.Session }) {
					slow = append(slow, sub)
				} else {
					quick = append(quick, sub)
				}
			}
			return quick, slow
		}
	}
	return batch, nil
}

// toTail has the records of a batch wait in the tail. After an error none of them does,
// and the table may take them.
func (w *writer) toTail(batch []*submission) (verdicts []error, err error) {
	if w.tail.file == nil || w.tail.broken {
		return nil, errToTable
	}
	if why := w.mover.refuses(); why != nil {
		return slices.Repeat([]error{why}, len(batch)), nil
	}
	verdicts = make([]error, len(batch))
	rows := make([]*eventRow, 0, len(batch))
	for i, sub := range batch {
		verdicts[i] = w.ends.judge(context.Background(), &sub.row, rows)
		switch {
		case verdicts[i] == nil:
			rows = append(rows, &sub.row)
		case !errors.Is(verdicts[i], session.ErrConflict): // the table may know better
			w.ends.forget(rows...)
			return nil, verdicts[i]
		}
	}
	if len(rows) == 0 {
		return verdicts, nil
	}
	err = w.tail.add(rows)
	if errors.Is(err, errTailFull) {
		if full := w.makeRoom(); full != nil {
			w.ends.forget(rows...)
			return slices.Repeat([]error{full}, len(batch)), nil
		}
		err = w.tail.add(rows)
	}
	if err != nil {
		w.ends.forget(rows...)
		if !errors.Is(err, errTailFull) {
			w.store.log.Error("storage", "code", storageFailed.Code, "cause", err)
		}
		return nil, err
	}
	w.commits.Add(1)
	w.store.committed(len(rows))
	return verdicts, nil
}

// ended is the type of a log's last record.
var ended = session.Ended{}.Type()

var errToTable = errors.New("not for the tail")

// toTable writes a batch in one transaction.
func (w *writer) toTable(batch []*submission) []error {
	verdicts := make([]error, len(batch))
	if err := w.before(batch); err != nil {
		return slices.Repeat([]error{w.store.understood(err)}, len(batch))
	}
	kept := 0
	all := func(add func(*submission) error) error {
		for i, sub := range batch {
			err := add(sub)
			if w.store.engine.trouble(err) != nil {
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
		err = w.transact(context.Background(), func(tx *gorm.DB) error {
			return all(func(sub *submission) error { return w.store.translated(w.add(tx, sub)) })
		})
	} else {
		err = w.pen.keep(func() error {
			return all(func(sub *submission) error { return w.pen.add(w.store, &sub.row) })
		})
	}
	if !errors.Is(err, errNothingKept) {
		err = w.store.understood(err)
	}
	switch {
	case err == nil:
		w.commits.Add(1)
		w.store.committed(kept)
		for i, sub := range batch {
			if verdicts[i] == nil {
				w.ends.kept(&sub.row)
			}
			if sub.row.Type == ended {
				w.ends.forget(&sub.row)
			}
		}
	case !errors.Is(err, errNothingKept):
		for i := range verdicts {
			verdicts[i] = err
		}
	}
	return verdicts
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

// before has the table take in what waits in the tail of a batch's sessions: it stays
// there, and is found in the table later on.
func (w *writer) before(batch []*submission) error {
	sessions := make(map[string]bool, len(batch))
	for _, sub := range batch {
		sessions[sub.row.Session] = true
	}
	rows := w.tail.those(func(row *eventRow) bool { return sessions[row.Session] })
	if len(rows) == 0 {
		return nil
	}
	return w.pen.write(func() error { return w.pen.bringIn(w.store, rows) })
}

// add writes one record and what it means, both or neither.
func (w *writer) add(tx *gorm.DB, sub *submission) error {
	return tx.Transaction(func(tx *gorm.DB) error { // a savepoint
		err := addRow(tx, &sub.row)
		if err == nil {
			err = keepUse(tx, sub.row.Use)
		}
		if err != nil || sub.beside == nil {
			return err
		}
		return sub.beside(tx)
	})
}

func addRow(tx *gorm.DB, row *eventRow) error {
	values := row.values()
	return inserted(tx.Statement.ConnPool.ExecContext(context.Background(), insertEvent, values[:]...))
}

// bringIn has what waits brought into the table, unless the mover is at something already;
// and flushed there, where a segment is full, or where all is wanted.
func (w *writer) bringIn(all bool) {
	if w.tail.file == nil || w.moving != nil {
		return
	}
	if w.tail.broken {
		_ = w.tail.mend() // or else the next time
	}
	if next := w.tail.next(all); len(next.rows) > 0 || next.flush {
		w.moving = &next
		w.mover.in <- next
	}
}

func (w *writer) moved() {
	w.tail.moved(*w.moving)
	w.moving = nil
	if w.tail.crowded() {
		w.bringIn(false)
	}
}

// makeRoom has another segment of the tail written to, once there is one. It gives up where
// the disk takes nothing just now.
func (w *writer) makeRoom() error {
	for !w.tail.turn() {
		if err := w.moves(false); err != nil {
			return err
		}
	}
	if w.tail.crowded() {
		w.bringIn(false)
	}
	return nil
}

// allIn waits until the whole log is in its table and flushed there.
func (w *writer) allIn() error {
	for !w.tail.empty() {
		if err := w.moves(true); err != nil {
			return err
		}
	}
	return nil
}

// moves waits for one move, which it begins where none is under way.
func (w *writer) moves(all bool) error {
	w.bringIn(all)
	select {
	case <-w.mover.done:
		w.moved()
		return nil
	case why := <-w.mover.stuck:
		return why
	}
}

// settled has f run once the whole log is in its table, while nothing is added to it.
func (w *writer) settled(ctx context.Context, f func() error) error {
	answer := make(chan error, 1)
	ask := func() {
		err := w.allIn()
		if err == nil {
			err = f()
		}
		answer <- err
	}
	select {
	case w.asks <- ask:
		return <-answer
	case <-w.finished:
		return storageClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w *writer) pending(session string) ([]*eventRow, func([]*eventRow)) {
	learn := w.ends.learning(session)
	return w.tail.of(session), learn
}

func (w *writer) uses(couple string) []*useRow { return w.tail.uses(couple) }

func (w *writer) erased(ctx context.Context, sessions []string) error {
	w.ends.gone(sessions)
	return w.settled(ctx, func() error {
		if w.tail.file == nil {
			return nil
		}
		return w.tail.wipe()
	})
}

// rest forgets where logs end.
func (w *writer) rest() { w.ends.forgetAll() }

// leave brings the log together. Where that fails, the tail keeps what waits in it.
func (w *writer) leave() {
	_ = w.allIn()
	w.mover.stop()
	w.pen.drop()
	if err := w.tail.Close(); err != nil {
		w.store.log.Error("storage", "code", storageFailed.Code, "cause", err)
	}
}

// Counters are running totals since Open.
type Counters struct {
	Appends   uint64 // records acknowledged
	Commits   uint64 // flushes that they waited for: at most one an append
	Conflicts uint64
	Refused   uint64 // appends that could not be stored
}

func (w *writer) counters() Counters {
	return Counters{w.appends.Load(), w.commits.Load(), w.conflicts.Load(), w.refused.Load()}
}
