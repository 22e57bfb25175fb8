package web

import (
	"context"
	"fmt"

	"mend/internal/exercise"
	"mend/internal/protocol"
)

func (a *api) exercises(ctx context.Context, who person, _ *nothing) (*body[protocol.ExerciseList], error) {
	books, err := a.library.For(who.id).List(ctx)
	if err != nil {
		return nil, err
	}
	items := []protocol.ExerciseHead{}
	for _, b := range books {
		items = append(items, headOf(b))
	}
	return &body[protocol.ExerciseList]{protocol.ExerciseList{Items: items}}, nil
}

func (a *api) exercise(ctx context.Context, who person, in *ExerciseID) (*exerciseAnswer, error) {
	shelf := a.library.For(who.id)
	b, err := shelf.Find(ctx, in.Exercise)
	if err != nil {
		return nil, err
	}
	p, err := shelf.Program(b)
	if err != nil {
		return nil, err
	}
	return &exerciseAnswer{ETag: fmt.Sprintf(`"%s-%d"`, b.ID, b.Version), Body: readable(b, p)}, nil
}

// readable is the reading view of an exercise.
func readable(b book, p exercise.Program) protocol.Exercise {
	return protocol.Exercise{
		ExerciseHead: headOf(b), Sources: list(b.Sources), Guidance: b.Counselor, Steps: list(p.Steps),
	}
}

func headOf(b book) protocol.ExerciseHead {
	return protocol.ExerciseHead{
		ID: b.ID, Version: b.Version, Title: b.Title, Phase: b.Phase, Themes: list(b.Themes),
		Intensity: b.Intensity, Minutes: b.Minutes, Summary: b.Summary, After: b.After, Frame: b.Frame,
		Roles: b.Roles, Origin: b.origin,
	}
}

// list is never null on the wire.
func list[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}
