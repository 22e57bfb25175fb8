package exercise

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"
)

// words are all that a person can read of a definition, in the form of a translation.
func (d Definition) words() Translation {
	t := Translation{
		Title: d.Title, Summary: d.Summary, Roles: d.Roles, Unequal: d.Unequal,
		Sources: d.Sources, Counselor: d.Counselor, Steps: map[string]StepWords{},
	}
	for _, s := range d.Steps {
		for _, s := range append([]Step{s}, s.Steps...) {
			if s.Kind != Block && s.Kind != Switch {
				t.Steps[s.ID] = StepWords{Words: s.Words, Options: texts(s.Options), Cards: texts(s.Cards), Buckets: texts(s.Buckets)}
			}
		}
	}
	return t
}

func texts(choices []Choice) map[string]string {
	if len(choices) == 0 {
		return nil
	}
	m := make(map[string]string, len(choices))
	for _, c := range choices {
		m[c.ID] = c.Text
	}
	return m
}

// Fingerprint tells a definition's words from any others: an overlay names the one it
// was made from.
func Fingerprint(d Definition) string {
	raw, err := json.Marshal(d.words()) // maps are written in the order of their keys
	if err != nil {
		return "" // texts and lists of texts: nothing that could fail
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:4])
}

// An overlay may be wordier than English, and no more than this.
const (
	maxOverlayWords     = 30
	maxOverlayNoteWords = 48
)

// LintOverlay tells everything that is wrong with a translation of an exercise: words
// that are missing or that nothing asks for, those of an older English text, and what
// Lint refuses in words, as far as it can be told in that language.
func LintOverlay(d Definition, in Language, o Overlay) []Problem {
	l := &overlayLinter{overlay: o}
	want, got := readings(d.words()), readings(o.Translation)
	for _, path := range slices.Sorted(maps.Keys(want)) {
		if got[path].text == "" {
			l.report(path, "translation-missing", "This has no words in the other language", "Add them, or look at the spelling of the ids on the way here")
		}
	}
	for _, path := range slices.Sorted(maps.Keys(got)) {
		if _, asked := want[path]; !asked && got[path].text != "" {
			l.report(path, "translation-unknown", "There is nothing here to be translated", "Take it out, or look at the spelling of the ids on the way here")
			continue
		}
		l.read(path, got[path], in)
	}
	if now := Fingerprint(d); o.Translates.Words != now || o.Translates.Version != d.Version {
		l.report("translates", "translation-stale", "The English words have changed since this was written",
			fmt.Sprintf("Look it through, then write translates: { version: %d, words: %q }", d.Version, now))
	}
	return l.problems
}

type overlayLinter struct {
	overlay  Overlay
	problems []Problem
}

func (l *overlayLinter) report(path, code, message, mend string) {
	l.problems = append(l.problems, Problem{Path: path, Code: code, Message: message, Mend: mend})
}

// A reading is one text, and what bounds it.
type reading struct {
	text  string
	field string // the step's field, or the name at the top
	limit int    // characters
}

// readings lists every text of a translation by its path.
func readings(t Translation) map[string]reading {
	all := map[string]reading{}
	add := func(path, field, text string, limit int) {
		if text != "" {
			all[path] = reading{text, field, limit}
		}
	}
	add("title", "title", t.Title, maxTitle)
	add("summary", "summary", t.Summary, maxText)
	add("unequal", "unequal", t.Unequal, maxText)
	for role, text := range t.Roles {
		add("roles."+string(role), "roles", text, maxTitle)
	}
	for i, s := range t.Sources {
		add(fmt.Sprintf("sources[%d].text", i), "sources", s.Text, maxText)
		add(fmt.Sprintf("sources[%d].strength", i), "sources", s.Strength, maxText)
	}
	add("counselor.purpose", "purpose", t.Counselor.Purpose, maxGuidance)
	add("counselor.watch_for", "watch_for", t.Counselor.WatchFor, maxGuidance)
	add("counselor.stop_if", "stop_if", t.Counselor.StopIf, maxGuidance)
	for id, w := range t.Steps {
		for _, text := range stepTexts(Step{Words: w.Words}, "steps."+id) {
			add(text.path, text.field, text.text, text.limit)
		}
		for field, choices := range map[string]map[string]string{"options": w.Options, "cards": w.Cards, "buckets": w.Buckets} {
			for choice, text := range choices {
				add(fmt.Sprintf("steps.%s.%s.%s", id, field, choice), field, text, maxChoice)
			}
		}
	}
	return all
}

func (l *overlayLinter) read(path string, got reading, in Language) {
	if n := utf8.RuneCountInString(got.text); n > got.limit*5/4 {
		l.report(path, "too-long", fmt.Sprintf("This is longer than %d characters", got.limit*5/4), "Make it shorter")
	}
	if n, most := words(got.text), bound(got.field); most > 0 && n > most {
		l.report(path, "too-many-words", fmt.Sprintf("These are %d words", n), fmt.Sprintf("Say it in %d words or fewer", most))
	}
	for _, rule := range wordingsIn[in] {
		if found := rule.words.FindString(got.text); found != "" {
			l.report(path, rule.code, fmt.Sprintf(rule.message, found), rule.mend)
		}
	}
}

// bound is how many words a field may have; 0: as many as its characters allow.
func bound(field string) int {
	switch field {
	case "prompt", "listener", "elsewise", "prompts.a", "prompts.b", "prompts.hurt", "prompts.responsible":
		return maxOverlayWords
	case "note":
		return maxOverlayNoteWords
	}
	return 0
}

// wordingsIn are Lint's rules of wording in other languages. Spanish marks gender in
// most words for people, so the list holds those that guess it where a plain way round
// exists. Go's word boundaries know no accents: hence the longer forms.
var wordingsIn = map[Language][]wordingRule{
	Spanish: {
		{
			code: "blames", words: anyOf(`tu culpa`, `culpables?`, `infiel(?:es)?`, `traidor(?:a|es|as)?`, `mentiros[oa]s?`, `v[ií]ctimas?`, `enga[ñn]ador(?:a|es|as)?`),
			message: "%q blames or labels", mend: "Say what happened, or what it was like, and leave the judging out",
		},
		{
			code: "genders", words: anyOf(`marido`, `mujer`, `esposo`, `esposa`, `novio`, `novia`, `hombre`, `se[ñn]ora?`),
			message: "%q guesses somebody's gender", mend: "Say tu pareja, la otra persona, or quien",
		},
		{
			code: "why-did-you", words: anyOf(`por qu[eé] (?:hiciste|no|lo|me|le|has)`, `c[oó]mo pudiste`),
			message: "%q puts someone on trial", mend: "Ask for what it was like",
		},
		{
			code: "forgiveness-asked", words: anyOf(`perd[oó]name`, `te perdono`, `debes perdonar`, `hay que perdonar`, `tienes que perdonar`, `intenta perdonar`, `pide perd[oó]n`),
			message: "%q asks to forgive", mend: "Leave forgiveness to whoever may one day give it",
		},
		{
			code: "translation-form", words: anyOf(`\w+[oa]/[oa]s?`, `\w+@s?`),
			message: "%q cannot be read aloud", mend: "Choose a word that needs no ending",
		},
	},
}
