package web

import (
	"context"
	"fmt"
	"slices"

	"mend/internal/exercise"
	"mend/internal/protocol"
)

func (a *api) exercises(ctx context.Context, who person, in *WhichExercises) (*body[protocol.ExerciseList], error) {
	books, err := a.library.For(who.id).In(in.Language).List(ctx)
	if err != nil {
		return nil, err
	}
	items := []protocol.ExerciseHead{}
	for _, b := range books {
		items = append(items, headOf(b))
	}
	err = a.familiar(ctx, who, in.Couple, items)
	return &body[protocol.ExerciseList]{protocol.ExerciseList{Items: items}}, err
}

func (a *api) exercise(ctx context.Context, who person, in *whichExercise) (*exerciseAnswer, error) {
	shelf := a.library.For(who.id).In(in.Language)
	b, err := shelf.Find(ctx, in.Exercise)
	if err != nil {
		return nil, err
	}
	p, err := shelf.Program(b)
	if err != nil {
		return nil, err
	}
	read := readable(b, p, in.Language)
	heads := []protocol.ExerciseHead{read.ExerciseHead}
	if err := a.familiar(ctx, who, in.Couple, heads); err != nil {
		return nil, err
	}
	read.ExerciseHead = heads[0]
	return &exerciseAnswer{ETag: fmt.Sprintf(`"%s-%d"`, b.ID, b.Version), Body: read}, nil
}

// readable is the reading view of an exercise, in a language.
func readable(b book, p exercise.Program, in exercise.Language) protocol.Exercise {
	steps := make([]exercise.Instruction, len(p.Steps))
	for i := range p.Steps {
		steps[i] = *p.Step(i, in)
	}
	return protocol.Exercise{ExerciseHead: headOf(b), Sources: list(b.Sources), Steps: steps}
}

func headOf(b book) protocol.ExerciseHead {
	return protocol.ExerciseHead{
		ID: b.ID, Version: b.Version, Origin: b.origin, Title: b.Title, Phase: b.Phase, Themes: list(b.Themes),
		Intensity: b.Intensity, Minutes: b.Minutes, Summary: b.Summary, After: b.After, Frame: b.Frame,
		Roles: b.Roles, Guidance: b.Counselor, Alone: b.Alone(),
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
	if _, err := a.library.For(who.id).Find(ctx, in.Exercise); err != nil {
		return nil, err
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
