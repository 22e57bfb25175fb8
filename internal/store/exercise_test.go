package store_test

import (
	"bytes"
	"strings"
	"testing"

	"mend/internal/exercise"
	"mend/internal/protocol"
	"mend/internal/store"
)

func written(id, title string, scope protocol.Scope) store.NewExercise {
	return store.NewExercise{
		Definition: exercise.Definition{ID: id, Version: 1, Title: title, Steps: []exercise.Step{{ID: "a", Kind: exercise.Read}}},
		Source:     "title: " + title, Scope: scope,
	}
}

// colleague is a second counselor of the house's practice.
func (h *house) colleague() string {
	h.t.Helper()
	_, err := h.raw().Exec(`INSERT INTO counselors (id, key_id, practice, email_mark, password_hash, created_at, name, email)
		SELECT 'colleague', key_id, practice, ?, password_hash, created_at, name, email FROM counselors`, bytes.Repeat([]byte("c"), 32))
	if err != nil {
		h.t.Fatal(err)
	}
	return "colleague"
}

// elsewhere is a counselor of another practice.
func (h *house) elsewhere() string {
	h.t.Helper()
	for _, statement := range []string{
		`INSERT INTO practices (id, key_id, created_at, name, policy, help, leave_to)
			SELECT 'other', key_id, created_at, name, policy, help, leave_to FROM practices`,
		`INSERT INTO counselors (id, key_id, practice, email_mark, password_hash, created_at, name, email)
			SELECT 'elsewhere', key_id, 'other', ?, password_hash, created_at, name, email FROM counselors LIMIT 1`,
	} {
		var mark []any
		if strings.Contains(statement, "?") {
			mark = []any{bytes.Repeat([]byte("e"), 32)}
		}
		if _, err := h.raw().Exec(statement, mark...); err != nil {
			h.t.Fatal(err)
		}
	}
	return "elsewhere"
}

// An exercise is its author's: the practice sees it once it is shared and may not
// touch it, and nobody elsewhere knows of it.
func TestAnExerciseIsItsAuthorsAndWhomTheyShareItWith(t *testing.T) {
	h := newHouse(t)
	ctx, colleague, elsewhere := t.Context(), h.colleague(), h.elsewhere()
	must(h.CreateExercise(ctx, h.counselor, written("evening", "Evening", protocol.JustMe), store.Once{}))(t)
	for _, who := range []string{colleague, elsewhere} {
		_, err := h.Exercise(ctx, who, "evening")
		wants(t, err, "not_found")
		wants(t, h.DeleteExercise(ctx, who, "evening"), "not_found")
		if list := must(h.Exercises(ctx, who))(t); len(list) != 0 {
			t.Errorf("%s is shown what is private", who)
		}
	}
	must(h.UpdateExercise(ctx, h.counselor, "evening", 1, written("evening", "Evening", protocol.ForPractice)))(t)
	if e := must(h.Exercise(ctx, colleague, "evening"))(t); e.Mine || e.Source != "title: Evening" || e.Definition.Title != "Evening" || e.Revision != 2 {
		t.Errorf("the practice is shown %+v", e)
	}
	if list := must(h.Exercises(ctx, colleague))(t); len(list) != 1 || list[0].Mine || list[0].Source != "" {
		t.Errorf("the practice's list is %+v", list)
	}
	_, err := h.UpdateExercise(ctx, colleague, "evening", 2, written("evening", "Mine now", protocol.JustMe))
	wants(t, err, "not_the_owner")
	wants(t, h.DeleteExercise(ctx, colleague, "evening"), "not_the_owner")
	_, err = h.Exercise(ctx, elsewhere, "evening")
	wants(t, err, "not_found")

	// An id stands for one exercise in a practice, and for others in others.
	_, err = h.CreateExercise(ctx, colleague, written("evening", "Another", protocol.JustMe), store.Once{})
	wants(t, err, "id_taken")
	must(h.CreateExercise(ctx, elsewhere, written("evening", "Another", protocol.JustMe), store.Once{}))(t)
	if e := must(h.Exercise(ctx, h.counselor, "evening"))(t); !e.Mine || e.Definition.Title != "Evening" {
		t.Errorf("its author is shown %+v", e)
	}
	if err := h.DeleteExercise(ctx, h.counselor, "evening"); err != nil {
		t.Fatal(err)
	}
	_, err = h.Exercise(ctx, colleague, "evening")
	wants(t, err, "not_found")
	must(h.Exercise(ctx, elsewhere, "evening"))(t)
}

// What was saved in between is never overwritten, and comes back to be compared.
func TestAnOlderExerciseDoesNotReplaceANewer(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	once := store.Once{Key: "tap", Body: [32]byte{1}}
	must(h.CreateExercise(ctx, h.counselor, written("evening", "First", protocol.JustMe), once))(t)
	must(h.CreateExercise(ctx, h.counselor, written("evening", "First", protocol.JustMe), once))(t)
	must(h.UpdateExercise(ctx, h.counselor, "evening", 1, written("evening", "Second", protocol.JustMe)))(t)
	now, err := h.UpdateExercise(ctx, h.counselor, "evening", 1, written("evening", "Third", protocol.JustMe))
	wants(t, err, "stale_version")
	if now.Definition.Title != "Second" || now.Revision != 2 || now.Source != "title: Second" {
		t.Errorf("what stands is told as %+v", now)
	}
	if e := must(h.Exercise(ctx, h.counselor, "evening"))(t); e.Definition.Title != "Second" {
		t.Errorf("it was overwritten: %+v", e)
	}
}
