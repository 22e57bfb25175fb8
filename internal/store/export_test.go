package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"

	"gorm.io/gorm"

	"mend/internal/session"
)

// Settings asks the writer's connection for a pragma.
func Settings(s *Store) func(t *testing.T, pragma string) string {
	return func(t *testing.T, pragma string) (value string) {
		t.Helper()
		if err := s.write.Raw("PRAGMA " + pragma).Scan(&value).Error; err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// WriteThroughReaders tries what must fail.
func WriteThroughReaders(s *Store) error {
	return s.read.Exec("DELETE FROM links").Error
}

// Within runs f while a transaction has written to a session's log and not committed.
func Within(s *Store, f func(), sessionID string) error {
	undone := errors.New("undone")
	err := s.transact(context.Background(), func(tx *gorm.DB) error {
		err := tx.Exec(`INSERT INTO events (session, seq, command, at, by, type, key_id, payload)
			VALUES (?, 1, 'c', 1, 'one', 'paused.v1', 'k', ?)`, sessionID, append([]byte{1}, make([]byte, 300)...)).Error
		if err != nil {
			return err
		}
		f()
		return undone
	})
	if errors.Is(err, undone) {
		return nil
	}
	return err
}

// LimitPages makes the database full at a number of pages: SQLite's own refusal,
// as on a full disk. 0 takes the limit off.
func LimitPages(s *Store, pages int) error {
	if pages == 0 {
		pages = 4294967294
	}
	var now int
	return s.write.Raw(fmt.Sprintf("PRAGMA max_page_count = %d", pages)).Scan(&now).Error
}

// PageCount is how large the database is.
func PageCount(s *Store) (n int, err error) {
	return n, s.write.Raw("PRAGMA page_count").Scan(&n).Error
}

// AppendTogether puts records into one transaction, as they are when they arrive
// together, and answers with each one's verdict. The writer must be idle.
func AppendTogether(t *testing.T, s *Store, ids []string, records []session.Record) (verdicts []error) {
	t.Helper()
	var batch []*submission
	verdicts = make([]error, len(ids))
	for i, id := range ids {
		sub, err := s.submission(t.Context(), id, records[i], func(err error) { verdicts[i] = err })
		if err != nil {
			t.Fatal(err)
		}
		batch = append(batch, sub)
	}
	switch w := s.writer.(type) {
	case *writer:
		done := make(chan struct{})
		w.asks <- func() {
			w.commit(batch)
			close(done)
		}
		<-done
	case *press:
		w.commit(batch)
	}
	return verdicts
}

// BringIn brings the whole log into its table.
func BringIn(s *Store) error {
	if w, ok := s.writer.(*writer); ok {
		return w.settled(context.Background(), func() error { return nil })
	}
	return nil
}

// Busy keeps the writer at something else until it is released.
func Busy(s *Store) (release func()) {
	w, held := s.writer.(*writer), make(chan struct{})
	w.asks <- func() { <-held }
	return func() { close(held) }
}

// BreakTail has every later write to the tail fail.
func BreakTail(s *Store) error {
	w, done := s.writer.(*writer), make(chan error)
	w.asks <- func() {
		readOnly, err := os.Open(w.tail.file.Name())
		if err == nil {
			w.tail.file, w.tail.adds = readOnly, readOnly
		}
		done <- err
	}
	return <-done
}

// BreakFlush has the next flush of SQLite's log fail.
func BreakFlush(s *Store) error {
	w, done := s.writer.(*writer), make(chan error)
	w.asks <- func() {
		notOfADisk, other, err := os.Pipe()
		if err == nil {
			err = other.Close()
			w.mover.journal.file = notOfADisk
		}
		done <- err
	}
	return <-done
}

// LeaveInTail is a write whose flush fails after it came to the disk: nobody is told that
// the record was kept.
func LeaveInTail(t *testing.T, s *Store, id string, r session.Record) {
	t.Helper()
	sub, err := s.submission(t.Context(), id, r, nil)
	if err != nil {
		t.Fatal(err)
	}
	w, done := s.writer.(*writer), make(chan error)
	w.asks <- func() {
		now := *w.tail.now()
		blocks := slices.Clone(w.tail.blocks[:now.end%blockSize])
		err := w.tail.add([]*eventRow{&sub.row})
		*w.tail.now(), w.tail.broken = now, true
		copy(w.tail.blocks, blocks)
		done <- err
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

// Learns reads a log, and says what it read only when it is told to.
func Learns(t *testing.T, s *Store, id string) (say func()) {
	t.Helper()
	rows, learn := s.writer.pending(id)
	var table []*eventRow
	if err := s.reading(t.Context()).Where("session = ?", id).Order("seq").Find(&table).Error; err != nil {
		t.Fatal(err)
	}
	return func() { learn(append(table, rows...)) }
}

// HomeworkPayloads are the opened payloads of a homework's log, as they were stored.
func (s *Store) HomeworkPayloads(ctx context.Context, id string) (all []string, err error) {
	var rows []homeworkEventRow
	if err := s.reading(ctx).Where("homework = ?", id).Order("seq").Find(&rows).Error; err != nil {
		return nil, err
	}
	for i := range rows {
		key, err := s.ring.Key(ctx, rows[i].KeyID)
		if err != nil {
			return nil, err
		}
		payload, err := key.Open(rows[i].Payload, rows[i].place())
		if err != nil {
			return nil, err
		}
		all = append(all, string(payload))
	}
	return all, nil
}

// Migrated brings an empty database of PostgreSQL's to this program's schema.
func Migrated(url string) error {
	p, err := postgresAt(url, false)
	if err != nil {
		return err
	}
	db := p.openWriter()
	return errors.Join(p.migrate(context.Background(), db), db.Close())
}

// PlanOfNotOwn is how SQLite finds the people whose names each start looks for.
func PlanOfNotOwn(s *Store) (plan string, err error) {
	var step struct{ Detail string }
	err = s.read.Raw("EXPLAIN QUERY PLAN SELECT * FROM partners WHERE " + notOwn).Scan(&step).Error
	return step.Detail, err
}

// Statements has what is asked of the database taken down from now on, with question marks
// for what differs from one asking to the next; taken empties the list.
func Statements(s *Store) (taken func() []string, err error) {
	var mu sync.Mutex
	var all []string
	note := func(db *gorm.DB) {
		mu.Lock()
		defer mu.Unlock()
		all = append(all, db.Statement.SQL.String())
	}
	for _, db := range []*gorm.DB{s.read, s.write} {
		c := db.Callback()
		err = errors.Join(err,
			c.Query().After("gorm:query").Register("taken", note), c.Row().After("gorm:row").Register("taken", note),
			c.Raw().After("gorm:raw").Register("taken", note), c.Create().After("gorm:create").Register("taken", note),
			c.Update().After("gorm:update").Register("taken", note), c.Delete().After("gorm:delete").Register("taken", note))
	}
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		taken := all
		all = nil
		return taken
	}, err
}
