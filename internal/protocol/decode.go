package protocol

import (
	"bytes"
	"encoding/json"
	"errors"
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
		Sure     bool // although somebody is hardly steady and the exercise is deep
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
	if len(raw) > MaxFrame || !utf8.Valid(raw) || bytes.IndexByte(raw, 0) >= 0 {
		return Message{}, ErrBadMessage
	}
	h, sound := survey(raw)
	if !sound || !IsUUIDv7(string(h.ID)) {
		return Message{}, ErrBadMessage
	}
	m := Message{ID: h.ID}
	form, known := forms[h.Do]
	if !known {
		if !json.Valid(raw) {
			return Message{}, ErrBadMessage
		}
		return m, ErrUnknownCommand
	}
	shape := form()
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(shape); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) || errors.Is(err, io.ErrUnexpectedEOF) {
			return Message{}, ErrBadMessage
		}
		return m, ErrBadField
	}
	body, err := shape.body()
	if err != nil {
		return m, err
	}
	m.Body = body
	return m, nil
}

// plainKey: every published field name is lower-case ASCII with underscores.
func plainKey(key []byte) bool {
	for i := range len(key) {
		if c := key[i]; (c < 'a' || c > 'z') && c != '_' {
			return false
		}
	}
	return len(key) > 0
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
