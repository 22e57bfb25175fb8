package store

import (
	"time"

	"gorm.io/gorm"

	"mend/internal/session"
)

// SeatsLast is how long a partner's sign-in outlives the end of their session: to
// read what was agreed and to clear the phone in peace.
const SeatsLast = 2 * time.Hour

// beside is what an event means for the tables beside the log, and whoever was told of it
// may ask them for: nil for most.
func (s *Store) beside(p sessionPlace, sessionID string, r session.Record) func(tx *gorm.DB) error {
	at := momentOf(r.At)
	moved := func(changes map[string]any, when string, args ...any) func(*gorm.DB) error {
		return func(tx *gorm.DB) error {
			return tx.Model(&sessionRow{}).Where("id = ?", sessionID).Where(when, args...).Updates(changes).Error
		}
	}
	switch e := r.Event.(type) {
	case session.Opened:
		return func(tx *gorm.DB) error {
			if err := moved(map[string]any{"state": "open", "opened_at": at}, "state = ?", "planned")(tx); err != nil {
				return err
			}
			return keepNames(tx, p, sessionID, e.Facts.People)
		}
	case session.Admitted:
		return moved(map[string]any{"state": "live", "started_at": at}, "started_at IS NULL")
	case session.Ended:
		return func(tx *gorm.DB) error {
			if err := moved(map[string]any{"state": "ended", "ended_at": at}, "ended_at IS NULL")(tx); err != nil {
				return err
			}
			return endSession(tx, sessionID, r.At)
		}
	case session.AgendaSet:
		return func(tx *gorm.DB) error {
			row := sessionRow{ID: sessionID, KeyID: p.couple, Agenda: e.Agenda}
			return tx.Select("Agenda").Updates(&row).Error // a struct: the serializer seals it
		}
	case session.ExerciseStarted:
		if len(e.Homework) == 0 {
			return nil
		}
		return func(tx *gorm.DB) error { return readBack(tx, p.couple, sessionID, e.Homework, r.At) }
	case session.Removed:
		return func(tx *gorm.DB) error { return endLinks(tx, sessionID, e.Seat, at) }
	case session.Consented:
		seat, _ := r.By.Seat()
		return func(tx *gorm.DB) error {
			return tx.Create(&consentRow{ID: newID(), Session: sessionID, Seat: seat, Policy: e.Policy, At: at}).Error
		}
	case session.Signed:
		if e.Concluded == nil {
			return nil
		}
		return func(tx *gorm.DB) error { return keepAgreement(tx, p.couple, sessionID, *e.Concluded) }
	case session.Withdrawn:
		seat, _ := r.By.Seat()
		return func(tx *gorm.DB) error {
			return tx.Model(&agreementRow{}).Where("id = ? AND couple = ? AND withdrawn_at IS NULL", e.Agreement, p.couple).
				Updates(map[string]any{"withdrawn_by": seat, "withdrawn_at": at}).Error
		}
	}
	return nil
}

// endSession clears away what only a running session needs.
func endSession(tx *gorm.DB, sessionID string, ended time.Time) error {
	last := momentOf(ended.Add(SeatsLast))
	for _, held := range []any{&signInRow{}, &linkRow{}} {
		err := tx.Model(held).Where("session = ? AND expires_at > ?", sessionID, last).Update("expires_at", last).Error
		if err != nil {
			return err
		}
	}
	return tx.Where("session = ?", sessionID).Delete(&draftRow{}).Error
}
