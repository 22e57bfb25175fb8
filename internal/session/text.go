package session

import (
	"strings"
	"unicode/utf8"

	"mend/internal/private"
)

const maxText = 8000 // characters of any text, whatever a step says

// checkText tells whether a text can be kept: at most so many characters (never more
// than maxText), well-formed, and not blank where words are needed.
func checkText(t private.Text, most int, needed bool) error {
	s := string(t)
	if most <= 0 || most > maxText {
		most = maxText
	}
	switch {
	case !utf8.ValidString(s) || strings.ContainsRune(s, 0):
		return errText
	case utf8.RuneCountInString(s) > most:
		return errLong
	case needed && strings.TrimSpace(s) == "":
		return errNoText
	}
	return nil
}

// oneLine joins a text's lines.
func oneLine(t private.Text) string { return strings.Join(strings.Fields(string(t)), " ") }
