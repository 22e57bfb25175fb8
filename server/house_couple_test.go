package main

import (
	"database/sql"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"mend/internal/promise"
	"mend/internal/protocol"
)

func TestACoupleIsTakenOnAndChanged(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	couple := c.couple()
	if couple.ID == "" || couple.Sessions == nil || couple.Agreements == nil || couple.Suitability != nil {
		t.Errorf("a new couple: %+v", couple)
	}
	c.get("/couples/"+couple.ID).want(200).contains("The Lakes "+marker, "Ana "+marker, "she "+marker)
	c.call("PATCH", "/api/v1/couples/"+couple.ID, map[string]any{"two": map[string]any{"name": "Benedikt"}}).
		want(200).contains("Benedikt", "Ana "+marker)
	c.post("/couples/"+couple.ID+"/suitability", map[string]any{"statement": "override"}).refused(422, "blank")
	got := read[protocol.Couple](c.post("/couples/"+couple.ID+"/suitability",
		map[string]any{"statement": "override", "reason": "both asked " + marker}).want(201))
	if got.Suitability == nil || got.Suitability.Statement != "override" || got.Suitability.At.IsZero() {
		t.Errorf("the statement is not the couple's: %+v", got.Suitability)
	}
}

func TestListsComeInPages(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	want := map[string]bool{}
	for range 5 {
		want[c.couple().ID] = true
	}
	seen := map[string]bool{}
	cursor := ""
	for range 10 {
		list := read[protocol.CoupleList](c.get("/couples?limit=2&cursor=" + cursor).want(200))
		if len(list.Items) > 2 {
			t.Fatalf("asked for 2, got %d", len(list.Items))
		}
		for _, item := range list.Items {
			if seen[item.ID] || !want[item.ID] {
				t.Errorf("%s is listed twice or is nobody's", item.ID)
			}
			seen[item.ID] = true
		}
		if cursor = list.NextCursor; cursor == "" {
			break
		}
	}
	if len(seen) != len(want) {
		t.Errorf("listed %d of %d", len(seen), len(want))
	}
	found := read[protocol.CoupleList](c.post("/couples/search", map[string]any{"words": "LAKES ana", "limit": 2}).want(200))
	if len(found.Items) != 2 || found.NextCursor == "" {
		t.Errorf("a search for all five came as %d", len(found.Items))
	}
	c.post("/couples/search", map[string]any{"words": "nobody"}).want(200).lacks(marker)
	c.get("/couples?limit=0").refused(422, "invalid")
	c.get("/couples?limit=1000").refused(422, "invalid")
	c.get("/couples?cursor="+marker).refused(422, "bad_cursor")
}

func TestACreateSentTwiceIsMadeOnce(t *testing.T) {
	h := openHouse(t)
	c := h.counselor().with("Idempotency-Key", "tap-1")
	first := read[protocol.Couple](c.post("/couples", aCouple()).want(201))
	again := read[protocol.Couple](c.post("/couples", aCouple()).want(201))
	if first.ID != again.ID {
		t.Error("two couples were made")
	}
	other := aCouple()
	other["label"] = "Somebody else"
	c.post("/couples", other).refused(409, "idempotency_key_reused")

	plan := map[string]any{"agenda": []string{}}
	one := read[protocol.Session](c.post("/couples/"+first.ID+"/sessions", plan).want(201))
	two := read[protocol.Session](c.post("/couples/"+first.ID+"/sessions", plan).want(201))
	if one.ID != two.ID {
		t.Error("two sessions were planned")
	}
}

func TestAPlanNamesRealExercisesAndIsFramed(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	couple := c.couple()
	p := c.post("/couples/"+couple.ID+"/sessions", map[string]any{"agenda": []string{"opening", "no-" + marker}}).refused(422, "no_such_exercise")
	if p.Field != "agenda[1]" {
		t.Errorf("which exercise? %+v", p)
	}
	s := read[protocol.Session](c.post("/couples/"+couple.ID+"/sessions", map[string]any{"agenda": []string{}}).want(201))
	if len(s.Agenda) != 2 || s.Agenda[0].Exercise != "opening" || s.Agenda[1].Exercise != "closing" {
		t.Errorf("the frames are missing: %+v", s.Agenda)
	}
	if s.State != protocol.SessionPlanned || s.Links == nil {
		t.Errorf("a new session: %+v", s)
	}
	c.call("PATCH", "/api/v1/sessions/"+s.ID, map[string]any{"starts_at": "2026-12-01T17:00:00Z"}).want(200).contains("2026-12-01T17:00:00Z")
	c.get("/sessions").want(200).contains(s.ID)
	// Beyond what can be stored, a date would come back as another one.
	for _, day := range []string{"9999-12-31T00:00:00Z", "1200-01-01T00:00:00Z", "2300-01-01T00:00:00Z"} {
		if p := c.call("PATCH", "/api/v1/sessions/"+s.ID, map[string]any{"starts_at": day}).refused(422, "not_a_date"); p.Field != "starts_at" {
			t.Errorf("which field? %+v", p)
		}
		c.post("/couples/"+couple.ID+"/sessions", map[string]any{"agenda": []string{}, "starts_at": day}).refused(422, "not_a_date")
	}
	c.get("/sessions/" + s.ID).want(200).contains("2026-12-01T17:00:00Z")
	c.call("PATCH", "/api/v1/sessions/"+s.ID, map[string]any{"starts_at": "0001-01-01T00:00:00Z"}).want(200).lacks("starts_at")
}

// What is another counselor's and what does not exist cannot be told apart.
func TestWhatIsNotYoursIsNotThere(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	var theirs []protocol.Session
	links := map[string]protocol.Link{}
	for range promise.Times(3, 500) {
		s := c.session()
		theirs, links[s.ID] = append(theirs, s), c.link(s.ID, "one")
	}
	h.giveAway(theirs...)
	h.stop()
	h.start()
	c.headers["Origin"] = h.base

	places := func(couple, session, link string) map[string]func() answer {
		call := func(method, path string, body any) func() answer {
			return func() answer { return c.call(method, "/api/v1"+path, body) }
		}
		return map[string]func() answer{
			"couple":       call("GET", "/couples/"+couple, nil),
			"delete":       call("DELETE", "/couples/"+couple, nil),
			"patch couple": call("PATCH", "/couples/"+couple, map[string]any{"label": "Mine"}),
			"keeping":      call("GET", "/couples/"+couple+"/keeping", nil),
			"hold":         call("PUT", "/couples/"+couple+"/hold", map[string]any{"reason": "mine"}),
			"lift":         call("DELETE", "/couples/"+couple+"/hold", nil),
			"erase":        call("POST", "/couples/"+couple+"/erasures", map[string]any{"seat": "one", "label": "mine"}),
			"suitability":  call("POST", "/couples/"+couple+"/suitability", map[string]any{"statement": "seen_apart"}),
			"trends":       call("GET", "/couples/"+couple+"/trends", nil),
			"agreements":   call("GET", "/couples/"+couple+"/agreements", nil),
			"review":       call("POST", "/couples/"+couple+"/agreements/"+session+".1.1.1/reviews", map[string]any{"how": "kept", "on": "2026-01-02"}),
			"consents":     call("GET", "/couples/"+couple+"/consents", nil),
			"statements":   call("GET", "/couples/"+couple+"/suitability", nil),
			"plan":         call("POST", "/couples/"+couple+"/sessions", map[string]any{"agenda": []string{}}),
			"session":      call("GET", "/sessions/"+session, nil),
			"patch":        call("PATCH", "/sessions/"+session, map[string]any{"agenda": []string{}}),
			"link":         call("POST", "/sessions/"+session+"/links", map[string]any{"for": "one"}),
			"revoke":       call("DELETE", "/sessions/"+session+"/links/"+link, nil),
			"note":         call("GET", "/sessions/"+session+"/note?kind=process", nil),
			"put note":     call("PUT", "/sessions/"+session+"/note", aNote(0, "mine")),
			"draft":        call("GET", "/sessions/"+session+"/note/draft?format=soap", nil),
			"sign":         call("POST", "/sessions/"+session+"/note/sign", map[string]any{"kind": "progress", "version": 1}),
			"addendum":     call("POST", "/sessions/"+session+"/note/addenda", map[string]any{"kind": "progress", "text": "mine"}),
			"summary":      call("GET", "/sessions/"+session+"/summary", nil),
			"library":      call("GET", "/exercises?couple="+couple, nil),
			"exercise":     call("GET", "/exercises/opening?couple="+couple, nil),
		}
	}
	random := func() string { return uuid.Must(uuid.NewV7()).String() }
	took := map[string]*[2][]time.Duration{} // of what is another's, and of what is nowhere
	asked := 0
	for i, s := range theirs {
		foreign, none := places(s.Couple, s.ID, links[s.ID].ID), places(random(), random(), random())
		for _, name := range slices.Sorted(maps.Keys(foreign)) {
			var answers [2]answer
			for _, which := range [][2]int{{0, 1}, {1, 0}}[i%2] { // so that neither is always the second
				began := time.Now()
				answers[which] = []func() answer{foreign[name], none[name]}[which]()
				if took[name] == nil {
					took[name] = &[2][]time.Duration{}
				}
				took[name][which] = append(took[name][which], time.Since(began))
				asked++
			}
			if answers[0].status != 404 {
				t.Errorf("%s: got %d %s", name, answers[0].status, answers[0].body)
				continue
			}
			same(t, answers[0], answers[1])
		}
	}
	worst, where := 0.0, ""
	for name, both := range took {
		a, b := middle(both[0]), middle(both[1])
		if apart := float64(max(a, b)-min(a, b)) / float64(min(a, b)); apart > worst {
			worst, where = apart, fmt.Sprintf("%s, %v and %v", name, a, b)
		}
	}
	t.Logf("%d answers of %d calls, of what is another's and of what is nowhere; times differ by %.1f %% at most: %s", asked, len(took), 100*worst, where)
	if promise.Whole() && worst > 0.1 { // of a few, a median tells nothing: see TestWhatIsNotYoursIsNotFound
		t.Errorf("how long an answer takes tells whether it is there")
	}
	for name, malformed := range places("x", "..%2f..", "%00") {
		if a := malformed(); a.status != 404 && a.status != 400 {
			t.Errorf("%s with a malformed id: got %d %s", name, a.status, a.body)
		}
	}
	c.get("/couples").want(200).lacks(theirs[0].Couple, marker)
	c.post("/couples/search", map[string]any{"words": ""}).want(200).lacks(theirs[0].Couple, marker)
	c.get("/sessions").want(200).lacks(theirs[0].ID, marker)
}

func middle(of []time.Duration) time.Duration {
	slices.Sort(of)
	return of[len(of)/2]
}

// database is the house's own file, past the program.
func (h *house) database() *sql.DB {
	h.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(h.data, "mend.db")+"?_busy_timeout=5000")
	if err != nil {
		h.Fatal(err)
	}
	return db
}

// giveAway makes sessions and their couples another counselor's.
func (h *house) giveAway(sessions ...protocol.Session) {
	h.Helper()
	db := h.database()
	defer db.Close()
	statements := []string{
		`INSERT INTO counselors (id, key_id, practice, email_mark, password_hash, created_at, name, email)
		 SELECT 'another', key_id, practice, randomblob(32), password_hash, created_at, name, email FROM counselors`,
	}
	for _, s := range sessions {
		statements = append(statements,
			fmt.Sprintf(`UPDATE couples SET counselor = 'another' WHERE id = '%s'`, s.Couple),
			fmt.Sprintf(`UPDATE sessions SET counselor = 'another' WHERE id = '%s'`, s.ID))
	}
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			h.Fatal(err)
		}
	}
}
