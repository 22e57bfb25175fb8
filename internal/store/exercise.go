package store

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/protocol"
)

type exerciseRow struct {
	ID         string
	KeyID      string
	Practice   string
	Counselor  string
	SlugMark   []byte
	Scope      protocol.Scope
	Revision   int
	CreatedAt  moment `gorm:"autoCreateTime:false"`
	SavedAt    moment
	Source     string              `gorm:"serializer:sealed"`
	Definition exercise.Definition `gorm:"serializer:sealed"`
}

func (exerciseRow) TableName() string { return "exercises" }

// Exercise is one that a counselor wrote, as another counselor or they themselves
// see it. Its id is the definition's.
type Exercise struct {
	Definition exercise.Definition
	Source     string // the file, as it was written; empty in lists
	Scope      protocol.Scope
	Mine       bool
	Revision   int // counts what was saved, from 1
}

// NewExercise is a file that was read and found good.
type NewExercise struct {
	Definition exercise.Definition
	Source     string
	Scope      protocol.Scope
}

// maxExercises bounds what one counselor keeps: a library nobody can look through,
// and each list opens all of it.
const maxExercises = 300

var (
	idTaken          = fault.New(fault.Conflict, "id_taken", "Another exercise of this practice has this id.").At("source")
	staleExercise    = fault.New(fault.Conflict, "stale_version", "This exercise was changed elsewhere. Compare the two and save again.")
	tooManyExercises = fault.New(fault.Conflict, "too_many_exercises", "There are too many exercises of yours. Delete one that you no longer use.")
)

// ErrNotTheOwner refuses to change what a colleague shares.
var ErrNotTheOwner = fault.New(fault.Conflict, "not_the_owner", "This exercise is a colleague's. Copy it to make it your own.")

func (r exerciseRow) exercise(counselor string) Exercise {
	return Exercise{
		Definition: r.Definition, Source: r.Source, Scope: r.Scope, Mine: r.Counselor == counselor, Revision: r.Revision,
	}
}

// visible narrows a query to what a counselor may see: their own, and what their
// practice shares.
func visible(db *gorm.DB, of counselorRow) *gorm.DB {
	return db.Where("counselor = ? OR (practice = ? AND scope = ?)", of.ID, of.Practice, protocol.ForPractice)
}

// counselorOf is who asks, without their words. Their key is the practice's.
func counselorOf(db *gorm.DB, counselor string) (of counselorRow, err error) {
	return of, db.Select("id", "key_id", "practice").Where("id = ?", counselor).Take(&of).Error
}

func (s *Store) slugMark(practice, slug string) ([]byte, error) {
	return s.index.Mark("exercises.slug", practice+"/"+slug)
}

// Exercises lists what a counselor may see, oldest first, without the sources.
func (s *Store) Exercises(ctx context.Context, counselor string) ([]Exercise, error) {
	db := s.reading(ctx)
	of, err := counselorOf(db, counselor)
	if err != nil {
		return nil, s.understood(err)
	}
	var rows []exerciseRow
	if err := visible(db.Omit("source"), of).Order("id").Find(&rows).Error; err != nil {
		return nil, s.understood(err)
	}
	list := make([]Exercise, len(rows))
	for i, row := range rows {
		list[i] = row.exercise(counselor)
	}
	return list, nil
}

// Exercise answers with one that the counselor may see.
func (s *Store) Exercise(ctx context.Context, counselor, id string) (Exercise, error) {
	row, err := s.exerciseRow(s.reading(ctx), counselor, id)
	return row.exercise(counselor), s.understood(err)
}

func (s *Store) exerciseRow(db *gorm.DB, counselor, id string) (row exerciseRow, err error) {
	of, err := counselorOf(db, counselor)
	if err != nil {
		return row, err
	}
	mark, err := s.slugMark(of.Practice, id)
	if err != nil {
		return row, err
	}
	return row, visible(db.Where("practice = ? AND slug_mark = ?", of.Practice, mark), of).Take(&row).Error
}

// ownExercise finds one that the counselor may change. Faults: not_found, and
// not_the_owner for one that is shared with them.
func (s *Store) ownExercise(tx *gorm.DB, counselor, id string) (exerciseRow, error) {
	row, err := s.exerciseRow(tx, counselor, id)
	if err == nil && row.Counselor != counselor {
		err = ErrNotTheOwner
	}
	return row, err
}

// CreateExercise keeps a new one. Faults: id_taken, too_many_exercises.
func (s *Store) CreateExercise(ctx context.Context, counselor string, e NewExercise, once Once) (Exercise, error) {
	err := s.transact(ctx, func(tx *gorm.DB) error {
		of, err := counselorOf(tx, counselor)
		if err != nil {
			return err
		}
		mark, err := s.slugMark(of.Practice, e.Definition.ID)
		if err != nil {
			return err
		}
		_, err = s.once(tx, counselor, "exercise", once, func() (string, error) {
			var kept int64
			if err := tx.Model(&exerciseRow{}).Where("counselor = ?", counselor).Count(&kept).Error; err != nil {
				return "", err
			}
			if kept >= maxExercises {
				return "", tooManyExercises
			}
			at := momentOf(s.now())
			row := exerciseRow{
				ID: newID(), KeyID: of.KeyID, Practice: of.Practice, Counselor: counselor, SlugMark: mark, Scope: e.Scope,
				Revision: 1, CreatedAt: at, SavedAt: at, Source: e.Source, Definition: e.Definition,
			}
			err := tx.Create(&row).Error
			if errors.Is(err, gorm.ErrDuplicatedKey) {
				err = idTaken
			}
			return row.ID, err
		})
		return err
	})
	if err != nil {
		return Exercise{}, err
	}
	return s.Exercise(ctx, counselor, e.Definition.ID)
}

// UpdateExercise replaces one that stands at a revision; the id stays. With fault
// stale_version it answers with the exercise as it is. Faults: not_the_owner as well.
func (s *Store) UpdateExercise(ctx context.Context, counselor, id string, revision int, e NewExercise) (now Exercise, err error) {
	err = s.transact(ctx, func(tx *gorm.DB) error {
		row, err := s.ownExercise(tx, counselor, id)
		if err != nil {
			return err
		}
		if row.Revision != revision {
			now = row.exercise(counselor)
			return staleExercise
		}
		row.Revision++
		row.SavedAt, row.Scope, row.Source, row.Definition = momentOf(s.now()), e.Scope, e.Source, e.Definition
		now = row.exercise(counselor)
		return tx.Select("Revision", "SavedAt", "Scope", "Source", "Definition").Updates(&row).Error
	})
	return now, err
}

// DeleteExercise takes one out of the library. Sessions that ran it, or run it now,
// have their own. Fault: not_the_owner.
func (s *Store) DeleteExercise(ctx context.Context, counselor, id string) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		row, err := s.ownExercise(tx, counselor, id)
		if err != nil {
			return err
		}
		return tx.Where("id = ?", row.ID).Delete(&exerciseRow{}).Error
	})
}
