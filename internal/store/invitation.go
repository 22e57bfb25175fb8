package store

import (
	"cmp"
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"mend/internal/account"
	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
)

type invitationRow struct {
	ID        string
	KeyID     string
	Practice  string
	InvitedBy string
	TokenHash []byte
	CreatedAt moment `gorm:"autoCreateTime:false"`
	ExpiresAt moment
	UsedAt    *moment
	UsedBy    *string
	RevokedAt *moment
	Label     private.Text `gorm:"serializer:sealed"`
	Email     string       `gorm:"serializer:sealed"`
}

func (invitationRow) TableName() string { return "invitations" }

func (r invitationRow) invitation(now time.Time) protocol.PracticeInvitation {
	i := protocol.PracticeInvitation{
		ID: r.ID, Label: r.Label, Email: r.Email, State: "open",
		CreatedAt: r.CreatedAt.time(), ExpiresAt: r.ExpiresAt.time(), UsedAt: r.UsedAt.timeOrNil(),
	}
	switch {
	case r.UsedAt != nil:
		i.State = "used"
	case r.RevokedAt != nil:
		i.State = "revoked"
	case !now.Before(i.ExpiresAt):
		i.State = "expired"
	}
	return i
}

var emailTaken = fault.New(fault.Conflict, "email_taken", "Somebody signs in with this email already. Use another one.").At("email")

// PutInvitation keeps a new way into an owner's practice. Invitations are made by
// account.Door.InviteColleague.
func (s *Store) PutInvitation(ctx context.Context, owner string, i account.ColleagueLink) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		of, err := ownerOf(tx, owner)
		if err != nil {
			return err
		}
		err = tx.Create(&invitationRow{
			ID: i.ID, KeyID: of.KeyID, Practice: of.Practice, InvitedBy: owner, TokenHash: i.TokenHash[:],
			CreatedAt: momentOf(i.CreatedAt), ExpiresAt: momentOf(i.ExpiresAt), Label: i.Label, Email: i.Email,
		}).Error
		if err != nil {
			return err
		}
		return s.audited(tx, Deed{Actor: owner, Action: CounselorInvited, Object: "invitation/" + i.ID})
	})
}

// Invitations lists those of an owner's practice, newest first.
func (s *Store) Invitations(ctx context.Context, owner string, p Page) (protocol.InvitationList, error) {
	list := protocol.InvitationList{Items: []protocol.PracticeInvitation{}}
	db := s.reading(ctx)
	of, err := ownerOf(db, owner)
	if err != nil {
		return list, s.understood(err)
	}
	query, err := p.of(db.Where("practice = ?", of.Practice))
	if err != nil {
		return list, err
	}
	var rows []invitationRow
	if err := query.Find(&rows).Error; err != nil {
		return list, s.understood(err)
	}
	rows, list.NextCursor = cut(rows, p, func(r invitationRow) string { return r.ID })
	for _, row := range rows {
		list.Items = append(list.Items, row.invitation(s.now()))
	}
	return list, nil
}

// RevokeInvitation closes one that is open still; one that is over stays as it is.
func (s *Store) RevokeInvitation(ctx context.Context, owner, invitation string) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		of, err := ownerOf(tx, owner)
		if err != nil {
			return err
		}
		var row invitationRow
		if err := tx.Select("id").Where("id = ? AND practice = ?", invitation, of.Practice).Take(&row).Error; err != nil {
			return err
		}
		revoked := tx.Model(&invitationRow{}).Where("id = ? AND used_at IS NULL AND revoked_at IS NULL", invitation).
			Update("revoked_at", momentOf(s.now()))
		if revoked.Error != nil || revoked.RowsAffected == 0 {
			return revoked.Error
		}
		return s.audited(tx, Deed{Actor: owner, Action: InvitationRevoked, Object: "invitation/" + invitation})
	})
}

// openInvitation finds one that may still be used: whoever made it is an owner of the
// practice still. Fault: not_found.
func openInvitation(db *gorm.DB, token account.Hash, now time.Time) (row invitationRow, err error) {
	err = db.Where("token_hash = ? AND used_at IS NULL AND revoked_at IS NULL AND expires_at > ?", token[:], momentOf(now)).
		Take(&row).Error
	if err == nil {
		_, err = ownerOf(db, row.InvitedBy)
	}
	return row, err
}

// Invited tells what an open invitation says. Fault: not_found.
func (s *Store) Invited(ctx context.Context, token account.Hash, now time.Time) (protocol.Invited, error) {
	db := s.reading(ctx)
	row, err := openInvitation(db, token, now)
	if err != nil {
		return protocol.Invited{}, s.understood(err)
	}
	by, practice, err := counselorAndPractice(db, row.InvitedBy)
	return protocol.Invited{
		Practice: practice.Name, By: by.Name, Email: row.Email, ExpiresAt: row.ExpiresAt.time(),
	}, s.understood(err)
}

// JoinPractice uses an open invitation up, makes the account and signs it in: all of
// it or nothing. Faults: not_found, email_taken.
func (s *Store) JoinPractice(ctx context.Context, token account.Hash, a account.NewColleague, in account.SignIn) (account.SignIn, error) {
	mark, err := s.index.Mark("counselors.email", foldEmail(a.Email))
	if err != nil {
		return in, s.understood(err)
	}
	at := momentOf(in.CreatedAt)
	err = s.transact(ctx, func(tx *gorm.DB) error {
		invitation, err := openInvitation(tx, token, in.CreatedAt)
		if err != nil {
			return err
		}
		in.Counselor = newID()
		err = tx.Create(&counselorRow{
			ID: in.Counselor, KeyID: invitation.KeyID, Practice: invitation.Practice, EmailMark: mark,
			PasswordHash: a.PasswordHash, HasPassword: true, Language: cmp.Or(a.Language, exercise.English), Role: protocol.PlainCounselor,
			CreatedAt: at, Name: a.Name, Email: a.Email,
		}).Error
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			return emailTaken.Because(err)
		}
		if err != nil {
			return err
		}
		err = tx.Model(&invitationRow{}).Where("id = ?", invitation.ID).
			Updates(map[string]any{"used_at": at, "used_by": in.Counselor}).Error
		if err != nil {
			return err
		}
		err = s.audited(tx, Deed{Actor: in.Counselor, Action: CounselorJoined, Object: "invitation/" + invitation.ID})
		if err != nil {
			return err
		}
		return s.putSignIn(tx, in)
	})
	return in, err
}
