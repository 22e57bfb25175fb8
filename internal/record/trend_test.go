package record_test

import (
	"fmt"
	"testing"
	"time"

	"mend/internal/record"
	"mend/internal/session"
)

// past is a session in which these were rated, in this order.
func past(day int, ratings ...record.Rating) record.Past {
	for i := range ratings {
		ratings[i].At = time.Date(2026, 11, day, 14, i, 0, 0, time.UTC)
		if ratings[i].Turn == "" {
			ratings[i].Turn = record.Only
		}
	}
	return record.Past{Session: fmt.Sprintf("session-%d", day), Summary: record.Summary{Ratings: ratings}}
}

func rating(measure string, who session.Seat, value int) record.Rating {
	return record.Rating{Measure: measure, Who: who, Value: value, Low: "low", High: "high"}
}

func TestATrendNeedsTwoSessionsAndIsEachOnesOwn(t *testing.T) {
	trends := record.TrendsOf([]record.Past{
		past(9, rating("trust", session.SeatOne, 4), rating("heard", session.SeatOne, 5)),
		past(2, rating("trust", session.SeatOne, 2), rating("trust", session.SeatTwo, 6)),
	})
	if len(trends.Measures) != 1 || trends.Measures[0].Name != "trust" || trends.Measures[0].Low != "low" {
		t.Fatalf("one point became a trend: %+v", trends)
	}
	points := trends.Measures[0].Points
	if len(points) != 2 || points[0].Session != "session-2" || points[0].Value != 2 || points[1].Value != 4 {
		t.Errorf("one's own two points, oldest first: %+v", points)
	}
}

func TestATrendTakesTheLastRatingOfASession(t *testing.T) {
	before, after := rating("trust", session.SeatOne, 1), rating("trust", session.SeatOne, 9)
	before.Turn, after.Turn = record.Before, record.After
	trends := record.TrendsOf([]record.Past{past(2, before, after), past(9, rating("trust", session.SeatOne, 5))})
	if p := trends.Measures[0].Points; len(p) != 2 || p[0].Value != 9 {
		t.Errorf("points: %+v", p)
	}
}

func TestNothingIsNoTrend(t *testing.T) {
	if m := record.TrendsOf(nil).Measures; m == nil || len(m) != 0 {
		t.Errorf("measures of nothing: %v", m)
	}
}

// The page draws a gap where a session brought no rating: for that it knows them all.
func TestTrendsNameEverySessionThatTookPlaceAndCountWhatWasErased(t *testing.T) {
	held := func(day, erased int) record.Past {
		at := time.Date(2026, 11, day, 14, 0, 0, 0, time.UTC)
		p := past(day)
		p.Summary.StartedAt, p.Summary.Erased = &at, erased
		return p
	}
	trends := record.TrendsOf([]record.Past{held(16, 1), past(20), held(2, 2)})
	if s := trends.Sessions; len(s) != 2 || s[0].Session != "session-2" || s[1].Session != "session-16" {
		t.Errorf("sessions that began, oldest first: %+v", s)
	}
	if trends.Erased != 3 {
		t.Errorf("%d records were erased", trends.Erased)
	}
}

// What was rated at home stands with the session that read it back, unless that session
// asked the same again.
func TestWhatWasRatedAtHomeIsInTheTrend(t *testing.T) {
	first, second := past(2, rating("heard", session.SeatOne, 5)), past(9, rating("hope", session.SeatTwo, 8))
	for i, p := range []*record.Past{&first, &second} {
		for _, seat := range session.Seats() {
			home := rating("hope", seat, 3+i)
			home.At = time.Date(2026, 11, 1+7*i, 20, 0, 0, 0, time.UTC)
			p.Home = append(p.Home, home)
		}
	}
	trends := record.TrendsOf([]record.Past{first, second})
	if len(trends.Measures) != 1 || trends.Measures[0].Name != "hope" {
		t.Fatalf("measures: %+v", trends.Measures)
	}
	told := map[session.Seat][]int{}
	for _, p := range trends.Measures[0].Points {
		told[p.Who] = append(told[p.Who], p.Value)
	}
	if fmt.Sprint(told) != "map[one:[3 4] two:[3 8]]" {
		t.Errorf("each one's own, oldest first: %v", told)
	}
}
