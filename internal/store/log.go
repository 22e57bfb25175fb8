package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/seal"
	"mend/internal/session"
)

// eventRow is a record as it is stored. Its payload is sealed by hand rather than
// by the serializer: it is bound to all the columns beside it, not to an id alone.
type eventRow struct {
	Session string `gorm:"primaryKey"`
	Seq     uint64 `gorm:"primaryKey;autoIncrement:false"`
	Command string
	At      moment
	By      session.Role
	Type    string
	KeyID   string
	Payload []byte
	Use     *useRow `gorm:"-" cbor:",omitempty"` // noted where the record comes into the table; nil for most
}

func (eventRow) TableName() string { return "events" }

// place binds a payload to its record: no column of a row can be changed, and no
// row put in another's stead, without the payload refusing to open.
func (e *eventRow) place() string {
	b := make([]byte, 0, 192)
	b = append(append(b, "events.payload/"...), e.Session...)
	b = strconv.AppendUint(append(b, '/'), e.Seq, 10)
	b = strconv.AppendInt(append(b, '/'), int64(e.At), 10)
	for _, part := range [...]string{string(e.By), e.Type, e.Command} {
		b = append(append(b, '/'), part...)
	}
	return string(b)
}

// Append adds a record to a session's log and returns once it is on disk; see Submit.
// When ctx ends first the record may or may not have been kept.
func (s *Store) Append(ctx context.Context, sessionID string, r session.Record) error {
	answer := make(chan error, 1)
	s.Submit(ctx, sessionID, r, func(err error) { answer <- err })
	select {
	case err := <-answer:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Submit adds a record to a session's log and calls answered once it is on disk,
// mostly from the writer's own goroutine, which it must not keep waiting. Where the log has moved on (its seq is not the next, or its command is known) the
// error is session.ErrConflict; where it cannot be stored just now it is a fault
// of kind Unavailable (storage_full, storage_busy, storage_failed) and nothing was
// kept. With a long queue it gives up waiting for a place in it when ctx ends.
//
// What an event means for the tables beside the log happens in the same
// transaction; see beside.
func (s *Store) Submit(ctx context.Context, sessionID string, r session.Record, answered func(error)) {
	sub, err := s.submission(ctx, sessionID, r, answered)
	if err != nil {
		answered(err)
		return
	}
	s.writer.submit(ctx, sub)
}

// submission seals a record, before and outside the writer's transaction.
func (s *Store) submission(ctx context.Context, sessionID string, r session.Record, answered func(error)) (*submission, error) {
	if opened, ok := r.Event.(session.Opened); ok && opened.Facts.Rehearsal {
		return nil, errors.New("store: a rehearsal is never kept")
	}
	p, err := s.place(ctx, sessionID)
	if err != nil {
		return nil, err
	}
	if n := len(r.Command); n < 1 || n > longestCommand { // what waits in the tail has to fit into the table
		return nil, fmt.Errorf("store: an id of %d bytes", n)
	}
	typ, payload, err := session.EncodeEvent(nameless(r.Event))
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	row := eventRow{
		Session: sessionID, Seq: r.Seq, Command: string(r.Command), At: momentOf(r.At), By: r.By,
		Type: typ, KeyID: p.keyOf(r),
	}
	key, err := s.ring.Key(ctx, row.KeyID)
	if errors.Is(err, seal.ErrGone) {
		return nil, erased.Because(err)
	}
	if err != nil {
		return nil, s.understood(err)
	}
	if row.Payload, err = key.Seal(payload, row.place()); err != nil {
		return nil, s.understood(err)
	}
	if row.Use, err = s.useOf(p, r); err != nil {
		return nil, s.understood(err)
	}
	return &submission{row: row, beside: s.beside(p, sessionID, r), answered: answered}, nil
}

// longestCommand is in bytes, as the table has it.
const longestCommand = 64

var erased = fault.New(fault.Conflict, "erased", "This person's words were erased; nothing more can be kept for them.")

// Read answers with the records after a seq, in order. A record whose key was
// destroyed reads as session.Erased.
func (s *Store) Read(ctx context.Context, sessionID string, from uint64) ([]session.Record, error) {
	p, err := s.place(ctx, sessionID)
	if err != nil {
		return nil, err
	}
	waiting, read := s.writer.pending(sessionID) // first: meanwhile they may go to the table
	last := from
	var rows []*eventRow
	err = s.reading(ctx).Where("session = ? AND seq > ?", sessionID, from).Order("seq").Find(&rows).Error
	if err != nil {
		return nil, s.understood(err)
	}
	if len(rows) > 0 {
		last = rows[len(rows)-1].Seq
	}
	rows = append(rows, after(waiting, last)...)
	if from == 0 {
		read(rows)
	}
	records := make([]session.Record, len(rows))
	for i, row := range rows {
		event, err := s.eventOf(ctx, row)
		if err != nil {
			return nil, s.understood(fmt.Errorf("session %s, seq %d: %w", sessionID, row.Seq, err))
		}
		records[i] = session.Record{
			Seq: row.Seq, At: row.At.time(), By: row.By, Command: session.CommandID(row.Command), Event: event,
		}
	}
	return records, s.understood(s.nameAgain(ctx, p, sessionID, records))
}

func (s *Store) eventOf(ctx context.Context, row *eventRow) (session.Event, error) {
	key, err := s.ring.Key(ctx, row.KeyID)
	if errors.Is(err, seal.ErrGone) {
		return session.Erased{}, nil
	}
	if err != nil {
		return nil, err
	}
	payload, err := key.Open(row.Payload, row.place())
	if err != nil {
		return nil, err
	}
	return session.DecodeEvent(row.Type, payload)
}

// sessionPlace is whose words a session holds. It never changes; who leads it may.
type sessionPlace struct {
	couple   string
	partners map[session.Seat]string
}

// keyOf names the key for a record's words: a partner's private words are under
// their own, so that they can be erased alone; the rest is the couple's.
func (p sessionPlace) keyOf(r session.Record) string {
	seat, isPartner := r.By.Seat()
	if isPartner && isPrivate(r.Event) {
		return p.partners[seat]
	}
	return p.couple
}

func isPrivate(e session.Event) bool {
	switch e := e.(type) {
	case session.Submitted:
		return e.Audience != exercise.Room
	case session.Asked, session.DialSet:
		return true
	}
	return false
}

const (
	keptPlaces = 16384       // sessions of which it is remembered whose they are
	idlePlaces = time.Minute // after which nobody seems to be there any more
)

func (s *Store) place(ctx context.Context, sessionID string) (sessionPlace, error) {
	p, before, known := s.places.Get(sessionID)
	if known {
		return p, nil
	}
	var rows []struct{ Couple, Seat, Partner string }
	err := s.reading(ctx).Table("sessions").
		Select("sessions.couple, partners.seat, partners.id AS partner").
		Joins("JOIN partners ON partners.couple = sessions.couple").
		Where("sessions.id = ?", sessionID).Scan(&rows).Error
	if err != nil {
		return p, s.understood(err)
	}
	if len(rows) == 0 {
		return p, notFound
	}
	p = sessionPlace{couple: rows[0].Couple, partners: make(map[session.Seat]string)}
	for _, row := range rows {
		p.partners[session.Seat(row.Seat)] = row.Partner
	}
	s.places.Keep(sessionID, p, before)
	return p, nil
}
