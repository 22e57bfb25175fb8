package account

import (
	"context"
	"strings"
	"time"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
)

// InvitationLasts is how long a colleague may think about it.
const InvitationLasts = 7 * 24 * time.Hour

var invitationOver = fault.New(fault.NotFound, "invitation_over",
	"This invitation cannot be used. Please ask the practice for a new one.")

// ColleagueLink is a way into a practice for one more counselor, as it is stored:
// never the token.
type ColleagueLink struct {
	ID        string
	TokenHash Hash
	Label     private.Text // whom it is for, as the owner calls them
	Email     string       // "" where the owner knows none
	CreatedAt time.Time
	ExpiresAt time.Time
}

// NewColleague is a counselor who comes by an invitation.
type NewColleague struct {
	Name         private.Text
	Email        string
	PasswordHash string
	Language     exercise.Language // English where empty
}

// Joining is what a colleague fills in.
type Joining struct {
	Token    string
	Name     private.Text
	Email    string
	Password string
	Language exercise.Language
}

// InviteColleague makes a way into the owner's practice. The token is told this once.
func (d *Door) InviteColleague(ctx context.Context, owner string, label private.Text, email string) (token string, l ColleagueLink, err error) {
	token, now := NewJoinToken(), d.now()
	l = ColleagueLink{
		ID: newID(), TokenHash: HashToken(token), Label: label, Email: strings.TrimSpace(email),
		CreatedAt: now, ExpiresAt: now.Add(InvitationLasts),
	}
	return token, l, d.book.PutInvitation(ctx, owner, l)
}

// Invited tells what an invitation says, and uses nothing up. Faults: invitation_over
// (one answer for wrong, expired, used and revoked), too_many_tries.
func (d *Door) Invited(ctx context.Context, token, from string) (protocol.Invited, error) {
	address, now := neighbourhood(from), d.now()
	if err := d.colleagues.try(address, now); err != nil {
		return protocol.Invited{}, err
	}
	said, err := d.book.Invited(ctx, HashToken(token), now)
	if isNotFound(err) {
		return said, invitationOver.Because(err)
	}
	if err == nil {
		d.colleagues.takeBack(address)
	}
	return said, err
}

// JoinPractice makes a colleague's account and signs them in. Faults: invitation_over,
// email_taken, those of passwords, too_many_tries.
func (d *Door) JoinPractice(ctx context.Context, j Joining, from string) (token string, s SignIn, err error) {
	// Asked first: what is wrong with a password is nothing for those without an invitation.
	said, err := d.Invited(ctx, j.Token, from)
	if err != nil {
		return "", s, err
	}
	if err := CheckPassword(j.Password, string(j.Name), j.Email, string(said.Practice), "mend"); err != nil {
		return "", s, err
	}
	address := neighbourhood(from) // an invitation is no leave to find out who has an account here
	if err := d.colleagues.try(address, d.now()); err != nil {
		return "", s, err
	}
	hash, err := d.mill.hash(ctx, j.Password)
	if err != nil {
		return "", s, err
	}
	token, s = d.newSignIn(CounselorKind, CounselorMost)
	s, err = d.book.JoinPractice(ctx, HashToken(j.Token), NewColleague{
		Name: j.Name, Email: strings.TrimSpace(j.Email), PasswordHash: hash, Language: j.Language,
	}, s)
	if isNotFound(err) {
		return "", SignIn{}, invitationOver.Because(err)
	}
	if err != nil {
		return "", SignIn{}, err
	}
	d.colleagues.takeBack(address)
	d.familiar.remember(place(folded(j.Email), address), d.now())
	return token, s, nil
}
