package session_test

import (
	"encoding/json"
	"testing"
	"time"

	"mend/internal/session"
)

// L6: whatever stands in a store, reading it is an event or an error, and an event
// encodes to what decodes to the same.
func FuzzDecodeEvent(f *testing.F) {
	for _, e := range samples() {
		typ, payload, err := session.EncodeEvent(e)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(typ, payload)
	}
	f.Add("nothing.v1", []byte(`null`))
	f.Fuzz(func(t *testing.T, typ string, payload []byte) {
		e, err := session.DecodeEvent(typ, payload)
		if err != nil {
			return
		}
		again, once, err := session.EncodeEvent(e)
		if err != nil || again != typ {
			t.Fatalf("%s encodes as %s: %v", typ, again, err)
		}
		same, err := session.DecodeEvent(typ, once)
		if err != nil {
			t.Fatal(err)
		}
		if _, twice, _ := session.EncodeEvent(same); string(twice) != string(once) {
			t.Fatalf("%s\nbecomes\n%s", once, twice)
		}
	})
}

// L3: Apply takes any record, in any order, by anybody, and every state it gives can
// be shown to all three, asked what may be done, and decided upon.
func FuzzApply(f *testing.F) {
	var log []written
	for _, e := range samples() {
		typ, payload, err := session.EncodeEvent(e)
		if err != nil {
			f.Fatal(err)
		}
		for _, by := range session.Roles() {
			log = append(log, written{By: by, Type: typ, Payload: payload})
		}
		one, _ := json.Marshal([]written{{By: session.One, Type: typ, Payload: payload}})
		f.Add(one)
	}
	all, err := json.Marshal(log)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(all)
	f.Fuzz(func(t *testing.T, raw []byte) {
		var log []written
		if json.Unmarshal(raw, &log) != nil || len(log) > 200 {
			return
		}
		var s session.State
		for i, w := range log {
			e, err := session.DecodeEvent(w.Type, w.Payload)
			if err != nil {
				continue
			}
			s = session.Apply(s, session.Record{Seq: uint64(i), At: begin.Add(time.Duration(i) * time.Second), By: w.By, Event: e})
			endure(t, s)
		}
	})
}

type written struct {
	By      session.Role    `json:"by"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload"`
}

// endure does with a state all that a room does.
func endure(t *testing.T, s session.State) {
	t.Helper()
	if _, err := json.Marshal(s); err != nil {
		return // a time beyond the year 9999 has no JSON; nothing here makes one
	}
	for _, role := range session.Roles() {
		_ = session.ViewFor(s, role)
		for _, c := range everyCommand("1.0.1") {
			if r, err := session.Decide(s, session.Input{By: role, At: begin, Command: c}); err == nil && r != nil {
				_ = session.Apply(s, *r)
			}
		}
	}
}

// everyCommand holds one of each that names a step, and the rest bare.
func everyCommand(step string) []session.Command {
	answer := session.Answer{Text: "words"}
	return []session.Command{
		session.Admit{Who: session.SeatOne},
		session.StepOut{Who: session.SeatTwo},
		session.Advance{Step: step},
		session.Back{Step: step},
		session.Repeat{Step: step},
		session.Skip{Step: step},
		session.StopExercise{},
		session.PassTurn{Step: step},
		session.Extend{Step: step, Seconds: 30},
		session.RevealAnswers{Step: step},
		session.AnswerGate{Step: step, Text: "words"},
		session.SetMirror{Step: step, Writing: true},
		session.Deal{Step: step, Question: 1, To: session.DealNow},
		session.SetReturn{At: begin.Add(time.Hour)},
		session.Resume{},
		session.Neutral{},
		session.Whisper{To: session.SeatOne, Text: "words"},
		session.Mark{Kind: session.MarkNote, Text: "words"},
		session.End{},
		session.Consent{},
		session.SetLanguage{},
		session.Ready{Step: step},
		session.Yield{Step: step},
		session.Confirm{Step: step, Heard: session.HeardYes},
		session.Confirm{Step: step, Heard: session.HeardMore},
		session.Submit{Step: step, Answer: answer},
		session.TakeBack{Step: step},
		session.AskQuestion{Step: step, Text: "words"},
		session.Reply{Step: step, Question: 1, How: session.ReplyNow},
		session.Edit{Step: step, Wording: session.Wording{Revision: 2, Text: "words"}},
		session.Sign{Step: step, Wording: 2},
		session.NotToday{Step: step},
		session.Withdraw{Agreement: "s1.1.2.1"},
		session.DonePrivate{Step: step},
		session.SetDial{Value: 4},
		session.Pause{},
		session.Leave{},
	}
}
