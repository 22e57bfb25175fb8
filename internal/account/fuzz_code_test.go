package account

import (
	"strings"
	"testing"
	"unicode"
)

// A code that is read out is typed in many ways: with spaces, dashes and small letters,
// by thumbs. It is the same code each time, and no two codes become one.
func FuzzCode(f *testing.F) {
	f.Add("k7w 2qh", uint64(0))
	f.Add(" K7W–2QH\u00a0", uint64(3))
	f.Add("\xff\u0130ß-", uint64(1<<63))
	f.Fuzz(func(t *testing.T, typed string, how uint64) {
		plain := plainCode(typed)
		if again := plainCode(plain); again != plain {
			t.Errorf("%q is %q, and that is %q", typed, plain, again)
		}
		if strings.ContainsAny(plain, " -–\u00a0") || strings.ContainsFunc(plain, func(r rune) bool { return 'a' <= r && r <= 'z' }) {
			t.Errorf("%q is %q", typed, plain)
		}
		// What is no letter, digit or gap stays, and is in no code: it is not overlooked.
		for _, r := range typed {
			if r != ' ' && r != '-' && r != '–' && r != '\u00a0' && !unicode.IsLetter(r) && !strings.ContainsRune(plain, r) && unicode.ToUpper(r) == r {
				t.Errorf("%q lost %q", typed, r)
			}
		}
		code := NewCode(codeLength)
		var by strings.Builder
		for i, r := range code {
			switch how >> (2 * i) & 3 {
			case 1:
				by.WriteByte(' ')
			case 2:
				by.WriteString(" – ")
			case 3:
				r = unicode.ToLower(r)
			}
			by.WriteRune(r)
		}
		if got := plainCode(by.String()); got != code {
			t.Errorf("%q, typed as %q, was read as %q", code, by.String(), got)
		}
		for _, r := range code {
			if !strings.ContainsRune(spoken, r) {
				t.Errorf("%q has %q in it", code, r)
			}
		}
	})
}
