package web

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"

	"mend/internal/account"
	"mend/internal/catalog"
	"mend/internal/hub"
	"mend/internal/rehearsal"
	"mend/internal/store"
)

const (
	apiBase = "/api/v1"
	// apiVersion is that of the published documents: it moves when they do.
	apiVersion = "1.0.0"
)

// api answers the calls under /api/v1. One declaration a call gives its route, its
// checks and its part of the published document.
type api struct {
	base    Base
	proxies Proxies
	log     *slog.Logger
	now     func() time.Time
	store   *store.Store
	door    *account.Door
	hub     *hub.Hub
	library *library

	rehearsals *rehearsal.Rooms
	preview    *preview // nil in every house that people live in

	stock   func() error // reads what ships with Mend, once: the library's part and what follows
	guide   *catalog.Guide
	agendas []catalog.Agenda
}

// stocked holds a call up until what ships with Mend was read: a moment, as a server
// starts.
func (a *api) stocked(c *fiber.Ctx) error {
	if err := a.stock(); err != nil {
		return err
	}
	return c.Next()
}

func (a *api) take(c catalog.Content, err error) error {
	a.library.shipped, a.guide, a.agendas = c.Exercises, c.Guide, c.Agendas
	return err
}

// routes lists every call there is.
func (a *api) routes(h huma.API) {
	anyone(a, h, op("setup-state", "GET", "/setup", "Is the first account still to be made?"), a.setupState)
	anyone(a, h, op("set-up", "POST", "/setup", "Make the first account and sign in", created), a.setUp)
	anyone(a, h, op("sign-in", "POST", "/sign-in", "Sign in as a counselor"), a.signIn)
	anyone(a, h, op("sign-out", "POST", "/sign-out", "Sign out"), a.signOut)
	counselors(a, h, op("me", "GET", "/me", "Who is signed in"), a.me)
	counselors(a, h, op("patch-me", "PATCH", "/me", "Change one's name, one's email or the language one works in"), a.patchMe)
	a.accountRoutes(h)

	counselors(a, h, op("practice", "GET", "/practice", "The practice"), a.practice)
	counselors(a, h, op("patch-practice", "PATCH", "/practice", "Change the practice's policy or pages"), a.patchPractice)
	anyone(a, h, op("help", "GET", "/help", "The practice's help page"), a.help)

	counselors(a, h, op("colleagues", "GET", "/colleagues", "The other counselors of the practice"), a.colleagues)
	counselors(a, h, op("counselors", "GET", "/practice/counselors", "Who belongs to the practice, for its owner: that they have couples, and nothing of them"), a.counselors)
	counselors(a, h, op("patch-counselor", "PATCH", "/practice/counselors/{counselor}", "Make an owner of a counselor, or deactivate one who left"), a.patchCounselor)
	counselors(a, h, op("couples-of", "GET", "/practice/counselors/{counselor}/couples", "A counselor's couples, by number and date alone, for hand-over"), a.couplesOf)
	counselors(a, h, op("invitations", "GET", "/practice/invitations", "The invitations, newest first"), a.invitations)
	counselors(a, h, op("create-invitation", "POST", "/practice/invitations", "Invite a colleague into the practice", created), a.createInvitation)
	counselors(a, h, op("revoke-invitation", "DELETE", "/practice/invitations/{invitation}", "Revoke an invitation"), a.revokeInvitation)
	anyone(a, h, op("open-invitation", "POST", "/invitations/open", "What an invitation says; nothing is used up"), a.openInvitation)
	anyone(a, h, op("accept-invitation", "POST", "/invitations/accept", "Join a practice by an invitation, and sign in", created), a.acceptInvitation)
	counselors(a, h, op("hand-over", "POST", "/couples/{couple}/hand-over", "Give a couple to a colleague"), a.handOver)
	counselors(a, h, op("handed-over", "GET", "/handed-over", "The couples one handed over, with one's own process notes"), a.handedOver)
	counselors(a, h, op("add-colleague", "PUT", "/sessions/{session}/colleagues/{counselor}", "Share a session with a colleague, until somebody was let in"), a.addColleague)
	counselors(a, h, op("remove-colleague", "DELETE", "/sessions/{session}/colleagues/{counselor}", "Take a colleague off a session"), a.removeColleague)
	counselors(a, h, op("audit", "GET", "/audit", "Who did what, when, newest first, for the practice's owner"), a.audit)

	counselors(a, h, op("couples", "GET", "/couples", "The couples, newest first"), a.couples)
	counselors(a, h, op("create-couple", "POST", "/couples", "Take on a couple", created), a.createCouple)
	counselors(a, h, op("couple", "GET", "/couples/{couple}", "A couple"), a.couple)
	counselors(a, h, op("patch-couple", "PATCH", "/couples/{couple}", "Change a couple's names"), a.patchCouple)
	counselors(a, h, op("delete-couple", "DELETE", "/couples/{couple}", "Delete a couple with all that was said and written; nothing of it can be read again"), a.deleteCouple)
	counselors(a, h, op("record-suitability", "POST", "/couples/{couple}/suitability", "State that joint work is suitable", created), a.recordSuitability)

	counselors(a, h, op("search-couples", "POST", "/couples/search", "Couples by the words in their label and names, newest first"), a.searchCouples)
	counselors(a, h, op("trends", "GET", "/couples/{couple}/trends", "Each partner's own ratings over the sessions, and how agreements went"), a.trends)
	counselors(a, h, op("agreements", "GET", "/couples/{couple}/agreements", "All that a couple ever agreed on, newest first, with what came of it"), a.agreements)
	counselors(a, h, op("review-agreement", "POST", "/couples/{couple}/agreements/{agreement}/reviews", "Write down how an agreement went", created), a.reviewAgreement)
	counselors(a, h, op("consents", "GET", "/couples/{couple}/consents", "The policy each session stood under and who accepted it, newest first"), a.consents)
	counselors(a, h, op("suitability", "GET", "/couples/{couple}/suitability", "The statements about joint work, newest first"), a.suitability)
	counselors(a, h, op("keeping", "GET", "/couples/{couple}/keeping", "How long a couple's record is kept, and whether it is on hold"), a.keeping)
	counselors(a, h, op("put-hold", "PUT", "/couples/{couple}/hold", "Put a couple's record on hold: nothing of it can be deleted"), a.putHold)
	counselors(a, h, op("lift-hold", "DELETE", "/couples/{couple}/hold", "Lift the hold"), a.liftHold)
	counselors(a, h, op("erase-partner", "POST", "/couples/{couple}/erasures", "Erase one partner's name and private words; the other's record stays whole", created), a.erasePartner)
	counselors(a, h, op("keeping-terms", "GET", "/practice/keeping", "For how long the practice keeps records"), a.keepingTerms)
	counselors(a, h, op("put-keeping-terms", "PUT", "/practice/keeping", "Change for how long the practice keeps records"), a.putKeepingTerms)
	counselors(a, h, op("due", "GET", "/retention", "What may be deleted, now or within 30 days; nothing goes by itself"), a.due)
	counselors(a, h, op("carry-out", "POST", "/retention", "Delete what is due, by name"), a.carryOut)
	counselors(a, h, op("import", "POST", "/imports", "Bring in couples and the days of past sessions, or see what would come in"), a.bringIn)

	counselors(a, h, op("sessions", "GET", "/sessions", "The sessions, newest first"), a.sessions)
	counselors(a, h, op("create-session", "POST", "/couples/{couple}/sessions", "Plan a session", created), a.createSession)
	counselors(a, h, op("session", "GET", "/sessions/{session}", "A session"), a.session)
	counselors(a, h, op("patch-session", "PATCH", "/sessions/{session}", "Change a session's agenda or time"), a.patchSession)

	counselors(a, h, op("create-link", "POST", "/sessions/{session}/links", "Make a partner's link; an earlier one is revoked", created), a.createLink)
	counselors(a, h, op("revoke-link", "DELETE", "/sessions/{session}/links/{link}", "Revoke a link and close what came in by it"), a.revokeLink)

	counselors(a, h, op("homework-of-couple", "GET", "/couples/{couple}/homework", "What was set between sessions, newest first"), a.homeworkOf)
	counselors(a, h, op("set-homework", "POST", "/couples/{couple}/homework", "Set an exercise for the time until the next session", created), a.setHomework)
	counselors(a, h, op("homework", "GET", "/homework/{homework}", "What was set, and how far each is"), a.homework)
	counselors(a, h, op("create-homework-link", "POST", "/homework/{homework}/links", "Make a partner's link to it; an earlier one is revoked", created), a.createHomeworkLink)
	counselors(a, h, op("revoke-homework-link", "DELETE", "/homework/{homework}/links/{link}", "Revoke a link and close the visit by it"), a.revokeHomeworkLink)
	counselors(a, h, op("reveal-homework", "POST", "/homework/{homework}/reveal", "Open sealed answers to both at once"), a.revealHomework)
	counselors(a, h, op("close-homework", "POST", "/homework/{homework}/close", "Take it back: nothing of it is read back"), a.closeHomework)

	anyone(a, h, op("begin-visit", "POST", "/between/visit", "Begin a visit by a link's token; the visit before it ends", unchecked), a.beginVisit)
	anyone(a, h, op("between", "GET", "/between", "What was set for whoever this phone's visit is"), a.between)
	anyone(a, h, op("do-between", "POST", "/between", "Accept the first pages, give an answer, or take one back"), a.doBetween)
	anyone(a, h, op("draft-between", "PUT", "/between/draft", "Keep what is being typed"), a.draftBetween)
	anyone(a, h, op("leave-between", "DELETE", "/between", "Leave, and forget this phone"), a.leaveBetween)

	anyone(a, h, op("join", "POST", "/join", "Claim a link by its token or its spoken code", unchecked), a.join)
	anyone(a, h, op("seat", "GET", "/seat", "Where this phone belongs"), a.seat)
	anyone(a, h, op("leave", "DELETE", "/seat", "Leave, and forget this phone"), a.leave)

	counselors(a, h, op("note", "GET", "/sessions/{session}/note", "One of a session's two notes"), a.note)
	counselors(a, h, op("put-note", "PUT", "/sessions/{session}/note", "Save a note"), a.putNote)
	counselors(a, h, op("note-version", "GET", "/sessions/{session}/note/versions/{version}", "A note as it once stood"), a.noteVersion)
	counselors(a, h, op("draft-note", "GET", "/sessions/{session}/note/draft", "A progress note laid out from the record"), a.draftNote)
	counselors(a, h, op("sign-note", "POST", "/sessions/{session}/note/sign", "Sign a note: it locks"), a.signNote)
	counselors(a, h, op("add-addendum", "POST", "/sessions/{session}/note/addenda", "Correct a signed note", created), a.addAddendum)
	counselors(a, h, op("summary", "GET", "/sessions/{session}/summary", "The counselor's summary"), a.summary)

	a.exportRoutes(h)
	a.shareRoutes(h)
	a.releaseRoutes(h)

	counselors(a, h, op("exercises", "GET", "/exercises", "The library"), a.exercises)
	counselors(a, h, op("exercise", "GET", "/exercises/{exercise}", "An exercise to read"), a.exercise)
	counselors(a, h, op("exercise-source", "GET", "/exercises/{exercise}/source", "An exercise as it was written, to copy or change; of the id new, a skeleton"), a.exerciseSource)
	counselors(a, h, op("create-exercise", "POST", "/exercises", "Keep an exercise of one's own", created), a.createExercise)
	counselors(a, h, op("put-exercise", "PUT", "/exercises/{exercise}", "Change an exercise of one's own, or who may see it"), a.putExercise)
	counselors(a, h, op("delete-exercise", "DELETE", "/exercises/{exercise}", "Delete an exercise of one's own; records and running sessions keep theirs"), a.deleteExercise)
	counselors(a, h, op("lint-exercise", "POST", "/exercises/lint", "What is wrong with an exercise, by line; nothing is kept"), a.lintExercise)
	counselors(a, h, op("exercise-schema", "GET", "/exercise-schema", "The JSON Schema of an exercise"), a.exerciseSchema)
	counselors(a, h, op("put-favourite", "PUT", "/exercises/{exercise}/favourite", "Star an exercise"), a.putFavourite)
	counselors(a, h, op("delete-favourite", "DELETE", "/exercises/{exercise}/favourite", "Take the star off"), a.deleteFavourite)
	counselors(a, h, op("agendas", "GET", "/agendas", "Agendas to start from"), a.listAgendas)
	anyone(a, h, op("guide", "GET", "/guide", "The pages of the guide; those for partners, to whoever is no counselor"), a.guidePages)
	anyone(a, h, op("guide-page", "GET", "/guide/{page}", "A page of the guide"), a.guidePage)

	counselors(a, h, op("create-rehearsal", "POST", "/rehearsals", "Rehearse with two pretend partners; nothing of it is kept", created), a.createRehearsal)
	counselors(a, h, op("rehearsal", "GET", "/rehearsals/{rehearsal}", "A rehearsal"), a.rehearsal)
	counselors(a, h, op("delete-rehearsal", "DELETE", "/rehearsals/{rehearsal}", "End a rehearsal and forget it"), a.deleteRehearsal)
	if a.preview != nil {
		anyone(a, h, op("preview", "POST", "/preview", "Look at the exercise in the file", created, hidden), a.openPreview)
	}
}

// op declares a call.
func op(id, method, path, summary string, more ...func(*huma.Operation)) huma.Operation {
	o := huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, MaxBodyBytes: MaxBody + 1}
	for _, f := range more {
		f(&o)
	}
	return o
}

func created(o *huma.Operation) { o.DefaultStatus = http.StatusCreated }

// hidden keeps a call out of the published document.
func hidden(o *huma.Operation) { o.Hidden = true }

// unchecked leaves the body's limits to the answer: where a wrong input must look
// like any other.
func unchecked(o *huma.Operation) { o.SkipValidateBody = true }

// anyone registers a call that needs nobody signed in.
func anyone[I, O any](a *api, h huma.API, o huma.Operation, answer func(context.Context, *I) (*O, error)) {
	o.Middlewares = huma.Middlewares{a.meet}
	huma.Register(h, o, func(ctx context.Context, in *I) (*O, error) {
		out, err := answer(ctx, in)
		if err != nil {
			return nil, a.told(ctx, err)
		}
		return out, nil
	})
}

// counselors registers a call that only a signed-in counselor may make.
func counselors[I, O any](a *api, h huma.API, o huma.Operation, answer func(context.Context, person, *I) (*O, error)) {
	o.Security = []map[string][]string{{"cookie": {}}}
	o.Middlewares = huma.Middlewares{a.meet, a.counselorOnly}
	huma.Register(h, o, func(ctx context.Context, in *I) (*O, error) {
		who, ok := ctx.Value(personKey{}).(person)
		if !ok {
			return nil, a.told(ctx, errNotSignedIn)
		}
		out, err := answer(ctx, who, in)
		if err != nil {
			return nil, a.told(ctx, err)
		}
		return out, nil
	})
}

// told is what the person is told of an error; the operator gets the cause.
func (a *api) told(ctx context.Context, err error) *problem {
	a.report(ctx, err)
	return problemOf(err).at(visitorOf(ctx).request)
}

// report writes down what was nobody's fault but ours.
func (a *api) report(ctx context.Context, err error) {
	if p := problemOf(err); p.Status >= 500 {
		a.log.Error("a call failed", "request_id", visitorOf(ctx).request, "code", p.Code, "cause", err.Error())
	}
}

// answerWith answers from where a call has not yet begun.
func (a *api) answerWith(h huma.Context, p *problem) {
	if err := send(humafiber.Unwrap(h), p); err != nil {
		a.log.Error("an answer could not be written", "request_id", p.Instance, "cause", err.Error())
	}
}

// again makes a create repeatable. The key counts for one counselor, one call and
// one place, and for the same body.
func again(key, place string, body any) (store.Once, error) {
	if key == "" {
		return store.Once{}, nil
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return store.Once{}, err
	}
	return store.Once{Key: place + " " + key, Body: sha256.Sum256(raw)}, nil
}

func (a *api) mount(app *fiber.App) huma.API {
	published := newSchemas()
	// Under "json" huma finds problem+json.
	plainJSON := huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: read}
	h := humafiber.NewWithGroup(app, app.Group(apiBase), huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title: "Mend", Version: apiVersion,
				Description: "Identity is one cookie. A refusal is application/problem+json with a stable code. " +
					"What is not yours answers 404. Times are RFC 3339 in UTC. Calls that change something need " +
					"an Origin header that names this server.",
			},
			Servers: []*huma.Server{{URL: apiBase}},
			Components: &huma.Components{
				Schemas: published,
				SecuritySchemes: map[string]*huma.SecurityScheme{
					"cookie": {Type: "apiKey", In: "cookie", Name: "__Host-mend", Description: "Called mend where the server is reached without HTTPS"},
				},
			},
		},
		Formats:       map[string]huma.Format{"application/json": plainJSON, "json": plainJSON},
		DefaultFormat: "application/json",
		Transformers:  []huma.Transformer{published.asProblem},
	})
	a.routes(h)
	return h
}

var errUnkeepable = errors.New("text that cannot be kept")

// read takes JSON whose text every database can keep: valid UTF-8 without NUL. It is
// asked twice, for what is checked and for what is then used. Where a name stands
// twice, the one would be the last of the two and the other both of them merged, so
// that a text too long could come in behind a short one: the first reading is made
// the only one.
func read(data []byte, v any) error {
	if !utf8.Valid(data) || strings.Contains(string(data), `\u0000`) {
		return errUnkeepable
	}
	var checked any
	if err := json.Unmarshal(data, &checked); err != nil {
		return err
	}
	plain, err := json.Marshal(checked)
	if err != nil {
		return err
	}
	return json.Unmarshal(plain, v)
}
