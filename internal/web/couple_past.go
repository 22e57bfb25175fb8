package web

import (
	"context"
	"slices"
	"time"

	"mend/internal/fault"
	"mend/internal/homework"
	"mend/internal/protocol"
	"mend/internal/record"
	"mend/internal/store"
)

// What a couple's page tells of the sessions that were.

func (a *api) searchCouples(ctx context.Context, who person, in *given[protocol.SearchCouples]) (*body[protocol.CoupleList], error) {
	b := in.Body
	list, err := a.store.SearchCouples(ctx, who.id, b.Words, store.Page{Cursor: b.Cursor, Limit: b.Limit})
	return &body[protocol.CoupleList]{list}, err
}

// pasts reads the logs of all of a couple's sessions that began.
func (a *api) pasts(ctx context.Context, who person, couple string) ([]record.Past, error) {
	past := []record.Past{}
	for page := (store.Page{Limit: 100}); ; {
		list, err := a.store.SessionsOf(ctx, who.id, couple, page)
		if err != nil {
			return nil, err
		}
		for _, head := range list.Items {
			if head.StartedAt == nil {
				continue
			}
			log, err := a.store.Read(ctx, head.ID, 0)
			if err != nil {
				return nil, err
			}
			sum, err := record.Build(log)
			if err != nil {
				return nil, err
			}
			past = append(past, record.Past{Session: head.ID, Summary: sum})
		}
		if page.Cursor = list.NextCursor; page.Cursor == "" {
			return past, nil
		}
	}
}

func (a *api) trends(ctx context.Context, who person, in *CoupleID) (*body[protocol.Trends], error) {
	past, err := a.pasts(ctx, who, in.Couple)
	if err != nil {
		return nil, err
	}
	if err := a.ratedAtHome(ctx, who, in.Couple, past); err != nil {
		return nil, err
	}
	reviews, err := a.store.Reviews(ctx, who.id, in.Couple)
	if err != nil {
		return nil, err
	}
	return &body[protocol.Trends]{protocol.Trends{Trends: record.TrendsOf(past), Tallies: record.TalliesOf(reviews)}}, nil
}

// ratedAtHome adds to each session what was rated between sessions and read back in it.
// Where two were, the later one set counts.
func (a *api) ratedAtHome(ctx context.Context, who person, couple string, past []record.Past) error {
	rows, err := a.homeworkLogs(ctx, who, couple)
	if err != nil {
		return err
	}
	for _, row := range rows {
		readIn, rated := homework.Ratings(row.Log)
		i := slices.IndexFunc(past, func(p record.Past) bool { return p.Session == readIn })
		if i < 0 {
			continue
		}
		for _, r := range rated {
			past[i].Home = slices.DeleteFunc(past[i].Home, func(h record.Rating) bool { return h.Who == r.Who && h.Measure == r.Measure })
			past[i].Home = append(past[i].Home, record.Rating{
				Measure: r.Measure, Who: r.Who, At: r.At, Value: r.Value, Low: r.Low, High: r.High,
			})
		}
	}
	return nil
}

func (a *api) agreements(ctx context.Context, who person, in *pageOfCouple) (*body[protocol.AgreementList], error) {
	list, err := a.store.CoupleAgreements(ctx, who.id, in.Couple, store.Page{Cursor: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return &body[protocol.AgreementList]{list}, a.followed(ctx, who, in.Couple, list.Items)
}

// followed adds to agreements what the logs tell of them.
func (a *api) followed(ctx context.Context, who person, couple string, list []protocol.CoupleAgreement) error {
	if len(list) == 0 {
		return nil
	}
	past, err := a.pasts(ctx, who, couple)
	if err != nil {
		return err
	}
	courses := record.CoursesOf(past)
	for i := range list {
		course := courses[list[i].ID]
		list[i].ReadBack = append([]record.Sitting{}, course.ReadBack...)
		if course.Made.Exercise != "" {
			list[i].Made = &course.Made
		}
	}
	return nil
}

// reviewAgreement answers with the agreement as it now stands.
func (a *api) reviewAgreement(ctx context.Context, who person, in *makesReview) (*body[protocol.CoupleAgreement], error) {
	// East of Greenwich a counselor's today may be tomorrow here.
	if in.Body.On > a.now().Add(14*time.Hour).UTC().Format(time.DateOnly) {
		return nil, errNotYet
	}
	once, err := again(in.Key, "reviews "+in.Agreement, in.Body)
	if err != nil {
		return nil, err
	}
	agreement, err := a.store.ReviewAgreement(ctx, who.id, in.Couple, in.Agreement, in.Body, once)
	if err != nil {
		return nil, err
	}
	one := []protocol.CoupleAgreement{agreement}
	if err := a.followed(ctx, who, in.Couple, one); err != nil {
		return nil, err
	}
	return &body[protocol.CoupleAgreement]{one[0]}, nil
}

var errNotYet = fault.New(fault.Invalid, "review_too_late", "That day is still to come. Choose the day it was looked at.").At("on")

func (a *api) consents(ctx context.Context, who person, in *pageOfCouple) (*body[protocol.TermsList], error) {
	list, err := a.store.Terms(ctx, who.id, in.Couple, store.Page{Cursor: in.Cursor, Limit: in.Limit})
	return &body[protocol.TermsList]{list}, err
}

func (a *api) suitability(ctx context.Context, who person, in *CoupleID) (*body[protocol.SuitabilityList], error) {
	list, err := a.store.SuitabilityStatements(ctx, who.id, in.Couple)
	return &body[protocol.SuitabilityList]{list}, err
}

type makesReview struct {
	Once
	CoupleID
	Agreement string `path:"agreement" maxLength:"120"`
	Body      protocol.NewReview
}
