package store

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/record"
	"mend/internal/session"
)

// termsRow are the practice's two clocks.
type termsRow struct {
	Practice      string `gorm:"primaryKey"`
	ProgressYears int
	ProcessYears  int
	Since         moment
}

func (termsRow) TableName() string { return "keeping_terms" }

// Until a practice says otherwise: the record for seven years after the last session,
// process notes for one.
const (
	usualProgress = 7
	usualProcess  = 1
)

func (r termsRow) terms() record.Terms {
	return record.Terms{Progress: r.ProgressYears, Process: r.ProcessYears, Since: r.Since.time()}
}

func (r termsRow) told() protocol.KeepingTerms {
	return protocol.KeepingTerms{Progress: r.ProgressYears, Process: r.ProcessYears, Since: r.Since.time()}
}

func termsOf(db *gorm.DB, practice string) (termsRow, error) {
	var rows []termsRow
	if err := db.Where("practice = ?", practice).Limit(1).Find(&rows).Error; err != nil {
		return termsRow{}, err
	}
	if len(rows) == 1 {
		return rows[0], nil
	}
	var p practiceRow
	err := db.Select("id", "created_at").Where("id = ?", practice).Take(&p).Error
	return termsRow{practice, usualProgress, usualProcess, p.CreatedAt}, err
}

// KeepingTerms of a counselor's practice.
func (s *Store) KeepingTerms(ctx context.Context, counselor string) (protocol.KeepingTerms, error) {
	db := s.reading(ctx)
	of, err := counselorOf(db, counselor)
	if err != nil {
		return protocol.KeepingTerms{}, s.understood(err)
	}
	row, err := termsOf(db, of.Practice)
	return row.told(), s.understood(err)
}

var processOutlives = fault.New(fault.Invalid, "process_outlives",
	"Process notes go with the record they belong to: choose at most as many years for them as for the record.").At("process_years")

// SetKeepingTerms sets both clocks; it is for an owner. What is due at once by the new ones may go only once
// it has been on the list for record.Warned. Fault: process_outlives.
func (s *Store) SetKeepingTerms(ctx context.Context, counselor string, to protocol.PutKeepingTerms) (protocol.KeepingTerms, error) {
	if to.Progress > 0 && (to.Process == 0 || to.Process > to.Progress) {
		return protocol.KeepingTerms{}, processOutlives
	}
	var row termsRow
	err := s.transact(ctx, func(tx *gorm.DB) error {
		of, err := ownerOf(tx, counselor)
		if err != nil {
			return err
		}
		if row, err = termsOf(tx, of.Practice); err != nil {
			return err
		}
		if row.ProgressYears == to.Progress && row.ProcessYears == to.Process {
			return nil
		}
		row = termsRow{of.Practice, to.Progress, to.Process, momentOf(s.now())}
		if err := tx.Save(&row).Error; err != nil {
			return err
		}
		return s.audited(tx, Deed{Actor: counselor, Action: KeepingTermsSet, Object: "practice/" + of.Practice})
	})
	return row.told(), err
}

// Keeping tells how things stand with one couple's record.
func (s *Store) Keeping(ctx context.Context, counselor, couple string) (k protocol.Keeping, err error) {
	db := s.reading(ctx)
	if _, err := ownCouple(db, counselor, couple); err != nil {
		return k, s.understood(err)
	}
	of, err := counselorOf(db, counselor)
	if err != nil {
		return k, s.understood(err)
	}
	terms, err := termsOf(db, of.Practice)
	if err != nil {
		return k, s.understood(err)
	}
	k.Terms = terms.told()
	if k.Hold, err = holding(db, couple); err != nil {
		return k, s.understood(err)
	}
	found, err := standings(db, "couples.id = ?", couple)
	if err != nil {
		return k, s.understood(err)
	}
	const ever = 1000 // years
	k.Due = []record.Due{}
	for _, of := range found {
		k.Last = of.Last
		k.Due = record.DueBy(terms.terms(), []record.Standing{of.Standing}, s.now().AddDate(ever, 0, 0))
	}
	return k, nil
}

// Erased tells who of a session's couple was erased at their request, and when. A
// co-therapist, who still reads the session, is told as well.
func (s *Store) Erased(ctx context.Context, counselor, sessionID string) (map[session.Seat]time.Time, error) {
	db := s.reading(ctx)
	row, err := ownSession(db.Omit("agenda"), counselor, sessionID)
	if err != nil {
		return nil, s.understood(err)
	}
	of, err := partnersOf(db, row.Couple)
	return of[row.Couple].erased(), s.understood(err)
}

// kept is what the clocks know of a couple, with whose it is.
type kept struct {
	record.Standing
	counselor, practice string
}

// standings of couples. A session to come counts like one that was: nobody's record
// goes while they are expected.
func standings(db *gorm.DB, which string, args ...any) ([]kept, error) {
	var rows []struct {
		ID, Counselor, Practice string
		CreatedAt               moment
		Last                    *moment
		Lifted                  *moment
		Held, Thoughts          bool
	}
	err := db.Table("couples").Select(`couples.id, couples.counselor, counselors.practice, couples.created_at,
		(SELECT MAX(CASE WHEN s.state = 'ended' THEN COALESCE(s.ended_at, s.started_at, s.created_at)
			ELSE `+greatest(db)+`(s.created_at, COALESCE(s.starts_at, 0), COALESCE(s.started_at, 0)) END) FROM sessions s WHERE s.couple = couples.id) AS last,
		(SELECT MAX(h.lifted_at) FROM holds h WHERE h.couple = couples.id) AS lifted,
		EXISTS (SELECT 1 FROM holds h WHERE h.couple = couples.id AND h.lifted_at IS NULL) AS held,
		EXISTS (SELECT 1 FROM process_notes n JOIN sessions s ON s.id = n.session WHERE s.couple = couples.id) AS thoughts`).
		Joins("JOIN counselors ON counselors.id = couples.counselor").
		Where(which, args...).Order("couples.id").Scan(&rows).Error
	list := make([]kept, len(rows))
	for i, r := range rows {
		k := kept{counselor: r.Counselor, practice: r.Practice}
		k.Couple, k.Held, k.Thoughts = r.ID, r.Held, r.Thoughts
		k.Last, k.Since = r.CreatedAt.time(), r.CreatedAt.time()
		if r.Last != nil {
			k.Last = r.Last.time()
		}
		if r.Lifted != nil && r.Lifted.time().After(k.Since) {
			k.Since = r.Lifted.time()
		}
		list[i] = k
	}
	return list, err
}

// Due lists what of a counselor's own may go by a time, the earliest first.
func (s *Store) Due(ctx context.Context, counselor string, by time.Time) (protocol.DueList, error) {
	list := protocol.DueList{Items: []protocol.DueItem{}}
	db := s.reading(ctx)
	all, due, err := dueBy(db, by, "couples.counselor = ?", counselor)
	if err != nil {
		return list, s.understood(err)
	}
	ids := make([]string, len(due))
	for i, d := range due {
		ids[i] = d.Couple
	}
	var couples []coupleRow
	if err := db.Where("id IN ?", ids).Find(&couples).Error; err != nil {
		return list, s.understood(err)
	}
	labels := make(map[string]private.Text, len(couples))
	for _, c := range couples {
		labels[c.ID] = c.Label
	}
	now := s.now()
	for _, d := range due {
		k := all[d.Couple]
		list.Items = append(list.Items, protocol.DueItem{
			Due: d, Label: labels[d.Couple], Last: k.Last, Held: k.Held, Now: !k.Held && !d.At.After(now),
		})
	}
	return list, nil
}

// HouseDue is a part of a record that may go, for whoever runs the house: without a word.
type HouseDue struct {
	record.Due
	Counselor string
	Last      time.Time
	Held      bool
	Now       bool
}

// DueInHouse lists what of anybody's may go by a time, the earliest first.
func (s *Store) DueInHouse(ctx context.Context, by time.Time) ([]HouseDue, error) {
	all, due, err := dueBy(s.reading(ctx), by, "1 = 1")
	if err != nil {
		return nil, s.understood(err)
	}
	list := make([]HouseDue, len(due))
	for i, d := range due {
		k := all[d.Couple]
		list[i] = HouseDue{Due: d, Counselor: k.counselor, Last: k.Last, Held: k.Held, Now: !k.Held && !d.At.After(s.now())}
	}
	return list, nil
}

// dueBy asks every practice's clocks.
func dueBy(db *gorm.DB, by time.Time, which string, args ...any) (map[string]kept, []record.Due, error) {
	found, err := standings(db, which, args...)
	if err != nil {
		return nil, nil, err
	}
	all := make(map[string]kept, len(found))
	of := map[string][]record.Standing{}
	for _, k := range found {
		all[k.Couple] = k
		of[k.practice] = append(of[k.practice], k.Standing)
	}
	due := []record.Due{}
	for practice, couples := range of {
		terms, err := termsOf(db, practice)
		if err != nil {
			return nil, nil, err
		}
		due = append(due, record.DueBy(terms.terms(), couples, by)...)
	}
	record.SortDue(due)
	return all, due, nil
}

var notDue = fault.New(fault.Conflict, "not_due", "This is not due, or not any more. Load the list again.")

// CarryOut deletes what is due, one part of one couple's record, and tells which sessions
// are gone with it. Faults: not_due, session_live, on_hold.
func (s *Store) CarryOut(ctx context.Context, counselor, couple string, what record.Clock) (sessions []string, err error) {
	return s.carryOut(ctx, what, counselor, func(tx *gorm.DB) (coupleRow, error) { return ownCouple(tx, counselor, couple) })
}

// CarryOutInHouse does so for whoever runs the house.
func (s *Store) CarryOutInHouse(ctx context.Context, couple string, what record.Clock) error {
	_, err := s.carryOut(ctx, what, Operator, func(tx *gorm.DB) (row coupleRow, err error) {
		return row, tx.Select("id", "counselor", "process_key").Where("id = ?", couple).Take(&row).Error
	})
	return err
}

func (s *Store) carryOut(ctx context.Context, what record.Clock, actor string, find func(*gorm.DB) (coupleRow, error)) (sessions []string, err error) {
	var shredded []string
	var row coupleRow
	err = s.transact(ctx, func(tx *gorm.DB) (err error) {
		if row, err = find(tx); err != nil {
			return err
		}
		if err := mayErase(tx, row.ID); err != nil {
			return err
		}
		_, due, err := dueBy(tx, s.now(), "couples.id = ?", row.ID)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(due, func(d record.Due) bool { return d.What == what }) {
			return notDue
		}
		of, err := counselorOf(tx, row.Counselor)
		if err != nil {
			return err
		}
		at := momentOf(s.now())
		deed := Deed{Practice: of.Practice, Actor: actor, Action: RecordExpired, Object: "couple/" + row.ID}
		if what == record.ProcessNotes {
			deed.Action = ProcessNotesExpired
			shredded, err = destroyProcess(tx, row, at)
		} else {
			sessions, shredded, err = destroyCouple(tx, row.ID, at)
		}
		if err != nil {
			return err
		}
		return s.audited(tx, deed)
	})
	switch {
	case err != nil:
		return nil, err
	case what == record.ProcessNotes:
		for _, key := range shredded {
			s.erased(ctx, erasedProcess, key, nil, []string{key})
		}
	default:
		s.erased(ctx, erasedCouple, row.ID, sessions, shredded)
	}
	return sessions, nil
}

// NoteBackup writes down that a backup was made, in every practice of the house.
func (s *Store) NoteBackup(ctx context.Context) error {
	return s.transact(ctx, func(tx *gorm.DB) error { return s.auditedEverywhere(tx, BackupMade) })
}

// auditedEverywhere writes down what the operator did, in every practice.
func (s *Store) auditedEverywhere(tx *gorm.DB, a Action) error {
	var practices []practiceRow
	if err := tx.Select("id").Order("id").Find(&practices).Error; err != nil {
		return err
	}
	for _, p := range practices {
		if err := s.audited(tx, Deed{Practice: p.ID, Actor: Operator, Action: a, Object: "practice/" + p.ID}); err != nil {
			return err
		}
	}
	return nil
}
