package exercise

import "maps"

// Language is one that words can be read in.
type Language string

// English is the language in which what ships is written; the others are overlays.
const (
	English Language = "en"
	Spanish Language = "es"
)

// Languages lists those that a person may choose.
func Languages() []Language { return []Language{English, Spanish} }

// Overlay is an exercise's words in another language: a file beside it that has words
// and nothing else.
type Overlay struct {
	Translates Origin `json:"translates"`
	Translation
}

// Origin says which words an overlay was made from, so that a translation that has
// fallen behind is found.
type Origin struct {
	Version int    `json:"version"`
	Words   string `json:"words"` // their Fingerprint
}

// Translation is every word of an exercise, by the ids of what it stands in.
type Translation struct {
	Title     string               `json:"title"`
	Summary   string               `json:"summary"`
	Roles     map[Role]string      `json:"roles"`
	Unequal   string               `json:"unequal,omitempty"`
	Sources   []Source             `json:"sources,omitempty"`
	Counselor Guidance             `json:"counselor"`
	Steps     map[string]StepWords `json:"steps"`
}

// StepWords are those of one step, its choices' by their ids.
type StepWords struct {
	Words
	Options map[string]string `json:"options,omitempty"`
	Cards   map[string]string `json:"cards,omitempty"`
	Buckets map[string]string `json:"buckets,omitempty"`
}

// Step is an instruction in a language, or in its author's own where there is no
// translation.
func (p *Program) Step(i int, in Language) *Instruction {
	step := &p.Steps[i]
	words, ok := p.Translations[in].Steps[step.ID]
	if !ok {
		return step
	}
	said := *step
	said.Step = words.on(step.Step)
	if said.Round%2 == 0 {
		said.Prompts = exchange(said.Step).Prompts
	}
	return &said
}

// TitleIn is the title in a language.
func (p *Program) TitleIn(in Language) string {
	if t, ok := p.Translations[in]; ok {
		return t.Title
	}
	return p.Title
}

// GuidanceIn is the counselor's guidance in a language.
func (p *Program) GuidanceIn(in Language) *Guidance {
	if t, ok := p.Translations[in]; ok {
		return &t.Counselor
	}
	return &p.Guidance
}

// Translated is a definition with its words exchanged for those of a translation.
func (d Definition) Translated(t Translation) Definition {
	d.Title, d.Summary, d.Unequal, d.Counselor = t.Title, t.Summary, t.Unequal, t.Counselor
	d.Roles = maps.Clone(t.Roles)
	d.Sources = t.Sources
	d.Steps = t.steps(d.Steps)
	return d
}

func (t Translation) steps(steps []Step) []Step {
	said := make([]Step, len(steps))
	for i, s := range steps {
		if words, ok := t.Steps[s.ID]; ok && s.ID != "" {
			s = words.on(s)
		}
		if s.Steps != nil {
			s.Steps = t.steps(s.Steps)
		}
		said[i] = s
	}
	return said
}

// on puts the words in place of a step's own.
func (w StepWords) on(s Step) Step {
	s.Words = w.Words
	s.Options, s.Cards, s.Buckets = said(s.Options, w.Options), said(s.Cards, w.Cards), said(s.Buckets, w.Buckets)
	return s
}

func said(choices []Choice, words map[string]string) []Choice {
	if len(choices) == 0 {
		return choices
	}
	in := make([]Choice, len(choices))
	for i, c := range choices {
		in[i] = Choice{ID: c.ID, Text: c.Text}
		if text := words[c.ID]; text != "" {
			in[i].Text = text
		}
	}
	return in
}
