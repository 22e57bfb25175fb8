package account

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// Hash is the SHA-256 of a token. Tokens have 128 random bits or more, so that a
// plain hash suffices.
type Hash [sha256.Size]byte

// HashToken is what is stored of a token.
func HashToken(token string) Hash { return sha256.Sum256([]byte(token)) }

// NewToken makes a cookie's token: 256 random bits, base64url, 43 characters.
func NewToken() string { return randomText(32) }

// NewJoinToken makes a link's token: 128 random bits, base64url, 22 characters.
func NewJoinToken() string { return randomText(16) }

func randomText(bytes int) string {
	random := make([]byte, bytes)
	_, _ = rand.Read(random) // never fails: where there is no randomness, the program ends
	return base64.RawURLEncoding.EncodeToString(random)
}

// Spoken codes leave out what is mistaken for something else: 0 O, 1 I L.
const spoken = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

// NewCode makes a code to be spoken or typed.
func NewCode(characters int) string {
	const fair = 256 - 256%len(spoken) // bytes from here on would favour some characters
	code := make([]byte, 0, characters)
	random := make([]byte, characters)
	for len(code) < characters {
		_, _ = rand.Read(random)
		for _, b := range random {
			if int(b) < fair && len(code) < characters {
				code = append(code, spoken[int(b)%len(spoken)])
			}
		}
	}
	return string(code)
}

// CodeFrom is the set-up code that belongs to a secret of 32 bytes: the same each time.
func CodeFrom(secret []byte) string {
	code := make([]byte, 0, setupLength)
	for _, b := range secret[:min(setupLength, len(secret))] {
		code = append(code, spoken[int(b)%len(spoken)]) // a little unfair, which 12 of 31 characters bear
	}
	return string(code)
}

// plainCode is a code as somebody typed it, without spaces, dashes and small letters.
func plainCode(typed string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '–' || r == '\u00a0' {
			return -1
		}
		return r
	}, strings.ToUpper(typed))
}
