package intake_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"mend/internal/intake"
)

var today = time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC)

func read(t *testing.T, text string) string {
	t.Helper()
	couples, problems := intake.Read(text, today)
	var b strings.Builder
	for _, c := range couples {
		fmt.Fprintf(&b, "%d %q %q %q %q %q", c.Line, string(c.Label), string(c.One), string(c.OnePronouns), string(c.Two), string(c.TwoPronouns))
		for _, d := range c.Days {
			fmt.Fprint(&b, " ", d.Format(time.DateOnly))
		}
		b.WriteString("\n")
	}
	for _, p := range problems {
		fmt.Fprintf(&b, "! %d %s: %s\n", p.Line, p.Column, p.Code)
		if p.Mend == "" {
			t.Errorf("nobody is told how to mend %s", p.Code)
		}
	}
	return b.String()
}

func TestAListIsReadHoweverItWasSaved(t *testing.T) {
	const want = "2 \"Noor & Elias\" \"Noor\" \"she\" \"Elias\" \"\" 2025-03-04 2025-03-18\n" +
		"3 \"The Lakes\" \"Ana\" \"\" \"Ben\" \"he\"\n"
	for name, text := range map[string]string{
		"commas": "label,one,one_pronouns,two,two_pronouns,sessions\n" +
			"Noor & Elias,Noor,she,Elias,,2025-03-04;2025-03-18\nThe Lakes,Ana,,Ben,he,\n",
		"semicolons, a mark and Windows' line ends": "\ufefflabel;one;one_pronouns;two;two_pronouns;sessions\r\n" +
			"Noor & Elias;Noor;she;Elias;;\"2025-03-04; 2025-03-18\"\r\nThe Lakes;Ana;;Ben;he;\r\n",
		"another order, blanks, a day twice": " Sessions ,two_pronouns,TWO,one_pronouns,one,label\n" +
			"2025-03-04 2025-03-18|2025-03-04,, Elias ,she,Noor,\" Noor  & Elias\"\n,he,Ben,,Ana,The Lakes\n",
	} {
		if got := read(t, text); got != want {
			t.Errorf("%s:\n%s", name, got)
		}
	}
	if got := read(t, "label,one,two,sessions\nA,Ana,Ben,2025-01-02\na,,,2025-01-09\n"); got !=
		"2 \"A\" \"Ana\" \"\" \"Ben\" \"\" 2025-01-02\n3 \"a\" \"\" \"\" \"\" \"\" 2025-01-09\n" {
		t.Errorf("a line a session:\n%s", got)
	}
	if got := read(t, intake.Template); strings.Contains(got, "!") || !strings.Contains(got, "2025-03-18") {
		t.Errorf("the template itself:\n%s", got)
	}
}

func TestWhatIsWrongIsToldByLineAndColumn(t *testing.T) {
	const head = "label,one,two,sessions\n"
	for text, want := range map[string]string{
		"":                                                       "! 1 : no_columns\n",
		"Ana,Ben,2025-03-04\n":                                   "! 1 1: unknown_column\n! 1 2: unknown_column\n! 1 3: unknown_column\n",
		"label,one,one,two\n":                                    "! 1 one: column_twice\n",
		"label,one,sessions\nA,B,\n":                             "! 1 two: column_missing\n",
		head + "A,Ana\n":                                         "! 2 : wrong_width\n",
		head + ",Ana,Ben,\n":                                     "! 2 label: empty\n",
		head + "A,Ana,Ben,4.3.2025\n":                            "! 2 sessions: bad_day\n",
		head + "A,Ana,Ben,2025-02-30\n":                          "! 2 sessions: bad_day\n",
		head + "A,Ana,Ben,2025-02-03;2026-11-27\n":               "! 2 sessions, 2: not_yet\n",
		head + "A,Ana,Ben,1969-12-31\n":                          "! 2 sessions: too_early\n",
		head + "A,Ana,Ben,\na,Ana,Carl,\n":                       "2 \"A\" \"Ana\" \"\" \"Ben\" \"\"\n! 3 label: names_differ\n",
		head + "A,\"Ana,Ben,\n":                                  "! 2 : bad_quotes\n",
		head + "A," + strings.Repeat("n", 41) + ",Ben,\n":        "! 2 one: too_long\n",
		head + "A,Ana,B\x00n,\n":                                 "! 2 two: unkeepable\n",
		head + "A,Ana,B\xffn,\n":                                 "! 0 : not_utf8\n",
		head + strings.Repeat("A,Ana,Ben,\n", intake.MaxLines+1): "! 0 : too_many_lines\n",
	} {
		got := read(t, text)
		if strings.HasPrefix(text, head+"A,\"") {
			got = strings.Replace(got, "! 3", "! 2", 1) // where an open quote is noticed is the reader's affair
		}
		if got != want {
			t.Errorf("%.60q:\ngot  %swant %s", text, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(intake.Template)
	f.Add("label;one;two;sessions\nA;Ana;Ben;\"2025-01-02;2025-01-03\"\n")
	f.Add("label,one,two\n\"A\"\"\",x\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		couples, problems := intake.Read(text, today)
		for _, c := range couples {
			if c.Key == "" || len(c.Label) > 400 || c.Line < 2 {
				t.Fatalf("line %d was taken", c.Line)
			}
			for _, d := range c.Days {
				if d.After(today) || d.Year() < 1970 {
					t.Fatalf("a day that cannot be: %v", d)
				}
			}
		}
		for _, p := range problems {
			if p.Code == "" || p.Mend == "" {
				t.Fatalf("nobody is told: %+v", p)
			}
		}
	})
}
