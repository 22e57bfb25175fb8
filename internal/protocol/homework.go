package protocol

import (
	"time"

	"mend/internal/exercise"
	"mend/internal/homework"
	"mend/internal/private"
	"mend/internal/session"
)

// NewHomework sets an exercise for the time until the next session.
type NewHomework struct {
	Exercise string         `json:"exercise" minLength:"1" maxLength:"100" doc:"One that can be done alone; the library marks them"`
	For      []session.Seat `json:"for" minItems:"1" maxItems:"2" doc:"Both where it opens answers side by side"`
	Cast     session.Cast   `json:"cast,omitempty" doc:"Who has which role; the first role is partner one's where left out"`
	Due      string         `json:"due,omitempty" maxLength:"10" doc:"A day like 2026-11-30; it reminds, and ends nothing"`
	Line     private.Text   `json:"line,omitempty" maxLength:"500" doc:"A line from the counselor, to whoever it is for"`
}

// Homework is what the counselor sees of it.
type Homework struct {
	ID     string `json:"id"`
	Couple string `json:"couple"`
	homework.Desk
	Links []Link `json:"links" doc:"The newest of each partner for whom it is"`
}

type HomeworkList struct {
	Items      []Homework `json:"items"`
	NextCursor string     `json:"next_cursor,omitempty"`
}

// RevealHomework opens sealed answers to both at once.
type RevealHomework struct {
	Step int `json:"step" minimum:"0" doc:"The index of a step of kind reveal"`
}

// VisitHomework begins a visit by a link's token.
type VisitHomework struct {
	Token string `json:"token" maxLength:"64"`
}

// HomeworkPage is all that a partner's phone is told of what was set for them.
type HomeworkPage struct {
	homework.Page
	Drafts  map[string]private.Text `json:"drafts" doc:"What was typed and not given yet, by the step's key"`
	Help    string                  `json:"help" doc:"The practice's help page as sanitised HTML"`
	LeaveTo string                  `json:"leave_to"`
}

// DoHomework is what a partner does; sent again with the same id, it takes effect once.
type DoHomework struct {
	ID       string            `json:"id" format:"uuid"`
	Do       string            `json:"do" enum:"consent,set_language,submit,done_private,ready,skip,take_back"`
	Policy   int               `json:"policy,omitempty" doc:"consent: the version that was on the screen"`
	Language exercise.Language `json:"language,omitempty" enum:"en,es" doc:"consent, set_language"`
	Step     int               `json:"step,omitempty" minimum:"0" doc:"The step's key"`
	Rev      int               `json:"rev,omitempty" minimum:"0" doc:"The revision of one's own part that was on the screen; an older one is refused answer_changed"`
	Answer   *session.Answer   `json:"answer,omitempty" doc:"submit"`
}

// HomeworkDraft is what is being typed in a step; empty words take it away.
type HomeworkDraft struct {
	Step int          `json:"step" minimum:"0"`
	Text private.Text `json:"text" maxLength:"8000"`
}

// HomeworkRow is one homework as it is stored: whose, its log, and its links.
type HomeworkRow struct {
	ID, Couple string
	Log        []homework.Record
	Links      []Link
	MadeAt     time.Time
}
