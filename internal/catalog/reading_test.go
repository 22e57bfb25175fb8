package catalog_test

import (
	"strings"
	"testing"
	"unicode"
)

// Prompts are read at a glance by somebody who is upset: on average at a grade of 7
// or below (about eleven years), and none far above it. The formula is the
// Flesch–Kincaid grade; syllables are counted by vowel groups, which is near enough.
func TestPromptsAreEasyToRead(t *testing.T) {
	const average, most = 7.0, 9.0
	worst, where := 0.0, ""
	sum, n := 0.0, 0
	c := library(t)
	for _, d := range c.List() {
		program, _ := c.Program(d.ID)
		for _, s := range program.Steps {
			if s.Kind.Private() {
				continue
			}
			texts := []string{s.Prompt, s.Listener}
			for _, own := range s.Prompts {
				texts = append(texts, own)
			}
			for _, text := range texts {
				if text == "" {
					continue
				}
				g := grade(text)
				sum, n = sum+g, n+1
				if g > worst {
					worst, where = g, d.ID+"/"+s.ID+": "+text
				}
				if g > most {
					t.Errorf("%s/%s reads at grade %.1f: %s", d.ID, s.ID, g, text)
				}
				for _, sentence := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".?!:", r) }) {
					if count := len(strings.Fields(sentence)); count > 15 {
						t.Errorf("%s/%s has a sentence of %d words: %s", d.ID, s.ID, count, sentence)
					}
				}
			}
		}
	}
	t.Logf("average grade %.1f over %d prompts; hardest %.1f: %s", sum/float64(n), n, worst, where)
	if sum/float64(n) > average {
		t.Errorf("prompts read at grade %.1f on average", sum/float64(n))
	}
}

func TestGrade(t *testing.T) {
	if easy, hard := grade("Say what you saw. Then stop."), grade("Communicate your individual interpretation of contemporary relationship expectations."); easy > 3 || hard < 15 {
		t.Errorf("easy %.1f, hard %.1f", easy, hard)
	}
	for word, want := range map[string]int{"say": 1, "feeling": 2, "here": 1, "table": 2, "understand": 3, "agreement": 3, "moved": 1, "wanted": 2} {
		if got := syllables(word); got != want {
			t.Errorf("%s has %d syllables, counted %d", word, want, got)
		}
	}
}

func grade(text string) float64 {
	words, sounds := 0, 0
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }) {
		words, sounds = words+1, sounds+syllables(w)
	}
	sentences := max(1, len(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".?!:", r) })))
	return 0.39*float64(words)/float64(sentences) + 11.8*float64(sounds)/float64(max(1, words)) - 15.59
}

// syllables counts groups of vowels, without a silent e at the end.
func syllables(word string) int {
	word = strings.ToLower(word)
	vowel := func(r byte) bool { return strings.IndexByte("aeiouy", r) >= 0 }
	count := 0
	for i := range len(word) {
		if vowel(word[i]) && (i == 0 || !vowel(word[i-1])) {
			count++
		}
	}
	switch {
	case strings.HasSuffix(word, "ted"), strings.HasSuffix(word, "ded"):
	case strings.HasSuffix(word, "ed"), strings.HasSuffix(word, "e") && !strings.HasSuffix(word, "le"):
		count--
	case strings.HasSuffix(word, "ement"), strings.HasSuffix(word, "ements"):
		if strings.Contains(word, "reement") {
			break
		}
		count--
	}
	return max(1, count)
}
