package catalog

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"mend/internal/exercise"
)

// ParseOne reads one exercise.yaml and tells everything that is wrong with it, in
// the order of its lines. The definition is as whole as the file allowed; only
// without problems may it be used.
func ParseOne(source []byte) (exercise.Definition, []exercise.Problem) {
	d, problems, _ := parse(source, linted)
	return d, problems
}

// parse also gives what it took the lines from.
func parse(source []byte, how care) (exercise.Definition, []exercise.Problem, *tree) {
	t := plant(source)
	if len(t.problems) > 0 {
		return exercise.Definition{}, t.problems, t
	}
	problems := shape(exerciseSchema, t.root)
	d, err := define(t.root, len(problems) == 0)
	if err != nil && len(problems) == 0 {
		problems = append(problems, exercise.Problem{Code: "schema-type", Message: "The file is not an exercise", Mend: "Compare its form with one that ships with Mend"})
	}
	if how == linted {
		problems = merge(problems, exercise.Lint(d))
	}

	lines := map[string]int{}
	for path, line := range t.lines {
		if at := unwrapped(path); lines[at] == 0 || line < lines[at] {
			lines[at] = line
		}
	}
	t.lines = lines
	for i, p := range problems {
		problems[i].Line = t.line(p.Path)
	}
	slices.SortStableFunc(problems, func(a, b exercise.Problem) int { return cmp.Compare(a.Line, b.Line) })
	return d, problems[:min(len(problems), maxProblems)], t
}

// Nobody reads more than this of one file.
const maxProblems = 200

// define turns plain values into a definition. A step's only key is its kind, whose
// fields come up one level.
func define(root any, strict bool) (exercise.Definition, error) {
	fields, _ := root.(map[string]any)
	flat := make(map[string]any, len(fields))
	for key, value := range fields {
		flat[key] = value
	}
	if steps, ok := flat["steps"]; ok {
		flat["steps"] = flatten(steps)
	}
	raw, err := json.Marshal(flat)
	if err != nil {
		return exercise.Definition{}, fmt.Errorf("writing the file's values: %w", err)
	}
	var d exercise.Definition
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if strict {
		decoder.DisallowUnknownFields()
	}
	// Without strict, a value of the wrong type was told by the schema; what can be
	// read is read, so that the rest of the problems are told as well.
	err = decoder.Decode(&d)
	return d, err
}

func flatten(steps any) []map[string]any {
	list, _ := steps.([]any)
	flat := make([]map[string]any, 0, len(list))
	for _, item := range list {
		flat = append(flat, flattenStep(item))
	}
	return flat
}

func flattenStep(item any) map[string]any {
	step, _ := item.(map[string]any)
	if name, ok := step["block"]; ok {
		return map[string]any{"kind": "block", "block": name, "steps": flatten(step["steps"])}
	}
	if name, ok := step["switch"]; ok {
		return map[string]any{"kind": "switch", "switch": name}
	}
	flat := map[string]any{}
	for kind, value := range step { // the schema sees to it that there is one
		fields, _ := value.(map[string]any)
		for key, value := range fields {
			flat[key] = value
		}
		flat["kind"] = kind
	}
	return flat
}

var step = regexp.MustCompile(`^steps\[\d+\]$`)

// unwrapped is a file's path without the keys that name a step's kind:
// "steps[3].speak.prompt" is told as "steps[3].prompt", in a block as well.
func unwrapped(path string) string {
	parts := strings.Split(path, ".")
	plain := parts[:1:1]
	for i, part := range parts[1:] {
		key, _, _ := strings.Cut(part, "[")
		if !step.MatchString(parts[i]) || key == "block" || key == "steps" || key == "switch" {
			plain = append(plain, part)
		}
	}
	return strings.Join(plain, ".")
}

// merge puts the schema's and the linter's problems together. Where both speak of
// one place the linter knows better why, but for a value of the wrong shape, which
// it never saw.
func merge(schema, lint []exercise.Problem) []exercise.Problem {
	var all []exercise.Problem
	told := map[string]bool{}
	for _, p := range schema {
		if p.Code == "schema-type" || p.Code == "schema-shape" {
			told[p.Path] = true
			all = append(all, p)
		}
	}
	known := map[string]bool{}
	for _, p := range lint {
		if !told[p.Path] && !told[""] {
			known[p.Path] = true
			all = append(all, p)
		}
	}
	for _, p := range schema {
		if !told[p.Path] && !known[p.Path] {
			all = append(all, p)
		}
	}
	return all
}
