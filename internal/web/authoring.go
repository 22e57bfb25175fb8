package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"mend/content"
	"mend/internal/catalog"
	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/protocol"
	"mend/internal/store"
)

// Exercises that counselors write: read, checked, kept, shared and taken away.

// newExercise is the id under which the skeleton of a new exercise is read. It is a
// page's address too, so that no exercise is ever called so.
const newExercise = "new"

func (a *api) exerciseSource(ctx context.Context, who person, in *ExerciseID) (*sourceAnswer, error) {
	if in.Exercise == newExercise {
		return sourced(book{
			Definition: exercise.Definition{ID: newExercise, Version: 1},
			source:     string(catalog.Skeleton("my-exercise")), origin: protocol.Shipped,
		}), nil
	}
	b, err := a.library.For(who.id).Find(ctx, in.Exercise)
	if err != nil {
		return nil, err
	}
	return sourced(b), nil
}

func sourced(b book) *sourceAnswer {
	tag := fmt.Sprintf(`"%s-%d"`, b.ID, b.Version)
	if b.origin != protocol.Shipped {
		tag = fmt.Sprintf(`"%d"`, b.revision)
	}
	return &sourceAnswer{ETag: tag, Body: told(b)}
}

func told(b book) protocol.ExerciseSource {
	return protocol.ExerciseSource{ID: b.ID, Version: b.Version, Origin: b.origin, Scope: b.scope, Source: b.source}
}

func (a *api) createExercise(ctx context.Context, who person, in *makes[protocol.PutExercise]) (*sourceAnswer, error) {
	d, err := a.drafted(ctx, who, in.Body.Source)
	if err != nil {
		return nil, err
	}
	if len(d.Problems) > 0 {
		return nil, notAnExercise(d.Problems)
	}
	once, err := again(in.Key, "exercises", in.Body)
	if err != nil {
		return nil, err
	}
	e, err := a.store.CreateExercise(ctx, who.id, newOf(d, in.Body), once)
	if fault.Code(err) == "id_taken" {
		d.Report("id", "id-taken", "Another exercise of your practice has this id", "Choose another, such as "+otherID(d.Definition.ID))
		return nil, notAnExercise(d.Problems)
	}
	if err != nil {
		return nil, err
	}
	return sourced(bound(e)), nil
}

// putExercise replaces an exercise where nobody has saved it since. Its id stays, and
// its version rises with whatever is changed in it: a running session and an old
// record keep theirs, and are to be told apart. Only the scope may change without.
func (a *api) putExercise(ctx context.Context, who person, in *savesExercise) (*sourceAnswer, error) {
	revision, ok := versionOf(in.IfMatch)
	if !ok {
		return nil, errIfMatch
	}
	before, err := a.library.For(who.id).Find(ctx, in.Exercise)
	if err != nil {
		return nil, err
	}
	if err := changeable(before, revision); err != nil {
		return nil, err
	}
	d, err := a.drafted(ctx, who, in.Body.Source)
	if err != nil {
		return nil, err
	}
	if d.Definition.ID != before.ID && d.Definition.ID != "" {
		d.Report("id", "id-changed", fmt.Sprintf("This exercise is %q, and keeps its id", before.ID), "Write "+before.ID+", or save it as a new exercise")
	}
	if in.Body.Source != before.source && d.Definition.Version > 0 && d.Definition.Version <= before.Version {
		d.Report("version", "version-not-raised", fmt.Sprintf("Version %d is saved already, and there are changes since", before.Version),
			"Write "+strconv.Itoa(before.Version+1))
	}
	if len(d.Problems) > 0 {
		return nil, notAnExercise(d.Problems)
	}
	e, err := a.store.UpdateExercise(ctx, who.id, in.Exercise, revision, newOf(d, in.Body))
	if fault.Code(err) == "stale_version" {
		return nil, changedMeanwhile(bound(e))
	}
	if err != nil {
		return nil, err
	}
	return sourced(bound(e)), nil
}

// changeable tells whether a counselor may replace what they were last shown.
func changeable(b book, revision int) error {
	switch {
	case b.origin == protocol.Shipped:
		return errShips
	case b.origin == protocol.OfPractice:
		return store.ErrNotTheOwner
	case b.revision != revision:
		return changedMeanwhile(b)
	}
	return nil
}

func (a *api) deleteExercise(ctx context.Context, who person, in *ExerciseID) (*nothing, error) {
	if _, ships := a.library.shipped.Exercise(in.Exercise); ships {
		return nil, errShips
	}
	return nil, a.store.DeleteExercise(ctx, who.id, in.Exercise)
}

var errShips = fault.New(fault.Conflict, "ships_with_mend", "This exercise ships with Mend and stays as it is. Copy it to change it.")

func (a *api) lintExercise(ctx context.Context, who person, in *given[protocol.LintExercise]) (*body[protocol.Linted], error) {
	d, err := a.drafted(ctx, who, in.Body.Source)
	if err != nil {
		return nil, err
	}
	linted := protocol.Linted{Problems: list(d.Problems)}
	if len(d.Problems) == 0 {
		p, _ := exercise.Compile(d.Definition) // its problems are among those of the draft
		e := readable(book{Definition: d.Definition, origin: protocol.Mine}, p, exercise.English)
		linted.Exercise = &e
	}
	return &body[protocol.Linted]{linted}, nil
}

func (a *api) exerciseSchema(context.Context, person, *nothing) (*body[json.RawMessage], error) {
	return &body[json.RawMessage]{content.Schema}, nil
}

// drafted reads a source as it would stand on the counselor's shelf.
func (a *api) drafted(ctx context.Context, who person, source string) (*catalog.Draft, error) {
	d := catalog.ReadDraft([]byte(source))
	if d.Definition.ID == "" { // it could not be read so far
		return d, nil
	}
	shelf, err := a.library.For(who.id).List(ctx)
	if err != nil {
		return nil, err
	}
	others := map[string][]string{}
	for _, b := range shelf {
		if b.ID == d.Definition.ID && b.origin == protocol.Shipped || d.Definition.ID == newExercise {
			d.Report("id", "id-taken", "This id is Mend's own", "Choose another, such as "+otherID(d.Definition.ID))
			return d, nil
		}
		others[b.ID] = b.After
	}
	d.Among(func(id string) ([]string, bool) { after, known := others[id]; return after, known })
	if d.Definition.Frame {
		d.Report("frame", "frame-not-yours", "Only Mend's own opening and closing stand around a session", "Take it out")
	}
	return d, nil
}

// otherID is an id near one that is taken, no longer than an id may be.
func otherID(id string) string {
	const suffix, most = "-of-ours", 40
	return id[:min(len(id), most-len(suffix))] + suffix
}

func newOf(d *catalog.Draft, p protocol.PutExercise) store.NewExercise {
	return store.NewExercise{Definition: d.Definition, Source: p.Source, Scope: p.Scope}
}

// notAnExercise tells all that is wrong with a source; nothing was replaced.
func notAnExercise(problems []exercise.Problem) *problem {
	p := problemOf(errNotAnExercise)
	p.Mend = "Look at the lines named in problems."
	p.Problems = problems
	return p
}

var errNotAnExercise = fault.New(fault.Invalid, "not_an_exercise", "This is not an exercise that can be run yet. Nothing was saved or replaced.").At("source")

// changedMeanwhile carries the exercise as it is, so that the page can lay both side
// by side.
func changedMeanwhile(b book) *problem {
	p := plain(http.StatusPreconditionFailed)
	p.Code, p.Detail = "stale_version", "This exercise was changed elsewhere. Compare the two and save again."
	now := told(b)
	p.Exercise = &now
	return p
}
