package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"mend/internal/exercise"
	"mend/internal/protocol"
	"mend/internal/session"
)

// setHome is an exercise of sealed answers set for both, and the phones of the two.
func setHome(t *testing.T, h *house) (c *caller, set protocol.Homework, one, two *caller) {
	t.Helper()
	c = h.counselor()
	couple := c.couple()
	at := "/couples/" + couple.ID + "/homework"
	body := map[string]any{"exercise": "before-next-time", "for": []string{"one", "two"}, "line": "Slowly. " + marker}
	c.post(at, body).refused(409, "suitability_missing")
	c.seenApart(couple.ID)
	key := c.with("Idempotency-Key", "k1")
	set = read[protocol.Homework](key.post(at, body).want(201))
	if again := read[protocol.Homework](key.post(at, body).want(201)); again.ID != set.ID {
		t.Error("sent again, it was set twice")
	}
	return c, set, c.visits(set, "one"), c.visits(set, "two")
}

// visits is a partner's phone at what was set, the first pages accepted.
func (c *caller) visits(set protocol.Homework, seat string) *caller {
	c.Helper()
	link := read[protocol.Link](c.post("/homework/"+set.ID+"/links", map[string]any{"for": seat}).want(201))
	p := c.stranger()
	p.call("GET", "/between", nil)
	p.get("/between").refused(401, "signed_out")
	p.post("/between/visit", map[string]any{"token": tokenOf(link)}).want(200).contains(`"arriving"`).lacks(marker + `","phase`)
	p.post("/between", does("consent", "policy", 1)).want(200)
	return p
}

func does(what string, more ...any) map[string]any {
	body := map[string]any{"id": uuid.Must(uuid.NewV7()).String(), "do": what}
	for i := 0; i < len(more); i += 2 {
		body[more[i].(string)] = more[i+1]
	}
	return body
}

// From the link to the reading back, nobody's answer holds a word that is not theirs.
func TestHomeworkTellsEachTheirOwn(t *testing.T) {
	h := openHouse(t)
	c, set, one, two := setHome(t, h)
	says := func(p *caller, step, rev int, words string) answer {
		return p.post("/between", does("submit", "step", step, "rev", rev, "answer", map[string]any{"text": words}))
	}
	value := func(p *caller, n int) {
		p.post("/between", does("submit", "step", 1, "answer", map[string]any{"value": n})).want(200)
	}
	const ones, twos, aside = "SEALED-ONE " + marker, "SEALED-TWO " + marker, "ASIDE-ONE " + marker

	one.call("PUT", "/api/v1/between/draft", map[string]any{"step": 4, "text": "half of " + ones}).want(204)
	one.get("/between").want(200).contains("half of " + ones)
	two.get("/between").want(200).lacks("half of")
	value(one, 3)
	says(one, 4, 0, ones).want(200).lacks("half of")
	says(one, 4, 0, "from an older page").refused(409, "answer_changed")
	says(one, 5, 0, aside).want(200)
	says(one, 0, 0, "no answer goes here").refused(409, "wrong_step")
	says(one, 99, 0, "nor here").refused(409, "wrong_step")
	one.post("/between", map[string]any{"id": "no", "do": "submit"}).refused(422, "invalid")

	two.get("/between").want(200).lacks(ones, aside, `"value":3`)
	c.get("/homework/"+set.ID).want(200).contains(aside).lacks(ones, `"value":3`)
	c.post("/homework/"+set.ID+"/reveal", map[string]any{"step": 6}).refused(409, "not_ready")
	value(two, 8)
	says(two, 4, 0, twos).want(200)
	one.get("/between").want(200).lacks(twos)
	c.post("/homework/"+set.ID+"/reveal", map[string]any{"step": 6}).want(200).contains(ones, twos)
	one.get("/between").want(200).contains(twos).lacks("ASIDE-TWO")
	two.get("/between").want(200).contains(ones).lacks(aside)

	// Nobody else finds it, and one device at a time is at it.
	h.stranger().get("/homework/"+set.ID).refused(401, "signed_out")
	two.get("/homework/"+set.ID).refused(401, "signed_out")
	c.get("/homework/"+uuid.NewString()).refused(404, "not_found")
	h.stranger().post("/between/visit", map[string]any{"token": "AAAAAAAAAAAAAAAAAAAAAA"}).refused(404, "link_over")
	link := read[protocol.Link](c.post("/homework/"+set.ID+"/links", map[string]any{"for": "two"}).want(201))
	two.get("/between").refused(401, "signed_out")
	elsewhere := h.stranger()
	elsewhere.post("/between/visit", map[string]any{"token": tokenOf(link)}).want(200).contains(twos)
	elsewhere.call("DELETE", "/api/v1/between", nil).want(204)
	elsewhere.get("/between").refused(401, "signed_out")
	h.stranger().post("/between/visit", map[string]any{"token": tokenOf(link)}).want(200)
	c.call("DELETE", "/api/v1/homework/"+set.ID+"/links/"+link.ID, nil).want(204)
	h.stranger().post("/between/visit", map[string]any{"token": tokenOf(link)}).refused(404, "link_over")

	c.post("/homework/"+set.ID+"/close", nil).want(200).contains(`"phase":"over"`)
	one.get("/between").want(200).contains(`"phase":"over"`).lacks(ones, twos, "Ana")
	one.post("/between", does("take_back", "step", 5, "rev", 1)).refused(409, "homework_over")
	c.get("/couples/" + set.Couple + "/homework?limit=1").want(200).contains(set.ID)
}

func TestHomeworkLinksEnd(t *testing.T) {
	h := openHouse(t)
	c, set, _, _ := setHome(t, h)
	link := read[protocol.Link](c.post("/homework/"+set.ID+"/links", map[string]any{"for": "one"}).want(201))
	h.later(22 * 24 * time.Hour)
	h.stranger().post("/between/visit", map[string]any{"token": tokenOf(link)}).refused(404, "link_over")
}

// What was answered between sessions goes into the ways out by the same rule as in a
// session: to each their own, to both what both know, to the counselor what they may read.
func TestHomeworkIsInTheWaysOut(t *testing.T) {
	h := openHouse(t)
	c, set, one, two := setHome(t, h)
	answers := func(p *caller, whose string) {
		t.Helper()
		p.post("/between", does("submit", "step", 1, "answer", map[string]any{"value": 4})).want(200)
		p.post("/between", does("submit", "step", 4, "answer", map[string]any{"text": "SEALED-" + whose + " " + marker})).want(200)
		p.post("/between", does("submit", "step", 5, "answer", map[string]any{"text": "ASIDE-" + whose + " " + marker})).want(200)
	}
	answers(one, "ONE")
	answers(two, "TWO")
	export := func(reader string) string {
		t.Helper()
		return strings.Join(unzipped(t, c.get("/couples/"+set.Couple+"/export?for="+reader).want(200).body), "\n")
	}
	check := func(reader string, has, lacks []string) {
		t.Helper()
		out := export(reader)
		for _, words := range has {
			if strings.Count(out, words) < 2 { // in record.json and in record.md
				t.Errorf("the export for %s lacks %q", reader, words)
			}
		}
		for _, words := range lacks {
			if strings.Contains(out, words) {
				t.Errorf("the export for %s tells %q", reader, words)
			}
		}
	}
	// What is still under seal is in no file that the counselor holds, and so in no copy.
	check("one", []string{"ASIDE-ONE"}, []string{"SEALED-ONE", "SEALED-TWO", "ASIDE-TWO"})
	check("two", []string{"ASIDE-TWO"}, []string{"SEALED-ONE", "SEALED-TWO", "ASIDE-ONE"})
	check("both", nil, []string{"SEALED-ONE", "SEALED-TWO", "ASIDE-ONE", "ASIDE-TWO"})
	check("practice", []string{"ASIDE-ONE", "ASIDE-TWO", "Slowly."}, []string{"SEALED-ONE", "SEALED-TWO"})
	c.post("/homework/"+set.ID+"/reveal", map[string]any{"step": 6}).want(200)
	check("one", []string{"SEALED-ONE", "SEALED-TWO", "ASIDE-ONE"}, []string{"ASIDE-TWO"})
	check("both", []string{"SEALED-ONE", "SEALED-TWO"}, []string{"ASIDE-ONE", "ASIDE-TWO"})
	check("practice", []string{"SEALED-ONE", "SEALED-TWO"}, nil)
}

// A number given at home is in the trend of whoever gave it, once sessions read it back.
func TestWhatIsRatedAtHomeIsInTheTrends(t *testing.T) {
	const hope = 3
	h := openHouse(t)
	c, set, one, two := setHome(t, h)
	trends := "/couples/" + set.Couple + "/trends"
	for i := range 2 {
		if i > 0 {
			set = c.sets(set.Couple, marker)
			one, two = c.visits(set, "one"), c.visits(set, "two")
		}
		one.post("/between", does("submit", "step", hope, "answer", map[string]any{"value": 2 + i})).want(200)
		two.post("/between", does("submit", "step", hope, "answer", map[string]any{"value": 7})).want(200)
		two.get("/between").want(200).lacks(fmt.Sprintf(`"value":%d`, 2+i))
		c.get("/homework/" + set.ID).want(200).contains(fmt.Sprintf(`"value":%d`, 2+i)) // as the phones say
		c.get(trends).want(200).lacks(`"hope"`)
		s := read[protocol.Session](c.post("/couples/"+set.Couple+"/sessions", map[string]any{"agenda": []string{}}).want(201))
		r := h.room(c, s)
		start := protocol.StartExercise{Exercise: "opening", Cast: session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo}}
		if err := r.counselorBot.Do(soon(t), start); err != nil {
			t.Fatal(err)
		}
		h.asks(r.counselorBot, session.End{})
	}
	for _, m := range read[protocol.Trends](c.get(trends).want(200)).Measures {
		if m.Name == "hope" && len(m.Points) == 4 && m.Low != "" {
			return
		}
	}
	t.Error("the trends know nothing of hope")
}
