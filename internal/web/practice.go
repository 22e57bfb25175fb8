package web

import (
	"context"
	"net/url"

	"mend/internal/catalog"
	"mend/internal/fault"
	"mend/internal/protocol"
	"mend/internal/store"
)

func (a *api) practice(ctx context.Context, who person, _ *nothing) (*body[protocol.Practice], error) {
	me, err := a.store.Me(ctx, who.id)
	return &body[protocol.Practice]{me.Practice}, err
}

func (a *api) patchPractice(ctx context.Context, who person, in *given[protocol.PatchPractice]) (*body[protocol.Practice], error) {
	b := in.Body
	if b.Name != nil {
		if err := written(filled{"name", *b.Name}); err != nil {
			return nil, err
		}
	}
	if b.Leave != nil && !leadsAway(*b.Leave) {
		return nil, errNoAddress
	}
	p, err := a.store.UpdatePractice(ctx, who.id, store.PracticeChange{
		Name: b.Name, Secrets: b.Secrets, Text: b.Policy, Help: b.Help, Leave: b.Leave,
	})
	return &body[protocol.Practice]{p}, err
}

var errNoAddress = fault.New(fault.Invalid, "not_an_address",
	"Leave this page needs an https address, such as https://www.bbc.com/weather.").At("leave_to")

// leadsAway tells whether a browser may be sent there: an ordinary page elsewhere.
func leadsAway(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.Hostname() != "" && u.User == nil && u.Fragment == ""
}

// help is for anyone, joined or not, so that nobody has to identify themselves to
// find a crisis line.
func (a *api) help(ctx context.Context, _ *nothing) (*body[protocol.HelpPage], error) {
	p, err := a.store.HousePractice(ctx)
	if f, ok := fault.As(err); ok && f.Kind == fault.NotFound {
		p, err = protocol.Practice{}, nil // nobody has set Mend up yet
	}
	return &body[protocol.HelpPage]{helpOf(p)}, err
}

func helpOf(p protocol.Practice) protocol.HelpPage {
	return protocol.HelpPage{Help: catalog.HTML(p.Help), LeaveTo: p.Leave}
}

func (a *api) seat(ctx context.Context, _ *nothing) (*body[protocol.Seated], error) {
	in, err := a.seated(ctx)
	if err != nil {
		return nil, err
	}
	p, err := a.store.SessionPractice(ctx, in.Session)
	if err != nil {
		return nil, err
	}
	help := helpOf(p)
	return &body[protocol.Seated]{protocol.Seated{
		Session: in.Session, Role: in.Seat, Help: help.Help, LeaveTo: help.LeaveTo,
	}}, nil
}
