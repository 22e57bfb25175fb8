package main

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"mend/internal/bot"
	"mend/internal/protocol"
)

// spoken is the published document of the socket.
type spoken struct {
	Operations map[string]struct {
		Messages []struct {
			Ref string `json:"$ref"`
		}
	}
	Components struct {
		Schemas map[string]struct {
			Properties map[string]struct{ Enum []string }
		}
	}
}

// commands are the words that a side may say, by the document.
func (s spoken) commands(operation string) (all []string) {
	for _, message := range s.Operations[operation].Messages {
		name := message.Ref[strings.LastIndexByte(message.Ref, '/')+1:]
		all = append(all, s.Components.Schemas[name].Properties["do"].Enum...)
	}
	return all
}

// frame is the saying as it is sent.
func (s saying) frame(places map[string]string) (id string, frame []byte) {
	id = string(bot.NewID())
	with := right{body: s.with}.sent(places)
	if with != "" {
		with = ", " + with
	}
	return id, []byte(`{"id": "` + id + `", "do": "` + s.do + `"` + with + `}`)
}

// sits opens a socket; without one, it says why not.
func (v *tenant) sits(place, as string) (*bot.Line, error) {
	v.Helper()
	return bot.Dial(soon(v.T), bot.Place{Server: v.base, Session: place, Cookie: v.cookie, Here: true, As: as})
}

// isShutOut wants a socket that is refused, whatever is said on it. A page can only
// read that of a socket which was opened.
func (v *tenant) isShutOut(place, as string, frame []byte) {
	v.Helper()
	line, err := v.sits(place, as)
	if !v.counselor && !slices.Contains(seats, v.name) {
		if status := bot.Status(0); !errors.As(err, &status) || status != http.StatusUnauthorized {
			v.Errorf("%s opens a socket: %v", v.name, err)
		}
		return
	}
	if err != nil {
		v.Fatalf("%s: %v", v.name, err)
	}
	defer line.Close()
	_ = line.Write(frame) // it may be closed already
	raw, err := line.Read()
	if closed := (bot.Closed{}); !errors.As(err, &closed) || closed.Code != protocol.NotFound {
		v.Errorf("%s, who has no place there, reads %s, %v", v.name, raw, err)
	}
}

// says sends one frame from the room, and answers with the code of the refusal; "" when
// it was done.
func (v *tenant) says(place, id string, frame []byte) (code string) {
	v.Helper()
	line, err := v.sits(place, "")
	if err != nil {
		v.Fatalf("%s: %v", v.name, err)
	}
	defer line.Close()
	if err := line.Write(frame); err != nil {
		v.Fatal(err)
	}
	for {
		raw, err := line.Read()
		if closed := (bot.Closed{}); errors.As(err, &closed) && !closed.Code.ComesBack() {
			return closed.Code.Slug()
		}
		if err != nil {
			v.Fatalf("%s: %s: %v", v.name, frame, err)
		}
		var told protocol.Refused
		if err := json.Unmarshal(raw, &told); err != nil {
			v.Fatal(err)
		}
		if told.ID == id {
			return told.Code
		}
	}
}

// Every command of the socket is tried by everybody. Who has no place in the session is
// shut out; who has another is refused; and neither changes anything.
func TestEveryCommandIsForThoseAlone(t *testing.T) {
	house := openTenants(t)
	document := read[spoken](house.stranger().call("GET", "/asyncapi.json", nil).want(200))
	of := map[string]map[string]bool{}
	for side, names := range map[string]who{"fromCounselor": atDesk, "fromPartner": onPhones} {
		for _, do := range document.commands(side) {
			if of[do] == nil {
				of[do] = map[string]bool{}
			}
			for _, name := range names {
				of[do][name] = true
			}
		}
	}
	if len(of) < 30 {
		t.Fatalf("the document has but %d commands", len(of))
	}
	for _, s := range sayings {
		if of[s.do] == nil {
			t.Errorf("%s has a row in sayings and is not published: take the row out, or publish the command", s.do)
		}
		for _, name := range inRoom {
			if may := slices.Contains(s.may, name); may != of[s.do][name] {
				t.Errorf("%s: by the row in sayings, %s may send it: %v; by the document: %v", s.do, name, may, of[s.do][name])
			}
		}
		delete(of, s.do)
	}
	for _, do := range slices.Sorted(maps.Keys(of)) {
		t.Errorf("%s is published and nobody says who may send it: write a row for it into sayings, in tenancy_sayings_test.go", do)
	}
	if t.Failed() {
		return
	}

	places := maps.Clone(house.places)
	places["step"] = "tell"
	place := places["session"]
	house.settles()
	house.changed()
	unchanged := func(v *tenant, what string) {
		t.Helper()
		if tables := house.changed(); tables != nil {
			t.Errorf("%s was refused to %s and changed %v all the same", what, v.name, tables)
		}
	}
	tried := 0
	for _, s := range sayings {
		for _, v := range house.visitors {
			id, frame := s.frame(places)
			switch {
			case slices.Contains(s.may, v.name):
				continue
			case !slices.Contains(inRoom, v.name):
				v.isShutOut(place, "", frame)
			default:
				if code := v.says(place, id, frame); code != "not_yours" {
					t.Errorf("%s by %s: refused as %q; where they may, write them into the row", s.do, v.name, code)
				}
			}
			tried++
			unchanged(v, s.do)
		}
	}

	// Nobody asks to be one of the two, and a rehearsal is its maker's alone.
	_, sync := saying{do: "sync"}.frame(places)
	for _, v := range house.visitors {
		for _, as := range []string{"one", "two"} {
			v.isShutOut(place, as, sync)
		}
		if v.name != theirs {
			v.isShutOut(places["rehearsal"], "", sync)
			v.isShutOut(places["rehearsal"], "one", sync)
		}
		unchanged(v, "a seat")
	}

	done := map[string]int{}
	for _, s := range sayings {
		for _, v := range house.visitors {
			if !slices.Contains(s.may, v.name) {
				continue
			}
			id, frame := s.frame(places)
			switch code := v.says(place, id, frame); code {
			case "":
				done[v.name]++
			case "not_yours", "bad_field", "unknown_command", "not_found":
				t.Errorf("%s by %s, who may: refused as %s; mend the row's fields: %s", s.do, v.name, code, frame)
			}
		}
	}
	for _, name := range inRoom {
		if done[name] < 4 {
			t.Errorf("%s was obeyed %d times: too few for the refusals to mean much", name, done[name])
		}
	}
	t.Logf("%d tries were refused, done: %v", tried, done)
}
