package catalog_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"mend/content"
	"mend/internal/catalog"
)

const twoAgendas = `agendas:
  - id: short
    minutes: 20
    title: { en: Short, es: Breve }
    summary: { en: For a start., es: Para empezar. }
    exercises: [opening, one, closing]
  - id: long
    minutes: 60
    title: { en: Long, es: Larga }
    summary: { en: For later., es: Para después. }
    exercises: [opening, one, two, three, closing]
`

// five is a library of the frames and of three exercises of ten minutes, each of which
// comes after the one before.
func five(t *testing.T) *catalog.Catalog {
	t.Helper()
	files := fstest.MapFS{}
	for id, after := range map[string]string{"opening": "", "one": "", "two": "one", "three": "two", "closing": ""} {
		source := strings.NewReplacer("id: small", "id: "+id, "minutes: 2", "minutes: 10", "steps:\n", "after: ["+after+"]\nsteps:\n").Replace(small)
		if id == "opening" || id == "closing" {
			source = strings.NewReplacer("minutes: 10", "minutes: 5\nframe: true", "after: []\n", "").Replace(source)
		}
		source = strings.ReplaceAll(source, "seconds: 30", "seconds: 240")
		files["exercises/"+id+"/exercise.yaml"] = &fstest.MapFile{Data: []byte(source)}
	}
	c, err := catalog.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func agendasOf(source string) fstest.MapFS {
	return fstest.MapFS{"agendas.yaml": &fstest.MapFile{Data: []byte(source)}}
}

func TestGoodAgendasAreRead(t *testing.T) {
	agendas, err := catalog.LoadAgendas(agendasOf(twoAgendas), five(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(agendas) != 2 || agendas[1].ID != "long" || agendas[1].Minutes != 60 || agendas[0].Title["es"] != "Breve" ||
		agendas[0].Summary["en"] != "For a start." || !slices.Equal(agendas[0].Exercises, []string{"opening", "one", "closing"}) {
		t.Errorf("read as %+v", agendas)
	}
}

func TestAgendasTellAllThatIsWrong(t *testing.T) {
	const long = "[opening, one, two, three, closing]"
	swap := func(old, with string) string {
		if !strings.Contains(twoAgendas, old) {
			t.Fatalf("%q is not in the file", old)
		}
		return strings.Replace(twoAgendas, old, with, 1)
	}
	c := five(t)
	for name, test := range map[string]struct {
		source string
		want   []string
	}{
		"an unknown exercise":     {swap("[opening, one, closing]", "[opening, none, closing]"), []string{"6 agendas[0].exercises[1] agenda-unknown"}},
		"no opening":              {swap("[opening, one, closing]", "[one, closing]"), []string{"6 agendas[0].exercises agenda-frames"}},
		"no closing":              {swap("[opening, one, closing]", "[opening, one]"), []string{"6 agendas[0].exercises agenda-frames"}},
		"a frame in the middle":   {swap(long, "[opening, one, closing, two, closing]"), []string{"11 agendas[1].exercises[2] agenda-frames", "11 agendas[1].exercises[4] agenda-repeats"}},
		"too long":                {swap("minutes: 20", "minutes: 19"), []string{"3 agendas[0].minutes agenda-too-long"}},
		"the wrong order":         {swap(long, "[opening, two, one, closing]"), []string{"11 agendas[1].exercises[1] agenda-order"}},
		"the order at a distance": {swap(long, "[opening, three, one, closing]"), []string{"11 agendas[1].exercises[1] agenda-order"}},
		"done in another session": {swap(long, "[opening, three, closing]"), nil},
		"twice the same":          {swap(long, "[opening, one, one, closing]"), []string{"11 agendas[1].exercises[2] agenda-repeats"}},
		"an id twice":             {swap("id: long", "id: short"), []string{"7 agendas[1].id agenda-twice"}},
		"a bad id":                {swap("id: long", "id: Long one"), []string{"7 agendas[1].id agenda-name"}},
		"a missing language":      {swap("{ en: Long, es: Larga }", "{ en: Long }"), []string{"9 agendas[1].title agenda-language"}},
		"no English":              {swap("{ en: Long, es: Larga }", "{ es: Larga }"), []string{"9 agendas[1].title agenda-language", "9 agendas[1].title.en field-missing"}},
		"a plain title":           {swap("{ en: Long, es: Larga }", "Long"), []string{"9 agendas[1].title field-type"}},
		"no minutes":              {swap("minutes: 20", "minutes: none"), []string{"3 agendas[0].minutes field-type"}},
		"less than none":          {swap("minutes: 20", "minutes: -5"), []string{"3 agendas[0].minutes field-type"}},
		"a number for an id":      {swap("[opening, one, closing]", "[opening, 1, closing]"), []string{"6 agendas[0].exercises[1] agenda-unknown", "6 agendas[0].exercises[1] field-type"}},
		"no exercises":            {swap("[opening, one, closing]", "[]"), []string{"6 agendas[0].exercises field-type"}},
		"an unknown field":        {swap("minutes: 20", "minutes: 20\n    mood: good"), []string{"4 agendas[0].mood field-unknown"}},
		"a missing field":         {swap("    minutes: 20\n", ""), []string{"2 agendas[0].minutes field-missing"}},
		"an agenda that is text":  {"agendas:\n  - short\n", []string{"2 agendas[0] field-type"}},
		"broken YAML":             {swap(long, "[opening"), []string{"11  yaml-unreadable"}},
		"a list":                  {"- short\n", []string{"1  field-type"}},
		"nothing in it":           {"agendas: []\n", []string{"1 agendas field-type"}},
		"several at once":         {strings.NewReplacer("minutes: 20", "minutes: 19", long, "[opening, two, one]", "id: long", "id: short").Replace(twoAgendas), []string{"3 agendas[0].minutes agenda-too-long", "7 agendas[1].id agenda-twice", "11 agendas[1].exercises agenda-frames", "11 agendas[1].exercises[1] agenda-order"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := catalog.LoadAgendas(agendasOf(test.source), c)
			var got []string
			for _, line := range toldOf(err) {
				got = append(got, strings.TrimPrefix(line, "agendas.yaml:"))
			}
			if !slices.Equal(sorted(got), sorted(test.want)) {
				t.Errorf("told %q\nwant %q", got, test.want)
			}
		})
	}
	if _, err := catalog.LoadAgendas(fstest.MapFS{}, c); len(toldOf(err)) != 1 {
		t.Errorf("no file at all told %v", err)
	}
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

// The agendas that ship run on the exercises that ship.
func TestTheAgendasThatShip(t *testing.T) {
	agendas, err := catalog.LoadAgendas(content.Files, library(t))
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, a := range agendas {
		ids = append(ids, a.ID)
		for _, lang := range guideLanguages {
			if n := utf8.RuneCountInString(a.Title[lang]); n == 0 || n > 40 {
				t.Errorf("%s: the title in %s has %d characters", a.ID, lang, n)
			}
			if n := utf8.RuneCountInString(a.Summary[lang]); n == 0 || n > 200 {
				t.Errorf("%s: the summary in %s has %d characters", a.ID, lang, n)
			}
		}
		if first, _ := library(t).Exercise(a.Exercises[1]); first.ID == "where-forgiveness-stands" || first.ID == "two-dials" {
			t.Errorf("%s begins with forgiveness", a.ID)
		}
	}
	for _, id := range []string{"first-session", "after-a-disclosure", "rebuilding", "deciding"} {
		if !slices.Contains(ids, id) {
			t.Errorf("%s is missing among %s", id, fmt.Sprint(ids))
		}
	}
	// A fresh disclosure is held, not worked through.
	deep := []string{"the-weight-of-it", "own-it", "asked-and-answered", "apology-in-parts", "reasons-are-not-excuses"}
	for _, a := range agendas {
		if a.ID == "after-a-disclosure" && slices.ContainsFunc(a.Exercises, func(id string) bool { return slices.Contains(deep, id) }) {
			t.Errorf("%s goes too deep: %s", a.ID, a.Exercises)
		}
	}
}
