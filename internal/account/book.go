package account

import (
	"context"
	"time"

	"mend/internal/fault"
	"mend/internal/protocol"
)

// ErrCodeTaken says that a spoken code stands for another link already.
var ErrCodeTaken = fault.New(fault.Conflict, "code_taken", "This code is in use. Please try again.")

// Book is where accounts, sign-ins and links are written down. What it does not
// find it answers with a fault of kind NotFound.
type Book interface {
	HasAccount(ctx context.Context) (bool, error)
	// CreateAccount makes the first account and its practice, and answers with the
	// counselor's id. Where there is one already: fault already_set_up.
	CreateAccount(ctx context.Context, a NewAccount) (string, error)
	AccountByEmail(ctx context.Context, email string) (Account, error)
	AccountByID(ctx context.Context, id string) (Account, error)
	// SetPassword changes a password, or with an empty hash takes it away, and ends
	// every sign-in of the account but one. Fault: last_way_in, without a passkey.
	SetPassword(ctx context.Context, counselor, hash, keep string, at time.Time) error

	PutSignIn(ctx context.Context, s SignIn) error
	// NoteFailedSignIn writes down that a wrong password was given for an account.
	NoteFailedSignIn(ctx context.Context, counselor string) error
	// SignIn finds one that is neither revoked nor past its absolute end.
	SignIn(ctx context.Context, token Hash, now time.Time) (SignIn, error)
	TouchSignIn(ctx context.Context, id string, seen time.Time) error
	RevokeSignIn(ctx context.Context, id string, at time.Time) error
	// SignIns lists a counselor's that are not over, newest first.
	SignIns(ctx context.Context, counselor string, now time.Time) ([]SignIn, error)
	// EndSignIn revokes one of the counselor's; EndOtherSignIns all but one.
	EndSignIn(ctx context.Context, counselor, id string, at time.Time) error
	EndOtherSignIns(ctx context.Context, counselor, keep string, at time.Time) error
	// ProveSignIn writes down that the bearer proved who they are.
	ProveSignIn(ctx context.Context, id string, at time.Time) error

	PutChallenge(ctx context.Context, c Challenge) error
	// TakeChallenge takes one away that was made for the same purpose and sign-in and
	// has not run out. Of several who take it at once one finds it.
	TakeChallenge(ctx context.Context, c Challenge, now time.Time) error
	// Passkeys lists a counselor's, oldest first.
	Passkeys(ctx context.Context, counselor string) ([]Passkey, error)
	// PutPasskey keeps a new one. Faults: passkey_known, too_many_passkeys.
	PutPasskey(ctx context.Context, p Passkey) error
	// UsedPasskey keeps what a passkey's use has changed of it.
	UsedPasskey(ctx context.Context, p Passkey) error

	// PutCodes keeps a secret that is not on yet, in place of an earlier one. Fault:
	// codes_on, where one is.
	PutCodes(ctx context.Context, counselor string, c Codes, at time.Time) error
	Codes(ctx context.Context, counselor string) (Codes, error)
	// StartCodes turns the secret on, and keeps the recovery codes. Fault: codes_on.
	StartCodes(ctx context.Context, counselor string, step uint64, recovery []Hash, at time.Time) error
	// SpendCode uses up the codes of a step and of all before it; of several who spend
	// one at once one finds it.
	SpendCode(ctx context.Context, counselor string, step uint64) error
	SpendRecoveryCode(ctx context.Context, counselor string, code Hash, at time.Time) error
	// PutRecoveryCodes puts new ones in the place of the old. Fault: codes_off.
	PutRecoveryCodes(ctx context.Context, counselor string, recovery []Hash) error
	EndCodes(ctx context.Context, counselor string) error

	// PutReset keeps a way to a new password, in place of an earlier one, and ends every
	// sign-in of the account.
	PutReset(ctx context.Context, counselor string, token Hash, ends, at time.Time) error
	// ResetBy finds the account of one that has not run out.
	ResetBy(ctx context.Context, token Hash, now time.Time) (Account, error)
	// TakeReset uses one up: the password is the new one, one-time codes are off, and
	// every sign-in of the account is over.
	TakeReset(ctx context.Context, token Hash, passwordHash string, at time.Time) error

	// PutLink keeps a new link of the counselor's own session. The seat's earlier
	// links, and what was signed in through them, are over. ErrCodeTaken where the
	// code stands for another link.
	PutLink(ctx context.Context, counselor string, l Link) error
	// ClaimLink takes an open link for good and signs the device in, both or
	// neither. s comes without session, seat and link, and goes back with them.
	ClaimLink(ctx context.Context, t Ticket, s SignIn) (SignIn, error)

	// PutInvitation keeps a new way into an owner's practice.
	PutInvitation(ctx context.Context, owner string, l ColleagueLink) error
	// JoinPractice uses an open invitation up, makes the account and signs it in: all
	// of it or nothing. s comes without counselor, and goes back with them. Fault:
	// email_taken.
	JoinPractice(ctx context.Context, token Hash, c NewColleague, s SignIn) (SignIn, error)
	// Invited tells what an open invitation says.
	Invited(ctx context.Context, token Hash, now time.Time) (protocol.Invited, error)
	// PutHomeworkLink keeps a new link of the counselor's own homework; the seat's
	// earlier ones, and the visits by them, are over.
	PutHomeworkLink(ctx context.Context, counselor string, l HomeworkLink) error
	// BeginVisit ends the visits before it. v comes without homework and seat, and goes
	// back with them.
	BeginVisit(ctx context.Context, link Hash, v Visit) (Visit, error)
	// Visit finds one that is neither revoked nor past its end, by a link that stands.
	Visit(ctx context.Context, token Hash, now time.Time) (Visit, error)
}
