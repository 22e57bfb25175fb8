package web

import (
	"context"

	"mend/internal/catalog"
	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/protocol"
	"mend/internal/store"
)

// library is where exercises are looked up: by pages, plans and sessions alike.
type library struct {
	shipped *catalog.Catalog
	written *store.Store
}

// shelf is what one counselor has before them: what ships with Mend, what they wrote
// themselves, and what their practice shares.
type shelf struct {
	library
	counselor string
}

func (l *library) For(counselor string) shelf { return shelf{*l, counselor} }

// In is the shelf to be read in a language, as far as there are translations.
func (s shelf) In(language exercise.Language) shelf {
	s.shipped = s.shipped.In(language)
	return s
}

// book is an exercise on a shelf.
type book struct {
	exercise.Definition
	source   string
	origin   protocol.Origin
	scope    protocol.Scope // empty for what ships
	revision int            // likewise
}

// List is the whole shelf without the sources: what ships in its order, then what was
// written, oldest first.
func (s shelf) List(ctx context.Context) ([]book, error) {
	var list []book
	for _, d := range s.shipped.List() {
		list = append(list, book{Definition: d, origin: protocol.Shipped})
	}
	written, err := s.written.Exercises(ctx, s.counselor)
	for _, e := range written {
		list = append(list, bound(e))
	}
	return list, err
}

// Find is the exercise of an id. What is neither the counselor's nor shared with them
// is not found.
func (s shelf) Find(ctx context.Context, id string) (book, error) {
	if d, ships := s.shipped.Exercise(id); ships {
		source, _ := s.shipped.Source(id)
		return book{Definition: d, source: source, origin: protocol.Shipped}, nil
	}
	e, err := s.written.Exercise(ctx, s.counselor, id)
	return bound(e), err
}

func bound(e store.Exercise) book {
	b := book{Definition: e.Definition, source: e.Source, origin: protocol.OfPractice, scope: e.Scope, revision: e.Revision}
	if e.Mine {
		b.origin = protocol.Mine
	}
	return b
}

// Program is what a session runs for the book.
func (s shelf) Program(b book) (exercise.Program, error) {
	if p, ships := s.shipped.Program(b.ID); ships {
		return p, nil
	}
	p, problems := exercise.Compile(b.Definition)
	if len(problems) > 0 { // it compiled when it was saved; a newer Mend may know better
		return p, errUnknownExercise.Because(problems[0])
	}
	return p, nil
}

// Program implements Programs: what the counselor of a session may start in it.
func (l *library) Program(ctx context.Context, session, id string) (exercise.Program, error) {
	if p, ships := l.shipped.Program(id); ships {
		return p, nil
	}
	counselor, err := l.written.Leads(ctx, session)
	if err != nil {
		return exercise.Program{}, err
	}
	return l.For(counselor).start(ctx, id)
}

// start is what a session runs for an id.
func (s shelf) start(ctx context.Context, id string) (exercise.Program, error) {
	b, err := s.Find(ctx, id)
	if f, ok := fault.As(err); ok && f.Kind == fault.NotFound {
		return exercise.Program{}, errUnknownExercise
	}
	if err != nil {
		return exercise.Program{}, err
	}
	return s.Program(b)
}
