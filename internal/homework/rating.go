package homework

import (
	"time"

	"mend/internal/exercise"
	"mend/internal/session"
)

// Rating is one partner's answer to a scale on a named measure, 0–10 between ends that
// are worded in the counselor's language.
type Rating struct {
	Measure, Low, High string
	Who                session.Seat
	At                 time.Time
	Value              int
}

// Ratings are what the counselor may read of a log's scales and what was to outlast the
// session, with the session that read them back, "" where none did yet.
func Ratings(log []Record) (readIn string, rated []Rating) {
	type place struct {
		step int
		who  session.Role
	}
	given := map[place]time.Time{}
	for _, r := range log {
		switch e := r.Event.(type) {
		case Answered:
			given[place{e.Step, r.By}] = r.At
		case WasReadBack:
			readIn = e.Session
		}
	}
	s := Replay(log)
	for i := range s.Parts {
		step := s.Facts.Program.Step(i, s.Facts.Language)
		passing := step.Retention == exercise.KeepNone || step.Retention == exercise.KeepSession
		if step.Measure == "" || passing || !s.legible(i) {
			continue
		}
		for _, seat := range s.actors(step) {
			if a := s.Parts[i].Of(seat).Answer; a != nil && a.Value != nil {
				rated = append(rated, Rating{
					Measure: step.Measure, Low: step.Low, High: step.High,
					Who: seat, At: given[place{i, seat.Role()}], Value: *a.Value,
				})
			}
		}
	}
	return readIn, rated
}
