package store

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
)

type handOverRow struct {
	ID     string
	KeyID  string
	Couple string
	Former string
	Next   string
	By     string
	At     moment
	Reason private.Text `gorm:"serializer:sealed"`
}

func (handOverRow) TableName() string { return "hand_overs" }

// processKeyRow is the key of one counselor's process notes about a couple, where it
// is not the couple's present process key.
type processKeyRow struct {
	Couple    string
	Counselor string
	Key       string
}

func (processKeyRow) TableName() string { return "process_keys" }

var (
	handOverLive = fault.New(fault.Conflict, "hand_over_live",
		"A session of this couple is under way. End it first, then hand the couple over.")
	handOverReason = fault.New(fault.Invalid, "hand_over_reason",
		"This couple's counselor is active. Write down why you hand it over in their place.").At("reason")
	nobodyElse = fault.New(fault.Invalid, "no_such_colleague", "Choose an active counselor of your practice.").At("to")
)

// HandedOver is what a hand-over changed: whose couple it was, and which of its
// sessions people may be in just now.
type HandedOver struct {
	Former   string
	Sessions []string // that are not over
}

// HandOver gives a couple to another counselor of the practice: by its counselor, or
// by an owner with a reason, or without one where its counselor is deactivated. The
// process notes stay the former counselor's, under a key of their own. Faults:
// hand_over_live, hand_over_reason, no_such_colleague.
func (s *Store) HandOver(ctx context.Context, counselor, couple string, h protocol.HandOver) (done HandedOver, err error) {
	err = s.transact(ctx, func(tx *gorm.DB) error {
		done = HandedOver{}
		by, err := activeCounselor(tx, counselor)
		if err != nil {
			return err
		}
		row, err := coupleToHandOver(tx, by, couple, h.Reason)
		if err != nil {
			return err
		}
		next, err := colleagueOf(tx, by.Practice, h.To)
		if errors.Is(err, gorm.ErrRecordNotFound) || err == nil && next.ID == row.Counselor {
			return nobodyElse
		}
		if err != nil {
			return err
		}
		var open []sessionRow
		err = tx.Select("id", "state").Where("couple = ? AND state <> ?", couple, protocol.SessionEnded).Find(&open).Error
		if err != nil {
			return err
		}
		done.Former = row.Counselor
		for _, session := range open {
			if session.State == protocol.SessionLive {
				return handOverLive
			}
			done.Sessions = append(done.Sessions, session.ID)
		}
		return s.handOver(tx, by, row, next, h.Reason)
	})
	return done, err
}

// coupleToHandOver finds a couple that somebody may hand over. One that is not theirs
// is not there, but for an owner.
func coupleToHandOver(tx *gorm.DB, by counselorRow, couple string, reason private.Text) (row coupleRow, err error) {
	if err := tx.Select("id", "key_id", "counselor", "process_key").Where("id = ?", couple).Take(&row).Error; err != nil {
		return row, err
	}
	if row.Counselor == by.ID {
		return row, nil
	}
	var has counselorRow
	err = tx.Select("id", "deactivated_at").Where("id = ? AND practice = ?", row.Counselor, by.Practice).Take(&has).Error
	switch {
	case err != nil:
		return row, err
	case by.Role != protocol.Owner:
		return row, notFound
	case has.DeactivatedAt == nil && reason == "":
		return row, handOverReason
	}
	return row, nil
}

func (s *Store) handOver(tx *gorm.DB, by counselorRow, couple coupleRow, next counselorRow, reason private.Text) error {
	at := momentOf(s.now())
	err := tx.Create(&processKeyRow{Couple: couple.ID, Counselor: couple.Counselor, Key: couple.ProcessKey}).Error
	if err != nil {
		return err
	}
	// Who has a key for process notes about this couple already keeps it.
	key, err := takeProcessKey(tx, couple.ID, next, at)
	if err != nil {
		return err
	}
	err = tx.Model(&coupleRow{}).Where("id = ?", couple.ID).Updates(map[string]any{"counselor": next.ID, "process_key": key}).Error
	if err != nil {
		return err
	}
	if err := tx.Model(&sessionRow{}).Where("couple = ?", couple.ID).Update("counselor", next.ID).Error; err != nil {
		return err
	}
	ours := tx.Model(&sessionRow{}).Select("id").Where("couple = ?", couple.ID)
	if err := tx.Where("counselor = ? AND session IN (?)", next.ID, ours).Delete(&coTherapistRow{}).Error; err != nil {
		return err
	}
	err = tx.Create(&handOverRow{
		ID: newID(), KeyID: couple.ID, Couple: couple.ID, Former: couple.Counselor, Next: next.ID, By: by.ID, At: at, Reason: reason,
	}).Error
	if err != nil {
		return err
	}
	return s.audited(tx, Deed{Actor: by.ID, Action: CoupleHandedOver, Object: "couple/" + couple.ID})
}

// takeProcessKey is the key of a couple's next counselor: an own one from before, or a
// new one.
func takeProcessKey(tx *gorm.DB, couple string, next counselorRow, at moment) (string, error) {
	had, err := otherProcessKey(tx, couple, next.ID)
	if err != nil {
		return "", err
	}
	if had != "" {
		return had, tx.Where("couple = ? AND counselor = ?", couple, next.ID).Delete(&processKeyRow{}).Error
	}
	key := newID()
	return key, newKey(tx, processKey, key, next.Practice, at)
}

// otherProcessKey is "" where a counselor has none beside the couple's own.
func otherProcessKey(db *gorm.DB, couple, counselor string) (string, error) {
	var rows []processKeyRow
	err := db.Where("couple = ? AND counselor = ?", couple, counselor).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return rows[0].Key, nil
}

// processKeyOf is the key of a counselor's process notes about a couple, made where
// there is none yet.
func processKeyOf(tx *gorm.DB, couple, counselor string, at moment) (string, error) {
	var row coupleRow
	if err := tx.Select("id", "counselor", "process_key").Where("id = ?", couple).Take(&row).Error; err != nil {
		return "", err
	}
	if row.Counselor == counselor {
		return row.ProcessKey, nil
	}
	had, err := otherProcessKey(tx, couple, counselor)
	if err != nil || had != "" {
		return had, err
	}
	of, err := activeCounselor(tx, counselor)
	if err != nil {
		return "", err
	}
	key := newID()
	if err := newKey(tx, processKey, key, of.Practice, at); err != nil {
		return "", err
	}
	return key, tx.Create(&processKeyRow{Couple: couple, Counselor: counselor, Key: key}).Error
}

// takenOver says of a counselor's couple from whom it came last; nil where it was
// theirs from the beginning.
func takenOver(db *gorm.DB, counselor, couple string) (*protocol.TakenOver, error) {
	var rows []handOverRow
	err := db.Where("couple = ? AND next = ?", couple, counselor).Order("id DESC").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	of, err := names(db, []string{rows[0].Former})
	return &protocol.TakenOver{From: of[rows[0].Former], At: rows[0].At.time(), Reason: rows[0].Reason}, err
}

// Given lists the couples that a counselor handed over and has not been given back,
// newest first, each with the sessions of which they keep a process note.
func (s *Store) Given(ctx context.Context, counselor string) (protocol.FormerCoupleList, error) {
	list := protocol.FormerCoupleList{Items: []protocol.FormerCouple{}}
	db := s.reading(ctx)
	var rows []handOverRow
	err := db.Omit("reason").Where("former = ?", counselor).
		Where("NOT EXISTS (SELECT 1 FROM couples WHERE couples.id = hand_overs.couple AND couples.counselor = ?)", counselor).
		Where("id = (SELECT max(last.id) FROM hand_overs last WHERE last.couple = hand_overs.couple AND last.former = ?)", counselor).
		Order("id DESC").Find(&rows).Error
	if err != nil {
		return list, s.understood(err)
	}
	to, err := names(db, idsOf(rows, func(r handOverRow) string { return r.Next }))
	if err != nil {
		return list, s.understood(err)
	}
	var notes []struct {
		Session, Couple string
		HeldAt          *moment
	}
	err = db.Table("process_notes").
		Select("sessions.id AS session, sessions.couple, sessions.started_at AS held_at").
		Joins("JOIN sessions ON sessions.id = process_notes.session").
		Where("process_notes.counselor = ? AND sessions.couple IN ?", counselor, idsOf(rows, func(r handOverRow) string { return r.Couple })).
		Order("sessions.id DESC").Scan(&notes).Error
	if err != nil {
		return list, s.understood(err)
	}
	for _, row := range rows {
		given := protocol.FormerCouple{Couple: row.Couple, To: to[row.Next], At: row.At.time(), Notes: []protocol.OwnNote{}}
		for _, note := range notes {
			if note.Couple == row.Couple {
				given.Notes = append(given.Notes, protocol.OwnNote{Session: note.Session, HeldAt: note.HeldAt.timeOrNil()})
			}
		}
		list.Items = append(list.Items, given)
	}
	return list, nil
}
