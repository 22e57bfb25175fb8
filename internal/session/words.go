package session

import (
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
)

// Facts are what a session is opened with: a snapshot, so that the record stays
// true when a name or the practice's policy changes later.
type Facts struct {
	Session     string       `json:"session,omitempty"` // its id: ids of agreements are made of it
	People      People       `json:"people"`
	Policy      Policy       `json:"policy"`
	Suitability *Suitability `json:"suitability,omitempty"` // Open without it is refused
	Agenda      []Planned    `json:"agenda"`
	Agreements  []Agreement  `json:"agreements,omitempty"` // in force from earlier sessions, to be read back
	Rehearsal   bool         `json:"rehearsal,omitempty"`  // two pretend partners and no couple: every view says so, and no store keeps it
	// Language is the counselor's: the desk's, and that of what all three share.
	Language exercise.Language `json:"language,omitempty"`
}

// People are the display names.
type People struct {
	Counselor private.Text `json:"counselor"`
	One       private.Text `json:"one"`
	Two       private.Text `json:"two"`
}

// Policy is the practice's word on secrets, accepted by each partner apart.
type Policy struct {
	Version int     `json:"version"`
	Secrets Secrets `json:"secrets"`
	Text    string  `json:"text,omitempty"` // the practice's own wording, shown verbatim (Markdown)
}

// Secrets is which policy it is.
type Secrets string

const (
	NoSecrets      Secrets = "no_secrets"
	LimitedSecrets Secrets = "limited_secrets"
)

// Suitability is the counselor's statement that joint work is fit for this couple.
type Suitability struct {
	Statement string       `json:"statement"` // seen_apart | override
	Reason    private.Text `json:"reason,omitempty"`
	At        time.Time    `json:"at"`
}

// Planned is one exercise of an agenda.
type Planned struct {
	Exercise string `json:"exercise"`
	Title    string `json:"title"`
	Minutes  int    `json:"minutes"`
	Frame    bool   `json:"frame,omitempty"` // it opens or closes the session
}

// Answer is what a partner gives in a step; one field is set, by the step's kind.
// There is none for the audience device: such an answer never leaves the phone.
type Answer struct {
	Text    private.Text      `json:"text,omitempty"`
	Value   *int              `json:"value,omitempty"`   // scale 0–10
	Choices []string          `json:"choices,omitempty"` // choose: option ids; "none", "not_sure" and "other" are always valid where offered
	Sorted  map[string]string `json:"sorted,omitempty"`  // sort: card id to bucket id
}

// Pair is what the two answered in one step.
type Pair struct {
	Step string `json:"step"`
	One  Answer `json:"one"`
	Two  Answer `json:"two"`
}

// Wording is the text of an agreement. Every edit raises the revision and clears
// the signatures.
type Wording struct {
	Revision int          `json:"revision"`
	Text     private.Text `json:"text"`
	From     string       `json:"from,omitempty"`    // 2026-11-30
	Review   string       `json:"review,omitempty"`  // 2026-12-07
	Expires  string       `json:"expires,omitempty"` // 2026-12-30
}

// Agreement is a wording that both signed.
type Agreement struct {
	ID        string    `json:"id"` // made of session and step where it was concluded
	Wording   Wording   `json:"wording"`
	SignedAt  time.Time `json:"signed_at"`
	Withdrawn *Seat     `json:"withdrawn,omitempty"` // who; in no partner's view but their own
}

// Hearing is the first speaker's judgement of a mirror.
type Hearing string

const (
	HeardYes    Hearing = "yes"
	HeardAlmost Hearing = "almost"
	HeardMore   Hearing = "more"
)

// Dealing is what the counselor does with a question.
type Dealing string

const (
	DealNow        Dealing = "now"
	DealPrepare    Dealing = "prepare"
	DealReshape    Dealing = "reshape"
	DealNotHelpful Dealing = "not_helpful"
)

// Replying is how the other takes a question.
type Replying string

const (
	ReplyNow     Replying = "now"
	ReplyBy      Replying = "by_date"
	ReplyWillNot Replying = "will_not"
)

// Marker is a counselor's tap on something that just happened.
type Marker string

const (
	MarkBlame     Marker = "blame"
	MarkSidestep  Marker = "sidestep"
	MarkSoftening Marker = "softening"
	MarkReach     Marker = "reach"
	MarkNote      Marker = "note"
)

// Cause is why the session moved from one step to another.
type Cause string

const (
	ByAdvance Cause = "advance"
	BySkip    Cause = "skip"
	ByBack    Cause = "back"
	ByRepeat  Cause = "repeat"
	ByYield   Cause = "yield"
	ByPass    Cause = "pass"
)

// Cast says which seat plays which role.
type Cast = map[exercise.Role]Seat
