package record

import (
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

// Part is something of a session's record that may be taken along by itself.
type Part string

const (
	PartSummary  Part = "summary"
	PartProgress Part = "progress"
	PartAddenda  Part = "addenda" // of the progress note
	PartProcess  Part = "process" // only where it is asked for by name
)

// SessionExport is one session's record for its own counselor, as JSON gives it.
type SessionExport struct {
	Session  string            `json:"session"`
	MadeAt   time.Time         `json:"made_at"`
	Language exercise.Language `json:"language" doc:"The counselor's; of what an exercise said, where it was translated"`
	Parts    []Part            `json:"parts" doc:"What was asked for; a part that is empty is not there"`
	Summary  *Summary          `json:"summary,omitempty"`
	Progress *ExportedNote     `json:"progress_note,omitempty"`
	Process  *ExportedNote     `json:"process_note,omitempty" doc:"Only where it was asked for by name"`
}

// ExportedNote is a note as it stood.
type ExportedNote struct {
	Format   NoteFormat              `json:"format"`
	Version  int                     `json:"version"`
	SavedAt  *time.Time              `json:"saved_at,omitempty"`
	SignedAt *time.Time              `json:"signed_at,omitempty"`
	SignedBy private.Text            `json:"signed_by,omitempty"`
	Hash     string                  `json:"hash,omitempty" doc:"SHA-256 of the signed text, hex"`
	Sections map[string]private.Text `json:"sections,omitempty" doc:"By the names of its format; unconfirmed lines begin with \"[?] \""`
	Addenda  []ExportedAddendum      `json:"addenda,omitempty"`
}

type ExportedAddendum struct {
	At   time.Time    `json:"at"`
	By   private.Text `json:"by"`
	Text private.Text `json:"text"`
}

// Sections names what a format is made of, in the order in which it is read; nil for
// what is no format.
func (f NoteFormat) Sections() []string {
	switch f {
	case SOAP:
		return []string{"subjective", "objective", "assessment", "plan"}
	case DAP:
		return []string{"data", "assessment", "plan"}
	case BIRP:
		return []string{"behavior", "intervention", "response", "plan"}
	case GIRP:
		return []string{"goal", "intervention", "response", "plan"}
	case Free:
		return []string{"text"}
	}
	return nil
}

// Reader is whom an export of a couple's record is for.
type Reader string

const (
	ForOne      Reader = "one"
	ForTwo      Reader = "two"
	ForBoth     Reader = "both"     // only what both may see
	ForPractice Reader = "practice" // the counselor's own record
)

// Seat is the partner whom an export is for, if it is for one alone.
func (r Reader) Seat() (session.Seat, bool) {
	switch r {
	case ForOne:
		return session.SeatOne, true
	case ForTwo:
		return session.SeatTwo, true
	}
	return "", false
}

// CoupleCopy is a couple's record as one partner, or both, may have it.
type CoupleCopy struct {
	For      Reader            `json:"for"`
	MadeAt   time.Time         `json:"made_at"`
	Language exercise.Language `json:"language"`
	Pronouns private.Text      `json:"pronouns,omitempty" doc:"The reader's own"`
	Sessions []CopiedSession   `json:"sessions"`
	Homework []CopiedRun       `json:"homework" doc:"What was set between sessions; started_at is when"`
}

type CopiedSession struct {
	Session string `json:"session"`
	Copy
}

// CoupleRecord is everything of a couple that its counselor has.
type CoupleRecord struct {
	Couple      string                `json:"couple"`
	MadeAt      time.Time             `json:"made_at"`
	Language    exercise.Language     `json:"language"`
	Label       private.Text          `json:"label"`
	One         ExportedPartner       `json:"one"`
	Two         ExportedPartner       `json:"two"`
	Suitability []session.Suitability `json:"suitability"`
	Agreements  []session.Agreement   `json:"agreements" doc:"Every one there was, newest first"`
	Sessions    []SessionExport       `json:"sessions" doc:"Oldest first"`
	Homework    []HomeworkRecord      `json:"homework" doc:"What was set between sessions, oldest first"`
}

// HomeworkRecord is what was set between sessions, as the counselor sees it.
type HomeworkRecord struct {
	Homework string           `json:"homework"`
	Exercise string           `json:"exercise"`
	Version  int              `json:"version"`
	Title    string           `json:"title"`
	For      []session.Seat   `json:"for"`
	SetAt    time.Time        `json:"set_at"`
	Due      string           `json:"due,omitempty"`
	Line     private.Text     `json:"line,omitempty" doc:"From the counselor, to whoever it is for"`
	ReadAt   *time.Time       `json:"read_at,omitempty"`
	ClosedAt *time.Time       `json:"closed_at,omitempty"`
	Answers  []HomeworkAnswer `json:"answers" doc:"Those that the counselor may read"`
}

// HomeworkAnswer is an answer in the words that stood on the screen.
type HomeworkAnswer struct {
	Who      session.Seat      `json:"who"`
	Asked    string            `json:"asked"`
	Audience exercise.Audience `json:"audience"`
	Answer   private.Text      `json:"answer"`
}

type ExportedPartner struct {
	Name     private.Text `json:"name"`
	Pronouns private.Text `json:"pronouns,omitempty"`
}

// Manifest says what an export holds and why something may be absent: in general
// words, because to say what it was would be to say it.
type Manifest struct {
	Couple   string            `json:"couple"`
	For      Reader            `json:"for"`
	MadeAt   time.Time         `json:"made_at"`
	Language exercise.Language `json:"language"`
	Sessions int               `json:"sessions"`
	Files    []ManifestFile    `json:"files"`
	Holds    []string          `json:"holds"`
	Absent   []string          `json:"absent"`
	Kept     []Kept            `json:"kept" doc:"Of each kind of item in it: who wrote it, about whom, who may read it, how long it stays"`
}

type ManifestFile struct {
	Name string `json:"name"`
	What string `json:"what"`
	Hash string `json:"sha256" doc:"Of the file, hex"`
}
