package store

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

var sessionLive = fault.New(fault.Conflict, "session_live",
	"A session of this couple is under way. End it first.")

// mayErase refuses where somebody is in the room, or where the record is on hold.
func mayErase(tx *gorm.DB, couple string) error {
	var live int64
	if err := tx.Model(&sessionRow{}).Where("couple = ? AND state = ?", couple, protocol.SessionLive).Count(&live).Error; err != nil {
		return err
	}
	if live > 0 {
		return sessionLive
	}
	standing, err := holdOn(tx, couple)
	if err == nil && standing != nil {
		err = onHold
	}
	return err
}

// EraseCouple destroys the couple's keys, and with them every word, then the rows.
// A backup has none of these keys (sqlite_backup.go); the ledger says what to erase again
// where one is restored. It tells which sessions are gone. Faults: session_live, on_hold.
func (s *Store) EraseCouple(ctx context.Context, counselor, couple string) (sessions []string, err error) {
	var shredded []string
	err = s.transact(ctx, func(tx *gorm.DB) (err error) {
		if _, err := ownCouple(tx, counselor, couple); err != nil {
			return err
		}
		if err := mayErase(tx, couple); err != nil {
			return err
		}
		if sessions, shredded, err = destroyCouple(tx, couple, momentOf(s.now())); err != nil {
			return err
		}
		return s.audited(tx, Deed{Actor: counselor, Action: CoupleDeleted, Object: "couple/" + couple})
	})
	if err != nil {
		return nil, err
	}
	s.erased(ctx, erasedCouple, couple, sessions, shredded)
	return sessions, nil
}

// erased forgets what was destroyed wherever else it is known.
func (s *Store) erased(ctx context.Context, kind erasedKind, id string, sessions, keys []string) {
	s.entered(kind, id)
	s.ring.Forget(keys...)
	s.places.Forget(sessions...)
	s.shred(ctx, sessions...)
}

// destroyCouple takes a couple away, where there is one: keys first.
func destroyCouple(tx *gorm.DB, couple string, at moment) (sessions, shredded []string, err error) {
	if err := tx.Model(&sessionRow{}).Where("couple = ?", couple).Pluck("id", &sessions).Error; err != nil {
		return nil, nil, err
	}
	if err := tx.Model(&partnerRow{}).Where("couple = ?", couple).Pluck("id", &shredded).Error; err != nil {
		return nil, nil, err
	}
	var process []string
	if err := tx.Model(&coupleRow{}).Where("id = ?", couple).Pluck("process_key", &process).Error; err != nil {
		return nil, nil, err
	}
	others, err := otherProcessKeys(tx, couple)
	if err != nil {
		return nil, nil, err
	}
	shredded = append(append(append(shredded, couple), process...), others...)
	if err := tx.Where("id IN ?", shredded).Delete(&keyRow{}).Error; err != nil {
		return nil, nil, err
	}
	if err := tx.Where("made IN (?)", made(tx, couple)).Delete(&createRow{}).Error; err != nil {
		return nil, nil, err
	}
	if err := tx.Where("id = ?", couple).Delete(&coupleRow{}).Error; err != nil { // the rest goes with it
		return nil, nil, err
	}
	return sessions, shredded, enterErasure(tx, erasedCouple, couple, at)
}

// made are the ids of all that a repeatable create made for a couple.
func made(tx *gorm.DB, couple string) *gorm.DB {
	return tx.Raw(`SELECT ?
		UNION ALL SELECT id FROM sessions WHERE couple = ?
		UNION ALL SELECT id FROM suitability_statements WHERE couple = ?
		UNION ALL SELECT id FROM agreement_reviews WHERE couple = ?
		UNION ALL SELECT id FROM homework WHERE couple = ?
		UNION ALL SELECT id FROM holds WHERE couple = ?
		UNION ALL SELECT id FROM releases WHERE couple = ?
		UNION ALL SELECT a.id FROM progress_note_addenda a JOIN progress_notes n ON n.id = a.note
			JOIN sessions s ON s.id = n.session WHERE s.couple = ?
		UNION ALL SELECT a.id FROM process_note_addenda a JOIN process_notes n ON n.id = a.note
			JOIN sessions s ON s.id = n.session WHERE s.couple = ?`, couple, couple, couple, couple, couple, couple, couple, couple, couple)
}

// shred empties the journals beside the database file: until then they hold what was
// deleted, wrapped keys among it. Whoever is reading just now may stand in the way;
// Purge comes back to it.
func (s *Store) shred(ctx context.Context, sessions ...string) {
	if err := errors.Join(s.writer.erased(ctx, sessions), s.engine.emptyJournal(ctx)); err != nil {
		s.log.Warn("what was deleted is still in the journal", "cause", err)
	}
}

// ErasePartner destroys the key of one partner's name and private words; what both
// share stays the other's. The couple is called label from now on, since what it was
// called may hold the name; left as it is where label is empty. Faults: session_live,
// on_hold, partner_erased. It tells of which sessions, not over yet, the seat is closed.
func (s *Store) ErasePartner(ctx context.Context, counselor, couple string, seat session.Seat, label private.Text) (closed []string, err error) {
	var partner partnerRow
	err = s.transact(ctx, func(tx *gorm.DB) error {
		row, err := ownCouple(tx, counselor, couple)
		if err != nil {
			return err
		}
		err = tx.Select("id", "couple", "seat", "erased_at").Where("couple = ? AND seat = ?", couple, seat).Take(&partner).Error
		if err != nil {
			return err
		}
		if partner.ErasedAt != nil {
			return partnerErased
		}
		if err := mayErase(tx, couple); err != nil {
			return err
		}
		if label != "" {
			row.Label = label
			if err := tx.Select("Label").Updates(&row).Error; err != nil {
				return err
			}
		}
		at := momentOf(s.now())
		if closed, err = closeSeat(tx, couple, seat, at); err != nil {
			return err
		}
		if err := destroyPartner(tx, partner, at); err != nil {
			return err
		}
		return s.audited(tx, Deed{Actor: counselor, Action: PartnerErased, Object: "partner/" + partner.ID})
	})
	if err != nil {
		return nil, err
	}
	s.erased(ctx, erasedPartner, partner.ID, nil, []string{partner.ID})
	return closed, nil
}

var partnerErased = fault.New(fault.Conflict, "partner_erased",
	"One of the two was erased at their request. What is kept stays readable; nothing new is begun.")

// closeSeat ends a partner's ways into sessions that are not over.
func closeSeat(tx *gorm.DB, couple string, seat session.Seat, at moment) (sessions []string, err error) {
	err = tx.Model(&sessionRow{}).Where("couple = ? AND state <> ?", couple, protocol.SessionEnded).Pluck("id", &sessions).Error
	if err != nil {
		return nil, err
	}
	for _, id := range sessions {
		if err := endLinks(tx, id, seat, at); err != nil {
			return nil, err
		}
	}
	return sessions, nil
}

// destroyPartner takes one partner's key, drafts and name; the row stays, so that the
// other's record keeps its two seats.
func destroyPartner(tx *gorm.DB, partner partnerRow, at moment) error {
	if err := leaveHomework(tx, partner, at); err != nil {
		return err
	}
	if err := leaveReleases(tx, partner, at); err != nil {
		return err
	}
	if err := tx.Where("id = ?", partner.ID).Delete(&keyRow{}).Error; err != nil {
		return err
	}
	for _, own := range []any{&draftRow{}, &sessionNameRow{}, &shareRow{}} {
		if err := tx.Where("key_id = ?", partner.ID).Delete(own).Error; err != nil {
			return err
		}
	}
	// The empty name is sealed under the couple's key: this person has none any more.
	partner.KeyID = partner.Couple
	partner.Name, partner.Pronouns, partner.ErasedAt = "", "", &at
	if err := tx.Select("KeyID", "Name", "Pronouns", "ErasedAt").Updates(&partner).Error; err != nil {
		return err
	}
	return enterErasure(tx, erasedPartner, partner.ID, at)
}

// destroyProcess takes all process notes about a couple, each counselor's with its key,
// and gives the couple a new key for later ones. It tells which keys are gone.
func destroyProcess(tx *gorm.DB, couple coupleRow, at moment) (keys []string, err error) {
	if keys, err = otherProcessKeys(tx, couple.ID); err != nil {
		return nil, err
	}
	keys = append(keys, couple.ProcessKey)
	for _, key := range keys {
		if err := destroyProcessKey(tx, couple, key, at); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// otherProcessKeys are those of a couple's former counselors and co-therapists.
func otherProcessKeys(tx *gorm.DB, couple string) (keys []string, err error) {
	return keys, tx.Model(&processKeyRow{}).Where("couple = ?", couple).Pluck("key", &keys).Error
}

// destroyProcessKey takes one counselor's process notes about a couple with their key.
func destroyProcessKey(tx *gorm.DB, couple coupleRow, key string, at moment) error {
	if err := tx.Where("id = ?", key).Delete(&keyRow{}).Error; err != nil {
		return err
	}
	made := tx.Raw(`SELECT a.id FROM process_note_addenda a JOIN process_notes n ON n.id = a.note WHERE n.key_id = ?`, key)
	if err := tx.Where("made IN (?)", made).Delete(&createRow{}).Error; err != nil {
		return err
	}
	if err := tx.Table("process_notes").Where("key_id = ?", key).Delete(&noteRow{}).Error; err != nil {
		return err
	}
	if err := enterErasure(tx, erasedProcess, key, at); err != nil {
		return err
	}
	if key != couple.ProcessKey { // whoever writes again is given a new one then
		return tx.Where("couple = ? AND key = ?", couple.ID, key).Delete(&processKeyRow{}).Error
	}
	of, err := counselorOf(tx, couple.Counselor)
	if err != nil {
		return err
	}
	next := newID()
	if err := newKey(tx, processKey, next, of.Practice, at); err != nil {
		return err
	}
	return tx.Model(&coupleRow{}).Where("id = ?", couple.ID).Update("process_key", next).Error
}
