package session

import (
	"cmp"
	"slices"

	"mend/internal/private"
)

// Question lies in the counselor's tray. It has three numbers, because a number is
// a count: in the tray, among its asker's own, and among those its hearer was
// shown. Nobody learns from theirs how many questions there are elsewhere.
type Question struct {
	Number   int          `json:"number"` // in the tray, from 1
	From     Seat         `json:"from"`
	Own      int          `json:"own"`             // among its asker's, from 1
	Shown    int          `json:"shown,omitempty"` // among those shown to the other; 0: not shown yet
	Text     private.Text `json:"text"`
	Dealt    Dealing      `json:"dealt,omitempty"`
	Reshaped private.Text `json:"reshaped,omitempty"`
	How      Replying     `json:"how,omitempty"`
	Reply    private.Text `json:"reply,omitempty"`
}

// open tells whether the other partner may see the question now.
func (q Question) open() bool { return q.Dealt == DealNow || q.Dealt == DealReshape }

// wording is what the other partner is shown.
func (q Question) wording() private.Text {
	if q.Reshaped != "" {
		return q.Reshaped
	}
	return q.Text
}

// asked counts a partner's own questions.
func (v *Visit) asked(by Seat) (n int) {
	for _, q := range v.Tray {
		if q.From == by {
			n++
		}
	}
	return n
}

// shownTo counts the questions that a partner was ever shown.
func (v *Visit) shownTo(s Seat) (n int) {
	for _, q := range v.Tray {
		if q.From != s && q.Shown > 0 {
			n++
		}
	}
	return n
}

// heard are the other's questions that a partner may see now, in the order of the
// numbers they have there: a place in the tray would tell what else lies in it.
func (v *Visit) heard(s Seat) []Question {
	var open []Question
	for _, q := range v.Tray {
		if q.From != s && q.open() {
			open = append(open, q)
		}
	}
	slices.SortFunc(open, func(a, b Question) int { return cmp.Compare(a.Shown, b.Shown) })
	return open
}

// inTray finds a question by the tray's number, as a position; -1: none.
func (v *Visit) inTray(number int) int {
	if number < 1 || number > len(v.Tray) {
		return -1
	}
	return number - 1
}

// before finds the question that a partner has before them under a number of
// theirs, as a position; -1: none, and none that they may know of.
func (v *Visit) before(s Seat, number int) int {
	for i, q := range v.Tray {
		if q.From != s && q.open() && q.Shown == number {
			return i
		}
	}
	return -1
}
