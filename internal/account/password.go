package account

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"mend/internal/fault"
)

// Lengths of a password, in characters.
const (
	ShortestPassword = 12
	LongestPassword  = 128
)

var (
	tooShort = fault.New(fault.Invalid, "password_too_short", "Please use at least 12 characters. A few words in a row are easy to remember.").At("password")
	tooLong  = fault.New(fault.Invalid, "password_too_long", "Please use at most 128 characters.").At("password")
	common   = fault.New(fault.Invalid, "password_common", "Many people use this password or one like it. Please choose a few words that do not belong together.").At("password")
	ownName  = fault.New(fault.Invalid, "password_own_name", "Please choose a password without your name, your email or the name of the practice.").At("password")
)

// CheckPassword is the rule: long enough, not one that is tried first, and not
// made of what everybody knows about its owner (known: names, email, practice).
// No rule about capitals or digits, and any character may occur.
func CheckPassword(password string, known ...string) error {
	password = norm.NFC.String(password)
	switch n := utf8.RuneCountInString(password); {
	case n < ShortestPassword:
		return tooShort
	case n > LongestPassword:
		return tooLong
	}
	folded := strings.ToLower(password)
	for _, text := range known {
		for _, word := range words(text) {
			folded = strings.ReplaceAll(folded, word, "")
		}
	}
	if utf8.RuneCountInString(strings.TrimFunc(folded, decoration)) < ShortestPassword/2 && folded != strings.ToLower(password) {
		return ownName
	}
	if isCommon(password) {
		return common
	}
	return nil
}

// words of a name or an email that are long enough to matter.
func words(text string) []string {
	var long []string
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if utf8.RuneCountInString(word) >= 3 {
			long = append(long, word)
		}
	}
	return long
}

// decoration is what people put around a word so that it passes for a password.
func decoration(r rune) bool { return !unicode.IsLetter(r) }

// Our own stems, in the languages that the house speaks, and a public list of the
// passwords in use, whose source and licence stand at its head.
var (
	//go:embed common.txt
	ownCommon string
	//go:embed common_zxcvbn.txt
	publicCommon string
)

// commonStems are the words and runs of keys that the passwords tried first are
// made of.
var commonStems = sync.OnceValue(func() map[string]bool {
	stems := make(map[string]bool, 16_384)
	for _, list := range []string{ownCommon, publicCommon} {
		for line := range strings.Lines(list) {
			if stem := strings.TrimSpace(line); stem != "" && !strings.HasPrefix(stem, "#") {
				stems[stem] = true
			}
		}
	}
	return stems
})

// Letters that people replace by a look-alike.
var undisguised = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

// isCommon tells whether a password is a stem of the list, however often repeated,
// disguised by look-alikes or decorated with digits and signs; or a run such as
// abcdefghijkl or 111111111111.
func isCommon(password string) bool {
	folded := strings.ToLower(strings.Join(strings.Fields(password), ""))
	if isRun(folded) {
		return true
	}
	stems := commonStems()
	for _, form := range []string{
		folded,
		strings.TrimFunc(folded, decoration),
		undisguised.Replace(folded),
		undisguised.Replace(strings.TrimFunc(folded, decoration)),
		strings.TrimFunc(undisguised.Replace(strings.TrimRightFunc(folded, decoration)), decoration),
	} {
		if form == "" || stems[once(form)] {
			return true
		}
	}
	return false
}

// once is the shortest text that a text repeats.
func once(text string) string {
	if at := strings.Index((text + text)[1:], text); at+1 < len(text) {
		return text[:at+1]
	}
	return text
}

// isRun tells whether each character follows its neighbour by the same small step.
func isRun(text string) bool {
	runes := []rune(text)
	step := rune(0)
	for i := 1; i < len(runes); i++ {
		next := runes[i] - runes[i-1]
		switch string(runes[i-1 : i+1]) {
		case "90":
			next = 1
		case "09":
			next = -1
		}
		if next < -1 || next > 1 || i > 1 && next != step {
			return false
		}
		step = next
	}
	return true
}

// A guess costs 64 MiB and about a tenth of a second.
var cost = &argon2id.Params{Memory: 64 << 10, Iterations: 3, Parallelism: 2, SaltLength: 16, KeyLength: 32}

// nobody is compared with where there is no account, so that both take the same time.
const nobody = "$argon2id$v=19$m=65536,t=3,p=2$bm8gc2FsdCBmb3IgYW55$bm8gcGFzc3dvcmQgZm9yIGFueWJvZHkgYXQgYWxsLiE"

// mill does the expensive work for at most two at once: a flood of sign-ins must
// not become a flood of memory.
type mill chan struct{}

func newMill() mill { return make(mill, 2) }

func (m mill) enter(ctx context.Context) (leave func(), err error) {
	select {
	case m <- struct{}{}:
		return func() { <-m }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (m mill) hash(ctx context.Context, password string) (string, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	hash, err := argon2id.CreateHash(norm.NFC.String(password), cost)
	if err != nil {
		return "", fmt.Errorf("account: hash: %w", err)
	}
	return hash, nil
}

func (m mill) matches(ctx context.Context, password, hash string) (bool, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return false, err
	}
	defer leave()
	same, err := argon2id.ComparePasswordAndHash(norm.NFC.String(password), hash)
	if err != nil {
		return false, fmt.Errorf("account: compare: %w", err)
	}
	return same, nil
}
