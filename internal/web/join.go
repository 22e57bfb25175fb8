package web

import (
	"context"

	"mend/internal/protocol"
	"mend/internal/session"
)

// join claims a link. Whatever is wrong with it, one answer is given: nobody learns
// whether it ever was one.
func (a *api) join(ctx context.Context, in *given[protocol.Join]) (*cookied[protocol.Joined], error) {
	token, who, err := a.door.Join(ctx, in.Body.Token, in.Body.Code, visitorOf(ctx).from)
	if err != nil {
		return nil, err
	}
	return &cookied[protocol.Joined]{
		Cookie: a.baked(token),
		Body:   protocol.Joined{Session: who.Session, Role: who.Seat},
	}, nil
}

// leave ends the seat's sign-in and tells the counselor. The phone is made to
// forget whatever happens here: the person has to get away now.
func (a *api) leave(ctx context.Context, _ *nothing) (*forgotten, error) {
	in, err := a.seated(ctx)
	if err != nil {
		a.report(ctx, err)
		return a.forget(), nil
	}
	// Refused where they have left already or the session is over: as good as done.
	if err := a.command(ctx, in.Session, in.Role(), session.Leave{}); err != nil {
		a.report(ctx, err)
	}
	if err := a.store.LeaveSeat(ctx, in.Session, in.Seat); err != nil {
		a.report(ctx, err)
	}
	a.hub.Dismiss(in.Session, in.Role(), protocol.Bye)
	return a.forget(), nil
}
