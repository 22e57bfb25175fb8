package exercise_test

import (
	"slices"
	"strings"
	"testing"

	"mend/internal/exercise"
)

// repair is an exercise of the other pair of roles, with the kinds that echo lacks.
func repair() exercise.Definition {
	d := echo()
	d.Roles = map[exercise.Role]string{exercise.Hurt: "who was hurt", exercise.Responsible: "who broke the agreement"}
	d.Themes = []string{"apology"}
	d.Minutes = 15
	d.Unequal = "The one who owns the act speaks, the other may stay silent."
	words := func(prompt string) exercise.Words { return exercise.Words{Prompt: prompt} }
	two := []exercise.Choice{{ID: "some", Text: "Some"}, {ID: "most", Text: "Most"}}
	d.Steps = []exercise.Step{
		{ID: "ground", Kind: exercise.Read, Words: words("Read this and look up.")},
		{ID: "settle", Kind: exercise.Breathe, Seconds: 60, Skippable: true, Words: exercise.Words{Prompt: "Follow the circle.", Elsewise: "Name five things you see."}},
		{
			ID: "lines", Kind: exercise.Write, Who: "responsible", Audience: exercise.Sealed, Preview: true, Skippable: true,
			Words: exercise.Words{Prompt: "Write what you did.", Listener: "Rest your eyes."},
		},
		{ID: "look", Kind: exercise.Prompt, Words: words("Read the lines together.")},
		{ID: "own", Kind: exercise.Say, Who: "responsible", Seconds: 60, WordsFrom: []string{"lines"}, Words: exercise.Words{Prompt: "Read it aloud.", Sentence: "What I did was…"}},
		{ID: "owned", Kind: exercise.Confirm, Who: "hurt", Almost: "own", Words: words("Was all of it there?")},
		{ID: "open", Kind: exercise.Reveal, Of: []string{"lines"}, Words: words("Here are the lines.")},
		{ID: "acts", Kind: exercise.Write, Who: "hurt", Audience: exercise.Room, Skippable: true, Words: words("Write small acts that would count.")},
		{ID: "can", Kind: exercise.Sort, Who: "responsible", CardsFrom: "acts", Buckets: two, Audience: exercise.Room, Skippable: true, Words: words("Sort each act.")},
		{ID: "landed", Kind: exercise.Choose, Who: "hurt", Options: two, Audience: exercise.ToCounselor, NoSecrets: exercise.ToDevice, Words: words("How did that land?")},
		{
			ID: "reach", Kind: exercise.Scale, Who: exercise.Both, Audience: exercise.Device, Measure: "reach", Skippable: true,
			Words: exercise.Words{Prompt: "How near do you feel?", Low: "far", High: "near"},
		},
		{ID: "tray", Kind: exercise.Ask, Who: "hurt", AtMost: 1, Seconds: 60, Skippable: true, Words: words("Write a question for the tray.")},
		{ID: "alone", Kind: exercise.Apart, Who: "hurt", Seconds: 60, Words: exercise.Words{Prompt: "Talk with your counselor.", Elsewise: "Look out of the window."}},
		{ID: "next", Kind: exercise.Agree, WordsFrom: []string{"acts", "lines"}, Review: 7, Expires: 30, Seconds: 90, Words: words("Agree on one act.")},
	}
	return d
}

func codes(problems []exercise.Problem) string {
	var list []string
	for _, p := range problems {
		list = append(list, p.Code+"@"+p.Path)
	}
	return strings.Join(list, " ")
}

func TestGoodExercisesPass(t *testing.T) {
	for name, d := range map[string]exercise.Definition{"echo": echo(), "repair": repair()} {
		if problems := exercise.Lint(d); len(problems) > 0 {
			t.Errorf("%s: %s", name, codes(problems))
		}
	}
}

type change func(d *exercise.Definition)

func step(i int, f func(s *exercise.Step)) change {
	return func(d *exercise.Definition) { f(&d.Steps[i]) }
}

func prompt(words string) change { return step(0, func(s *exercise.Step) { s.Prompt = words }) }

// Every rule has an exercise that it fails and a near one that it lets pass.
func TestRules(t *testing.T) {
	type d = *exercise.Definition
	type s = *exercise.Step
	cases := []struct {
		name, code, path string
		base             func() exercise.Definition
		fails, passes    change
	}{
		{
			"unequal turns", "unequal-turns", "unequal", echo,
			func(d d) { d.Steps = slices.Delete(d.Steps, 3, 4); d.Minutes = 8 },
			func(d d) {
				d.Steps = slices.Delete(d.Steps, 3, 4)
				d.Minutes = 8
				d.Unequal = "The listener had the floor in the last session."
			},
		},
		{
			"unequal seconds", "unequal-turns", "unequal", echo,
			func(d d) {
				d.Steps[3] = exercise.Step{ID: "thanks", Kind: exercise.Say, Who: "b", Seconds: 20, Words: exercise.Words{Prompt: "Say thanks."}}
			},
			func(d d) { d.Steps[2].Steps[0].Seconds = 95 },
		},
		{
			"a reason that is none", "unequal-turns", "unequal", repair,
			func(d d) { d.Unequal = "Because." }, func(d d) {},
		},
		{
			"a reason without need", "unequal-in-vain", "unequal", echo,
			func(d d) { d.Unequal = "The listener had the floor in the last session." }, func(d d) {},
		},
		{
			"a write one must fill", "no-way-out", "steps[0].skippable", echo,
			step(0, func(s s) { s.Skippable = false }), func(d d) {},
		},
		{
			"a scale one must fill", "no-way-out", "steps[10].skippable", repair,
			step(10, func(s s) { s.Skippable = false }), func(d d) {},
		},
		{
			"a breath one must breathe", "no-way-out", "steps[1].skippable", repair,
			step(1, func(s s) { s.Skippable = false }), func(d d) {},
		},
		{
			"a confirm that can only say yes", "no-way-out", "steps[5]", repair,
			step(5, func(s s) { s.Almost = "" }), func(d d) {},
		},
		{
			"a gate with one answer", "no-way-out", "steps[4].options", echo,
			step(4, func(s s) { s.Options = s.Options[:1] }), step(4, func(s s) { s.Options = nil }),
		},
		{
			"asked to forgive", "forgiveness-asked", "steps[0].prompt", echo,
			prompt("When you are ready, try to forgive."), prompt("Nobody is asked to forgive anything here."),
		},
		{
			"asked to ask for it", "forgiveness-asked", "steps[0].prompt", echo,
			prompt("Ask to be forgiven."), prompt("Forgiving is not forgetting."),
		},
		{
			"words of forgiveness in a mouth", "forgiveness-asked", "steps[4].frame", repair,
			step(4, func(s s) { s.Sentence = "Forgive me for…" }), step(4, func(s s) { s.Sentence = "I am sorry that I…" }),
		},
		{
			"forgiveness on a scale", "forgiveness-asked", "steps[10].measure", repair,
			step(10, func(s s) { s.Measure = "forgiveness" }), step(10, func(s s) { s.Measure = "payback" }),
		},
		{
			"sealed words in an agreement", "private-shown", "steps[13].words_from", repair,
			step(6, func(s s) { *s = exercise.Step{ID: "open", Kind: exercise.Read, Words: s.Words} }), func(d d) {},
		},
		{
			"private words in a reveal", "private-shown", "steps[6].of", repair,
			func(d d) {
				d.Steps[2].Audience, d.Steps[2].Preview, d.Steps[2].NoSecrets = exercise.ToCounselor, false, exercise.Warned
			}, func(d d) {},
		},
		{
			"another's sealed words as cards", "private-shown", "steps[8].cards_from", repair,
			step(7, func(s s) { s.Audience = exercise.Sealed }),
			func(d d) {
				d.Steps[7].Audience = exercise.Sealed
				d.Steps = slices.Insert(d.Steps, 8, exercise.Step{ID: "open-acts", Kind: exercise.Reveal, Of: []string{"acts"}, Words: exercise.Words{Prompt: "Read the acts."}})
			},
		},
		{
			"a reveal of what all have seen", "reveal-not-sealed", "steps[6].of", repair,
			func(d d) { d.Steps[2].Audience, d.Steps[2].Preview = exercise.Room, false }, func(d d) {},
		},
		{
			"a reveal of no answer", "reveal-not-sealed", "steps[6].of", repair,
			step(6, func(s s) { s.Of = []string{"ground", "lines"} }), func(d d) {},
		},
		{
			"a seal that is never opened", "never-revealed", "steps[7].audience", repair,
			func(d d) { d.Steps[7].Audience = exercise.Sealed; d.Steps[13].WordsFrom = nil }, func(d d) {},
		},
		{
			"reading out another's words", "words-not-ones-own", "steps[4].words_from", repair,
			step(2, func(s s) { s.Who = "hurt" }), func(d d) {},
		},
		{
			"cards of no lines", "cards-not-lines", "steps[8].cards_from", repair,
			step(7, func(s s) {
				*s = exercise.Step{ID: "acts", Kind: exercise.Choose, Who: "hurt", Audience: exercise.Room, Options: repair().Steps[9].Options, Words: s.Words}
			}), func(d d) {},
		},
		{
			"why did you", "why-did-you", "steps[0].prompt", echo,
			prompt("Why did you do it?"),
			step(4, func(s s) { s.Prompt = "Have they talked about: why did you not say so?" }),
		},
		{
			"too little time told", "minutes-do-not-fit", "minutes", echo,
			func(d d) { d.Minutes = 8 }, func(d d) { d.Minutes = 15 },
		},
		{
			"too much time told", "minutes-do-not-fit", "minutes", echo,
			func(d d) { d.Minutes = 30 }, func(d d) { d.Minutes = 20 },
		},
		{
			"a long prompt", "too-many-words", "steps[0].prompt", echo,
			prompt(strings.Repeat("word ", 26)), prompt(strings.Repeat("word ", 25)),
		},
		{
			"a long prompt for one role", "too-many-words", "steps[2].steps[2].prompts.b", echo,
			func(d d) { d.Steps[2].Steps[2].Prompts["b"] = strings.Repeat("word ", 26) }, func(d d) {},
		},
		{
			"if in an apology", "apology-if-but", "steps[4].frame", repair,
			step(4, func(s s) { s.Sentence = "I am sorry if I…" }), step(4, func(s s) { s.Sentence = "I am sorry that I…" }),
		},
		{
			"but in an apology", "apology-if-but", "steps[2].frame", repair,
			step(2, func(s s) { s.Sentence = "I did it, but…" }), step(2, func(s s) { s.Sentence = "I did it, and it cost you…" }),
		},
		{
			"we both in an ownership", "apology-if-but", "steps[13].frame", repair,
			step(13, func(s s) { s.Sentence = "We both broke…" }), step(13, func(s s) { s.Sentence = "From Monday on…" }),
		},
		{"blame", "blames", "steps[0].prompt", echo, prompt("Say who is to blame."), prompt("Say what happened.")},
		{
			"a role word", "blames", "roles.hurt", repair,
			func(d d) { d.Roles["hurt"] = "the betrayed partner" }, func(d d) {},
		},
		{
			"a diagnosis", "diagnoses", "steps[0].options[0].text", echo,
			func(d d) {
				d.Steps[0] = exercise.Step{ID: "topic", Kind: exercise.Choose, Who: "both", Audience: "sealed", Options: []exercise.Choice{{ID: "x", Text: "Depressed"}, {ID: "y", Text: "Low"}}, Words: d.Steps[0].Words}
			},
			func(d d) { d.Counselor.WatchFor = "Signs of depression." },
		},
		{
			"a gender", "genders", "counselor.stop_if", echo,
			func(d d) { d.Counselor.StopIf = "Stop when she cries." }, func(d d) { d.Counselor.StopIf = "Stop when one cries." },
		},
		{
			"a counselor's answer without fall-back", "no-secrets-fallback", "steps[9].no_secrets", repair,
			step(9, func(s s) { s.NoSecrets = "" }), step(9, func(s s) { s.NoSecrets = exercise.Warned }),
		},
		{
			"a fall-back without need", "field-unfit", "steps[0].no_secrets", echo,
			step(0, func(s s) { s.NoSecrets = exercise.Warned }), func(d d) {},
		},
		{
			"a preview of what is not sealed", "field-unfit", "steps[7].preview", repair,
			step(7, func(s s) { s.Preview = true }), func(d d) {},
		},
		{
			"keeping what stays on the phone", "device-kept", "steps[10].retention", repair,
			step(10, func(s s) { s.Retention = exercise.KeepRecord }), step(10, func(s s) { s.Retention = exercise.KeepNone }),
		},
		{
			"a field of another kind", "field-unfit", "steps[0].measure", echo,
			step(0, func(s s) { s.Measure = "x" }), func(d d) {},
		},
		{
			"nothing to read", "field-missing", "steps[0].prompt", echo,
			prompt(""), func(d d) {},
		},
		{
			"nothing to read for one who acts", "field-missing", "steps[0].prompts", echo,
			step(0, func(s s) { s.Prompt = ""; s.Prompts = map[exercise.Role]string{"a": "Write."} }),
			step(0, func(s s) { s.Prompt = ""; s.Prompts = map[exercise.Role]string{"a": "Write.", "b": "Write too."} }),
		},
		{
			"words for nobody", "prompt-role", "steps[0].prompts", echo,
			step(0, func(s s) {
				s.Prompt = ""
				s.Prompts = map[exercise.Role]string{"a": "Write.", "b": "Write.", "hurt": "Write."}
			}), func(d d) {},
		},
		{
			"two prompts", "prompt-twice", "steps[0].prompts", echo,
			step(0, func(s s) { s.Prompts = map[exercise.Role]string{"a": "Write.", "b": "Write."} }), func(d d) {},
		},
		{
			"a listener where both act", "listener-without-other", "steps[0].listener", echo,
			step(0, func(s s) { s.Listener = "Wait." }), func(d d) {},
		},
		{
			"no audience", "field-missing", "steps[0].audience", echo,
			step(0, func(s s) { s.Audience = "" }), func(d d) {},
		},
		{
			"no cards", "field-missing", "steps[8].cards", repair,
			step(8, func(s s) { s.CardsFrom = "" }), step(8, func(s s) { s.CardsFrom = ""; s.Cards = s.Buckets }),
		},
		{
			"no other grounding", "field-missing", "steps[1].elsewise", repair,
			step(1, func(s s) { s.Elsewise = "" }), func(d d) {},
		},
		{
			"almost to one's own words", "loop-astray", "steps[2].steps[2].almost", echo,
			func(d d) { d.Steps[2].Steps[2].Almost = "tell" }, func(d d) {},
		},
		{
			"a loop over a reveal", "loop-astray", "steps[6].almost", repair,
			func(d d) { d.Steps[5], d.Steps[6] = d.Steps[6], d.Steps[5]; d.Steps[6].Almost = "own" }, func(d d) {},
		},
		{
			"a reserved choice", "choice-reserved", "steps[9].options", repair,
			step(9, func(s s) { s.Options = []exercise.Choice{{ID: "none", Text: "None"}, {ID: "x", Text: "X"}} }), func(d d) {},
		},
		{
			"a choice twice", "choice-twice", "steps[9].options", repair,
			step(9, func(s s) { s.Options = []exercise.Choice{{ID: "x", Text: "A"}, {ID: "x", Text: "X"}} }), func(d d) {},
		},
		{
			"more choices than there are", "out-of-range", "steps[9].at_most", repair,
			step(9, func(s s) { s.AtMost = 3 }), step(9, func(s s) { s.AtMost = 2 }),
		},
		{
			"an endless turn", "out-of-range", "steps[4].seconds", repair,
			step(4, func(s s) { s.Seconds = 400 }), step(4, func(s s) { s.Seconds = 100 }),
		},
		{
			"an endless breath", "out-of-range", "steps[1].seconds", repair,
			step(1, func(s s) { s.Seconds = 200 }), step(1, func(s s) { s.Seconds = 120 }),
		},
		{
			"a review too late", "review-after-expiry", "steps[13].review_days", repair,
			step(13, func(s s) { s.Review = 31 }), step(13, func(s s) { s.Review = 30 }),
		},
		{
			"an endless answer", "out-of-range", "steps[0].max_length", echo,
			step(0, func(s s) { s.MaxLength = 8001 }), step(0, func(s s) { s.MaxLength = 8000 }),
		},
		{"a long hour", "out-of-range", "minutes", echo, func(d d) { d.Minutes = 51 }, func(d d) {}},
		{"a long frame", "out-of-range", "minutes", echo, func(d d) { d.Frame = true }, func(d d) {}},
		{"an odd id", "not-a-name", "id", echo, func(d d) { d.ID = "Echo 1" }, func(d d) { d.ID = "echo-1" }},
		{"an odd phase", "not-a-choice", "phase", echo, func(d d) { d.Phase = "later" }, func(d d) { d.Phase = exercise.Guard }},
		{"an odd audience", "not-a-choice", "steps[0].audience", echo, step(0, func(s s) { s.Audience = "all" }), func(d d) {}},
		{"no version", "out-of-range", "version", echo, func(d d) { d.Version = 0 }, func(d d) { d.Version = 2 }},
		{"no source", "field-missing", "sources", echo, func(d d) { d.Sources = nil }, func(d d) {}},
		{"after itself", "after-itself", "after", echo, func(d d) { d.After = []string{"echo"} }, func(d d) { d.After = []string{"opening"} }},
		{
			"a long option", "too-long", "steps[9].options[0].text", repair,
			step(9, func(s s) { s.Options[0].Text = strings.Repeat("x", 121) }), func(d d) {},
		},
		{"what cannot be compiled", "switch-unknown", "steps[3]", echo, step(3, func(s s) { s.Switch = "x" }), func(d d) {}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			bad := c.base()
			c.fails(&bad)
			if problems := exercise.Lint(bad); !slices.ContainsFunc(problems, func(p exercise.Problem) bool { return p.Code == c.code && p.Path == c.path }) {
				t.Errorf("%s at %s was not told; told: %s", c.code, c.path, codes(problems))
			}
			good := c.base()
			c.passes(&good)
			if problems := exercise.Lint(good); slices.ContainsFunc(problems, func(p exercise.Problem) bool { return p.Code == c.code }) {
				t.Errorf("%s was told of what is well: %s", c.code, codes(problems))
			}
		})
	}
}

// Words that are refused, and near ones that are not.
func TestWordLists(t *testing.T) {
	cases := map[string]struct{ refused, let []string }{
		"blames": {
			[]string{"It is your fault.", "You never listen.", "You should say sorry.", "The victim speaks.", "Do not overreact.", "The cheater reads."},
			[]string{"Say what was default.", "Tell when it was never easy.", "The one who was hurt speaks."},
		},
		"diagnoses": {
			[]string{"Is it an addiction?", "Tell about the trauma.", "A narcissist would.", "Any symptom?"},
			[]string{"You may feel low.", "Say how it hurts.", "This was out of order."},
		},
		"genders": {
			[]string{"Tell him.", "What does she need?", "Your husband reads.", "Her turn.", "Men and women."},
			[]string{"Tell them.", "Sheets of paper.", "Mention the others here.", "This is theirs.", "Human words."},
		},
		"why-did-you": {
			[]string{"why didn’t you call", "How could you?", "What made you do it?", "Why do you lie?"},
			[]string{"Say why it matters to you.", "What was it like for you?", "Why this helps."},
		},
		"forgiveness-asked": {
			[]string{"Can you forgive?", "You need to forgive to heal.", "Please pardon them.", "I hope to be forgiven.", "It is time to forgive.", "I forgive you for…"},
			[]string{"Forgiveness is not asked for here.", "You are not expected to forgive.", "Nobody has to forgive.", "I do not use the word forgiveness."},
		},
	}
	for code, list := range cases {
		has := func(words string) bool {
			d := echo()
			d.Steps[0].Prompt = words
			return strings.Contains(codes(exercise.Lint(d)), code+"@")
		}
		for _, words := range list.refused {
			if !has(words) {
				t.Errorf("%s let pass: %s", code, words)
			}
		}
		for _, words := range list.let {
			if has(words) {
				t.Errorf("%s refused: %s", code, words)
			}
		}
	}
}

// All that is wrong is told at once, in the order of the file.
func TestAllProblemsComeAtOnceAndInOrder(t *testing.T) {
	d := repair()
	d.Title = ""
	d.Steps[4].Sentence = "Forgive me, if…"
	d.Steps[9].NoSecrets = ""
	d.Steps[1].Skippable = false
	got := codes(exercise.Lint(d))
	want := "field-missing@title no-way-out@steps[1].skippable apology-if-but@steps[4].frame forgiveness-asked@steps[4].frame no-secrets-fallback@steps[9].no_secrets"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
