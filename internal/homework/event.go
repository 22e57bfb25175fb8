package homework

import (
	"encoding/json"
	"fmt"
	"slices"

	"mend/internal/exercise"
	"mend/internal/session"
)

// Event is what has happened. The set is closed, and every stored name decodes for
// ever. Who did it and when stand in the Record.
type Event interface {
	// Type is the stored name with its version.
	Type() string
	// apply gives the state after it; total, whatever the event holds.
	apply(State, Record) State
}

type (
	WasSet struct {
		Facts Facts `json:"facts"`
	}
	Consented struct {
		Policy   int               `json:"policy"`
		Language exercise.Language `json:"language,omitempty"`
	}
	LanguageSet struct {
		Language exercise.Language `json:"language"`
	}
	Answered struct {
		Step   int            `json:"step"`
		Answer session.Answer `json:"answer"`
		// Audience is the one in force when it was given; it decides under whose key the
		// words are stored.
		Audience exercise.Audience `json:"audience"`
	}
	Readied struct {
		Step int `json:"step"`
	}
	Declined struct {
		Step int `json:"step"`
	}
	TakenBack struct {
		Step int `json:"step"`
	}
	// Revealed carries a copy of what was shared: from that moment on it belongs to both.
	Revealed struct {
		Step   int      `json:"step"`
		Opened []Opened `json:"opened"`
	}
	// Opened are the two answers to one step.
	Opened struct {
		Step int            `json:"step"`
		One  session.Answer `json:"one"`
		Two  session.Answer `json:"two"`
	}
	Closed      struct{}
	WasReadBack struct {
		Session string `json:"session"`
	}
	// Erased stands where a record's words are gone because their owner's key was
	// destroyed. Only store makes it.
	Erased struct{}
)

func (WasSet) Type() string      { return "set.v1" }
func (Consented) Type() string   { return "consented.v1" }
func (LanguageSet) Type() string { return "language_set.v1" }
func (Answered) Type() string    { return "answered.v1" }
func (Readied) Type() string     { return "readied.v1" }
func (Declined) Type() string    { return "declined.v1" }
func (TakenBack) Type() string   { return "taken_back.v1" }
func (Revealed) Type() string    { return "revealed.v1" }
func (Closed) Type() string      { return "closed.v1" }
func (WasReadBack) Type() string { return "read_back.v1" }
func (Erased) Type() string      { return "erased.v1" }

// Apply is total: whatever was stored, it gives the next state. What changes is copied
// first.
func Apply(s State, r Record) State {
	s.Seq = r.Seq
	if r.Event == nil {
		return s
	}
	return r.Event.apply(s, r)
}

func (e WasSet) apply(s State, r Record) State {
	s.SetAt, s.Facts = r.At, e.Facts
	s.Parts = make([]session.Each[Part], len(e.Facts.Program.Steps))
	s.Shared = make([]*session.Pair, len(e.Facts.Program.Steps))
	return s
}

func (e Consented) apply(s State, r Record) State {
	if e.Language != "" {
		s = LanguageSet{e.Language}.apply(s, r)
	}
	s.Consents = s.Consents.With(session.Seat(r.By), e.Policy)
	return s
}

func (e LanguageSet) apply(s State, r Record) State {
	s.Languages = s.Languages.With(session.Seat(r.By), e.Language)
	return s
}

func (e Answered) apply(s State, r Record) State {
	return s.part(e.Step, r.By, Part{Answer: &e.Answer})
}

func (e Readied) apply(s State, r Record) State {
	return s.part(e.Step, r.By, Part{Ready: true})
}

func (e Declined) apply(s State, r Record) State {
	return s.part(e.Step, r.By, Part{Declined: true})
}

func (e TakenBack) apply(s State, r Record) State { return s.part(e.Step, r.By, Part{}) }

// part is the state in which a partner has done something else in a step.
func (s State) part(step int, by session.Role, now Part) State {
	seat, ok := by.Seat()
	if !ok || s.step(step) == nil {
		return s
	}
	now.Rev = s.Parts[step].Of(seat).Rev + 1
	s.Parts = slices.Clone(s.Parts)
	s.Parts[step] = s.Parts[step].With(seat, now)
	return s
}

func (e Revealed) apply(s State, _ Record) State {
	s.Shared = slices.Clone(s.Shared)
	for _, o := range e.Opened {
		if s.step(o.Step) != nil {
			s.Shared[o.Step] = &session.Pair{Step: key(o.Step), One: o.One, Two: o.Two}
		}
	}
	return s
}

func (Closed) apply(s State, r Record) State {
	s.ClosedAt = r.At
	return s
}

func (WasReadBack) apply(s State, r Record) State {
	s.ReadAt = r.At
	return s
}

func (Erased) apply(s State, _ Record) State { return s }

// EncodeEvent gives an event's stored name and its JSON.
func EncodeEvent(e Event) (typ string, payload []byte, err error) {
	payload, err = json.Marshal(e)
	if err != nil {
		return "", nil, fmt.Errorf("encode %s: %w", e.Type(), err)
	}
	return e.Type(), payload, nil
}

// DecodeEvent is the way back. Its errors repeat no word of the payload.
func DecodeEvent(typ string, payload []byte) (Event, error) {
	decode, ok := decoders[typ]
	if !ok {
		return nil, fmt.Errorf("decode homework: unknown type %q", typ)
	}
	return decode(payload)
}

func decodeAs[E Event](payload []byte) (Event, error) {
	var e E
	if err := json.Unmarshal(payload, &e); err != nil {
		return nil, fmt.Errorf("decode %s: not the JSON of this event", e.Type())
	}
	return e, nil
}

var decoders = map[string]func([]byte) (Event, error){
	WasSet{}.Type():      decodeAs[WasSet],
	Consented{}.Type():   decodeAs[Consented],
	LanguageSet{}.Type(): decodeAs[LanguageSet],
	Answered{}.Type():    decodeAs[Answered],
	Readied{}.Type():     decodeAs[Readied],
	Declined{}.Type():    decodeAs[Declined],
	TakenBack{}.Type():   decodeAs[TakenBack],
	Revealed{}.Type():    decodeAs[Revealed],
	Closed{}.Type():      decodeAs[Closed],
	WasReadBack{}.Type(): decodeAs[WasReadBack],
	Erased{}.Type():      decodeAs[Erased],
}
