package main

import (
	"crypto/rand"
	"encoding/hex"
	"slices"
	"strings"

	"mend/internal/private"
	"mend/internal/session"
)

// words are all that anybody wrote in one session, and who may read it by now. Each
// text is a word that nobody can guess, so that it is found wherever it turns up.
type words struct {
	of map[string]*word
	// unveiling is while a reveal is on its way: what shows up is judged once it is told
	// which answers were shown.
	unveiling bool
	sighted   []sighting
}

type word struct {
	what    string // for the failure's sentence
	step    string // a sealed answer's; "" for all else
	readers []session.Role
}

type sighting struct {
	at   session.Role
	word string
}

const wordPrefix = marker + "_"

// fresh is a new word that these may read.
func (w *words) fresh(what string, readers ...session.Role) string {
	var raw [8]byte
	_, _ = rand.Read(raw[:]) // never fails: crypto/rand
	text := wordPrefix + hex.EncodeToString(raw[:])
	w.of[text] = &word{what: what, readers: readers}
	return text
}

// open lets more people read what is in a text.
func (w *words) open(text private.Text, readers ...session.Role) {
	for _, found := range wordsIn([]byte(text)) {
		if known := w.of[found]; known != nil {
			known.readers = append(known.readers, readers...)
		}
	}
}

// bury makes sure that what was replaced or taken back is never revealed.
func (w *words) bury(step string, by session.Role) {
	for _, known := range w.of {
		if known.step == step && slices.Contains(known.readers, by) {
			known.step = ""
		}
	}
}

// revealed opens the sealed answers of some steps to everybody.
func (w *words) revealed(steps []string) {
	for _, known := range w.of {
		if known.step != "" && slices.Contains(steps, known.step) {
			known.readers = session.Roles()
		}
	}
}

// check says what somebody was shown and may not see.
func (w *words) check(at session.Role, raw []byte) (complaints []string) {
	for _, found := range wordsIn(raw) {
		s := sighting{at, found}
		if w.unveiling {
			w.sighted = append(w.sighted, s)
		} else if complaint := w.judge(s); complaint != "" {
			complaints = append(complaints, complaint)
		}
	}
	return complaints
}

// settle judges what was seen while a reveal was on its way.
func (w *words) settle() (complaints []string) {
	for _, s := range w.sighted {
		if complaint := w.judge(s); complaint != "" {
			complaints = append(complaints, complaint)
		}
	}
	w.unveiling, w.sighted = false, nil
	return complaints
}

func (w *words) judge(s sighting) string {
	known := w.of[s.word]
	switch {
	case known == nil:
		return string(s.at) + " was shown what nobody wrote in this room"
	case !slices.Contains(known.readers, s.at):
		known.readers = append(known.readers, s.at) // told once
		return string(s.at) + " was shown " + known.what
	}
	return ""
}

// wordsIn finds every word of a test's in what was sent.
func wordsIn(raw []byte) (found []string) {
	text := string(raw)
	for {
		i := strings.Index(text, wordPrefix)
		if i < 0 {
			return found
		}
		end := min(i+len(wordPrefix)+16, len(text))
		found = append(found, text[i:end])
		text = text[end:]
	}
}
