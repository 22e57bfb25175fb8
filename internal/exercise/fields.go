package exercise

import (
	"maps"
	"slices"
)

// A field of a step, by its name in a file, and whether an author set it.
type field struct {
	name string
	set  func(s *Step) bool
}

var stepFields = []field{
	{"who", func(s *Step) bool { return s.Who != "" }},
	{"audience", func(s *Step) bool { return s.Audience != "" }},
	{"no_secrets", func(s *Step) bool { return s.NoSecrets != "" }},
	{"preview", func(s *Step) bool { return s.Preview }},
	{"seconds", func(s *Step) bool { return s.Seconds != 0 }},
	{"skippable", func(s *Step) bool { return s.Skippable }},
	{"retention", func(s *Step) bool { return s.Retention != "" }},
	{"prompt", func(s *Step) bool { return s.Prompt != "" }},
	{"prompts", func(s *Step) bool { return len(s.Prompts) > 0 }},
	{"listener", func(s *Step) bool { return s.Listener != "" }},
	{"note", func(s *Step) bool { return s.Note != "" }},
	{"counselor_note", func(s *Step) bool { return s.Counselor != "" }},
	{"frame", func(s *Step) bool { return s.Sentence != "" }},
	{"low", func(s *Step) bool { return s.Low != "" }},
	{"high", func(s *Step) bool { return s.High != "" }},
	{"elsewise", func(s *Step) bool { return s.Elsewise != "" }},
	{"measure", func(s *Step) bool { return s.Measure != "" }},
	{"at_most", func(s *Step) bool { return s.AtMost != 0 }},
	{"options", func(s *Step) bool { return len(s.Options) > 0 }},
	{"other", func(s *Step) bool { return s.Other }},
	{"cards", func(s *Step) bool { return len(s.Cards) > 0 }},
	{"cards_from", func(s *Step) bool { return s.CardsFrom != "" }},
	{"buckets", func(s *Step) bool { return len(s.Buckets) > 0 }},
	{"max_length", func(s *Step) bool { return s.MaxLength != 0 }},
	{"of", func(s *Step) bool { return len(s.Of) > 0 }},
	{"almost", func(s *Step) bool { return s.Almost != "" }},
	{"more", func(s *Step) bool { return s.More != "" }},
	{"words_from", func(s *Step) bool { return len(s.WordsFrom) > 0 }},
	{"about", func(s *Step) bool { return s.About != "" }},
	{"review_days", func(s *Step) bool { return s.Review != 0 }},
	{"expires_days", func(s *Step) bool { return s.Expires != 0 }},
	{"block", func(s *Step) bool { return s.Block != "" }},
	{"steps", func(s *Step) bool { return len(s.Steps) > 0 }},
	{"switch", func(s *Step) bool { return s.Switch != "" }},
}

// What every step that partners see may carry, and what an answer adds to that.
var (
	shared  = []string{"who", "prompt", "prompts", "listener", "note", "counselor_note"}
	answers = append([]string{"audience", "no_secrets", "preview", "retention", "skippable", "seconds"}, shared...)
)

// Carries lists the fields that a kind may have, beside id and title. The schema in
// content is held to it by a test.
func (k Kind) Carries() []string {
	with := func(base []string, more ...string) []string { return append(slices.Clone(base), more...) }
	switch k {
	case Read:
		return with(shared, "seconds", "skippable")
	case Breathe:
		return with(shared, "seconds", "skippable", "elsewise")
	case Choose:
		return with(answers, "at_most", "options", "other")
	case Scale:
		return with(answers, "measure", "low", "high")
	case Write:
		return with(answers, "max_length", "frame")
	case Sort:
		return with(answers, "cards", "cards_from", "buckets")
	case Reveal:
		return with(shared, "seconds", "of")
	case Speak:
		return with(shared, "seconds", "words_from", "about")
	case Mirror:
		return with(shared, "seconds", "about")
	case Say:
		return with(shared, "seconds", "frame", "words_from", "about")
	case Confirm:
		return with(shared, "at_most", "almost", "more", "about")
	case Agree:
		return with(shared, "seconds", "skippable", "retention", "frame", "words_from", "max_length", "review_days", "expires_days")
	case Ask:
		return with(shared, "seconds", "skippable", "retention", "at_most", "max_length")
	case Gate:
		return []string{"prompt", "counselor_note", "options"}
	case Prompt:
		return []string{"prompt", "counselor_note"}
	case Apart:
		return with(shared, "seconds", "elsewise")
	case Block:
		return []string{"block", "steps"}
	case Switch:
		return []string{"switch"}
	}
	return nil
}

// needs lists what a kind cannot do without, beside a prompt and who acts.
func needs(k Kind) []string {
	switch k {
	case Choose:
		return []string{"audience", "options"}
	case Scale:
		return []string{"audience", "measure", "low", "high"}
	case Write:
		return []string{"audience"}
	case Sort:
		return []string{"audience", "buckets"}
	case Breathe, Apart:
		return []string{"elsewise"}
	}
	return nil
}

// fields refuses what a kind may not carry and asks for what it needs.
func (l *linter) fields(s Step, path string) {
	carried := s.Kind.Carries()
	if carried == nil {
		return // an unknown kind, which Compile reports
	}
	has := map[string]bool{}
	for _, f := range stepFields {
		if !f.set(&s) {
			continue
		}
		has[f.name] = true
		implied := f.name == "who" && s.Kind.Private() // Compile says it better
		if !slices.Contains(carried, f.name) && !implied {
			l.reportf(path+"."+f.name, "field-unfit", "Take it out, or use another kind of step", "A %s step has no %s", s.Kind, f.name)
		}
	}
	for _, name := range needs(s.Kind) {
		if !has[name] {
			l.reportf(path+"."+name, "field-missing", "Add "+name, "A %s step needs %s", s.Kind, name)
		}
	}
	if s.Kind == Sort && has["cards"] == has["cards_from"] {
		l.report(path+".cards", "field-missing", "A sort step needs cards, written here or taken from an earlier answer",
			"Give either cards or cards_from")
	}
	if s.Kind != Block && s.Kind != Switch {
		l.prompts(s, path)
	}
}

// prompts sees to it that everyone who acts is told what to do, once.
func (l *linter) prompts(s Step, path string) {
	if s.Prompt == "" && len(s.Prompts) == 0 {
		l.reportf(path+".prompt", "field-missing", "Add prompt, in 25 words or fewer", "A %s step needs a prompt", s.Kind)
		return
	}
	if s.Prompt != "" && len(s.Prompts) > 0 {
		l.report(path+".prompts", "prompt-twice", "A step has either one prompt or one for each role",
			"Keep prompt, and put the other's words into listener; or move all into prompts")
	}
	who := whoOf(s)
	_, one := who.Role()
	if s.Listener != "" && !one {
		l.report(path+".listener", "listener-without-other", "Where both act nobody listens", "Use note, or prompts for each role")
	}
	if len(s.Prompts) == 0 {
		return
	}
	for _, role := range slices.Sorted(maps.Keys(s.Prompts)) {
		if _, known := l.d.Roles[role]; !known {
			l.reportf(path+".prompts", "prompt-role", "Use the two roles of this exercise", "There is no role %q to prompt", role)
		}
	}
	for _, role := range slices.Sorted(maps.Keys(l.d.Roles)) {
		if who.Includes(role) && s.Prompts[role] == "" {
			l.reportf(path+".prompts", "field-missing", "Add a prompt for this role", "The role %s acts here and reads nothing", role)
		}
	}
}
