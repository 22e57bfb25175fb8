package store

import (
	"context"

	"gorm.io/gorm"

	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
)

// holdRow keeps a couple's record from being deleted, by whomever, until it is lifted.
type holdRow struct {
	ID        string
	KeyID     string
	Couple    string
	Counselor string
	At        moment
	LiftedBy  *string
	LiftedAt  *moment
	Reason    private.Text `gorm:"serializer:sealed"`
}

func (holdRow) TableName() string { return "holds" }

var (
	onHold      = fault.New(fault.Conflict, "on_hold", "This record is on hold. Nothing of it may be deleted until the hold is lifted.")
	alreadyHeld = fault.New(fault.Conflict, "already_held", "This record is on hold already.")
)

// holdOn is the hold that stands on a couple's record; nil where there is none.
func holdOn(db *gorm.DB, couple string) (*holdRow, error) {
	var rows []holdRow
	err := db.Where("couple = ? AND lifted_at IS NULL", couple).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &rows[0], nil
}

// holding is the hold as the desk shows it; nil where there is none.
func holding(db *gorm.DB, couple string) (*protocol.Hold, error) {
	row, err := holdOn(db, couple)
	if err != nil || row == nil {
		return nil, err
	}
	var by counselorRow
	if err := db.Where("id = ?", row.Counselor).Take(&by).Error; err != nil {
		return nil, err
	}
	return &protocol.Hold{At: row.At.time(), By: by.Name, Reason: row.Reason}, nil
}

// Hold puts a couple's record on hold. Fault: already_held.
func (s *Store) Hold(ctx context.Context, counselor, couple string, reason private.Text, once Once) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		if _, err := ownCouple(tx, counselor, couple); err != nil {
			return err
		}
		_, err := s.once(tx, counselor, "hold/"+couple, once, func() (string, error) {
			if standing, err := holdOn(tx, couple); err != nil || standing != nil {
				if err == nil {
					err = alreadyHeld
				}
				return "", err
			}
			row := holdRow{ID: newID(), KeyID: couple, Couple: couple, Counselor: counselor, At: momentOf(s.now()), Reason: reason}
			if err := tx.Create(&row).Error; err != nil {
				return "", err
			}
			return row.ID, s.audited(tx, Deed{Actor: counselor, Action: HoldSet, Object: "couple/" + couple})
		})
		return err
	})
}

// LiftHold lets a couple's record be deleted again. Not found where none stands.
func (s *Store) LiftHold(ctx context.Context, counselor, couple string) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		if _, err := ownCouple(tx, counselor, couple); err != nil {
			return err
		}
		at := momentOf(s.now())
		lifted := tx.Model(&holdRow{}).Where("couple = ? AND lifted_at IS NULL", couple).
			Updates(map[string]any{"lifted_by": counselor, "lifted_at": at}) // neither is sealed
		switch {
		case lifted.Error != nil:
			return lifted.Error
		case lifted.RowsAffected == 0:
			return notFound
		}
		return s.audited(tx, Deed{Actor: counselor, Action: HoldLifted, Object: "couple/" + couple})
	})
}
