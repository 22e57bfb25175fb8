package exercise

// Definition is one exercise as its author wrote it.
type Definition struct {
	ID        string          `json:"id"`
	Version   int             `json:"version"`
	Title     string          `json:"title"`
	Phase     Phase           `json:"phase"`
	Themes    []string        `json:"themes"`
	Intensity Intensity       `json:"intensity"`
	Minutes   int             `json:"minutes"`
	Roles     map[Role]string `json:"roles"` // {a, b} or {hurt, responsible}, each with what the role does
	After     []string        `json:"after,omitempty"`
	Frame     bool            `json:"frame,omitempty"` // opening and closing, which stand around every session
	Summary   string          `json:"summary"`
	Sources   []Source        `json:"sources"`
	Counselor Guidance        `json:"counselor"`         // never shown to partners
	Unequal   string          `json:"unequal,omitempty"` // the declared reason why turns are not equal
	Steps     []Step          `json:"steps"`
}

// Source names what a structure rests on and how strong that is.
type Source struct {
	Text     string `json:"text"`
	Strength string `json:"strength"`
}

// Guidance is for the counselor alone.
type Guidance struct {
	Purpose  string `json:"purpose"`
	WatchFor string `json:"watch_for"`
	StopIf   string `json:"stop_if"`
}

// Step is one thing that happens. Which fields a kind may carry is told by the
// schema in content/exercise.schema.json; Lint refuses the rest.
type Step struct {
	ID        string    `json:"id"`
	Kind      Kind      `json:"kind"`
	Who       Who       `json:"who,omitempty"`
	Audience  Audience  `json:"audience,omitempty"`   // who reads the answer; only on kinds that take one
	NoSecrets NoSecrets `json:"no_secrets,omitempty"` // with audience counselor: what a no-secrets practice does instead
	Preview   bool      `json:"preview,omitempty"`    // sealed, but the counselor may read it before the reveal; both phones say so
	Seconds   int       `json:"seconds,omitempty"`    // advice, never a gate
	Skippable bool      `json:"skippable,omitempty"`
	Retention Retention `json:"retention,omitempty"`

	Words

	Measure   string   `json:"measure,omitempty"`    // scale: the named measure, for trends
	AtMost    int      `json:"at_most,omitempty"`    // choose: options; ask: questions; confirm: loops before the counselor is asked to step in
	Options   []Choice `json:"options,omitempty"`    // choose, gate
	Other     bool     `json:"other,omitempty"`      // choose: "something else", with text
	Cards     []Choice `json:"cards,omitempty"`      // sort
	CardsFrom string   `json:"cards_from,omitempty"` // sort: the step whose answer's lines are the cards
	Buckets   []Choice `json:"buckets,omitempty"`    // sort
	MaxLength int      `json:"max_length,omitempty"` // write, ask, agree: characters; at most 8,000
	Of        []string `json:"of,omitempty"`         // reveal: the steps whose sealed answers appear
	Almost    string   `json:"almost,omitempty"`     // confirm: where "almost" leads
	More      string   `json:"more,omitempty"`       // confirm: where "more" leads
	WordsFrom []string `json:"words_from,omitempty"` // agree: revealed or room answers the first wording is laid out from; speak, say: the holder's own answers, to read out from
	About     string   `json:"about,omitempty"`      // speak, mirror, say, confirm: the ask step whose questions, as far as both know them, stand on both phones
	Review    int      `json:"review_days,omitempty"`
	Expires   int      `json:"expires_days,omitempty"`

	Block  string `json:"block,omitempty"`  // kind block: its name
	Steps  []Step `json:"steps,omitempty"`  // kind block: what is in it
	Switch string `json:"switch,omitempty"` // kind switch: the block to run again with the roles exchanged
}

// Words are everything of a step that a person reads. They stand apart from its
// structure so that another language is an overlay of words alone.
type Words struct {
	Title     string          `json:"title,omitempty"`
	Prompt    string          `json:"prompt,omitempty"`         // to whom the step is for
	Prompts   map[Role]string `json:"prompts,omitempty"`        // instead of Prompt, where the roles read different words
	Listener  string          `json:"listener,omitempty"`       // a step of one role: to the other
	Note      string          `json:"note,omitempty"`           // to all
	Counselor string          `json:"counselor_note,omitempty"` // to the counselor alone
	Sentence  string          `json:"frame,omitempty"`          // say: the open frame; write: the same, above the field; agree: the first wording
	Low       string          `json:"low,omitempty"`            // scale: what 0 means
	High      string          `json:"high,omitempty"`           // scale: what 10 means
	Elsewise  string          `json:"elsewise,omitempty"`       // breathe: another grounding; apart: the calm task of the one who waits
}

// Choice is an option, a card or a bucket.
type Choice struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Role is a part in an exercise. A counselor casts roles onto seats at the start.
type Role string

const (
	A           Role = "a"
	B           Role = "b"
	Hurt        Role = "hurt"
	Responsible Role = "responsible"
)

// Who acts in a step: a role, both, or the counselor.
type Who string

const (
	Both      Who = "both"
	Counselor Who = "counselor"
)

// Kind is what a step does. The set is closed.
type Kind string

const (
	Read    Kind = "read"
	Breathe Kind = "breathe"
	Choose  Kind = "choose"
	Scale   Kind = "scale"
	Write   Kind = "write"
	Sort    Kind = "sort"
	Reveal  Kind = "reveal"
	Speak   Kind = "speak"
	Mirror  Kind = "mirror"
	Confirm Kind = "confirm"
	Say     Kind = "say"
	Agree   Kind = "agree"
	Ask     Kind = "ask"
	Gate    Kind = "gate"
	Prompt  Kind = "prompt"
	Apart   Kind = "apart"

	// Structure: these two are gone once compiled.
	Block  Kind = "block"
	Switch Kind = "switch"
)

// Kinds lists the step kinds that a program may hold.
func Kinds() []Kind {
	return []Kind{
		Read, Breathe, Choose, Scale, Write, Sort, Reveal, Speak, Mirror,
		Confirm, Say, Agree, Ask, Gate, Prompt, Apart,
	}
}

// Answers tells whether partners give an answer under an audience in this kind.
func (k Kind) Answers() bool {
	switch k {
	case Choose, Scale, Write, Sort:
		return true
	}
	return false
}

// HoldsFloor tells whether one partner holds the floor during this kind.
func (k Kind) HoldsFloor() bool { return k == Speak || k == Mirror || k == Say }

// Private tells whether the kind is the counselor's own: partners see a quiet screen.
func (k Kind) Private() bool { return k == Gate || k == Prompt }

// Audience is who will read an answer. It is shown before and while writing.
type Audience string

const (
	Device      Audience = "device"    // only on this phone: the server has no field for it
	ToCounselor Audience = "counselor" // the writer and the counselor
	Sealed      Audience = "sealed"    // both, at one moment, once both are ready and the counselor reveals
	Room        Audience = "room"      // all three, now
)

// NoSecrets is what becomes of a counselor-only prompt under a no-secrets policy.
type NoSecrets string

const (
	Warned   NoSecrets = "warned" // shown with the sentence that the counselor may bring it to both
	ToDevice NoSecrets = "device" // falls back to: only on this phone
)

// Retention is how long an answer is kept. Where a step says nothing, what all three
// come to know belongs to the record: answers to the room, sealed ones (which are in it
// only once they were revealed, or where the counselor was to read them before), and
// agreements. So does every rating, since a number is there to be set beside the next
// one. What was put to the counselor alone, in words or as a question, goes with the
// session, and what stays on a phone was never here.
type Retention string

const (
	KeepNone    Retention = "none"    // gone with the step
	KeepSession Retention = "session" // gone with the session
	KeepRecord  Retention = "record"  // part of the record
)

// Steadiness is the measure by which a partner says how steady they are: the
// opening's scale, and the dial on the phone.
const Steadiness = "steadiness"

// Phase is where in the work an exercise belongs.
type Phase string

const (
	Stabilise  Phase = "stabilise"
	Understand Phase = "understand"
	Decide     Phase = "decide"
	Release    Phase = "release"
	Guard      Phase = "guard"
	AnyPhase   Phase = "any"
)

// Intensity is how much an exercise may stir.
type Intensity string

const (
	Gentle Intensity = "gentle"
	Steady Intensity = "steady"
	Deep   Intensity = "deep"
)
