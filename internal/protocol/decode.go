package protocol

import (
	"bytes"
	"encoding/json"
	"io"
	"unicode/utf8"

	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/session"
)

// Message is one frame from a client.
type Message struct {
	ID   session.CommandID
	Body Body
}

// Body is what a client may say. The set is closed.
type Body interface{ body() }

type (
	// Command goes into the session's log.
	Command struct{ session.Command }
	// StartExercise names an exercise; whoever has the catalog makes it a
	// session.StartExercise.
	StartExercise struct {
		Exercise string
		Cast     session.Cast
	}
	// Sync asks for Now and the current view.
	Sync struct{}
	// KeepDraft keeps what is being typed.
	KeepDraft struct {
		Step string
		Text private.Text
	}
	// TurnDial is the steadiness dial while it moves, 0–10.
	TurnDial struct{ Value int }
)

func (Command) body()       {}
func (StartExercise) body() {}
func (Sync) body()          {}
func (KeepDraft) body()     {}
func (TurnDial) body()      {}

// Refusals of a frame. None repeats what the client sent.
var (
	ErrBadMessage     = fault.New(fault.Invalid, "bad_message", "This page sent something that the server does not understand. Reload the page.")
	ErrUnknownCommand = fault.New(fault.Invalid, "unknown_command", "This page asked for something that the server does not know. Reload the page.")
	ErrBadField       = fault.New(fault.Invalid, "bad_field", "A part of this is missing or cannot be used. Check it and try again.")
	ErrTextTooLong    = fault.New(fault.Invalid, "text_too_long", "This text is too long. Please make it shorter.")
)

// maxDepth is how deep a frame may nest: edit's wording and sort's piles need two.
const maxDepth = 4

// head is what every frame has.
type head struct {
	ID session.CommandID `json:"id"`
	Do string            `json:"do"`
}

// Decode reads one text frame. It is strict: valid UTF-8 without NUL, one object
// and nothing after it, no key twice, no unknown key, nothing nested deeper than a
// command needs. An error is a *fault.Error. A Message whose ID is set beside an
// error can be answered with Refused; without one there is nobody to answer, and
// the socket is to be closed with BadMessage.
func Decode(raw []byte) (Message, error) {
	if len(raw) > MaxFrame || !utf8.Valid(raw) || bytes.IndexByte(raw, 0) >= 0 || !sound(raw) {
		return Message{}, ErrBadMessage
	}
	var h head
	if json.Unmarshal(raw, &h) != nil || !IsUUIDv7(string(h.ID)) {
		return Message{}, ErrBadMessage
	}
	m := Message{ID: h.ID}
	form, known := forms[h.Do]
	if !known {
		return m, ErrUnknownCommand
	}
	shape := form()
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if d.Decode(shape) != nil {
		return m, ErrBadField
	}
	body, err := shape.body()
	if err != nil {
		return m, err
	}
	m.Body = body
	return m, nil
}

// sound tells whether raw is exactly one JSON object, not too deep, in which no
// object has a key twice and every key that names a field is spelled as published
// (encoding/json itself would also take "DO" and "Do" for "do").
func sound(raw []byte) bool {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	first, err := d.Token()
	if err != nil || first != json.Delim('{') {
		return false
	}
	if !soundObject(d, 1, true) {
		return false
	}
	_, err = d.Token()
	return err == io.EOF
}

func soundObject(d *json.Decoder, depth int, fields bool) bool {
	var seen [12]string // no command has more fields; a pile of cards may
	keys := seen[:0]
	var many map[string]bool
	for d.More() {
		token, err := d.Token()
		key, ok := token.(string)
		if err != nil || !ok || (fields && !plainKey(key)) {
			return false
		}
		if many == nil && len(keys) == cap(keys) {
			many = make(map[string]bool, 2*len(keys))
			for _, k := range keys {
				many[k] = true
			}
		}
		if many != nil {
			if many[key] {
				return false
			}
			many[key] = true
		} else {
			for _, k := range keys {
				if k == key {
					return false
				}
			}
			keys = append(keys, key)
		}
		if !soundValue(d, depth, fields && key != "sorted") { // a pile's keys are card ids
			return false
		}
	}
	_, err := d.Token() // the closing brace
	return err == nil
}

func soundValue(d *json.Decoder, depth int, fields bool) bool {
	token, err := d.Token()
	if err != nil {
		return false
	}
	switch token {
	case json.Delim('{'):
		return depth < maxDepth && soundObject(d, depth+1, fields)
	case json.Delim('['):
		if depth >= maxDepth {
			return false
		}
		for d.More() {
			if !soundValue(d, depth+1, fields) {
				return false
			}
		}
		_, err := d.Token()
		return err == nil
	}
	return true
}

// plainKey: every published field name is lower-case ASCII with underscores.
func plainKey(key string) bool {
	for i := range len(key) {
		if c := key[i]; (c < 'a' || c > 'z') && c != '_' {
			return false
		}
	}
	return key != ""
}

// IsUUIDv7 tells whether id has the form of a UUID of version 7 in lower case.
func IsUUIDv7(id string) bool {
	if len(id) != 36 || id[14] != '7' {
		return false
	}
	switch id[19] {
	case '8', '9', 'a', 'b':
	default:
		return false
	}
	for i := range len(id) {
		c := id[i]
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
				return false
			}
		}
	}
	return true
}
