package rehearsal

import (
	"context"
	"slices"
	"sync"

	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/session"
)

// maxRecords bounds what one rehearsal may grow to: some thirty hours of a session.
const maxRecords = 10_000

var (
	errGone = fault.New(fault.NotFound, "not_found", "There is nothing here, or it is not yours.")
	errFull = fault.New(fault.Conflict, "rehearsal_full", "This rehearsal has grown too long. Please begin a new one.")
)

// Log is hub.Log and hub.Drafts in memory. Only a session that was begun can be
// written to, and ending it forgets every word.
type Log struct {
	mu    sync.Mutex
	books map[string]*book
}

// book is all that is kept of one rehearsal.
type book struct {
	records  []session.Record
	commands map[session.CommandID]bool
	drafts   map[session.Seat]draft
}

type draft struct {
	step string
	text private.Text
}

// NewLog is a log in which nothing was begun.
func NewLog() *Log { return &Log{books: map[string]*book{}} }

// Begin opens a session's log.
func (l *Log) Begin(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.books[id] = &book{commands: map[session.CommandID]bool{}, drafts: map[session.Seat]draft{}}
}

// End forgets it.
func (l *Log) End(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.books, id)
}

// Submit keeps a record; see hub.Log.
func (l *Log) Submit(ctx context.Context, id string, r session.Record, answered func(error)) {
	answered(l.add(ctx, id, r))
}

func (l *Log) add(ctx context.Context, id string, r session.Record) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.books[id]
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case b == nil:
		return errGone
	case r.Seq != uint64(len(b.records))+1 || b.commands[r.Command]:
		return session.ErrConflict
	case len(b.records) >= maxRecords:
		return errFull
	}
	b.records = append(b.records, r)
	b.commands[r.Command] = true
	return nil
}

// Read answers with the records after a seq; see hub.Log.
func (l *Log) Read(_ context.Context, id string, after uint64) ([]session.Record, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.books[id]
	if b == nil {
		return nil, errGone
	}
	return slices.Clone(b.records[min(after, uint64(len(b.records))):]), nil
}

// SaveDraft keeps what a pretend partner is typing; see hub.Drafts.
func (l *Log) SaveDraft(_ context.Context, id string, seat session.Seat, step string, text private.Text) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.books[id]
	if b == nil {
		return errGone
	}
	b.drafts[seat] = draft{step, text}
	return nil
}

// Draft answers with what was being typed, and with an empty step where nothing was.
func (l *Log) Draft(_ context.Context, id string, seat session.Seat) (string, private.Text, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.books[id]
	if b == nil {
		return "", "", errGone
	}
	return b.drafts[seat].step, b.drafts[seat].text, nil
}

// DeleteDraft forgets it.
func (l *Log) DeleteDraft(_ context.Context, id string, seat session.Seat) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if b := l.books[id]; b != nil {
		delete(b.drafts, seat)
	}
	return nil
}
