package web

import (
	"context"
	"errors"
	"strconv"

	"mend/internal/account"
	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/homework"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

// What a partner's phone does between sessions. Whose it is comes from the cookie, and
// whatever is answered is made from that partner's page alone.

func isConflict(err error) bool { return errors.Is(err, session.ErrConflict) }

func (a *api) visit(ctx context.Context) (account.Visit, error) {
	return a.door.Visitor(ctx, visitorOf(ctx).token)
}

// beginVisit opens what a link leads to. Whatever is wrong with it, one answer is given.
func (a *api) beginVisit(ctx context.Context, in *given[protocol.VisitHomework]) (*cookied[protocol.HomeworkPage], error) {
	v := visitorOf(ctx)
	token, visit, err := a.door.Visit(ctx, in.Body.Token, v.from)
	if err != nil {
		return nil, err
	}
	page, err := a.homePage(ctx, visit)
	return &cookied[protocol.HomeworkPage]{Cookie: a.baked(token), Body: page}, err
}

func (a *api) between(ctx context.Context, _ *nothing) (*body[protocol.HomeworkPage], error) {
	visit, err := a.visit(ctx)
	if err != nil {
		return nil, err
	}
	page, err := a.homePage(ctx, visit)
	return &body[protocol.HomeworkPage]{page}, err
}

func (a *api) homePage(ctx context.Context, v account.Visit) (protocol.HomeworkPage, error) {
	log, err := a.store.HomeworkLog(ctx, v.Homework)
	if err != nil {
		return protocol.HomeworkPage{}, err
	}
	return a.homePageOf(ctx, v, homework.Replay(log))
}

func (a *api) homePageOf(ctx context.Context, v account.Visit, s homework.State) (protocol.HomeworkPage, error) {
	page := protocol.HomeworkPage{Page: homework.PageFor(s, v.Seat), Drafts: map[string]private.Text{}}
	p, err := a.store.HomeworkPractice(ctx, v.Homework)
	if err != nil {
		return page, err
	}
	help := helpOf(p)
	page.Help, page.LeaveTo = help.Help, help.LeaveTo
	if len(page.Steps) > 0 {
		page.Drafts, err = a.store.HomeworkDrafts(ctx, v.Homework, v.Seat)
	}
	return page, err
}

// doBetween answers with the page as it then is.
func (a *api) doBetween(ctx context.Context, in *given[protocol.DoHomework]) (*body[protocol.HomeworkPage], error) {
	visit, err := a.visit(ctx)
	if err != nil {
		return nil, err
	}
	command, err := commandOf(in.Body)
	if err != nil {
		return nil, err
	}
	state, err := a.doHomework(ctx, visit.Homework, homework.Input{
		ID: session.CommandID(in.Body.ID), By: visit.Role(), Command: command,
	})
	if err != nil {
		return nil, err
	}
	page, err := a.homePageOf(ctx, visit, state)
	return &body[protocol.HomeworkPage]{page}, err
}

var errAnswerMissing = fault.New(fault.Invalid, "missing", "This is missing.").At("answer")

func commandOf(b protocol.DoHomework) (homework.Command, error) {
	switch b.Do {
	case homework.Consent{}.Name():
		return homework.Consent{Policy: b.Policy, Language: b.Language}, nil
	case homework.SetLanguage{}.Name():
		return homework.SetLanguage{Language: b.Language}, nil
	case homework.DonePrivate{}.Name():
		return homework.DonePrivate{Step: b.Step, Rev: b.Rev}, nil
	case homework.Ready{}.Name():
		return homework.Ready{Step: b.Step, Rev: b.Rev}, nil
	case homework.Skip{}.Name():
		return homework.Skip{Step: b.Step, Rev: b.Rev}, nil
	case homework.TakeBack{}.Name():
		return homework.TakeBack{Step: b.Step, Rev: b.Rev}, nil
	}
	if b.Answer == nil {
		return nil, errAnswerMissing
	}
	return homework.Submit{Step: b.Step, Rev: b.Rev, Answer: *b.Answer}, nil
}

var errNoDraft = fault.New(fault.Conflict, "wrong_step", "This step does not ask for that.")

// draftBetween keeps what is being typed. What belongs on the phone alone is refused:
// it has no place here.
func (a *api) draftBetween(ctx context.Context, in *given[protocol.HomeworkDraft]) (*nothing, error) {
	visit, err := a.visit(ctx)
	if err != nil {
		return nil, err
	}
	log, err := a.store.HomeworkLog(ctx, visit.Homework)
	if err != nil {
		return nil, err
	}
	page := homework.PageFor(homework.Replay(log), visit.Seat)
	if page.Phase == homework.Over {
		return nil, errHomeworkOver
	}
	for _, step := range page.Steps {
		if step.Key == strconv.Itoa(in.Body.Step) && step.Kind.Answers() && step.Audience != exercise.Device {
			return nil, a.store.SaveHomeworkDraft(ctx, visit.Homework, visit.Seat, in.Body.Step, in.Body.Text)
		}
	}
	return nil, errNoDraft
}

var errHomeworkOver = fault.New(fault.Conflict, "homework_over", "This is over. Nothing more can be added to it.")

// leaveBetween ends the visit; the link leads back. The phone is made to forget
// whatever happens here.
func (a *api) leaveBetween(ctx context.Context, _ *nothing) (*forgotten, error) {
	visit, err := a.visit(ctx)
	if err == nil {
		err = a.store.EndVisit(ctx, visit.ID)
	}
	if err != nil {
		a.report(ctx, err)
	}
	return a.forget(), nil
}
