package web

import (
	"context"

	"mend/internal/account"
	"mend/internal/protocol"
	"mend/internal/store"
)

func (a *api) setupState(ctx context.Context, _ *nothing) (*body[protocol.SetupState], error) {
	needed, err := a.door.SetupNeeded(ctx)
	if err != nil {
		return nil, err
	}
	return &body[protocol.SetupState]{protocol.SetupState{
		Needed: needed, NeedsCode: needed && !visitorOf(ctx).local,
	}}, nil
}

func (a *api) setUp(ctx context.Context, in *given[protocol.Setup]) (*cookied[protocol.Me], error) {
	b, v := in.Body, visitorOf(ctx)
	if err := written(filled{"name", b.Name}, filled{"practice", b.Practice}); err != nil {
		return nil, err
	}
	token, who, err := a.door.Setup(ctx, account.First{
		Name: b.Name, Email: b.Email, Password: b.Password,
		Practice: b.Practice, Secrets: b.Secrets, Language: b.Language, Code: b.Code, Device: v.device,
	}, v.from, v.local)
	if err != nil {
		return nil, err
	}
	me, err := a.store.Me(ctx, who.Counselor)
	if err != nil {
		return nil, err
	}
	return &cookied[protocol.Me]{Cookie: a.baked(token), Body: me}, nil
}

func (a *api) signIn(ctx context.Context, in *given[protocol.SignIn]) (*cookieOnly, error) {
	v := visitorOf(ctx)
	token, _, err := a.door.SignIn(ctx, account.Knock{
		Email: in.Body.Email, Password: in.Body.Password, Code: in.Body.Code, From: v.from, Device: v.device,
	})
	if err != nil {
		return nil, err
	}
	return &cookieOnly{Cookie: a.baked(token)}, nil
}

func (a *api) signOut(ctx context.Context, _ *nothing) (*forgotten, error) {
	if token := visitorOf(ctx).token; token != "" {
		if err := a.door.SignOut(ctx, token); err != nil {
			return nil, err
		}
	}
	return a.forget(), nil
}

// forget tells the browser to keep nothing of what it was shown.
func (a *api) forget() *forgotten {
	return &forgotten{Cookie: a.crumbled(), Clear: `"cache", "cookies", "storage"`}
}

func (a *api) me(ctx context.Context, who person, _ *nothing) (*body[protocol.Me], error) {
	me, err := a.store.Me(ctx, who.id)
	return &body[protocol.Me]{me}, err
}

func (a *api) patchMe(ctx context.Context, who person, in *given[protocol.PatchMe]) (*body[protocol.Me], error) {
	b := in.Body
	if b.Name != nil {
		if err := written(filled{"name", *b.Name}); err != nil {
			return nil, err
		}
	}
	if b.Email != nil {
		if err := a.fresh(who); err != nil {
			return nil, err
		}
	}
	if err := a.store.UpdateMe(ctx, who.id, store.MeChange{Name: b.Name, Email: b.Email, Language: b.Language}); err != nil {
		return nil, err
	}
	return a.me(ctx, who, nil)
}
