package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"mend/internal/protocol"
)

// Purge takes away what nobody needs since before a time: sign-ins that ended,
// spoken codes, challenges and resets that ran out, one-time codes that were never
// turned on, what repeated creates would be answered with; and drafts that came after their session's end, whenever that was. Records and notes
// are none of its business. It tells how many rows it took from.
func (s *Store) Purge(ctx context.Context, before time.Time) (rows int64, err error) {
	limit := momentOf(before)
	err = s.transact(ctx, func(tx *gorm.DB) error {
		rows = 0
		ended := tx.Model(&sessionRow{}).Select("id").Where("state = ?", protocol.SessionEnded)
		for _, taken := range []func() *gorm.DB{
			func() *gorm.DB {
				return tx.Where("expires_at < ? OR revoked_at < ?", limit, limit).Delete(&signInRow{})
			},
			func() *gorm.DB {
				return tx.Model(&linkRow{}).Where("code_mark IS NOT NULL AND code_ends_at < ?", limit).Update("code_mark", nil)
			},
			func() *gorm.DB { return tx.Where("at < ?", limit).Delete(&createRow{}) },
			func() *gorm.DB { return tx.Where("expires_at < ?", limit).Delete(&challengeRow{}) },
			func() *gorm.DB { return tx.Where("expires_at < ?", limit).Delete(&resetRow{}) },
			func() *gorm.DB { return tx.Where("confirmed_at IS NULL AND created_at < ?", limit).Delete(&codesRow{}) },
			func() *gorm.DB { return tx.Where("session IN (?)", ended).Delete(&draftRow{}) },
			func() *gorm.DB {
				return tx.Where("expires_at < ? OR revoked_at < ?", limit, limit).Delete(&homeworkVisitRow{})
			},
		} {
			done := taken()
			if done.Error != nil {
				return done.Error
			}
			rows += done.RowsAffected
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	s.shred(ctx)
	return rows, nil
}
