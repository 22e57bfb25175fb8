package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"mend/internal/exercise"
	"mend/internal/session"
)

// BenchmarkAppend measures durable appends a second, beside what SQLite itself can
// do with the same rows, committed in groups, by hand and unsealed ("floor").
func BenchmarkAppend(b *testing.B) {
	for _, sessions := range []int{1, 100, 1000} {
		b.Run(fmt.Sprintf("sessions=%d/store", sessions), func(b *testing.B) {
			h := newHouse(b)
			couple := h.couple()
			ids := make([]string, sessions)
			for i := range ids {
				ids[i] = h.session(couple)
			}
			event := submitted(strings.Repeat("word ", 30), exercise.Room)
			before := h.Counters()
			drive(b, sessions, func(i int, seq uint64) error {
				return h.Append(context.Background(), ids[i], record(seq, session.One, event))
			})
			after := h.Counters()
			b.ReportMetric(float64(after.Commits-before.Commits)/float64(after.Appends-before.Appends), "commits/append")
		})
		b.Run(fmt.Sprintf("sessions=%d/floor", sessions), func(b *testing.B) {
			floor := newFloor(b)
			drive(b, sessions, func(i int, seq uint64) error { return floor.append(i, seq) })
		})
	}
}

// drive lets each session append one after the other, all sessions at once.
func drive(b *testing.B, sessions int, appendTo func(i int, seq uint64) error) {
	var left atomic.Int64
	left.Store(int64(b.N))
	var all sync.WaitGroup
	b.ResetTimer()
	for i := range sessions {
		all.Go(func() {
			for seq := uint64(1); left.Add(-1) >= 0; seq++ {
				if err := appendTo(i, seq); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "appends/s")
}

type floor struct {
	db      *sql.DB
	insert  *sql.Stmt
	waiting chan floorRow
}

type floorRow struct {
	i    int
	seq  uint64
	done chan error
}

func newFloor(b *testing.B) *floor {
	db, err := sql.Open("sqlite3", filepath.Join(b.TempDir(), "floor.db")+"?_journal_mode=WAL&_synchronous=FULL&_txlock=immediate")
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE TABLE events (session TEXT NOT NULL, seq INTEGER NOT NULL, command TEXT NOT NULL, at INTEGER NOT NULL,
		by TEXT NOT NULL, type TEXT NOT NULL, key_id TEXT NOT NULL, payload BLOB NOT NULL,
		PRIMARY KEY (session, seq), UNIQUE (session, command)) STRICT`); err != nil {
		b.Fatal(err)
	}
	f := &floor{db: db, waiting: make(chan floorRow, 512)}
	if f.insert, err = db.Prepare("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)"); err != nil {
		b.Fatal(err)
	}
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		for first := range f.waiting {
			f.commit(first)
		}
	}()
	b.Cleanup(func() {
		close(f.waiting)
		<-finished
		_ = db.Close()
	})
	return f
}

func (f *floor) commit(first floorRow) {
	batch := []floorRow{first}
gather:
	for len(batch) < 512 {
		select {
		case next, more := <-f.waiting:
			if !more {
				break gather
			}
			batch = append(batch, next)
		default:
			break gather
		}
	}
	payload := make([]byte, 290)
	tx, err := f.db.Begin()
	for _, row := range batch {
		if err == nil {
			_, err = tx.Stmt(f.insert).Exec(fmt.Sprintf("019300a0-0000-7000-8000-%012d", row.i), row.seq,
				uuid.Must(uuid.NewV7()).String(), int64(row.seq), "one", "submitted.v1", "019300a0-0000-7000-8000-000000000000", payload)
		}
	}
	if err == nil {
		err = tx.Commit()
	}
	for _, row := range batch {
		row.done <- err
	}
}

func (f *floor) append(i int, seq uint64) error {
	row := floorRow{i, seq, make(chan error, 1)}
	f.waiting <- row
	return <-row.done
}
