package record

import (
	"cmp"
	"slices"
	"time"
)

// Clock names what one of the two retention clocks counts for.
type Clock string

const (
	WholeRecord  Clock = "record"        // the couple with all that was said and written
	ProcessNotes Clock = "process_notes" // the counselor's private thoughts alone
)

// Terms are for how many years after a couple's last session a part is kept; 0: until
// somebody deletes it.
type Terms struct {
	Progress, Process int
	Since             time.Time // when the practice last said so
}

// Standing is what the clocks have to know of one couple.
type Standing struct {
	Couple   string
	Last     time.Time // their last session, or when they were taken on
	Since    time.Time // when they came to be here, or the last hold on them was lifted
	Held     bool
	Thoughts bool // there are process notes
}

// Warned is how long before it may go a part has been on the list of what is due.
const Warned = 30 * 24 * time.Hour

// Due is a part of one couple's record that nobody has to keep any more from a time on.
type Due struct {
	Couple string    `json:"couple"`
	What   Clock     `json:"what" enum:"record,process_notes"`
	At     time.Time `json:"at"`
}

// DueBy lists what may go by a time, the earliest first; with a hold or without. A part
// is never due before the practice has had Warned to see it coming: from the day its
// terms were set, the couple was taken on or a hold was lifted.
func DueBy(t Terms, couples []Standing, by time.Time) []Due {
	list := []Due{}
	for _, c := range couples {
		add := func(what Clock, years int) {
			if years <= 0 {
				return
			}
			at := later(c.Last.AddDate(years, 0, 0), later(t.Since, c.Since).Add(Warned)).UTC()
			if !at.After(by) {
				list = append(list, Due{Couple: c.Couple, What: what, At: at})
			}
		}
		add(WholeRecord, t.Progress)
		if c.Thoughts {
			add(ProcessNotes, t.Process)
		}
	}
	SortDue(list)
	return list
}

// SortDue puts the earliest first.
func SortDue(list []Due) {
	slices.SortFunc(list, func(a, b Due) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Couple, b.Couple), cmp.Compare(a.What, b.What))
	})
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
