package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mend/internal/fault"
	"mend/internal/protocol"
	"mend/internal/record"
	"mend/internal/session"
)

// maxSection is in characters, of one section of a note.
const maxSection = 20_000

func (a *api) note(ctx context.Context, who person, in *WhichNote) (*noteAnswer, error) {
	return noted(a.store.Note(ctx, who.id, in.Session, in.Kind))
}

// noteVersion is the note as it once stood.
func (a *api) noteVersion(ctx context.Context, who person, in *whichNoteVersion) (*body[protocol.Note], error) {
	n, err := a.store.NoteVersion(ctx, who.id, in.Session, in.Kind, in.Version)
	return &body[protocol.Note]{n}, err
}

func noted(n protocol.Note, err error) (*noteAnswer, error) {
	if err != nil {
		return nil, err
	}
	return &noteAnswer{ETag: etag(n), Body: n}, nil
}

// etag moves with every change of a note, and begins with its version.
func etag(n protocol.Note) string {
	tag := strconv.Itoa(n.Version)
	if n.SignedAt != nil {
		tag += fmt.Sprintf("-signed-%d", len(n.Addenda))
	}
	return `"` + tag + `"`
}

// putNote saves a note where nobody has saved one since. What it says about a stale
// version carries the current note, so that the page can lay both side by side.
func (a *api) putNote(ctx context.Context, who person, in *savesNote) (*noteAnswer, error) {
	b := in.Body
	if err := sections(b); err != nil {
		return nil, err
	}
	if in.IfMatch != "" && in.IfMatch != "*" {
		version, ok := versionOf(in.IfMatch)
		if !ok {
			return nil, errIfMatch
		}
		b.Version = version
	}
	n, err := a.store.PutNote(ctx, who.id, in.Session, b)
	if fault.Code(err) == "stale_version" {
		p := problemOf(err)
		p.Note = &n
		if in.IfMatch != "" {
			p.Status, p.Title = http.StatusPreconditionFailed, http.StatusText(http.StatusPreconditionFailed)
		}
		return nil, p
	}
	return noted(n, err)
}

func versionOf(tag string) (int, bool) {
	tag = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(tag, "W/"), `"`), `"`)
	number, _, _ := strings.Cut(tag, "-")
	version, err := strconv.Atoi(number)
	return version, err == nil && version >= 0
}

var errIfMatch = fault.New(fault.Invalid, "not_an_etag", "If-Match takes the ETag that came with the note.").At("If-Match")

func sections(n protocol.PutNote) error {
	known := n.Format.Sections()
	for name, text := range n.Sections {
		if !slices.Contains(known, name) {
			return errNoSection
		}
		if utf8.RuneCountInString(string(text)) > maxSection {
			return errTooLong.At("sections." + name)
		}
	}
	return nil
}

var errNoSection = fault.New(fault.Invalid, "no_such_section", "A note of this format has no such section.").At("sections")

var errTooLong = fault.New(fault.Invalid, "too_long", fmt.Sprintf("Use %d characters or fewer.", maxSection))

// draftNote lays a progress note out from the record. Nothing is kept.
func (a *api) draftNote(ctx context.Context, who person, in *whichFormat) (*body[protocol.DraftedNote], error) {
	s, err := a.summarised(ctx, who, in.Session)
	if err != nil {
		return nil, err
	}
	me, err := a.store.Me(ctx, who.id)
	if err != nil {
		return nil, err
	}
	return &body[protocol.DraftedNote]{protocol.DraftedNote{
		Format: in.Format, Sections: record.Draft(s, in.Format, me.Language),
	}}, nil
}

func (a *api) signNote(ctx context.Context, who person, in *ofSession[protocol.SignNote]) (*noteAnswer, error) {
	n, err := a.store.SignNote(ctx, who.id, in.Session, in.Body)
	if fault.Code(err) == "stale_version" {
		p := problemOf(err)
		p.Note = &n
		return nil, p
	}
	return noted(n, err)
}

func (a *api) addAddendum(ctx context.Context, who person, in *makesForSession[protocol.NewAddendum]) (*noteAnswer, error) {
	if err := written(filled{"text", in.Body.Text}); err != nil {
		return nil, err
	}
	once, err := again(in.Key, "addenda "+in.Session, in.Body)
	if err != nil {
		return nil, err
	}
	return noted(a.store.AddAddendum(ctx, who.id, in.Session, in.Body, once))
}

func (a *api) summary(ctx context.Context, who person, in *SessionID) (*body[record.Summary], error) {
	s, err := a.summarised(ctx, who, in.Session)
	return &body[record.Summary]{s}, err
}

// summarised reads the log, whether the session is over, under way or not begun.
func (a *api) summarised(ctx context.Context, who person, sessionID string) (record.Summary, error) {
	s, err := a.store.Session(ctx, who.id, sessionID)
	if err != nil {
		return record.Summary{}, err
	}
	log, err := a.store.Read(ctx, sessionID, 0)
	if err != nil {
		return record.Summary{}, err
	}
	sum, err := record.Build(log)
	if err != nil {
		return sum, err
	}
	if s.Imported {
		sum.HeldElsewhere(s.People, s.EndedAt)
	}
	return sum, a.nameErased(ctx, who, sessionID, &sum.People)
}

// nameErased puts a word where the name of somebody erased would stand.
func (a *api) nameErased(ctx context.Context, who person, sessionID string, people *session.People) error {
	if people.One != "" && people.Two != "" {
		return nil
	}
	erased, err := a.store.Erased(ctx, who.id, sessionID)
	if err != nil || len(erased) == 0 {
		return err
	}
	me, err := a.store.Me(ctx, who.id)
	if err != nil {
		return err
	}
	for seat := range erased {
		at := &people.One
		if seat == session.SeatTwo {
			at = &people.Two
		}
		*at = record.NameOfErased(me.Language)
	}
	return nil
}
