package main

import (
	"context"
	"strings"

	"mend/internal/protocol"
)

// joined is how the second counselor of a story belongs to the practice.
type joined struct {
	invitation string // the token
	id         string
}

// share is what the counselors of a story do with each other; ok is false for any
// other verb.
func (p *person) share(ctx context.Context, verb string) (ok bool, err error) {
	s := p.story
	switch verb {
	case "invites-colleague":
		var made protocol.PracticeInvitation
		err := p.api(ctx, "POST", "/practice/invitations", protocol.NewInvitation{Label: "Jon"}, &made)
		_, s.colleague.invitation, _ = strings.Cut(made.URL, "#")
		return true, err
	case "joins-practice":
		var me protocol.Me
		err := p.api(ctx, "POST", "/invitations/accept", protocol.AcceptInvitation{
			Token: s.colleague.invitation, Name: "Jon", Email: "jon@example.org", Password: password,
		}, &me)
		if err == nil {
			s.colleague.id = me.ID
		}
		return true, err
	case "shares-session":
		return true, p.api(ctx, "PUT", "/sessions/"+s.session+"/colleagues/"+s.colleague.id, nil, nil)
	case "takes-colleague-off":
		return true, p.api(ctx, "DELETE", "/sessions/"+s.session+"/colleagues/"+s.colleague.id, nil, nil)
	case "hands-over":
		var of protocol.Session
		if err := p.api(ctx, "GET", "/sessions/"+s.session, nil, &of); err != nil {
			return true, err
		}
		return true, p.api(ctx, "POST", "/couples/"+of.Couple+"/hand-over", protocol.HandOver{To: s.colleague.id}, nil)
	case "deactivates-colleague":
		no := false
		return true, p.api(ctx, "PATCH", "/practice/counselors/"+s.colleague.id, protocol.PatchCounselor{Active: &no}, nil)
	}
	return false, nil
}
