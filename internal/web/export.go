package web

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/homework"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/record"
	"mend/internal/store"
)

// exportRoutes are the ways out of the record. Each is written down before anything is
// handed out, and each file's name holds a date and an id and nothing of anybody.
func (a *api) exportRoutes(h huma.API) {
	schemas := h.OpenAPI().Components.Schemas
	text := &huma.Schema{Type: huma.TypeString}
	counselors(a, h, op("export-session", "GET", "/sessions/{session}/export", "A session's record to take along",
		gives(map[string]*huma.Schema{
			"application/json": schemas.Schema(reflect.TypeFor[record.SessionExport](), true, ""),
			markdownType:       text, csvType: text, htmlType: text,
		})), a.exportSession)
	zipped := &huma.Schema{
		Type: huma.TypeString, Format: "binary",
		Description: "manifest.json (a Manifest), record.json (a CoupleCopy; with for=practice a CoupleRecord) and record.md",
	}
	// The shapes inside the archive are published although no answer is made of them alone.
	for _, inside := range []reflect.Type{
		reflect.TypeFor[record.Manifest](), reflect.TypeFor[record.CoupleCopy](), reflect.TypeFor[record.CoupleRecord](),
	} {
		schemas.Schema(inside, true, "")
	}
	counselors(a, h, op("export-couple", "GET", "/couples/{couple}/export", "A couple's record to take along: for one partner, for both, or for the practice",
		gives(map[string]*huma.Schema{zipType: zipped})), a.exportCouple)
	calendar := gives(map[string]*huma.Schema{calendarType: text})
	counselors(a, h, op("session-calendar", "GET", "/sessions/{session}/calendar", "A planned session for a calendar, without a word about whom it is with", calendar), a.sessionCalendar)
	counselors(a, h, op("couple-calendar", "GET", "/couples/{couple}/calendar", "A couple's planned sessions for a calendar", calendar), a.coupleCalendar)
	counselors(a, h, op("calendar", "GET", "/calendar", "All planned sessions for a calendar", calendar), a.calendar)
}

const (
	markdownType = "text/markdown; charset=utf-8"
	csvType      = "text/csv; charset=utf-8; header=present"
	htmlType     = "text/html; charset=utf-8"
	zipType      = "application/zip"
	calendarType = "text/calendar; charset=utf-8"
)

// gives declares what kinds of file a call answers with.
func gives(kinds map[string]*huma.Schema) func(*huma.Operation) {
	return func(o *huma.Operation) {
		content := map[string]*huma.MediaType{}
		for kind, schema := range kinds {
			content[strings.SplitN(kind, ";", 2)[0]] = &huma.MediaType{Schema: schema}
		}
		o.Responses = map[string]*huma.Response{"200": {Description: http.StatusText(http.StatusOK), Content: content}}
	}
}

// fileAnswer is a file.
type fileAnswer struct {
	Kind   string `header:"Content-Type"`
	Name   string `header:"Content-Disposition"`
	Policy string `header:"Content-Security-Policy"`
	Body   []byte
}

// attached is a file to be kept rather than shown.
func attached(name, kind string, body []byte) *fileAnswer {
	return &fileAnswer{Kind: kind, Name: fmt.Sprintf("attachment; filename=%q", name), Body: body}
}

// pagePolicy lets a page that stands by itself use its own stylesheet, known by its
// hash, and nothing else at all.
var pagePolicy = func() string {
	sum := sha256.Sum256([]byte(record.DocumentStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}()

type whichExport struct {
	SessionID
	As      string   `query:"as" required:"true" enum:"md,csv,json,html"`
	Parts   []string `query:"parts" enum:"summary,progress,addenda" doc:"All three where left out; addenda are those of the progress note"`
	Include []string `query:"include" enum:"process" doc:"The process note is in no export unless it is asked for here"`
}

func (a *api) exportSession(ctx context.Context, who person, in *whichExport) (*fileAnswer, error) {
	s, err := a.store.Session(ctx, who.id, in.Session)
	if err != nil {
		return nil, err
	}
	me, err := a.store.Me(ctx, who.id)
	if err != nil {
		return nil, err
	}
	e, err := a.sessionExport(ctx, who, in.Session, me.Language, partsOf(in.Parts, in.Include))
	if err != nil {
		return nil, err
	}
	how := store.Exported
	if len(in.Include) > 0 {
		how = store.ExportedWithProcess
	}
	if err := a.store.SessionTaken(ctx, who.id, in.Session, how); err != nil {
		return nil, err
	}
	name := "session-" + dayOf(s.SessionHead, a.now()) + "-" + s.ID
	switch in.As {
	case "md":
		return attached(name+".md", markdownType, []byte(record.Markdown(record.SessionDocument(e)))), nil
	case "csv":
		table, err := record.CSV(e)
		return attached(name+".csv", csvType, []byte(table)), err
	case "html":
		page, err := record.HTML(record.SessionDocument(e))
		f := attached(name+".html", htmlType, []byte(page))
		f.Name, f.Policy = strings.Replace(f.Name, "attachment", "inline", 1), pagePolicy
		return f, err
	}
	text, err := json.MarshalIndent(e, "", "  ")
	return attached(name+".json", "application/json", append(text, '\n')), err
}

// partsOf gives the parts in one order, each once.
func partsOf(asked, include []string) []record.Part {
	if len(asked) == 0 {
		asked = []string{string(record.PartSummary), string(record.PartProgress), string(record.PartAddenda)}
	}
	var parts []record.Part
	for _, p := range []record.Part{record.PartSummary, record.PartProgress, record.PartAddenda, record.PartProcess} {
		if slices.Contains(asked, string(p)) || slices.Contains(include, string(p)) {
			parts = append(parts, p)
		}
	}
	return parts
}

// dayOf is the day that a session's files are named after.
func dayOf(s protocol.SessionHead, now time.Time) string {
	for _, at := range []*time.Time{s.StartedAt, s.StartsAt, s.EndedAt} {
		if at != nil {
			return at.UTC().Format(time.DateOnly)
		}
	}
	return now.UTC().Format(time.DateOnly)
}

// sessionExport gathers the parts that were asked for, and reads nothing else.
func (a *api) sessionExport(ctx context.Context, who person, sessionID string, language exercise.Language, parts []record.Part) (record.SessionExport, error) {
	e := record.SessionExport{Session: sessionID, MadeAt: a.now().UTC(), Language: language, Parts: parts}
	has := func(p record.Part) bool { return slices.Contains(parts, p) }
	if has(record.PartSummary) {
		s, err := a.summarised(ctx, who, sessionID)
		if err != nil {
			return e, err
		}
		e.Summary = &s
	}
	if has(record.PartProgress) || has(record.PartAddenda) {
		n, err := a.store.Note(ctx, who.id, sessionID, protocol.ProgressNote)
		if err != nil {
			return e, err
		}
		e.Progress = exportedNote(n, has(record.PartProgress), has(record.PartAddenda))
	}
	if has(record.PartProcess) {
		n, err := a.store.Note(ctx, who.id, sessionID, protocol.ProcessNote)
		if err != nil {
			return e, err
		}
		e.Process = exportedNote(n, true, true)
	}
	return e, nil
}

// exportedNote is a note as it stands; nil where nothing of it is.
func exportedNote(n protocol.Note, text, addenda bool) *record.ExportedNote {
	if n.Version == 0 || !text && len(n.Addenda) == 0 {
		return nil
	}
	e := &record.ExportedNote{
		Format: n.Format, Version: n.Version, SavedAt: n.SavedAt, SignedAt: n.SignedAt, SignedBy: n.SignedBy, Hash: n.Hash,
	}
	if text {
		e.Sections = n.Sections
	}
	if addenda {
		for _, one := range n.Addenda {
			e.Addenda = append(e.Addenda, record.ExportedAddendum(one))
		}
	}
	return e
}

type whichCoupleExport struct {
	CoupleID
	For     record.Reader `query:"for" required:"true" enum:"one,two,both,practice" doc:"one, two: that partner's own words and what both share; both: only what both may see; practice: the counselor's own record"`
	Include []string      `query:"include" enum:"process" doc:"With for=practice: the process notes too, which are otherwise in no export"`
}

func (a *api) exportCouple(ctx context.Context, who person, in *whichCoupleExport) (*fileAnswer, error) {
	if len(in.Include) > 0 && in.For != record.ForPractice {
		return nil, errNoProcess
	}
	couple, err := a.store.WholeCouple(ctx, who.id, in.Couple)
	if err != nil {
		return nil, err
	}
	me, err := a.store.Me(ctx, who.id)
	if err != nil {
		return nil, err
	}
	m := record.Declared(record.Manifest{
		Couple: couple.ID, For: in.For, MadeAt: a.now().UTC(), Language: me.Language, Sessions: len(couple.Sessions),
	}, len(in.Include) > 0)
	var data any
	var document record.Document
	how := store.ExportedForBoth
	switch in.For {
	case record.ForPractice:
		r, err := a.coupleRecord(ctx, who, couple, m, partsOf(nil, in.Include))
		if err != nil {
			return nil, err
		}
		data, document, how = r, record.CoupleDocument(r, m), store.Exported
		if len(in.Include) > 0 {
			how = store.ExportedWithProcess
		}
	default:
		c, err := a.coupleCopy(ctx, who, couple, m)
		if err != nil {
			return nil, err
		}
		data, document = c, record.CopyDocument(c, m)
		switch in.For {
		case record.ForOne:
			how = store.ExportedForOne
		case record.ForTwo:
			how = store.ExportedForTwo
		}
	}
	bundle, err := record.Bundle(m, data, document)
	if err != nil {
		return nil, err
	}
	if err := a.store.CoupleTaken(ctx, who.id, in.Couple, how); err != nil {
		return nil, err
	}
	return attached("record-"+m.MadeAt.Format(time.DateOnly)+"-"+couple.ID+".zip", zipType, bundle), nil
}

var errNoProcess = fault.New(fault.Invalid, "no_process_notes",
	"Process notes are the counselor's own: they are in no copy for a partner. Ask for them with for=practice.").At("include")

// coupleRecord is everything that the counselor has of a couple.
func (a *api) coupleRecord(ctx context.Context, who person, couple protocol.Couple, m record.Manifest, parts []record.Part) (record.CoupleRecord, error) {
	r := record.CoupleRecord{
		Couple: couple.ID, MadeAt: m.MadeAt, Language: m.Language, Label: couple.Label,
		One: record.ExportedPartner(couple.One), Two: record.ExportedPartner(couple.Two),
		Agreements: couple.Agreements, Sessions: []record.SessionExport{}, Homework: []record.HomeworkRecord{},
	}
	var err error
	if r.Suitability, err = a.store.Suitabilities(ctx, who.id, couple.ID); err != nil {
		return r, err
	}
	for _, s := range couple.Sessions {
		e, err := a.sessionExport(ctx, who, s.ID, m.Language, parts)
		if err != nil {
			return r, err
		}
		r.Sessions = append(r.Sessions, e)
	}
	rows, err := a.homeworkLogs(ctx, who, couple.ID)
	for _, row := range rows {
		r.Homework = append(r.Homework, homeworkRecord(row, m.Language))
	}
	return r, err
}

// coupleCopy is what a partner, or both, may have: made of the logs and of nothing
// else that the store holds.
func (a *api) coupleCopy(ctx context.Context, who person, couple protocol.Couple, m record.Manifest) (record.CoupleCopy, error) {
	c := record.CoupleCopy{For: m.For, MadeAt: m.MadeAt, Language: m.Language, Sessions: []record.CopiedSession{}, Homework: []record.CopiedRun{}}
	seat, forOne := m.For.Seat()
	if forOne {
		c.Pronouns = map[record.Reader]private.Text{record.ForOne: couple.One.Pronouns, record.ForTwo: couple.Two.Pronouns}[m.For]
	}
	for _, s := range couple.Sessions {
		log, err := a.store.Read(ctx, s.ID, 0)
		if err != nil {
			return c, err
		}
		var taken record.Copy
		if forOne {
			taken, err = record.CopyFor(log, seat)
		} else {
			taken, err = record.CopyForBoth(log)
		}
		if err != nil {
			return c, err
		}
		c.Sessions = append(c.Sessions, record.CopiedSession{Session: s.ID, Copy: taken})
	}
	rows, err := a.homeworkLogs(ctx, who, couple.ID)
	for _, row := range rows {
		run := homeworkCopy(row, m.For, m.Language)
		if seat, one := m.For.Seat(); len(run.Own)+len(run.Shared) > 0 || one && slices.Contains(homework.Replay(row.Log).Facts.For, seat) {
			c.Homework = append(c.Homework, run)
		}
	}
	return c, err
}

var errNoTime = fault.New(fault.Conflict, "no_time", "This session has no time yet. Give it one, then put it in a calendar.")

func (a *api) sessionCalendar(ctx context.Context, who person, in *SessionID) (*fileAnswer, error) {
	planned, found, err := a.store.Appointment(ctx, who.id, in.Session)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, errNoTime
	}
	return a.inCalendar(ctx, who, []store.Appointment{planned}, "appointment-"+planned.Starts.Format(time.DateOnly)+"-"+in.Session)
}

func (a *api) coupleCalendar(ctx context.Context, who person, in *CoupleID) (*fileAnswer, error) {
	planned, err := a.store.Appointments(ctx, who.id, in.Couple)
	if err != nil {
		return nil, err
	}
	return a.inCalendar(ctx, who, planned, "appointments-"+in.Couple)
}

func (a *api) calendar(ctx context.Context, who person, _ *struct{}) (*fileAnswer, error) {
	planned, err := a.store.Appointments(ctx, who.id, "")
	if err != nil {
		return nil, err
	}
	return a.inCalendar(ctx, who, planned, "appointments-"+a.now().UTC().Format(time.DateOnly))
}

func (a *api) inCalendar(ctx context.Context, who person, planned []store.Appointment, name string) (*fileAnswer, error) {
	me, err := a.store.Me(ctx, who.id)
	if err != nil {
		return nil, err
	}
	all := make([]record.Appointment, len(planned))
	for i, p := range planned {
		all[i] = record.Appointment{Session: p.Session, Starts: p.Starts, Minutes: p.Minutes, Planned: p.Made}
	}
	return attached(name+".ics", calendarType, []byte(record.Calendar(all, me.Language))), nil
}
