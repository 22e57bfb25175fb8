package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"mend/internal/fault"
	"mend/internal/protocol"
	"mend/internal/session"
)

// erasureRow stands in the ledger of what was erased.
type erasureRow struct {
	ID   string
	Kind string
	At   moment
}

func (erasureRow) TableName() string { return "erasures" }

var sessionLive = fault.New(fault.Conflict, "session_live",
	"A session of this couple is under way. End it first, then delete the couple.")

// EraseCouple destroys the couple's keys, and with them every word, then the rows.
// A backup made before holds both still, until it is deleted; the ledger says what
// to erase again where one is restored. It tells which sessions are gone.
// Fault: session_live.
func (s *Store) EraseCouple(ctx context.Context, counselor, couple string) (sessions []string, err error) {
	var shredded []string
	err = s.transact(ctx, func(tx *gorm.DB) error {
		row, err := ownCouple(tx, counselor, couple)
		if err != nil {
			return err
		}
		var live int64
		if err := tx.Model(&sessionRow{}).Where("couple = ? AND state = ?", couple, protocol.SessionLive).Count(&live).Error; err != nil {
			return err
		}
		if live > 0 {
			return sessionLive
		}
		if err := tx.Model(&sessionRow{}).Where("couple = ?", couple).Pluck("id", &sessions).Error; err != nil {
			return err
		}
		if err := tx.Model(&partnerRow{}).Where("couple = ?", couple).Pluck("id", &shredded).Error; err != nil {
			return err
		}
		shredded = append(shredded, couple, row.ProcessKey)
		if err := tx.Where("id IN ?", shredded).Delete(&keyRow{}).Error; err != nil {
			return err
		}
		if err := tx.Where("made IN (?)", made(tx, couple)).Delete(&createRow{}).Error; err != nil {
			return err
		}
		if err := tx.Where("id = ?", couple).Delete(&coupleRow{}).Error; err != nil { // the rest goes with it
			return err
		}
		if err := enterErasure(tx, "couple", couple, momentOf(s.now())); err != nil {
			return err
		}
		return s.audited(tx, Deed{Actor: counselor, Action: CoupleDeleted, Object: "couple/" + couple})
	})
	if err != nil {
		return nil, err
	}
	s.ring.Forget(shredded...)
	s.forgetPlaces(sessions)
	s.shred(ctx)
	return sessions, nil
}

// made are the ids of all that a repeatable create made for a couple.
func made(tx *gorm.DB, couple string) *gorm.DB {
	return tx.Raw(`SELECT ?
		UNION ALL SELECT id FROM sessions WHERE couple = ?
		UNION ALL SELECT id FROM suitability_statements WHERE couple = ?
		UNION ALL SELECT a.id FROM progress_note_addenda a JOIN progress_notes n ON n.id = a.note
			JOIN sessions s ON s.id = n.session WHERE s.couple = ?
		UNION ALL SELECT a.id FROM process_note_addenda a JOIN process_notes n ON n.id = a.note
			JOIN sessions s ON s.id = n.session WHERE s.couple = ?`, couple, couple, couple, couple, couple)
}

// shred empties the journal beside the database file: until then it holds what was
// deleted, wrapped keys among it. Whoever is reading just now may stand in the way;
// Purge comes back to it.
func (s *Store) shred(ctx context.Context) {
	if err := s.file.emptyJournal(ctx); err != nil {
		s.log.Warn("what was deleted is still in the journal", "cause", err)
	}
}

// ErasePartner destroys the key of one partner's private words and takes the name
// off; what both share stays the other's.
func (s *Store) ErasePartner(ctx context.Context, counselor, couple string, seat session.Seat) error {
	var partner partnerRow
	err := s.transact(ctx, func(tx *gorm.DB) error {
		if _, err := ownCouple(tx, counselor, couple); err != nil {
			return err
		}
		if err := tx.Where("couple = ? AND seat = ?", couple, seat).Take(&partner).Error; err != nil {
			return err
		}
		if err := tx.Where("id = ?", partner.ID).Delete(&keyRow{}).Error; err != nil {
			return err
		}
		if err := tx.Where("key_id = ?", partner.ID).Delete(&draftRow{}).Error; err != nil {
			return err
		}
		at := momentOf(s.now())
		partner.Name, partner.Pronouns, partner.ErasedAt = "", "", &at
		if err := tx.Select("Name", "Pronouns", "ErasedAt").Updates(&partner).Error; err != nil {
			return err
		}
		return enterErasure(tx, "partner", partner.ID, at)
	})
	if err != nil {
		return err
	}
	s.ring.Forget(partner.ID)
	s.shred(ctx)
	return nil
}

func enterErasure(tx *gorm.DB, kind, id string, at moment) error {
	return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&erasureRow{ID: id, Kind: kind, At: at}).Error
}
