package account

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
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
	b := make([]byte, bytes)
	rand.Read(b) //nolint:errcheck // never fails: the program ends where the system has no randomness
	return base64.RawURLEncoding.EncodeToString(b)
}
