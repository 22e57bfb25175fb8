package web

import (
	"context"
	"fmt"

	"mend/internal/exercise"
	"mend/internal/protocol"
)

func (a *api) exercises(_ context.Context, _ person, _ *nothing) (*body[protocol.ExerciseList], error) {
	items := []protocol.ExerciseHead{}
	for _, d := range a.catalog.List() {
		items = append(items, headOf(d))
	}
	return &body[protocol.ExerciseList]{protocol.ExerciseList{Items: items}}, nil
}

func (a *api) exercise(_ context.Context, _ person, in *exerciseID) (*exerciseAnswer, error) {
	d, ok := a.catalog.Exercise(in.Exercise)
	p, runs := a.catalog.Program(in.Exercise)
	if !ok || !runs {
		return nil, errNotYours
	}
	return &exerciseAnswer{
		ETag: fmt.Sprintf(`"%s-%d"`, d.ID, d.Version),
		Body: protocol.Exercise{
			ExerciseHead: headOf(d), Sources: list(d.Sources), Guidance: d.Counselor, Steps: list(p.Steps),
		},
	}, nil
}

func headOf(d exercise.Definition) protocol.ExerciseHead {
	return protocol.ExerciseHead{
		ID: d.ID, Version: d.Version, Title: d.Title, Phase: d.Phase, Themes: list(d.Themes),
		Intensity: d.Intensity, Minutes: d.Minutes, Summary: d.Summary, After: d.After, Frame: d.Frame,
		Roles: d.Roles,
	}
}

// list is never null on the wire.
func list[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}
