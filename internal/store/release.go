package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/record"
	"mend/internal/session"
)

// releaseRow asks whether something of a couple's record may go to somebody outside.
type releaseRow struct {
	ID          string
	KeyID       string
	Couple      string
	Counselor   string
	MadeAt      moment
	ExpiresAt   moment
	WithdrawnAt *moment
	Asked       asked `gorm:"serializer:sealed"`
}

func (releaseRow) TableName() string { return "releases" }

// asked is what would go, and to whom.
type asked struct {
	Recipient private.Text         `json:"recipient"`
	Purpose   private.Text         `json:"purpose,omitempty"`
	Sessions  []string             `json:"sessions"`
	Parts     []record.ReleasePart `json:"parts"`
}

// releaseAnswerRow is a partner's word. The latest counts; those before stay.
type releaseAnswerRow struct {
	ID      string
	Release string
	Seat    session.Seat
	Answer  record.ReleaseAnswers
	At      moment
}

func (releaseAnswerRow) TableName() string { return "release_answers" }

type releaseOverrideRow struct {
	ID        string
	KeyID     string
	Release   string
	Counselor string
	Ground    record.OverrideReason
	At        moment
	Words     private.Text `gorm:"serializer:sealed"`
}

func (releaseOverrideRow) TableName() string { return "release_overrides" }

type releaseExportRow struct {
	ID        string
	Release   string
	Counselor string
	At        moment
}

func (releaseExportRow) TableName() string { return "release_exports" }

// ownRelease is where a counselor's release is looked up, and nowhere else: one of a
// couple that is theirs now.
func ownRelease(db *gorm.DB, counselor, id string) (row releaseRow, err error) {
	return row, db.Where("id = ? AND couple IN (SELECT id FROM couples WHERE couples.counselor = ?)", id, counselor).Take(&row).Error
}

var (
	releaseOver = fault.New(fault.Conflict, "release_over", "This release is over: it was withdrawn, or its last day has passed.")
	notReleased = fault.New(fault.Conflict, "not_released", "This may not go out: both partners have to agree to it first.")
	unknownPast = fault.New(fault.Invalid, "unknown_session", "This is not a session of the couple that is over.").At("sessions")
)

// AskRelease keeps a new one, and tells under which id. Fault: unknown_session.
func (s *Store) AskRelease(ctx context.Context, counselor, couple string, n protocol.NewRelease, expires time.Time, once Once) (id string, err error) {
	err = s.transact(ctx, func(tx *gorm.DB) error {
		if _, err := ownCouple(tx, counselor, couple); err != nil {
			return err
		}
		id, err = s.once(tx, counselor, "release/"+couple, once, func() (string, error) {
			var over int64
			err := tx.Model(&sessionRow{}).Where("id IN ? AND couple = ? AND state = ? AND NOT imported", n.Sessions, couple, protocol.SessionEnded).Count(&over).Error
			if err != nil {
				return "", err
			}
			if int(over) != len(n.Sessions) {
				return "", unknownPast
			}
			row := releaseRow{
				ID: newID(), KeyID: couple, Couple: couple, Counselor: counselor, MadeAt: momentOf(s.now()), ExpiresAt: momentOf(expires),
				Asked: asked{Recipient: n.Recipient, Purpose: n.Purpose, Sessions: n.Sessions, Parts: n.Parts},
			}
			if err := tx.Create(&row).Error; err != nil {
				return "", err
			}
			return row.ID, s.audited(tx, Deed{Actor: counselor, Action: ReleaseAsked, Object: "release/" + row.ID})
		})
		return err
	})
	return id, err
}

// Releases of a counselor's own couple, newest first.
func (s *Store) Releases(ctx context.Context, counselor, couple string) ([]protocol.ReleaseRow, error) {
	db := s.reading(ctx)
	if _, err := ownCouple(db, counselor, couple); err != nil {
		return nil, s.understood(err)
	}
	var rows []releaseRow
	if err := db.Where("couple = ?", couple).Order("id DESC").Find(&rows).Error; err != nil {
		return nil, s.understood(err)
	}
	list := make([]protocol.ReleaseRow, len(rows))
	for i, row := range rows {
		var err error
		if list[i], err = s.releaseOf(db, row); err != nil {
			return nil, s.understood(err)
		}
	}
	return list, nil
}

// Release is one of the counselor's own couple.
func (s *Store) Release(ctx context.Context, counselor, id string) (protocol.ReleaseRow, error) {
	db := s.reading(ctx)
	row, err := ownRelease(db, counselor, id)
	if err != nil {
		return protocol.ReleaseRow{}, s.understood(err)
	}
	r, err := s.releaseOf(db, row)
	return r, s.understood(err)
}

// releaseOf gathers what stands beside a release.
func (s *Store) releaseOf(db *gorm.DB, row releaseRow) (protocol.ReleaseRow, error) {
	r := protocol.ReleaseRow{
		ID: row.ID, Couple: row.Couple, MadeAt: row.MadeAt.time(), ExpiresAt: row.ExpiresAt.time(), WithdrawnAt: row.WithdrawnAt.timeOrNil(),
		Recipient: row.Asked.Recipient, Purpose: row.Asked.Purpose, Parts: row.Asked.Parts,
		Answers: map[session.Seat]record.ReleaseAnswer{}, Exports: []protocol.ReleaseExport{},
	}
	var answers []releaseAnswerRow
	if err := db.Where("release = ?", row.ID).Order("id").Find(&answers).Error; err != nil {
		return r, err
	}
	for _, a := range answers {
		r.Answers[a.Seat] = record.ReleaseAnswer{Answer: a.Answer, At: a.At.time()}
	}
	partners, err := partnersOf(db.Omit("name", "pronouns"), row.Couple)
	if err != nil {
		return r, err
	}
	r.Erased = partners[row.Couple].erased()
	var overrides []releaseOverrideRow
	if err := db.Where("release = ?", row.ID).Find(&overrides).Error; err != nil {
		return r, err
	}
	var exports []releaseExportRow
	if err := db.Where("release = ?", row.ID).Order("id").Find(&exports).Error; err != nil {
		return r, err
	}
	who := []string{row.Counselor}
	for _, o := range overrides {
		who = append(who, o.Counselor)
	}
	for _, e := range exports {
		who = append(who, e.Counselor)
	}
	named, err := names(db, who)
	if err != nil {
		return r, err
	}
	r.MadeBy = named[row.Counselor]
	for _, o := range overrides {
		r.Override = &record.ReleaseOverride{Reason: o.Ground, Text: o.Words, By: named[o.Counselor], At: o.At.time()}
	}
	for _, e := range exports {
		r.Exports = append(r.Exports, protocol.ReleaseExport{At: e.At.time(), By: named[e.Counselor]})
	}
	if r.Sessions, err = releasedSessions(db, row); err != nil {
		return r, err
	}
	r.Links, err = s.releaseLinks(db, row.ID)
	return r, err
}

// releasedSessions are those that a release names, oldest first.
func releasedSessions(db *gorm.DB, row releaseRow) ([]protocol.ReleasedSession, error) {
	var rows []sessionRow
	err := db.Select("id", "started_at").Where("id IN ? AND couple = ?", row.Asked.Sessions, row.Couple).Order("started_at, id").Find(&rows).Error
	list := make([]protocol.ReleasedSession, len(rows))
	for i, s := range rows {
		list[i] = protocol.ReleasedSession{ID: s.ID, At: s.StartedAt.timeOrNil()}
	}
	return list, err
}

func consentOf(r protocol.ReleaseRow) record.Consent {
	return record.Consent{Answers: r.Answers, Erased: r.Erased, Override: r.Override, Withdrawn: r.WithdrawnAt != nil, ExpiresAt: r.ExpiresAt}
}

// change loads a release of the counselor's own couple with its state, within a
// transaction that changes it.
func (s *Store) change(ctx context.Context, counselor, id string, f func(tx *gorm.DB, row releaseRow, state record.ReleaseState) error) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		row, err := ownRelease(tx, counselor, id)
		if err != nil {
			return err
		}
		r, err := s.releaseOf(tx, row)
		if err != nil {
			return err
		}
		return f(tx, row, consentOf(r).State(s.now()))
	})
}

// WithdrawRelease ends one, and the ways to it. Fault: release_over.
func (s *Store) WithdrawRelease(ctx context.Context, counselor, id string) error {
	return s.change(ctx, counselor, id, func(tx *gorm.DB, row releaseRow, state record.ReleaseState) error {
		if state == record.ReleaseWithdrawn || state == record.ReleaseExpired {
			return releaseOver
		}
		at := momentOf(s.now())
		if err := tx.Model(&releaseRow{}).Where("id = ?", row.ID).Update("withdrawn_at", at).Error; err != nil {
			return err
		}
		if err := endReleaseLinks(tx, at, "release = ?", row.ID); err != nil {
			return err
		}
		return s.audited(tx, Deed{Actor: counselor, Action: ReleaseWithdrawn, Object: "release/" + row.ID})
	})
}

var alreadyOverridden = fault.New(fault.Conflict, "already_overridden", "This release goes without both partners' word already.")

// OverrideRelease lets one go without both partners' word. Faults: release_over,
// already_overridden.
func (s *Store) OverrideRelease(ctx context.Context, counselor, id string, o protocol.OverrideRelease) error {
	return s.change(ctx, counselor, id, func(tx *gorm.DB, row releaseRow, state record.ReleaseState) error {
		switch state {
		case record.ReleaseWithdrawn, record.ReleaseExpired:
			return releaseOver
		case record.ReleaseOverridden:
			return alreadyOverridden
		}
		err := tx.Create(&releaseOverrideRow{
			ID: newID(), KeyID: row.Couple, Release: row.ID, Counselor: counselor, Ground: o.Reason, At: momentOf(s.now()), Words: o.Text,
		}).Error
		if err != nil {
			return err
		}
		return s.audited(tx, Deed{Actor: counselor, Action: ReleaseOverridden, Object: "release/" + row.ID})
	})
}

// ReleaseTaken writes down that a release is about to go out. Nothing goes where this
// fails. Fault: not_released.
func (s *Store) ReleaseTaken(ctx context.Context, counselor, id string) error {
	return s.change(ctx, counselor, id, func(tx *gorm.DB, row releaseRow, state record.ReleaseState) error {
		if !state.MayGo() {
			return notReleased
		}
		if err := tx.Create(&releaseExportRow{ID: newID(), Release: row.ID, Counselor: counselor, At: momentOf(s.now())}).Error; err != nil {
			return err
		}
		return s.audited(tx, Deed{Actor: counselor, Action: ReleaseExported, Object: "release/" + row.ID})
	})
}
