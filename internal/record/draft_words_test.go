package record

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"mend/content"
	"mend/internal/catalog"
)

var verb = regexp.MustCompile(`%(?:\[(\d)\])?([sd])`)

// values lists what a sentence takes, as "1s 2d": by number and kind.
func values(sentence string) []string {
	var took []string
	for i, m := range verb.FindAllStringSubmatch(sentence, -1) {
		number := m[1]
		if number == "" {
			number = fmt.Sprint(i + 1)
		}
		if v := number + m[2]; !slices.Contains(took, v) {
			took = append(took, v)
		}
	}
	slices.Sort(took)
	return took
}

func TestBothLanguagesSayTheSameOfTheSameThings(t *testing.T) {
	en, es := reflect.ValueOf(english), reflect.ValueOf(spanish)
	for i := range en.NumField() {
		name := en.Type().Field(i).Name
		same := func(where, a, b string) {
			if a == "" || b == "" || !slices.Equal(values(a), values(b)) {
				t.Errorf("%s: %q and %q do not take the same", where, a, b)
			}
		}
		a, b := en.Field(i), es.Field(i)
		switch {
		case name == "measures": // English ones read as they are
		case a.Kind() == reflect.String:
			same(name, a.String(), b.String())
		case a.Kind() == reflect.Map:
			if a.Len() != b.Len() {
				t.Errorf("%s: %d and %d words", name, a.Len(), b.Len())
			}
			for _, key := range a.MapKeys() {
				if !b.MapIndex(key).IsValid() {
					t.Errorf("%s lacks %v", name, key)
					continue
				}
				same(fmt.Sprint(name, " ", key), a.MapIndex(key).String(), b.MapIndex(key).String())
			}
		case a.Kind() == reflect.Array:
			for j := range a.Len() {
				same(fmt.Sprint(name, j), a.Index(j).String(), b.Index(j).String())
			}
		}
	}
}

// A note in Spanish calls every measure that ships by a Spanish name.
func TestEveryMeasureHasASpanishName(t *testing.T) {
	library, err := catalog.Load(content.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range library.List() {
		program, _ := library.Program(d.ID)
		for _, step := range program.Steps {
			if step.Measure != "" && spanish.measures[step.Measure] == "" {
				t.Errorf("%s asks for %s, which has no Spanish name", d.ID, step.Measure)
			}
		}
	}
}
