package protocol

import (
	"time"

	"mend/internal/private"
	"mend/internal/record"
	"mend/internal/session"
)

// How long records are kept, what must not go, and what does.

// KeepingTerms are for how many years after a couple's last session what is kept; 0:
// until somebody deletes it. Process notes never outlast the record they belong to.
type KeepingTerms struct {
	Progress int       `json:"progress_years" minimum:"0" maximum:"100"`
	Process  int       `json:"process_years" minimum:"0" maximum:"100"`
	Since    time.Time `json:"since" doc:"When the practice last said so"`
}

// PutKeepingTerms sets both clocks.
type PutKeepingTerms struct {
	Progress int `json:"progress_years" minimum:"0" maximum:"100" doc:"The whole record of a couple; 0: until it is deleted"`
	Process  int `json:"process_years" minimum:"0" maximum:"100" doc:"Process notes alone; 0: until they are deleted"`
}

// Keeping is how things stand with one couple's record.
type Keeping struct {
	Terms KeepingTerms `json:"terms"`
	Last  time.Time    `json:"last_at" doc:"Their last session, or when they were taken on"`
	Hold  *Hold        `json:"hold,omitempty"`
	Due   []record.Due `json:"due" doc:"What may go, and from when on; also what is years ahead"`
}

// Hold keeps everybody from deleting a couple's record.
type Hold struct {
	At     time.Time    `json:"at"`
	By     private.Text `json:"by"`
	Reason private.Text `json:"reason"`
}

type NewHold struct {
	Reason private.Text `json:"reason" minLength:"1" maxLength:"2000"`
}

// NewErasure takes one partner out of a couple's record.
type NewErasure struct {
	Seat  session.Seat `json:"seat" enum:"one,two"`
	Label private.Text `json:"label" minLength:"1" maxLength:"80" doc:"What the couple is called from now on, without this partner's name"`
}

// DueItem is a part of a record that may go, now or soon.
type DueItem struct {
	record.Due
	Label private.Text `json:"label" doc:"The couple's"`
	Last  time.Time    `json:"last_at"`
	Held  bool         `json:"held" doc:"It is on hold, and stays"`
	Now   bool         `json:"now" doc:"It may go today"`
}

type DueList struct {
	Items []DueItem `json:"items"`
}

// CarryOut deletes what is due.
type CarryOut struct {
	Items []CarryOutItem `json:"items" minItems:"1" maxItems:"200"`
}

// CarriedOut says what was deleted, and of the rest why not.
type CarriedOut struct {
	Items []CarriedOutItem `json:"items"`
}

type CarriedOutItem struct {
	CarryOutItem
	Refused string `json:"refused,omitempty" doc:"The code of the refusal; absent where it was deleted"`
}

type CarryOutItem struct {
	Couple string       `json:"couple" maxLength:"64"`
	What   record.Clock `json:"what" enum:"record,process_notes"`
}

// NewImport is a list of couples and of the days of their past sessions.
type NewImport struct {
	CSV   string `json:"csv" minLength:"1" maxLength:"240000"`
	Apply bool   `json:"apply,omitempty" doc:"Without it nothing is changed: the answer says what would be"`
}

// Import says line by line what is done, or would be.
type Import struct {
	Applied  bool            `json:"applied"`
	Couples  int             `json:"couples" doc:"New ones"`
	Sessions int             `json:"sessions" doc:"New ones"`
	Lines    []ImportLine    `json:"lines"`
	Problems []ImportProblem `json:"problems" doc:"While there are any, nothing is brought in"`
}

// ImportLine is what becomes of one line.
type ImportLine struct {
	Line    int          `json:"line"`
	Label   private.Text `json:"label"`
	Fate    string       `json:"fate" enum:"new,known"`
	Added   int          `json:"added" doc:"Sessions"`
	Skipped int          `json:"skipped" doc:"Sessions that are here already"`
}

// ImportProblem is what is wrong with a line, and how to mend it.
type ImportProblem struct {
	Line   int    `json:"line" doc:"0: the file as a whole"`
	Column string `json:"column,omitempty"`
	Code   string `json:"code"`
	Mend   string `json:"mend"`
}
