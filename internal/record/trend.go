package record

import (
	"cmp"
	"slices"
	"time"

	"mend/internal/session"
)

// Past is one of a couple's sessions: its summary, and what was rated at home before it
// and read back in it.
type Past struct {
	Session string
	Summary Summary
	Home    []Rating
}

// rated are a session's ratings for a trend: the last of each, and those from home that
// nothing in the session itself has overtaken.
func (p Past) rated() []Rating {
	in := slices.DeleteFunc(slices.Clone(p.Summary.Ratings), func(r Rating) bool {
		return r.Measure == "" || r.Turn == Before || r.Turn == During
	})
	home := slices.DeleteFunc(slices.Clone(p.Home), func(h Rating) bool {
		return slices.ContainsFunc(in, func(r Rating) bool { return r.Who == h.Who && r.Measure == h.Measure })
	})
	return append(home, in...)
}

// Trends are a couple's measures over their sessions.
type Trends struct {
	Sessions []Sitting `json:"sessions"` // those that took place, oldest first
	Measures []Measure `json:"measures"`
	Erased   int       `json:"erased,omitempty"` // records whose words are gone: a rating may be among them
}

// Measure is one named measure: each partner's own line of points, never one line
// for the couple.
type Measure struct {
	Name   string  `json:"name"`
	Low    string  `json:"low,omitempty"`  // what 0 means, as it was worded last
	High   string  `json:"high,omitempty"` // what 10 means
	Points []Point `json:"points"`
}

// Point is one partner's last rating of a measure in one session, or at home before it, 0–10.
type Point struct {
	Session string       `json:"session"`
	At      time.Time    `json:"at"`
	Who     session.Seat `json:"who"`
	Value   int          `json:"value"`
}

// TrendsOf sets a couple's ratings side by side, session by session. One point is
// no trend: a partner with a single one does not appear in that measure, and a
// measure in which nobody has two does not appear at all.
func TrendsOf(past []Past) Trends {
	out := Trends{Sessions: []Sitting{}, Measures: []Measure{}}
	named := map[string]*Measure{}
	for _, p := range slices.SortedStableFunc(slices.Values(past), earlier) {
		if p.Summary.StartedAt != nil {
			out.Sessions = append(out.Sessions, Sitting{Session: p.Session, At: *p.Summary.StartedAt})
		}
		out.Erased += p.Summary.Erased
		for _, r := range p.rated() {
			m := named[r.Measure]
			if m == nil {
				m = &Measure{Name: r.Measure}
				named[r.Measure] = m
			}
			m.Low, m.High = r.Low, r.High
			m.Points = append(m.Points, Point{Session: p.Session, At: r.At, Who: r.Who, Value: r.Value})
		}
	}
	for _, m := range named {
		count := map[session.Seat]int{}
		for _, p := range m.Points {
			count[p.Who]++
		}
		m.Points = slices.DeleteFunc(m.Points, func(p Point) bool { return count[p.Who] < 2 })
		slices.SortStableFunc(m.Points, func(a, b Point) int { return a.At.Compare(b.At) })
		if len(m.Points) > 0 {
			out.Measures = append(out.Measures, *m)
		}
	}
	slices.SortFunc(out.Measures, func(a, b Measure) int { return cmp.Compare(a.Name, b.Name) })
	return out
}
