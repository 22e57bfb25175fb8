package session

import (
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
)

// Command is what somebody asks of a session. The set is closed. Name is the word
// on the wire and in a view's YouMay.
//
// Step, where a command has one, is the key of the step that the sender was
// looking at (StepView.Key). A command for another step is refused as stale, so a
// tap that crosses the counselor's on the wire cannot land in the wrong place.
//
// Its rules stand in decide_*.go. Both methods see one state and change nothing.
type Command interface {
	Name() string
	// may is the guard: nil, a refusal, or errAlready. It alone says who may give the
	// command and when; Decide and YouMay both ask it.
	may(question) error
	// event weighs what the command carries and says what happens: nil for "already so".
	event(question) (Event, error)
}

type (
	// Open starts the log: the suitability gate stands here. It comes from the
	// server when the counselor makes the first link, never from a socket.
	Open struct{ Facts Facts }
	// Invite says that a new personal link was made for a seat; an older device is out.
	Invite struct{ Seat Seat }
	// SetAgenda replaces what is planned; what has been run stays.
	SetAgenda struct{ Agenda []Planned }
	// NameCounselors says who leads the room from now on, as all three are told. Anew
	// where somebody else will read: who waits at the door is asked for consent once more.
	NameCounselors struct {
		Names private.Text
		Anew  bool
	}

	Admit   struct{ Who Seat }
	StepOut struct{ Who Seat } // sends one partner back to wait
	Remove  struct{ Who Seat }

	// StartExercise carries the compiled program: the machine knows no catalog.
	StartExercise struct {
		Program exercise.Program
		Cast    map[exercise.Role]Seat
		Sure    bool // a deep exercise is to start although somebody is hardly steady
		// Homework is what is to be read back: it comes from the server when a frame
		// starts, never from a socket.
		Homework []Homework
	}
	Advance      struct{ Step string }
	Back         struct{ Step string } // to the step before, with its answers as they were; also undoes Advance
	Repeat       struct{ Step string } // the same step afresh; the earlier answers stay in the log
	Skip         struct{ Step string } // counselor: leaves the step, marked so. Partner: answers this one with nothing
	StopExercise struct{}
	PassTurn     struct{ Step string } // the counselor ends a turn for whoever holds the floor
	Extend       struct {
		Step    string
		Seconds int  // 1–600; a floor holder may ask for 30
		Off     bool // no timer at all
	}
	RevealAnswers struct{ Step string }
	AnswerGate    struct {
		Step   string
		Choice string
		Text   private.Text
	}
	SetMirror struct {
		Step    string
		Writing bool // the listener writes it instead of saying it
	}
	Deal struct { // the counselor sorts one question of the tray
		Step     string
		Question int
		To       Dealing
		Text     private.Text // the wording, where the two reshaped it
	}
	SetReturn struct{ At time.Time }
	Resume    struct{}
	Neutral   struct{} // both phones to a neutral screen, at once, without a word why
	Whisper   struct {
		To   Seat
		Text private.Text
	}
	Mark struct {
		Kind Marker
		Text private.Text
	}
	End struct{}

	// Consent is also the knock at the door.
	Consent struct {
		Policy   int               // the version that was on the screen
		Language exercise.Language // to read in; empty keeps the one there is
	}
	SetLanguage struct{ Language exercise.Language } // to read in from now on
	Ready       struct{ Step string }                // read, breathe, apart: I am done with this
	Yield       struct{ Step string }                // the holder gives the floor on
	Confirm     struct {
		Step  string
		Heard Hearing
	}
	Submit struct {
		Step   string
		Answer Answer
	}
	TakeBack    struct{ Step string } // one's own answer, until it is revealed
	AskQuestion struct {
		Step string
		Text private.Text
	}
	Reply struct {
		Step     string
		Question int
		How      Replying
		Text     private.Text // the answer given is spoken; this is the date, or why not
	}
	Edit struct {
		Step    string
		Wording Wording
	}
	Sign struct {
		Step    string
		Wording int // its revision: a signature is for exactly these words
	}
	NotToday    struct{ Step string }
	Withdraw    struct{ Agreement string }
	DonePrivate struct{ Step string } // device: done, with nothing to send
	SetDial     struct{ Value int }   // steadiness 0–10, settled
	Pause       struct{}              // silent: no view tells a partner whose it was
	Leave       struct{}
)

func (Open) Name() string           { return "open" }
func (Invite) Name() string         { return "invite" }
func (SetAgenda) Name() string      { return "set_agenda" }
func (NameCounselors) Name() string { return "name_counselors" }
func (Admit) Name() string          { return "admit" }
func (StepOut) Name() string        { return "step_out" }
func (Remove) Name() string         { return "remove" }
func (StartExercise) Name() string  { return "start_exercise" }
func (Advance) Name() string        { return "advance" }
func (Back) Name() string           { return "back" }
func (Repeat) Name() string         { return "repeat" }
func (Skip) Name() string           { return "skip" }
func (StopExercise) Name() string   { return "stop_exercise" }
func (PassTurn) Name() string       { return "pass_turn" }
func (Extend) Name() string         { return "extend" }
func (RevealAnswers) Name() string  { return "reveal" }
func (AnswerGate) Name() string     { return "answer_gate" }
func (SetMirror) Name() string      { return "set_mirror" }
func (Deal) Name() string           { return "tray" }
func (SetReturn) Name() string      { return "set_return" }
func (Resume) Name() string         { return "resume" }
func (Neutral) Name() string        { return "neutral" }
func (Whisper) Name() string        { return "whisper" }
func (Mark) Name() string           { return "mark" }
func (End) Name() string            { return "end" }
func (Consent) Name() string        { return "consent" }
func (SetLanguage) Name() string    { return "set_language" }
func (Ready) Name() string          { return "ready" }
func (Yield) Name() string          { return "yield" }
func (Confirm) Name() string        { return "confirm" }
func (Submit) Name() string         { return "submit" }
func (TakeBack) Name() string       { return "take_back" }
func (AskQuestion) Name() string    { return "ask" }
func (Reply) Name() string          { return "reply" }
func (Edit) Name() string           { return "edit" }
func (Sign) Name() string           { return "sign" }
func (NotToday) Name() string       { return "not_today" }
func (Withdraw) Name() string       { return "withdraw" }
func (DonePrivate) Name() string    { return "done_private" }
func (SetDial) Name() string        { return "dial" }
func (Pause) Name() string          { return "pause" }
func (Leave) Name() string          { return "leave" }
