package record

import (
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

// Summary is what the counselor is shown of one session: for the counselor alone,
// and true at every moment, also of a session that is still running or that ended
// early. Its parts are in the order in which things happened.
type Summary struct {
	State     State      `json:"state"`
	OpenedAt  *time.Time `json:"opened_at,omitempty"`  // the suitability gate was passed
	StartedAt *time.Time `json:"started_at,omitempty"` // the first admission
	EndedAt   *time.Time `json:"ended_at,omitempty"`
	LastAt    *time.Time `json:"last_at,omitempty"` // the last thing in the log
	// Seconds run from the first admission to the end, or to the last thing in the
	// log; PausedSeconds of them were pauses.
	Seconds       int `json:"seconds"`
	PausedSeconds int `json:"paused_seconds"`

	People      session.People            `json:"people"`
	Policy      session.Policy            `json:"policy"`
	Consents    map[session.Seat]Accepted `json:"consents"` // each partner's own, the latest
	Suitability *session.Suitability      `json:"suitability,omitempty"`

	Agenda     []Outcome  `json:"agenda"`
	Exercises  []Passage  `json:"exercises"`
	Agreements Agreements `json:"agreements"`
	// Homework is what was read back of the time before the session.
	Homework   []session.HomeworkView `json:"homework,omitempty"`
	Ratings    []Rating               `json:"ratings"`    // every scale that was answered and may be read
	Steadiness []Dialling             `json:"steadiness"` // each settled value of a partner's dial
	Pauses     []Break                `json:"pauses"`
	Absences   []Absence              `json:"absences"`
	Marks      []Marking              `json:"marks"`
	Whispers   []Whispering           `json:"whispers"`
	Early      *Early                 `json:"early,omitempty"`  // it ended before all that was begun or planned was done
	Erased     int                    `json:"erased,omitempty"` // records whose words are gone because their owner asked for it
	// Imported: it was held before Mend was used, and nothing but its day is known here.
	Imported bool `json:"imported,omitempty"`
}

// HeldElsewhere makes a summary that of a session without a log: who and when.
func (s *Summary) HeldElsewhere(people session.People, at *time.Time) {
	s.Imported, s.State, s.People = true, Ended, people
	s.StartedAt, s.EndedAt = at, at
}

// NameOfErased stands where the name of somebody would, who was erased at their request.
func NameOfErased(in exercise.Language) private.Text {
	if in == exercise.Spanish {
		return "[datos borrados a petición suya]"
	}
	return "[erased at their request]"
}

// State is how far a session is.
type State string

const (
	Planned State = "planned" // nothing has happened yet
	Open    State = "open"    // links were made, nobody was admitted
	Live    State = "live"
	Ended   State = "ended"
)

// Accepted is one partner's consent: when, and to which version of the policy.
type Accepted struct {
	At     time.Time `json:"at"`
	Policy int       `json:"policy"`
}

// Outcome is what became of one line of the agenda.
type Outcome struct {
	session.Planned
	Fate Fate `json:"fate"`
	Run  int  `json:"run,omitempty"` // Passage.Run of the last time it was begun
}

// Fate says what became of something planned or begun.
type Fate string

const (
	NotRun  Fate = "not_run"
	Running Fate = "running"
	Done    Fate = "done"
	Stopped Fate = "stopped"   // by the counselor
	CutOff  Fate = "cut_short" // the session ended while it ran
)

// Passage is one run through an exercise.
type Passage struct {
	Run       int                      `json:"run"` // 1, 2, … within the session
	Exercise  string                   `json:"exercise"`
	Version   int                      `json:"version"`
	Title     string                   `json:"title"`
	Phase     exercise.Phase           `json:"phase"`
	Intensity exercise.Intensity       `json:"intensity"`
	Frame     bool                     `json:"frame,omitempty"`
	Roles     map[exercise.Role]string `json:"roles"`
	Cast      session.Cast             `json:"cast"`
	StartedAt time.Time                `json:"started_at"`
	EndedAt   *time.Time               `json:"ended_at,omitempty"`
	Fate      Fate                     `json:"fate"`

	Stays []Stay `json:"stays"`
	// Floor is how long each held the floor, in seconds, pauses taken out. It is
	// for the counselor: talk time is never shown to partners.
	Floor   map[session.Seat]int   `json:"floor"`
	Mirrors []Mirroring            `json:"mirrors"`
	Shared  []session.RevealedPair `json:"shared"`      // what both were shown side by side
	Unmet   []Unmet                `json:"not_reached"` // steps that were never come to
}

// Stay is one visit to a step, from arriving to moving on. A step that was gone
// back to or repeated has several; Step, its key, tells whether the answers were
// taken up again (the same key) or asked afresh (a new one).
type Stay struct {
	Step    string             `json:"step"`
	Index   int                `json:"index"`
	Kind    exercise.Kind      `json:"kind"`
	Round   int                `json:"round"`
	Title   string             `json:"title,omitempty"`
	Who     []session.Seat     `json:"who"`
	From    time.Time          `json:"from"`
	Until   *time.Time         `json:"until,omitempty"` // absent while it is the present step
	Seconds int                `json:"seconds"`         // pauses taken out
	Left    Leaving            `json:"left,omitempty"`
	By      session.Role       `json:"by,omitempty"` // who moved on
	Floor   *session.Seat      `json:"floor,omitempty"`
	Asked   *Posed             `json:"asked,omitempty"`
	Answers []Given            `json:"answers,omitempty"`
	Ready   []session.Seat     `json:"ready,omitempty"`    // read, breathed, or done on their own phone
	Passed  []session.Seat     `json:"declined,omitempty"` // chose to skip this one
	PutOff  []session.Seat     `json:"put_off,omitempty"`  // agree: "not today"
	Signed  []session.Seat     `json:"signed,omitempty"`   // agree: signed the wording as it stood last
	Edits   int                `json:"edits,omitempty"`    // agree: how often the wording was changed
	Wording *session.Wording   `json:"wording,omitempty"`  // agree: as it stood last
	Heard   session.Hearing    `json:"heard,omitempty"`    // confirm: the judgement given
	Gate    *Gate              `json:"gate,omitempty"`     // gate: answered
	Shown   *time.Time         `json:"revealed_at,omitempty"`
	Tray    []session.TrayItem `json:"tray,omitempty"`
	Untimed bool               `json:"untimed,omitempty"` // the timer was taken off
	Extends int                `json:"extends,omitempty"` // how often it was given more time
}

// Leaving is why a step was left.
type Leaving string

const (
	LeftByAdvance Leaving = "advance"
	LeftBySkip    Leaving = "skip"
	LeftByBack    Leaving = "back"
	LeftByRepeat  Leaving = "repeat"
	LeftByYield   Leaving = "yield"
	LeftByPass    Leaving = "pass"
	LeftByHeard   Leaving = "heard" // the first speaker's judgement led on
	LeftByStop    Leaving = "stop"  // the exercise was stopped
	LeftByEnd     Leaving = "end"   // the session was ended
)

// Posed is what a step that takes an answer put before each partner, worded as it
// was on the screen.
type Posed struct {
	Prompts  map[session.Seat]string `json:"prompts"`
	Audience exercise.Audience       `json:"audience"`
	Options  []exercise.Choice       `json:"options,omitempty"`
	Cards    []exercise.Choice       `json:"cards,omitempty"`
	Buckets  []exercise.Choice       `json:"buckets,omitempty"`
	Low      string                  `json:"low,omitempty"`
	High     string                  `json:"high,omitempty"`
	Measure  string                  `json:"measure,omitempty"`
}

// Gate is the counselor's answer to the question that stood before the next step,
// with the question and the options as they were worded.
type Gate struct {
	session.Answer
	Question string            `json:"question"` // Markdown
	Options  []exercise.Choice `json:"options,omitempty"`
}

// Given is that a partner answered, and, where the counselor may read it and it
// was to be kept, what.
type Given struct {
	Who    session.Seat    `json:"who"`
	At     *time.Time      `json:"at,omitempty"` // absent for an answer that never left the phone
	Answer *session.Answer `json:"answer,omitempty"`
	// Held says why Answer is absent.
	Held Held `json:"held,omitempty"`
}

// Held is why an answer's words are not in the summary.
type Held string

const (
	OnPhone Held = "on_phone" // it never left the writer's phone
	Sealed  Held = "sealed"   // it was never revealed
	NotKept Held = "not_kept" // the step says that it goes with the step, or with the session
)

// Mirroring is one round of speak, mirror and confirm: how often the first speaker
// said that this was not yet it, and when they said that it was.
type Mirroring struct {
	Index      int          `json:"index"` // of the confirm step
	Round      int          `json:"round"`
	Speaker    session.Seat `json:"speaker"`
	Listener   session.Seat `json:"listener"`
	Judgements []Judgement  `json:"judgements"`
	Loops      int          `json:"loops"` // judgements other than "yes"
	HeardAt    *time.Time   `json:"heard_at,omitempty"`
}

// Judgement is the first speaker's word on one mirror.
type Judgement struct {
	At    time.Time       `json:"at"`
	Heard session.Hearing `json:"heard"`
}

// Unmet is a step that was never reached.
type Unmet struct {
	Index int           `json:"index"`
	Kind  exercise.Kind `json:"kind"`
	Round int           `json:"round"`
	Title string        `json:"title,omitempty"`
}

// Agreements are what stood when the session opened and what was done about them
// and beside them.
type Agreements struct {
	Standing  []session.Agreement `json:"standing"` // in force at the start, read back
	Concluded []session.Agreement `json:"concluded"`
	Withdrawn []session.Agreement `json:"withdrawn"`
	Edits     int                 `json:"edits"`
	PutOff    int                 `json:"put_off"` // agreements that somebody did not want today
}

// Rating is one partner's answer to a scale, 0–10 between worded ends.
type Rating struct {
	Run      int               `json:"run"`
	Step     string            `json:"step"`
	Exercise string            `json:"exercise"`
	Title    string            `json:"title"` // the exercise's
	Measure  string            `json:"measure"`
	Who      session.Seat      `json:"who"`
	At       time.Time         `json:"at"`
	Value    int               `json:"value"`
	Low      string            `json:"low,omitempty"`
	High     string            `json:"high,omitempty"`
	Audience exercise.Audience `json:"audience"`
	Turn     Turn              `json:"turn"`
}

// Turn tells a partner's first and last rating of a measure in one session apart,
// so that before and after can be set side by side.
type Turn string

const (
	Only   Turn = "only"
	Before Turn = "before"
	During Turn = "during"
	After  Turn = "after"
)

// Dialling is a settled value of one partner's steadiness dial, 0–10.
type Dialling struct {
	At    time.Time    `json:"at"`
	Who   session.Seat `json:"who"`
	Value int          `json:"value"`
	Turn  Turn         `json:"turn"`
}

// Break is one pause.
type Break struct {
	Since    time.Time    `json:"since"`
	By       session.Role `json:"by"`
	Neutral  bool         `json:"neutral,omitempty"` // the counselor dropped the room to a neutral screen
	ReturnAt *time.Time   `json:"return_at,omitempty"`
	Resumed  *time.Time   `json:"resumed_at,omitempty"`
	Return   Return       `json:"return"`
}

// Return is whether a pause's time of return was kept.
type Return string

const (
	NoReturnSet Return = "not_set"
	ReturnKept  Return = "kept" // resumed at the time set, or within five minutes of it
	ReturnEarly Return = "early"
	ReturnLate  Return = "late"
	NotReturned Return = "not_returned" // the session ended out of the pause
	StillPaused Return = "still_paused"
)

// Absence is a stretch in which one partner was not in the room.
type Absence struct {
	Who   session.Seat      `json:"who"`
	How   session.SeatState `json:"how"` // out | left | removed
	From  time.Time         `json:"from"`
	Until *time.Time        `json:"until,omitempty"` // absent: they did not come back
}

// Marking is a tap of the counselor's on something that just happened.
type Marking struct {
	session.MarkView
	Run  int    `json:"run,omitempty"`
	Step string `json:"step,omitempty"` // absent between exercises
}

// Whispering is a line that the counselor sent to one partner's phone.
type Whispering struct {
	session.WhisperView
	At   time.Time `json:"at"`
	Step string    `json:"step,omitempty"`
}

// Early is what an ended session leaves undone.
type Early struct {
	Exercise string            `json:"exercise,omitempty"` // the title of the one that was running
	Index    int               `json:"index"`              // the step it stood at, and of how many
	Of       int               `json:"of"`
	NotRun   []session.Planned `json:"not_run"`
	Stopped  []session.Planned `json:"stopped"`
	Paused   bool              `json:"paused,omitempty"`   // it ended out of a pause
	Unclosed bool              `json:"unclosed,omitempty"` // a closing was planned and not completed
}
