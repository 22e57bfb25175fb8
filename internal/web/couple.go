package web

import (
	"context"
	"strings"

	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/store"
)

func (a *api) couples(ctx context.Context, who person, in *page) (*body[protocol.CoupleList], error) {
	list, err := a.store.Couples(ctx, who.id, store.Page{Cursor: in.Cursor, Limit: in.Limit})
	return &body[protocol.CoupleList]{list}, err
}

func (a *api) createCouple(ctx context.Context, who person, in *makes[protocol.NewCouple]) (*body[protocol.Couple], error) {
	b := in.Body
	if err := written(filled{"label", b.Label}, filled{"one.name", b.One.Name}, filled{"two.name", b.Two.Name}); err != nil {
		return nil, err
	}
	once, err := again(in.Key, "couples", b)
	if err != nil {
		return nil, err
	}
	couple, err := a.store.CreateCouple(ctx, who.id, b, once)
	return &body[protocol.Couple]{couple}, err
}

func (a *api) couple(ctx context.Context, who person, in *CoupleID) (*body[protocol.Couple], error) {
	couple, err := a.store.Couple(ctx, who.id, in.Couple)
	return &body[protocol.Couple]{couple}, err
}

func (a *api) patchCouple(ctx context.Context, who person, in *ofCouple[protocol.PatchCouple]) (*body[protocol.Couple], error) {
	var given []filled
	if in.Body.Label != nil {
		given = append(given, filled{"label", *in.Body.Label})
	}
	if in.Body.One != nil {
		given = append(given, filled{"one.name", in.Body.One.Name})
	}
	if in.Body.Two != nil {
		given = append(given, filled{"two.name", in.Body.Two.Name})
	}
	if err := written(given...); err != nil {
		return nil, err
	}
	couple, err := a.store.UpdateCouple(ctx, who.id, in.Couple, store.CoupleChange{
		Label: in.Body.Label, One: in.Body.One, Two: in.Body.Two,
	})
	return &body[protocol.Couple]{couple}, err
}

// deleteCouple destroys the couple's keys and takes everything of theirs away.
// Sockets that were waiting at the door of one of their sessions are closed.
func (a *api) deleteCouple(ctx context.Context, who person, in *CoupleID) (*nothing, error) {
	sessions, err := a.store.EraseCouple(ctx, who.id, in.Couple)
	if err != nil {
		return nil, err
	}
	a.dismissAll(sessions)
	return nil, nil
}

// recordSuitability answers with the couple as it now stands.
func (a *api) recordSuitability(ctx context.Context, who person, in *makesForCouple[protocol.NewSuitability]) (*body[protocol.Couple], error) {
	if in.Body.Statement == "override" {
		if err := written(filled{"reason", in.Body.Reason}); err != nil {
			return nil, err
		}
	}
	once, err := again(in.Key, "suitability "+in.Couple, in.Body)
	if err != nil {
		return nil, err
	}
	if _, err = a.store.AddSuitability(ctx, who.id, in.Couple, in.Body, once); err != nil {
		return nil, err
	}
	return a.couple(ctx, who, &in.CoupleID)
}

// filled is a field that must hold more than blanks.
type filled struct {
	field string
	text  private.Text
}

func written(all ...filled) error {
	for _, f := range all {
		if strings.TrimSpace(string(f.text)) == "" {
			return errBlank.At(f.field)
		}
	}
	return nil
}

var errBlank = fault.New(fault.Invalid, "blank", "Write something here.")
