package session

import (
	"slices"

	"mend/internal/exercise"
)

// Homework is what was set for the time before this session and what became of it, as
// it stood when the session's first exercise began: a snapshot of what all three may
// know, and nothing else of it.
type Homework struct {
	ID      string           `json:"id"`
	Program exercise.Program `json:"program"`
	For     []Seat           `json:"for"`
	Cast    Cast             `json:"cast"`
	Due     string           `json:"due,omitempty"`
	Done    []Seat           `json:"done"`
	Answers []Told           `json:"answers,omitempty"`
}

// Told are the answers to one of its steps that both partners know.
type Told struct {
	Step int     `json:"step"`
	One  *Answer `json:"one,omitempty"`
	Two  *Answer `json:"two,omitempty"`
}

// HomeworkView is homework as it is read back.
type HomeworkView struct {
	ID     string         `json:"id"`
	Title  string         `json:"title"`
	For    []Seat         `json:"for"`
	Done   []Seat         `json:"done"`
	Due    string         `json:"due,omitempty"`
	Shared []RevealedPair `json:"shared,omitempty"`
}

func (h *Homework) view(in exercise.Language) HomeworkView {
	v := HomeworkView{ID: h.ID, Title: h.Program.TitleIn(in), For: h.For, Done: h.Done, Due: h.Due}
	if v.Done == nil {
		v.Done = nobody
	}
	for _, t := range h.Answers {
		if t.Step < 0 || t.Step >= len(h.Program.Steps) {
			continue
		}
		step := h.Program.Step(t.Step, in)
		v.Shared = append(v.Shared, PairOf(step.ID, step, h.Cast, Each[*Answer]{One: t.One, Two: t.Two}))
	}
	return v
}

// concerns tells whether homework is any of a partner's business: it was theirs, or
// holds an answer that was given to all three. What one alone was asked stays between
// them and the counselor.
func (h *Homework) concerns(seat Seat) bool {
	return slices.Contains(h.For, seat) || len(h.Answers) > 0
}

// homework is what is read back at a step: with the first reading of a frame, which is
// where a session looks back.
func (h here) homework(concerns func(*Homework) bool) []HomeworkView {
	if !h.Program.Frame || h.step.Kind != exercise.Read {
		return nil
	}
	var views []HomeworkView
	for i := range h.Homework {
		if concerns(&h.Homework[i]) {
			views = append(views, h.Homework[i].view(h.in))
		}
	}
	return views
}

// PairOf lays two answers to a step side by side, with the words that it asked.
func PairOf(key string, step *exercise.Instruction, cast Cast, answers Each[*Answer]) RevealedPair {
	pair := RevealedPair{
		Step: key, Kind: step.Kind, Title: step.Title, Prompt: step.Prompt,
		Low: step.Low, High: step.High, Options: step.Options,
		Buckets: step.Buckets, One: answers.One, Two: answers.Two,
	}
	if step.Kind == exercise.Sort {
		pair.Cards = step.Cards
	}
	if len(step.Prompts) > 0 {
		pair.Prompts = map[Seat]string{}
		for role, seat := range cast {
			pair.Prompts[seat] = step.Prompts[role]
		}
	}
	return pair
}
