package intake

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"mend/internal/private"
)

// Columns are those that a file may have. All but the pronouns and the sessions have to
// be there.
var Columns = []string{"label", "one", "one_pronouns", "two", "two_pronouns", "sessions"}

var needed = []string{"label", "one", "two"}

// Template is a file to begin with.
const Template = "label,one,one_pronouns,two,two_pronouns,sessions\r\n" +
	"Example couple,Ana,she,Ben,he,2025-03-04;2025-03-18\r\n"

// MaxLines bounds a file, its first line not counted.
const MaxLines = 5000

// Couple is one line that can be brought in. Several lines may be of the same couple:
// those whose Key is the same.
type Couple struct {
	Line             int
	Key              string // the label, however it is spaced and capitalised
	Label            private.Text
	One, OnePronouns private.Text
	Two, TwoPronouns private.Text
	Days             []time.Time // midnight UTC
}

// Problem is what is wrong with a line. It never repeats what stands there.
type Problem struct {
	Line   int // 0: the file as a whole
	Column string
	Code   string
	Mend   string
}

// Key is what two labels have in common that mean the same couple.
func Key(label private.Text) string {
	return strings.ToLower(strings.Join(strings.Fields(string(label)), " "))
}

// Read takes a file apart. now is for days that cannot have been yet.
func Read(text string, now time.Time) (couples []Couple, problems []Problem) {
	if !utf8.ValidString(text) {
		return nil, []Problem{{0, "", "not_utf8", "Save the file as CSV in UTF-8."}}
	}
	text = strings.TrimPrefix(text, "\ufeff")
	lines := csv.NewReader(strings.NewReader(text))
	lines.FieldsPerRecord = -1
	lines.Comma = separator(text)
	first, err := lines.Read()
	if err != nil {
		return nil, []Problem{{1, "", "no_columns", "Let the first line name the columns: " + strings.Join(Columns, ", ") + "."}}
	}
	at, problems := columnsOf(first)
	if len(problems) > 0 {
		return nil, problems
	}
	r := reading{at: at, width: len(first), now: now, names: map[string]Couple{}}
	for n := 0; ; n++ {
		fields, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return r.couples, r.problems
		}
		if err != nil {
			line := 0
			if e := (*csv.ParseError)(nil); errors.As(err, &e) {
				line = e.StartLine
			}
			r.wrong(line, "", "bad_quotes", `Put " around the whole field, and "" for a " within it.`)
			return nil, r.problems
		}
		if n == MaxLines {
			return nil, []Problem{{0, "", "too_many_lines", fmt.Sprintf("Bring in %d lines at a time, or fewer.", MaxLines)}}
		}
		line, _ := lines.FieldPos(0)
		r.take(line, fields)
	}
}

// separator is what stands between the columns' names.
func separator(text string) rune {
	first, _, _ := strings.Cut(text, "\n")
	if strings.Count(first, ";") > strings.Count(first, ",") {
		return ';'
	}
	return ','
}

func columnsOf(first []string) (at map[string]int, problems []Problem) {
	at = map[string]int{}
	for i, name := range first {
		name = strings.ToLower(strings.TrimSpace(name))
		_, twice := at[name]
		switch {
		case !slices.Contains(Columns, name):
			// The name is not repeated: in a file without a first line it is somebody's.
			problems = append(problems, Problem{1, fmt.Sprint(i + 1), "unknown_column", "Name the columns in the first line: " + strings.Join(Columns, ", ") + ". Leave out any other."})
		case twice:
			problems = append(problems, Problem{1, name, "column_twice", "Leave out one of the two."})
		}
		at[name] = i
	}
	for _, name := range needed {
		if _, there := at[name]; !there && len(problems) == 0 {
			problems = append(problems, Problem{1, name, "column_missing", "Add this column."})
		}
	}
	return at, problems
}

type reading struct {
	at       map[string]int
	width    int
	now      time.Time
	names    map[string]Couple // the first line of each key
	couples  []Couple
	problems []Problem
}

func (r *reading) wrong(line int, column, code, mend string) {
	r.problems = append(r.problems, Problem{line, column, code, mend})
}

func (r *reading) take(line int, fields []string) {
	if len(fields) != r.width {
		r.wrong(line, "", "wrong_width", fmt.Sprintf("Give %d fields, as in the first line; put quotes around a field that holds the separator.", r.width))
		return
	}
	before := len(r.problems)
	c := Couple{Line: line}
	for i, into := range []*private.Text{&c.Label, &c.One, &c.OnePronouns, &c.Two, &c.TwoPronouns} {
		name := Columns[i]
		if at, there := r.at[name]; there {
			*into = r.text(line, name, fields[at])
		}
	}
	if c.Key = Key(c.Label); c.Key == "" {
		r.wrong(line, "label", "empty", "Say what you call this couple.")
	}
	if i, there := r.at["sessions"]; there {
		c.Days = r.days(line, fields[i])
	}
	first, known := r.names[c.Key]
	switch {
	case !known:
		r.names[c.Key] = c
	case c.One != "" && c.One != first.One || c.Two != "" && c.Two != first.Two:
		r.wrong(line, "label", "names_differ", fmt.Sprintf("Line %d has this label with other names. Give the two couples different labels.", first.Line))
	}
	if len(r.problems) == before {
		r.couples = append(r.couples, c)
	}
}

func (r *reading) text(line int, column, text string) private.Text {
	text = strings.Join(strings.Fields(text), " ")
	most := 40
	if column == "label" {
		most = 80
	}
	switch {
	case utf8.RuneCountInString(text) > most:
		r.wrong(line, column, "too_long", fmt.Sprintf("Use %d characters or fewer.", most))
	case strings.ContainsRune(text, 0):
		r.wrong(line, column, "unkeepable", "Leave out the characters that cannot be kept.")
	default:
		return private.Text(text)
	}
	return ""
}

// days are separated by ; or | or blanks; a day that stands twice is one.
func (r *reading) days(line int, text string) (days []time.Time) {
	apart := func(c rune) bool {
		return c == ';' || c == '|' || c == ',' || c == ' ' || c == '\t' || c == '\n' || c == '\r'
	}
	for n, part := range strings.FieldsFunc(text, apart) {
		column := "sessions"
		if n > 0 {
			column = fmt.Sprintf("sessions, %d", n+1)
		}
		at, err := time.Parse(time.DateOnly, part)
		switch {
		case err != nil:
			r.wrong(line, column, "bad_day", "Write the day like 2025-03-18.")
		case at.Year() < 1970:
			r.wrong(line, column, "too_early", "Give a day after 1969.")
		case at.After(r.now):
			r.wrong(line, column, "not_yet", "Only past sessions are brought in; plan those to come in Mend.")
		case !slices.ContainsFunc(days, at.Equal):
			days = append(days, at)
		}
	}
	return days
}
