package store

import (
	"cmp"
	"context"
	"encoding/base64"
	"slices"
	"time"

	"gorm.io/gorm"

	"mend/internal/fault"
	"mend/internal/protocol"
)

// reviewRow is a look back at an agreement. It is never changed: a later one stands
// before it.
type reviewRow struct {
	ID        string
	KeyID     string
	Couple    string
	Agreement string
	At        moment
	Review    protocol.Review `gorm:"serializer:sealed"`
}

func (reviewRow) TableName() string { return "agreement_reviews" }

// reviews of a couple's agreements, by the agreement, the latest day first.
func reviews(db *gorm.DB, couple string) (map[string][]protocol.Review, error) {
	var rows []reviewRow
	if err := db.Where("couple = ?", couple).Order("id DESC").Find(&rows).Error; err != nil {
		return nil, err
	}
	of := make(map[string][]protocol.Review)
	for _, row := range rows {
		of[row.Agreement] = append(of[row.Agreement], row.Review)
	}
	for _, list := range of {
		slices.SortStableFunc(list, func(a, b protocol.Review) int { return cmp.Compare(b.On, a.On) })
	}
	return of, nil
}

// Reviews of a couple's agreements, by the agreement's id, the latest day first.
func (s *Store) Reviews(ctx context.Context, counselor, couple string) (map[string][]protocol.Review, error) {
	db := s.reading(ctx)
	if _, err := ownCouple(db, counselor, couple); err != nil {
		return nil, s.understood(err)
	}
	of, err := reviews(db, couple)
	return of, s.understood(err)
}

// CoupleAgreements lists all that a couple ever signed, newest first, with how each
// went. Where an agreement was made and read back is for the logs to tell.
func (s *Store) CoupleAgreements(ctx context.Context, counselor, couple string, p Page) (protocol.AgreementList, error) {
	list := protocol.AgreementList{Items: []protocol.CoupleAgreement{}}
	db := s.reading(ctx)
	if _, err := ownCouple(db, counselor, couple); err != nil {
		return list, s.understood(err)
	}
	query := db.Where("couple = ?", couple)
	if p.Cursor != "" {
		raw, err := base64.RawURLEncoding.DecodeString(p.Cursor)
		if err != nil {
			return list, badCursor
		}
		var last []agreementRow
		if err := db.Select("id", "signed_at").Where("couple = ? AND id = ?", couple, string(raw)).Find(&last).Error; err != nil {
			return list, s.understood(err)
		}
		if len(last) != 1 {
			return list, badCursor
		}
		query = query.Where("(signed_at, id) < (?, ?)", last[0].SignedAt, last[0].ID)
	}
	var rows []agreementRow
	if err := query.Order("signed_at DESC, id DESC").Limit(p.limit() + 1).Find(&rows).Error; err != nil {
		return list, s.understood(err)
	}
	if len(rows) > p.limit() {
		rows = rows[:p.limit()]
		list.NextCursor = base64.RawURLEncoding.EncodeToString([]byte(rows[len(rows)-1].ID))
	}
	of, err := reviews(db, couple)
	if err != nil {
		return list, s.understood(err)
	}
	for _, row := range rows {
		list.Items = append(list.Items, row.told(s.now(), of[row.ID]))
	}
	return list, nil
}

// told is an agreement as a couple's page tells it.
func (r agreementRow) told(now time.Time, reviews []protocol.Review) protocol.CoupleAgreement {
	a := protocol.CoupleAgreement{
		Agreement: r.agreement(), Standing: protocol.InForce, Session: r.Session,
		WithdrawnAt: r.WithdrawnAt.timeOrNil(), Reviews: noNil(reviews),
	}
	switch {
	case r.WithdrawnAt != nil:
		a.Standing = protocol.TakenOff
	case r.expired(now):
		a.Standing = protocol.Expired
	}
	return a
}

var reviewTooEarly = fault.New(fault.Invalid, "review_too_early",
	"This agreement was not there yet on that day. Choose the day it was looked at.").At("on")

// ReviewAgreement writes down how an agreement went. Fault: review_too_early.
func (s *Store) ReviewAgreement(
	ctx context.Context, counselor, couple, agreement string, n protocol.NewReview, once Once,
) (protocol.CoupleAgreement, error) {
	var row agreementRow
	var of map[string][]protocol.Review
	err := s.transact(ctx, func(tx *gorm.DB) error {
		if _, err := ownCouple(tx, counselor, couple); err != nil {
			return err
		}
		if err := tx.Where("id = ? AND couple = ?", agreement, couple).Take(&row).Error; err != nil {
			return err
		}
		// A day is the counselor's own: east of Greenwich it may begin half a day sooner.
		if n.On < row.SignedAt.time().Add(-12*time.Hour).Format(time.DateOnly) {
			return reviewTooEarly
		}
		_, err := s.once(tx, counselor, "review/"+agreement, once, func() (string, error) {
			made := reviewRow{ID: newID(), KeyID: couple, Couple: couple, Agreement: agreement, At: momentOf(s.now())}
			made.Review = protocol.Review{ID: made.ID, On: n.On, At: made.At.time(), How: n.How, Remark: n.Remark}
			if err := tx.Create(&made).Error; err != nil {
				return "", err
			}
			return made.ID, s.audited(tx, Deed{Actor: counselor, Action: AgreementReviewed, Object: "agreement/" + agreement})
		})
		if err != nil {
			return err
		}
		of, err = reviews(tx, couple)
		return err
	})
	return row.told(s.now(), of[agreement]), err
}
