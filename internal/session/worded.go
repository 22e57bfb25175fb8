package session

import (
	"fmt"
	"strings"

	"mend/internal/exercise"
	"mend/internal/private"
)

// Worded is an answer in the words that stood on the screen: the ids of options,
// cards and buckets mean nothing to a reader.
func (a Answer) Worded(options, cards, buckets []exercise.Choice) private.Text {
	var parts []string
	if a.Value != nil {
		parts = append(parts, fmt.Sprintf("%d of %d", *a.Value, maxScale))
	}
	for _, id := range a.Choices {
		// With "other" the text beside it is the answer.
		if id != otherChoice || a.Text == "" {
			parts = append(parts, word(id, options))
		}
	}
	// In the order of the cards, so that two readings of one answer are the same.
	for _, card := range cards {
		if bucket, ok := a.Sorted[card.ID]; ok {
			parts = append(parts, card.Text+": "+word(bucket, buckets))
		}
	}
	if a.Text != "" {
		parts = append(parts, string(a.Text))
	}
	return private.Text(strings.Join(parts, "; "))
}

// word is what a choice's id stands for.
func word(id string, among []exercise.Choice) string {
	if text := wordsOf(among, id); text != "" {
		return text
	}
	switch id {
	case noneChoice:
		return "none of these"
	case notSureChoice:
		return "not sure"
	case otherChoice:
		return "something else"
	}
	return id
}
