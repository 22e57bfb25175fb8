package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/mattn/go-sqlite3"
	"gorm.io/gorm"

	"mend/internal/session"
)

// pen writes records on the writer's very connection, with statements that are
// prepared once: database/sql would prepare BEGIN and COMMIT anew for every
// transaction, and of a turn's time that is a part one can measure.
type pen struct {
	db   *sql.DB
	on   *sqlite3.SQLiteConn // that the statements belong to
	stmt [len(penned)]driver.StmtExecContext
	args [8]driver.NamedValue
}

const (
	begin = iota
	insert
	commit
	rollback
	note
	lax
	strict
)

var penned = [...]string{begin: "BEGIN IMMEDIATE", insert: insertEvent, commit: "COMMIT", rollback: "ROLLBACK", note: noteUse, lax: "PRAGMA synchronous = NORMAL", strict: "PRAGMA synchronous = FULL"}

// insertEvent adds a record only as the next of its session: its seq is missing,
// which no row may be, unless it is the first or follows upon one that is there.
// (To look for the highest seq would cost four times as much.) What collides with
// a record that is there is left out. Neither costs the others in the transaction
// anything.
const insertEvent = `INSERT INTO events (session, seq, command, at, by, type, key_id, payload)
VALUES (?1, CASE WHEN ?2 = 1 OR EXISTS (SELECT 1 FROM events WHERE session = ?1 AND seq = ?2 - 1) THEN ?2 END, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT DO NOTHING`

// outOfTurn tells whether insertEvent found that a record is not the next.
func outOfTurn(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && e.ExtendedCode == sqlite3.ErrConstraintNotNull
}

// write has f write in a transaction of its own, which is kept where f answers nil. It is
// not flushed: it is on the disk at the end of the next transaction that is.
func (p *pen) write(f func() error) error {
	return p.hold(func() (err error) {
		if err := p.do(lax); err != nil {
			return err
		}
		defer func() {
			if strict := p.do(strict); strict != nil { // nobody else is to write unflushed
				err = errors.Join(err, strict, driver.ErrBadConn)
			}
		}()
		return p.transact(f)
	})
}

// keep is write for what is to be on the disk once it is done.
func (p *pen) keep(f func() error) error {
	return p.hold(func() error { return p.transact(f) })
}

// hold has the connection to itself while f writes.
func (p *pen) hold(f func() error) (err error) {
	conn, err := p.db.Conn(context.Background())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	return conn.Raw(func(on any) error {
		if err := p.take(on); err != nil {
			return err
		}
		return f()
	})
}

func (p *pen) transact(f func() error) error {
	if err := p.do(begin); err != nil {
		return err
	}
	err := f()
	if err == nil {
		err = p.do(commit)
	}
	if err != nil && !p.on.AutoCommit() { // some errors have rolled back already
		return errors.Join(err, p.do(rollback))
	}
	return err
}

// take prepares the statements, where this is not the connection they belong to.
func (p *pen) take(on any) error {
	c, known := on.(*sqlite3.SQLiteConn)
	if !known {
		return fmt.Errorf("a connection of kind %T", on)
	}
	if c == p.on {
		return nil
	}
	p.drop()
	if _, err := c.ExecContext(context.Background(), atTheLatest, nil); err != nil {
		return err
	}
	for i, text := range penned {
		s, err := c.PrepareContext(context.Background(), text)
		if err != nil {
			return err
		}
		p.stmt[i] = s.(driver.StmtExecContext)
	}
	p.on = c
	return nil
}

// drop lets go of the statements: a connection with any left does not quite close.
func (p *pen) drop() {
	for i, s := range p.stmt {
		if s != nil {
			_ = s.(driver.Stmt).Close()
			p.stmt[i] = nil
		}
	}
	p.on = nil
}

func (p *pen) do(what int) error {
	_, err := p.stmt[what].ExecContext(context.Background(), nil)
	return err
}

// insert adds one record to the running transaction.
func (p *pen) insert(r *eventRow) error {
	for i, value := range r.values() {
		p.args[i] = driver.NamedValue{Ordinal: i + 1, Value: value}
	}
	return inserted(p.stmt[insert].ExecContext(context.Background(), p.args[:]))
}

// bringIn adds records that were acknowledged. One may be there already, or its couple was
// erased since.
func (p *pen) bringIn(s *Store, rows []*eventRow) error {
	for _, row := range rows {
		err := p.add(s, row)
		if err != nil && !errors.Is(err, session.ErrConflict) && !errors.Is(err, gorm.ErrForeignKeyViolated) {
			return err
		}
	}
	return nil
}

// add adds one record and the use that it notes.
func (p *pen) add(s *Store, row *eventRow) error {
	err := s.translated(p.insert(row))
	if err == nil && row.Use != nil {
		err = s.translated(p.note(row.Use))
	}
	return err
}

func (p *pen) note(u *useRow) error {
	for i, value := range u.values() {
		p.args[i] = driver.NamedValue{Ordinal: i + 1, Value: value}
	}
	_, err := p.stmt[note].ExecContext(context.Background(), p.args[:len(u.values())])
	return err
}

// values are those of insertEvent.
func (e *eventRow) values() [8]any {
	return [...]any{
		e.Session, int64(e.Seq), e.Command, int64(e.At), string(e.By), e.Type, e.KeyID, e.Payload, //nolint:gosec // a session never has 2⁶³ records
	}
}

// inserted says what became of insertEvent.
func inserted(done driver.Result, err error) error {
	if outOfTurn(err) {
		return session.ErrConflict
	}
	if err != nil {
		return err
	}
	added, err := done.RowsAffected()
	if err == nil && added == 0 {
		return session.ErrConflict
	}
	return err
}
