package homework_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/homework"
	"mend/internal/private"
	"mend/internal/promise"
	"mend/internal/session"
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func ask(id string, kind exercise.Kind, who exercise.Who, to exercise.Audience) exercise.Instruction {
	s := exercise.Step{ID: id, Kind: kind, Who: who, Audience: to, Skippable: true, Words: exercise.Words{Prompt: "Asked " + id}}
	choices := []exercise.Choice{{ID: "x", Text: "The x"}, {ID: "y", Text: "The y"}}
	switch kind {
	case exercise.Choose:
		s.Options, s.Other = choices, true
	case exercise.Sort:
		s.Cards, s.Buckets = choices, choices
	}
	return exercise.Instruction{Step: s, Round: 1}
}

// everything is an exercise with every audience, steps of one role alone, and a reveal.
func everything() exercise.Program {
	p := exercise.Program{
		ID: "everything", Version: 1, Title: "Everything", Minutes: 8, Roles: map[exercise.Role]string{exercise.A: "a", exercise.B: "b"},
		Steps: []exercise.Instruction{
			ask("read", exercise.Read, exercise.Both, ""),
			ask("room", exercise.Write, exercise.Both, exercise.Room),
			ask("desk", exercise.Write, exercise.Both, exercise.ToCounselor),
			ask("phone", exercise.Choose, exercise.Both, exercise.Device),
			ask("seal", exercise.Write, exercise.Both, exercise.Sealed),
			ask("seal-a", exercise.Choose, exercise.Who(exercise.A), exercise.Sealed),
			ask("seal-b", exercise.Sort, exercise.Who(exercise.B), exercise.Sealed),
			ask("scale", exercise.Scale, exercise.Both, exercise.Sealed),
			ask("open", exercise.Reveal, exercise.Both, ""),
		},
	}
	p.Steps[2].NoSecrets = exercise.Warned
	p.Steps[8].OfSteps = []int{4, 5, 6, 7}
	return p
}

const (
	room, desk, phone, seal, sealA, sealB, scale, open = 1, 2, 3, 4, 5, 6, 7, 8
)

func facts() homework.Facts {
	return homework.Facts{
		ID: "h1", Program: everything(), For: session.Seats(),
		Cast:   session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo},
		People: session.People{Counselor: "Maria", One: "Alex", Two: "Sam"},
		Policy: session.Policy{Version: 3, Secrets: session.LimitedSecrets}, Due: "2026-11-30", Line: "Take your time.",
	}
}

var seen = &session.Suitability{Statement: "seen_apart", At: monday}

// table is where homework is done, with its log.
type table struct {
	state homework.State
	log   []homework.Record
}

func (b *table) do(by session.Role, c homework.Command) (*homework.Record, error) {
	id := session.CommandID(fmt.Sprint(len(b.log)))
	r, err := homework.Decide(b.state, homework.Input{ID: id, By: by, At: monday.Add(time.Duration(len(b.log)) * time.Second), Command: c})
	if r != nil {
		b.log = append(b.log, *r)
		b.state = homework.Apply(b.state, *r)
	}
	return r, err
}

func (b *table) must(t interface {
	Helper()
	Fatalf(string, ...any)
}, by session.Role, c homework.Command,
) {
	t.Helper()
	if r, err := b.do(by, c); err != nil || r == nil {
		t.Fatalf("%s by %s: %v, %v", c.Name(), by, r, err)
	}
}

// laid is homework that both have accepted.
func laid(t interface {
	Helper()
	Fatalf(string, ...any)
},
) *table {
	b := &table{}
	b.must(t, session.Counselor, homework.Set{Facts: facts(), Suitability: seen})
	for _, seat := range session.Seats() {
		b.must(t, seat.Role(), homework.Consent{Policy: 3})
	}
	return b
}

func asJSON(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

func text(words string) session.Answer { return session.Answer{Text: private.Text(words)} }

func number(n int) session.Answer { return session.Answer{Value: &n} }

func TestWhatMayBeSet(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*homework.Facts)
		code   string
	}{
		"no suitability":         {nil, "suitability_missing"},
		"for nobody":             {func(f *homework.Facts) { f.For = nil }, "no_such_seat"},
		"for a third":            {func(f *homework.Facts) { f.For = []session.Seat{"three"} }, "no_such_seat"},
		"a reveal for one alone": {func(f *homework.Facts) { f.For = session.Seats()[:1] }, "takes_both"},
		"a role without a seat":  {func(f *homework.Facts) { f.Cast = nil }, "bad_cast"},
		"a day that is none":     {func(f *homework.Facts) { f.Due = "soon" }, "bad_date"},
		"a day gone by":          {func(f *homework.Facts) { f.Due = "2026-11-01" }, "bad_date"},
		"a line without end":     {func(f *homework.Facts) { f.Line = private.Text(strings.Repeat("x", 501)) }, "text_too_long"},
		"what needs the room":    {func(f *homework.Facts) { f.Program.Steps[1].Kind = exercise.Speak }, "not_for_home"},
		"what asks for nothing":  {func(f *homework.Facts) { f.Program.Steps = f.Program.Steps[:1] }, "not_for_home"},
		"nothing for one of them": {func(f *homework.Facts) {
			f.Program.Steps = f.Program.Steps[5:6]
			f.Program.Steps[0].Audience = exercise.Room
		}, "nothing_to_do"},
	} {
		f, stated := facts(), seen
		if c.change == nil {
			stated = nil
		} else {
			c.change(&f)
		}
		r, err := homework.Decide(homework.State{}, homework.Input{By: session.Counselor, At: monday, Command: homework.Set{Facts: f, Suitability: stated}})
		if r != nil || fault.Code(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The hour at the kitchen table, from the first page to the reading back.
func TestEachAudienceIsKept(t *testing.T) {
	b := &table{}
	b.must(t, session.Counselor, homework.Set{Facts: facts(), Suitability: seen})
	if p := homework.PageFor(b.state, session.SeatOne); p.Phase != homework.Arriving || len(p.Steps) > 0 || p.Line != "" {
		t.Errorf("before consent the page holds %s", asJSON(p))
	}
	if _, err := b.do(session.One, homework.Submit{Step: room, Answer: text("too soon")}); fault.Code(err) != "not_consented" {
		t.Errorf("answered before consent: %v", err)
	}
	b.must(t, session.One, homework.Consent{Policy: 3, Language: exercise.Spanish})
	b.must(t, session.Two, homework.Consent{Policy: 3})

	b.must(t, session.One, homework.Ready{Step: 0})
	b.must(t, session.One, homework.Submit{Step: room, Answer: text("to the room")})
	b.must(t, session.One, homework.Submit{Step: desk, Answer: text("to the desk")})
	if _, err := b.do(session.One, homework.Submit{Step: phone, Answer: session.Answer{Choices: []string{"x"}}}); fault.Code(err) != "only_on_phone" {
		t.Errorf("an answer left the phone: %v", err)
	}
	b.must(t, session.One, homework.DonePrivate{Step: phone})
	b.must(t, session.One, homework.Submit{Step: seal, Answer: text("one sealed")})
	b.must(t, session.One, homework.Submit{Step: sealA, Answer: session.Answer{Choices: []string{"x"}}})
	if _, err := b.do(session.Counselor, homework.Reveal{Step: open}); fault.Code(err) != "not_ready" {
		t.Errorf("opened before both were through: %v", err)
	}
	b.must(t, session.One, homework.Skip{Step: scale})
	b.must(t, session.Two, homework.Submit{Step: seal, Answer: text("two sealed")})
	b.must(t, session.Two, homework.Submit{Step: scale, Answer: number(7)})

	shows := func(who string, has bool, words ...string) {
		t.Helper()
		said := asJSON(homework.DeskFor(b.state))
		if who != "counselor" {
			said = asJSON(homework.PageFor(b.state, session.Seat(who)))
		}
		for _, w := range words {
			if strings.Contains(said, w) != has {
				t.Errorf("%s is shown %q: %v", who, w, !has)
			}
		}
	}
	shows("counselor", true, "to the room", "to the desk")
	shows("counselor", false, "one sealed", "two sealed", `"value":7`)
	shows("two", true, "to the room", "two sealed")
	shows("two", false, "to the desk", "one sealed", "progress", "finished\":true,\"declined")
	shows("one", true, "to the desk", "one sealed")

	// Another page of the same person does not write over what it has not seen.
	if _, err := b.do(session.One, homework.Submit{Step: room, Rev: 0, Answer: text("from an older page")}); fault.Code(err) != "answer_changed" {
		t.Errorf("an older page wrote over a newer answer: %v", err)
	}
	b.must(t, session.One, homework.Submit{Step: room, Rev: 1, Answer: text("better said")})

	// Two is not through with what answers One's list, so nothing opens.
	if _, err := b.do(session.Counselor, homework.Reveal{Step: open}); fault.Code(err) != "not_ready" {
		t.Errorf("opened too soon: %v", err)
	}
	b.must(t, session.Two, homework.Skip{Step: sealB})
	b.must(t, session.Counselor, homework.Reveal{Step: open})
	shows("one", true, "two sealed")
	shows("two", true, "one sealed")
	shows("counselor", true, "one sealed", "two sealed")
	// Two kept theirs, so One's list stays closed; One passed on the number, so Two's does.
	shows("two", false, `"choices":["x"]`)
	shows("one", false, `"value":7`)
	if _, err := b.do(session.One, homework.TakeBack{Step: seal, Rev: 1}); fault.Code(err) != "revealed" {
		t.Errorf("taken back after the reveal: %v", err)
	}

	back := asJSON(homework.Back(b.state))
	for _, w := range []string{"better said", "one sealed", "two sealed"} {
		if !strings.Contains(back, w) {
			t.Errorf("%q is not read back", w)
		}
	}
	for _, w := range []string{"to the desk", `"value":7`, `"choices":["x"]`} {
		if strings.Contains(back, w) {
			t.Errorf("%q is read back", w)
		}
	}
	if done := homework.Back(b.state).Done; !slices.Equal(done, []session.Seat{session.SeatOne}) {
		t.Errorf("through with it: %v", done)
	}
	b.must(t, session.Counselor, homework.ReadBack{Session: "s1"})
	for _, seat := range session.Seats() {
		if p := homework.PageFor(b.state, seat); p.Phase != homework.Over || len(p.Steps) > 0 || p.People.One != "" {
			t.Errorf("after the reading back a phone holds %s", asJSON(p))
		}
	}
	if _, err := b.do(session.Two, homework.Submit{Step: room, Answer: text("too late")}); fault.Code(err) != "homework_over" {
		t.Errorf("answered after the end: %v", err)
	}
}

// Every prefix of a log gives the state that was held, through the stored form as well.
func TestALogReplaysToTheSameState(t *testing.T) {
	promise.Histories(t, 10_000)
	rapid.Check(t, func(t *rapid.T) {
		b, said := laid(t), 0
		for range 40 {
			by, c := some(t, b, &said)
			b.do(by, c)
		}
		var read homework.State
		for _, r := range b.log {
			typ, payload, err := homework.EncodeEvent(r.Event)
			if err != nil {
				t.Fatal(err)
			}
			if r.Event, err = homework.DecodeEvent(typ, payload); err != nil {
				t.Fatal(err)
			}
			read = homework.Apply(read, r)
		}
		if asJSON(read) != asJSON(b.state) {
			t.Fatalf("read back as\n%s\nheld was\n%s", asJSON(read), asJSON(b.state))
		}
	})
}

// some is anything that anybody may say, fitting or not; its words are a marker.
func some(t *rapid.T, b *table, said *int) (session.Role, homework.Command) {
	by := rapid.SampledFrom(session.Roles()).Draw(t, "by")
	step := rapid.IntRange(0, 9).Draw(t, "step")
	rev := rapid.IntRange(0, 3).Draw(t, "rev")
	if seat, ok := by.Seat(); ok && step < len(b.state.Parts) && rev > 0 {
		rev = b.state.Parts[step].Of(seat).Rev
	}
	if by == session.Counselor {
		return by, homework.Reveal{Step: open}
	}
	switch rapid.IntRange(0, 11).Draw(t, "do") {
	case 0:
		return by, homework.TakeBack{Step: step, Rev: rev}
	case 1:
		return by, homework.Skip{Step: step, Rev: rev}
	case 2:
		return by, homework.DonePrivate{Step: step, Rev: rev}
	case 3:
		return by, homework.Ready{Step: step, Rev: rev}
	}
	*said++
	marker := private.Text(fmt.Sprintf("<marker %04d %s>", *said, by))
	a := session.Answer{Text: marker}
	switch step {
	case scale:
		a = number(rapid.IntRange(0, 10).Draw(t, "value"))
	case sealA, phone:
		a = session.Answer{Choices: []string{"other"}, Text: marker}
	case sealB:
		a = session.Answer{Sorted: map[string]string{"x": "y", "y": "x"}}
	}
	return by, homework.Submit{Step: step, Rev: rev, Answer: a}
}

// inJSON is a text as it stands within JSON.
func inJSON(text private.Text) string { return strings.Trim(asJSON(text), `"`) }

// No history shows anybody a word before its audience does.
func TestNoHistoryShowsWhatIsNotOnesOwn(t *testing.T) {
	promise.Histories(t, 10_000)
	reveals := 0
	rapid.Check(t, func(t *rapid.T) {
		b, said := laid(t), 0
		hidden := map[session.Role]map[string]bool{session.Counselor: {}, session.One: {}, session.Two: {}}
		for range 60 {
			by, c := some(t, b, &said)
			may := []string{}
			if seat, ok := by.Seat(); ok {
				for _, s := range homework.PageFor(b.state, seat).Steps {
					for _, name := range s.YouMay {
						may = append(may, s.Key+" "+name)
					}
				}
			}
			before := asJSON(b.state)
			r, err := b.do(by, c)
			if err != nil && asJSON(b.state) != before {
				t.Fatalf("the refused %s changed something", c.Name())
			}
			if submit, ok := c.(homework.Submit); ok && r != nil {
				if !slices.Contains(may, fmt.Sprintf("%d submit", submit.Step)) {
					t.Fatalf("%+v was taken, and the page did not offer it", submit)
				}
				if m := inJSON(submit.Answer.Text); m != "" {
					other := session.Seat(by).Other().Role()
					switch submit.Step {
					case desk:
						hidden[other][m] = true
					case seal, sealA:
						hidden[other][m], hidden[session.Counselor][m] = true, true
					}
				}
			}
			if r != nil && by == session.Counselor {
				reveals++
				for _, o := range r.Event.(homework.Revealed).Opened {
					for _, a := range []session.Answer{o.One, o.Two} {
						for _, h := range hidden {
							delete(h, inJSON(a.Text))
						}
					}
				}
			}
			for _, role := range session.Roles() {
				shown := asJSON(homework.DeskFor(b.state)) + asJSON(homework.Back(b.state))
				if seat, ok := role.Seat(); ok {
					shown = asJSON(homework.PageFor(b.state, seat)) + asJSON(homework.Back(b.state))
				}
				for m := range hidden[role] {
					if strings.Contains(shown, m) {
						t.Fatalf("%s is shown %s", role, m)
					}
				}
			}
		}
	})
	if reveals == 0 {
		t.Error("nothing was ever opened: the promise was not put to the test")
	}
}

// The same days twice: in the second, one partner does none of what is not for the room.
// Until something is opened, no byte of the other's page and no answer to them tells.
func TestNothingDoneInPrivateShowsToTheOther(t *testing.T) {
	promise.Histories(t, 10_000)
	left := 0
	rapid.Check(t, func(t *rapid.T) {
		a, b, said := laid(t), laid(t), 0
		writer := rapid.SampledFrom(session.Seats()).Draw(t, "writer")
		watcher := writer.Other()
		for range 50 {
			by, c := some(t, a, &said)
			if by == session.Counselor {
				continue
			}
			ra, ea := a.do(by, c)
			if by == writer.Role() && stepOf(c) != room {
				if ra != nil {
					left++
				}
			} else if rb, eb := b.do(by, c); (ra == nil) != (rb == nil) || fault.Code(ea) != fault.Code(eb) {
				t.Fatalf("%s by %s ended otherwise: %v, %v", c.Name(), by, ea, eb)
			}
			if pa, pb := asJSON(homework.PageFor(a.state, watcher)), asJSON(homework.PageFor(b.state, watcher)); pa != pb {
				t.Fatalf("after %s by %s the page of %s tells the two apart:\n%s\n%s", c.Name(), by, watcher, pa, pb)
			}
		}
	})
	if left < 100 {
		t.Errorf("only %d commands were left out: the promise was not put to the test", left)
	}
}

func stepOf(c homework.Command) int {
	switch c := c.(type) {
	case homework.Submit:
		return c.Step
	case homework.TakeBack:
		return c.Step
	case homework.Skip:
		return c.Step
	case homework.DonePrivate:
		return c.Step
	case homework.Ready:
		return c.Step
	}
	return -1
}
