package web

import (
	"context"

	"mend/internal/fault"
	"mend/internal/intake"
	"mend/internal/protocol"
	"mend/internal/record"
	"mend/internal/session"
)

func (a *api) keeping(ctx context.Context, who person, in *CoupleID) (*body[protocol.Keeping], error) {
	k, err := a.store.Keeping(ctx, who.id, in.Couple)
	return &body[protocol.Keeping]{k}, err
}

// putHold answers with how things stand now.
func (a *api) putHold(ctx context.Context, who person, in *makesForCouple[protocol.NewHold]) (*body[protocol.Keeping], error) {
	if err := written(filled{"reason", in.Body.Reason}); err != nil {
		return nil, err
	}
	once, err := again(in.Key, "hold "+in.Couple, in.Body)
	if err != nil {
		return nil, err
	}
	if err := a.store.Hold(ctx, who.id, in.Couple, in.Body.Reason, once); err != nil {
		return nil, err
	}
	return a.keeping(ctx, who, &in.CoupleID)
}

func (a *api) liftHold(ctx context.Context, who person, in *CoupleID) (*nothing, error) {
	return nil, a.store.LiftHold(ctx, who.id, in.Couple)
}

// erasePartner answers with the couple as it now stands. The phone of whoever was erased
// is out of every session that is not over.
func (a *api) erasePartner(ctx context.Context, who person, in *ofCouple[protocol.NewErasure]) (*body[protocol.Couple], error) {
	if err := written(filled{"label", in.Body.Label}); err != nil {
		return nil, err
	}
	closed, err := a.store.ErasePartner(ctx, who.id, in.Couple, in.Body.Seat, in.Body.Label)
	if err != nil {
		return nil, err
	}
	for _, id := range closed {
		a.hub.Dismiss(id, in.Body.Seat.Role(), protocol.LinkOver)
	}
	return a.couple(ctx, who, &in.CoupleID)
}

func (a *api) keepingTerms(ctx context.Context, who person, _ *nothing) (*body[protocol.KeepingTerms], error) {
	k, err := a.store.KeepingTerms(ctx, who.id)
	return &body[protocol.KeepingTerms]{k}, err
}

func (a *api) putKeepingTerms(ctx context.Context, who person, in *given[protocol.PutKeepingTerms]) (*body[protocol.KeepingTerms], error) {
	k, err := a.store.SetKeepingTerms(ctx, who.id, in.Body)
	return &body[protocol.KeepingTerms]{k}, err
}

func (a *api) due(ctx context.Context, who person, _ *nothing) (*body[protocol.DueList], error) {
	list, err := a.store.Due(ctx, who.id, a.now().Add(record.Warned))
	return &body[protocol.DueList]{list}, err
}

// carryOut deletes one by one: what is refused stands in nobody's way.
func (a *api) carryOut(ctx context.Context, who person, in *given[protocol.CarryOut]) (*body[protocol.CarriedOut], error) {
	done := protocol.CarriedOut{Items: []protocol.CarriedOutItem{}}
	for _, item := range in.Body.Items {
		sessions, err := a.store.CarryOut(ctx, who.id, item.Couple, item.What)
		told := protocol.CarriedOutItem{CarryOutItem: item}
		switch f, refused := fault.As(err); {
		case refused && f.Kind != fault.Unavailable:
			told.Refused = f.Code
		case err != nil:
			return nil, err
		}
		a.dismissAll(sessions)
		done.Items = append(done.Items, told)
	}
	return &body[protocol.CarriedOut]{done}, nil
}

// dismissAll closes what is still open of sessions that are gone.
func (a *api) dismissAll(sessions []string) {
	for _, id := range sessions {
		for _, seat := range session.Seats() {
			a.hub.Dismiss(id, seat.Role(), protocol.LinkOver)
		}
		a.hub.Dismiss(id, session.Counselor, protocol.NotFound)
	}
}

// bringIn reads a list and brings it in where that is asked for and nothing is wrong.
func (a *api) bringIn(ctx context.Context, who person, in *given[protocol.NewImport]) (*body[protocol.Import], error) {
	lines, problems := intake.Read(in.Body.CSV, a.now())
	done, err := a.store.BringIn(ctx, who.id, who.id, lines, in.Body.Apply && len(problems) == 0)
	if err != nil {
		return nil, err
	}
	wrong := make([]protocol.ImportProblem, 0, len(problems)+len(done.Problems))
	for _, p := range problems {
		wrong = append(wrong, protocol.ImportProblem(p))
	}
	done.Problems = append(wrong, done.Problems...)
	return &body[protocol.Import]{done}, nil
}
