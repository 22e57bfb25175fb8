package exercise

import "fmt"

// Problem is one thing wrong with an exercise: where, what, and how to mend it.
type Problem struct {
	Line    int    `json:"line,omitempty"` // 1-based; 0 where only the path is known
	Path    string `json:"path"`           // "steps[3].prompt"
	Code    string `json:"code"`           // stable, kebab-case
	Message string `json:"message"`
	Mend    string `json:"mend"`
}

func (p Problem) Error() string {
	if p.Line > 0 {
		return fmt.Sprintf("%d: %s: %s. %s", p.Line, p.Path, p.Message, p.Mend)
	}
	return fmt.Sprintf("%s: %s. %s", p.Path, p.Message, p.Mend)
}
