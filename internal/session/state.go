package session

import (
	"errors"
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
)

// ErrConflict says that the log has moved on: somebody else appended the record
// with this seq first. Read what was missed, apply it, decide again.
var ErrConflict = errors.New("session: the log has moved on")

// State is all that a log has made true so far; the zero State is a session that
// was not opened. It is a value: Apply returns a new one and never touches what an
// older one can still reach, so a State may be read from anywhere, at any time.
//
// Its fields are exported so that two states can be compared byte by byte as JSON.
// What a person may see of it is ViewFor's business alone.
type State struct {
	Seq        uint64          `json:"seq"`
	OpenedAt   time.Time       `json:"opened_at,omitzero"`
	StartedAt  time.Time       `json:"started_at,omitzero"` // the first admission
	EndedAt    time.Time       `json:"ended_at,omitzero"`
	Facts      Facts           `json:"facts"`
	Doors      Each[SeatState] `json:"doors"`
	Agenda     []AgendaItem    `json:"agenda"`
	Runs       int             `json:"runs"` // exercises started so far
	Run        *Run            `json:"run,omitempty"`
	Hold       *Hold           `json:"hold,omitempty"`
	Dials      Each[*int]      `json:"dials"`
	Whispers   []WhisperView   `json:"whispers,omitempty"` // of this step
	Marks      []MarkView      `json:"marks,omitempty"`    // the newest; the rest is in the log
	Agreements []Agreement     `json:"agreements,omitempty"`
}

// Each holds one value a seat.
type Each[T any] struct {
	One T `json:"one,omitzero"`
	Two T `json:"two,omitzero"`
}

// Of is what stands for a seat; the zero value for anything that is no seat.
func (e Each[T]) Of(s Seat) T {
	switch s {
	case SeatOne:
		return e.One
	case SeatTwo:
		return e.Two
	}
	var none T
	return none
}

// With is a copy with another value for one seat.
func (e Each[T]) With(s Seat, v T) Each[T] {
	switch s {
	case SeatOne:
		e.One = v
	case SeatTwo:
		e.Two = v
	}
	return e
}

// Run is the exercise under way.
type Run struct {
	Number  int               `json:"number"` // 1 for the first of the session
	Program *exercise.Program `json:"program"`
	Cast    Cast              `json:"cast"`
}

// Hold is a pause.
type Hold struct {
	Since    time.Time `json:"since"`
	By       Role      `json:"by"`
	ReturnAt time.Time `json:"return_at,omitzero"`
	Neutral  bool      `json:"neutral,omitempty"`
}

var _ private.Text
