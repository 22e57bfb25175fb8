package account

import (
	"context"
	"time"

	"mend/internal/fault"
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

	PutSignIn(ctx context.Context, s SignIn) error
	// SignIn finds one that is neither revoked nor past its absolute end.
	SignIn(ctx context.Context, token Hash, now time.Time) (SignIn, error)
	TouchSignIn(ctx context.Context, id string, seen time.Time) error
	RevokeSignIn(ctx context.Context, id string, at time.Time) error

	// PutLink keeps a new link of the counselor's own session. The seat's earlier
	// links, and what was signed in through them, are over. ErrCodeTaken where the
	// code stands for another link.
	PutLink(ctx context.Context, counselor string, l Link) error
	// ClaimLink takes an open link for good and signs the device in, both or
	// neither. s comes without session, seat and link, and goes back with them.
	ClaimLink(ctx context.Context, t Ticket, s SignIn) (SignIn, error)

	// PutHomeworkLink keeps a new link of the counselor's own homework; the seat's
	// earlier ones, and the visits by them, are over.
	PutHomeworkLink(ctx context.Context, counselor string, l HomeworkLink) error
	// BeginVisit ends the visits before it. v comes without homework and seat, and goes
	// back with them.
	BeginVisit(ctx context.Context, link Hash, v Visit) (Visit, error)
	// Visit finds one that is neither revoked nor past its end, by a link that stands.
	Visit(ctx context.Context, token Hash, now time.Time) (Visit, error)
}
