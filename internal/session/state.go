package session

import (
	"errors"
	"time"

	"mend/internal/exercise"
)

// ErrConflict says that the log has moved on: somebody else appended the record
// with this seq first. Read what was missed, apply it, decide again.
var ErrConflict = errors.New("session: the log has moved on")

// State is all that a log has made true so far; the zero State is a session that
// was not opened. It is a value: Apply gives a new one and never touches what an
// older one can still reach, so any number of goroutines may read one.
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
	Steady     Each[*int]      `json:"steady,omitzero"` // the last that the counselor may know: the dial, or the opening's scale
	Languages  Languages       `json:"languages,omitzero"`
	Whispers   []WhisperView   `json:"whispers,omitempty"` // in this step
	Marks      []MarkView      `json:"marks,omitempty"`    // the newest few; the log has them all
	Agreements []Agreement     `json:"agreements,omitempty"`
}

// Hold is a pause.
type Hold struct {
	Since    time.Time `json:"since"`
	By       Role      `json:"by"`
	ReturnAt time.Time `json:"return_at,omitzero"`
	Neutral  bool      `json:"neutral,omitempty"`
}

// Each holds one value a seat.
type Each[T any] struct {
	One T `json:"one,omitzero"`
	Two T `json:"two,omitzero"`
}

// Of is what a seat has; the zero value for whatever is no seat.
func (e Each[T]) Of(s Seat) (v T) {
	switch s {
	case SeatOne:
		v = e.One
	case SeatTwo:
		v = e.Two
	}
	return v
}

// With is a copy in which a seat has another value.
func (e Each[T]) With(s Seat, v T) Each[T] {
	switch s {
	case SeatOne:
		e.One = v
	case SeatTwo:
		e.Two = v
	}
	return e
}

// Replay is the state that a log leads to.
func Replay(log []Record) State {
	var s State
	for _, r := range log {
		s = Apply(s, r)
	}
	return s
}

func (s *State) opened() bool  { return !s.OpenedAt.IsZero() }
func (s *State) started() bool { return !s.StartedAt.IsZero() }
func (s *State) ended() bool   { return !s.EndedAt.IsZero() }

// phase is where the session stands, as the counselor knows it.
func (s *State) phase() Phase {
	switch {
	case s.ended():
		return HasEnded
	case !s.started():
		return InLobby
	case s.Hold != nil:
		return OnPause
	case s.Run != nil:
		return InExercise
	}
	return Between
}

// door is where a partner stands; a seat that nothing is known of waits for its person.
func (s *State) door(seat Seat) SeatState {
	if d := s.Doors.Of(seat); d != "" {
		return d
	}
	return Invitee
}

// Languages are those that the partners chose to read in; each is empty until chosen.
type Languages = Each[exercise.Language]

// language is the one that a role reads in; empty for the author's own.
func (s *State) language(r Role) exercise.Language {
	if seat, ok := r.Seat(); ok {
		return s.Languages.Of(seat)
	}
	return s.Facts.Language
}

func (s *State) bothInside() bool {
	return s.door(SeatOne) == Inside && s.door(SeatTwo) == Inside
}

// agreement finds one by its id; -1 where there is none.
func (s *State) agreement(id string) int {
	for i := range s.Agreements {
		if s.Agreements[i].ID == id {
			return i
		}
	}
	return -1
}

// audience is the one in force for a step's answers under this session's policy;
// warned says that the counselor may bring the answer to both.
func (s *State) audience(step *exercise.Instruction) (a exercise.Audience, warned bool) {
	return s.Facts.Policy.Secrets.Audience(step)
}

// Audience is the one that a policy puts in force for a step's answers; warned says
// that the counselor may bring the answer to both.
func (p Secrets) Audience(step *exercise.Instruction) (a exercise.Audience, warned bool) {
	switch {
	case step.Kind == exercise.Mirror:
		return exercise.Room, false // what is mirrored in writing is for the speaker to judge
	case !step.Kind.Answers():
		return "", false
	case step.Audience != exercise.ToCounselor || p == LimitedSecrets:
		return step.Audience, false
	case step.NoSecrets == exercise.Warned:
		return exercise.ToCounselor, true
	}
	return exercise.Device, false
}
