package record

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

// Review is one look back at an agreement, as the counselor wrote it down. Two people
// made the agreement: a review says how it went, never who it was.
type Review struct {
	ID     string       `json:"id"`
	On     string       `json:"on"` // the day it was looked at, 2026-12-07
	At     time.Time    `json:"at"` // when it was written down
	How    Went         `json:"how"`
	Remark private.Text `json:"remark,omitempty"`
}

// Went is how an agreement went.
type Went string

const (
	WentKept    Went = "kept"
	WentPartly  Went = "partly"
	WentNot     Went = "not_kept"
	WentChanged Went = "changed" // something else was agreed in its stead
)

// Sitting is a session and when it was, or when the thing told of happened in it.
type Sitting struct {
	Session string    `json:"session"`
	At      time.Time `json:"at"`
}

// Making is where an agreement was made.
type Making struct {
	Exercise string `json:"exercise"`
	Title    string `json:"title"` // the exercise's
	// Homework: it was made in the closing of a session, to be done until the next.
	Homework bool `json:"homework,omitempty"`
}

// Course is what the logs tell of an agreement after it was signed.
type Course struct {
	Made     Making
	ReadBack []Sitting // the sessions whose opening read it back, oldest first
}

// CoursesOf follows a couple's agreements through their sessions, by the agreement's id.
func CoursesOf(past []Past) map[string]Course {
	courses := map[string]Course{}
	for _, p := range slices.SortedStableFunc(slices.Values(past), earlier) {
		for _, a := range p.Summary.Agreements.Concluded {
			if made, ok := p.making(a); ok {
				courses[a.ID] = Course{Made: made, ReadBack: []Sitting{}}
			}
		}
		at, read := p.readBack()
		if !read {
			continue
		}
		for _, a := range p.Summary.Agreements.Standing {
			c := courses[a.ID]
			c.ReadBack = append(c.ReadBack, Sitting{Session: p.Session, At: at})
			courses[a.ID] = c
		}
	}
	return courses
}

func earlier(a, b Past) int { return a.at().Compare(b.at()) }

// at is when a session was; the zero time where nobody was let in.
func (p Past) at() time.Time {
	if p.Summary.StartedAt == nil {
		return time.Time{}
	}
	return *p.Summary.StartedAt
}

// making finds the step that an agreement was signed at: its id is made of the session
// and the step, and of a "+" for each one signed there before.
func (p Past) making(a session.Agreement) (Making, bool) {
	key := strings.TrimRight(strings.TrimPrefix(a.ID, p.Session+"."), "+")
	for _, passage := range p.Summary.Exercises {
		for _, stay := range passage.Stays {
			if stay.Kind == exercise.Agree && stay.Step == key {
				return Making{Exercise: passage.Exercise, Title: passage.Title, Homework: passage.Frame}, true
			}
		}
	}
	return Making{}, false
}

// readBack is when a session's opening put the agreements in force on the phones.
func (p Past) readBack() (time.Time, bool) {
	for _, passage := range p.Summary.Exercises {
		if !passage.Frame {
			continue
		}
		for _, stay := range passage.Stays {
			if stay.Kind == exercise.Read {
				return stay.From, true
			}
		}
	}
	return time.Time{}, false
}

// Tally is how the agreements that were looked at on one day went: a number of each,
// never a share or a score.
type Tally struct {
	On      string `json:"on"` // 2026-12-07
	Kept    int    `json:"kept"`
	Partly  int    `json:"partly"`
	NotKept int    `json:"not_kept"`
	Changed int    `json:"changed"`
}

// TalliesOf counts the reviews of a couple's agreements, day by day. Of several reviews
// of one agreement on one day the last one written counts.
func TalliesOf(reviews map[string][]Review) []Tally {
	days := map[string]*Tally{}
	for _, of := range reviews {
		last := map[string]Review{}
		for _, r := range of {
			if before, seen := last[r.On]; !seen || before.At.Before(r.At) {
				last[r.On] = r
			}
		}
		for on, r := range last {
			if days[on] == nil {
				days[on] = &Tally{On: on}
			}
			days[on].count(r.How)
		}
	}
	tallies := make([]Tally, 0, len(days))
	for _, t := range days {
		tallies = append(tallies, *t)
	}
	slices.SortFunc(tallies, func(a, b Tally) int { return cmp.Compare(a.On, b.On) })
	return tallies
}

func (t *Tally) count(how Went) {
	switch how {
	case WentKept:
		t.Kept++
	case WentPartly:
		t.Partly++
	case WentNot:
		t.NotKept++
	case WentChanged:
		t.Changed++
	}
}
