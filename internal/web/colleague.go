package web

import (
	"context"
	"errors"

	"mend/internal/account"
	"mend/internal/fault"
	"mend/internal/protocol"
	"mend/internal/session"
	"mend/internal/store"
)

// Who belongs to the practice, who decides that, and what counselors share.

func (a *api) colleagues(ctx context.Context, who person, _ *nothing) (*body[protocol.ColleagueList], error) {
	list, err := a.store.Colleagues(ctx, who.id)
	return &body[protocol.ColleagueList]{list}, err
}

func (a *api) counselors(ctx context.Context, who person, in *page) (*body[protocol.CounselorList], error) {
	list, err := a.store.Counselors(ctx, who.id, store.Page{Cursor: in.Cursor, Limit: in.Limit})
	return &body[protocol.CounselorList]{list}, err
}

// patchCounselor closes the sockets of whoever was deactivated, wherever they sit.
func (a *api) patchCounselor(ctx context.Context, who person, in *ofCounselor[protocol.PatchCounselor]) (*body[protocol.Counselor], error) {
	changed, err := a.store.ChangeCounselor(ctx, who.id, in.Counselor, in.Body)
	if err != nil {
		return nil, err
	}
	if changed.DeactivatedAt != nil {
		a.hub.DismissOne("", in.Counselor, protocol.LinkOver)
	}
	return &body[protocol.Counselor]{changed}, nil
}

func (a *api) couplesOf(ctx context.Context, who person, in *pageOfCounselor) (*body[protocol.OpaqueCoupleList], error) {
	list, err := a.store.CouplesOf(ctx, who.id, in.Counselor, store.Page{Cursor: in.Cursor, Limit: in.Limit})
	return &body[protocol.OpaqueCoupleList]{list}, err
}

func (a *api) invitations(ctx context.Context, who person, in *page) (*body[protocol.InvitationList], error) {
	list, err := a.store.Invitations(ctx, who.id, store.Page{Cursor: in.Cursor, Limit: in.Limit})
	return &body[protocol.InvitationList]{list}, err
}

func (a *api) createInvitation(ctx context.Context, who person, in *given[protocol.NewInvitation]) (*body[protocol.PracticeInvitation], error) {
	if err := written(filled{"label", in.Body.Label}); err != nil {
		return nil, err
	}
	token, l, err := a.door.InviteColleague(ctx, who.id, in.Body.Label, in.Body.Email)
	if err != nil {
		return nil, err
	}
	return &body[protocol.PracticeInvitation]{protocol.PracticeInvitation{
		ID: l.ID, Label: l.Label, Email: l.Email, State: "open", CreatedAt: l.CreatedAt, ExpiresAt: l.ExpiresAt,
		URL: a.base.String() + "/desk/invitation#" + token,
	}}, nil
}

func (a *api) revokeInvitation(ctx context.Context, who person, in *InvitationID) (*nothing, error) {
	return nil, a.store.RevokeInvitation(ctx, who.id, in.Invitation)
}

// openInvitation tells what an invitation says. It is a POST for the token's sake, and
// changes nothing.
func (a *api) openInvitation(ctx context.Context, in *given[protocol.InvitationToken]) (*body[protocol.Invited], error) {
	said, err := a.door.Invited(ctx, in.Body.Token, visitorOf(ctx).from)
	return &body[protocol.Invited]{said}, err
}

func (a *api) acceptInvitation(ctx context.Context, in *given[protocol.AcceptInvitation]) (*cookied[protocol.Me], error) {
	b := in.Body
	if err := written(filled{"name", b.Name}); err != nil {
		return nil, err
	}
	token, who, err := a.door.JoinPractice(ctx, account.Joining{
		Token: b.Token, Name: b.Name, Email: b.Email, Password: b.Password, Language: b.Language,
	}, visitorOf(ctx).from)
	if err != nil {
		return nil, err
	}
	me, err := a.store.Me(ctx, who.Counselor)
	if err != nil {
		return nil, err
	}
	return &cookied[protocol.Me]{Cookie: a.baked(token), Body: me}, nil
}

// handOver gives a couple to a colleague. Whoever had it is out of its sessions, and
// the couple is told by name who leads those that are open.
func (a *api) handOver(ctx context.Context, who person, in *ofCouple[protocol.HandOver]) (*nothing, error) {
	done, err := a.store.HandOver(ctx, who.id, in.Couple, in.Body)
	if err != nil {
		return nil, err
	}
	for _, id := range done.Sessions {
		a.hub.DismissOne(id, done.Former, protocol.NotFound)
		if err := a.nameCounselors(ctx, id, true); err != nil {
			a.report(ctx, err)
		}
	}
	return nil, nil
}

func (a *api) handedOver(ctx context.Context, who person, _ *nothing) (*body[protocol.FormerCoupleList], error) {
	list, err := a.store.Given(ctx, who.id)
	return &body[protocol.FormerCoupleList]{list}, err
}

// addColleague lets a co-therapist into one session. Nobody reads of whom the partners
// were not told: where they cannot be told, the colleague is out again.
func (a *api) addColleague(ctx context.Context, who person, in *colleagueOfSession) (*body[protocol.Session], error) {
	if err := a.store.AddCoTherapist(ctx, who.id, in.Session, in.Counselor); err != nil {
		return nil, err
	}
	if err := a.nameCounselors(ctx, in.Session, true); err != nil {
		return nil, errors.Join(err, a.store.RemoveCoTherapist(ctx, who.id, in.Session, in.Counselor))
	}
	return a.session(ctx, who, &in.SessionID)
}

func (a *api) removeColleague(ctx context.Context, who person, in *colleagueOfSession) (*nothing, error) {
	if err := a.store.RemoveCoTherapist(ctx, who.id, in.Session, in.Counselor); err != nil {
		return nil, err
	}
	a.hub.DismissOne(in.Session, in.Counselor, protocol.NotFound)
	if err := a.nameCounselors(ctx, in.Session, false); err != nil {
		a.report(ctx, err)
	}
	return nil, nil
}

// nameCounselors brings the names of who leads and shares a session into its log, where
// it has one. anew: somebody else reads from now on.
func (a *api) nameCounselors(ctx context.Context, sessionID string, anew bool) error {
	names, err := a.store.CounselorsOf(ctx, sessionID)
	if err != nil {
		return err
	}
	err = a.command(ctx, sessionID, session.Counselor, session.NameCounselors{Names: names, Anew: anew})
	switch fault.Code(err) {
	case "not_opened", "session_ended": // it will be opened with the names, or is over
		return nil
	}
	return err
}

func (a *api) audit(ctx context.Context, who person, in *whichDeeds) (*body[protocol.DeedList], error) {
	list, err := a.store.Deeds(ctx, who.id, store.DeedFilter{Actor: in.Counselor, Action: store.Action(in.Action)},
		store.Page{Cursor: in.Cursor, Limit: in.Limit})
	return &body[protocol.DeedList]{list}, err
}
