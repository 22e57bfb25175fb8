package record_test

import (
	"slices"
	"testing"
	"time"

	"mend/internal/exercise"
	"mend/internal/record"
	"mend/internal/session"
)

// sat is a session of a day, which read back what stood and made what was concluded at
// the last step of an exercise.
func sat(day int, frame bool, standing, concluded []string) record.Past {
	at := time.Date(2026, 11, day, 14, 0, 0, 0, time.UTC)
	p := record.Past{Session: "s" + at.Format("02"), Summary: record.Summary{StartedAt: &at}}
	named := func(ids []string) (all []session.Agreement) {
		for _, id := range ids {
			all = append(all, session.Agreement{ID: id})
		}
		return all
	}
	p.Summary.Agreements = record.Agreements{Standing: named(standing), Concluded: named(concluded)}
	p.Summary.Exercises = []record.Passage{
		{Exercise: "opening", Frame: true, Stays: []record.Stay{{Step: "1.0.1", Kind: exercise.Read, From: at.Add(time.Minute)}}},
		{Exercise: "last", Title: "Last", Frame: frame, Stays: []record.Stay{
			{Step: "2.3.1", Kind: exercise.Write}, {Step: "2.4.1", Kind: exercise.Agree},
		}},
	}
	return p
}

func TestAnAgreementIsFollowedFromItsMakingToEachReadingBack(t *testing.T) {
	courses := record.CoursesOf([]record.Past{ // in no order
		sat(16, false, []string{"s02.2.4.1", "s09.2.4.1+"}, nil),
		sat(9, false, []string{"s02.2.4.1"}, []string{"s09.2.4.1+"}),
		sat(2, true, nil, []string{"s02.2.4.1"}),
	})
	step, pact := courses["s02.2.4.1"], courses["s09.2.4.1+"]
	if !step.Made.Homework || step.Made.Exercise != "last" || step.Made.Title != "Last" {
		t.Errorf("what was agreed in the closing is a step until the next session: %+v", step.Made)
	}
	if pact.Made.Homework || pact.Made.Exercise != "last" {
		t.Errorf("signed anew at the same step, in an exercise that is no frame: %+v", pact.Made)
	}
	sessions := func(c record.Course) (ids []string) {
		for _, r := range c.ReadBack {
			ids = append(ids, r.Session)
		}
		return ids
	}
	if got := sessions(step); !slices.Equal(got, []string{"s09", "s16"}) {
		t.Errorf("read back in %v", got)
	}
	if got := sessions(pact); !slices.Equal(got, []string{"s16"}) {
		t.Errorf("read back in %v", got)
	}
}

func TestASessionThatNeverReachedItsOpeningReadNothingBack(t *testing.T) {
	cut := sat(9, false, []string{"s02.2.4.1"}, nil)
	cut.Summary.Exercises = cut.Summary.Exercises[1:]
	courses := record.CoursesOf([]record.Past{sat(2, true, nil, []string{"s02.2.4.1"}), cut})
	if back := courses["s02.2.4.1"].ReadBack; len(back) != 0 {
		t.Errorf("read back: %v", back)
	}
}

func TestReviewsAreCountedByDayAndTheLastWordOfADayCounts(t *testing.T) {
	noon := time.Date(2026, 11, 9, 12, 0, 0, 0, time.UTC)
	tallies := record.TalliesOf(map[string][]record.Review{
		"a": {
			{On: "2026-11-16", At: noon, How: record.WentPartly},
			{On: "2026-11-09", At: noon.Add(time.Hour), How: record.WentKept},
			{On: "2026-11-09", At: noon, How: record.WentNot},
		},
		"b": {{On: "2026-11-09", At: noon, How: record.WentChanged}, {On: "2026-11-16", At: noon, How: record.WentNot}},
	})
	want := []record.Tally{{On: "2026-11-09", Kept: 1, Changed: 1}, {On: "2026-11-16", Partly: 1, NotKept: 1}}
	if !slices.Equal(tallies, want) {
		t.Errorf("got %+v", tallies)
	}
	if none := record.TalliesOf(nil); none == nil || len(none) != 0 {
		t.Errorf("tallies of nothing: %v", none)
	}
}
