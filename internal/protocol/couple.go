package protocol

import (
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/record"
	"mend/internal/session"
)

// The bodies of what a couple's page tells beyond the couple itself.

// SearchCouples looks for couples by their label and their names. The words stand in
// the body and not in the address: an address is written down in many places.
type SearchCouples struct {
	Words  private.Text `json:"words" maxLength:"200" doc:"All of them must occur, in any order; case and accents do not count"`
	Cursor string       `json:"cursor,omitempty" maxLength:"200" doc:"next_cursor of the page before"`
	Limit  int          `json:"limit,omitempty" minimum:"1" maximum:"100" doc:"50 where left out"`
}

// Review is record's: what is counted is what was written down.
type Review = record.Review

// Standing is whether an agreement holds.
type Standing string

const (
	InForce  Standing = "in_force"
	Expired  Standing = "expired" // past the day it ends
	TakenOff Standing = "withdrawn"
)

// CoupleAgreement is an agreement with all that came of it.
type CoupleAgreement struct {
	session.Agreement
	Standing    Standing         `json:"standing"`
	Session     string           `json:"session" doc:"Where it was made"`
	WithdrawnAt *time.Time       `json:"withdrawn_at,omitempty"`
	Made        *record.Making   `json:"made,omitempty" doc:"The exercise it was made in"`
	ReadBack    []record.Sitting `json:"read_back" doc:"The sessions whose opening read it back, oldest first"`
	Reviews     []Review         `json:"reviews" doc:"How it went, the latest day first"`
}

type AgreementList struct {
	Items      []CoupleAgreement `json:"items"`
	NextCursor string            `json:"next_cursor,omitempty"`
}

// NewReview writes down how an agreement went.
type NewReview struct {
	How    record.Went  `json:"how" enum:"kept,partly,not_kept,changed"`
	On     string       `json:"on" format:"date" doc:"The day it was looked at"`
	Remark private.Text `json:"remark,omitempty" maxLength:"600"`
}

// Trends are each partner's own lines, and how the agreements went that were looked at.
type Trends struct {
	record.Trends
	Tallies []record.Tally `json:"tallies" doc:"By the day they were looked at, oldest first"`
}

// Terms are what a session stood under and who accepted it.
type Terms struct {
	Session  string         `json:"session"`
	At       time.Time      `json:"at" doc:"When the waiting room was opened: the policy is the one in force then"`
	Policy   session.Policy `json:"policy"`
	Consents []Consent      `json:"consents" doc:"Oldest first"`
}

// Consent is one partner's word to a version of the policy.
type Consent struct {
	Who      session.Seat      `json:"who"`
	At       time.Time         `json:"at"`
	Policy   int               `json:"policy" doc:"The version accepted"`
	Language exercise.Language `json:"language,omitempty" doc:"It was read in; absent where the phone did not say"`
}

type TermsList struct {
	Items      []Terms `json:"items"`
	NextCursor string  `json:"next_cursor,omitempty"`
}

type SuitabilityList struct {
	Items []session.Suitability `json:"items"`
}
