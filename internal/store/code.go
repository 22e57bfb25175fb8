package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"mend/internal/account"
	"mend/internal/fault"
)

// codesRow is a counselor's secret for one-time codes.
type codesRow struct {
	ID          string // the counselor's
	KeyID       string
	CreatedAt   moment `gorm:"autoCreateTime:false"`
	ConfirmedAt *moment
	LastStep    int64
	Secret      string `gorm:"serializer:sealed"`
}

func (codesRow) TableName() string { return "one_time_codes" }

type recoveryRow struct {
	Counselor string `gorm:"primaryKey"`
	Hash      []byte `gorm:"primaryKey"`
	UsedAt    *moment
}

func (recoveryRow) TableName() string { return "recovery_codes" }

var (
	codesOn  = fault.New(fault.Conflict, "codes_on", "One-time codes are on already. Please turn them off first.")
	codesOff = fault.New(fault.Conflict, "codes_off", "One-time codes are off.")
)

// PutCodes keeps a secret that is not on yet, in place of an earlier one.
func (s *Store) PutCodes(ctx context.Context, counselor string, c account.Codes, at time.Time) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		of, _, err := counselorAndPractice(tx, counselor)
		if err != nil {
			return err
		}
		if err := mustBeOff(tx, counselor); err != nil {
			return err
		}
		if err := tx.Where("id = ?", counselor).Delete(&codesRow{}).Error; err != nil {
			return err
		}
		return tx.Create(&codesRow{ID: counselor, KeyID: of.KeyID, CreatedAt: momentOf(at), Secret: c.Secret}).Error
	})
}

func mustBeOff(tx *gorm.DB, counselor string) error {
	var on int64
	err := tx.Model(&codesRow{}).Where("id = ? AND confirmed_at IS NOT NULL", counselor).Count(&on).Error
	if err == nil && on > 0 {
		return codesOn
	}
	return err
}

// Codes finds a counselor's secret.
func (s *Store) Codes(ctx context.Context, counselor string) (account.Codes, error) {
	var row codesRow
	err := s.reading(ctx).Where("id = ?", counselor).Take(&row).Error
	return account.Codes{Secret: row.Secret, On: row.ConfirmedAt != nil}, s.understood(err)
}

// StartCodes turns one-time codes on, and keeps the recovery codes.
func (s *Store) StartCodes(ctx context.Context, counselor string, step uint64, recovery []account.Hash, at time.Time) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		if err := mustBeOff(tx, counselor); err != nil {
			return err
		}
		started := tx.Model(&codesRow{}).Where("id = ?", counselor).
			Updates(map[string]any{"confirmed_at": momentOf(at), "last_step": stepOf(step)})
		if started.Error == nil && started.RowsAffected == 0 {
			return notFound
		}
		if started.Error != nil {
			return started.Error
		}
		if err := putRecovery(tx, counselor, recovery); err != nil {
			return err
		}
		return s.audited(tx, onAccount(CodesTurnedOn, counselor))
	})
}

func stepOf(step uint64) int64 { return int64(step) } //nolint:gosec // of thirty seconds each since 1970

func putRecovery(tx *gorm.DB, counselor string, recovery []account.Hash) error {
	if err := tx.Where("counselor = ?", counselor).Delete(&recoveryRow{}).Error; err != nil {
		return err
	}
	rows := make([]recoveryRow, len(recovery))
	for i, hash := range recovery {
		rows[i] = recoveryRow{Counselor: counselor, Hash: hash[:]}
	}
	return tx.Create(&rows).Error
}

// SpendCode uses up the codes of a step and of all before it: one conditional UPDATE,
// so that of two who show the same code one gets in.
func (s *Store) SpendCode(ctx context.Context, counselor string, step uint64) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		spent := tx.Model(&codesRow{}).
			Where("id = ? AND confirmed_at IS NOT NULL AND last_step < ?", counselor, stepOf(step)).
			Update("last_step", stepOf(step))
		if spent.Error == nil && spent.RowsAffected == 0 {
			return notFound
		}
		return spent.Error
	})
}

// SpendRecoveryCode uses up a recovery code.
func (s *Store) SpendRecoveryCode(ctx context.Context, counselor string, code account.Hash, at time.Time) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		spent := tx.Model(&recoveryRow{}).Where("counselor = ? AND hash = ? AND used_at IS NULL", counselor, code[:]).
			Update("used_at", momentOf(at))
		if spent.Error == nil && spent.RowsAffected == 0 {
			return notFound
		}
		return spent.Error
	})
}

// PutRecoveryCodes puts new recovery codes in the place of the old.
func (s *Store) PutRecoveryCodes(ctx context.Context, counselor string, recovery []account.Hash) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		switch err := mustBeOff(tx, counselor); {
		case err == nil:
			return codesOff
		case !codesOn.Is(err):
			return err
		}
		if err := putRecovery(tx, counselor, recovery); err != nil {
			return err
		}
		return s.audited(tx, onAccount(RecoveryRenewed, counselor))
	})
}

// RecoveryCodesLeft tells how many recovery codes were not used yet.
func (s *Store) RecoveryCodesLeft(ctx context.Context, counselor string) (int, error) {
	var left int64
	err := s.reading(ctx).Model(&recoveryRow{}).Where("counselor = ? AND used_at IS NULL", counselor).Count(&left).Error
	return int(left), s.understood(err)
}

// EndCodes turns one-time codes off, and the recovery codes with them.
func (s *Store) EndCodes(ctx context.Context, counselor string) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		if err := endCodes(tx, counselor); err != nil {
			return err
		}
		return s.audited(tx, onAccount(CodesTurnedOff, counselor))
	})
}

func endCodes(tx *gorm.DB, counselor string) error {
	if err := tx.Where("counselor = ?", counselor).Delete(&recoveryRow{}).Error; err != nil {
		return err
	}
	return tx.Where("id = ?", counselor).Delete(&codesRow{}).Error
}
