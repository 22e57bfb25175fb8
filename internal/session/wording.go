package session

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"mend/internal/exercise"
	"mend/internal/private"
)

// What later steps take over from earlier answers. They take only what both already
// know: answers given to the room, and sealed ones once revealed.

// sharedIn gives the answers of a visit that both partners know.
func (s *State) sharedIn(run *Run, v *Visit) (answers Each[*Answer]) {
	step := run.step(v.Index)
	if step == nil {
		return answers
	}
	audience, _ := s.audience(step)
	switch {
	case v.Shared != nil:
		answers.One, answers.Two = v.Shared.Answer(SeatOne), v.Shared.Answer(SeatTwo)
	case audience == exercise.Room:
		answers.One, answers.Two = v.Parts.One.Answer, v.Parts.Two.Answer
	}
	return answers
}

// Answer is what one partner gave; nil where it was not theirs to give.
func (p *Pair) Answer(s Seat) *Answer {
	a := &p.One
	if s == SeatTwo {
		a = &p.Two
	}
	if a.Text == "" && a.Value == nil && len(a.Choices) == 0 && len(a.Sorted) == 0 {
		return nil
	}
	return a
}

// lines puts the shared answers of the steps that one refers to in words, each line
// once, without saying whose it is.
func (s *State) lines(run *Run, step *exercise.Instruction) []string {
	var lines []string
	seen := map[string]bool{}
	add := func(line string) {
		if line = strings.TrimSpace(line); line != "" && !seen[line] {
			seen[line] = true
			lines = append(lines, line)
		}
	}
	for _, i := range step.OfSteps {
		v := run.latest(i)
		if v == nil {
			continue
		}
		of, answers := run.stepIn(i, s.Facts.Language), s.sharedIn(run, v)
		for _, seat := range Seats() {
			a := answers.Of(seat)
			if a == nil {
				continue
			}
			for _, id := range a.Choices {
				add(wordsOf(of.Options, id))
			}
			for line := range strings.Lines(string(a.Text)) {
				add(oneLine(private.Text(line)))
			}
		}
	}
	return lines
}

func wordsOf(choices []exercise.Choice, id string) string {
	for _, c := range choices {
		if c.ID == id {
			return c.Text
		}
	}
	return ""
}

// maxCards of a sort that come from answers.
const maxCards = 24

// cardsFrom makes the cards of a sort from an earlier step's lines; none where it
// brings cards of its own.
func (s *State) cardsFrom(run *Run, step *exercise.Instruction) []exercise.Choice {
	if len(step.OfSteps) == 0 {
		return nil
	}
	var cards []exercise.Choice
	for i, line := range s.lines(run, step) {
		if i == maxCards {
			break
		}
		cards = append(cards, exercise.Choice{ID: "c" + strconv.Itoa(i+1), Text: line})
	}
	return cards
}

// cards are the ones in use in a sort.
func (h here) cards() []exercise.Choice { return h.cardsOf(h.visit, h.step) }

func (r *Run) cardsOf(v *Visit, step *exercise.Instruction) []exercise.Choice {
	if len(v.Cards) > 0 {
		return v.Cards
	}
	return step.Cards
}

// firstWording lays out an agreement: the exercise's sentence, then a line for each
// thing that both know. What does not fit is left for the two to add.
func (s *State) firstWording(run *Run, step *exercise.Instruction, at time.Time) *Wording {
	most := maxText
	if step.MaxLength > 0 {
		most = min(most, step.MaxLength)
	}
	text := step.Sentence
	for _, line := range s.lines(run, step) {
		longer := strings.TrimLeft(text+"\n"+line, "\n")
		if utf8.RuneCountInString(longer) > most {
			break
		}
		text = longer
	}
	day := func(after int) string {
		if after <= 0 {
			return ""
		}
		return at.AddDate(0, 0, after).Format(time.DateOnly)
	}
	return &Wording{
		Revision: 1,
		Text:     private.Text(text),
		From:     at.Format(time.DateOnly),
		Review:   day(step.Review),
		Expires:  day(step.Expires),
	}
}
