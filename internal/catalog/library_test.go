package catalog_test

import (
	"fmt"
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"mend/content"
	"mend/internal/catalog"
	"mend/internal/exercise"
)

func library(t testing.TB) *catalog.Catalog {
	t.Helper()
	c, err := catalog.Load(content.Files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheLibraryIsWhole(t *testing.T) {
	c := library(t)
	list := c.List()
	if list[0].ID != "opening" || list[len(list)-1].ID != "closing" {
		t.Errorf("it begins with %s and ends with %s", list[0].ID, list[len(list)-1].ID)
	}
	place := map[string]int{}
	for i, d := range list {
		place[d.ID] = i
		program, ok := c.Program(d.ID)
		if !ok || len(program.Steps) == 0 || program.ID != d.ID {
			t.Errorf("%s has no program", d.ID)
		}
		if d.Frame != (d.ID == "opening" || d.ID == "closing") {
			t.Errorf("%s: frame is %v", d.ID, d.Frame)
		}
	}
	for _, id := range []string{"opening", "arrive-and-agree", "floor-and-echo", "own-it", "apology-in-parts", "two-dials", "proof-over-time", "closing"} {
		if _, ok := c.Exercise(id); !ok {
			t.Errorf("%s is missing", id)
		}
	}
	if place["own-it"] > place["apology-in-parts"] {
		t.Error("an exercise stands before the one it should come after")
	}
	if _, ok := c.Exercise("nothing"); ok {
		t.Error("there is an exercise that nobody wrote")
	}
	if _, ok := c.Program("nothing"); ok {
		t.Error("there is a program that nobody wrote")
	}
}

// The confirm loop of the base exercise is the product's core: pinned to the letter.
func TestFloorAndEchoIsTheLoop(t *testing.T) {
	program, _ := library(t).Program("floor-and-echo")
	var got []string
	for _, s := range program.Steps {
		if s.Kind.HoldsFloor() || s.Kind == exercise.Confirm {
			got = append(got, fmt.Sprintf("%s %s", s.Kind, s.Who))
		}
		if s.Kind == exercise.Confirm && s.AtMost != 3 {
			t.Errorf("%s asks the counselor in after %d", s.ID, s.AtMost)
		}
	}
	loop := "speak %[1]s, mirror %[2]s, confirm %[1]s, say %[2]s, say %[2]s, confirm %[1]s"
	want := fmt.Sprintf(loop, "a", "b") + ", " + fmt.Sprintf(loop, "b", "a") + ", say a, say b"
	if strings.Join(got, ", ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), want)
	}
}

// What was promised to the counselor alone stays there in every file, and says what
// a practice without secrets does.
func TestClosingNumbersGoToTheCounselorAlone(t *testing.T) {
	program, _ := library(t).Program("closing")
	seen := map[string]bool{}
	for _, s := range program.Steps {
		if s.Kind == exercise.Scale {
			seen[s.Measure] = true
			if s.Audience != exercise.ToCounselor || s.NoSecrets == "" {
				t.Errorf("%s is read by %s", s.ID, s.Audience)
			}
		}
	}
	for _, measure := range []string{"heard", "even-handed", "safe-going-home"} {
		if !seen[measure] {
			t.Errorf("nobody is asked for %s", measure)
		}
	}
}

// A library three times the planned size must load before anyone notices.
func large(t testing.TB) fs.FS {
	files := fstest.MapFS{}
	names, err := fs.Glob(content.Files, "exercises/*/exercise.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 24 {
		name := names[i%len(names)]
		source, err := fs.ReadFile(content.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		id := strings.Split(name, "/")[1]
		as := fmt.Sprintf("copy-%d", i)
		text := strings.Replace(string(source), "\nid: "+id+"\n", "\nid: "+as+"\n", 1)
		if at := strings.Index(text, "\nafter: "); at >= 0 {
			text = text[:at] + text[at+1+strings.Index(text[at+1:], "\n"):]
		}
		files["exercises/"+as+"/exercise.yaml"] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

// The bound is several times what it takes, so that a busy machine does not fail it;
// the benchmark tells the figure.
func TestAFullLibraryLoadsQuickly(t *testing.T) {
	files := large(t)
	began := time.Now()
	if _, err := catalog.Load(files); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("24 exercises took %v", took)
	}
}

// BenchmarkLoad is all that is read before Mend can serve: the exercises in every
// language, the guide and the agendas. At most 150 ms are allowed for it.
// What ships is linted by these tests and not by every server that starts: it is the same
// library either way.
func TestTheShippedLibraryIsTheLintedOne(t *testing.T) {
	careful, err := catalog.Load(content.Files)
	if err != nil {
		t.Fatal(err)
	}
	shipped, err := catalog.LoadShipped(content.Files)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(shipped, careful) {
		t.Error("the two differ")
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		c, err := catalog.Load(content.Files)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := catalog.LoadGuide(content.Files); err != nil {
			b.Fatal(err)
		}
		if _, err := catalog.LoadAgendas(content.Files, c); err != nil {
			b.Fatal(err)
		}
	}
}
