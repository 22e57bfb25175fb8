package exercise_test

import (
	"encoding/json"
	"testing"

	"mend/internal/exercise"
)

// Whatever an author makes of a definition, compiling ends, and what it gives can be
// walked: every reference points back, and nothing of the structure is left.
func FuzzCompile(f *testing.F) {
	for _, d := range []exercise.Definition{echo(), repair(), {}} {
		raw, err := json.Marshal(d)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Add([]byte(`{"roles":{"a":"x","b":"y"},"steps":[{"kind":"switch","switch":""},{"kind":"block","block":"","steps":[{"kind":"block"}]}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var d exercise.Definition
		if json.Unmarshal(raw, &d) != nil {
			return
		}
		lint := exercise.Lint(d)
		program, problems := exercise.Compile(d)
		if len(problems) > 0 {
			if len(lint) == 0 {
				t.Fatalf("the linter let pass what does not compile: %v", problems)
			}
			return
		}
		if len(program.Steps) == 0 || len(program.Steps) > exercise.MaxSteps {
			t.Fatalf("%d steps", len(program.Steps))
		}
		for i, s := range program.Steps {
			if s.Kind == exercise.Block || s.Kind == exercise.Switch || s.Steps != nil || s.Who == "" || s.Round < 1 {
				t.Fatalf("step %d: %+v", i, s)
			}
			if s.Kind == exercise.Confirm && (s.AlmostTo >= i || s.MoreTo >= i) {
				t.Fatalf("step %d leads ahead", i)
			}
			for _, of := range s.OfSteps {
				if of < 0 || of >= i {
					t.Fatalf("step %d refers ahead", i)
				}
			}
		}
	})
}
