package store

import (
	"context"
	"encoding/binary"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"mend/internal/intake"
	"mend/internal/protocol"
	"mend/internal/session"
)

// BringIn adds couples and the days of their past sessions, all or nothing, or tells what
// it would add. Brought in again, the same list adds nothing. actor is who does it: the
// counselor, or Operator.
func (s *Store) BringIn(ctx context.Context, counselor, actor string, lines []intake.Couple, apply bool) (done protocol.Import, err error) {
	done = protocol.Import{Lines: []protocol.ImportLine{}, Problems: []protocol.ImportProblem{}}
	work := func(tx *gorm.DB) error {
		of, err := counselorOf(tx, counselor)
		if err != nil {
			return err
		}
		b := bringing{store: s, tx: tx, of: of, done: &done}
		if b.here, err = couplesHere(tx, counselor); err != nil {
			return err
		}
		b.problems(lines)
		b.plan(lines)
		if len(done.Problems) > 0 || !apply {
			return nil
		}
		if err := b.carryOut(); err != nil || done.Couples+done.Sessions == 0 {
			return err
		}
		return s.audited(tx, Deed{Practice: of.Practice, Actor: actor, Action: CouplesImported, Object: "counselor/" + counselor})
	}
	if apply {
		err = s.transact(ctx, work)
	} else {
		err = s.understood(work(s.reading(ctx)))
	}
	if err != nil {
		return protocol.Import{}, err
	}
	done.Applied = apply && len(done.Problems) == 0
	return done, nil
}

// here is a couple that is or will be here.
type here struct {
	id   string // empty: to be made
	made intake.Couple
	days map[string]bool // of sessions
	add  []time.Time
	more bool // another couple here has the same label

	planned bool
}

type bringing struct {
	store *Store
	tx    *gorm.DB
	of    counselorRow
	here  map[string]*here // by label
	order []*here
	done  *protocol.Import
}

// couplesHere are the counselor's own by label, with the days of their sessions.
func couplesHere(db *gorm.DB, counselor string) (map[string]*here, error) {
	var rows []coupleRow
	if err := db.Where("counselor = ?", counselor).Find(&rows).Error; err != nil {
		return nil, err
	}
	found := make(map[string]*here, len(rows))
	byID := make(map[string]*here, len(rows))
	for _, row := range rows {
		key := intake.Key(row.Label)
		if before, twice := found[key]; twice {
			before.more = true
			continue
		}
		h := &here{id: row.ID, days: map[string]bool{}}
		found[key], byID[row.ID] = h, h
	}
	var sessions []sessionRow
	err := db.Select("id", "couple", "started_at", "ended_at").
		Where("counselor = ? AND state = ?", counselor, protocol.SessionEnded).Find(&sessions).Error
	for _, row := range sessions {
		for _, at := range []*moment{row.StartedAt, row.EndedAt} {
			if h := byID[row.Couple]; h != nil && at != nil {
				h.days[at.time().Format(time.DateOnly)] = true
			}
		}
	}
	return found, err
}

// problems are those that only the house can see.
func (b *bringing) problems(lines []intake.Couple) {
	wrong := func(line int, column, code, mend string) {
		b.done.Problems = append(b.done.Problems, protocol.ImportProblem{Line: line, Column: column, Code: code, Mend: mend})
	}
	named := map[string]bool{}
	for _, c := range lines {
		h := b.here[c.Key]
		switch {
		case h != nil && h.more:
			wrong(c.Line, "label", "label_twice", "Two couples here have this label. Rename one of them first.")
		case h == nil && !named[c.Key]:
			if c.One == "" {
				wrong(c.Line, "one", "empty", "Give the first name of each partner.")
			}
			if c.Two == "" {
				wrong(c.Line, "two", "empty", "Give the first name of each partner.")
			}
		}
		named[c.Key] = true
	}
}

// plan says of each line what becomes of it.
func (b *bringing) plan(lines []intake.Couple) {
	for _, c := range lines {
		told := protocol.ImportLine{Line: c.Line, Label: c.Label, Fate: "known"}
		h := b.here[c.Key]
		if h == nil {
			h = &here{made: c, days: map[string]bool{}}
			b.here[c.Key] = h
			told.Fate = "new"
			b.done.Couples++
		}
		if !h.planned {
			h.planned = true
			b.order = append(b.order, h)
		}
		for _, day := range c.Days {
			name := day.Format(time.DateOnly)
			if h.days[name] {
				told.Skipped++
				continue
			}
			h.days[name] = true
			h.add = append(h.add, day)
			told.Added++
		}
		b.done.Sessions += told.Added
		b.done.Lines = append(b.done.Lines, told)
	}
}

func (b *bringing) carryOut() error {
	for _, h := range b.order {
		if h.id == "" {
			id, err := b.store.makeCouple(b.tx, b.of, protocol.NewCouple{
				Label: h.made.Label,
				One:   protocol.Partner{Name: h.made.One, Pronouns: h.made.OnePronouns},
				Two:   protocol.Partner{Name: h.made.Two, Pronouns: h.made.TwoPronouns},
			})
			if err != nil {
				return err
			}
			h.id = id
		}
		for _, day := range h.add {
			if err := b.session(h.id, day); err != nil {
				return err
			}
		}
	}
	return nil
}

// session is one of which the day alone is known: noon, so that it is that day in most
// places.
func (b *bringing) session(couple string, day time.Time) error {
	at := day.Add(12 * time.Hour)
	m := momentOf(at)
	return b.tx.Create(&sessionRow{
		ID: idOf(at), KeyID: couple, Couple: couple, Counselor: b.of.ID, State: protocol.SessionEnded, Imported: true,
		CreatedAt: momentOf(b.store.now()), StartsAt: &m, StartedAt: &m, EndedAt: &m, Minutes: usualMinutes, Agenda: []session.Planned{},
	}).Error
}

// idOf is an id as one made at a time would be, so that lists in the order of ids are in
// the order of time.
func idOf(at time.Time) string {
	id := uuid.Must(uuid.NewV7())
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(at.UnixMilli())) //nolint:gosec // after 1970
	copy(id[:6], ms[2:])
	return id.String()
}
