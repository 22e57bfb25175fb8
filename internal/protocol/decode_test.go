package protocol_test

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

const id = "01890a5d-ac96-774b-bcce-b302099a8057"

func number(n int) *int { return &n }

// everything is one of each thing that a client may say.
func everything() []protocol.Body {
	say := func(c session.Command) protocol.Body { return protocol.Command{Command: c} }
	at := time.Date(2026, 11, 23, 15, 4, 5, 0, time.UTC)
	return []protocol.Body{
		protocol.Sync{},
		protocol.KeepDraft{Step: "1.0.1", Text: "I felt"},
		protocol.TurnDial{Value: 0},
		protocol.StartExercise{Exercise: "mirror", Cast: session.Cast{exercise.A: session.SeatTwo, exercise.B: session.SeatOne}},
		say(session.Admit{Who: session.SeatOne}), say(session.StepOut{Who: session.SeatTwo}), say(session.Remove{Who: session.SeatOne}),
		say(session.Advance{Step: "1.0.1"}), say(session.Back{Step: "1.0.1"}), say(session.Repeat{Step: "1.0.1"}),
		say(session.Skip{Step: "1.0.1"}), say(session.StopExercise{}), say(session.PassTurn{Step: "1.0.1"}),
		say(session.Extend{Step: "1.0.1", Seconds: 30}), say(session.Extend{Step: "1.0.1", Off: true}),
		say(session.RevealAnswers{Step: "1.0.1"}), say(session.AnswerGate{Step: "1.0.1", Choice: "yes", Text: "both"}),
		say(session.SetMirror{Step: "1.0.1", Writing: true}), say(session.SetMirror{Step: "1.0.1"}),
		say(session.Deal{Step: "1.0.1", Question: 2, To: session.DealReshape, Text: "so"}),
		say(session.SetReturn{At: at}), say(session.Resume{}), say(session.Neutral{}),
		say(session.Whisper{To: session.SeatTwo, Text: "slowly"}), say(session.Mark{Kind: session.MarkNote, Text: "hm"}), say(session.End{}),
		say(session.Consent{Policy: 3}), say(session.Ready{Step: "1.0.1"}), say(session.Yield{Step: "1.0.1"}),
		say(session.Confirm{Step: "1.0.1", Heard: session.HeardAlmost}),
		say(session.Submit{Step: "1.0.1", Answer: session.Answer{Text: "Zoë said \"no\" \u2028 <b>"}}),
		say(session.Submit{Step: "1.0.1", Answer: session.Answer{Value: number(0)}}),
		say(session.Submit{Step: "1.0.1", Answer: session.Answer{Choices: []string{"a", "other"}, Text: "else"}}),
		say(session.Submit{Step: "1.0.1", Answer: session.Answer{Sorted: map[string]string{"Card 1": "mine"}}}),
		say(session.TakeBack{Step: "1.0.1"}), say(session.AskQuestion{Step: "1.0.1", Text: "why"}),
		say(session.Reply{Step: "1.0.1", Question: 1, How: session.ReplyBy, Text: "Sunday"}),
		say(session.Edit{Step: "1.0.1", Wording: session.Wording{Revision: 2, Text: "we", From: "2026-11-30"}}),
		say(session.Sign{Step: "1.0.1", Wording: 2}), say(session.NotToday{Step: "1.0.1"}),
		say(session.Withdraw{Agreement: "s.a42"}), say(session.DonePrivate{Step: "1.0.1"}),
		say(session.SetDial{Value: 10}), say(session.Pause{}), say(session.Leave{}),
	}
}

func TestWhatIsEncodedIsDecoded(t *testing.T) {
	said := map[string]bool{}
	for _, body := range everything() {
		raw, err := protocol.Encode(protocol.Message{ID: id, Body: body})
		if err != nil {
			t.Fatalf("%T: %v", body, err)
		}
		m, err := protocol.Decode(raw)
		if err != nil || m.ID != id || !reflect.DeepEqual(m.Body, body) {
			t.Errorf("%s\nwas %#v\nis  %#v, %v", raw, body, m.Body, err)
		}
		var head struct{ Do string }
		_ = json.Unmarshal(raw, &head)
		said[head.Do] = true
	}
	// The server's own commands have no form on the socket.
	for _, name := range []string{"open", "invite", "set_agenda", "name_counselors", ""} {
		m, err := protocol.Decode([]byte(`{"id":"` + id + `","do":"` + name + `"}`))
		if fault.Code(err) != "unknown_command" || m.ID != id || m.Body != nil {
			t.Errorf("%q was let in: %v", name, err)
		}
	}
	if len(said) < 39 {
		t.Errorf("only %d commands are tried here", len(said))
	}
}

func TestFramesThatNobodyCanBeAnsweredFor(t *testing.T) {
	for name, raw := range map[string]string{
		"nothing":                 ``,
		"no object":               `["` + id + `"]`,
		"half an object":          `{"id":"` + id + `","do":"sync"`,
		"something after":         `{"id":"` + id + `","do":"sync"}{}`,
		"a word after":            `{"id":"` + id + `","do":"sync"} x`,
		"a key twice":             `{"id":"` + id + `","do":"sync","do":"end"}`,
		"a key twice inside":      `{"id":"` + id + `","do":"edit","step":"s","wording":{"text":"a","text":"b"}}`,
		"a card twice":            `{"id":"` + id + `","do":"submit","step":"s","sorted":{"c":"a","c":"b"}}`,
		"many keys, one twice":    `{"id":"` + id + `","do":"submit","step":"s","sorted":{"a":"","b":"","c":"","d":"","e":"","f":"","g":"","h":"","i":"","j":"","k":"","l":"","m":"","n":"","a":""}}`,
		"a key in capitals":       `{"id":"` + id + `","DO":"sync","do":"sync"}`,
		"capitals inside":         `{"id":"` + id + `","do":"edit","step":"s","wording":{"Text":"a"}}`,
		"a key that folds":        `{"id":"` + id + `","do":"advance","ſtep":"s"}`,
		"too deep":                `{"id":"` + id + `","do":"sync","x":[[[[[1]]]]]}`,
		"far too deep":            `{"id":"` + id + `","x":` + strings.Repeat("[", 7000) + strings.Repeat("]", 7000) + `}`,
		"a key in escapes":        `{"\u0069d":"` + id + `","do":"sync"}`,
		"no id":                   `{"do":"sync"}`,
		"an id of another form":   `{"id":"1","do":"sync"}`,
		"a random UUID":           `{"id":"01890a5d-ac96-474b-bcce-b302099a8057","do":"sync"}`,
		"a UUID of no variant":    `{"id":"01890a5d-ac96-774b-7cce-b302099a8057","do":"sync"}`,
		"an id in capitals":       `{"id":"01890A5D-AC96-774B-BCCE-B302099A8057","do":"sync"}`,
		"an id that is no string": `{"id":7,"do":"sync"}`,
		"no UTF-8":                "{\"id\":\"" + id + "\",\"do\":\"ask\",\"step\":\"s\",\"text\":\"\xff\"}",
		"a NUL":                   "{\"id\":\"" + id + "\",\"do\":\"sync\"}\x00",
		"too long":                `{"id":"` + id + `","do":"ask","step":"s","text":"` + strings.Repeat("a", protocol.MaxFrame) + `"}`,
	} {
		m, err := protocol.Decode([]byte(raw))
		if fault.Code(err) != "bad_message" || m.ID != "" {
			t.Errorf("%s: got %v with id %q", name, err, m.ID)
		}
	}
}

func TestCommandsThatAreRefused(t *testing.T) {
	long := strings.Repeat("é", protocol.MaxText+1)
	for _, c := range []struct{ fields, code string }{
		{`"do":"dance"`, "unknown_command"},
		{`"do":"sync","extra":1`, "bad_field"},
		{`"do":"advance","step":"s","role":"counselor"`, "bad_field"},
		{`"do":"advance"`, "bad_field"},
		{`"do":"advance","step":7`, "bad_field"},
		{`"do":"advance","step":"` + strings.Repeat("s", 201) + `"`, "bad_field"},
		{`"do":"admit"`, "bad_field"},
		{`"do":"admit","who":"three"`, "bad_field"},
		{`"do":"admit","who":"counselor"`, "bad_field"},
		{`"do":"whisper","to":"both","text":"x"`, "bad_field"},
		{`"do":"start_exercise","exercise":"x","cast":{}`, "bad_field"},
		{`"do":"start_exercise","exercise":"x","cast":{"a":"three","b":"one"}`, "bad_field"},
		{`"do":"start_exercise","exercise":"x","cast":{"c":"one"}`, "bad_field"},
		{`"do":"start_exercise","exercise":"","cast":{"a":"one","b":"two"}`, "bad_field"},
		{`"do":"extend","step":"s"`, "bad_field"},
		{`"do":"extend","step":"s","seconds":30,"off":true`, "bad_field"},
		{`"do":"extend","step":"s","seconds":601`, "bad_field"},
		{`"do":"extend","step":"s","seconds":-1`, "bad_field"},
		{`"do":"confirm","step":"s","heard":"perhaps"`, "bad_field"},
		{`"do":"tray","step":"s","question":1,"to":"away"`, "bad_field"},
		{`"do":"reply","step":"s","question":1,"how":"never"`, "bad_field"},
		{`"do":"mark","kind":"secret"`, "bad_field"},
		{`"do":"set_return","at":"tomorrow"`, "bad_field"},
		{`"do":"set_return"`, "bad_field"},
		{`"do":"dial"`, "bad_field"},
		{`"do":"dial","value":11`, "bad_field"},
		{`"do":"dial","value":-1,"settled":false`, "bad_field"},
		{`"do":"dial","value":2.5`, "bad_field"},
		{`"do":"edit","step":"s","wording":{"text":"x","from":"30.11.2026"}`, "bad_field"},
		{`"do":"submit","step":"s","text":"a\u0000b"`, "bad_field"},
		{`"do":"submit","step":"s","choices":[""]`, "bad_field"},
		{`"do":"ask","step":"s","text":"` + long[:2*4000] + long[:2*4001] + `"`, "text_too_long"},
		{`"do":"draft","step":"s","text":"` + strings.Repeat("a", protocol.MaxText+1) + `"`, "text_too_long"},
		{`"do":"submit","step":"s","choices":[` + strings.Repeat(`"a",`, 200) + `"a"]`, "text_too_long"},
	} {
		m, err := protocol.Decode([]byte(`{"id":"` + id + `",` + c.fields + `}`))
		if fault.Code(err) != c.code || m.ID != id || m.Body != nil {
			t.Errorf("%.80s: got %v, want %s", c.fields, err, c.code)
		}
	}
}

func TestARefusalRepeatsNothing(t *testing.T) {
	const marker = "MARKER-9q2x"
	for _, fields := range []string{
		`"do":"` + marker + `"`, `"do":"sync","` + marker + `":1`, `"do":"admit","who":"` + marker + `"`,
		`"do":"confirm","step":"s","heard":"` + marker + `"`, `"do":"set_return","at":"` + marker + `"`,
		`"do":"submit","step":"s","value":"` + marker + `"`,
		`"do":"start_exercise","exercise":"x","cast":{"` + marker + `":"one"}`,
		`"do":"ask","step":"s","text":"` + marker + strings.Repeat("a", protocol.MaxText) + `"`,
		`"do":"` + marker, marker,
	} {
		_, err := protocol.Decode([]byte(`{"id":"` + id + `",` + fields + `}`))
		if err == nil {
			t.Fatalf("accepted: %s", fields)
		}
		f, ok := fault.As(err)
		if !ok || strings.Contains(err.Error()+f.Field+f.Message, marker) {
			t.Errorf("%s: the refusal says %v", fields, err)
		}
	}
}

func TestALongAnswerFits(t *testing.T) {
	answer := private.Text(strings.Repeat("a", protocol.MaxText))
	raw, _ := protocol.Encode(protocol.Message{ID: id, Body: protocol.Command{
		Command: session.Submit{Step: "1.0.1", Answer: session.Answer{Text: answer}},
	}})
	if _, err := protocol.Decode(raw); err != nil {
		t.Fatal(err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, body := range everything() {
		raw, _ := protocol.Encode(protocol.Message{ID: id, Body: body})
		f.Add(raw)
	}
	f.Add([]byte(`{"id":"` + id + `","do":"sync","do":"end"}`))
	f.Add([]byte(`{"id":"` + id + `","do":"submit","step":"s","sorted":{"a":{"b":[{}]}}}`))
	f.Add([]byte(`{"id":"` + id + `","do":"ask","step":"s","text":"\ud800"}`))
	f.Add([]byte("\xef\xbb\xbf{}"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		before := bytes.Clone(raw)
		m, err := protocol.Decode(raw)
		if !bytes.Equal(raw, before) {
			t.Fatal("the frame was changed")
		}
		clean := utf8.Valid(raw) && bytes.IndexByte(raw, 0) < 0 && len(raw) <= protocol.MaxFrame
		could, bad := clean && answerable(raw), fault.Code(err) == "bad_message"
		// A key that is spelled in escapes is refused, though it reads the same.
		if could == bad && (!could || !bytes.Contains(raw, []byte(`\u`))) {
			t.Fatalf("%q: %v, though somebody could be answered: %v", raw, err, could)
		}
		if err != nil {
			if _, ok := fault.As(err); !ok || m.Body != nil {
				t.Fatalf("%T beside %v", err, m.Body)
			}
			return
		}
		if m.ID == "" || m.Body == nil {
			t.Fatalf("accepted without id or body: %q", raw)
		}
		// What was accepted has one meaning: said again, it is the same.
		again, err := protocol.Encode(m)
		if err != nil {
			t.Fatal(err)
		}
		if len(again) > protocol.MaxFrame {
			return // escapes may make a frame longer than it came
		}
		back, err := protocol.Decode(again)
		if err != nil || !reflect.DeepEqual(back, m) {
			t.Fatalf("%q became %q: %v", raw, again, err)
		}
	})
}

// answerable says by encoding/json's own tokens, slowly, whether somebody can be
// answered for a frame: it is sound, and its id and command can be read as they stand.
func answerable(raw []byte) bool {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	first, err := d.Token()
	if err != nil || first != json.Delim('{') || !soundObject(d, 1, true) {
		return false
	}
	if _, err = d.Token(); err != io.EOF {
		return false
	}
	var h struct{ ID, Do json.RawMessage }
	if json.Unmarshal(raw, &h) != nil {
		return false
	}
	plain := func(s json.RawMessage) bool { return len(s) > 1 && s[0] == '"' && !bytes.Contains(s, []byte(`\`)) }
	return plain(h.ID) && protocol.IsUUIDv7(string(h.ID[1:len(h.ID)-1])) && (h.Do == nil || plain(h.Do))
}

func soundObject(d *json.Decoder, depth int, fields bool) bool {
	seen := map[string]bool{}
	for d.More() {
		token, err := d.Token()
		key, ok := token.(string)
		if err != nil || !ok || seen[key] {
			return false
		}
		if fields && (key == "" || strings.Trim(key, "abcdefghijklmnopqrstuvwxyz_") != "") {
			return false
		}
		seen[key] = true
		if !soundValue(d, depth, fields && key != "sorted") {
			return false
		}
	}
	_, err := d.Token()
	return err == nil
}

func soundValue(d *json.Decoder, depth int, fields bool) bool {
	token, err := d.Token()
	if err != nil {
		return false
	}
	switch token {
	case json.Delim('{'):
		return depth < 4 && soundObject(d, depth+1, fields)
	case json.Delim('['):
		for d.More() {
			if depth >= 4 || !soundValue(d, depth+1, fields) {
				return false
			}
		}
		_, err := d.Token()
		return err == nil && depth < 4
	}
	return true
}
