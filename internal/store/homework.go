package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"mend/internal/exercise"
	"mend/internal/homework"
	"mend/internal/protocol"
	"mend/internal/record"
	"mend/internal/seal"
	"mend/internal/session"
)

type homeworkRow struct {
	ID        string
	Couple    string
	Counselor string // who set it
	MadeAt    moment
	ClosedAt  *moment
	ReadIn    *string
	ReadAt    *moment
}

func (homeworkRow) TableName() string { return "homework" }

// homeworkEventRow is a record as it is stored; like a session's, its payload is bound
// to all the columns beside it.
type homeworkEventRow struct {
	Homework string `gorm:"primaryKey"`
	Seq      uint64 `gorm:"primaryKey;autoIncrement:false"`
	Command  string
	At       moment
	By       session.Role
	Type     string
	KeyID    string
	Payload  []byte
}

func (homeworkEventRow) TableName() string { return "homework_events" }

func (e *homeworkEventRow) place() string {
	return fmt.Sprintf("homework_events.payload/%s/%d/%d/%s/%s/%s", e.Homework, e.Seq, e.At, e.By, e.Type, e.Command)
}

// ownHomework is where a counselor's homework is looked up, and nowhere else. It is
// whose the couple is now, whoever set it.
func ownHomework(db *gorm.DB, counselor, id string) (row homeworkRow, err error) {
	return row, db.Where("id = ? AND couple IN (SELECT id FROM couples WHERE couples.counselor = ?)", id, counselor).Take(&row).Error
}

// HomeworkFacts are what homework for a couple is set with, as they stand now.
func (s *Store) HomeworkFacts(ctx context.Context, counselor, couple string) (f homework.Facts, stated *session.Suitability, err error) {
	db := s.reading(ctx)
	if _, err := ownCouple(db, counselor, couple); err != nil {
		return f, nil, s.understood(err)
	}
	if f.People, err = people(db, sessionRow{Couple: couple, Counselor: counselor}); err != nil {
		return f, nil, s.understood(err)
	}
	who, practice, err := counselorAndPractice(db, counselor)
	if err != nil {
		return f, nil, s.understood(err)
	}
	f.Policy, f.Language = practice.Policy, who.Language
	stated, err = suitability(db, couple)
	return f, stated, s.understood(err)
}

// SetHomework begins a log with its first record, and tells under which id: its own, or
// that of the same call before.
func (s *Store) SetHomework(ctx context.Context, counselor, couple, id string, r homework.Record, once Once) (string, error) {
	err := s.transact(ctx, func(tx *gorm.DB) error {
		if _, err := ownCouple(tx, counselor, couple); err != nil {
			return err
		}
		var err error
		id, err = s.once(tx, counselor, "homework/"+couple, once, func() (string, error) {
			row := homeworkRow{ID: id, Couple: couple, Counselor: counselor, MadeAt: momentOf(r.At)}
			if err := tx.Create(&row).Error; err != nil {
				return "", err
			}
			if err := addHomework(tx, row, r); err != nil {
				return "", err
			}
			return id, s.audited(tx, Deed{Actor: counselor, Action: HomeworkSet, Object: "homework/" + id})
		})
		return err
	})
	return id, err
}

// AppendHomework adds a record and returns once it is on disk. Where the log has moved
// on, the error is session.ErrConflict. What was typed and is now given is forgotten.
func (s *Store) AppendHomework(ctx context.Context, id string, r homework.Record) error {
	err := s.transact(ctx, func(tx *gorm.DB) error {
		var row homeworkRow
		if err := tx.Where("id = ?", id).Take(&row).Error; err != nil {
			return err
		}
		if err := addHomework(tx, row, r); err != nil {
			return err
		}
		switch e := r.Event.(type) {
		case homework.Answered:
			return forgetDraft(tx, id, session.Seat(r.By), e.Step)
		case homework.Declined:
			return forgetDraft(tx, id, session.Seat(r.By), e.Step)
		case homework.Revealed:
			return s.homeworkDeed(tx, row, HomeworkRevealed)
		case homework.Closed:
			if err := endHomework(tx, id, map[string]any{"closed_at": momentOf(r.At)}); err != nil {
				return err
			}
			return s.homeworkDeed(tx, row, HomeworkClosed)
		}
		return nil
	})
	if errors.Is(err, seal.ErrGone) {
		return erased.Because(err)
	}
	return err
}

// homeworkDeed writes down what the counselor did whose the couple is now.
func (s *Store) homeworkDeed(tx *gorm.DB, row homeworkRow, did Action) error {
	var of coupleRow
	if err := tx.Select("id", "counselor").Where("id = ?", row.Couple).Take(&of).Error; err != nil {
		return err
	}
	return s.audited(tx, Deed{Actor: of.Counselor, Action: did, Object: "homework/" + row.ID})
}

// endHomework closes the ways in and takes away what only an unfinished one needs.
func endHomework(tx *gorm.DB, id string, how map[string]any) error {
	if err := tx.Model(&homeworkRow{}).Where("id = ?", id).Updates(how).Error; err != nil {
		return err
	}
	return tx.Where("homework = ?", id).Delete(&homeworkDraftRow{}).Error
}

// addHomework seals a record and writes it, in the running transaction. Nobody's name is
// in it: the log cannot be changed, and a name goes with its person.
func addHomework(tx *gorm.DB, of homeworkRow, r homework.Record) error {
	if set, ok := r.Event.(homework.WasSet); ok {
		set.Facts.People = session.People{}
		r.Event = set
	}
	typ, payload, err := homework.EncodeEvent(r.Event)
	if err != nil {
		return err
	}
	row := homeworkEventRow{
		Homework: of.ID, Seq: r.Seq, Command: string(r.Command), At: momentOf(r.At), By: r.By, Type: typ, KeyID: of.Couple,
	}
	if e, ok := r.Event.(homework.Answered); ok && e.Audience != exercise.Room {
		// A partner's private words are under their own key, to be erased alone.
		partners, err := partnersOf(tx.Omit("name", "pronouns"), of.Couple)
		if err != nil {
			return err
		}
		row.KeyID = partners[of.Couple][session.Seat(r.By)].ID
	}
	key, err := keyFrom(tx.Statement.Context, row.KeyID)
	if err != nil {
		return err
	}
	if row.Payload, err = key.Seal(payload, row.place()); err != nil {
		return err
	}
	err = tx.Create(&row).Error
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return session.ErrConflict
	}
	return err
}

// HomeworkLog is a whole log, in order. A record whose key was destroyed reads as Erased.
func (s *Store) HomeworkLog(ctx context.Context, id string) ([]homework.Record, error) {
	logs, err := s.homeworkLogs(ctx, []string{id})
	if err == nil && len(logs[id]) == 0 {
		return nil, notFound
	}
	return logs[id], err
}

func (s *Store) homeworkLogs(ctx context.Context, ids []string) (map[string][]homework.Record, error) {
	var rows []homeworkEventRow
	if err := s.reading(ctx).Where("homework IN ?", ids).Order("homework, seq").Find(&rows).Error; err != nil {
		return nil, s.understood(err)
	}
	logs := make(map[string][]homework.Record, len(ids))
	for i := range rows {
		row := &rows[i]
		event, err := s.homeworkEvent(ctx, row)
		if err != nil {
			return nil, s.understood(fmt.Errorf("homework %s, seq %d: %w", row.Homework, row.Seq, err))
		}
		logs[row.Homework] = append(logs[row.Homework], homework.Record{
			Seq: row.Seq, At: row.At.time(), By: row.By, Command: session.CommandID(row.Command), Event: event,
		})
	}
	return logs, s.understood(nameHomework(s.reading(ctx), ids, logs))
}

// nameHomework tells in each log who the three are now: the counselor whose the couple
// is, and nobody who was erased.
func nameHomework(db *gorm.DB, ids []string, logs map[string][]homework.Record) error {
	var rows []homeworkRow
	if err := db.Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return err
	}
	known := map[string]session.People{}
	for _, row := range rows {
		log := logs[row.ID]
		if len(log) == 0 {
			continue
		}
		set, ok := log[0].Event.(homework.WasSet)
		if !ok {
			continue
		}
		who, found := known[row.Couple]
		if !found {
			var couple coupleRow
			err := db.Select("id", "counselor").Where("id = ?", row.Couple).Take(&couple).Error
			if err != nil {
				return err
			}
			if who, err = people(db, sessionRow{Couple: couple.ID, Counselor: couple.Counselor}); err != nil {
				return err
			}
			known[row.Couple] = who
		}
		who.One = cmp.Or(who.One, record.NameOfErased(set.Facts.Language))
		who.Two = cmp.Or(who.Two, record.NameOfErased(set.Facts.Language))
		set.Facts.People = who
		log[0].Event = set
	}
	return nil
}

func (s *Store) homeworkEvent(ctx context.Context, row *homeworkEventRow) (homework.Event, error) {
	key, err := s.ring.Key(ctx, row.KeyID)
	if errors.Is(err, seal.ErrGone) {
		return homework.Erased{}, nil
	}
	if err != nil {
		return nil, err
	}
	payload, err := key.Open(row.Payload, row.place())
	if err != nil {
		return nil, err
	}
	return homework.DecodeEvent(row.Type, payload)
}

// Homework of the counselor's own couple, with its log and its links.
func (s *Store) Homework(ctx context.Context, counselor, id string) (protocol.HomeworkRow, error) {
	row, err := ownHomework(s.reading(ctx), counselor, id)
	if err != nil {
		return protocol.HomeworkRow{}, s.understood(err)
	}
	list, err := s.homeworkRows(ctx, []homeworkRow{row})
	if err != nil {
		return protocol.HomeworkRow{}, err
	}
	return list[0], nil
}

// HomeworkOf a couple, newest first.
func (s *Store) HomeworkOf(ctx context.Context, counselor, couple string, p Page) (list []protocol.HomeworkRow, next string, err error) {
	db := s.reading(ctx)
	if _, err := ownCouple(db, counselor, couple); err != nil {
		return nil, "", s.understood(err)
	}
	query, err := p.of(db.Where("couple = ?", couple))
	if err != nil {
		return nil, "", err
	}
	var rows []homeworkRow
	if err := query.Find(&rows).Error; err != nil {
		return nil, "", s.understood(err)
	}
	rows, next = cut(rows, p, func(r homeworkRow) string { return r.ID })
	list, err = s.homeworkRows(ctx, rows)
	return list, next, err
}

func (s *Store) homeworkRows(ctx context.Context, rows []homeworkRow) ([]protocol.HomeworkRow, error) {
	ids := idsOf(rows, func(r homeworkRow) string { return r.ID })
	logs, err := s.homeworkLogs(ctx, ids)
	if err != nil {
		return nil, err
	}
	links, err := s.homeworkLinks(ctx, ids)
	list := make([]protocol.HomeworkRow, len(rows))
	for i, r := range rows {
		list[i] = protocol.HomeworkRow{ID: r.ID, Couple: r.Couple, MadeAt: r.MadeAt.time(), Log: logs[r.ID], Links: noNil(links[r.ID])}
	}
	return list, err
}

// HomeworkPractice is the practice that homework comes from.
func (s *Store) HomeworkPractice(ctx context.Context, id string) (protocol.Practice, error) {
	db := s.reading(ctx)
	var row homeworkRow
	if err := db.Where("id = ?", id).Take(&row).Error; err != nil {
		return protocol.Practice{}, s.understood(err)
	}
	_, practice, err := counselorAndPractice(db, row.Counselor)
	return practice.practice(), s.understood(err)
}

// HomeworkToRead is what a session is to read back: all that was set for its couple and
// neither taken back nor read back before, oldest first. What this very session has
// read is told again.
func (s *Store) HomeworkToRead(ctx context.Context, sessionID string) ([]protocol.HomeworkRow, error) {
	p, err := s.place(ctx, sessionID)
	if err != nil {
		return nil, err
	}
	var rows []homeworkRow
	err = s.reading(ctx).Where("couple = ? AND closed_at IS NULL AND (read_at IS NULL OR read_in = ?)", p.couple, sessionID).
		Order("id").Limit(maxReadBack).Find(&rows).Error
	if err != nil {
		return nil, s.understood(err)
	}
	return s.homeworkRows(ctx, rows)
}

// maxReadBack bounds what one opening can look back upon; the rest waits for the next.
const maxReadBack = 5

// readBack notes in each homework's own log that a session has read it back.
func readBack(tx *gorm.DB, couple, sessionID string, told []session.Homework, at time.Time) error {
	for _, h := range told {
		var found []homeworkRow
		err := tx.Where("id = ? AND couple = ? AND closed_at IS NULL AND read_at IS NULL", h.ID, couple).Limit(1).Find(&found).Error
		if err != nil {
			return err
		}
		if len(found) == 0 {
			continue // read back before, or taken back in this very moment
		}
		row := found[0]
		var last uint64
		if err := tx.Model(&homeworkEventRow{}).Select("MAX(seq)").Where("homework = ?", h.ID).Scan(&last).Error; err != nil {
			return err
		}
		err = addHomework(tx, row, homework.Record{
			Seq: last + 1, At: at, By: session.Counselor, Command: session.CommandID("read-" + sessionID),
			Event: homework.WasReadBack{Session: sessionID},
		})
		if err != nil {
			return err
		}
		if err := endHomework(tx, h.ID, map[string]any{"read_in": sessionID, "read_at": momentOf(at)}); err != nil {
			return err
		}
	}
	return nil
}
