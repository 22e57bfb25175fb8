package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"mend/internal/account"
	"mend/internal/protocol"
	"mend/internal/record"
	"mend/internal/session"
)

// releaseLinkRow is a partner's way to what they are asked. It may be opened again, so
// that an answer can be thought over and taken back.
type releaseLinkRow struct {
	ID        string
	Release   string
	Seat      session.Seat
	TokenHash []byte
	CreatedAt moment `gorm:"autoCreateTime:false"`
	ExpiresAt moment
	RevokedAt *moment
}

func (releaseLinkRow) TableName() string { return "release_links" }

func (r releaseLinkRow) link(now time.Time) protocol.Link {
	l := protocol.Link{ID: r.ID, For: r.Seat, State: "open", ExpiresAt: r.ExpiresAt.time()}
	switch {
	case r.RevokedAt != nil:
		l.State = "revoked"
	case !now.Before(l.ExpiresAt):
		l.State = "expired"
	}
	return l
}

// releaseLinks are the newest of each seat, seat one first.
func (s *Store) releaseLinks(db *gorm.DB, release string) ([]protocol.Link, error) {
	links := []protocol.Link{}
	for _, seat := range session.Seats() {
		var newest []releaseLinkRow
		if err := db.Where("release = ? AND seat = ?", release, seat).Order("id DESC").Limit(1).Find(&newest).Error; err != nil {
			return nil, err
		}
		for _, row := range newest {
			links = append(links, row.link(s.now()))
		}
	}
	return links, nil
}

func endReleaseLinks(tx *gorm.DB, at moment, which string, args ...any) error {
	return tx.Model(&releaseLinkRow{}).Where("revoked_at IS NULL").Where(which, args...).Update("revoked_at", at).Error
}

// PutReleaseLink makes a partner's link, which is open for as long as the release is; the
// seat's earlier ones are over. Faults: release_over, partner_erased.
func (s *Store) PutReleaseLink(ctx context.Context, counselor, release, id string, seat session.Seat, token account.Hash) (l protocol.Link, err error) {
	err = s.change(ctx, counselor, release, func(tx *gorm.DB, of releaseRow, state record.ReleaseState) error {
		if state == record.ReleaseWithdrawn || state == record.ReleaseExpired {
			return releaseOver
		}
		partners, err := partnersOf(tx.Omit("name", "pronouns"), of.Couple)
		if err != nil {
			return err
		}
		if partners[of.Couple][seat].ErasedAt != nil {
			return partnerErased
		}
		at := momentOf(s.now())
		if err := endReleaseLinks(tx, at, "release = ? AND seat = ?", release, seat); err != nil {
			return err
		}
		row := releaseLinkRow{ID: id, Release: release, Seat: seat, TokenHash: token[:], CreatedAt: at, ExpiresAt: of.ExpiresAt}
		l = row.link(s.now())
		return tx.Create(&row).Error
	})
	return l, err
}

// leaveReleases shuts one partner's ways to what they were asked.
func leaveReleases(tx *gorm.DB, partner partnerRow, at moment) error {
	return endReleaseLinks(tx, at, "seat = ? AND release IN (SELECT id FROM releases WHERE couple = ?)", partner.Seat, partner.Couple)
}

// ReleaseBehind is what a partner's link leads to: the release, whom it asks, who the
// three are, and the practice.
type ReleaseBehind struct {
	protocol.ReleaseRow
	Seat     session.Seat
	People   session.People
	Practice protocol.Practice
}

// OpenRelease finds what a token leads to, where it can still be answered. It writes
// nothing.
func (s *Store) OpenRelease(ctx context.Context, token account.Hash, now time.Time) (ReleaseBehind, error) {
	b, err := s.behind(s.reading(ctx), token, now)
	return b, s.understood(err)
}

func (s *Store) behind(db *gorm.DB, token account.Hash, now time.Time) (b ReleaseBehind, err error) {
	var link releaseLinkRow
	err = db.Where("token_hash = ? AND revoked_at IS NULL AND expires_at > ?", token[:], momentOf(now)).Take(&link).Error
	if err != nil {
		return b, err
	}
	var row releaseRow
	if err := db.Where("id = ?", link.Release).Take(&row).Error; err != nil {
		return b, err
	}
	if b.ReleaseRow, err = s.releaseOf(db, row); err != nil {
		return b, err
	}
	b.Seat = link.Seat
	var couple coupleRow
	if err := db.Where("id = ?", row.Couple).Take(&couple).Error; err != nil {
		return b, err
	}
	if b.People, err = people(db, sessionRow{Couple: couple.ID, Counselor: couple.Counselor}); err != nil {
		return b, err
	}
	_, practice, err := counselorAndPractice(db, couple.Counselor)
	b.Practice = practice.practice()
	return b, err
}

// AnswerRelease keeps a partner's word, and answers with the release as it then is. The
// same word again changes nothing.
func (s *Store) AnswerRelease(ctx context.Context, token account.Hash, answer record.ReleaseAnswers, now time.Time) (b ReleaseBehind, err error) {
	err = s.transact(ctx, func(tx *gorm.DB) error {
		if b, err = s.behind(tx, token, now); err != nil {
			return err
		}
		if b.Answers[b.Seat].Answer == answer {
			return nil
		}
		row := releaseAnswerRow{ID: newID(), Release: b.ID, Seat: b.Seat, Answer: answer, At: momentOf(now)}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		b.Answers[b.Seat] = record.ReleaseAnswer{Answer: answer, At: now}
		var couple coupleRow
		if err := tx.Select("id", "counselor").Where("id = ?", b.Couple).Take(&couple).Error; err != nil {
			return err
		}
		of, err := counselorOf(tx, couple.Counselor)
		if err != nil {
			return err
		}
		did := ReleaseAgreedTo
		if answer == record.ReleaseDecline {
			did = ReleaseDeclined
		}
		return s.audited(tx, Deed{Practice: of.Practice, Actor: APartner, Action: did, Object: "release/" + b.ID + "/" + string(b.Seat)})
	})
	return b, err
}
