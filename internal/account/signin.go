package account

import (
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

// Kind is what a sign-in lets its bearer be.
type Kind string

const (
	CounselorKind Kind = "counselor"
	SeatKind      Kind = "seat"
)

// SignIn is one device that was let in: a counselor's browser, or a partner's
// phone in one seat of one session. Its token is known to that device alone.
type SignIn struct {
	ID        string
	Hash      Hash // of the token
	Kind      Kind
	Counselor string // with CounselorKind
	Session   string // with SeatKind, like Seat and Link
	Seat      session.Seat
	Link      string
	Device    Device // with CounselorKind
	CreatedAt time.Time
	SeenAt    time.Time
	ProvedAt  time.Time // when its bearer last proved who they are
	ExpiresAt time.Time // the absolute end; a counselor's idle end falls earlier
}

// Device is what a person knows a device of theirs by, each a word of a closed set
// ("firefox", "android"): what more a browser tells of itself is not kept.
type Device struct {
	Browser string
	System  string
}

// Role is what the bearer is in a session.
func (s SignIn) Role() session.Role {
	if s.Kind == SeatKind {
		return s.Seat.Role()
	}
	return session.Counselor
}

// Account is a counselor as sign-in knows one.
type Account struct {
	ID           string
	PasswordHash string // argon2id, encoded with its parameters; "" without a password
	Codes        bool   // a password does not suffice: a one-time code is asked for as well
	Name         private.Text
	Email        string
	Practice     private.Text // its name
	CreatedAt    time.Time
}

// NewAccount is the first counselor together with the practice.
type NewAccount struct {
	Name         private.Text
	Email        string
	PasswordHash string
	Practice     private.Text
	Secrets      session.Secrets
	Language     exercise.Language // English where empty
	At           time.Time
}

// Link is a partner's way in as it is stored: never the token, never the code.
type Link struct {
	ID         string
	Session    string
	Seat       session.Seat
	TokenHash  Hash
	Code       string // the spoken code; the book keeps a keyed index of it, not the code
	CodeEndsAt time.Time
	CreatedAt  time.Time
	ExpiresAt  time.Time
}

// Ticket is what somebody shows at the door: a token's hash or a spoken code.
type Ticket struct {
	TokenHash Hash
	Code      string // in place of TokenHash
}
