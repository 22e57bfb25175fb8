package protocol

import (
	"time"

	"mend/internal/private"
	"mend/internal/session"
)

// Subprotocol is what a client must offer when it upgrades.
const Subprotocol = "mend.v1"

// Limits of the socket.
const (
	MaxFrame       = 16 << 10 // bytes of one frame in
	MaxText        = 8000     // characters of one answer
	CommandsPerSec = 20       // a socket, sustained
	CommandBurst   = 40
	SocketsEach    = 16 // open at once in a session by one sign-in or one phone; TooFast beyond
	PingEvery      = 20 * time.Second
	DeadAfter      = 45 * time.Second
	WriteWithin    = 5 * time.Second
)

// From the client comes one object a frame: {"id": "<uuidv7>", "do": "<name>", ...}.
// The names are those of session's commands but for Open, Invite, SetAgenda and
// NameCounselors, which only HTTP brings, and three that never reach the log:
//
//	sync   {}                              answer with Now and the current view
//	draft  {step, text}                    keep what I am typing; answered with Done once kept
//	dial   {value, settled: false}         steadiness while it is being moved
//
// start_exercise carries {exercise, cast}; the server resolves the id.

// Welcome is the first frame after the upgrade.
type Welcome struct {
	Is       string       `json:"is" enum:"welcome"`
	Role     session.Role `json:"role"`
	Session  string       `json:"session"`
	Now      time.Time    `json:"now"`
	Protocol string       `json:"protocol"`
}

// CounselorFrame and PartnerFrame carry the whole view of their role. Rev counts
// the views of this role on this connection's node since it took the room up; it
// moves only when what this role may see has changed.
type CounselorFrame struct {
	Is   string                `json:"is" enum:"view"`
	Rev  uint64                `json:"rev"`
	Now  time.Time             `json:"now"`
	View session.CounselorView `json:"view"`
}

type PartnerFrame struct {
	Is   string              `json:"is" enum:"view"`
	Rev  uint64              `json:"rev"`
	Now  time.Time           `json:"now"`
	View session.PartnerView `json:"view"`
}

// Done says that a command took effect, now or before, and is on disk.
type Done struct {
	Is string `json:"is" enum:"done"`
	ID string `json:"id"`
}

// Refused says that it did not, and that nothing changed.
type Refused struct {
	Is      string `json:"is" enum:"refused"`
	ID      string `json:"id"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Presence of a seat.
type Presence string

const (
	Away    Presence = "away"
	Lobby   Presence = "lobby"
	Here    Presence = "here"
	Writing Presence = "writing"
)

// HereCounselor tells the counselor where both partners are.
type HereCounselor struct {
	Is  string   `json:"is" enum:"here"`
	One Presence `json:"one"`
	Two Presence `json:"two"`
}

// HerePartner tells a partner whether the counselor is there, and nothing else.
type HerePartner struct {
	Is        string `json:"is" enum:"here"`
	Counselor bool   `json:"counselor"`
}

// Dial is a steadiness dial while it moves; to counselors only.
type Dial struct {
	Is    string       `json:"is" enum:"dial"`
	Who   session.Seat `json:"who"`
	Value int          `json:"value"`
}

// Draft gives a partner back what they had typed on this or another device.
type Draft struct {
	Is   string       `json:"is" enum:"draft"`
	Step string       `json:"step"`
	Text private.Text `json:"text"`
}

// Now answers sync.
type Now struct {
	Is  string    `json:"is" enum:"now"`
	ID  string    `json:"id"`
	Now time.Time `json:"now"`
}
