package protocol

import (
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/record"
	"mend/internal/session"
)

// ShareOffer is everything that may be put on a page for a partner, or for both.
type ShareOffer struct {
	For   record.Reader      `json:"for"`
	Items []record.Shareable `json:"items"`
}

// DraftShare is a page as it would be.
type DraftShare struct {
	For       record.Reader `json:"for" enum:"one,two,both"`
	Include   []string      `json:"include" maxItems:"500" doc:"Ids of the offer's items"`
	Message   private.Text  `json:"message,omitempty" maxLength:"2000" doc:"A line from the counselor above the rest"`
	ExpiresOn string        `json:"expires_on,omitempty" maxLength:"10" doc:"The last day it can be read, like 2026-12-10: today at the earliest, in 90 days at the latest; in 14 days where left out"`
}

// NewShare shares a page. What asks to be looked at again is named in checked.
type NewShare struct {
	DraftShare
	Checked []string `json:"checked" maxItems:"501" doc:"Ids of the items with cautions that were looked at again; and \"message\" where there is one"`
}

// Share is a page that was shared, as its counselor sees it. Whether it was read is
// nowhere: nothing keeps that.
type Share struct {
	ID        string        `json:"id"`
	Session   string        `json:"session"`
	For       record.Reader `json:"for"`
	MadeAt    time.Time     `json:"made_at"`
	MadeBy    private.Text  `json:"made_by"`
	ExpiresAt time.Time     `json:"expires_at"`
	LastDay   string        `json:"last_day" doc:"Like 2026-12-10"`
	State     string        `json:"state" enum:"open,expired,revoked"`
	Items     int           `json:"items"`
	Message   bool          `json:"message"`
	URL       string        `json:"url,omitempty" doc:"The token stands in the fragment; only in the answer that makes the page"`
	QR        string        `json:"qr,omitempty" doc:"The URL as an SVG document, black on white; only in the answer that makes the page"`
}

type ShareList struct {
	Items []Share `json:"items" doc:"Newest first"`
}

// ShownShare is a share with its page.
type ShownShare struct {
	Share
	Page SharePage `json:"page"`
}

// SharePage is all that whoever opens a share is told.
type SharePage struct {
	For        record.Reader           `json:"for"`
	Language   exercise.Language       `json:"language,omitempty" doc:"The one that its reader chose in the session; absent where they chose none"`
	People     session.People          `json:"people"`
	StartedAt  *time.Time              `json:"started_at,omitempty"`
	EndedAt    *time.Time              `json:"ended_at,omitempty"`
	LastDay    string                  `json:"last_day" doc:"The last day it can be read, like 2026-12-10"`
	Message    private.Text            `json:"message,omitempty"`
	Exercises  []record.CopiedRun      `json:"exercises"`
	Agreements []session.AgreementView `json:"agreements"`
	Help       string                  `json:"help" doc:"The practice's help page as sanitised HTML"`
	LeaveTo    string                  `json:"leave_to"`
}

// OpenPage opens what a link leads to. Opening it again opens it again.
type OpenPage struct {
	Token string `json:"token" maxLength:"64"`
}

// ShareRow is a share as it is stored: what it leads to is read from the log.
type ShareRow struct {
	ID, Session, Couple string
	Counselor           string // who made it
	For                 record.Reader
	MadeAt, ExpiresAt   time.Time
	RevokedAt           *time.Time
	Include             []string
	Message             private.Text
}
