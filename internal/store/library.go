package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"mend/internal/session"
)

// favouriteRow is an exercise that a counselor has starred.
type favouriteRow struct {
	Counselor string
	Mark      []byte
}

func (favouriteRow) TableName() string { return "favourites" }

// useRow is when a couple last began an exercise.
type useRow struct {
	Couple string
	Mark   []byte
	LastAt moment
}

func (useRow) TableName() string { return "exercise_uses" }

// exerciseMark stands for an exercise where it must not stand in words; those of two
// people differ.
func (s *Store) exerciseMark(of, exercise string) ([]byte, error) {
	return s.index.Mark("exercise", of+"\x00"+exercise)
}

// marked are exercises by their marks.
func (s *Store) marked(of string, exercises []string) (map[string]string, error) {
	all := make(map[string]string, len(exercises))
	for _, exercise := range exercises {
		mark, err := s.exerciseMark(of, exercise)
		if err != nil {
			return nil, err
		}
		all[string(mark)] = exercise
	}
	return all, nil
}

// Favourites tells which of some exercises a counselor has starred.
func (s *Store) Favourites(ctx context.Context, counselor string, exercises []string) (map[string]bool, error) {
	var rows []favouriteRow
	if err := s.reading(ctx).Where("counselor = ?", counselor).Find(&rows).Error; err != nil || len(rows) == 0 {
		return nil, s.understood(err)
	}
	byMark, err := s.marked(counselor, exercises)
	if err != nil {
		return nil, s.understood(err)
	}
	starred := make(map[string]bool, len(rows))
	for _, row := range rows {
		if exercise, ok := byMark[string(row.Mark)]; ok {
			starred[exercise] = true
		}
	}
	return starred, nil
}

// SetFavourite puts a star on an exercise or takes it off; twice is as good as once.
func (s *Store) SetFavourite(ctx context.Context, counselor, exercise string, on bool) error {
	mark, err := s.exerciseMark(counselor, exercise)
	if err != nil {
		return s.understood(err)
	}
	row := favouriteRow{Counselor: counselor, Mark: mark}
	return s.transact(ctx, func(tx *gorm.DB) error {
		if !on {
			return tx.Where("counselor = ? AND mark = ?", counselor, mark).Delete(&row).Error
		}
		return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
	})
}

// LastUses tells when a couple last began each of some exercises; those that it never
// began are absent.
func (s *Store) LastUses(ctx context.Context, counselor, couple string, exercises []string) (map[string]time.Time, error) {
	db := s.reading(ctx)
	if _, err := ownCouple(db, counselor, couple); err != nil {
		return nil, s.understood(err)
	}
	waiting := s.writer.uses(couple) // first: meanwhile they may go to the table
	var rows []*useRow
	if err := db.Where("couple = ?", couple).Find(&rows).Error; err != nil {
		return nil, s.understood(err)
	}
	if rows = append(rows, waiting...); len(rows) == 0 {
		return nil, nil
	}
	byMark, err := s.marked(couple, exercises)
	if err != nil {
		return nil, s.understood(err)
	}
	last := make(map[string]time.Time, len(rows))
	for _, row := range rows {
		if exercise, ok := byMark[string(row.Mark)]; ok && row.LastAt.time().After(last[exercise]) {
			last[exercise] = row.LastAt.time()
		}
	}
	return last, nil
}

// useOf is what a record says of when a couple began which exercise; nil for most. It is
// noted with the record in one transaction, and waits with it in the tail: nobody plans
// the next hour within a second.
func (s *Store) useOf(p sessionPlace, r session.Record) (*useRow, error) {
	started, ok := r.Event.(session.ExerciseStarted)
	if !ok {
		return nil, nil
	}
	return s.useAt(p, started, momentOf(r.At))
}

func (s *Store) useAt(p sessionPlace, started session.ExerciseStarted, at moment) (*useRow, error) {
	mark, err := s.exerciseMark(p.couple, started.Program.ID)
	return &useRow{Couple: p.couple, Mark: mark, LastAt: at}, err
}

// noteUse never has an earlier time go over a later one.
const noteUse = `INSERT INTO exercise_uses (couple, mark, last_at) VALUES ($1, $2, $3)
ON CONFLICT (couple, mark) DO UPDATE SET last_at = excluded.last_at WHERE exercise_uses.last_at < excluded.last_at`

// values are those of noteUse.
func (u *useRow) values() [3]any { return [...]any{u.Couple, u.Mark, int64(u.LastAt)} }

func keepUse(tx *gorm.DB, use *useRow) error {
	if use == nil {
		return nil
	}
	values := use.values()
	_, err := tx.Statement.ConnPool.ExecContext(tx.Statement.Context, noteUse, values[:]...)
	return err
}

// recallUses fills in what was begun before there was a place to note it, from the
// logs themselves: once, for a database that holds exercises and no note of them.
func (s *Store) recallUses(ctx context.Context) error {
	db := s.reading(ctx)
	var noted bool
	if err := db.Raw("SELECT EXISTS (SELECT 1 FROM exercise_uses)").Scan(&noted).Error; err != nil || noted {
		return s.understood(err)
	}
	typ := session.ExerciseStarted{}.Type()
	var begun []eventRow
	if err := db.Where("type = ?", typ).Order("session, seq").Find(&begun).Error; err != nil || len(begun) == 0 {
		return s.understood(err)
	}
	return s.transact(ctx, func(tx *gorm.DB) error {
		for i := range begun {
			row := &begun[i]
			event, err := s.eventOf(ctx, row)
			if err != nil {
				return err
			}
			started, ok := event.(session.ExerciseStarted)
			if !ok { // the couple's key is gone
				continue
			}
			p, err := s.place(ctx, row.Session)
			if err != nil {
				return err
			}
			use, err := s.useAt(p, started, row.At)
			if err == nil {
				err = keepUse(tx, use)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}
