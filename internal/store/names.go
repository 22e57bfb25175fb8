package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"mend/internal/private"
	"mend/internal/session"
)

// sessionNameRow is what a partner was called when a session was opened. The log is
// the couple's and cannot be changed; a name is one person's, and goes with them.
type sessionNameRow struct {
	ID      string
	KeyID   string
	Session string
	Seat    session.Seat
	Name    private.Text `gorm:"serializer:sealed"`
}

func (sessionNameRow) TableName() string { return "session_names" }

// nameless is an event as its payload is kept: without the partners' names.
func nameless(e session.Event) session.Event {
	if opened, ok := e.(session.Opened); ok {
		opened.Facts.People.One, opened.Facts.People.Two = "", ""
		return opened
	}
	return e
}

// keepNames puts them beside the log, in the transaction that keeps the event. Nobody
// who was erased has a name to keep.
func keepNames(tx *gorm.DB, p sessionPlace, sessionID string, people session.People) error {
	for _, seat := range session.Seats() {
		name := people.One
		if seat == session.SeatTwo {
			name = people.Two
		}
		if name == "" {
			continue
		}
		row := sessionNameRow{ID: sessionID + "/" + string(seat), KeyID: p.partners[seat], Session: sessionID, Seat: seat, Name: name}
		kept := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoUpdates: clause.AssignmentColumns([]string{"name"})})
		if err := kept.Create(&row).Error; err != nil {
			return err
		}
	}
	return nil
}

// nameAgain puts the names back into a session's log as it is read. A log from before
// names were kept beside it has them still; of somebody erased they are not told.
func (s *Store) nameAgain(ctx context.Context, p sessionPlace, sessionID string, records []session.Record) error {
	for i := range records {
		opened, ok := records[i].Event.(session.Opened)
		if !ok {
			continue
		}
		db := s.reading(ctx)
		var rows []sessionNameRow
		if err := db.Where("session = ?", sessionID).Find(&rows).Error; err != nil {
			return err
		}
		var gone []session.Seat
		if err := db.Model(&partnerRow{}).Where("couple = ? AND erased_at IS NOT NULL", p.couple).Pluck("seat", &gone).Error; err != nil {
			return err
		}
		people := &opened.Facts.People
		at := map[session.Seat]*private.Text{session.SeatOne: &people.One, session.SeatTwo: &people.Two}
		for _, row := range rows {
			*at[row.Seat] = row.Name
		}
		for _, seat := range gone {
			*at[seat] = ""
		}
		records[i].Event = opened
	}
	return nil
}
