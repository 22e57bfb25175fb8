package session

import (
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
)

// Event is what has happened. The set is closed, the names are past tense, and
// every stored name decodes for ever. An event carries its consequences (where a
// move leads, when a deadline falls), so that a later machine replays an old log
// to the same state. Who did it and when stand in the Record.
type Event interface {
	// Type is the stored name with its version, "admitted.v1".
	Type() string
	// apply gives the state after it; total, whatever the event holds.
	apply(State, Record) State
}

type (
	Opened struct {
		Facts Facts `json:"facts"`
	}
	Invited struct {
		Seat Seat `json:"seat"`
	}
	AgendaSet struct {
		Agenda []Planned `json:"agenda"`
	}
	CounselorsNamed struct {
		Names private.Text `json:"names"`
		Anew  bool         `json:"anew,omitempty"`
	}
	Consented struct {
		Policy   int               `json:"policy"`
		Language exercise.Language `json:"language,omitempty"`
	}
	LanguageSet struct {
		Language exercise.Language `json:"language"`
	}
	Admitted struct {
		Seat Seat `json:"seat"`
	}
	SteppedOut struct {
		Seat Seat `json:"seat"`
	}
	Removed struct {
		Seat Seat `json:"seat"`
	}
	Left struct{}

	// Entry is how a step begins or goes on: worked out when it is entered, so that
	// no later machine works it out differently. Visit tells a fresh visit from one
	// that is returned to, whose answers are as they were.
	Entry struct {
		Visit    int               `json:"visit"`
		Deadline *time.Time        `json:"deadline,omitempty"` // nil: no timer
		Cards    []exercise.Choice `json:"cards,omitempty"`    // sort: made of answers that were shared
		Wording  *Wording          `json:"wording,omitempty"`  // agree: the first wording
	}

	ExerciseStarted struct {
		Program exercise.Program `json:"program"`
		Cast    Cast             `json:"cast"`
		Entry   *Entry           `json:"entry,omitempty"`
		// Homework is told here, as it stood when a frame began to read it back.
		Homework []Homework `json:"homework,omitempty"`
	}
	ExerciseStopped struct{}
	// Moved leads from one step to another; To == len(steps) completes the exercise.
	Moved struct {
		Step  string `json:"step"`
		Cause Cause  `json:"cause"`
		To    int    `json:"to"`
		Entry *Entry `json:"entry,omitempty"` // nil where the exercise is complete
	}
	// Heard is the first speaker's judgement; To is where it leads.
	Heard struct {
		Step  string  `json:"step"`
		Heard Hearing `json:"heard"`
		To    int     `json:"to"`
		Entry *Entry  `json:"entry,omitempty"`
	}
	Readied struct {
		Step string `json:"step"`
	} // also done_private
	Submitted struct {
		Step   string `json:"step"`
		Answer Answer `json:"answer"`
		// Audience is the one in force when it was given; it decides under whose
		// key the words are stored.
		Audience exercise.Audience `json:"audience"`
		To       *int              `json:"to,omitempty"` // a written mirror yields as well
		Entry    *Entry            `json:"entry,omitempty"`
	}
	Declined struct {
		Step string `json:"step"`
	} // a partner's "skip this one"
	TakenBack struct {
		Step string `json:"step"`
	}
	// Revealed carries a copy of what was shared: from that moment on it belongs to
	// both, whatever becomes of either one's own words.
	Revealed struct {
		Step  string `json:"step"`
		Pairs []Pair `json:"pairs"`
	}
	// Erased stands where a record's words are gone because their owner's key was
	// destroyed. It changes nothing but seq; only store makes it.
	Erased struct{}
	Asked  struct {
		Step     string       `json:"step"`
		Question int          `json:"question"`
		Text     private.Text `json:"text"`
	}
	Dealt struct {
		Step     string       `json:"step"`
		Question int          `json:"question"`
		To       Dealing      `json:"to"`
		Text     private.Text `json:"text,omitempty"`
	}
	Replied struct {
		Step     string       `json:"step"`
		Question int          `json:"question"`
		How      Replying     `json:"how"`
		Text     private.Text `json:"text,omitempty"`
	}
	GateAnswered struct {
		Step   string       `json:"step"`
		Choice string       `json:"choice,omitempty"`
		Text   private.Text `json:"text,omitempty"`
	}
	WordingEdited struct {
		Step    string  `json:"step"`
		Wording Wording `json:"wording"`
	}
	Signed struct {
		Step    string `json:"step"`
		Wording int    `json:"wording"`
		// Concluded is set by the second signature: the agreement this makes.
		Concluded *Agreement `json:"concluded,omitempty"`
	}
	PutOff struct {
		Step string `json:"step"`
	} // "not today"
	Withdrawn struct {
		Agreement string `json:"agreement"`
	}
	Extended struct {
		Step     string     `json:"step"`
		Deadline *time.Time `json:"deadline,omitempty"` // nil: no timer
	}
	MirrorSet struct {
		Step    string `json:"step"`
		Writing bool   `json:"writing"`
	}
	Paused      struct{}
	Neutralised struct{}
	ReturnSet   struct {
		At time.Time `json:"at"`
	}
	Resumed struct {
		Deadline *time.Time `json:"deadline,omitempty"` // the step's, later by the pause
	}
	Whispered struct {
		To   Seat         `json:"to"`
		Text private.Text `json:"text"`
	}
	Marked struct {
		Kind Marker       `json:"kind"`
		Text private.Text `json:"text,omitempty"`
	}
	DialSet struct {
		Value int `json:"value"`
	}
	Ended struct{}
)

func (Opened) Type() string          { return "opened.v1" }
func (Invited) Type() string         { return "invited.v1" }
func (AgendaSet) Type() string       { return "agenda_set.v1" }
func (CounselorsNamed) Type() string { return "counselors_named.v1" }
func (Consented) Type() string       { return "consented.v1" }
func (LanguageSet) Type() string     { return "language_set.v1" }
func (Admitted) Type() string        { return "admitted.v1" }
func (SteppedOut) Type() string      { return "stepped_out.v1" }
func (Removed) Type() string         { return "removed.v1" }
func (Left) Type() string            { return "left.v1" }
func (ExerciseStarted) Type() string { return "exercise_started.v1" }
func (ExerciseStopped) Type() string { return "exercise_stopped.v1" }
func (Moved) Type() string           { return "moved.v1" }
func (Heard) Type() string           { return "heard.v1" }
func (Readied) Type() string         { return "readied.v1" }
func (Submitted) Type() string       { return "submitted.v1" }
func (Declined) Type() string        { return "declined.v1" }
func (TakenBack) Type() string       { return "taken_back.v1" }
func (Revealed) Type() string        { return "revealed.v1" }
func (Erased) Type() string          { return "erased.v1" }
func (Asked) Type() string           { return "asked.v1" }
func (Dealt) Type() string           { return "dealt.v1" }
func (Replied) Type() string         { return "replied.v1" }
func (GateAnswered) Type() string    { return "gate_answered.v1" }
func (WordingEdited) Type() string   { return "wording_edited.v1" }
func (Signed) Type() string          { return "signed.v1" }
func (PutOff) Type() string          { return "put_off.v1" }
func (Withdrawn) Type() string       { return "withdrawn.v1" }
func (Extended) Type() string        { return "extended.v1" }
func (MirrorSet) Type() string       { return "mirror_set.v1" }
func (Paused) Type() string          { return "paused.v1" }
func (Neutralised) Type() string     { return "neutralised.v1" }
func (ReturnSet) Type() string       { return "return_set.v1" }
func (Resumed) Type() string         { return "resumed.v1" }
func (Whispered) Type() string       { return "whispered.v1" }
func (Marked) Type() string          { return "marked.v1" }
func (DialSet) Type() string         { return "dial_set.v1" }
func (Ended) Type() string           { return "ended.v1" }
