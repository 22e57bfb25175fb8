package web

import (
	"context"
	"time"

	"mend/internal/protocol"
	"mend/internal/session"
)

// createLink opens the session's log where it is not open yet, which the session
// refuses without a current statement that joint work is suitable, and only then
// makes a link. Whoever held the seat before is out: their device at once.
func (a *api) createLink(ctx context.Context, who person, in *ofSession[protocol.NewLink]) (*body[protocol.Link], error) {
	s, err := a.store.Session(ctx, who.id, in.Session)
	if err != nil {
		return nil, err
	}
	if s.State == protocol.SessionPlanned {
		facts, err := a.store.Facts(ctx, who.id, in.Session)
		if err != nil {
			return nil, err
		}
		facts.Session = in.Session
		if err := a.command(ctx, in.Session, session.Counselor, session.Open{Facts: facts}); err != nil {
			return nil, err
		}
	}
	if err := a.nameCounselors(ctx, in.Session, true); err != nil {
		return nil, err
	}
	seat := in.Body.For
	if err := a.command(ctx, in.Session, session.Counselor, session.Invite{Seat: seat}); err != nil {
		return nil, err
	}
	var begins time.Time
	if s.StartsAt != nil {
		begins = *s.StartsAt
	}
	inv, err := a.door.Invite(ctx, who.id, in.Session, seat, begins)
	if err != nil {
		return nil, err
	}
	a.hub.Dismiss(in.Session, seat.Role(), protocol.LinkOver)

	url := a.base.String() + "/join#" + inv.Token
	code, err := qrCode(url)
	if err != nil {
		return nil, err
	}
	return &body[protocol.Link]{protocol.Link{
		ID: inv.Link.ID, For: seat, State: "open", ExpiresAt: inv.Link.ExpiresAt,
		URL: url, Code: inv.Code, QR: code,
	}}, nil
}

func (a *api) revokeLink(ctx context.Context, who person, in *linkID) (*nothing, error) {
	seat, err := a.store.RevokeLink(ctx, who.id, in.Session, in.Link)
	if err != nil {
		return nil, err
	}
	if seat != "" {
		a.hub.Dismiss(in.Session, seat.Role(), protocol.LinkOver)
	}
	return nil, nil
}
