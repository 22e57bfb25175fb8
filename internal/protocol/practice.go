package protocol

import (
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
)

// PracticeRole is what somebody may do in their practice. Both see their own couples
// alone; an owner decides who belongs to the practice, too.
type PracticeRole string

const (
	Owner          PracticeRole = "owner"
	PlainCounselor PracticeRole = "counselor"
)

// Colleague is another counselor of one's practice.
type Colleague struct {
	ID   string       `json:"id"`
	Name private.Text `json:"name"`
}

type ColleagueList struct {
	Items []Colleague `json:"items"`
}

// Counselor is one as an owner sees them: that they have couples, and nothing of them.
type Counselor struct {
	ID            string       `json:"id"`
	Name          private.Text `json:"name"`
	Email         string       `json:"email"`
	Role          PracticeRole `json:"role" enum:"owner,counselor"`
	JoinedAt      time.Time    `json:"joined_at"`
	DeactivatedAt *time.Time   `json:"deactivated_at,omitempty" doc:"Since then they cannot sign in"`
	Couples       int          `json:"couples"`
	Sessions      int          `json:"sessions" doc:"Of those couples"`
}

type CounselorList struct {
	Items      []Counselor `json:"items"`
	NextCursor string      `json:"next_cursor,omitempty"`
}

// PatchCounselor changes what is given.
type PatchCounselor struct {
	Role   *PracticeRole `json:"role,omitempty" enum:"owner,counselor"`
	Active *bool         `json:"active,omitempty"`
}

// OpaqueCouple is a couple as an owner sees it: that it exists.
type OpaqueCouple struct {
	ID            string     `json:"id"`
	Since         time.Time  `json:"since" doc:"When its counselor took it on, or over"`
	Sessions      int        `json:"sessions"`
	LastSessionAt *time.Time `json:"last_session_at,omitempty"`
}

type OpaqueCoupleList struct {
	Items      []OpaqueCouple `json:"items"`
	NextCursor string         `json:"next_cursor,omitempty"`
}

// NewInvitation asks somebody to join the practice as a counselor.
type NewInvitation struct {
	Label private.Text `json:"label" minLength:"1" maxLength:"80" doc:"Whom it is for, as the owner calls them"`
	Email string       `json:"email,omitempty" format:"email" maxLength:"254" doc:"Written into the form for them; they may change it"`
}

// PracticeInvitation is a way into the practice. URL is told only when it is made.
type PracticeInvitation struct {
	ID        string       `json:"id"`
	Label     private.Text `json:"label"`
	Email     string       `json:"email,omitempty"`
	State     string       `json:"state" enum:"open,used,expired,revoked"`
	CreatedAt time.Time    `json:"created_at"`
	ExpiresAt time.Time    `json:"expires_at"`
	UsedAt    *time.Time   `json:"used_at,omitempty"`
	URL       string       `json:"url,omitempty" doc:"The token stands in the fragment; only in the answer that makes the invitation"`
}

type InvitationList struct {
	Items      []PracticeInvitation `json:"items"`
	NextCursor string               `json:"next_cursor,omitempty"`
}

// InvitationToken is what stands behind the # of an invitation's address.
type InvitationToken struct {
	Token string `json:"token" maxLength:"64"`
}

// Invited is what an invitation says to whoever holds it.
type Invited struct {
	Practice  private.Text `json:"practice"`
	By        private.Text `json:"by"`
	Email     string       `json:"email,omitempty"`
	ExpiresAt time.Time    `json:"expires_at"`
}

// AcceptInvitation makes an account in the practice.
type AcceptInvitation struct {
	Token    string            `json:"token" maxLength:"64"`
	Name     private.Text      `json:"name" minLength:"1" maxLength:"80"`
	Email    string            `json:"email" format:"email" maxLength:"254"`
	Password string            `json:"password" minLength:"12" maxLength:"128"`
	Language exercise.Language `json:"language,omitempty" enum:"en,es" doc:"Of the desk; en where left out"`
}

// HandOver gives a couple to another counselor of the practice.
type HandOver struct {
	To     string       `json:"to" maxLength:"64" doc:"An active counselor of the same practice"`
	Reason private.Text `json:"reason,omitempty" maxLength:"2000" doc:"Required of an owner, where the couple's counselor is active"`
}

// TakenOver says of a couple who had it before.
type TakenOver struct {
	From   private.Text `json:"from"`
	At     time.Time    `json:"at"`
	Reason private.Text `json:"reason,omitempty"`
}

// FormerCouple is a couple that one handed over. Of its record nothing is left to read but
// one's own process notes.
type FormerCouple struct {
	Couple string       `json:"couple"`
	To     private.Text `json:"to"`
	At     time.Time    `json:"at"`
	Notes  []OwnNote    `json:"notes"`
}

// OwnNote is a session of which one keeps a process note.
type OwnNote struct {
	Session string     `json:"session"`
	HeldAt  *time.Time `json:"held_at,omitempty"`
}

type FormerCoupleList struct {
	Items []FormerCouple `json:"items"`
}

// Deed is a line of the practice's audit: who did what to what, and no word more.
type Deed struct {
	ID     string       `json:"id"`
	At     time.Time    `json:"at"`
	Actor  string       `json:"actor" doc:"A counselor's id, or operator"`
	Name   private.Text `json:"name,omitempty" doc:"The counselor's"`
	Action string       `json:"action" doc:"Of a closed list, such as signed_in or couple_handed_over"`
	Object string       `json:"object" doc:"A kind and an id, such as couple/0198…"`
}

type DeedList struct {
	Items      []Deed `json:"items"`
	NextCursor string `json:"next_cursor,omitempty"`
}
