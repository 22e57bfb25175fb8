package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"mend/internal/account"
	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/record"
	"mend/internal/session"
)

// shareRow is a page that was shared. KeyID is the reader's own where it is for one
// partner, so that it goes with them, and the couple's where it is for both.
type shareRow struct {
	ID        string
	KeyID     string
	Session   string
	Counselor string
	Reader    record.Reader
	TokenHash []byte
	MadeAt    moment
	ExpiresAt moment
	RevokedAt *moment
	Chosen    chosen `gorm:"serializer:sealed"`
}

func (shareRow) TableName() string { return "shares" }

// chosen are the ids of what is on the page, which tell of steps, and the counselor's line.
type chosen struct {
	Include []string     `json:"include"`
	Message private.Text `json:"message,omitempty"`
}

func (r shareRow) share(couple string) protocol.ShareRow {
	return protocol.ShareRow{
		ID: r.ID, Session: r.Session, Couple: couple, Counselor: r.Counselor, For: r.Reader,
		MadeAt: r.MadeAt.time(), ExpiresAt: r.ExpiresAt.time(), RevokedAt: r.RevokedAt.timeOrNil(),
		Include: r.Chosen.Include, Message: r.Chosen.Message,
	}
}

var sessionNotOver = fault.New(fault.Conflict, "session_not_over", "This session is not over yet. Its pages can be shared once it is.")

// PutShare keeps a page that was shared. Faults: session_not_over, partner_erased.
func (s *Store) PutShare(ctx context.Context, counselor string, p protocol.ShareRow, token account.Hash) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		of, err := ownSession(tx.Omit("agenda"), counselor, p.Session)
		if err != nil {
			return err
		}
		if of.State != protocol.SessionEnded || of.Imported {
			return sessionNotOver
		}
		row := shareRow{
			ID: p.ID, KeyID: of.Couple, Session: p.Session, Counselor: counselor, Reader: p.For, TokenHash: token[:],
			MadeAt: momentOf(p.MadeAt), ExpiresAt: momentOf(p.ExpiresAt), Chosen: chosen{Include: p.Include, Message: p.Message},
		}
		if seat, one := p.For.Seat(); one {
			partners, err := partnersOf(tx.Omit("name", "pronouns"), of.Couple)
			if err != nil {
				return err
			}
			if partners[of.Couple][seat].ErasedAt != nil {
				return partnerErased
			}
			row.KeyID = partners[of.Couple][seat].ID
		}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		return s.audited(tx, Deed{Actor: counselor, Action: ShareMade, Object: "session/" + p.Session})
	})
}

// Shares of a session that the counselor leads or shares, newest first.
func (s *Store) Shares(ctx context.Context, counselor, sessionID string) ([]protocol.ShareRow, error) {
	db := s.reading(ctx)
	of, err := ownSession(db.Omit("agenda"), counselor, sessionID)
	if err != nil {
		return nil, s.understood(err)
	}
	var rows []shareRow
	if err := db.Where("session = ?", sessionID).Order("id DESC").Find(&rows).Error; err != nil {
		return nil, s.understood(err)
	}
	list := make([]protocol.ShareRow, len(rows))
	for i, row := range rows {
		list[i] = row.share(of.Couple)
	}
	return list, nil
}

// Share is one of them.
func (s *Store) Share(ctx context.Context, counselor, sessionID, id string) (protocol.ShareRow, error) {
	db := s.reading(ctx)
	of, err := ownSession(db.Omit("agenda"), counselor, sessionID)
	if err != nil {
		return protocol.ShareRow{}, s.understood(err)
	}
	var row shareRow
	err = db.Where("id = ? AND session = ?", id, sessionID).Take(&row).Error
	return row.share(of.Couple), s.understood(err)
}

// RevokeShare ends a page at once.
func (s *Store) RevokeShare(ctx context.Context, counselor, sessionID, id string) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		if _, err := ownSession(tx.Omit("agenda"), counselor, sessionID); err != nil {
			return err
		}
		var row shareRow
		if err := tx.Select("id", "revoked_at").Where("id = ? AND session = ?", id, sessionID).Take(&row).Error; err != nil {
			return err
		}
		if row.RevokedAt != nil {
			return nil
		}
		if err := tx.Model(&shareRow{}).Where("id = ?", id).Update("revoked_at", momentOf(s.now())).Error; err != nil {
			return err
		}
		return s.audited(tx, Deed{Actor: counselor, Action: ShareRevoked, Object: "session/" + sessionID})
	})
}

// OpenShare finds the page that a token leads to, where it can still be read. It writes
// nothing: that a page was read is nobody's business.
func (s *Store) OpenShare(ctx context.Context, token account.Hash, now time.Time) (protocol.ShareRow, error) {
	db := s.reading(ctx)
	var row shareRow
	err := db.Where("token_hash = ? AND revoked_at IS NULL AND expires_at > ?", token[:], momentOf(now)).Take(&row).Error
	if err != nil {
		return protocol.ShareRow{}, s.understood(err)
	}
	var of sessionRow
	err = db.Select("id", "couple").Where("id = ?", row.Session).Take(&of).Error
	return row.share(of.Couple), s.understood(err)
}

// SharedBy is what a page says of its session beside the log: the practice, and which
// names are no longer told.
func (s *Store) SharedBy(ctx context.Context, sessionID string) (protocol.Practice, map[session.Seat]time.Time, error) {
	db := s.reading(ctx)
	var of sessionRow
	if err := db.Select("id", "couple", "counselor").Where("id = ?", sessionID).Take(&of).Error; err != nil {
		return protocol.Practice{}, nil, s.understood(err)
	}
	partners, err := partnersOf(db.Omit("name", "pronouns"), of.Couple)
	if err != nil {
		return protocol.Practice{}, nil, s.understood(err)
	}
	_, practice, err := counselorAndPractice(db, of.Counselor)
	return practice.practice(), partners[of.Couple].erased(), s.understood(err)
}
