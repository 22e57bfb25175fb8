package web

import (
	"context"
	"fmt"
	"slices"

	"mend/internal/exercise"
	"mend/internal/protocol"
)

func (a *api) exercises(ctx context.Context, who person, in *WhichExercises) (*body[protocol.ExerciseList], error) {
	items := []protocol.ExerciseHead{}
	for _, d := range a.catalog.In(in.Language).List() {
		items = append(items, headOf(d))
	}
	err := a.familiar(ctx, who, in.Couple, items)
	return &body[protocol.ExerciseList]{protocol.ExerciseList{Items: items}}, err
}

func (a *api) exercise(ctx context.Context, who person, in *whichExercise) (*exerciseAnswer, error) {
	d, ok := a.catalog.In(in.Language).Exercise(in.Exercise)
	p, runs := a.catalog.Program(in.Exercise)
	if !ok || !runs {
		return nil, errNotYours
	}
	heads := []protocol.ExerciseHead{headOf(d)}
	if err := a.familiar(ctx, who, in.Couple, heads); err != nil {
		return nil, err
	}
	steps := make([]exercise.Instruction, len(p.Steps))
	for i := range p.Steps {
		steps[i] = *p.Step(i, in.Language)
	}
	return &exerciseAnswer{
		ETag: fmt.Sprintf(`"%s-%d"`, d.ID, d.Version),
		Body: protocol.Exercise{ExerciseHead: heads[0], Sources: list(d.Sources), Steps: steps},
	}, nil
}

func headOf(d exercise.Definition) protocol.ExerciseHead {
	return protocol.ExerciseHead{
		ID: d.ID, Version: d.Version, Origin: protocol.Shipped, Title: d.Title, Phase: d.Phase, Themes: list(d.Themes),
		Intensity: d.Intensity, Minutes: d.Minutes, Summary: d.Summary, After: d.After, Frame: d.Frame,
		Roles: d.Roles, Guidance: d.Counselor,
	}
}

// familiar adds what this counselor has to do with exercises: the stars, and when one
// of their couples last began each.
func (a *api) familiar(ctx context.Context, who person, couple string, heads []protocol.ExerciseHead) error {
	ids := make([]string, len(heads))
	for i, head := range heads {
		ids[i] = head.ID
	}
	starred, err := a.store.Favourites(ctx, who.id, ids)
	if err != nil {
		return err
	}
	for i := range heads {
		heads[i].Favourite = starred[heads[i].ID]
	}
	if couple == "" {
		return nil
	}
	last, err := a.store.LastUses(ctx, who.id, couple, ids)
	for i := range heads {
		if at, used := last[heads[i].ID]; used {
			heads[i].LastUsedAt = &at
		}
	}
	return err
}

func (a *api) putFavourite(ctx context.Context, who person, in *ExerciseID) (*nothing, error) {
	if _, ok := a.catalog.Exercise(in.Exercise); !ok {
		return nil, errNotYours
	}
	return nil, a.store.SetFavourite(ctx, who.id, in.Exercise, true)
}

// deleteFavourite does not ask whether there is such an exercise: a star may outlive it.
func (a *api) deleteFavourite(ctx context.Context, who person, in *ExerciseID) (*nothing, error) {
	return nil, a.store.SetFavourite(ctx, who.id, in.Exercise, false)
}

func (a *api) listAgendas(_ context.Context, _ person, in *InLanguage) (*body[protocol.AgendaList], error) {
	items := []protocol.Agenda{}
	for _, agenda := range a.agendas {
		items = append(items, protocol.Agenda{
			ID: agenda.ID, Minutes: agenda.Minutes, Exercises: slices.Clone(agenda.Exercises),
			Title: said(agenda.Title, in.Language), Summary: said(agenda.Summary, in.Language),
		})
	}
	return &body[protocol.AgendaList]{protocol.AgendaList{Items: items}}, nil
}

// said is a text in a language, or in English.
func said(texts map[string]string, in exercise.Language) string {
	if text, ok := texts[string(in)]; ok {
		return text
	}
	return texts[string(exercise.English)]
}

// list is never null on the wire.
func list[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}
