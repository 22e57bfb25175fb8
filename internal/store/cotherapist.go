package store

import (
	"context"
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
)

// coTherapistRow is a second counselor in one session.
type coTherapistRow struct {
	Session   string
	Counselor string
	AddedAt   moment
}

func (coTherapistRow) TableName() string { return "co_therapists" }

// coTherapists of a session, in the order in which they were added.
func coTherapists(db *gorm.DB, sessionID string) ([]protocol.Colleague, error) {
	list := []protocol.Colleague{}
	var rows []coTherapistRow
	if err := db.Where("session = ?", sessionID).Order("added_at, counselor").Find(&rows).Error; err != nil || len(rows) == 0 {
		return list, err
	}
	of, err := names(db, idsOf(rows, func(r coTherapistRow) string { return r.Counselor }))
	for _, row := range rows {
		list = append(list, protocol.Colleague{ID: row.Counselor, Name: of[row.Counselor]})
	}
	return list, err
}

// counselorsOf names who leads a session and who shares it.
func counselorsOf(db *gorm.DB, row sessionRow) (private.Text, error) {
	of, err := names(db, []string{row.Counselor})
	if err != nil {
		return "", err
	}
	others, err := coTherapists(db, row.ID)
	all := of[row.Counselor]
	for _, other := range others {
		all += " & " + other.Name
	}
	return all, err
}

var (
	sessionBegun = fault.New(fault.Conflict, "session_begun",
		"Somebody was let in already. They were told who reads, so nobody can be added to this session any more.")
	tooManyColleagues = fault.New(fault.Conflict, "too_many_colleagues", "There is room for two colleagues beside you.")
)

const maxCoTherapists = 2

// AddCoTherapist gives a colleague a counselor's rights in one session, until anybody
// was let in: from then on partners write for those whom they were told of. Only who
// leads the session may. Faults: session_begun, too_many_colleagues, no_such_colleague.
func (s *Store) AddCoTherapist(ctx context.Context, counselor, sessionID, colleague string) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		row, err := ledSession(tx, counselor, sessionID)
		if err != nil {
			return err
		}
		if row.StartedAt != nil || row.EndedAt != nil {
			return sessionBegun
		}
		of, err := counselorOf(tx, counselor)
		if err != nil {
			return err
		}
		other, err := colleagueOf(tx, of.Practice, colleague)
		if errors.Is(err, gorm.ErrRecordNotFound) || err == nil && other.ID == counselor {
			return nobodyElse
		}
		if err != nil {
			return err
		}
		added := tx.Clauses(clause.OnConflict{DoNothing: true}).
			Create(&coTherapistRow{Session: sessionID, Counselor: colleague, AddedAt: momentOf(s.now())})
		if added.Error != nil || added.RowsAffected == 0 {
			return added.Error
		}
		var there int64
		if err := tx.Model(&coTherapistRow{}).Where("session = ?", sessionID).Count(&there).Error; err != nil {
			return err
		}
		if there > maxCoTherapists {
			return tooManyColleagues
		}
		return s.audited(tx, Deed{Actor: counselor, Action: CoTherapistAdded, Object: "session/" + sessionID})
	})
}

// RemoveCoTherapist takes the rights back: whoever leads the session may, and the
// colleague themselves.
func (s *Store) RemoveCoTherapist(ctx context.Context, counselor, sessionID, colleague string) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		row, err := ownSession(tx, counselor, sessionID)
		if err != nil {
			return err
		}
		if row.Counselor != counselor && colleague != counselor {
			return notFound
		}
		removed := tx.Where("session = ? AND counselor = ?", sessionID, colleague).Delete(&coTherapistRow{})
		if removed.Error != nil {
			return removed.Error
		}
		if removed.RowsAffected == 0 {
			return notFound
		}
		return s.audited(tx, Deed{Actor: counselor, Action: CoTherapistRemoved, Object: "session/" + sessionID})
	})
}

// ledSession is a session of the counselor's own couple.
func ledSession(db *gorm.DB, counselor, sessionID string) (row sessionRow, err error) {
	return row, db.Omit("agenda").Where("id = ? AND counselor = ?", sessionID, counselor).Take(&row).Error
}

// CounselorsOf names who leads a session and who shares it, as its people are told.
func (s *Store) CounselorsOf(ctx context.Context, sessionID string) (private.Text, error) {
	db := s.reading(ctx)
	var row sessionRow
	if err := db.Select("id", "counselor").Where("id = ?", sessionID).Take(&row).Error; err != nil {
		return "", s.understood(err)
	}
	named, err := counselorsOf(db, row)
	return named, s.understood(err)
}
