package record

import (
	"fmt"
	"strings"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

// Worded is an answer in the words that stood on the screen: option and card ids
// mean nothing to a reader.
func (p Posed) Worded(a session.Answer) private.Text {
	return worded(a, p.Options, p.Cards, p.Buckets)
}

// Worded is one partner's side of a pair in the words that stood on the screen;
// empty where they gave nothing.
func Worded(p session.RevealedPair, who session.Seat) private.Text {
	a := p.Two
	if who == session.SeatOne {
		a = p.One
	}
	if a == nil {
		return ""
	}
	return worded(*a, p.Options, p.Cards, p.Buckets)
}

func worded(a session.Answer, options, cards, buckets []exercise.Choice) private.Text {
	var parts []string
	if a.Value != nil {
		parts = append(parts, fmt.Sprintf("%d of 10", *a.Value))
	}
	for _, id := range a.Choices {
		// With "other" the text beside it is the answer.
		if id != "other" || a.Text == "" {
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
	for _, c := range among {
		if c.ID == id {
			return c.Text
		}
	}
	switch id {
	case "none":
		return "none of these"
	case "not_sure":
		return "not sure"
	case "other":
		return "something else"
	}
	return id
}
