package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/gorm"

	"mend/internal/session"
)

// press commits the log to PostgreSQL. While one transaction is on its way to the server's
// disk, what arrives waits; then all of it goes into the next one, in one round trip. Other
// nodes have presses of their own: whose record comes first is for the table's keys to say.
type press struct {
	queue
	store    *Store
	db       *sql.DB // one connection, for records alone
	finished chan struct{}

	appends, commits, conflicts, refused atomic.Uint64
}

func startPress(s *Store, at postgresServer) *press {
	p := &press{queue: newQueue(), store: s, db: at.open(1, false), finished: make(chan struct{})}
	go func() {
		defer close(p.finished)
		p.serve(p.commit)
	}()
	return p
}

func (p *press) stop() {
	p.close()
	<-p.finished
	_ = p.db.Close()
}

// pending is nothing: what is durable is in the table.
func (p *press) pending(string) ([]*eventRow, func([]*eventRow)) { return nil, func([]*eventRow) {} }

func (p *press) uses(string) []*useRow { return nil }

func (p *press) erased(context.Context, []string) error { return nil }

func (p *press) rest() {}

func (p *press) counters() Counters {
	return Counters{p.appends.Load(), p.commits.Load(), p.conflicts.Load(), p.refused.Load()}
}

// commit writes what came together in as few transactions as may be, and answers everyone
// once theirs is on the disk. What means something beside the log has its own, since it
// acts upon what it reads.
func (p *press) commit(batch []*submission) {
	for len(batch) > 0 {
		n := slices.IndexFunc(batch, func(sub *submission) bool { return sub.beside != nil })
		switch n {
		case -1:
			n = len(batch)
			p.plain(batch)
		case 0:
			n = 1
			p.answer(batch[0], p.withBeside(batch[0]))
		default:
			p.plain(batch[:n])
		}
		batch = batch[n:]
	}
}

func (p *press) answer(sub *submission, verdict error) {
	switch {
	case verdict == nil:
		p.appends.Add(1)
	case errors.Is(verdict, session.ErrConflict):
		p.conflicts.Add(1)
	default:
		p.refused.Add(1)
	}
	sub.answered(verdict)
}

func (p *press) kept(records int) {
	if records > 0 {
		p.commits.Add(1)
		p.store.committed(records)
	}
}

// insertPressed adds a record only as the next of its session. What is not, or collides
// with one that is there, is left out, and costs the others nothing.
const insertPressed = `INSERT INTO events (session, seq, command, at, by, type, key_id, payload)
SELECT $1::text, $2::bigint, $3::text, $4::bigint, $5::text, $6::text, $7::text, $8::bytea
WHERE $2::bigint = 1 OR EXISTS (SELECT 1 FROM events WHERE session = $1::text AND seq = $2::bigint - 1)
ON CONFLICT DO NOTHING`

// alreadyPressed finds a record by all that tells it from others.
const alreadyPressed = `SELECT EXISTS (SELECT 1 FROM events WHERE session = $1 AND seq = $2 AND command = $3)`

// plain writes records alone. One that the table refuses, its session being gone, takes
// those with it that came together; then each is written by itself.
func (p *press) plain(batch []*submission) {
	// All nodes write in the same order: two transactions never wait for each other.
	slices.SortStableFunc(batch, func(a, b *submission) int { return cmp.Compare(a.row.Session, b.row.Session) })
	verdicts, err := p.together(batch)
	if len(batch) > 1 && err != nil && p.store.engine.trouble(err) == nil {
		for i := range batch {
			p.plain(batch[i : i+1])
		}
		return
	}
	if err != nil {
		verdicts = slices.Repeat([]error{p.store.understood(p.store.translated(err))}, len(batch))
	}
	kept := 0
	for _, verdict := range verdicts {
		if verdict == nil {
			kept++
		}
	}
	p.kept(kept) // whoever is answered may look at the counters
	for i, sub := range batch {
		p.answer(sub, verdicts[i])
	}
}

// together is one transaction and one round trip. Where the server went away meanwhile it
// is sent again: what was kept is found, and is not kept twice.
func (p *press) together(batch []*submission) (verdicts []error, err error) {
	err = p.untilKnown(func(ctx context.Context, unsure bool) (sent bool, err error) {
		verdicts = make([]error, len(batch))
		err = p.raw(ctx, func(conn *pgx.Conn) error {
			err := p.send(ctx, conn, batch, verdicts, unsure)
			sent = err != nil && !pgconn.SafeToRetry(err)
			return err
		})
		return sent, err
	})
	return verdicts, err
}

// untilKnown calls write until it comes to something, or for as long as patience lasts
// where nothing of it was sent. Of what was sent and not answered nobody knows what became:
// a server that hung may keep it yet. It is written again, which settles it, and however
// long that takes nobody is told before. Whoever waits behind is turned away meanwhile.
func (p *press) untilKnown(write func(ctx context.Context, unsure bool) (sent bool, err error)) error {
	unsure := false
	for {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		err := patiently(ctx, func(ctx context.Context) (bool, error) {
			sent, err := write(ctx, unsure)
			unsure = unsure || sent
			return true, err
		})
		cancel()
		if errors.Is(err, context.DeadlineExceeded) { // ours: whoever asked has not given up
			err = storageBusy.Because(err)
		}
		if err == nil || !unsure || !lost(err) {
			return err
		}
		if p.turnAway(err); p.closing() {
			return err
		}
	}
}

// turnAway refuses what waits and was never sent.
func (p *press) turnAway(why error) {
	for {
		select {
		case sub := <-p.waiting:
			p.answer(sub, p.store.understood(why))
		default:
			return
		}
	}
}

// raw lends pgx's own connection: database/sql has no round trip for many statements.
func (p *press) raw(ctx context.Context, f func(*pgx.Conn) error) (err error) {
	conn, err := p.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	return conn.Raw(func(driver any) error { return f(driver.(*stdlib.Conn).Conn()) })
}

// send adds records in a pipeline, which is one transaction. unsure: they may be there.
func (p *press) send(ctx context.Context, conn *pgx.Conn, batch []*submission, verdicts []error, unsure bool) error {
	var pipeline pgx.Batch
	for i, sub := range batch {
		values := sub.row.values()
		pipeline.Queue(insertPressed, values[:]...).Exec(func(done pgconn.CommandTag) error {
			if done.RowsAffected() == 0 {
				verdicts[i] = session.ErrConflict
			}
			return nil
		})
		if use := sub.row.Use; use != nil {
			values := use.values()
			pipeline.Queue(noteUse, values[:]...)
		}
		if unsure {
			pipeline.Queue(alreadyPressed, values[:3]...).QueryRow(func(row pgx.Row) error {
				var there bool
				err := row.Scan(&there)
				if there {
					verdicts[i] = nil
				}
				return err
			})
		}
	}
	return conn.SendBatch(ctx, &pipeline).Close() // which reads all answers, the commit's too
}

// withBeside writes a record and what it means, both or neither.
func (p *press) withBeside(sub *submission) error {
	values := sub.row.values()
	err := p.untilKnown(func(ctx context.Context, unsure bool) (sent bool, err error) {
		committing, err := p.attempt(ctx, func(tx *gorm.DB) error {
			db := tx.Statement.ConnPool
			done, err := db.ExecContext(ctx, insertPressed, values[:]...)
			if err != nil {
				return p.store.translated(err)
			}
			added, err := done.RowsAffected()
			if err == nil && added > 0 {
				return errors.Join(keepUse(tx, sub.row.Use), sub.beside(tx))
			}
			there := false
			if err == nil && unsure {
				err = db.QueryRowContext(ctx, alreadyPressed, values[:3]...).Scan(&there)
			}
			if err == nil && !there {
				err = session.ErrConflict
			}
			return err
		})
		return committing && lost(err), err
	})
	err = p.store.understood(err)
	if err == nil {
		p.kept(1)
	}
	return err
}

const (
	// patience is for how long a server that went away is waited for: a restart, or its
	// standby taking over. It is less than the hub gives the log.
	patience = 8 * time.Second
	// tries bounds how often a transaction is run again because of others.
	tries = 64
)

// transact runs f in a serializable transaction, and again where another one came between.
// A commit of which nobody knows whether it came about is not repeated.
func (p *press) transact(ctx context.Context, f func(tx *gorm.DB) error) error {
	return patiently(ctx, func(ctx context.Context) (again bool, err error) {
		committing, err := p.attempt(ctx, f)
		return !committing, err
	})
}

// attempt runs f in a serializable transaction, and tells whether that came to its commit.
func (p *press) attempt(ctx context.Context, f func(tx *gorm.DB) error) (committing bool, err error) {
	err = p.store.write.WithContext(withKeys(ctx, p.store.ring)).Transaction(func(tx *gorm.DB) error {
		err := f(tx)
		committing = err == nil
		return err
	}, &sql.TxOptions{Isolation: sql.LevelSerializable})
	return committing, err
}

// patiently calls f until it comes to something: at once where others came between, in
// a while where the server went away and f says that it may be called again.
func patiently(ctx context.Context, f func(context.Context) (again bool, err error)) error {
	enough, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	duplicates := 0
	for try := 1; ; try++ {
		again, err := f(ctx)
		var wait time.Duration
		switch {
		case err == nil || try >= tries:
			return err
		case collided(err):
			wait = time.Duration(rand.Int64N(int64(min(try, 20))*int64(time.Millisecond))) + 1
		case errors.Is(err, gorm.ErrDuplicatedKey) && duplicates < 3:
			// The other's row was not there yet when this one looked; now it is seen.
			duplicates++
			wait = 1
		case again && lost(err):
			wait = 100*time.Millisecond + rand.N(100*time.Millisecond)
		default:
			return err
		}
		select {
		case <-time.After(wait):
		case <-enough.Done():
			return err
		}
	}
}
