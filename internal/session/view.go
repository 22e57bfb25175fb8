package session

import (
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
)

// View is what one role is shown: CounselorView or PartnerView. Views are built
// up from nothing, never filtered down: a type for partners has no field that
// could hold what a partner may not see. They are the wire's own types.
type View interface{ view() }

// Phase is where the session stands, as the reader may know it.
type Phase string

const (
	InLobby    Phase = "lobby" // not started; to a partner: not (or no longer) admitted
	Between    Phase = "open"  // admitted, between exercises
	InExercise Phase = "exercise"
	OnPause    Phase = "paused"
	HasEnded   Phase = "ended"
)

// SeatState is where a partner stands at the door.
type SeatState string

const (
	Invitee    SeatState = "invited"  // has not consented on this device
	AtDoor     SeatState = "knocking" // consented, waits to be admitted
	Inside     SeatState = "admitted"
	Outside    SeatState = "out"  // stepped out at the counselor's wish
	Gone       SeatState = "left" // chose to leave
	RemovedOut SeatState = "removed"
)

// PartnerView is everything a partner's phone is ever sent of the session.
type PartnerView struct {
	Phase      Phase           `json:"phase"`
	Rehearsal  bool            `json:"rehearsal,omitempty"` // nobody here is real
	You        Seat            `json:"you"`
	Door       SeatState       `json:"door"`
	People     People          `json:"people"`
	YouMay     []string        `json:"you_may"`
	Policy     *Policy         `json:"policy,omitempty"` // for the consent page, from opened on
	Exercise   *ExerciseHead   `json:"exercise,omitempty"`
	Step       *PartnerStep    `json:"step,omitempty"`
	Pause      *PauseView      `json:"pause,omitempty"`
	Whispers   []private.Text  `json:"whispers,omitempty"`   // to you, in this step
	Agreements []AgreementView `json:"agreements,omitempty"` // in force, incl. concluded today
	Dial       *int            `json:"dial,omitempty"`       // your own steadiness, as you last set it
	Homework   []HomeworkView  `json:"homework,omitempty"`   // what was set since last time, while it is read back
	// Language is the one you read in, once you chose one.
	Language exercise.Language `json:"language,omitempty"`
}

// ExerciseHead names the running exercise.
type ExerciseHead struct {
	ID        string             `json:"id"`
	Version   int                `json:"version"`
	Title     string             `json:"title"`
	Intensity exercise.Intensity `json:"intensity"`
	Cast      Cast               `json:"cast"`
}

// StepHead is what all three may know of a step.
type StepHead struct {
	Key       string            `json:"key"`   // "run.index.visit": names this step in commands
	Index     int               `json:"index"` // 0-based
	Of        int               `json:"of"`
	Kind      exercise.Kind     `json:"kind"`
	Who       []Seat            `json:"who"` // whose step it is
	Round     int               `json:"round"`
	Title     string            `json:"title,omitempty"`
	Note      string            `json:"note,omitempty"` // Markdown
	Seconds   int               `json:"seconds,omitempty"`
	Deadline  *time.Time        `json:"deadline,omitempty"` // absent: no timer, or taken off
	Floor     *Seat             `json:"floor,omitempty"`
	Skippable bool              `json:"skippable,omitempty"`
	Writing   bool              `json:"writing,omitempty"` // mirror: to be written rather than said
	Again     Hearing           `json:"again,omitempty"`   // speak, mirror: reached by "almost" or "more" rather than for the first time
	Offers    []Hearing         `json:"offers,omitempty"`  // confirm: the judgements on offer
	Options   []exercise.Choice `json:"options,omitempty"`
	Other     bool              `json:"other,omitempty"`
	AtMost    int               `json:"at_most,omitempty"`
	Cards     []exercise.Choice `json:"cards,omitempty"`
	Buckets   []exercise.Choice `json:"buckets,omitempty"`
	Low       string            `json:"low,omitempty"`
	High      string            `json:"high,omitempty"`
	MaxLength int               `json:"max_length,omitempty"`
	Audience  exercise.Audience `json:"audience,omitempty"` // the one in force, after the secrets policy
	Warned    bool              `json:"warned,omitempty"`   // counselor audience under no secrets: may be brought to both
	Preview   bool              `json:"preview,omitempty"`  // the counselor may read it before the reveal
	Elsewise  string            `json:"elsewise,omitempty"`
	Sentence  string            `json:"frame,omitempty"`
	About     []private.Text    `json:"about,omitempty"`     // the questions that this step is about: those that both know
	Wording   *Wording          `json:"wording,omitempty"`   // agree
	Signed    []Seat            `json:"signed,omitempty"`    // agree: who signed this very wording
	Concluded bool              `json:"concluded,omitempty"` // agree: both did
	Revealed  []RevealedPair    `json:"revealed,omitempty"`  // reveal: once revealed, and the room's answers of this step
}

// PartnerStep is a step as one partner sees it.
type PartnerStep struct {
	StepHead
	Prompt    string            `json:"prompt,omitempty"` // this role's own, Markdown; empty on the counselor's private steps (kind "wait")
	Mine      *Answer           `json:"mine,omitempty"`   // what I gave in this step, while I may still see or change it; with the floor, my earlier words to read out
	Finished  bool              `json:"finished"`         // whether I am; never whether the other is
	Declined  bool              `json:"declined,omitempty"`
	PutOff    bool              `json:"put_off,omitempty"` // I said "not today"
	Questions []PartnerQuestion `json:"questions,omitempty"`
}

// Wait is the kind that partners see in place of the counselor's own steps.
const Wait exercise.Kind = "wait"

// RevealedPair is a step's two answers, side by side. Partners see a pair only
// whole; a room answer appears as soon as it is given.
type RevealedPair struct {
	Step    string            `json:"step"` // the key of the step that was answered
	Kind    exercise.Kind     `json:"kind"`
	Title   string            `json:"title,omitempty"`
	Prompt  string            `json:"prompt"`
	Prompts map[Seat]string   `json:"prompts,omitempty"` // where the two were asked in different words
	Low     string            `json:"low,omitempty"`
	High    string            `json:"high,omitempty"`
	Options []exercise.Choice `json:"options,omitempty"`
	Cards   []exercise.Choice `json:"cards,omitempty"`
	Buckets []exercise.Choice `json:"buckets,omitempty"`
	One     *Answer           `json:"one,omitempty"`
	Two     *Answer           `json:"two,omitempty"`
}

// PartnerQuestion is a question of the tray as a partner may see it: the asker
// sees their own and what became of it, the other only those dealt "now".
type PartnerQuestion struct {
	Question int          `json:"question"`
	Mine     bool         `json:"mine"`
	Text     private.Text `json:"text"`
	Reshaped private.Text `json:"reshaped,omitempty"` // to its asker: the wording the two made of it
	Dealt    Dealing      `json:"dealt,omitempty"`
	How      Replying     `json:"how,omitempty"`
	Reply    private.Text `json:"reply,omitempty"`
}

// PauseView is the same calm screen for both. Who called it has no field here.
type PauseView struct {
	Since    time.Time  `json:"since"`
	ReturnAt *time.Time `json:"return_at,omitempty"`
	Neutral  bool       `json:"neutral,omitempty"`
}

// AgreementView is an agreement as partners see it.
type AgreementView struct {
	ID        string  `json:"id"`
	Wording   Wording `json:"wording"`
	Withdrawn bool    `json:"withdrawn,omitempty"`
	Today     bool    `json:"today,omitempty"` // concluded in this session
}

// CounselorView is everything the console shows.
type CounselorView struct {
	Phase      Phase                `json:"phase"`
	Rehearsal  bool                 `json:"rehearsal,omitempty"` // nobody here is real
	You        Role                 `json:"you"`
	Opened     bool                 `json:"opened"`
	OpenedAt   *time.Time           `json:"opened_at,omitempty"`
	StartedAt  *time.Time           `json:"started_at,omitempty"` // the first admission
	People     People               `json:"people"`
	YouMay     []string             `json:"you_may"`
	Policy     *Policy              `json:"policy,omitempty"`
	Doors      map[Seat]SeatState   `json:"doors"`
	Agenda     []AgendaItem         `json:"agenda"`
	Exercise   *ExerciseHead        `json:"exercise,omitempty"`
	Guidance   *exercise.Guidance   `json:"guidance,omitempty"`
	Step       *CounselorStep       `json:"step,omitempty"`
	Next       *NextStep            `json:"next,omitempty"` // what Advance would show; absent after the last step
	Flow       []FlowStep           `json:"flow,omitempty"` // the whole exercise, for the side list
	Phones     map[Seat]PartnerView `json:"phones"`         // both phones as they are, but for answers the counselor may not read yet
	Pause      *CounselorPause      `json:"pause,omitempty"`
	Whispers   []WhisperView        `json:"whispers,omitempty"` // sent in this step
	Marks      []MarkView           `json:"marks,omitempty"`
	Dials      map[Seat]*int        `json:"dials"`
	Agreements []Agreement          `json:"agreements,omitempty"`
	Homework   []HomeworkView       `json:"homework,omitempty"` // while it is read back
}

// AgendaItem is a planned exercise and how far it is.
type AgendaItem struct {
	Planned
	State string `json:"state"` // planned | running | done | stopped
	Run   int    `json:"run,omitempty"`
}

// CounselorStep is the running step, whole.
type CounselorStep struct {
	StepHead
	Prompts      map[Seat]string  `json:"prompts,omitempty"`
	Prompt       string           `json:"prompt,omitempty"` // gate, prompt: to the counselor
	Counselor    string           `json:"counselor,omitempty"`
	Finished     map[Seat]bool    `json:"finished"`
	Declined     map[Seat]bool    `json:"declined,omitempty"`
	PutOff       map[Seat]bool    `json:"put_off,omitempty"`
	Answers      map[Seat]*Answer `json:"answers,omitempty"` // only what the audience lets the counselor read now
	Loops        int              `json:"loops,omitempty"`   // confirm: how often it was not yet "yes"
	StepIn       bool             `json:"step_in,omitempty"` // the bound is reached: please step in
	Revealable   bool             `json:"revealable,omitempty"`
	IsRevealed   bool             `json:"is_revealed,omitempty"`
	GateOpen     bool             `json:"gate_open,omitempty"` // answered
	Tray         []TrayItem       `json:"tray,omitempty"`
	FloorSeconds map[Seat]int     `json:"floor_seconds,omitempty"` // held so far in this exercise, whole turns only
}

// TrayItem is a question with all its fate.
type TrayItem struct {
	Question int          `json:"question"`
	From     Seat         `json:"from"`
	Text     private.Text `json:"text"`
	Dealt    Dealing      `json:"dealt,omitempty"`
	Reshaped private.Text `json:"reshaped,omitempty"`
	How      Replying     `json:"how,omitempty"`
	Reply    private.Text `json:"reply,omitempty"`
}

// NextStep previews what both phones will show.
type NextStep struct {
	Index   int             `json:"index"`
	Kind    exercise.Kind   `json:"kind"`
	Title   string          `json:"title,omitempty"`
	Who     []Seat          `json:"who"`
	Prompts map[Seat]string `json:"prompts,omitempty"`
	Waiting []Seat          `json:"waiting,omitempty"` // who has not finished the present step
}

// FlowStep is one line of the exercise's course.
type FlowStep struct {
	Index int           `json:"index"`
	Kind  exercise.Kind `json:"kind"`
	Title string        `json:"title,omitempty"`
	Who   []Seat        `json:"who"`
	Round int           `json:"round"`
	State string        `json:"state"` // done | skipped | here | ahead
}

// CounselorPause tells the counselor who called it.
type CounselorPause struct {
	PauseView
	By Role `json:"by"`
}

// WhisperView is a line the counselor sent to one partner.
type WhisperView struct {
	To   Seat         `json:"to"`
	Text private.Text `json:"text"`
}

// MarkView is a tap of the counselor's.
type MarkView struct {
	At   time.Time    `json:"at"`
	Kind Marker       `json:"kind"`
	Text private.Text `json:"text,omitempty"`
}

func (PartnerView) view()   {}
func (CounselorView) view() {}
