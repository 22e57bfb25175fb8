package record_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mend/internal/record"
)

func day(text string) time.Time {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return at
}

func TestWhatIsDueAndWhen(t *testing.T) {
	terms := record.Terms{Progress: 7, Process: 1, Since: day("2020-01-01")}
	couples := []record.Standing{
		{Couple: "long ago", Last: day("2019-03-01"), Since: day("2018-01-01"), Thoughts: true},
		{Couple: "last year", Last: day("2025-10-01"), Since: day("2018-01-01"), Thoughts: true},
		{Couple: "no thoughts", Last: day("2025-10-01"), Since: day("2018-01-01")},
		{Couple: "held", Last: day("2019-02-01"), Since: day("2018-01-01"), Held: true},
		{Couple: "just brought in", Last: day("2010-01-01"), Since: day("2026-11-01")},
		{Couple: "a leap day", Last: day("2016-02-29"), Since: day("2016-01-01")},
	}
	want := []record.Due{
		{Couple: "long ago", What: record.ProcessNotes, At: day("2020-03-01")},
		{Couple: "a leap day", What: record.WholeRecord, At: day("2023-03-01")},
		{Couple: "held", What: record.WholeRecord, At: day("2026-02-01")},
		{Couple: "long ago", What: record.WholeRecord, At: day("2026-03-01")},
		{Couple: "last year", What: record.ProcessNotes, At: day("2026-10-01")},
		{Couple: "just brought in", What: record.WholeRecord, At: day("2026-12-01")},
	}
	if got := record.DueBy(terms, couples, day("2026-12-01")); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if got := record.DueBy(record.Terms{}, couples, day("2526-12-01")); len(got) != 0 {
		t.Errorf("kept until deleted, and due all the same: %v", got)
	}
}

// Whatever the dates are: nothing goes before its years are over, nothing goes that the
// practice has not had a month to see coming, and what is due stays due.
func TestNothingIsDueTooSoon(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := func(name string) time.Time {
			return day("2000-01-01").AddDate(0, 0, rapid.IntRange(0, 20000).Draw(t, name))
		}
		terms := record.Terms{
			Progress: rapid.IntRange(0, 12).Draw(t, "progress"), Process: rapid.IntRange(0, 12).Draw(t, "process"), Since: at("since"),
		}
		couples := make([]record.Standing, rapid.IntRange(0, 6).Draw(t, "couples"))
		byID := map[string]record.Standing{}
		for i := range couples {
			couples[i] = record.Standing{
				Couple: fmt.Sprint(i), Last: at("last"), Since: at("here"), Thoughts: rapid.Bool().Draw(t, "thoughts"),
			}
			byID[couples[i].Couple] = couples[i]
		}
		by := at("by")
		due := record.DueBy(terms, couples, by)
		for i, d := range due {
			c := byID[d.Couple]
			years := terms.Progress
			if d.What == record.ProcessNotes {
				years = terms.Process
				if !c.Thoughts {
					t.Fatalf("there are no process notes to go: %v", d)
				}
			}
			switch {
			case years == 0, d.At.After(by), d.At.Before(c.Last.AddDate(years, 0, 0)):
				t.Fatalf("too soon: %v of %v", d, c)
			case d.At.Before(c.Since.Add(record.Warned)), d.At.Before(terms.Since.Add(record.Warned)):
				t.Fatalf("nobody was told: %v of %v", d, c)
			case i > 0 && d.At.Before(due[i-1].At):
				t.Fatalf("out of order: %v", due)
			}
		}
		if later := record.DueBy(terms, couples, by.AddDate(0, 0, 1)); len(later) < len(due) || !reflect.DeepEqual(later[:len(due)], due) && len(later) == len(due) {
			t.Fatalf("what was due is not any more: %v, then %v", due, later)
		}
	})
}
