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
	return &body[protocol.GuideList]{a.guideFor(a.isCounselor(ctx), in.Language)}, nil
}

func (a *api) guidePage(ctx context.Context, in *whichPage) (*body[protocol.GuidePage], error) {
	page, err := a.pageFor(a.isCounselor(ctx), in.Language, in.Page)
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
	page := protocol.GuidePage{GuidePageHead: pageHead(p), HTML: catalog.HTML(p.Body), Exercises: []protocol.ExerciseRef{}}
	if counselor {
		page.Exercises = a.doing(p.ID, in)
	}
	return page, nil
}

func pageHead(p catalog.Page) protocol.GuidePageHead {
	return protocol.GuidePageHead{ID: p.ID, Section: p.Section, Title: p.Title, Summary: p.Summary, Partners: p.Partners}
}

// doing are the exercises that do what a page tells of: those it is a theme of.
func (a *api) doing(page string, in exercise.Language) []protocol.ExerciseRef {
	refs := []protocol.ExerciseRef{}
	for _, d := range a.library.shipped.In(in).List() {
		if slices.Contains(d.Themes, page) {
			refs = append(refs, protocol.ExerciseRef{ID: d.ID, Title: d.Title})
		}
	}
	return refs
}

// isCounselor tells whether the one who asks is signed in as a counselor; whoever
// cannot be known just now is not.
func (a *api) isCounselor(ctx context.Context) bool {
	in, err := a.door.Who(ctx, visitorOf(ctx).token)
	return err == nil && in.Kind == account.CounselorKind
}
