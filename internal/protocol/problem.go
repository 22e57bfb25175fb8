package protocol

import "mend/internal/exercise"

// Problem is the body of every refusal over HTTP (RFC 9457). It never repeats what
// was sent, but for the ids and keys of an exercise that Problems speaks of.
type Problem struct {
	Title    string         `json:"title"`
	Status   int            `json:"status"`
	Code     string         `json:"code" doc:"Stable, for programs"`
	Detail   string         `json:"detail" doc:"One plain sentence for a person"`
	Field    string         `json:"field,omitempty" doc:"The offending input as a path, where there is one"`
	Mend     string         `json:"mend,omitempty" doc:"How to put it right"`
	Instance string         `json:"instance,omitempty" doc:"The request's id, as in the operator's log"`
	Errors   []ProblemField `json:"errors,omitempty" doc:"With code invalid: every offending input"`
	Note     *Note          `json:"note,omitempty" doc:"With code stale_version: the note as it now stands"`

	Exercise *ExerciseSource    `json:"exercise,omitempty" doc:"With code stale_version: the exercise as it now stands"`
	Problems []exercise.Problem `json:"problems,omitempty" doc:"With code not_an_exercise: all that is wrong with the source, by line. These name its keys and ids to its author"`
}

// ProblemField is one offending input.
type ProblemField struct {
	Field   string `json:"field"`
	Code    string `json:"code" doc:"Stable, for programs"`
	Limit   string `json:"limit,omitempty" doc:"What the code speaks of: the most, the least, the choices"`
	Message string `json:"message"`
	Mend    string `json:"mend,omitempty"`
}
