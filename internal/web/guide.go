package web

import (
	"context"
	"slices"

	"mend/internal/account"
	"mend/internal/catalog"
	"mend/internal/exercise"
	"mend/internal/protocol"
)

func (a *api) guidePages(ctx context.Context, in *InLanguage) (*body[protocol.GuideList], error) {
	return &body[protocol.GuideList]{a.guideFor(a.counselor(ctx) != "", in.Language)}, nil
}

func (a *api) guidePage(ctx context.Context, in *whichPage) (*body[protocol.GuidePage], error) {
	counselor := a.counselor(ctx)
	page, err := a.pageFor(counselor != "", in.Language, in.Page)
	if err == nil && counselor != "" {
		page.Exercises, err = a.doing(ctx, counselor, page.ID, in.Language)
	}
	return &body[protocol.GuidePage]{page}, err
}

// guideFor lists every page to a counselor, and to anyone else those that are meant
// for partners too.
func (a *api) guideFor(counselor bool, in exercise.Language) protocol.GuideList {
	items := []protocol.GuidePageHead{}
	for _, p := range a.guide.Pages(string(in)) {
		if p.Partners || counselor {
			items = append(items, pageHead(p))
		}
	}
	return protocol.GuideList{Items: items}
}

// pageFor is a page that may be read; one that may not does not exist.
func (a *api) pageFor(counselor bool, in exercise.Language, id string) (protocol.GuidePage, error) {
	p, ok := a.guide.Page(string(in), id)
	if !ok || !p.Partners && !counselor {
		return protocol.GuidePage{}, errNotYours
	}
	return protocol.GuidePage{GuidePageHead: pageHead(p), HTML: catalog.HTML(p.Body), Exercises: []protocol.ExerciseRef{}}, nil
}

func pageHead(p catalog.Page) protocol.GuidePageHead {
	return protocol.GuidePageHead{ID: p.ID, Section: p.Section, Title: p.Title, Summary: p.Summary, Partners: p.Partners}
}

// doing are the exercises that do what a page tells of: those it is a theme of.
func (a *api) doing(ctx context.Context, counselor, page string, in exercise.Language) ([]protocol.ExerciseRef, error) {
	books, err := a.library.For(counselor).In(in).List(ctx)
	if err != nil {
		return nil, err
	}
	refs := []protocol.ExerciseRef{}
	for _, b := range books {
		if slices.Contains(b.Themes, page) {
			refs = append(refs, protocol.ExerciseRef{ID: b.ID, Title: b.Title})
		}
	}
	return refs, nil
}

// counselor is who asks, where they are signed in as one; whoever cannot be known just
// now is nobody.
func (a *api) counselor(ctx context.Context) string {
	in, err := a.door.Who(ctx, visitorOf(ctx).token)
	if err != nil || in.Kind != account.CounselorKind {
		return ""
	}
	return in.Counselor
}
