package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"mend/internal/account"
	"mend/internal/fault"
)

// What a counselor has in place of a password, or beside one, stands in passkey.go
// and code.go; here is what ends sign-ins.

// mostSignIns of a counselor are listed: more than anybody has devices.
const mostSignIns = 100

var lastWayIn = fault.New(fault.Conflict, "last_way_in", "This is the last way into the account. Please add another one first.")

// SignIns lists a counselor's sign-ins that are neither revoked nor past their end.
func (s *Store) SignIns(ctx context.Context, counselor string, now time.Time) ([]account.SignIn, error) {
	var rows []signInRow
	err := s.reading(ctx).Where("counselor = ? AND revoked_at IS NULL AND expires_at > ?", counselor, momentOf(now)).
		Order("id DESC").Limit(mostSignIns).Find(&rows).Error
	all := make([]account.SignIn, len(rows))
	for i, row := range rows {
		all[i] = row.signIn()
	}
	return all, s.understood(err)
}

// EndSignIn revokes one of a counselor's sign-ins.
func (s *Store) EndSignIn(ctx context.Context, counselor, id string, at time.Time) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		ended := tx.Model(&signInRow{}).Where("id = ? AND counselor = ? AND revoked_at IS NULL", id, counselor).
			Update("revoked_at", momentOf(at))
		if ended.Error == nil && ended.RowsAffected == 0 {
			return notFound
		}
		if ended.Error != nil {
			return ended.Error
		}
		return s.audited(tx, Deed{Actor: counselor, Action: SignInEnded, Object: "sign-in/" + id})
	})
}

// EndOtherSignIns revokes all of a counselor's sign-ins but one.
func (s *Store) EndOtherSignIns(ctx context.Context, counselor, keep string, at time.Time) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		if err := endSignIns(tx, counselor, keep, at); err != nil {
			return err
		}
		return s.audited(tx, onAccount(SignInsEnded, counselor))
	})
}

// onAccount is a deed of a counselor's on their own account.
func onAccount(a Action, counselor string) Deed {
	return Deed{Actor: counselor, Action: a, Object: "account/" + counselor}
}

func endSignIns(tx *gorm.DB, counselor, keep string, at time.Time) error {
	return tx.Model(&signInRow{}).Where("counselor = ? AND id <> ? AND revoked_at IS NULL", counselor, keep).
		Update("revoked_at", momentOf(at)).Error
}

// ProveSignIn writes down that its bearer proved who they are.
func (s *Store) ProveSignIn(ctx context.Context, id string, at time.Time) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		return tx.Model(&signInRow{}).Where("id = ?", id).Update("proved_at", momentOf(at)).Error
	})
}

// SetPassword changes a password, or with an empty hash takes it away, and ends every
// sign-in of the account but one. Fault: last_way_in, where there is no passkey.
func (s *Store) SetPassword(ctx context.Context, counselor, hash, keep string, at time.Time) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		change, action := counselorRow{PasswordHash: hash, HasPassword: hash != ""}, PasswordChanged
		if hash == "" {
			action = PasswordRemoved
			change.PasswordHash = nothingMatches
			keys, err := countPasskeys(tx, counselor)
			if err != nil {
				return err
			}
			if keys == 0 {
				return lastWayIn
			}
		}
		if err := putPassword(tx, counselor, change); err != nil {
			return err
		}
		if err := endSignIns(tx, counselor, keep, at); err != nil {
			return err
		}
		return s.audited(tx, onAccount(action, counselor))
	})
}

// nothingMatches stands where there is no password.
const nothingMatches = "$argon2id$none"

func putPassword(tx *gorm.DB, counselor string, change counselorRow) error {
	return tx.Model(&counselorRow{}).Where("id = ?", counselor).Select("PasswordHash", "HasPassword").Updates(&change).Error
}

// resetRow is a way to a new password, by its hash.
type resetRow struct {
	Counselor string `gorm:"primaryKey"`
	Hash      []byte
	ExpiresAt moment
}

func (resetRow) TableName() string { return "resets" }

// PutReset keeps a way to a new password, in place of an earlier one, and ends every
// sign-in of the account.
func (s *Store) PutReset(ctx context.Context, counselor string, token account.Hash, ends, at time.Time) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		if err := tx.Where("counselor = ?", counselor).Delete(&resetRow{}).Error; err != nil {
			return err
		}
		if err := tx.Create(&resetRow{Counselor: counselor, Hash: token[:], ExpiresAt: momentOf(ends)}).Error; err != nil {
			return err
		}
		if err := endSignIns(tx, counselor, "", at); err != nil {
			return err
		}
		var of counselorRow
		if err := tx.Select("id", "practice").Where("id = ?", counselor).Take(&of).Error; err != nil {
			return err
		}
		return s.audited(tx, Deed{Practice: of.Practice, Actor: Operator, Action: ResetOffered, Object: "account/" + counselor})
	})
}

// ResetBy finds the account of a reset that has not run out.
func (s *Store) ResetBy(ctx context.Context, token account.Hash, now time.Time) (account.Account, error) {
	var row resetRow
	err := s.reading(ctx).Where("hash = ? AND expires_at > ?", token[:], momentOf(now)).Take(&row).Error
	if err != nil {
		return account.Account{}, s.understood(err)
	}
	return s.AccountByID(ctx, row.Counselor)
}

// TakeReset uses a reset up: the password is the new one, one-time codes are off, and
// every sign-in of the account is over.
func (s *Store) TakeReset(ctx context.Context, token account.Hash, passwordHash string, at time.Time) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		var row resetRow
		if err := tx.Where("hash = ? AND expires_at > ?", token[:], momentOf(at)).Take(&row).Error; err != nil {
			return err
		}
		if err := tx.Where("counselor = ?", row.Counselor).Delete(&resetRow{}).Error; err != nil {
			return err
		}
		change := counselorRow{PasswordHash: passwordHash, HasPassword: true}
		if err := putPassword(tx, row.Counselor, change); err != nil {
			return err
		}
		if err := endCodes(tx, row.Counselor); err != nil {
			return err
		}
		if err := endSignIns(tx, row.Counselor, "", at); err != nil {
			return err
		}
		return s.audited(tx, onAccount(ResetTaken, row.Counselor))
	})
}
