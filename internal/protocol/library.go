package protocol

import (
	"time"

	"mend/internal/exercise"
)

// The bodies of the library and the guide.

// Origin is whose an exercise is, as the one who asks sees it.
type Origin string

const (
	Shipped    Origin = "shipped"  // came with Mend
	Mine       Origin = "mine"     // written by the one who asks
	OfPractice Origin = "practice" // shared by a colleague
)

// Scope is who may see and run an exercise that a counselor wrote.
type Scope string

const (
	JustMe      Scope = "private"
	ForPractice Scope = "practice" // everybody of the practice; only its author changes it
)

// ExerciseHead is a line of the library, with what a counselor weighs before choosing.
type ExerciseHead struct {
	ID         string                   `json:"id"`
	Version    int                      `json:"version"`
	Origin     Origin                   `json:"origin" enum:"shipped,mine,practice"`
	Favourite  bool                     `json:"favourite"`
	Alone      bool                     `json:"alone,omitempty" doc:"It can be set for the time between two sessions"`
	LastUsedAt *time.Time               `json:"last_used_at,omitempty" doc:"When the couple asked about last began it"`
	Title      string                   `json:"title"`
	Phase      exercise.Phase           `json:"phase"`
	Themes     []string                 `json:"themes" doc:"Ids of pages of the guide"`
	Intensity  exercise.Intensity       `json:"intensity"`
	Minutes    int                      `json:"minutes"`
	Summary    string                   `json:"summary"`
	After      []string                 `json:"after,omitempty"`
	Frame      bool                     `json:"frame,omitempty"`
	Roles      map[exercise.Role]string `json:"roles"`
	Guidance   exercise.Guidance        `json:"guidance"`
}

type ExerciseList struct {
	Items []ExerciseHead `json:"items"`
}

// Exercise is the reading view.
type Exercise struct {
	ExerciseHead
	Sources []exercise.Source      `json:"sources"`
	Steps   []exercise.Instruction `json:"steps"`
}

// ExerciseSource is an exercise as its author wrote it.
type ExerciseSource struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
	Origin  Origin `json:"origin"`
	Scope   Scope  `json:"scope,omitempty" doc:"Absent for what ships with Mend"`
	Source  string `json:"source" doc:"YAML"`
}

// PutExercise is what a counselor wrote, new or instead of what was there. The source
// names its own id and version.
type PutExercise struct {
	Source string `json:"source" doc:"YAML, to the schema of GET /exercise-schema; 256 KiB with the request around it"`
	Scope  Scope  `json:"scope" enum:"private,practice"`
}

// LintExercise asks what is wrong with a source. Nothing is kept.
type LintExercise struct {
	Source string `json:"source" doc:"YAML"`
}

// Linted is all that is wrong with a source, by line, and the exercise where nothing is.
type Linted struct {
	Problems []exercise.Problem `json:"problems"`
	Exercise *Exercise          `json:"exercise,omitempty"`
}

// GuidePageHead is a line of the guide.
type GuidePageHead struct {
	ID       string `json:"id"`
	Section  string `json:"section" doc:"Its place in the guide, such as S-8"`
	Title    string `json:"title"`
	Summary  string `json:"summary"`
	Partners bool   `json:"partners" doc:"Whether partners may read it too"`
}

type GuideList struct {
	Items []GuidePageHead `json:"items"`
}

// GuidePage is a page to read. Exercises are told to counselors alone.
type GuidePage struct {
	GuidePageHead
	HTML      string        `json:"html" doc:"Sanitised"`
	Exercises []ExerciseRef `json:"exercises" doc:"Those that do what the page tells of; none for a partner"`
}

type ExerciseRef struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Agenda is a template for a session: exercises from opening to closing.
type Agenda struct {
	ID        string   `json:"id"`
	Minutes   int      `json:"minutes" doc:"The length of session that it is meant for"`
	Title     string   `json:"title"`
	Summary   string   `json:"summary"`
	Exercises []string `json:"exercises"`
}

type AgendaList struct {
	Items []Agenda `json:"items"`
}
