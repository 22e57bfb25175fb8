package store

import (
	"context"
	"errors"
	"strconv"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"mend/internal/account"
	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/seal"
	"mend/internal/session"
)

type homeworkLinkRow struct {
	ID        string
	Homework  string
	Seat      session.Seat
	TokenHash []byte
	CreatedAt moment `gorm:"autoCreateTime:false"`
	ExpiresAt moment
	ClaimedAt *moment
	RevokedAt *moment
}

func (homeworkLinkRow) TableName() string { return "homework_links" }

func (r homeworkLinkRow) link(now time.Time) protocol.Link {
	l := protocol.Link{ID: r.ID, For: r.Seat, State: "open", ExpiresAt: r.ExpiresAt.time(), ClaimedAt: r.ClaimedAt.timeOrNil()}
	switch {
	case r.RevokedAt != nil:
		l.State = "revoked"
	case !now.Before(l.ExpiresAt):
		l.State = "expired"
	case r.ClaimedAt != nil:
		l.State = "claimed"
	}
	return l
}

type homeworkVisitRow struct {
	ID        string
	TokenHash []byte
	Link      string
	CreatedAt moment `gorm:"autoCreateTime:false"`
	ExpiresAt moment
	RevokedAt *moment
}

func (homeworkVisitRow) TableName() string { return "homework_visits" }

type homeworkDraftRow struct {
	ID       string
	KeyID    string
	Homework string
	Seat     session.Seat
	Step     int
	SavedAt  moment
	Words    private.Text `gorm:"serializer:sealed"`
}

func (homeworkDraftRow) TableName() string { return "homework_drafts" }

var homeworkOver = fault.New(fault.Conflict, "homework_over", "This is over. Nothing more can be added to it.")

// homeworkLinks are the newest of each seat, seat one first, by homework.
func (s *Store) homeworkLinks(ctx context.Context, ids []string) (map[string][]protocol.Link, error) {
	var rows []homeworkLinkRow
	if err := s.reading(ctx).Where("homework IN ?", ids).Order("id DESC").Find(&rows).Error; err != nil {
		return nil, s.understood(err)
	}
	links := map[string][]protocol.Link{}
	for _, seat := range session.Seats() {
		found := map[string]bool{}
		for _, row := range rows {
			if row.Seat == seat && !found[row.Homework] {
				found[row.Homework] = true
				links[row.Homework] = append(links[row.Homework], row.link(s.now()))
			}
		}
	}
	return links, nil
}

// PutHomeworkLink keeps a new link; the seat's earlier ones, and the visits by them, are
// over. Links are made by account.Door.InviteHome. Fault: homework_over.
func (s *Store) PutHomeworkLink(ctx context.Context, counselor string, l account.HomeworkLink) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		of, err := ownHomework(tx, counselor, l.Homework)
		if err != nil {
			return err
		}
		if of.ClosedAt != nil || of.ReadAt != nil {
			return homeworkOver
		}
		at := momentOf(l.CreatedAt)
		if err := endHomeworkLinks(tx, at, "homework = ? AND seat = ?", l.Homework, l.Seat); err != nil {
			return err
		}
		err = tx.Create(&homeworkLinkRow{
			ID: l.ID, Homework: l.Homework, Seat: l.Seat, TokenHash: l.TokenHash[:], CreatedAt: at, ExpiresAt: momentOf(l.ExpiresAt),
		}).Error
		if err != nil {
			return err
		}
		return s.audited(tx, Deed{Actor: counselor, Action: HomeworkLinkMade, Object: "homework/" + l.Homework})
	})
}

func endHomeworkLinks(tx *gorm.DB, at moment, which string, args ...any) error {
	var links []string
	if err := tx.Model(&homeworkLinkRow{}).Where(which, args...).Pluck("id", &links).Error; err != nil {
		return err
	}
	if err := tx.Model(&homeworkLinkRow{}).Where("id IN ? AND revoked_at IS NULL", links).Update("revoked_at", at).Error; err != nil {
		return err
	}
	return endVisits(tx, at, links)
}

func endVisits(tx *gorm.DB, at moment, links []string) error {
	return tx.Model(&homeworkVisitRow{}).Where("link IN ? AND revoked_at IS NULL", links).Update("revoked_at", at).Error
}

// RevokeHomeworkLink ends a link and the visit by it.
func (s *Store) RevokeHomeworkLink(ctx context.Context, counselor, id, link string) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		if _, err := ownHomework(tx, counselor, id); err != nil {
			return err
		}
		var row homeworkLinkRow
		if err := tx.Where("id = ? AND homework = ?", link, id).Take(&row).Error; err != nil {
			return err
		}
		if err := endHomeworkLinks(tx, momentOf(s.now()), "id = ?", link); err != nil {
			return err
		}
		return s.audited(tx, Deed{Actor: counselor, Action: HomeworkLinkRevoked, Object: "homework/" + id})
	})
}

// BeginVisit opens what a link leads to; the visits before it are over, so that one
// device at a time is at it.
func (s *Store) BeginVisit(ctx context.Context, link account.Hash, v account.Visit) (account.Visit, error) {
	now := momentOf(v.CreatedAt)
	err := s.transact(ctx, func(tx *gorm.DB) error {
		var row homeworkLinkRow
		err := tx.Where("token_hash = ? AND revoked_at IS NULL AND expires_at > ?", link[:], now).Take(&row).Error
		if err != nil {
			return err
		}
		if row.ClaimedAt == nil {
			if err := tx.Model(&homeworkLinkRow{}).Where("id = ?", row.ID).Update("claimed_at", now).Error; err != nil {
				return err
			}
		}
		if err := endVisits(tx, now, []string{row.ID}); err != nil {
			return err
		}
		v.Homework, v.Seat = row.Homework, row.Seat
		v.ExpiresAt = earlier(v.ExpiresAt, row.ExpiresAt.time())
		return tx.Create(&homeworkVisitRow{
			ID: v.ID, TokenHash: v.Hash[:], Link: row.ID, CreatedAt: now, ExpiresAt: momentOf(v.ExpiresAt),
		}).Error
	})
	return v, err
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// Visit finds one that is neither revoked nor past its end.
func (s *Store) Visit(ctx context.Context, token account.Hash, now time.Time) (account.Visit, error) {
	var row homeworkVisitRow
	db := s.reading(ctx)
	err := db.Where("token_hash = ? AND revoked_at IS NULL AND expires_at > ?", token[:], momentOf(now)).Take(&row).Error
	if err != nil {
		return account.Visit{}, s.understood(err)
	}
	var link homeworkLinkRow
	if err := db.Where("id = ?", row.Link).Take(&link).Error; err != nil {
		return account.Visit{}, s.understood(err)
	}
	return account.Visit{
		ID: row.ID, Hash: token, Homework: link.Homework, Seat: link.Seat,
		CreatedAt: row.CreatedAt.time(), ExpiresAt: row.ExpiresAt.time(),
	}, nil
}

// EndVisit ends one; the link leads back.
func (s *Store) EndVisit(ctx context.Context, id string) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		return tx.Model(&homeworkVisitRow{}).Where("id = ? AND revoked_at IS NULL", id).Update("revoked_at", momentOf(s.now())).Error
	})
}

// SaveHomeworkDraft keeps what a partner is typing in a step, under that person's key;
// empty words take it away.
func (s *Store) SaveHomeworkDraft(ctx context.Context, id string, seat session.Seat, step int, text private.Text) error {
	err := s.transact(ctx, func(tx *gorm.DB) error {
		if text == "" {
			return forgetDraft(tx, id, seat, step)
		}
		var of homeworkRow
		if err := tx.Where("id = ? AND closed_at IS NULL AND read_at IS NULL", id).Take(&of).Error; err != nil {
			return err
		}
		partners, err := partnersOf(tx.Omit("name", "pronouns"), of.Couple)
		if err != nil {
			return err
		}
		row := homeworkDraftRow{
			ID: id + "/" + string(seat) + "/" + strconv.Itoa(step), KeyID: partners[of.Couple][seat].ID,
			Homework: id, Seat: seat, Step: step, SavedAt: momentOf(s.now()), Words: text,
		}
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

func forgetDraft(tx *gorm.DB, id string, seat session.Seat, step int) error {
	return tx.Where("homework = ? AND seat = ? AND step = ?", id, seat, step).Delete(&homeworkDraftRow{}).Error
}

// leaveHomework shuts one partner's ways to what was set for them, and what they typed.
func leaveHomework(tx *gorm.DB, partner partnerRow, at moment) error {
	if err := tx.Where("key_id = ?", partner.ID).Delete(&homeworkDraftRow{}).Error; err != nil {
		return err
	}
	return endHomeworkLinks(tx, at, "seat = ? AND homework IN (SELECT id FROM homework WHERE couple = ?)", partner.Seat, partner.Couple)
}

// HomeworkDrafts are a partner's, by the step's key.
func (s *Store) HomeworkDrafts(ctx context.Context, id string, seat session.Seat) (map[string]private.Text, error) {
	var rows []homeworkDraftRow
	if err := s.reading(ctx).Where("homework = ? AND seat = ?", id, seat).Find(&rows).Error; err != nil {
		return nil, s.understood(err)
	}
	drafts := make(map[string]private.Text, len(rows))
	for _, row := range rows {
		drafts[strconv.Itoa(row.Step)] = row.Words
	}
	return drafts, nil
}
