package store

import (
	"cmp"
	"context"
	"strings"
	"time"

	"gorm.io/gorm"

	"mend/internal/account"
	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/protocol"
	"mend/internal/session"
)

var _ account.Book = (*Store)(nil)

type signInRow struct {
	ID        string
	TokenHash []byte
	Kind      account.Kind
	Counselor *string
	Session   *string
	Seat      *session.Seat
	Link      *string
	CreatedAt moment `gorm:"autoCreateTime:false"`
	SeenAt    moment
	ExpiresAt moment
	RevokedAt *moment
	ProvedAt  moment
	Browser   string
	System    string
}

func (signInRow) TableName() string { return "sign_ins" }

func signInRowOf(in account.SignIn) *signInRow {
	row := &signInRow{
		ID: in.ID, TokenHash: in.Hash[:], Kind: in.Kind,
		CreatedAt: momentOf(in.CreatedAt), SeenAt: momentOf(in.SeenAt), ExpiresAt: momentOf(in.ExpiresAt),
		ProvedAt: momentOf(in.ProvedAt), Browser: in.Device.Browser, System: in.Device.System,
	}
	if in.Kind == account.CounselorKind {
		row.Counselor = &in.Counselor
	} else {
		row.Session, row.Seat, row.Link = &in.Session, &in.Seat, &in.Link
	}
	return row
}

func (r signInRow) signIn() account.SignIn {
	in := account.SignIn{
		ID: r.ID, Hash: account.Hash(r.TokenHash), Kind: r.Kind,
		CreatedAt: r.CreatedAt.time(), SeenAt: r.SeenAt.time(), ExpiresAt: r.ExpiresAt.time(),
		ProvedAt: r.ProvedAt.time(), Device: account.Device{Browser: r.Browser, System: r.System},
	}
	set(&in.Counselor, r.Counselor)
	set(&in.Session, r.Session)
	set(&in.Seat, r.Seat)
	set(&in.Link, r.Link)
	return in
}

// HasAccount tells whether set-up was done.
func (s *Store) HasAccount(ctx context.Context) (bool, error) {
	var found []counselorRow
	err := s.reading(ctx).Select("id").Limit(1).Find(&found).Error
	return len(found) > 0, s.understood(err)
}

var alreadySetUp = fault.New(fault.Conflict, "already_set_up", "This house is set up already. Sign in instead.")

// CreateAccount makes the first account and its practice.
func (s *Store) CreateAccount(ctx context.Context, a account.NewAccount) (string, error) {
	mark, err := s.index.Mark("counselors.email", foldEmail(a.Email))
	if err != nil {
		return "", s.understood(err)
	}
	practice, counselor, at := newID(), newID(), momentOf(a.At)
	return counselor, s.transact(ctx, func(tx *gorm.DB) error {
		var before []counselorRow
		if err := tx.Select("id").Limit(1).Find(&before).Error; err != nil {
			return err
		}
		if len(before) > 0 {
			return alreadySetUp
		}
		if err := newKey(tx, practiceKey, practice, "", at); err != nil {
			return err
		}
		err := tx.Create(&practiceRow{
			ID: practice, KeyID: practice, CreatedAt: at,
			Name: a.Practice, Policy: session.Policy{Version: 1, Secrets: a.Secrets},
		}).Error
		if err != nil {
			return err
		}
		return tx.Create(&counselorRow{
			ID: counselor, KeyID: practice, Practice: practice, EmailMark: mark,
			PasswordHash: a.PasswordHash, HasPassword: true, Language: cmp.Or(a.Language, exercise.English), Role: protocol.Owner,
			CreatedAt: at, Name: a.Name, Email: a.Email,
		}).Error
	})
}

func foldEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// AccountByEmail finds an account by a keyed mark of its email; capitals do not matter.
// One that was deactivated is not found.
func (s *Store) AccountByEmail(ctx context.Context, email string) (account.Account, error) {
	mark, err := s.index.Mark("counselors.email", foldEmail(email))
	if err != nil {
		return account.Account{}, s.understood(err)
	}
	return s.account(ctx, "email_mark = ?", mark)
}

// AccountByID finds an account.
func (s *Store) AccountByID(ctx context.Context, id string) (account.Account, error) {
	return s.account(ctx, "id = ?", id)
}

func (s *Store) account(ctx context.Context, where string, args ...any) (account.Account, error) {
	db := s.reading(ctx)
	var c counselorRow
	if err := db.Where("deactivated_at IS NULL").Where(where, args...).Take(&c).Error; err != nil {
		return account.Account{}, s.understood(err)
	}
	a, err := accountOf(db, c)
	return a, s.understood(err)
}

func accountOf(db *gorm.DB, c counselorRow) (account.Account, error) {
	a := account.Account{ID: c.ID, Name: c.Name, Email: c.Email, CreatedAt: c.CreatedAt.time()}
	if c.HasPassword {
		a.PasswordHash = c.PasswordHash
	}
	var p practiceRow
	if err := db.Where("id = ?", c.Practice).Take(&p).Error; err != nil {
		return a, err
	}
	a.Practice = p.Name
	var codes int64
	err := db.Model(&codesRow{}).Where("id = ? AND confirmed_at IS NOT NULL", c.ID).Count(&codes).Error
	a.Codes = codes > 0
	return a, err
}

// Accounts lists every account of the house, oldest first.
func (s *Store) Accounts(ctx context.Context) ([]account.Account, error) {
	db := s.reading(ctx)
	var rows []counselorRow
	if err := db.Order("id").Find(&rows).Error; err != nil {
		return nil, s.understood(err)
	}
	all := make([]account.Account, 0, len(rows))
	for _, row := range rows {
		a, err := accountOf(db, row)
		if err != nil {
			return nil, s.understood(err)
		}
		all = append(all, a)
	}
	return all, nil
}

// PutSignIn keeps a new sign-in of a counselor who is active.
func (s *Store) PutSignIn(ctx context.Context, in account.SignIn) error {
	return s.transact(ctx, func(tx *gorm.DB) error { return s.putSignIn(tx, in) })
}

func (s *Store) putSignIn(tx *gorm.DB, in account.SignIn) error {
	if _, err := activeCounselor(tx, in.Counselor); err != nil {
		return err
	}
	if err := tx.Create(signInRowOf(in)).Error; err != nil {
		return err
	}
	return s.audited(tx, Deed{Actor: in.Counselor, Action: SignedIn, Object: "sign-in/" + in.ID})
}

// NoteFailedSignIn writes down that a wrong password was given for an account.
func (s *Store) NoteFailedSignIn(ctx context.Context, counselor string) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		return s.audited(tx, Deed{Actor: counselor, Action: SignInFailed, Object: "counselor/" + counselor})
	})
}

// SignIn finds one that is neither revoked nor past its absolute end. Every socket asks
// with every pong: the statement goes past GORM, which took more time than the database.
func (s *Store) SignIn(ctx context.Context, token account.Hash, now time.Time) (account.SignIn, error) {
	row := signInRow{TokenHash: token[:]}
	err := s.readOne(ctx, standingSignIn, []any{row.TokenHash, momentOf(now)}, []any{
		&row.ID, &row.Kind, &row.Counselor, &row.Session, &row.Seat, &row.Link,
		&row.CreatedAt, &row.SeenAt, &row.ExpiresAt, &row.ProvedAt, &row.Browser, &row.System,
	})
	if err != nil {
		return account.SignIn{}, s.understood(err)
	}
	return row.signIn(), nil
}

const standingSignIn = `SELECT id, kind, counselor, session, seat, link, created_at, seen_at, expires_at, proved_at, browser, system
	FROM sign_ins WHERE token_hash = $1 AND revoked_at IS NULL AND expires_at > $2`

// TouchSignIn moves the time of the last activity.
func (s *Store) TouchSignIn(ctx context.Context, id string, seen time.Time) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		return tx.Model(&signInRow{}).Where("id = ? AND seen_at < ?", id, momentOf(seen)).Update("seen_at", momentOf(seen)).Error
	})
}

// RevokeSignIn ends one for good.
func (s *Store) RevokeSignIn(ctx context.Context, id string, at time.Time) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		ended := tx.Model(&signInRow{}).Where("id = ? AND revoked_at IS NULL", id).Update("revoked_at", momentOf(at))
		if ended.Error != nil || ended.RowsAffected == 0 {
			return ended.Error
		}
		var row signInRow
		if err := tx.Where("id = ?", id).Take(&row).Error; err != nil || row.Counselor == nil {
			return err
		}
		return s.audited(tx, Deed{Actor: *row.Counselor, Action: SignedOut, Object: "sign-in/" + id})
	})
}
