package protocol

import (
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/record"
	"mend/internal/session"
)

// NewRelease asks both partners whether something of their record may go to somebody.
type NewRelease struct {
	Recipient private.Text         `json:"recipient" minLength:"1" maxLength:"200" doc:"Who would get it"`
	Purpose   private.Text         `json:"purpose,omitempty" maxLength:"1000" doc:"What for"`
	Sessions  []string             `json:"sessions" minItems:"1" maxItems:"200" doc:"Sessions of the couple that are over"`
	Parts     []record.ReleasePart `json:"parts" minItems:"1" maxItems:"2"`
	ExpiresOn string               `json:"expires_on" maxLength:"10" doc:"The last day on which it may go, like 2026-12-24: today at the earliest, in a year at the latest"`
}

// Release is what the counselor sees of one.
type Release struct {
	ID        string                                `json:"id"`
	Couple    string                                `json:"couple"`
	Recipient private.Text                          `json:"recipient"`
	Purpose   private.Text                          `json:"purpose,omitempty"`
	Sessions  []ReleasedSession                     `json:"sessions"`
	Parts     []record.ReleasePart                  `json:"parts"`
	MadeAt    time.Time                             `json:"made_at"`
	MadeBy    private.Text                          `json:"made_by"`
	ExpiresAt time.Time                             `json:"expires_at"`
	LastDay   string                                `json:"last_day" doc:"Like 2026-12-24"`
	State     record.ReleaseState                   `json:"state"`
	Answers   map[session.Seat]record.ReleaseAnswer `json:"answers" doc:"Each partner's latest"`
	Override  *record.ReleaseOverride               `json:"override,omitempty"`
	Exports   []ReleaseExport                       `json:"exports" doc:"When it went out, oldest first"`
	Links     []Link                                `json:"links" doc:"The newest of each partner"`
}

type ReleasedSession struct {
	ID string     `json:"id"`
	At *time.Time `json:"at,omitempty"`
}

type ReleaseExport struct {
	At time.Time    `json:"at"`
	By private.Text `json:"by"`
}

type ReleaseList struct {
	Items []Release `json:"items" doc:"Newest first"`
}

// OverrideRelease lets a release go without both partners' word, for a reason in law.
type OverrideRelease struct {
	Reason record.OverrideReason `json:"reason"`
	Text   private.Text          `json:"text" minLength:"10" maxLength:"2000" doc:"What the law asks, and how one knows"`
}

// ReleaseAsk is what a partner is asked. What the other answered is not in it.
type ReleaseAsk struct {
	For       session.Seat          `json:"for"`
	Language  exercise.Language     `json:"language,omitempty" doc:"The one that they chose in the last of these sessions; absent where they chose none"`
	People    session.People        `json:"people"`
	Recipient private.Text          `json:"recipient"`
	Purpose   private.Text          `json:"purpose,omitempty"`
	Sessions  []ReleasedSession     `json:"sessions"`
	Parts     []record.ReleasePart  `json:"parts"`
	MadeAt    time.Time             `json:"made_at"`
	LastDay   string                `json:"last_day" doc:"The last day on which it may go, like 2026-12-24"`
	Mine      *record.ReleaseAnswer `json:"mine,omitempty"`
	GoneAt    *time.Time            `json:"gone_at,omitempty" doc:"When it first went out: what went out cannot be called back"`
	Help      string                `json:"help" doc:"The practice's help page as sanitised HTML"`
	LeaveTo   string                `json:"leave_to"`
}

// AnswerRelease gives a partner's word, or takes it back.
type AnswerRelease struct {
	Token  string                `json:"token" maxLength:"64"`
	Answer record.ReleaseAnswers `json:"answer"`
}

// ReleaseRow is a release as it is stored.
type ReleaseRow struct {
	ID, Couple        string
	MadeBy            private.Text
	MadeAt, ExpiresAt time.Time
	WithdrawnAt       *time.Time
	Recipient         private.Text
	Purpose           private.Text
	Sessions          []ReleasedSession
	Parts             []record.ReleasePart
	Answers           map[session.Seat]record.ReleaseAnswer
	Erased            map[session.Seat]time.Time
	Override          *record.ReleaseOverride
	Exports           []ReleaseExport
	Links             []Link
}
