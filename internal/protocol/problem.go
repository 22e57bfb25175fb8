package protocol

// Problem is the body of every refusal over HTTP (RFC 9457). It never repeats what
// was sent.
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
}

// ProblemField is one offending input.
type ProblemField struct {
	Field   string `json:"field"`
	Code    string `json:"code" doc:"Stable, for programs"`
	Limit   string `json:"limit,omitempty" doc:"What the code speaks of: the most, the least, the choices"`
	Message string `json:"message"`
	Mend    string `json:"mend,omitempty"`
}
