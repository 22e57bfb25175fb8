package main

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"mend/internal/account"
	"mend/internal/bot"
	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

// who are some of the visitors, by name.
type who = []string

const (
	nobody      = "nobody"
	owner       = "the owner of the practice"
	theirs      = "the couple's own counselor"
	coTherapist = "a co-therapist of two of their sessions"
	former      = "the counselor who handed them over"
	other       = "another counselor of the practice"
	elsewhere   = "the owner of another practice"
	seatOne     = "seat one"
	seatTwo     = "seat two"
	anothers    = "a partner of another couple"
	homeOne     = "seat one at home"
	homeTwo     = "seat two at home"
	pageReader  = "a reader of a page that was shared"
	askedOne    = "seat one, asked for a release"
	deactivated = "a counselor who was deactivated"
	signedOut   = "a cookie that was signed out"
)

// tenant is somebody who tries every call. The cookie is theirs throughout: no answer
// changes it.
type tenant struct {
	*caller
	name      string
	cookie    string
	counselor bool              // signed in as one: what is not theirs answers 404, and 401 to all others
	reads     []string          // whose words are for them
	home      map[string]string // what is their own: a couple where they have one, and names nobody else uses
}

// inWords are words that tell, wherever they turn up, whose they are.
func inWords(whose string) string { return whose + "-" + marker }

var anyWords = regexp.MustCompile(`([a-z]+)-` + marker)

// tenants are two practices in one house, with everybody who could try to read what is
// not theirs, and the ids of one couple's things to try it with.
type tenants struct {
	*house
	visitors []*tenant
	places   map[string]string
	file     *sql.DB
	version  int // of the file, when it was last read
	digest   map[string]string
}

func (h *house) visit(name string, c *caller, reads ...string) *tenant {
	h.Helper()
	v := &tenant{name: name, reads: reads, home: map[string]string{}}
	if c != nil {
		v.cookie = c.held()
		v.counselor = slices.Contains(counselors, name)
	}
	v.caller = &caller{house: h, Client: http.Client{}, headers: map[string]string{"Origin": h.base, "Cookie": v.cookie}}
	return v
}

// held is the caller's cookie.
func (c *caller) held() string {
	c.Helper()
	base, err := url.Parse(c.base)
	if err != nil {
		c.Fatal(err)
	}
	for _, held := range c.Jar.Cookies(base) {
		return held.Name + "=" + held.Value
	}
	return ""
}

// colleague joins the practice of whoever invites them.
func (c *caller) colleague(name string) *caller {
	c.Helper()
	joining := accepting(c.invitation(), strings.ReplaceAll(name, " ", "-")+"@example.org")
	joining["name"] = name + " " + inWords("practice")
	p := c.stranger()
	p.post("/invitations/accept", joining).want(201)
	return p
}

func (c *caller) id() string {
	c.Helper()
	return read[protocol.Me](c.get("/me").want(200)).ID
}

// takesOn is a couple every word of whose is told by whose it is.
func (c *caller) takesOn(whose string) protocol.Couple {
	c.Helper()
	words := inWords(whose)
	couple := read[protocol.Couple](c.post("/couples", map[string]any{
		"label": "Label " + words, "one": map[string]any{"name": "One " + words, "pronouns": words}, "two": map[string]any{"name": "Two " + words},
	}).want(201))
	c.post("/couples/"+couple.ID+"/suitability", map[string]any{"statement": "override", "reason": "Both asked " + words}).want(201)
	return couple
}

func (c *caller) plans(couple string) protocol.Session {
	c.Helper()
	return read[protocol.Session](c.post("/couples/"+couple+"/sessions", map[string]any{"agenda": []string{}}).want(201))
}

func (c *caller) writes(session string, kind protocol.NoteKind, whose string) {
	c.Helper()
	c.call("PUT", "/api/v1/sessions/"+session+"/note", map[string]any{
		"kind": kind, "format": "free", "version": 0, "sections": map[string]any{"text": "A note " + inWords(whose)},
	}).want(200)
}

// sets something for both to do at home.
func (c *caller) sets(couple, whose string) protocol.Homework {
	c.Helper()
	return read[protocol.Homework](c.post("/couples/"+couple+"/homework", map[string]any{
		"exercise": "before-next-time", "for": []string{"one", "two"}, "line": "Slowly " + inWords(whose),
	}).want(201))
}

func (c *caller) homeLink(homework, seat string) protocol.Link {
	c.Helper()
	return read[protocol.Link](c.post("/homework/"+homework+"/links", map[string]any{"for": seat}).want(201))
}

// anotherPractice sets a second practice up in the same database, by the very call
// that sets up the first. The counselors stand aside in the file while it is made:
// the house lets nobody make a second one.
func (h *house) anotherPractice() *caller {
	h.Helper()
	db := h.database()
	defer db.Close()
	aside := func(statements ...string) {
		h.Helper()
		for _, statement := range statements {
			if _, err := db.ExecContext(h.Context(), statement); err != nil {
				h.Fatal(err)
			}
		}
	}
	aside(`CREATE TABLE aside AS SELECT * FROM counselors`, `DELETE FROM counselors`)
	c := h.stranger()
	c.post("/setup", map[string]any{
		"name": "Dr. Abroad " + inWords("elsewhere"), "email": "abroad@example.org", "password": password,
		"practice": "Hillside " + inWords("elsewhere"), "secrets": "no_secrets",
	}).want(201)
	aside(`INSERT INTO counselors SELECT * FROM aside`, `DROP TABLE aside`)
	return c
}

func openTenants(t *testing.T) *tenants {
	t.Helper()
	h := openHouse(t)
	boss := h.stranger()
	boss.post("/setup", map[string]any{
		"name": "Dr. Vega " + inWords("practice"), "email": "vega@example.org", "password": password,
		"practice": "Lakeside " + inWords("practice"), "secrets": "no_secrets",
	}).want(201)
	boss.call("PATCH", "/api/v1/practice", map[string]any{"policy": "We keep " + inWords("practice"), "help": "Call " + inWords("help")}).want(200)
	first, counselor, co, colleague, left := boss.colleague("First"), boss.colleague("Own"), boss.colleague("Co"), boss.colleague("Other"), boss.colleague("Left")
	abroad := h.anotherPractice()

	// The couple began with one counselor and is with another now.
	couple := first.takesOn("couple")
	early := first.plans(couple.ID)
	first.writes(early.ID, protocol.ProcessNote, "former")
	before := first.sets(couple.ID, "line")
	first.post("/couples/"+couple.ID+"/hand-over", map[string]any{"to": counselor.id(), "reason": "I move away " + inWords("couple")}).want(204)

	// One session is over, with an agreement and both notes of two counselors.
	ended := counselor.plans(couple.ID)
	shared := func(s protocol.Session) {
		t.Helper()
		counselor.call("PUT", "/api/v1/sessions/"+s.ID+"/colleagues/"+co.id(), nil).want(200)
	}
	shared(ended)
	r := h.room(counselor, ended)
	r.agree("One of us speaks at a time " + inWords("couple"))
	h.asks(r.counselorBot, session.Mark{Kind: session.MarkNote, Text: private.Text("Softer " + inWords("couple"))}, session.End{})
	r.leaves()
	counselor.writes(ended.ID, protocol.ProgressNote, "couple")
	counselor.writes(ended.ID, protocol.ProcessNote, "process")
	co.writes(ended.ID, protocol.ProcessNote, "coprocess")
	agreed := read[protocol.Couple](counselor.get("/couples/" + couple.ID).want(200)).Agreements
	if len(agreed) != 1 {
		t.Fatalf("the couple has %d agreements", len(agreed))
	}

	// A page was shared of it, and both are asked whether it may go to somebody.
	share := read[protocol.Share](counselor.post("/sessions/"+ended.ID+"/shares", map[string]any{
		"for": "one", "include": []string{"agreement/" + agreed[0].ID}, "message": "For you " + inWords("couple"), "checked": []string{"message"},
	}).want(201))
	release := read[protocol.Release](counselor.post("/couples/"+couple.ID+"/releases", map[string]any{
		"recipient": "A court " + inWords("couple"), "sessions": []string{ended.ID}, "parts": []string{"joint", "progress"},
		"expires_on": time.Now().UTC().Format(time.DateOnly),
	}).want(201))
	asked := read[protocol.Link](counselor.post("/releases/"+release.ID+"/links", map[string]any{"for": "one"}).want(201))
	reader, askedPhone := h.stranger(), h.stranger()
	reader.post("/shares/open", map[string]any{"token": afterHash(share.URL)}).want(200)
	askedPhone.post("/releases/open", map[string]any{"token": tokenOf(asked)}).want(200)

	// One is under way, one is planned.
	live, planned := counselor.plans(couple.ID), counselor.plans(couple.ID)
	shared(live)
	room := h.room(counselor, live)
	room.leaves()

	written := strings.Replace(own, "A short talk.", "A short talk "+inWords("exercise")+".", 1)
	counselor.post("/exercises", put(written, "private")).want(201)
	rehearsed := counselor.rehearses(map[string]any{"source": written})
	invitation := read[protocol.PracticeInvitation](boss.post("/practice/invitations", map[string]any{"label": "Jon " + inWords("invitation")}).want(201))
	second := h.stranger()
	second.post("/sign-in", map[string]any{"email": "own@example.org", "password": password}).want(204)
	gone := h.stranger()
	gone.post("/sign-in", map[string]any{"email": "own@example.org", "password": password}).want(204)
	passkey := account.Passkey{
		ID: uuid.Must(uuid.NewV7()).String(), Counselor: counselor.id(), Name: private.Text("Phone " + inWords("passkey")),
		Hash: account.Hash{1}, Credential: []byte("{}"), CreatedAt: time.Now(),
	}
	if err := h.app.store.PutPasskey(t.Context(), passkey); err != nil {
		t.Fatal(err)
	}

	// Something was set between sessions, and one of the two has answered.
	set, visiting := counselor.sets(couple.ID, "line"), counselor.sets(couple.ID, "line")
	policy := read[protocol.Practice](boss.get("/practice").want(200)).Policy.Version
	atHome := map[string]*caller{}
	for _, seat := range []string{"one", "two"} {
		p := h.stranger()
		p.post("/between/visit", map[string]any{"token": tokenOf(counselor.homeLink(set.ID, seat))}).want(200)
		p.post("/between", does("consent", "policy", policy)).want(200)
		atHome[seat] = p
	}
	atHome["one"].post("/between", does("submit", "step", 4, "answer", map[string]any{"text": inWords("sealed")})).want(200)
	atHome["one"].post("/between", does("submit", "step", 5, "answer", map[string]any{"text": inWords("aside")})).want(200)
	homeLinks := read[protocol.Homework](counselor.get("/homework/" + set.ID).want(200)).Links

	neighbours := colleague.takesOn("neighbours")
	besides := colleague.sets(neighbours.ID, "neighbours")
	nextDoor := colleague.plans(neighbours.ID)
	beside := h.room(colleague, nextDoor)
	beside.leaves()
	abroads := abroad.takesOn("elsewhere")
	far := abroad.plans(abroads.ID)

	joining := colleague.link(colleague.plans(neighbours.ID).ID, "one") // nobody has claimed it
	all := &tenants{house: h, file: h.database()}
	all.file.SetMaxOpenConns(1) // the version of the file is told to a connection
	t.Cleanup(func() { _ = all.file.Close() })
	all.places = map[string]string{
		"couple": couple.ID, "session": live.ID, "ended": ended.ID, "planned": planned.ID, "early": early.ID,
		"link": room.links[session.SeatOne].ID, "agreement": agreed[0].ID, "counselor": colleague.id(), "co": co.id(), "self": counselor.id(),
		"exercise": "evening-talk", "shipped": "floor-and-echo", "page": "apology", "rehearsal": rehearsed.ID,
		"homework": set.ID, "before": before.ID, "homelink": homeLinks[0].ID, "visiting": tokenOf(counselor.homeLink(visiting.ID, "one")), "version": "1",
		"today": time.Now().UTC().Format(time.DateOnly), "soon": time.Now().Add(48 * time.Hour).UTC().Format(time.RFC3339),
		"invitation": invitation.ID, "passkey": passkey.ID,
		"share": share.ID, "shared": afterHash(share.URL), "agreed": "agreement/" + agreed[0].ID, "release": release.ID, "asked": tokenOf(asked),
		"token": tokenOf(joining), "invited": afterHash(invitation.URL),
		"written": strings.Replace(written, "version: 1", "version: 2", 1),
	}
	for _, in := range read[protocol.Account](counselor.get("/account").want(200)).SignIns {
		if !in.This {
			all.places["sign_in"] = in.ID
		}
	}

	all.visitors = []*tenant{
		h.visit(nobody, nil),
		h.visit(owner, boss, "practice", "invitation"),
		h.visit(theirs, counselor, "practice", "couple", "process", "exercise", "passkey", "line", "aside"),
		h.visit(coTherapist, co, "practice", "couple", "coprocess"),
		h.visit(former, first, "practice", "former"),
		h.visit(other, colleague, "practice", "neighbours"),
		h.visit(elsewhere, abroad, "elsewhere"),
		h.visit(seatOne, room.one),
		h.visit(seatTwo, room.two),
		h.visit(anothers, beside.one),
		h.visit(homeOne, atHome["one"], "practice", "couple", "line", "sealed", "aside"),
		h.visit(homeTwo, atHome["two"], "practice", "couple", "line"),
		h.visit(pageReader, reader),
		h.visit(askedOne, askedPhone),
		h.visit(deactivated, left),
		h.visit(signedOut, gone),
	}
	for i, v := range all.visitors {
		v.home["eve"] = fmt.Sprintf("eve-%d", i)
		v.home["unsaved"] = strings.Replace(own, "evening-talk", "talk-"+v.home["eve"], 1)
	}
	maps.Copy(all.visitor(other).home, map[string]string{"couple": neighbours.ID, "session": nextDoor.ID, "homework": besides.ID})
	maps.Copy(all.visitor(elsewhere).home, map[string]string{"couple": abroads.ID, "session": far.ID})
	boss.call("PATCH", "/api/v1/practice/counselors/"+left.id(), map[string]any{"active": false}).want(200)
	gone.post("/sign-out", nil).want(204)
	return all
}

// afterHash is the token of a link.
func afterHash(url string) string { return url[strings.IndexByte(url, '#')+1:] }

func (t *tenants) visitor(name string) *tenant {
	t.Helper()
	for _, v := range t.visitors {
		if v.name == name {
			return v
		}
	}
	t.Fatalf("there is no visitor %q", name)
	return nil
}

// agree brings a room to an agreement that both sign.
func (r *room) agree(text string) {
	r.Helper()
	if err := r.counselorBot.Do(soon(r.T), protocol.StartExercise{
		Exercise: "arrive-and-agree", Cast: session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo},
	}); err != nil {
		r.Fatal(err)
	}
	step := r.skipTo(exercise.Agree)
	seen := r.sees(r.oneBot, "the wording", func(s *bot.Seen) bool { return s.Step() == step })
	w := *seen.Partner.Step.Wording
	w.Text = private.Text(text)
	r.asks(r.oneBot, session.Edit{Step: step, Wording: w}, session.Sign{Step: step, Wording: w.Revision + 1})
	r.asks(r.twoBot, session.Sign{Step: step, Wording: w.Revision + 1})
}

// leaves closes what the three have open; each could come back.
func (r *room) leaves() {
	r.counselorBot.Leave()
	r.oneBot.Leave()
	r.twoBot.Leave()
}

// settles waits until the table of the logs holds all that was said: the newest of it
// comes there a moment later.
func (t *tenants) settles() {
	t.Helper()
	patience := soon(t.T)
	for _, id := range t.sessions() {
		log, err := t.app.store.Read(t.Context(), id, 0)
		if err != nil {
			t.Fatal(err)
		}
		for n := 0; n < len(log); {
			if err := t.file.QueryRowContext(patience, "SELECT count(*) FROM events WHERE session = ?", id).Scan(&n); err != nil {
				t.Fatal(err)
			}
			pause(patience, 10*time.Millisecond)
		}
	}
}

func (t *tenants) sessions() (ids []string) {
	t.Helper()
	rows, err := t.file.QueryContext(t.Context(), "SELECT id FROM sessions")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return ids
}

// changed are the tables that are not as they were when it was last asked; but for that
// of the sign-ins, whose times move with every call.
func (t *tenants) changed() (tables []string) {
	t.Helper()
	var version int
	if err := t.file.QueryRowContext(t.Context(), `PRAGMA data_version`).Scan(&version); err != nil {
		t.Fatal(err)
	}
	if version == t.version {
		return nil
	}
	names, err := t.file.QueryContext(t.Context(), `SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sign_ins'`)
	if err != nil {
		t.Fatal(err)
	}
	defer names.Close()
	now := map[string]string{}
	for names.Next() {
		var name string
		if err := names.Scan(&name); err != nil {
			t.Fatal(err)
		}
		now[name] = ""
	}
	if err := names.Err(); err != nil {
		t.Fatal(err)
	}
	if len(now) < 30 {
		t.Fatalf("only %d tables were found", len(now))
	}
	for name := range now {
		now[name] = t.digestOf(name)
		if t.digest != nil && t.digest[name] != now[name] {
			tables = append(tables, name)
		}
	}
	t.version, t.digest = version, now
	return tables
}

func (t *tenants) digestOf(table string) string {
	t.Helper()
	rows, err := t.file.QueryContext(t.Context(), fmt.Sprintf(`SELECT * FROM %q`, table))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.New()
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(sum, "%q\n", values)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return string(sum.Sum(nil))
}
