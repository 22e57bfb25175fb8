package store

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"mend/internal/account"
	"mend/internal/fault"
	"mend/internal/protocol"
	"mend/internal/session"
)

type linkRow struct {
	ID         string
	Session    string
	Seat       session.Seat
	TokenHash  []byte
	CodeMark   []byte // nil: the code is used up
	CodeEndsAt moment
	CreatedAt  moment `gorm:"autoCreateTime:false"`
	ExpiresAt  moment
	ClaimedAt  *moment
	RevokedAt  *moment
}

func (linkRow) TableName() string { return "links" }

func (r linkRow) link(now time.Time) protocol.Link {
	l := protocol.Link{ID: r.ID, For: r.Seat, State: "open", ExpiresAt: r.ExpiresAt.time(), ClaimedAt: r.ClaimedAt.timeOrNil()}
	switch {
	case r.RevokedAt != nil:
		l.State = "revoked"
	case r.ClaimedAt != nil:
		l.State = "claimed"
	case !now.Before(l.ExpiresAt):
		l.State = "expired"
	}
	return l
}

var (
	sessionOver = fault.New(fault.Conflict, "session_ended", "This session has ended.")
	linkOver    = fault.New(fault.NotFound, "link_over", "This link or code does not open a session. Please ask your counselor for a new one.")
)

// PutLink keeps a new link of the counselor's own session; the seat's earlier
// links, and what was signed in through them, are over. Links are made by
// account.Door.Invite. Faults: session_ended, code_taken.
func (s *Store) PutLink(ctx context.Context, counselor string, l account.Link) error {
	mark, err := s.codeMark(l.Code)
	if err != nil {
		return err
	}
	return s.transact(ctx, func(tx *gorm.DB) error {
		of, err := ownSession(tx, counselor, l.Session)
		if err != nil {
			return err
		}
		if of.State == protocol.SessionEnded {
			return sessionOver
		}
		if err := endLinks(tx, l.Session, l.Seat, momentOf(l.CreatedAt)); err != nil {
			return err
		}
		err = tx.Create(&linkRow{
			ID: l.ID, Session: l.Session, Seat: l.Seat, TokenHash: l.TokenHash[:],
			CodeMark: mark, CodeEndsAt: momentOf(l.CodeEndsAt), CreatedAt: momentOf(l.CreatedAt), ExpiresAt: momentOf(l.ExpiresAt),
		}).Error
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			return account.ErrCodeTaken.Because(err)
		}
		if err != nil {
			return err
		}
		return s.audited(tx, Deed{Actor: counselor, Action: LinkMade, Object: "session/" + l.Session})
	})
}

func (s *Store) codeMark(code string) ([]byte, error) {
	mark, err := s.index.Mark("links.code", code)
	return mark, s.understood(err)
}

// endLinks revokes a seat's links and ends what was signed in through them.
func endLinks(tx *gorm.DB, sessionID string, seat session.Seat, at moment) error {
	err := tx.Model(&linkRow{}).Where("session = ? AND seat = ? AND revoked_at IS NULL", sessionID, seat).
		Updates(map[string]any{"revoked_at": at, "code_mark": nil}).Error
	if err != nil {
		return err
	}
	return endSeat(tx, sessionID, seat, at)
}

func endSeat(tx *gorm.DB, sessionID string, seat session.Seat, at moment) error {
	return tx.Model(&signInRow{}).Where("session = ? AND seat = ? AND revoked_at IS NULL", sessionID, seat).
		Update("revoked_at", at).Error
}

// ClaimLink takes an open link for good: one conditional UPDATE, so that of two
// who press at once one gets in. Links are claimed by account.Door.Join.
func (s *Store) ClaimLink(ctx context.Context, t account.Ticket, in account.SignIn) (account.SignIn, error) {
	now := momentOf(in.CreatedAt)
	shown, args := "token_hash = ?", []any{t.TokenHash[:]}
	if t.Code != "" {
		mark, err := s.codeMark(t.Code)
		if err != nil {
			return in, err
		}
		shown, args = "code_mark = ? AND code_ends_at > ?", []any{mark, now}
	}
	err := s.transact(ctx, func(tx *gorm.DB) error {
		var found []linkRow
		if err := tx.Where(shown, args...).Limit(1).Find(&found).Error; err != nil {
			return err
		}
		if len(found) == 0 {
			return linkOver
		}
		link := found[0]
		claim := tx.Model(&linkRow{}).
			Where("id = ? AND claimed_at IS NULL AND revoked_at IS NULL AND expires_at > ?", link.ID, now).
			Where("NOT EXISTS (SELECT 1 FROM sessions WHERE sessions.id = links.session AND sessions.state = 'ended')").
			Updates(map[string]any{"claimed_at": now, "code_mark": nil})
		if claim.Error != nil {
			return claim.Error
		}
		if claim.RowsAffected != 1 {
			return linkOver
		}
		in.Session, in.Seat, in.Link = link.Session, link.Seat, link.ID
		return tx.Create(signInRowOf(in)).Error
	})
	return in, err
}

// RevokeLink ends a link of the counselor's own session and what was signed in
// through it, and tells whose seat that frees: "" where the link was over already,
// for then somebody else may sit there by a newer one.
func (s *Store) RevokeLink(ctx context.Context, counselor, sessionID, link string) (freed session.Seat, err error) {
	now := momentOf(s.now())
	err = s.transact(ctx, func(tx *gorm.DB) error {
		if _, err := ownSession(tx, counselor, sessionID); err != nil {
			return err
		}
		var row linkRow
		if err := tx.Where("id = ? AND session = ?", link, sessionID).Take(&row).Error; err != nil {
			return err
		}
		if row.RevokedAt != nil {
			return nil
		}
		freed = row.Seat
		err := tx.Model(&linkRow{}).Where("id = ?", link).
			Updates(map[string]any{"revoked_at": now, "code_mark": nil}).Error
		if err != nil {
			return err
		}
		err = tx.Model(&signInRow{}).Where("link = ? AND revoked_at IS NULL", link).Update("revoked_at", now).Error
		if err != nil {
			return err
		}
		return s.audited(tx, Deed{Actor: counselor, Action: LinkRevoked, Object: "session/" + sessionID})
	})
	return freed, err
}

// LeaveSeat ends the seat's sign-ins and opens its claimed link again, so that
// whoever left may come back by the same link until it expires.
func (s *Store) LeaveSeat(ctx context.Context, sessionID string, seat session.Seat) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		err := tx.Model(&linkRow{}).Where("session = ? AND seat = ? AND revoked_at IS NULL", sessionID, seat).
			Update("claimed_at", nil).Error
		if err != nil {
			return err
		}
		return endSeat(tx, sessionID, seat, momentOf(s.now()))
	})
}
