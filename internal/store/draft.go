package store

import (
	"context"
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"mend/internal/private"
	"mend/internal/seal"
	"mend/internal/session"
)

type draftWords struct {
	Step string       `json:"step"`
	Text private.Text `json:"text"`
}

type draftRow struct {
	ID      string
	KeyID   string
	Session string
	Seat    session.Seat
	SavedAt moment
	Words   draftWords `gorm:"serializer:sealed"`
}

func (draftRow) TableName() string { return "drafts" }

// SaveDraft keeps what a partner is typing: one draft a seat, under that person's key.
func (s *Store) SaveDraft(ctx context.Context, sessionID string, seat session.Seat, step string, text private.Text) error {
	p, err := s.place(ctx, sessionID)
	if err != nil {
		return err
	}
	row := draftRow{
		ID: sessionID + "/" + string(seat), KeyID: p.partners[seat], Session: sessionID, Seat: seat,
		SavedAt: momentOf(s.now()), Words: draftWords{step, text},
	}
	err = s.transact(ctx, func(tx *gorm.DB) error {
		return tx.Clauses(clause.OnConflict{
			Columns:   []clause.Column{{Name: "id"}},
			DoUpdates: clause.AssignmentColumns([]string{"saved_at", "words"}),
		}).Create(&row).Error
	})
	if errors.Is(err, seal.ErrGone) {
		return erased.Because(err)
	}
	return err
}

// Draft answers with the seat's draft; with an empty step where there is none.
func (s *Store) Draft(ctx context.Context, sessionID string, seat session.Seat) (step string, text private.Text, err error) {
	var rows []draftRow
	err = s.reading(ctx).Where("session = ? AND seat = ?", sessionID, seat).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return "", "", s.understood(err)
	}
	return rows[0].Words.Step, rows[0].Words.Text, nil
}

// DeleteDraft forgets it.
func (s *Store) DeleteDraft(ctx context.Context, sessionID string, seat session.Seat) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		return tx.Where("session = ? AND seat = ?", sessionID, seat).Delete(&draftRow{}).Error
	})
}
