package homework_test

import (
	"testing"
	"time"

	"mend/internal/exercise"
	"mend/internal/homework"
	"mend/internal/session"
)

// A rating counts for the counselor once they may read it, and for a trend once a
// session has read it back.
func TestRatingsAreWhatTheCounselorMayReadAndKeep(t *testing.T) {
	rate := func(b *table, by session.Role, value int) {
		t.Helper()
		b.must(t, by, homework.Submit{Step: scale, Rev: b.state.Parts[scale].Of(session.Seat(by)).Rev, Answer: number(value)})
	}
	set := func(change func(*exercise.Instruction)) *table {
		t.Helper()
		f := facts()
		f.Program.Steps[scale].Measure = "hope"
		change(&f.Program.Steps[scale])
		b := &table{}
		b.must(t, session.Counselor, homework.Set{Facts: f, Suitability: seen})
		for _, seat := range session.Seats() {
			b.must(t, seat.Role(), homework.Consent{Policy: 3})
		}
		rate(b, session.One, 2)
		rate(b, session.One, 4)
		rate(b, session.Two, 7)
		return b
	}
	sealed := set(func(*exercise.Instruction) {})
	if _, rated := homework.Ratings(sealed.log); len(rated) != 0 {
		t.Errorf("what is under seal was told: %+v", rated)
	}
	if _, rated := homework.Ratings(set(func(s *exercise.Instruction) { s.Preview, s.Retention = true, exercise.KeepSession }).log); len(rated) != 0 {
		t.Errorf("what was for the session alone was kept: %+v", rated)
	}
	b := set(func(s *exercise.Instruction) { s.Preview, s.Low = true, "None" })
	readIn, rated := homework.Ratings(b.log)
	if readIn != "" || len(rated) != 2 || rated[0].Value != 4 || rated[0].Low != "None" || rated[1].Who != session.SeatTwo {
		t.Fatalf("read in %q: %+v", readIn, rated)
	}
	if when := monday.Add(4 * time.Second); !rated[0].At.Equal(when) {
		t.Errorf("the last answer was at %v, told is %v", when, rated[0].At)
	}
	b.must(t, session.Counselor, homework.ReadBack{Session: "s9"})
	if readIn, _ := homework.Ratings(b.log); readIn != "s9" {
		t.Errorf("read in %q", readIn)
	}
}
