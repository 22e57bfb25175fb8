package record

import (
	"mend/internal/private"
	"mend/internal/session"
)

// Worded is an answer in the words that stood on the screen: option and card ids
// mean nothing to a reader.
func (p Posed) Worded(a session.Answer) private.Text {
	return a.Worded(p.Options, p.Cards, p.Buckets)
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
	return a.Worded(p.Options, p.Cards, p.Buckets)
}
