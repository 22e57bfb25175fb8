package web

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/danielgtaylor/huma/v2"

	"mend/internal/exercise"
	"mend/internal/protocol"
	"mend/internal/session"
)

// AsyncAPI is the socket's published document, AsyncAPI 3 in JSON. Its schemas are
// made of the very types that are sent.
func AsyncAPI() ([]byte, error) {
	s := newSchemas()
	toCounselor := union(s, "CounselorMessage", "is",
		protocol.Welcome{}, protocol.CounselorFrame{}, protocol.Done{}, protocol.Refused{},
		protocol.HereCounselor{}, protocol.Dial{}, protocol.Now{})
	toPartner := union(s, "PartnerMessage", "is",
		protocol.Welcome{}, protocol.PartnerFrame{}, protocol.Done{}, protocol.Refused{},
		protocol.HerePartner{}, protocol.Draft{}, protocol.Now{})
	fromCounselor := s.commands("CounselorCommand", counselorCommands())
	fromPartner := s.commands("PartnerCommand", partnerCommands())

	messages := object{}
	all := map[string]bool{}
	for _, name := range slices.Concat(toCounselor, toPartner, fromCounselor, fromPartner) {
		all[name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		messages[name] = object{"name": name, "payload": object{"$ref": schemaPrefix + name}}
	}
	channel := object{}
	for name := range messages {
		channel[name] = object{"$ref": "#/components/messages/" + name}
	}

	return json.MarshalIndent(object{
		"asyncapi": "3.0.0",
		"info": object{
			"title": "Mend, the live session", "version": apiVersion,
			"description": "JSON text frames over one WebSocket. Who one is comes from the cookie; " +
				"the subprotocol is " + protocol.Subprotocol + ". Operations are told from the server's side.",
		},
		"defaultContentType": "application/json",
		"channels": object{"live": object{
			"address":    "/live/{session}",
			"parameters": object{"session": object{"description": "The session's id"}},
			"bindings":   object{"ws": object{"method": "GET", "query": socketQuery(), "bindingVersion": "0.1.0"}},
			"messages":   channel,
		}},
		"operations": object{
			"toCounselor":   operation("send", toCounselor),
			"toPartner":     operation("send", toPartner),
			"fromCounselor": operation("receive", fromCounselor),
			"fromPartner":   operation("receive", fromPartner),
		},
		"components":    object{"messages": messages, "schemas": s},
		"x-close-codes": closeCodes(),
		"x-limits": object{
			"frame_bytes": protocol.MaxFrame, "text_characters": protocol.MaxText,
			"commands_per_second": protocol.CommandsPerSec, "command_burst": protocol.CommandBurst, "sockets_each": protocol.SocketsEach,
			"ping_seconds": protocol.PingEvery.Seconds(), "dead_after_seconds": protocol.DeadAfter.Seconds(),
			"subprotocol": protocol.Subprotocol,
		},
	}, "", "  ")
}

// socketQuery is what may stand behind the address. None says who one is: that
// comes from the cookie, in a rehearsal as everywhere.
func socketQuery() object {
	return object{"type": "object", "properties": object{
		"here": object{"type": "string", "enum": []string{"1"}, "description": "Take the seat over from another tab or device of the same partner"},
		"page": object{"type": "string", "maxLength": longestPage, "description": "What this load of a page calls itself, by chance and kept nowhere: a place that it lost is its own still"},
		"as":   object{"type": "string", "enum": session.Roles(), "description": "In one's own rehearsal: whom to sit down as; the counselor, where it is missing. It tells a balancer that this is one. Refused everywhere else"},
	}}
}

type object = map[string]any

func operation(action string, names []string) object {
	list := make([]object, len(names))
	for i, name := range names {
		list[i] = object{"$ref": "#/channels/live/messages/" + name}
	}
	return object{"action": action, "channel": object{"$ref": "#/channels/live"}, "messages": list}
}

// union names the choice between message types and returns the members' names.
func union(s *schemas, name, tag string, members ...any) []string {
	names := make([]string, len(members))
	for i, m := range members {
		names[i] = strings.TrimPrefix(s.Schema(reflect.TypeOf(m), true, "").Ref, schemaPrefix)
	}
	s.oneOf(name, tag, names)
	return names
}

func (s *schemas) oneOf(name, tag string, members []string) {
	choice := &huma.Schema{Discriminator: &huma.Discriminator{PropertyName: tag, Mapping: map[string]string{}}}
	for _, member := range members {
		choice.OneOf = append(choice.OneOf, &huma.Schema{Ref: schemaPrefix + member})
		word := s.named[member].Properties[tag].Enum[0].(string)
		choice.Discriminator.Mapping[word] = schemaPrefix + member
	}
	s.named[name] = choice
}

// commands publishes one schema for each command and their union, and returns the
// members' names.
func (s *schemas) commands(union string, list []command) []string {
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = c.title()
		if s.named[names[i]] == nil {
			s.named[names[i]] = c.schema(s)
		}
	}
	s.oneOf(union, "do", names)
	return names
}

// command is one of a client's messages: its word, the type that has its fields,
// and which of those may be absent.
type command struct {
	do       string
	fields   any
	optional []string
}

func does(c session.Command, optional ...string) command {
	return command{do: c.Name(), fields: c, optional: optional}
}

// Messages that have no command of session's: they never reach the log, or their
// form on the wire is another.
type (
	syncMessage  struct{}
	draftMessage struct {
		Step string
		Text string
	}
	dialMessage struct {
		Value   int
		Settled bool
	}
	startMessage struct {
		Exercise string
		Cast     map[exercise.Role]session.Seat
		Sure     bool
	}
	submitMessage struct {
		Step    string
		Text    string
		Value   int
		Choices []string
		Sorted  map[string]string
	}
)

func counselorCommands() []command {
	return []command{
		does(session.Admit{}), does(session.StepOut{}), does(session.Remove{}),
		{do: session.StartExercise{}.Name(), fields: startMessage{}, optional: []string{"sure"}},
		does(session.Advance{}), does(session.Back{}), does(session.Repeat{}), does(session.Skip{}),
		does(session.StopExercise{}), does(session.PassTurn{}), does(session.Extend{}, "seconds", "off"),
		does(session.RevealAnswers{}), does(session.AnswerGate{}, "choice", "text"), does(session.SetMirror{}),
		does(session.Deal{}, "text"), does(session.Pause{}), does(session.SetReturn{}), does(session.Resume{}),
		does(session.Neutral{}), does(session.Whisper{}), does(session.Mark{}, "text"), does(session.End{}),
		does(session.Edit{}),
		{do: "sync", fields: syncMessage{}},
	}
}

func partnerCommands() []command {
	return []command{
		does(session.Consent{}, "language"), does(session.SetLanguage{}), does(session.Ready{}), does(session.Yield{}), does(session.Confirm{}),
		{do: session.Submit{}.Name(), fields: submitMessage{}, optional: []string{"text", "value", "choices", "sorted"}},
		does(session.TakeBack{}), does(session.Skip{}), does(session.AskQuestion{}), does(session.Reply{}, "text"),
		does(session.Edit{}), does(session.Sign{}), does(session.NotToday{}), does(session.Withdraw{}),
		does(session.DonePrivate{}), does(session.Extend{}, "seconds", "off"),
		{do: session.SetDial{}.Name(), fields: dialMessage{}, optional: []string{"settled"}},
		does(session.Pause{}), does(session.Leave{}),
		{do: "draft", fields: draftMessage{}},
		{do: "sync", fields: syncMessage{}},
	}
}

// title is the schema's name: "start_exercise" becomes DoStartExercise.
func (c command) title() string {
	name := "Do"
	for word := range strings.SplitSeq(c.do, "_") {
		name += strings.ToUpper(word[:1]) + word[1:]
	}
	return name
}

func (c command) schema(s *schemas) *huma.Schema {
	schema := &huma.Schema{
		Type: huma.TypeObject,
		Properties: map[string]*huma.Schema{
			"id": {Type: huma.TypeString, Format: "uuid", Description: "The client's own UUIDv7; sent again, the command takes effect once"},
			"do": {Type: huma.TypeString, Enum: []any{c.do}},
		},
		Required:             []string{"id", "do"},
		AdditionalProperties: false,
	}
	t := reflect.TypeOf(c.fields)
	for i := range t.NumField() {
		name := snake(t.Field(i).Name)
		schema.Properties[name] = s.Schema(t.Field(i).Type, true, name)
		if !slices.Contains(c.optional, name) {
			schema.Required = append(schema.Required, name)
		}
	}
	return schema
}

// snake is a Go field's name on the wire.
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func closeCodes() []object {
	var list []object
	for _, c := range []protocol.CloseCode{
		protocol.Bye, protocol.GoingAway, protocol.ServiceRestart, protocol.Resync, protocol.Heartbeat, protocol.SlowReader,
		protocol.TooFast, protocol.LinkOver, protocol.Removed, protocol.NotFound, protocol.OpenElsewhere,
		protocol.Ended, protocol.BadMessage, protocol.WrongProtocol,
	} {
		list = append(list, object{"code": int(c), "slug": c.Slug(), "comes_back": c.ComesBack()})
	}
	return list
}
