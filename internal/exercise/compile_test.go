package exercise_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"mend/internal/exercise"
)

// echo is the smallest exercise with everything that compiling has to do.
func echo() exercise.Definition {
	words := func(prompt string) exercise.Words { return exercise.Words{Prompt: prompt} }
	return exercise.Definition{
		ID: "echo", Version: 1, Title: "Echo", Phase: exercise.Understand, Intensity: exercise.Gentle, Minutes: 12,
		Roles:   map[exercise.Role]string{exercise.A: "who speaks first", exercise.B: "who listens first"},
		Summary: "One speaks, the other says it back.",
		Themes:  []string{"communication"},
		Sources: []exercise.Source{{Text: "Our own", Strength: "none"}},
		Counselor: exercise.Guidance{
			Purpose: "Slow the pace.", WatchFor: "A mirror that argues.",
			StopIf: "One is flooded.",
		},
		Steps: []exercise.Step{
			{ID: "topic", Kind: exercise.Write, Who: exercise.Both, Audience: exercise.Sealed, Skippable: true, Words: words("Write one small thing to talk about.")},
			{ID: "open-topics", Kind: exercise.Reveal, Of: []string{"topic"}, Words: words("Read both.")},
			{Kind: exercise.Block, Block: "turn", Steps: []exercise.Step{
				{ID: "tell", Kind: exercise.Speak, Who: "a", Seconds: 90, Words: exercise.Words{Prompt: "Say it in two sentences.", Listener: "Listen."}},
				{ID: "give-back", Kind: exercise.Mirror, Who: "b", Seconds: 60, Words: words("Say back what you heard.")},
				{ID: "was-that-it", Kind: exercise.Confirm, Who: "a", Almost: "give-back", More: "tell", Words: exercise.Words{
					Prompts: map[exercise.Role]string{exercise.A: "Was that it?", exercise.B: "Wait for the answer."},
				}},
			}},
			{Kind: exercise.Switch, Switch: "turn"},
			{ID: "go-on", Kind: exercise.Gate, Words: words("Is it good to go on?"), Options: []exercise.Choice{{ID: "yes", Text: "Yes"}, {ID: "no", Text: "No"}}},
			{ID: "next", Kind: exercise.Agree, WordsFrom: []string{"topic"}, Review: 7, Skippable: true, Words: words("Write what you both will do.")},
		},
	}
}

func compiled(t *testing.T, d exercise.Definition) exercise.Program {
	t.Helper()
	program, problems := exercise.Compile(d)
	if len(problems) > 0 {
		t.Fatalf("does not compile: %v", problems)
	}
	return program
}

func TestCompileFlattens(t *testing.T) {
	program := compiled(t, echo())
	var got []string
	for _, s := range program.Steps {
		got = append(got, s.ID+"/"+string(s.Who)+"/"+string(rune('0'+s.Round)))
	}
	want := strings.Fields(`topic/both/1 open-topics/both/1
		tell/a/1 give-back/b/1 was-that-it/a/1
		tell/b/2 give-back/a/2 was-that-it/b/2
		go-on/counselor/1 next/both/1`)
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got  %v\nwant %v", got, want)
	}
	for i, s := range program.Steps {
		if s.Kind == exercise.Block || s.Kind == exercise.Switch || s.Block != "" || s.Switch != "" || s.Steps != nil {
			t.Errorf("step %d still has structure: %+v", i, s)
		}
	}
}

func TestASwitchExchangesRolesPromptsAndJumps(t *testing.T) {
	program := compiled(t, echo())
	first, second := program.Steps[4], program.Steps[7]
	if first.AlmostTo != 3 || first.MoreTo != 2 || second.AlmostTo != 6 || second.MoreTo != 5 {
		t.Errorf("jumps lead to %d %d and %d %d", first.AlmostTo, first.MoreTo, second.AlmostTo, second.MoreTo)
	}
	if first.Prompts[exercise.A] != "Was that it?" || second.Prompts[exercise.B] != "Was that it?" || second.Prompts[exercise.A] != "Wait for the answer." {
		t.Errorf("prompts: %v then %v", first.Prompts, second.Prompts)
	}
}

func TestASecondSwitchGivesTheFirstSpeakerTheTurnAgain(t *testing.T) {
	d := echo()
	d.Steps = append(d.Steps, exercise.Step{Kind: exercise.Switch, Switch: "turn"})
	steps := compiled(t, d).Steps
	last := steps[len(steps)-1]
	if last.Who != "a" || last.Round != 3 || last.AlmostTo != len(steps)-2 {
		t.Errorf("got who %s, round %d, almost to %d", last.Who, last.Round, last.AlmostTo)
	}
}

func TestReferencesBecomeIndexes(t *testing.T) {
	steps := compiled(t, echo()).Steps
	if got := steps[1].OfSteps; !reflect.DeepEqual(got, []int{0}) {
		t.Errorf("reveal shows %v", got)
	}
	if got := steps[9].OfSteps; !reflect.DeepEqual(got, []int{0}) {
		t.Errorf("agreement is laid out from %v", got)
	}

	d := echo()
	d.Steps = []exercise.Step{
		{Kind: exercise.Block, Block: "lists", Steps: []exercise.Step{
			{ID: "list", Kind: exercise.Write, Who: "a", Audience: exercise.Sealed},
			{ID: "pick", Kind: exercise.Sort, Who: "b", CardsFrom: "list", Audience: exercise.Sealed, Buckets: []exercise.Choice{{ID: "x", Text: "x"}, {ID: "y", Text: "y"}}},
		}},
		{Kind: exercise.Switch, Switch: "lists"},
		{ID: "show", Kind: exercise.Reveal, Of: []string{"list", "pick"}},
	}
	steps = compiled(t, d).Steps
	if !reflect.DeepEqual(steps[1].OfSteps, []int{0}) || !reflect.DeepEqual(steps[3].OfSteps, []int{2}) {
		t.Errorf("cards come from %v and %v: not from the same round", steps[1].OfSteps, steps[3].OfSteps)
	}
	if !reflect.DeepEqual(steps[4].OfSteps, []int{0, 2, 1, 3}) {
		t.Errorf("a reveal after the block shows %v: not every round", steps[4].OfSteps)
	}
}

func TestAConfirmWithoutAWayBackOffersNone(t *testing.T) {
	d := echo()
	d.Steps[2].Steps[2].Almost, d.Steps[2].Steps[2].More = "", ""
	confirm := compiled(t, d).Steps[4]
	if confirm.AlmostTo != -1 || confirm.MoreTo != -1 {
		t.Errorf("got %d and %d, want -1", confirm.AlmostTo, confirm.MoreTo)
	}
}

func TestCompileFillsInWhatWasLeftOpen(t *testing.T) {
	steps := compiled(t, echo()).Steps
	if steps[0].MaxLength == 0 {
		t.Errorf("write: %d characters", steps[0].MaxLength)
	}
	if steps[4].AtMost != 3 {
		t.Errorf("confirm: %d loops", steps[4].AtMost)
	}
	if steps[9].MaxLength == 0 {
		t.Errorf("agree: %d characters", steps[9].MaxLength)
	}
}

func TestWhatAllThreeKnowIsKeptUnlessAStepSaysOtherwise(t *testing.T) {
	for _, c := range []struct {
		step exercise.Step
		want exercise.Retention
	}{
		{exercise.Step{Kind: exercise.Write, Audience: exercise.Sealed}, exercise.KeepRecord},
		{exercise.Step{Kind: exercise.Choose, Audience: exercise.Room}, exercise.KeepRecord},
		{exercise.Step{Kind: exercise.Sort, Audience: exercise.ToCounselor}, exercise.KeepSession},
		{exercise.Step{Kind: exercise.Scale, Audience: exercise.ToCounselor}, exercise.KeepRecord},
		{exercise.Step{Kind: exercise.Scale, Audience: exercise.Device}, exercise.KeepNone},
		{exercise.Step{Kind: exercise.Ask}, exercise.KeepSession},
		{exercise.Step{Kind: exercise.Agree}, exercise.KeepRecord},
		{exercise.Step{Kind: exercise.Read}, ""},
		{exercise.Step{Kind: exercise.Write, Audience: exercise.Sealed, Retention: exercise.KeepNone}, exercise.KeepNone},
		{exercise.Step{Kind: exercise.Scale, Audience: exercise.Room, Retention: exercise.KeepSession}, exercise.KeepSession},
		{exercise.Step{Kind: exercise.Write, Audience: exercise.ToCounselor, Retention: exercise.KeepRecord}, exercise.KeepRecord},
	} {
		d := echo()
		c.step.ID, c.step.Who = "last", exercise.Both
		d.Steps = append(d.Steps, c.step)
		steps := compiled(t, d).Steps
		if got := steps[len(steps)-1].Retention; got != c.want {
			t.Errorf("%s for %q, written %q: kept %q, want %q", c.step.Kind, c.step.Audience, c.step.Retention, got, c.want)
		}
	}
}

// An old log must give back the very program that ran.
func TestAProgramSurvivesTheLog(t *testing.T) {
	program := compiled(t, echo())
	raw, err := json.Marshal(program)
	if err != nil {
		t.Fatal(err)
	}
	var back exercise.Program
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(program, back) {
		t.Errorf("came back different:\n%+v\n%+v", program, back)
	}
}

func TestCompileRefusesWhatWouldStickFast(t *testing.T) {
	cases := map[string]struct {
		change func(*exercise.Definition)
		code   string
		path   string
	}{
		"no steps":            {func(d *exercise.Definition) { d.Steps = nil }, "empty", "steps"},
		"mixed roles":         {func(d *exercise.Definition) { d.Roles = map[exercise.Role]string{"a": "x", "hurt": "y"} }, "roles-pair", "roles"},
		"three roles":         {func(d *exercise.Definition) { d.Roles["hurt"] = "y" }, "roles-pair", "roles"},
		"unnamed block":       {func(d *exercise.Definition) { d.Steps[2].Block = "" }, "block-unnamed", "steps[2]"},
		"empty block":         {func(d *exercise.Definition) { d.Steps[2].Steps = nil }, "block-empty", "steps[2]"},
		"block twice":         {func(d *exercise.Definition) { d.Steps = append(d.Steps, d.Steps[2]) }, "block-twice", "steps[6]"},
		"nested block":        {func(d *exercise.Definition) { d.Steps[2].Steps[0].Kind = exercise.Block }, "block-nested", "steps[2].steps[0]"},
		"nested switch":       {func(d *exercise.Definition) { d.Steps[2].Steps[0].Kind = exercise.Switch }, "block-nested", "steps[2].steps[0]"},
		"unknown switch":      {func(d *exercise.Definition) { d.Steps[3].Switch = "other" }, "switch-unknown", "steps[3]"},
		"switch first":        {func(d *exercise.Definition) { d.Steps[2], d.Steps[3] = d.Steps[3], d.Steps[2] }, "switch-unknown", "steps[2]"},
		"no id":               {func(d *exercise.Definition) { d.Steps[0].ID = "" }, "id-missing", "steps[0].id"},
		"same id":             {func(d *exercise.Definition) { d.Steps[2].Steps[0].ID = "topic" }, "id-twice", "steps[2].steps[0].id"},
		"unknown kind":        {func(d *exercise.Definition) { d.Steps[0].Kind = "sing" }, "kind-unknown", "steps[0]"},
		"nobody's":            {func(d *exercise.Definition) { d.Steps[0].Who = "" }, "who-missing", "steps[0].who"},
		"no such role":        {func(d *exercise.Definition) { d.Steps[0].Who = "hurt" }, "who-unknown", "steps[0].who"},
		"two speakers":        {func(d *exercise.Definition) { d.Steps[2].Steps[0].Who = exercise.Both }, "who-one", "steps[2].steps[0].who"},
		"a partner's gate":    {func(d *exercise.Definition) { d.Steps[4].Who = "a" }, "who-counselor", "steps[4].who"},
		"the counselor's cut": {func(d *exercise.Definition) { d.Steps[0].Who = exercise.Counselor }, "who-partner", "steps[0].who"},
		"one agrees":          {func(d *exercise.Definition) { d.Steps[5].Who = "a" }, "who-both", "steps[5].who"},
		"lost jump":           {func(d *exercise.Definition) { d.Steps[2].Steps[2].Almost = "nowhere" }, "reference-unknown", "steps[2].steps[2].almost"},
		"jump ahead":          {func(d *exercise.Definition) { d.Steps[2].Steps[2].More = "next" }, "reference-ahead", "steps[2].steps[2].more"},
		"jump to itself":      {func(d *exercise.Definition) { d.Steps[2].Steps[2].More = "was-that-it" }, "reference-ahead", "steps[2].steps[2].more"},
		"reveals nothing":     {func(d *exercise.Definition) { d.Steps[1].Of = nil }, "of-missing", "steps[1].of"},
		"reveals ahead":       {func(d *exercise.Definition) { d.Steps[1].Of = []string{"next"} }, "reference-ahead", "steps[1].of"},
		"words from nowhere":  {func(d *exercise.Definition) { d.Steps[5].WordsFrom = []string{"topic", "gone"} }, "reference-unknown", "steps[5].words_from[1]"},
		"without end": {func(d *exercise.Definition) {
			for range 50 {
				d.Steps = append(d.Steps, exercise.Step{Kind: exercise.Switch, Switch: "turn"})
			}
		}, "too-many-steps", "steps"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			d := echo()
			c.change(&d)
			program, problems := exercise.Compile(d)
			for _, p := range problems {
				if p.Code == c.code && p.Path == c.path {
					if len(program.Steps) != 0 {
						t.Error("a program was returned beside the problems")
					}
					return
				}
			}
			t.Errorf("want %s at %s, got %v", c.code, c.path, problems)
		})
	}
}

func TestASwitchedRoundDoesNotRepeatAProblem(t *testing.T) {
	d := echo()
	d.Steps[2].Steps[2].Almost = "nowhere"
	if _, problems := exercise.Compile(d); len(problems) != 1 {
		t.Errorf("got %v", problems)
	}
}
