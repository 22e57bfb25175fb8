package web

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/homework"
	"mend/internal/protocol"
	"mend/internal/session"
	"mend/internal/store"
)

func (a *api) homeworkOf(ctx context.Context, who person, in *pageOfCouple) (*body[protocol.HomeworkList], error) {
	rows, next, err := a.store.HomeworkOf(ctx, who.id, in.Couple, store.Page{Cursor: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	l := protocol.HomeworkList{Items: []protocol.Homework{}, NextCursor: next}
	for _, row := range rows {
		l.Items = append(l.Items, homeworkTold(row))
	}
	return &body[protocol.HomeworkList]{l}, nil
}

func homeworkTold(row protocol.HomeworkRow) protocol.Homework {
	return protocol.Homework{ID: row.ID, Couple: row.Couple, Desk: homework.DeskFor(homework.Replay(row.Log)), Links: row.Links}
}

// setHomework snapshots the exercise, the names and the policy, so that it stays what
// was set whatever changes afterwards.
func (a *api) setHomework(ctx context.Context, who person, in *makesForCouple[protocol.NewHomework]) (*body[protocol.Homework], error) {
	facts, stated, err := a.store.HomeworkFacts(ctx, who.id, in.Couple)
	if err != nil {
		return nil, err
	}
	shelf := a.library.For(who.id)
	b, err := shelf.Find(ctx, in.Body.Exercise)
	if f, ok := fault.As(err); ok && f.Kind == fault.NotFound {
		return nil, errNoExercise.At("exercise")
	}
	if err != nil {
		return nil, err
	}
	if facts.Program, err = shelf.Program(b); err != nil {
		return nil, err
	}
	id := uuid.Must(uuid.NewV7()).String()
	facts.ID, facts.For, facts.Due, facts.Line = id, in.Body.For, in.Body.Due, in.Body.Line
	if facts.Cast = in.Body.Cast; len(facts.Cast) == 0 {
		facts.Cast = castOf(facts.Program)
	}
	record, err := homework.Decide(homework.State{}, homework.Input{
		ID: session.CommandID(id), By: session.Counselor, At: a.now(),
		Command: homework.Set{Facts: facts, Suitability: stated},
	})
	if err != nil {
		return nil, err
	}
	once, err := again(in.Key, "homework "+in.Couple, in.Body)
	if err != nil {
		return nil, err
	}
	if id, err = a.store.SetHomework(ctx, who.id, in.Couple, id, *record, once); err != nil {
		return nil, err
	}
	return a.homework(ctx, who, &HomeworkID{id})
}

// castOf gives the roles in their order to partner one and partner two.
func castOf(p exercise.Program) session.Cast {
	cast, seats := session.Cast{}, session.Seats()
	for _, role := range []exercise.Role{exercise.A, exercise.B, exercise.Hurt, exercise.Responsible} {
		if _, has := p.Roles[role]; has && len(cast) < len(seats) {
			cast[role] = seats[len(cast)]
		}
	}
	return cast
}

func (a *api) homework(ctx context.Context, who person, in *HomeworkID) (*body[protocol.Homework], error) {
	row, err := a.store.Homework(ctx, who.id, in.Homework)
	if err != nil {
		return nil, err
	}
	return &body[protocol.Homework]{homeworkTold(row)}, nil
}

var errNotForThem = fault.New(fault.Invalid, "not_for_them", "This was not set for this partner.").At("for")

func (a *api) createHomeworkLink(ctx context.Context, who person, in *ofHomework[protocol.NewLink]) (*body[protocol.Link], error) {
	row, err := a.store.Homework(ctx, who.id, in.Homework)
	if err != nil {
		return nil, err
	}
	desk := homework.DeskFor(homework.Replay(row.Log))
	if !slices.Contains(desk.For, in.Body.For) {
		return nil, errNotForThem
	}
	var due time.Time
	if desk.Due != "" {
		if due, err = time.Parse(time.DateOnly, desk.Due); err != nil {
			return nil, err
		}
	}
	link, token, err := a.door.InviteHome(ctx, who.id, in.Homework, in.Body.For, due)
	if err != nil {
		return nil, err
	}
	url := a.base.String() + "/between#" + token
	code, err := qrCode(url)
	if err != nil {
		return nil, err
	}
	return &body[protocol.Link]{protocol.Link{
		ID: link.ID, For: link.Seat, State: "open", ExpiresAt: link.ExpiresAt, URL: url, QR: code,
	}}, nil
}

func (a *api) revokeHomeworkLink(ctx context.Context, who person, in *homeworkLinkID) (*nothing, error) {
	return nil, a.store.RevokeHomeworkLink(ctx, who.id, in.Homework, in.Link)
}

func (a *api) revealHomework(ctx context.Context, who person, in *ofHomework[protocol.RevealHomework]) (*body[protocol.Homework], error) {
	return a.atDesk(ctx, who, in.Homework, homework.Reveal{Step: in.Body.Step})
}

func (a *api) closeHomework(ctx context.Context, who person, in *HomeworkID) (*body[protocol.Homework], error) {
	return a.atDesk(ctx, who, in.Homework, homework.Close{})
}

// atDesk does what the counselor asks of their own homework.
func (a *api) atDesk(ctx context.Context, who person, id string, c homework.Command) (*body[protocol.Homework], error) {
	if _, err := a.store.Homework(ctx, who.id, id); err != nil {
		return nil, err
	}
	command, err := uuid.NewV7()
	if err != nil {
		return nil, err
	}
	if _, err := a.doHomework(ctx, id, homework.Input{ID: session.CommandID(command.String()), By: session.Counselor, Command: c}); err != nil {
		return nil, err
	}
	return a.homework(ctx, who, &HomeworkID{id})
}

// decideAgain is how often a command is decided anew after another came in between.
// Two partners and a counselor seldom meet at all.
const decideAgain = 8

// errBusy says no more than that: who else was saving is not told.
var errBusy = fault.New(fault.Unavailable, "not_saved", "This could not be saved just now. Nothing was lost; please try again.")

// doHomework decides a command against the log as it stands, and answers with the state
// that it led to once that is on disk. A command that is in the log already has taken
// effect.
func (a *api) doHomework(ctx context.Context, id string, in homework.Input) (homework.State, error) {
	for range decideAgain {
		log, err := a.store.HomeworkLog(ctx, id)
		if err != nil {
			return homework.State{}, err
		}
		state := homework.Replay(log)
		if slices.ContainsFunc(log, func(r homework.Record) bool { return r.Command == in.ID && r.By == in.By }) {
			return state, nil
		}
		in.At = a.now()
		record, err := homework.Decide(state, in)
		if err != nil || record == nil {
			return state, err
		}
		err = a.store.AppendHomework(ctx, id, *record)
		if err == nil {
			return homework.Apply(state, *record), nil
		}
		if !isConflict(err) {
			return state, err
		}
	}
	return homework.State{}, errBusy
}

// toReadBack is what a session tells when a frame starts.
func (a *api) toReadBack(ctx context.Context, sessionID string) ([]session.Homework, error) {
	rows, err := a.store.HomeworkToRead(ctx, sessionID)
	if err != nil {
		return nil, err
	}
	var told []session.Homework
	for _, row := range rows {
		told = append(told, homework.Back(homework.Replay(row.Log)))
	}
	return told, nil
}
