package store

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"mend/internal/session"
)

// agreementRow is what both signed, kept beside the log so that the next session
// can read it back. The log is the source; beside.go keeps the two together.
type agreementRow struct {
	ID          string
	KeyID       string
	Couple      string
	Session     string
	SignedAt    moment
	WithdrawnBy *session.Seat
	WithdrawnAt *moment
	Wording     session.Wording `gorm:"serializer:sealed"`
}

func (agreementRow) TableName() string { return "agreements" }

// keepAgreement upserts: signed again in the same step, it is the same agreement
// with newer words. An id that another session made is never written over.
func keepAgreement(tx *gorm.DB, couple, sessionID string, a session.Agreement) error {
	kept := tx.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "id"}},
		DoUpdates: clause.AssignmentColumns([]string{"wording", "signed_at", "withdrawn_by", "withdrawn_at"}),
		Where:     clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "agreements.session = excluded.session"}}},
	}).Create(&agreementRow{
		ID: a.ID, KeyID: couple, Couple: couple, Session: sessionID, SignedAt: momentOf(a.SignedAt), Wording: a.Wording,
	})
	if kept.Error == nil && kept.RowsAffected == 0 {
		return errors.New("an agreement of another session has this id")
	}
	return kept.Error
}

// agreements of a couple, newest first.
func agreements(db *gorm.DB, couple string, now time.Time, all bool) ([]session.Agreement, error) {
	query := db.Where("couple = ?", couple).Order("signed_at DESC, id DESC")
	if !all {
		query = query.Where("withdrawn_at IS NULL")
	}
	var rows []agreementRow
	if err := query.Find(&rows).Error; err != nil {
		return nil, err
	}
	list := make([]session.Agreement, 0, len(rows))
	for _, row := range rows {
		if !all && row.expired(now) {
			continue
		}
		list = append(list, row.agreement())
	}
	return list, nil
}

func (r agreementRow) agreement() session.Agreement {
	return session.Agreement{ID: r.ID, Wording: r.Wording, SignedAt: r.SignedAt.time(), Withdrawn: r.WithdrawnBy}
}

// expired tells whether the last day of an agreement is over; dates compare as text.
func (r agreementRow) expired(now time.Time) bool {
	over := r.Wording.Expires
	return over != "" && over < now.UTC().Format(time.DateOnly)
}

// Agreements of a couple, newest first; all of them, or those in force alone: not
// withdrawn, and not past the day they expire.
func (s *Store) Agreements(ctx context.Context, counselor, couple string, all bool) ([]session.Agreement, error) {
	db := s.reading(ctx)
	if _, err := ownCouple(db, counselor, couple); err != nil {
		return nil, s.understood(err)
	}
	list, err := agreements(db, couple, s.now(), all)
	return list, s.understood(err)
}
