package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"mend/internal/promise"
	"mend/internal/session"
)

// Whatever is done with a tail in whatever order, and whenever the power is cut: each record
// that was acknowledged is in the file or flushed in the table, and those of a session
// follow one upon another there.
func TestNoRecordIsEverNowhere(t *testing.T) {
	promise.Histories(t, 2000)
	rapid.Check(t, func(r *rapid.T) {
		folder, err := os.MkdirTemp(t.TempDir(), "")
		if err != nil {
			r.Fatal(err)
		}
		m := &tailModel{path: filepath.Join(folder, "mend.db-tail")}
		m.open(r)
		defer func() { _ = errors.Join(m.tail.letGo(), os.RemoveAll(folder)) }()
		move := func(r *rapid.T) {
			m.begin(r)
			m.end(r)
		}
		r.Repeat(map[string]func(*rapid.T){
			"":    func(*rapid.T) {},
			"add": m.add, "add more": m.add, "and more": m.add, "and yet more": m.add, // or it would hardly ever be full
			"move": move, "begin to move": m.begin, "be done with it": m.end,
			"cut": m.cut,
		})
		m.cut(r)
	})
}

// tailModel is what is true of the records of two sessions. Of each session it is told by
// how many, since they only ever come one after the other.
type tailModel struct {
	path string
	tail *tail

	moving       *move
	acknowledged [2]uint64
	inTable      [2]uint64
	flushed      [2]uint64 // there, and on the disk
}

func (m *tailModel) open(r *rapid.T) {
	var err error
	if m.tail, err = openTail(m.path); err != nil {
		r.Fatal(err)
	}
}

func (m *tailModel) add(r *rapid.T) {
	var rows []*eventRow
	next := m.acknowledged
	for range rapid.IntRange(1, 4).Draw(r, "records") {
		i := rapid.IntRange(0, 1).Draw(r, "session")
		next[i]++
		rows = append(rows, &eventRow{
			Session: fmt.Sprint(i), Seq: next[i], Command: "c", By: session.One,
			Payload: make([]byte, rapid.IntRange(tooLong/2, tooLong).Draw(r, "bytes")),
		})
	}
	err := m.tail.add(rows)
	if errors.Is(err, errTailFull) {
		if !m.tail.turn() {
			return // refused, until the table has taken some
		}
		err = m.tail.add(rows)
	}
	if err != nil {
		r.Fatal(err)
	}
	m.acknowledged = next
}

func (m *tailModel) begin(r *rapid.T) {
	if m.moving == nil {
		next := m.tail.next(rapid.IntRange(0, 9).Draw(r, "all") == 0)
		m.moving = &next
	}
}

func (m *tailModel) end(r *rapid.T) {
	if m.moving == nil {
		return
	}
	m.take(r, &m.inTable, m.moving.rows)
	if m.moving.flush {
		m.flushed = m.inTable
	}
	m.tail.moved(*m.moving)
	m.moving = nil
}

// take brings records into a table. It may have them already, and none may be missing.
func (m *tailModel) take(r *rapid.T, table *[2]uint64, rows []*eventRow) {
	for _, row := range rows {
		has := &table[row.Session[0]-'0']
		if row.Seq > *has+1 {
			r.Fatalf("record %d of session %s comes after %d", row.Seq, row.Session, *has)
		}
		*has = max(*has, row.Seq)
	}
}

// cut is when the power is. A table loses what was not flushed, and a server that starts
// takes up the file.
func (m *tailModel) cut(r *rapid.T) {
	left, err := leftWaiting(m.path)
	if err != nil {
		r.Fatal(err)
	}
	for what, table := range map[string][2]uint64{"a kill": m.inTable, "a power cut": m.flushed} {
		m.take(r, &table, left)
		if table != m.acknowledged {
			r.Fatalf("after %s there are %d records of %d", what, table, m.acknowledged)
		}
	}
	m.inTable, m.moving = m.flushed, nil
	if err := m.tail.letGo(); err != nil {
		r.Fatal(err)
	}
	m.open(r)
}
