package web

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/protocol"
	"mend/internal/session"
	"mend/internal/store"
)

func (a *api) sessions(ctx context.Context, who person, in *page) (*body[protocol.SessionList], error) {
	list, err := a.store.Sessions(ctx, who.id, store.Page{Cursor: in.Cursor, Limit: in.Limit})
	return &body[protocol.SessionList]{list}, err
}

func (a *api) createSession(ctx context.Context, who person, in *makesForCouple[protocol.NewSession]) (*body[protocol.Session], error) {
	agenda, err := a.planned(ctx, who, in.Body.Agenda)
	if err != nil {
		return nil, err
	}
	if err := a.plausible(in.Body.StartsAt); err != nil {
		return nil, err
	}
	once, err := again(in.Key, "sessions "+in.Couple, in.Body)
	if err != nil {
		return nil, err
	}
	s, err := a.store.CreateSession(ctx, who.id, in.Couple, store.NewSession{Agenda: agenda, StartsAt: in.Body.StartsAt, Minutes: in.Body.Minutes}, once)
	return &body[protocol.Session]{s}, err
}

func (a *api) session(ctx context.Context, who person, in *SessionID) (*body[protocol.Session], error) {
	s, err := a.store.Session(ctx, who.id, in.Session)
	return &body[protocol.Session]{s}, err
}

// patchSession changes a plan. Once the session is open its agenda belongs to the
// log, and is changed there.
func (a *api) patchSession(ctx context.Context, who person, in *ofSession[protocol.PatchSession]) (*body[protocol.Session], error) {
	s, err := a.store.Session(ctx, who.id, in.Session)
	if err != nil {
		return nil, err
	}
	if err := a.plausible(in.Body.StartsAt); err != nil {
		return nil, err
	}
	change := store.SessionChange{StartsAt: in.Body.StartsAt, Minutes: in.Body.Minutes}
	var agenda []session.Planned
	if in.Body.Agenda != nil {
		if agenda, err = a.planned(ctx, who, *in.Body.Agenda); err != nil {
			return nil, err
		}
		if s.State == protocol.SessionPlanned {
			change.Agenda = agenda
		}
	}
	if change.Agenda != nil || change.StartsAt != nil || change.Minutes != nil {
		if s, err = a.store.UpdateSession(ctx, who.id, in.Session, change); err != nil {
			return nil, err
		}
	}
	if agenda != nil && change.Agenda == nil {
		if err = a.command(ctx, in.Session, session.Counselor, session.SetAgenda{Agenda: agenda}); err != nil {
			return nil, err
		}
		s, err = a.store.Session(ctx, who.id, in.Session)
	}
	return &body[protocol.Session]{s}, err
}

// plausible refuses a date that nobody means. The zero time takes the date off.
func (a *api) plausible(starts *time.Time) error {
	if starts == nil || starts.IsZero() {
		return nil
	}
	now := a.now()
	if starts.Before(now.AddDate(-1, 0, 0)) || starts.After(now.AddDate(5, 0, 0)) {
		return errNoDate
	}
	return nil
}

var errNoDate = fault.New(fault.Invalid, "not_a_date", "Choose a day within the next five years.").At("starts_at")

// command brings a command into a session on behalf of an HTTP call.
func (a *api) command(ctx context.Context, sessionID string, by session.Role, c session.Command) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	return a.hub.Do(ctx, sessionID, session.Input{ID: session.CommandID(id.String()), By: by, Command: c})
}

// The two exercises that stand around every session.
const (
	opening = "opening"
	closing = "closing"
)

// planned looks the exercises up, to be called as the counselor calls them, and puts
// the frames around them where they are missing.
func (a *api) planned(ctx context.Context, who person, ids []string) ([]session.Planned, error) {
	me, err := a.store.Me(ctx, who.id)
	if err != nil {
		return nil, err
	}
	shelf := a.library.For(who.id).In(me.Language)
	var before, between, after []session.Planned
	for i, id := range ids {
		b, err := shelf.Find(ctx, id)
		if f, ok := fault.As(err); ok && f.Kind == fault.NotFound {
			return nil, errNoExercise.At(fmt.Sprintf("agenda[%d]", i))
		}
		if err != nil {
			return nil, err
		}
		switch id {
		case opening:
			before = []session.Planned{plan(b.Definition)}
		case closing:
			after = []session.Planned{plan(b.Definition)}
		default:
			between = append(between, plan(b.Definition))
		}
	}
	if d, ok := shelf.shipped.Exercise(opening); ok {
		before = []session.Planned{plan(d)}
	}
	if d, ok := shelf.shipped.Exercise(closing); ok {
		after = []session.Planned{plan(d)}
	}
	return append(append(append([]session.Planned{}, before...), between...), after...), nil
}

func plan(d exercise.Definition) session.Planned {
	return session.Planned{Exercise: d.ID, Title: d.Title, Minutes: d.Minutes, Frame: d.Frame}
}

var errNoExercise = fault.New(fault.Invalid, "no_such_exercise", "There is no exercise of this id in the library.")
