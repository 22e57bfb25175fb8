package session

import (
	"fmt"
	"strings"

	"mend/internal/exercise"
	"mend/internal/private"
)

// Worded is an answer in the words that stood on the screen of whoever reads the
// language: the ids of options, cards and buckets mean nothing to a reader.
func (a Answer) Worded(options, cards, buckets []exercise.Choice, in exercise.Language) private.Text {
	var parts []string
	if a.Value != nil {
		parts = append(parts, fmt.Sprintf(wordsIn(in).rating, *a.Value, maxScale))
	}
	for _, id := range a.Choices {
		// With "other" the text beside it is the answer.
		if id != otherChoice || a.Text == "" {
			parts = append(parts, word(id, options, in))
		}
	}
	// In the order of the cards, so that two readings of one answer are the same.
	for _, card := range cards {
		if bucket, ok := a.Sorted[card.ID]; ok {
			parts = append(parts, card.Text+": "+word(bucket, buckets, in))
		}
	}
	if a.Text != "" {
		parts = append(parts, string(a.Text))
	}
	return private.Text(strings.Join(parts, "; "))
}

// word is what a choice's id stands for.
func word(id string, among []exercise.Choice, in exercise.Language) string {
	if text := wordsOf(among, id); text != "" {
		return text
	}
	switch id {
	case noneChoice:
		return wordsIn(in).none
	case notSureChoice:
		return wordsIn(in).notSure
	case otherChoice:
		return wordsIn(in).other
	}
	return id
}

// ours are the words of an answer that no exercise brings along.
type ours struct{ rating, none, notSure, other string }

func wordsIn(language exercise.Language) ours {
	if language == exercise.Spanish {
		return ours{"%d de %d", "nada de esto", "no lo sé con certeza", "otra cosa"}
	}
	return ours{"%d of %d", "none of these", "not sure", "something else"}
}
