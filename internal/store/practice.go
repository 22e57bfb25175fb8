package store

import (
	"context"
	"errors"
	"strings"

	"gorm.io/gorm"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

type practiceRow struct {
	ID        string
	KeyID     string
	CreatedAt moment         `gorm:"autoCreateTime:false"`
	Name      private.Text   `gorm:"serializer:sealed"`
	Policy    session.Policy `gorm:"serializer:sealed"`
	Help      string         `gorm:"serializer:sealed"`
	LeaveTo   string         `gorm:"serializer:sealed"`
}

func (practiceRow) TableName() string { return "practices" }

func (r practiceRow) practice() protocol.Practice {
	return protocol.Practice{ID: r.ID, Name: r.Name, Policy: r.Policy, Help: r.Help, Leave: r.LeaveTo}
}

type counselorRow struct {
	ID           string
	KeyID        string
	Practice     string
	EmailMark    []byte
	PasswordHash string
	HasPassword  bool
	Language     exercise.Language
	Role         protocol.PracticeRole
	CreatedAt    moment `gorm:"autoCreateTime:false"`

	DeactivatedAt *moment

	Name  private.Text `gorm:"serializer:sealed"`
	Email string       `gorm:"serializer:sealed"`
}

func (counselorRow) TableName() string { return "counselors" }

// Me tells a counselor who they are.
func (s *Store) Me(ctx context.Context, counselor string) (protocol.Me, error) {
	c, p, err := counselorAndPractice(s.reading(ctx), counselor)
	if err != nil {
		return protocol.Me{}, s.understood(err)
	}
	shelf, err := s.index.Mark("desk.shelf", c.ID)
	return protocol.Me{
		ID: c.ID, Name: c.Name, Email: c.Email, Role: c.Role, Language: c.Language, Practice: p.practice(), ShelfKey: shelf,
	}, s.understood(err)
}

// MeChange says what of an account to change; nil leaves as it is.
type MeChange struct {
	Name     *private.Text
	Email    *string
	Language *exercise.Language
}

// UpdateMe changes what a counselor may change of their own account. Fault: email_taken.
func (s *Store) UpdateMe(ctx context.Context, counselor string, c MeChange) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		row, _, err := counselorAndPractice(tx, counselor)
		if err != nil {
			return err
		}
		set(&row.Name, c.Name)
		set(&row.Language, c.Language)
		if c.Email != nil {
			row.Email = strings.TrimSpace(*c.Email)
			if row.EmailMark, err = s.index.Mark("counselors.email", foldEmail(row.Email)); err != nil {
				return err
			}
		}
		err = tx.Select("Name", "Email", "EmailMark", "Language").Updates(&row).Error
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			return emailTaken.Because(err)
		}
		if err != nil || c.Email == nil {
			return err
		}
		return s.audited(tx, onAccount(EmailChanged, counselor))
	})
}

func counselorAndPractice(db *gorm.DB, counselor string) (c counselorRow, p practiceRow, err error) {
	if err = db.Where("id = ?", counselor).Take(&c).Error; err != nil {
		return c, p, err
	}
	err = db.Where("id = ?", c.Practice).Take(&p).Error
	return c, p, err
}

// PracticeChange says what to change; nil leaves as it is. A change of the policy
// (secrets or its text) raises the policy's version: consents name the version.
type PracticeChange struct {
	Name    *private.Text
	Secrets *session.Secrets
	Text    *string // the policy's own wording, Markdown
	Help    *string // Markdown
	Leave   *string
}

// UpdatePractice changes the practice of an owner.
func (s *Store) UpdatePractice(ctx context.Context, owner string, c PracticeChange) (protocol.Practice, error) {
	var p practiceRow
	err := s.transact(ctx, func(tx *gorm.DB) (err error) {
		if _, err := ownerOf(tx, owner); err != nil {
			return err
		}
		if _, p, err = counselorAndPractice(tx, owner); err != nil {
			return err
		}
		policy := p.Policy
		set(&p.Name, c.Name)
		set(&p.Help, c.Help)
		set(&p.LeaveTo, c.Leave)
		set(&policy.Secrets, c.Secrets)
		set(&policy.Text, c.Text)
		if policy != p.Policy {
			policy.Version++
			p.Policy = policy
		}
		if err := tx.Select("Name", "Policy", "Help", "LeaveTo").Updates(&p).Error; err != nil {
			return err
		}
		return s.audited(tx, Deed{Actor: owner, Action: PracticeChanged, Object: "practice/" + p.ID})
	})
	return p.practice(), err
}

// set changes what a change names.
func set[T any](old *T, to *T) {
	if to != nil {
		*old = *to
	}
}

// HousePractice is the practice that this house was set up for, for pages that
// nobody needs to sign in for. Not found before set-up.
func (s *Store) HousePractice(ctx context.Context) (protocol.Practice, error) {
	var p practiceRow
	err := s.reading(ctx).Order("id").First(&p).Error
	return p.practice(), s.understood(err)
}

// SessionPractice is the practice of a session, for a partner's pages.
func (s *Store) SessionPractice(ctx context.Context, sessionID string) (protocol.Practice, error) {
	lead, err := s.Leads(ctx, sessionID)
	if err != nil {
		return protocol.Practice{}, err
	}
	_, p, err := counselorAndPractice(s.reading(ctx), lead)
	return p.practice(), s.understood(err)
}
