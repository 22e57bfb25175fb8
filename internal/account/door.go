package account

import (
	"context"
	"errors"
	"time"

	"mend/internal/private"
	"mend/internal/session"
)

var errUnwritten = errors.New("not yet written")

// Door is where people show who they are.
type Door struct {
	book Book
	now  func() time.Time
}

// Options of a Door; the zero value is ready for use.
type Options struct {
	Now func() time.Time // UTC; time.Now where nil
}

// NewDoor opens a door on a book.
func NewDoor(book Book, o Options) *Door { return &Door{book: book, now: o.Now} }

// First is what the first account is made of.
type First struct {
	Name     private.Text
	Email    string
	Password string
	Practice private.Text
	Secrets  session.Secrets
	Code     string
}

// Invitation is a link as it is handed out, told only once.
type Invitation struct {
	Link  Link
	Token string // 22 characters, for the URL's fragment
	Code  string // six characters, to be spoken in the room
}

// OfferSetup makes the one-time set-up code where there is no account yet; ""
// where there is one. Call it once at start and print it.
func (d *Door) OfferSetup(ctx context.Context) (string, error) { return "", errUnwritten }

// SetupNeeded tells whether the first account is still to be made.
func (d *Door) SetupNeeded(ctx context.Context) (bool, error) { return false, errUnwritten }

// Setup makes the first account and signs it in. local spares the code: the
// request came over loopback. Faults: already_set_up, wrong_setup_code,
// password_too_short, password_too_long, password_common, password_own_name,
// too_many_tries.
func (d *Door) Setup(ctx context.Context, f First, from string, local bool) (token string, s SignIn, err error) {
	return "", SignIn{}, errUnwritten
}

// SignIn answers an email and a password with a token for the cookie. from is the
// client's address. Faults: wrong_sign_in (one answer for unknown and wrong),
// too_many_tries.
func (d *Door) SignIn(ctx context.Context, email, password, from string) (token string, s SignIn, err error) {
	return "", SignIn{}, errUnwritten
}

// SignOut ends a sign-in; an unknown token is signed out already.
func (d *Door) SignOut(ctx context.Context, token string) error { return errUnwritten }

// Who tells whose token it is. Fault: signed_out (Unsigned). It counts as
// activity.
func (d *Door) Who(ctx context.Context, token string) (SignIn, error) {
	return SignIn{}, errUnwritten
}

// Keep counts an open live session as activity; call it about once a minute. It
// answers with fault signed_out when the sign-in was revoked or is over.
func (d *Door) Keep(ctx context.Context, s SignIn) error { return errUnwritten }

// Invite makes a link for a seat of the counselor's own session. begins is when
// the session is planned for; zero where it is not.
func (d *Door) Invite(ctx context.Context, counselor, session string, seat session.Seat, begins time.Time) (Invitation, error) {
	return Invitation{}, errUnwritten
}

// Join claims a link by its token or by its spoken code, one of the two. Faults:
// link_over (one answer for wrong, expired, used and revoked), too_many_tries.
func (d *Door) Join(ctx context.Context, joinToken, code, from string) (token string, s SignIn, err error) {
	return "", SignIn{}, errUnwritten
}
