package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"

	"mend/internal/protocol"
	"mend/internal/session"
)

// The pages' types were made from the documents as they are now.
func TestThePagesKnowTheWireAsItIs(t *testing.T) {
	for name, document := range map[string]func() ([]byte, error){"api.gen.ts": OpenAPI, "live.gen.ts": AsyncAPI} {
		text, err := document()
		if err != nil {
			t.Fatal(err)
		}
		made, err := os.ReadFile("../../frontend/src/lib/" + name)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(text)
		if !bytes.Contains(made, []byte("// sha256:"+hex.EncodeToString(sum[:])+"\n")) {
			t.Errorf("%s was made from another document: run task gen", name)
		}
	}
}

type jsonSchema struct {
	Ref        string                `json:"$ref"`
	Type       any                   `json:"type"`
	Format     string                `json:"format"`
	Enum       []string              `json:"enum"`
	Properties map[string]jsonSchema `json:"properties"`
	Required   []string              `json:"required"`
	Items      *jsonSchema           `json:"items"`
	OneOf      []jsonSchema          `json:"oneOf"`
}

func asyncSchemas(t *testing.T) map[string]jsonSchema {
	t.Helper()
	text, err := AsyncAPI()
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Components struct{ Schemas map[string]jsonSchema }
	}
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	return document.Components.Schemas
}

// sample is a value that a schema allows, with every field or the needed ones alone.
func sample(all map[string]jsonSchema, s jsonSchema, every bool) any {
	if s.Ref != "" {
		s = all[strings.TrimPrefix(s.Ref, schemaPrefix)]
	}
	switch {
	case len(s.Enum) > 0:
		return s.Enum[0]
	case s.Format == "uuid":
		return uuid.Must(uuid.NewV7()).String()
	case s.Format == "date-time":
		return "2026-11-30T17:00:00Z"
	case s.Type == "string":
		return "words"
	case s.Type == "integer":
		return 1
	case s.Type == "boolean":
		return true
	case s.Type == "array":
		return []any{sample(all, *s.Items, every)}
	}
	object := map[string]any{}
	for name, field := range s.Properties {
		needed := false
		for _, r := range s.Required {
			needed = needed || r == name
		}
		if needed || every {
			object[name] = sample(all, field, every)
		}
	}
	return object
}

// What the document says may be sent, the server understands; and it documents
// every command that there is.
func TestDocumentedCommandsAreUnderstood(t *testing.T) {
	all := asyncSchemas(t)
	documented := map[string]bool{}
	for _, union := range []string{"CounselorCommand", "PartnerCommand"} {
		for _, member := range all[union].OneOf {
			schema := all[strings.TrimPrefix(member.Ref, schemaPrefix)]
			do := schema.Properties["do"].Enum[0]
			documented[do] = true
			object := sample(all, schema, true).(map[string]any)
			switch do { // one of the fields is given, or the date is one
			case "submit":
				object = map[string]any{"id": object["id"], "do": do, "step": "1.0.1", "text": "words"}
			case "edit":
				object["wording"] = map[string]any{"revision": 1, "text": "words", "from": "2026-11-30", "review": "2026-12-07", "expires": "2026-12-30"}
			case "start_exercise":
				object["cast"] = map[string]any{"a": "one", "b": "two"}
			case "extend":
				delete(object, "off")
			}
			raw, err := json.Marshal(object)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := protocol.Decode(raw); err != nil {
				t.Errorf("%s is documented as %s, and refused: %v", do, raw, err)
			}
		}
	}
	for _, c := range []session.Command{
		session.Admit{},
		session.StepOut{},
		session.Remove{},
		session.StartExercise{},
		session.Advance{},
		session.Back{},
		session.Repeat{},
		session.Skip{},
		session.StopExercise{},
		session.PassTurn{},
		session.Extend{},
		session.RevealAnswers{},
		session.AnswerGate{},
		session.SetMirror{},
		session.Deal{},
		session.SetReturn{},
		session.Resume{},
		session.Neutral{},
		session.Whisper{},
		session.Mark{},
		session.End{},
		session.Consent{},
		session.Ready{},
		session.Yield{},
		session.Confirm{},
		session.Submit{},
		session.TakeBack{},
		session.AskQuestion{},
		session.Reply{},
		session.Edit{},
		session.Sign{},
		session.NotToday{},
		session.Withdraw{},
		session.DonePrivate{},
		session.SetDial{},
		session.Pause{},
		session.Leave{},
	} {
		if !documented[c.Name()] {
			t.Errorf("%s is documented nowhere", c.Name())
		}
	}
	for _, c := range []session.Command{session.Open{}, session.Invite{}, session.SetAgenda{}} {
		if documented[c.Name()] {
			t.Errorf("%s comes by HTTP alone, and is documented for the socket", c.Name())
		}
	}
}

// A frame for a partner has no field that only a counselor may see.
func TestWhatPartnersAreSentHasNoPlaceForTheOthersPrivateWords(t *testing.T) {
	all := asyncSchemas(t)
	reached := map[string]bool{}
	var walk func(s jsonSchema)
	walk = func(s jsonSchema) {
		if name := strings.TrimPrefix(s.Ref, schemaPrefix); s.Ref != "" {
			if reached[name] {
				return
			}
			reached[name] = true
			s = all[name]
		}
		for _, field := range s.Properties {
			walk(field)
		}
		for _, member := range s.OneOf {
			walk(member)
		}
		if s.Items != nil {
			walk(*s.Items)
		}
	}
	walk(jsonSchema{Ref: schemaPrefix + "PartnerMessage"})
	if !reached["PartnerView"] {
		t.Fatal("a partner's frame has no view")
	}
	for _, private := range []string{"CounselorView", "CounselorStep", "CounselorPause", "TrayItem", "MarkView", "WhisperView", "Guidance", "HereCounselor", "Dial", "Agreement", "AgendaItem", "NextStep"} {
		if reached[private] {
			t.Errorf("a partner's frame may hold a %s", private)
		}
		if _, exists := all[private]; !exists {
			t.Errorf("there is no %s any more: name here what stands for it", private)
		}
	}
}

func TestDocumentsNameNoTypeTwiceAndLeaveNothingOpen(t *testing.T) {
	for name, document := range map[string]func() ([]byte, error){"openapi": OpenAPI, "asyncapi": AsyncAPI} {
		text, err := document()
		if err != nil {
			t.Fatal(err)
		}
		var whole struct {
			Components struct{ Schemas map[string]jsonSchema }
		}
		if err := json.Unmarshal(text, &whole); err != nil {
			t.Fatal(err)
		}
		for ref := range refs(string(text)) {
			if _, found := whole.Components.Schemas[ref]; !found {
				t.Errorf("%s refers to %s, which it does not describe", name, ref)
			}
		}
		if bytes.Contains(text, []byte(`"$schema"`)) || bytes.Contains(text, []byte("ErrorModel")) {
			t.Errorf("%s has something of the library's own", name)
		}
	}
}

func refs(text string) map[string]bool {
	all := map[string]bool{}
	for part := range strings.SplitSeq(text, `"`+schemaPrefix) {
		name, _, _ := strings.Cut(part, `"`)
		all[name] = true
	}
	first, _, _ := strings.Cut(text, `"`)
	delete(all, first)
	return all
}

func TestQRCodeIsBlackOnWhiteWithAQuietZone(t *testing.T) {
	svg, err := qrCode("https://mend.example.org/join#0123456789012345678901")
	if err != nil {
		t.Fatal(err)
	}
	var side, other int
	if _, err := fmt.Sscanf(svg[strings.Index(svg, "viewBox"):], `viewBox="0 0 %d %d"`, &side, &other); err != nil || side != other {
		t.Fatalf("%d by %d: %v", side, other, err)
	}
	// The first dark squares are those of the upper left eye, just inside the zone.
	if want := fmt.Sprintf(`<rect x="%d" y="%d" width="7" height="1"/>`, quiet, quiet); !strings.Contains(svg, want) {
		t.Errorf("%s is missing", want)
	}
	if !strings.Contains(svg, fmt.Sprintf(`<rect width="%d" height="%d" fill="#fff"/><g fill="#000">`, side, side)) {
		t.Errorf("it is not black on white: %s", svg[:200])
	}
	for _, outside := range []string{fmt.Sprintf(`x="%d"`, quiet-1), fmt.Sprintf(`y="%d"`, side-quiet)} {
		if strings.Contains(svg, outside) {
			t.Errorf("something stands in the quiet zone: %s", outside)
		}
	}
}

func TestABaseIsASchemeAndAHost(t *testing.T) {
	for _, bad := range []string{"", "mend.example.org", "ftp://a", "https://a/b", "https://a?b", "https://a#b", "https://u@a", "https://"} {
		if b, err := ParseBase(bad); err == nil {
			t.Errorf("%q was taken for %s", bad, b)
		}
	}
	b, err := ParseBase("https://Mend.Example.org/")
	if err != nil || b.String() != "https://mend.example.org" || b.cookie() != "__Host-mend" || b.Loopback() {
		t.Errorf("got %v, %v", b, err)
	}
	if !strings.Contains(contentPolicy(b), " wss://mend.example.org;") {
		t.Errorf("older browsers cannot reach the socket: %s", contentPolicy(b))
	}
	local, err := ParseBase("http://127.0.0.1:8080")
	if err != nil || local.cookie() != "mend" || !local.Loopback() || len(local.Origins()) != 3 {
		t.Errorf("got %v %v, %v", local, local.Origins(), err)
	}
	if policy := contentPolicy(local); strings.Contains(policy, "[") || !strings.Contains(policy, " ws://localhost:8080") {
		t.Errorf("a browser cannot read all of %s", policy)
	}
	if headersOf(local)["Strict-Transport-Security"] != "" || headersOf(b)["Strict-Transport-Security"] == "" {
		t.Error("HTTPS is asked for where it is not, or not where it is")
	}
}
