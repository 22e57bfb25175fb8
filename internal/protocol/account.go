package protocol

import (
	"time"

	"mend/internal/private"
)

// The bodies of the calls about a counselor's own account. What a passkey and a browser
// say to each other travels as base64url without padding.

// Account is how a counselor can sign in, and where they are signed in.
type Account struct {
	Password      bool      `json:"password" doc:"Whether there is one"`
	Passkeys      []Passkey `json:"passkeys" doc:"Oldest first"`
	Codes         bool      `json:"one_time_codes" doc:"Whether a one-time code is asked for after the password"`
	RecoveryCodes int       `json:"recovery_codes" doc:"How many are not used yet"`
	SignIns       []Signed  `json:"sign_ins" doc:"Those that are not over, newest first"`
}

type Passkey struct {
	ID        string       `json:"id"`
	Name      private.Text `json:"name"`
	CreatedAt time.Time    `json:"created_at"`
	UsedAt    *time.Time   `json:"used_at,omitempty"`
}

// Signed is one sign-in. No address is kept.
type Signed struct {
	ID      string    `json:"id"`
	This    bool      `json:"this" doc:"It is the one that asks"`
	Browser string    `json:"browser" enum:"chrome,edge,firefox,safari,opera,samsung,other"`
	System  string    `json:"system" enum:"windows,macos,linux,android,ios,chromeos,other"`
	BeganAt time.Time `json:"began_at"`
	SeenAt  time.Time `json:"seen_at" doc:"To the minute"`
}

// SignedIn tells whether the cookie stands for somebody.
type SignedIn struct {
	In bool `json:"signed_in"`
}

// NewPassword changes a password.
type NewPassword struct {
	Password string `json:"password" maxLength:"256"`
}

// PasskeyChallenge is what a browser is to ask a passkey. User and Algorithms come
// where one is to be made.
type PasskeyChallenge struct {
	Challenge  string       `json:"challenge"`
	Domain     string       `json:"rp_id" doc:"The name that passkeys of this house are bound to"`
	Seconds    int          `json:"seconds" doc:"How long it can be answered"`
	Known      []string     `json:"credentials" doc:"Of the account: those that may answer, or that are not to be made again"`
	Algorithms []int        `json:"algorithms,omitempty" doc:"COSE, the preferred first"`
	User       *PasskeyUser `json:"user,omitempty"`
}

type PasskeyUser struct {
	ID    string       `json:"id"`
	Email string       `json:"email"`
	Name  private.Text `json:"name"`
}

// NewPasskey is a passkey that a browser has just made.
type NewPasskey struct {
	Name    private.Text `json:"name" minLength:"1" maxLength:"60"`
	Passkey MadePasskey  `json:"passkey"`
}

type MadePasskey struct {
	ID          string `json:"id" maxLength:"2000"`
	ClientData  string `json:"client_data" maxLength:"4000"`
	Attestation string `json:"attestation" maxLength:"20000"`
}

// ShownPasskey is a passkey's answer to a challenge.
type ShownPasskey struct {
	ID            string `json:"id" maxLength:"2000"`
	ClientData    string `json:"client_data" maxLength:"4000"`
	Authenticator string `json:"authenticator_data" maxLength:"4000"`
	Signature     string `json:"signature" maxLength:"4000"`
	User          string `json:"user_handle" maxLength:"200"`
}

// PatchPasskey changes what a passkey is called.
type PatchPasskey struct {
	Name private.Text `json:"name" minLength:"1" maxLength:"60"`
}

// Proof shows once more who is signed in: by one of the two.
type Proof struct {
	Password string        `json:"password,omitempty" maxLength:"256"`
	Passkey  *ShownPasskey `json:"passkey,omitempty"`
}

// Enrolment is a secret for one-time codes, told only once.
type Enrolment struct {
	Secret string `json:"secret" doc:"Base32, to be typed into an app"`
	QR     string `json:"qr" doc:"The same as an SVG document, black on white, to be scanned"`
}

// FirstCode turns one-time codes on.
type FirstCode struct {
	Code string `json:"code" maxLength:"64"`
}

// RecoveryCodes are told only once; each opens once in place of a one-time code.
type RecoveryCodes struct {
	Codes []string `json:"codes"`
}

// Reset sets a new password by a code that was made on the machine itself.
type Reset struct {
	Code     string `json:"code" maxLength:"64"`
	Password string `json:"password" maxLength:"256"`
}
