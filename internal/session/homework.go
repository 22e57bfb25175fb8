package session

import "mend/internal/exercise"

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

// HomeworkView is homework as it is read back to one reader.
type HomeworkView struct {
	ID     string         `json:"id"`
	Title  string         `json:"title"`
	For    []Seat         `json:"for"`
	Done   []Seat         `json:"done"`
	Due    string         `json:"due,omitempty"`
	Shared []RevealedPair `json:"shared,omitempty"`
}

// view is what a reader is told of it. Who it was for and who did it are told of the
// reader alone, where that is a partner: whether the other did theirs is not a thing to
// learn from a phone. The counselor is told of both.
func (h *Homework) view(reader Role, in exercise.Language) HomeworkView {
	return HomeworkView{
		ID: h.ID, Title: h.Program.TitleIn(in), For: told(h.For, reader), Done: told(h.Done, reader), Due: h.Due, Shared: h.Pairs(in),
	}
}

// Pairs are the answers that both partners know, with the words that were asked.
func (h *Homework) Pairs(in exercise.Language) []RevealedPair {
	var pairs []RevealedPair
	for _, t := range h.Answers {
		if t.Step < 0 || t.Step >= len(h.Program.Steps) {
			continue
		}
		step := h.Program.Step(t.Step, in)
		pairs = append(pairs, PairOf(step.ID, step, h.Cast, Each[*Answer]{One: t.One, Two: t.Two}))
	}
	return pairs
}

// told are those of the seats that a reader is told of.
func told(seats []Seat, reader Role) []Seat {
	of := []Seat{}
	for _, seat := range seats {
		if reader == Counselor || seat.Role() == reader {
			of = append(of, seat)
		}
	}
	return of
}

// concerns tells whether homework is any of a reader's business: it was theirs, or
// holds an answer that was given to all three. What one partner alone was asked stays
// between them and the counselor.
func (h *Homework) concerns(reader Role) bool {
	return len(told(h.For, reader)) > 0 || len(h.Answers) > 0
}

// homework is what a reader is read back at a step: with the first reading of a frame,
// which is where a session looks back.
func (h here) homework(reader Role) []HomeworkView {
	if !h.Program.Frame || h.step.Kind != exercise.Read {
		return nil
	}
	var views []HomeworkView
	for i := range h.Homework {
		if of := &h.Homework[i]; of.concerns(reader) {
			views = append(views, of.view(reader, h.in))
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
