package catalog_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"mend/content"
	"mend/internal/catalog"
	"mend/internal/exercise"
)

const small = `# yaml-language-server: $schema=../../exercise.schema.json
id: small
version: 1
title: Small
phase: any
themes: [respect]
intensity: gentle
minutes: 2
roles: { a: "one of you", b: "the other of you" }
summary: A small thing.
sources: [{ text: Our own, strength: none }]
counselor: { purpose: Try it., watch_for: Nothing., stop_if: Anyone wishes. }
steps:
  - write:
      id: thing
      who: both
      audience: sealed
      skippable: true
      seconds: 30
      prompt: Write a small thing.
  - reveal:
      id: things
      of: [thing]
      prompt: Read both.
`

func told(problems []exercise.Problem) []string {
	var list []string
	for _, p := range problems {
		list = append(list, fmt.Sprintf("%d %s %s", p.Line, p.Path, p.Code))
	}
	return list
}

func TestAGoodFileIsRead(t *testing.T) {
	d, problems := catalog.ParseOne([]byte(small))
	if len(problems) > 0 {
		t.Fatal(told(problems))
	}
	if d.ID != "small" || len(d.Steps) != 2 || d.Steps[0].Kind != exercise.Write || d.Steps[0].Prompt != "Write a small thing." ||
		!reflect.DeepEqual(d.Steps[1].Of, []string{"thing"}) || d.Roles[exercise.A] != "one of you" {
		t.Errorf("read as %+v", d)
	}
}

// Every problem is told with the line it stands on.
func TestProblemsHaveLines(t *testing.T) {
	replace := func(old, with string) string {
		if !strings.Contains(small, old) {
			t.Fatalf("%q is not in the file", old)
		}
		return strings.Replace(small, old, with, 1)
	}
	cases := map[string]struct {
		source string
		want   []string
	}{
		"an unknown field":              {replace("minutes: 2", "minutes: 2\nmood: good"), []string{"9 mood schema-unknown"}},
		"an unknown step field":         {replace("seconds: 30", "second: 30"), []string{"19 steps[0].second schema-unknown"}},
		"a field of another kind":       {replace("seconds: 30", "measure: x"), []string{"19 steps[0].measure field-unfit"}},
		"a missing field":               {replace("title: Small\n", ""), []string{"1 title field-missing"}},
		"a wrong type":                  {replace("minutes: 2", "minutes: two"), []string{"8 minutes schema-type"}},
		"a wrong choice":                {replace("phase: any", "phase: now"), []string{"5 phase not-a-choice"}},
		"an unknown kind":               {replace("- write:", "- sing:"), []string{"14 steps[0] kind-unknown"}},
		"two kinds at once":             {replace("  - reveal:", "    read:"), []string{"14 steps[0] schema-shape"}},
		"a step that is text":           {replace("  - reveal:\n      id: things\n      of: [thing]\n      prompt: Read both.\n", "  - reveal\n"), []string{"21 steps[1] schema-type"}},
		"a lost reference":              {replace("of: [thing]", "of: [think]"), []string{"23 steps[1].of reference-unknown"}},
		"a nested problem in the words": {replace("Read both.", "Why did you do it?"), []string{"24 steps[1].prompt why-did-you"}},
		"no way out":                    {replace("      skippable: true\n", ""), []string{"14 steps[0].skippable no-way-out"}},
		"a problem within a block":      {replace("  - reveal:\n      id: things\n", "  - block: two\n    steps:\n    - reveal:\n        who: a\n        id: thing\n    - reveal:\n      id: things\n"), []string{"24 steps[1].steps[0].who who-both", "25 steps[1].steps[0].id id-twice"}},
		"broken YAML":                   {replace("of: [thing]", "of: [thing"), []string{"24  yaml-unreadable"}},
		"a tab":                         {replace("      of: [thing]", "\tof: [thing]"), []string{"23  yaml-unreadable"}},
		"a key twice":                   {replace("title: Small", "title: Small\ntitle: Large"), []string{"5  yaml-unreadable"}},
		"an anchor":                     {replace("title: Small", "title: &t Small"), []string{"4  yaml-unfit"}},
		"an alias":                      {replace("title: Small", "title: *t"), []string{"4  yaml-unfit"}},
		"a tag":                         {replace("title: Small", "title: !!binary Small"), []string{"4  yaml-unfit"}},
		"a merge":                       {replace("title: Small", "<<: {title: Small}"), []string{"4  yaml-unfit"}},
		"two documents":                 {small + "---\n" + small, []string{"0  yaml-unreadable"}},
		"nothing":                       {"", []string{"0  yaml-unreadable"}},
		"only a word":                   {"word", []string{"1  schema-type"}},
		"a list":                        {"- a\n- b\n", []string{"1  schema-type"}},
		"a date":                        {replace("title: Small", "title: 2026-01-01"), nil},
		"yes and no as words":           {replace("title: Small", "title: no"), nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, problems := catalog.ParseOne([]byte(c.source))
			got := told(problems)
			for _, want := range c.want {
				if !slices.Contains(got, want) {
					t.Errorf("%s was not told; told: %q", want, got)
				}
			}
			if len(c.want) == 0 && len(got) > 0 {
				t.Errorf("told %q", got)
			}
			for _, p := range problems {
				if p.Message == "" || p.Mend == "" {
					t.Errorf("%s says nothing: %+v", p.Code, p)
				}
			}
		})
	}
}

// One reading tells all that is wrong, in the order of the lines.
func TestAllProblemsComeAtOnce(t *testing.T) {
	source := strings.NewReplacer("minutes: 2", "minutes: many", "      skippable: true\n", "", "of: [thing]", "off: [thing]", "Small\n", "Small\nmood: good\n").Replace(small)
	_, problems := catalog.ParseOne([]byte(source))
	got := told(problems)
	want := []string{"5 mood schema-unknown", "9 minutes schema-type", "15 steps[0].skippable no-way-out", "21 steps[1].of of-missing", "23 steps[1].off schema-unknown"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// A small file cannot make itself large, nor a deep one fell the reader.
func TestMischiefIsRefusedAtOnce(t *testing.T) {
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
	for name, source := range map[string]string{
		"a bomb":        bomb,
		"a large file":  "id: " + strings.Repeat("x", catalog.MaxFile),
		"deep brackets": "a: " + strings.Repeat("[", 100_000),
		"deep braces":   strings.Repeat("{a: ", 50_000),
		"deep dashes":   strings.Repeat("- ", 100_000) + "x",
		"deep indents":  deepIndents(300),
		"many keys":     manyKeys(30_000),
		"many steps":    "steps:\n" + strings.Repeat("  - x\n", 40_000),
		"many comments": strings.Repeat("# x\n", 60_000),
		"a long flow":   "a: [" + strings.Repeat("x,", 120_000) + "]",
		"a long trial":  "summary: " + strings.Repeat("why did you ", 20_000),
		"not text":      "id: \xff\xfe",
		"many switches": strings.Replace(small, "steps:", "steps:\n"+strings.Repeat("  - switch: x\n", 1000), 1),
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			if _, problems := catalog.ParseOne([]byte(source)); len(problems) == 0 {
				t.Error("was read as if it were well")
			}
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("was refused only after %v", took)
			}
		})
	}
}

func manyKeys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "k%d: v\n", i)
	}
	return b.String()
}

func deepIndents(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// The schema and the linter tell authors the same about what a step may carry.
func TestTheSchemaAndTheLinterAgreeOnFields(t *testing.T) {
	var schema struct {
		Definitions map[string]struct {
			Properties map[string]json.RawMessage
		}
	}
	if err := json.Unmarshal(content.Schema, &schema); err != nil {
		t.Fatal(err)
	}
	for _, kind := range exercise.Kinds() {
		want := append(kind.Carries(), "id", "title")
		var got []string
		for name := range schema.Definitions["step_"+string(kind)].Properties {
			got = append(got, name)
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: the schema has %v, the linter %v", kind, got, want)
		}
	}
}

// Every property of the schema tells an editor what it is for.
func TestTheSchemaExplainsItself(t *testing.T) {
	var schema map[string]any
	if err := json.Unmarshal(content.Schema, &schema); err != nil {
		t.Fatal(err)
	}
	definitions := schema["definitions"].(map[string]any)
	var walk func(at string, node any)
	walk = func(at string, node any) {
		m, ok := node.(map[string]any)
		if !ok {
			return
		}
		properties, _ := m["properties"].(map[string]any)
		for name, p := range properties {
			property := p.(map[string]any)
			if ref, ok := property["$ref"].(string); ok {
				property = definitions[strings.TrimPrefix(ref, "#/definitions/")].(map[string]any)
			}
			if property["description"] == nil {
				t.Errorf("%s.%s has no description", at, name)
			}
		}
		if m["type"] == "object" && m["additionalProperties"] != false {
			t.Errorf("%s takes unknown fields", at)
		}
		for key, child := range m {
			walk(at+"/"+key, child)
		}
	}
	walk("", schema)
}

func TestALibraryTellsEverythingAtOnce(t *testing.T) {
	file := func(source string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(source)} }
	as := func(id string, more string) *fstest.MapFile {
		return file(strings.Replace(small, "id: small", "id: "+id+more, 1))
	}
	_, err := catalog.Load(fstest.MapFS{
		"exercises/README":               file("not a folder"),
		"exercises/empty/notes.txt":      file("nothing"),
		"exercises/one/exercise.yaml":    as("two", ""),
		"exercises/first/exercise.yaml":  as("first", "\nafter: [second]"),
		"exercises/second/exercise.yaml": as("second", "\nafter: [first]"),
		"exercises/lost/exercise.yaml":   as("lost", "\nafter: [nowhere]"),
		"exercises/large/exercise.yaml":  file(strings.Repeat("x", catalog.MaxFile+1)),
		"exercises/bad/exercise.yaml":    as("bad", "\nmood: good"),
	})
	var problems catalog.Problems
	if !errors.As(err, &problems) {
		t.Fatalf("got %v", err)
	}
	var got []string
	for _, p := range problems {
		got = append(got, fmt.Sprintf("%s:%d %s", p.File, p.Line, p.Code))
	}
	for _, want := range []string{
		"exercises/empty/exercise.yaml:0 file-unreadable", "exercises/one/exercise.yaml:2 id-not-the-folder",
		"exercises/first/exercise.yaml:3 after-in-a-circle", "exercises/second/exercise.yaml:3 after-in-a-circle",
		"exercises/lost/exercise.yaml:3 after-unknown", "exercises/large/exercise.yaml:0 file-unreadable",
		"exercises/bad/exercise.yaml:3 schema-unknown",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("%s was not told; told: %q", want, got)
		}
	}
	if lines := strings.Split(err.Error(), "\n"); len(lines) != len(problems) || !strings.HasPrefix(lines[0], "exercises/bad/exercise.yaml:3: mood: ") {
		t.Errorf("read aloud:\n%s", err)
	}
}
