package exercise_test

import (
	"slices"
	"strings"
	"testing"

	"mend/internal/exercise"
)

// spanish is an overlay of an exercise in which every text is another and none is wrong.
func spanish(d exercise.Definition) exercise.Overlay {
	o := exercise.Overlay{Translates: exercise.Origin{Version: d.Version, Words: exercise.Fingerprint(d)}}
	es := func(text string) string {
		if text == "" {
			return ""
		}
		return "«" + text + "»"
	}
	choices := func(list []exercise.Choice) map[string]string {
		words := map[string]string{}
		for _, c := range list {
			words[c.ID] = es(c.Text)
		}
		return words
	}
	roles := func(of map[exercise.Role]string) map[exercise.Role]string {
		words := map[exercise.Role]string{}
		for role, text := range of {
			words[role] = es(text)
		}
		return words
	}
	o.Title, o.Summary, o.Unequal, o.Roles = es(d.Title), es(d.Summary), es(d.Unequal), roles(d.Roles)
	o.Counselor = exercise.Guidance{Purpose: es(d.Counselor.Purpose), WatchFor: es(d.Counselor.WatchFor), StopIf: es(d.Counselor.StopIf)}
	for _, s := range d.Sources {
		o.Sources = append(o.Sources, exercise.Source{Text: es(s.Text), Strength: es(s.Strength)})
	}
	o.Steps = map[string]exercise.StepWords{}
	for _, s := range d.Steps {
		for _, s := range append([]exercise.Step{s}, s.Steps...) {
			if s.Kind == exercise.Block || s.Kind == exercise.Switch {
				continue
			}
			o.Steps[s.ID] = exercise.StepWords{
				Words: exercise.Words{
					Title: es(s.Title), Prompt: es(s.Prompt), Prompts: roles(s.Prompts), Listener: es(s.Listener), Note: es(s.Note),
					Counselor: es(s.Counselor), Sentence: es(s.Sentence), Low: es(s.Low), High: es(s.High), Elsewise: es(s.Elsewise),
				},
				Options: choices(s.Options), Cards: choices(s.Cards), Buckets: choices(s.Buckets),
			}
		}
	}
	return o
}

func TestAWholeOverlayPasses(t *testing.T) {
	for name, d := range map[string]exercise.Definition{"echo": echo(), "repair": repair()} {
		if problems := exercise.LintOverlay(d, exercise.Spanish, spanish(d)); len(problems) > 0 {
			t.Errorf("%s: %s", name, codes(problems))
		}
	}
}

func TestOverlaysAreHeldToTheEnglish(t *testing.T) {
	step := func(id string, change func(*exercise.StepWords)) func(*exercise.Overlay) {
		return func(o *exercise.Overlay) {
			words := o.Steps[id]
			change(&words)
			o.Steps[id] = words
		}
	}
	for name, c := range map[string]struct {
		want   string
		change func(*exercise.Overlay)
	}{
		"no title":        {"translation-missing@title", func(o *exercise.Overlay) { o.Title = "" }},
		"a step left out": {"translation-missing@steps.ground.prompt", func(o *exercise.Overlay) { delete(o.Steps, "ground") }},
		"an option left out": {
			"translation-missing@steps.landed.options.most", step("landed", func(w *exercise.StepWords) { delete(w.Options, "most") }),
		},
		"a step that is not":          {"translation-unknown@steps.nowhere.title", step("nowhere", func(w *exercise.StepWords) { w.Title = "¿Dónde?" })},
		"words that nobody asked for": {"translation-unknown@steps.ground.note", step("ground", func(w *exercise.StepWords) { w.Note = "Y además." })},
		"an older version":            {"translation-stale@translates", func(o *exercise.Overlay) { o.Translates.Version-- }},
		"older words":                 {"translation-stale@translates", func(o *exercise.Overlay) { o.Translates.Words = "00000000" }},
		"a long prompt": {
			"too-many-words@steps.ground.prompt", step("ground", func(w *exercise.StepWords) { w.Prompt = strings.Repeat("poco ", 31) }),
		},
		"a label":          {"blames@steps.ground.prompt", step("ground", func(w *exercise.StepWords) { w.Prompt = "Quien fue infiel lee esto." })},
		"a gender":         {"genders@steps.ground.prompt", step("ground", func(w *exercise.StepWords) { w.Prompt = "Lee esto con tu esposa." })},
		"a trial":          {"why-did-you@steps.ground.prompt", step("ground", func(w *exercise.StepWords) { w.Prompt = "¿Por qué hiciste eso?" })},
		"asked to forgive": {"forgiveness-asked@steps.ground.prompt", step("ground", func(w *exercise.StepWords) { w.Prompt = "Di: te perdono." })},
		"two endings":      {"translation-form@steps.ground.prompt", step("ground", func(w *exercise.StepWords) { w.Prompt = "Quédate tranquilo/a." })},
	} {
		o := spanish(repair())
		c.change(&o)
		if got := codes(exercise.LintOverlay(repair(), exercise.Spanish, o)); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

func TestTheFingerprintIsOfTheWordsAlone(t *testing.T) {
	d := repair()
	before := exercise.Fingerprint(d)
	d.Steps[0].Seconds++
	d.Minutes++
	if exercise.Fingerprint(d) != before {
		t.Error("a time is no word")
	}
	d.Steps[9].Options = slices.Clone(d.Steps[9].Options)
	d.Steps[9].Options[0].Text += "!"
	if exercise.Fingerprint(d) == before {
		t.Error("an option's words were changed unseen")
	}
}

// In a switched round the roles' own words change places in every language.
func TestASwitchedRoundIsSwitchedInEveryLanguage(t *testing.T) {
	d := echo()
	for i := range d.Steps {
		if d.Steps[i].Kind == exercise.Block {
			d.Steps[i].Steps = append(slices.Clone(d.Steps[i].Steps), exercise.Step{
				ID: "both-ways", Kind: exercise.Read, Who: exercise.Both,
				Words: exercise.Words{Prompts: map[exercise.Role]string{exercise.A: "You spoke.", exercise.B: "You listened."}},
			})
		}
	}
	p, problems := exercise.Compile(d)
	if len(problems) > 0 {
		t.Fatal(codes(problems))
	}
	p.Translations = map[exercise.Language]exercise.Translation{exercise.Spanish: spanish(d).Translation}
	rounds := 0
	for i, s := range p.Steps {
		said := p.Step(i, exercise.Spanish)
		for role, text := range s.Prompts {
			if said.Prompts[role] != "«"+text+"»" {
				t.Errorf("round %d: %s reads %q for %q", s.Round, role, said.Prompts[role], text)
			}
		}
		if s.ID == "both-ways" {
			rounds++
		}
		if other := p.Step(i, exercise.English); other != &p.Steps[i] {
			t.Errorf("%s: the author's own words were copied", s.ID)
		}
	}
	if rounds != 2 {
		t.Errorf("%d rounds", rounds)
	}
	// What is translated and then compiled reads the same.
	whole, _ := exercise.Compile(d.Translated(spanish(d).Translation))
	for i := range p.Steps {
		if got, want := p.Step(i, exercise.Spanish).Prompt, whole.Steps[i].Prompt; got != want {
			t.Errorf("%s reads %q here and %q there", p.Steps[i].ID, got, want)
		}
	}
}
