package store

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"mend/internal/protocol"
	"mend/internal/session"
)

// SessionTaken writes down that a session's record is about to be handed out. Nothing
// is handed out where this fails.
func (s *Store) SessionTaken(ctx context.Context, counselor, sessionID string, how Action) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		if _, err := ownSession(tx.Omit("agenda"), counselor, sessionID); err != nil {
			return err
		}
		return s.audited(tx, Deed{Actor: counselor, Action: how, Object: "session/" + sessionID})
	})
}

// CoupleTaken writes down the same of a couple's whole record.
func (s *Store) CoupleTaken(ctx context.Context, counselor, couple string, how Action) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		if _, err := ownCouple(tx, counselor, couple); err != nil {
			return err
		}
		return s.audited(tx, Deed{Actor: counselor, Action: how, Object: "couple/" + couple})
	})
}

// Suitabilities are all statements on a couple, oldest first.
func (s *Store) Suitabilities(ctx context.Context, counselor, couple string) ([]session.Suitability, error) {
	db := s.reading(ctx)
	if _, err := ownCouple(db, counselor, couple); err != nil {
		return nil, s.understood(err)
	}
	var rows []suitabilityRow
	if err := db.Where("couple = ?", couple).Order("id").Find(&rows).Error; err != nil {
		return nil, s.understood(err)
	}
	list := make([]session.Suitability, len(rows))
	for i, row := range rows {
		list[i] = row.suitability()
	}
	return list, nil
}

// Appointment is when a session is planned for.
type Appointment struct {
	Session string
	Starts  time.Time
	Minutes int
	Made    time.Time // when the session was planned
}

// Appointments are the times of a counselor's sessions that have one and have not
// begun, the next first; of one couple where one is named.
func (s *Store) Appointments(ctx context.Context, counselor, couple string) ([]Appointment, error) {
	db := s.reading(ctx)
	query := db.Omit("agenda").Where("counselor = ? AND starts_at IS NOT NULL AND started_at IS NULL AND ended_at IS NULL", counselor)
	if couple != "" {
		if _, err := ownCouple(db, counselor, couple); err != nil {
			return nil, s.understood(err)
		}
		query = query.Where("couple = ?", couple)
	}
	var rows []sessionRow
	if err := query.Order("starts_at, id").Find(&rows).Error; err != nil {
		return nil, s.understood(err)
	}
	list := make([]Appointment, len(rows))
	for i, row := range rows {
		list[i] = row.appointment()
	}
	return list, nil
}

// Appointment answers with a session's planned time, also once it has begun. Found is
// false where it has none.
func (s *Store) Appointment(ctx context.Context, counselor, sessionID string) (a Appointment, found bool, err error) {
	row, err := ownSession(s.reading(ctx).Omit("agenda"), counselor, sessionID)
	if err != nil || row.StartsAt == nil {
		return a, false, s.understood(err)
	}
	return row.appointment(), true, nil
}

func (r sessionRow) appointment() Appointment {
	return Appointment{Session: r.ID, Starts: r.StartsAt.time(), Minutes: r.Minutes, Made: r.CreatedAt.time()}
}

// WholeCouple is what an export of a couple's record begins with: the couple, with
// every agreement there was, and every session, oldest first.
func (s *Store) WholeCouple(ctx context.Context, counselor, couple string) (protocol.Couple, error) {
	c, err := s.Couple(ctx, counselor, couple)
	if err != nil {
		return c, err
	}
	if c.Agreements, err = s.Agreements(ctx, counselor, couple, true); err != nil {
		return c, err
	}
	slices.Reverse(c.Sessions)
	return c, nil
}
