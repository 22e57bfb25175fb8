package session_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

var sample = flag.Bool("sample", false, "write a sample of each event type that has none yet to testdata/events")

// samples holds one event of every type, with every field set.
func samples() []session.Event {
	at := begin.Add(90 * time.Second)
	two, four := 2, 4
	seat := session.SeatTwo
	text := private.Text("As it was <said> & meant.")
	wording := session.Wording{Revision: 2, Text: text, From: "2026-11-23", Review: "2026-11-30", Expires: "2026-12-23"}
	entry := &session.Entry{Visit: 1, Deadline: &at, Cards: choices("c1"), Wording: &wording}
	answer := session.Answer{Text: text, Value: &four, Choices: []string{"other"}, Sorted: map[string]string{"k": "left"}}
	agreement := session.Agreement{ID: "s1.1.2.1", Wording: wording, SignedAt: at, Withdrawn: &seat}
	opened := facts(session.LimitedSecrets)
	opened.Suitability.Reason = text
	opened.Agenda = planned([]string{"what-broke"})
	opened.Agreements = []session.Agreement{agreement}
	walk := program("walk", exercise.Instruction{
		Step: exercise.Step{
			Kind: exercise.Confirm, Who: exercise.Who(exercise.A), Audience: exercise.Sealed, NoSecrets: exercise.Warned,
			Preview: true, Seconds: 60, Skippable: true, Retention: exercise.KeepRecord,
			Words: exercise.Words{
				Title: "Title", Prompt: "Prompt", Prompts: map[exercise.Role]string{exercise.A: "To a"}, Listener: "Listen",
				Note: "Note", Counselor: "Watch", Sentence: "I …", Low: "low", High: "high", Elsewise: "Else",
			},
			Measure: "trust", AtMost: 3, Options: choices("x"), Other: true, Cards: choices("k"), CardsFrom: "s0",
			Buckets: choices("left"), MaxLength: 80, Of: []string{"s0"}, Almost: "s0", More: "s0", WordsFrom: []string{"s0"},
			Review: 7, Expires: 30,
		},
		Round: 2, AlmostTo: -1, MoreTo: 1, OfSteps: []int{0},
	})
	return []session.Event{
		session.Opened{Facts: opened},
		session.Invited{Seat: session.SeatOne},
		session.AgendaSet{Agenda: planned([]string{"two-dials"})},
		session.CounselorsNamed{Names: "Mara & Jo", Anew: true},
		session.Consented{Policy: 3, Language: exercise.Spanish},
		session.LanguageSet{Language: exercise.Spanish},
		session.Admitted{Seat: session.SeatOne},
		session.SteppedOut{Seat: session.SeatTwo},
		session.Removed{Seat: session.SeatTwo},
		session.Left{},
		session.ExerciseStarted{Program: walk, Cast: cast(), Entry: entry},
		session.ExerciseStopped{},
		session.Moved{Step: "1.0.1", Cause: session.ByAdvance, To: 1, Entry: entry},
		session.Heard{Step: "1.0.1", Heard: session.HeardAlmost, To: 1, Entry: entry},
		session.Readied{Step: "1.0.1"},
		session.Submitted{Step: "1.0.1", Answer: answer, Audience: exercise.Room, To: &two, Entry: entry},
		session.Declined{Step: "1.0.1"},
		session.TakenBack{Step: "1.0.1"},
		session.Revealed{Step: "1.0.1", Pairs: []session.Pair{{Step: "1.0.1", One: answer, Two: answer}}},
		session.Erased{},
		session.Asked{Step: "1.0.1", Question: 1, Text: text},
		session.Dealt{Step: "1.0.1", Question: 1, To: session.DealReshape, Text: text},
		session.Replied{Step: "1.0.1", Question: 1, How: session.ReplyBy, Text: text},
		session.GateAnswered{Step: "1.0.1", Choice: "go", Text: text},
		session.WordingEdited{Step: "1.0.1", Wording: wording},
		session.Signed{Step: "1.0.1", Wording: 2, Concluded: &agreement},
		session.PutOff{Step: "1.0.1"},
		session.Withdrawn{Agreement: "s1.1.2.1"},
		session.Extended{Step: "1.0.1", Deadline: &at},
		session.MirrorSet{Step: "1.0.1", Writing: true},
		session.Paused{},
		session.Neutralised{},
		session.ReturnSet{At: at},
		session.Resumed{Deadline: &at},
		session.Whispered{To: session.SeatOne, Text: text},
		session.Marked{Kind: session.MarkNote, Text: text},
		session.DialSet{Value: 4},
		session.Ended{},
	}
}

func eventTypes() []string {
	var types []string
	for _, e := range samples() {
		types = append(types, e.Type())
	}
	return types
}

// L6: each stored sample decodes, and encodes to the same again; and every event
// that exists today has one. Samples are added (-sample), never changed.
func TestL6EveryStoredNameDecodesForEver(t *testing.T) {
	for _, e := range samples() {
		path := filepath.Join("testdata", "events", e.Type()+".json")
		if _, err := os.Stat(path); *sample && os.IsNotExist(err) {
			raw, err := json.MarshalIndent(e, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, append(raw, '\n'), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	files, err := filepath.Glob(filepath.Join("testdata", "events", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	var known []string
	for _, path := range files {
		typ := strings.TrimSuffix(filepath.Base(path), ".json")
		known = append(known, typ)
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		e, err := session.DecodeEvent(typ, raw)
		if err != nil {
			t.Errorf("%s: %v", typ, err)
			continue
		}
		again, payload, err := session.EncodeEvent(e)
		if err != nil || again != typ {
			t.Errorf("%s is %s again: %v", typ, again, err)
		}
		var was, is any
		if json.Unmarshal(raw, &was) != nil || json.Unmarshal(payload, &is) != nil || asJSON(was) != asJSON(is) {
			t.Errorf("%s reads as\n%s\nand was\n%s", typ, asJSON(is), asJSON(was))
		}
	}
	for _, typ := range eventTypes() {
		if !slices.Contains(known, typ) {
			t.Errorf("%s has no sample in testdata/events: run go test -sample", typ)
		}
	}
}

// L6: what it does not know it does not take for something else, and it repeats no word of it.
func TestL6UnknownEventsAreErrors(t *testing.T) {
	const secret = "unspeakable"
	for _, c := range []struct{ typ, payload string }{
		{"admitted.v9", `{"seat":"one"}`},
		{"", `{}`},
		{"admitted.v1", `"` + secret + `"`},
		{"submitted.v1", `{"answer":{"text":"` + secret + `","value":"` + secret + `"}}`},
		{"submitted.v1", `{"answer":{"text":"` + secret},
	} {
		e, err := session.DecodeEvent(c.typ, []byte(c.payload))
		if err == nil || e != nil {
			t.Errorf("%s %s decoded to %T", c.typ, c.payload, e)
		} else if strings.Contains(err.Error(), secret) {
			t.Errorf("the error repeats the payload: %v", err)
		}
	}
}
