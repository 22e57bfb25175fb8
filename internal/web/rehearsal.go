package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"mend/internal/account"
	"mend/internal/catalog"
	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/hub"
	"mend/internal/protocol"
	"mend/internal/rehearsal"
	"mend/internal/session"
)

var (
	errNothingToRehearse = fault.New(fault.Invalid, "nothing_to_rehearse", "Choose at least one exercise to rehearse.").At("agenda")
	errTwoToRehearse     = fault.New(fault.Invalid, "both_given", "Give exercises of the library, the text of one or an earlier rehearsal, and only one of these.").At("source")
)

func (a *api) createRehearsal(ctx context.Context, who person, in *given[protocol.NewRehearsal]) (*body[protocol.Rehearsal], error) {
	b := in.Body
	switch {
	case tooMuch(b):
		return nil, errTwoToRehearse
	case b.Again != "":
		room, err := a.rehearseAgain(ctx, who.id, b.Again, b.AtDoor)
		if err != nil {
			return nil, err
		}
		return &body[protocol.Rehearsal]{a.toldOf(room)}, nil
	case b.Source != "":
		room, err := a.rehearseSource(ctx, who.id, []byte(b.Source), b.AtDoor)
		if err != nil {
			return nil, err
		}
		return &body[protocol.Rehearsal]{a.toldOf(room)}, nil
	case len(b.Agenda) == 0:
		return nil, errNothingToRehearse
	}
	own := rehearsal.Plan{AtDoor: b.AtDoor}
	for i, id := range b.Agenda {
		found, err := a.library.For(who.id).Find(ctx, id)
		if f, ok := fault.As(err); ok && f.Kind == fault.NotFound {
			return nil, errNoExercise.At(fmt.Sprintf("agenda[%d]", i))
		}
		if err != nil {
			return nil, err
		}
		own.Facts.Agenda = append(own.Facts.Agenda, plan(found.Definition))
	}
	room, err := a.rehearse(ctx, who.id, own)
	if err != nil {
		return nil, err
	}
	return &body[protocol.Rehearsal]{a.toldOf(room)}, nil
}

// tooMuch tells whether more than one thing is to be rehearsed.
func tooMuch(b protocol.NewRehearsal) bool {
	source, agenda, again := b.Source != "", len(b.Agenda) > 0, b.Again != ""
	return source && agenda || source && again || agenda && again
}

// rehearseAgain begins anew what was rehearsed, with a file's newest text.
func (a *api) rehearseAgain(ctx context.Context, counselor, id string, atDoor bool) (rehearsal.Room, error) {
	was, err := a.rehearsals.Find(counselor, id)
	if err != nil {
		return rehearsal.Room{}, err
	}
	var room rehearsal.Room
	if a.preview != nil && was.Stamp != "" {
		room, err = a.rehearseFile(ctx, counselor, atDoor)
	} else {
		was.AtDoor = atDoor
		room, err = a.rehearse(ctx, counselor, was.Plan)
	}
	if err == nil {
		err = a.rehearsals.Drop(counselor, was.ID)
	}
	return room, err
}

// rehearseSource makes a rehearsal of an exercise that nobody has saved.
func (a *api) rehearseSource(ctx context.Context, counselor string, source []byte, atDoor bool) (rehearsal.Room, error) {
	d, problems := catalog.ParseOne(source)
	if len(problems) > 0 {
		return rehearsal.Room{}, unfit(problems)
	}
	program, problems := exercise.Compile(d)
	if len(problems) > 0 {
		return rehearsal.Room{}, unfit(problems)
	}
	own := rehearsal.Plan{
		Own: []rehearsal.Exercise{{Definition: d, Program: program}}, Stamp: stamp(source), AtDoor: atDoor,
	}
	own.Facts.Agenda = []session.Planned{plan(d)}
	return a.rehearse(ctx, counselor, own)
}

// rehearse opens the room, with the counselor's own name and practice in it.
func (a *api) rehearse(ctx context.Context, counselor string, plan rehearsal.Plan) (rehearsal.Room, error) {
	me, err := a.store.Me(ctx, counselor)
	if err != nil {
		return rehearsal.Room{}, err
	}
	plan.Counselor = counselor
	plan.Facts.People.Counselor = me.Name
	plan.Facts.Policy, plan.Facts.Language = me.Practice.Policy, me.Language
	plan.Facts.Agenda = slices.Clone(plan.Facts.Agenda)
	for i, p := range plan.Facts.Agenda {
		if _, own := plan.Program(p.Exercise); own {
			continue // a new text of one that ships keeps its own title
		}
		if d, ok := a.library.shipped.In(me.Language).Exercise(p.Exercise); ok {
			plan.Facts.Agenda[i].Title = d.Title
		}
	}
	return a.rehearsals.Make(ctx, plan)
}

func stamp(source []byte) string {
	sum := sha256.Sum256(source)
	return hex.EncodeToString(sum[:])
}

// unfit tells all that keeps an exercise from being run, by line.
func unfit(problems []exercise.Problem) *problem {
	p := plain(http.StatusUnprocessableEntity)
	p.Code, p.Field = "exercise_has_problems", "source"
	p.Detail = "This exercise cannot be rehearsed yet: there is something to mend in it."
	for _, found := range problems {
		message := found.Message
		if found.Line > 0 {
			message = fmt.Sprintf("Line %d: %s", found.Line, message)
		}
		p.Errors = append(p.Errors, protocol.ProblemField{Field: found.Path, Message: sentence(message), Mend: sentence(found.Mend)})
	}
	return p
}

func (a *api) rehearsal(_ context.Context, who person, in *rehearsalID) (*body[protocol.Rehearsal], error) {
	room, err := a.rehearsals.Find(who.id, in.Rehearsal)
	if err != nil {
		return nil, err
	}
	return &body[protocol.Rehearsal]{a.toldOf(room)}, nil
}

func (a *api) deleteRehearsal(_ context.Context, who person, in *rehearsalID) (*nothing, error) {
	return nil, a.rehearsals.Drop(who.id, in.Rehearsal)
}

func (a *api) toldOf(r rehearsal.Room) protocol.Rehearsal {
	told := protocol.Rehearsal{ID: r.ID, Agenda: list(r.Facts.Agenda), Exercises: []protocol.ExerciseHead{}, MadeAt: r.MadeAt}
	for _, e := range r.Own {
		told.Exercises = append(told.Exercises, headOf(book{Definition: e.Definition, origin: protocol.Mine}))
	}
	if a.preview != nil {
		told.Preview, told.Changed = true, a.preview.changed(r)
	}
	return told
}

// Rehearsal is the hub and the exercises of a counselor's own rehearsal. It counts as
// using it, for the socket asks again as long as it is open.
func (a *api) Rehearsal(ctx context.Context, cookie, id string) (*hub.Hub, Programs, bool) {
	if !a.rehearsals.Has(id) { // sessions are many, and each of their sockets comes by here with every pong
		return nil, nil, false
	}
	in, err := a.door.Who(ctx, cookie)
	if err != nil || in.Kind != account.CounselorKind {
		return nil, nil, false
	}
	room, err := a.rehearsals.Find(in.Counselor, id)
	if err != nil {
		return nil, nil, false
	}
	return a.rehearsals.Hub(), rehearsed{room, a.library.For(in.Counselor)}, true
}

// rehearsed is what can be started in a rehearsal: what was made for it, then all that
// its maker has.
type rehearsed struct {
	room  rehearsal.Room
	shelf shelf
}

func (r rehearsed) Program(ctx context.Context, _, id string) (exercise.Program, error) {
	if p, ok := r.room.Program(id); ok {
		return p, nil
	}
	return r.shelf.start(ctx, id)
}

func sentence(text string) string { return strings.TrimSuffix(text, ".") + "." }
