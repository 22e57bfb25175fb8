package store

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"mend/internal/account"
	"mend/internal/fault"
	"mend/internal/private"
)

// passkeyRow is a passkey. Its name is its owner's words, and the record tells of the
// device; it is found again by the hash of an id that a device made up at random.
type passkeyRow struct {
	ID             string
	KeyID          string
	Counselor      string
	CredentialHash []byte
	CreatedAt      moment `gorm:"autoCreateTime:false"`
	UsedAt         *moment
	Name           private.Text `gorm:"serializer:sealed"`
	Credential     string       `gorm:"serializer:sealed"`
}

func (passkeyRow) TableName() string { return "passkeys" }

func (r passkeyRow) passkey() account.Passkey {
	return account.Passkey{
		ID: r.ID, Counselor: r.Counselor, Name: r.Name, Hash: account.Hash(r.CredentialHash),
		Credential: []byte(r.Credential), CreatedAt: r.CreatedAt.time(), UsedAt: r.UsedAt.timeOrNil(),
	}
}

type challengeRow struct {
	Hash      []byte `gorm:"primaryKey"`
	Purpose   account.Purpose
	SignIn    *string
	ExpiresAt moment
}

func (challengeRow) TableName() string { return "challenges" }

var (
	passkeyKnown    = fault.New(fault.Conflict, "passkey_known", "This passkey is in use here already.")
	tooManyPasskeys = fault.New(fault.Conflict, "too_many_passkeys", "There are twenty passkeys already. Please remove one that you no longer use.")
)

// PutChallenge keeps a challenge until it is answered or runs out.
func (s *Store) PutChallenge(ctx context.Context, c account.Challenge) error {
	row := challengeRow{Hash: c.Hash[:], Purpose: c.Purpose, ExpiresAt: momentOf(c.ExpiresAt)}
	if c.SignIn != "" {
		row.SignIn = &c.SignIn
	}
	return s.transact(ctx, func(tx *gorm.DB) error { return tx.Create(&row).Error })
}

// TakeChallenge takes a challenge away: one DELETE, so that of two answers one counts.
func (s *Store) TakeChallenge(ctx context.Context, c account.Challenge, now time.Time) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		mine := tx.Where("sign_in IS NULL")
		if c.SignIn != "" {
			mine = tx.Where("sign_in = ?", c.SignIn)
		}
		taken := tx.Where("hash = ? AND purpose = ? AND expires_at > ?", c.Hash[:], c.Purpose, momentOf(now)).
			Where(mine).Delete(&challengeRow{})
		if taken.Error == nil && taken.RowsAffected == 0 {
			return notFound
		}
		return taken.Error
	})
}

// Passkeys lists a counselor's passkeys, oldest first.
func (s *Store) Passkeys(ctx context.Context, counselor string) ([]account.Passkey, error) {
	var rows []passkeyRow
	err := s.reading(ctx).Where("counselor = ?", counselor).Order("id").Find(&rows).Error
	all := make([]account.Passkey, len(rows))
	for i, row := range rows {
		all[i] = row.passkey()
	}
	return all, s.understood(err)
}

// PutPasskey keeps a new passkey.
func (s *Store) PutPasskey(ctx context.Context, p account.Passkey) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		of, _, err := counselorAndPractice(tx, p.Counselor)
		if err != nil {
			return err
		}
		before, err := countPasskeys(tx, p.Counselor)
		if err != nil {
			return err
		}
		if before >= account.MostPasskeys {
			return tooManyPasskeys
		}
		err = tx.Create(&passkeyRow{
			ID: p.ID, KeyID: of.KeyID, Counselor: p.Counselor, CredentialHash: p.Hash[:],
			CreatedAt: momentOf(p.CreatedAt), Name: p.Name, Credential: string(p.Credential),
		}).Error
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			return passkeyKnown.Because(err)
		}
		if err != nil {
			return err
		}
		return s.audited(tx, Deed{Actor: p.Counselor, Action: PasskeyAdded, Object: "passkey/" + p.ID})
	})
}

func countPasskeys(tx *gorm.DB, counselor string) (int64, error) {
	var count int64
	err := tx.Model(&passkeyRow{}).Where("counselor = ?", counselor).Count(&count).Error
	return count, err
}

// UsedPasskey keeps what a passkey's use has changed of it.
func (s *Store) UsedPasskey(ctx context.Context, p account.Passkey) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		var row passkeyRow
		if err := tx.Where("id = ?", p.ID).Take(&row).Error; err != nil {
			return err
		}
		row.Credential, row.UsedAt = string(p.Credential), momentOrNil(p.UsedAt)
		return tx.Select("Credential", "UsedAt").Updates(&row).Error
	})
}

// RenamePasskey changes what a counselor calls one of their passkeys.
func (s *Store) RenamePasskey(ctx context.Context, counselor, id string, name private.Text) (account.Passkey, error) {
	var row passkeyRow
	err := s.transact(ctx, func(tx *gorm.DB) error {
		if err := tx.Where("id = ? AND counselor = ?", id, counselor).Take(&row).Error; err != nil {
			return err
		}
		row.Name = name
		return tx.Select("Name").Updates(&row).Error
	})
	if err != nil {
		return account.Passkey{}, err
	}
	return row.passkey(), nil
}

// RemovePasskey takes one of a counselor's passkeys away. Fault: last_way_in, where
// it is the only one and there is no password.
func (s *Store) RemovePasskey(ctx context.Context, counselor, id string) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		of, _, err := counselorAndPractice(tx, counselor)
		if err != nil {
			return err
		}
		gone := tx.Where("id = ? AND counselor = ?", id, counselor).Delete(&passkeyRow{})
		if gone.Error != nil {
			return gone.Error
		}
		if gone.RowsAffected == 0 {
			return notFound
		}
		left, err := countPasskeys(tx, counselor)
		if err != nil {
			return err
		}
		if left == 0 && !of.HasPassword {
			return lastWayIn
		}
		return s.audited(tx, Deed{Actor: counselor, Action: PasskeyRemoved, Object: "passkey/" + id})
	})
}
