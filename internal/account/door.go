package account

import (
	"cmp"
	"context"
	"crypto/subtle"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/session"
)

// How long things last.
const (
	CounselorIdle = 30 * time.Minute   // without a request and without a live session
	CounselorMost = 12 * time.Hour     // whatever happens
	SeatMost      = 7 * 24 * time.Hour // the end of the session, or two hours later, comes first
	LinkAfter     = 24 * time.Hour     // from when the session begins
	LinkMost      = 7 * 24 * time.Hour
	CodeMost      = 2 * time.Hour // short codes are for now, not for later
	touchEvery    = time.Minute   // activity is written down no more often
	tryWindow     = 15 * time.Minute
	codeLength    = 6
	setupLength   = 12
)

var (
	wrongSignIn = fault.New(fault.Unsigned, "wrong_sign_in", "The email or the password is not right.")
	wrongSetup  = fault.New(fault.Invalid, "wrong_setup_code", "This is not the code that the server printed when it was started.").At("code")
	setUp       = fault.New(fault.Conflict, "already_set_up", "This house is set up already. Sign in instead.")
	signedOut   = fault.New(fault.Unsigned, "signed_out", "You are not signed in, or have been away too long.")
	linkOver    = fault.New(fault.NotFound, "link_over", "This link or code does not open a session. Please ask your counselor for a new one.")
)

// Door is where people show who they are. It is safe for concurrent use.
type Door struct {
	book Book
	now  func() time.Time
	mill mill

	byAccount  *throttle // wrong passwords for one account, from where it is not familiar
	byPlace    *throttle // wrong passwords for one account, from one place where it is
	byAddress  *throttle // wrong passwords from one neighbourhood
	bySetup    *throttle
	claims     *throttle // links, from one neighbourhood
	codes      *throttle // spoken codes, from one neighbourhood
	codesInAll *throttle // spoken codes, from everywhere: six characters bear no more
	colleagues *throttle // invitations, from one neighbourhood
	secondStep *throttle // wrong one-time codes, kept apart as wrong passwords are
	proofs     *throttle // wrong passwords of one who is signed in, for each sign-in
	challenges *throttle // challenges for passkeys, from one neighbourhood
	resets     *throttle

	familiar familiar
	passkeys *webauthn.WebAuthn // nil where people come by a bare address

	mu           sync.Mutex
	setupCode    string
	newSetupCode func() (string, error)
}

// Options of a Door; the zero value is ready for use.
type Options struct {
	Now      func() time.Time // time.Now where nil
	Passkeys Domain
	// SetupCode is the one-time code for the first account, where several nodes are to know
	// the same; each start makes up its own where nil.
	SetupCode func() (string, error)
}

// NewDoor opens a door on a book.
func NewDoor(book Book, o Options) *Door {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.SetupCode == nil {
		o.SetupCode = func() (string, error) { return NewCode(setupLength), nil }
	}
	return &Door{
		book: book, now: func() time.Time { return o.Now().UTC().Round(0) }, mill: newMill(),
		byAccount:  newThrottle(10, tryWindow),
		byPlace:    newThrottle(10, tryWindow),
		byAddress:  newThrottle(30, tryWindow),
		bySetup:    newThrottle(10, tryWindow),
		claims:     newThrottle(20, tryWindow),
		codes:      newThrottle(5, tryWindow),
		codesInAll: newThrottle(60, tryWindow),
		colleagues: newThrottle(20, tryWindow),
		secondStep: newThrottle(10, time.Hour),
		proofs:     newThrottle(10, tryWindow),
		challenges: newThrottle(60, tryWindow),
		resets:     newThrottle(20, tryWindow),
		familiar:   familiar{last: make(map[string]time.Time)},
		passkeys:   o.Passkeys.party(),

		newSetupCode: o.SetupCode,
	}
}

// First is what the first account is made of.
type First struct {
	Name     private.Text
	Email    string
	Password string
	Practice private.Text
	Secrets  session.Secrets
	Language exercise.Language // English where empty
	Code     string
	Device   Device
}

// OfferSetup makes the one-time set-up code where there is no account yet; ""
// where there is one. Call it once at start and print it.
func (d *Door) OfferSetup(ctx context.Context) (string, error) {
	needed, err := d.SetupNeeded(ctx)
	if err != nil || !needed {
		return "", err
	}
	code, err := d.newSetupCode()
	if err != nil {
		return "", err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.setupCode = code
	return code, nil
}

// SetupNeeded tells whether the first account is still to be made.
func (d *Door) SetupNeeded(ctx context.Context) (bool, error) {
	has, err := d.book.HasAccount(ctx)
	return !has, err
}

// Setup makes the first account and signs it in. local spares the code: the
// request came over loopback. Faults: already_set_up, wrong_setup_code,
// password_too_short, password_too_long, password_common, password_own_name,
// too_many_tries.
func (d *Door) Setup(ctx context.Context, f First, from string, local bool) (token string, s SignIn, err error) {
	needed, err := d.SetupNeeded(ctx)
	if err != nil {
		return "", s, err
	}
	if !needed {
		return "", s, setUp
	}
	if !local {
		if err := d.bySetup.try(neighbourhood(from), d.now()); err != nil {
			return "", s, err
		}
		if !d.isSetupCode(f.Code) {
			return "", s, wrongSetup
		}
		d.bySetup.forgive(neighbourhood(from))
	}
	if err := CheckPassword(f.Password, string(f.Name), f.Email, string(f.Practice), "mend"); err != nil {
		return "", s, err
	}
	hash, err := d.mill.hash(ctx, f.Password)
	if err != nil {
		return "", s, err
	}
	counselor, err := d.book.CreateAccount(ctx, NewAccount{
		Name: f.Name, Email: strings.TrimSpace(f.Email), PasswordHash: hash,
		Practice: f.Practice, Secrets: f.Secrets, Language: f.Language, At: d.now(),
	})
	if err != nil {
		return "", s, err
	}
	d.mu.Lock()
	d.setupCode = ""
	d.mu.Unlock()
	d.familiar.remember(place(folded(f.Email), neighbourhood(from)), d.now())
	return d.letIn(ctx, counselor, f.Device)
}

func (d *Door) isSetupCode(typed string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.setupCode != "" && subtle.ConstantTimeCompare([]byte(plainCode(typed)), []byte(d.setupCode)) == 1
}

// Knock is somebody who wants to come in by a password.
type Knock struct {
	Email    string
	Password string
	Code     string // a one-time or recovery code, where one was asked for
	From     string // the client's address, for limits alone
	Device   Device
}

// SignIn answers an email and a password with a token for the cookie. Where the
// account was signed in to before, nobody elsewhere can use up its tries. Faults:
// wrong_sign_in (one answer, after the same work, for unknown and wrong),
// too_many_tries; and to the right password alone code_needed and wrong_code.
func (d *Door) SignIn(ctx context.Context, k Knock) (token string, s SignIn, err error) {
	account, address := folded(k.Email), neighbourhood(k.From)
	if err := d.byAddress.try(address, d.now()); err != nil {
		return "", s, err
	}
	here := place(account, address)
	tries, of := d.byAccount, account
	if d.familiar.knows(here, d.now()) {
		tries, of = d.byPlace, here
	}
	if err := tries.try(of, d.now()); err != nil {
		return "", s, err
	}
	known, err := d.book.AccountByEmail(ctx, account)
	if isNotFound(err) {
		known, err = Account{}, nil
	}
	if err != nil {
		return "", s, err
	}
	same, err := d.mill.matches(ctx, k.Password, cmp.Or(known.PasswordHash, nobody))
	if err != nil {
		return "", s, err
	}
	if known.ID != "" && !same {
		if err := d.book.NoteFailedSignIn(ctx, known.ID); err != nil && !isUnavailable(err) {
			return "", s, err
		}
	}
	if !same || known.PasswordHash == "" {
		return "", s, wrongSignIn
	}
	if known.Codes {
		if k.Code == "" { // the password was right, and is no wrong try
			tries.takeBack(of)
			d.byAddress.takeBack(address)
			return "", s, codeNeeded
		}
		if err := d.secondStep.try(of, d.now()); err != nil {
			return "", s, err
		}
		if err := d.spend(ctx, known.ID, k.Code); err != nil {
			return "", s, err
		}
		d.secondStep.forgive(of)
	}
	tries.forgive(of)
	d.byAddress.forgive(address)
	d.familiar.remember(here, d.now())
	return d.letIn(ctx, known.ID, k.Device)
}

// folded is an email as accounts are told apart by it.
func folded(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

func (d *Door) letIn(ctx context.Context, counselor string, on Device) (token string, s SignIn, err error) {
	token, s = d.newSignIn(CounselorKind, CounselorMost)
	s.Counselor, s.Device = counselor, on
	return token, s, d.book.PutSignIn(ctx, s)
}

func (d *Door) newSignIn(kind Kind, most time.Duration) (string, SignIn) {
	token, now := NewToken(), d.now()
	return token, SignIn{
		ID: newID(), Hash: HashToken(token), Kind: kind, CreatedAt: now, SeenAt: now, ProvedAt: now, ExpiresAt: now.Add(most),
	}
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func isNotFound(err error) bool {
	f, ok := fault.As(err)
	return ok && f.Kind == fault.NotFound
}

// SignOut ends a sign-in; an unknown token is signed out already.
func (d *Door) SignOut(ctx context.Context, token string) error {
	s, err := d.book.SignIn(ctx, HashToken(token), d.now())
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return d.book.RevokeSignIn(ctx, s.ID, d.now())
}

// Who tells whose token it is. Fault: signed_out (Unsigned). It counts as a
// counselor's activity; when a partner was there is written nowhere.
func (d *Door) Who(ctx context.Context, token string) (SignIn, error) {
	return d.seen(ctx, HashToken(token))
}

// IsIn tells whether a token still stands for somebody; asking is no activity.
func (d *Door) IsIn(ctx context.Context, token string) (bool, error) {
	_, err := d.standing(ctx, HashToken(token), d.now())
	if errors.Is(err, signedOut) {
		return false, nil
	}
	return err == nil, err
}

// Keep counts an open live session as activity; call it about once a minute. It
// answers with fault signed_out when the sign-in was revoked or is over.
func (d *Door) Keep(ctx context.Context, s SignIn) error {
	_, err := d.seen(ctx, s.Hash)
	return err
}

// standing is the sign-in of a token, if it is not over.
func (d *Door) standing(ctx context.Context, token Hash, now time.Time) (SignIn, error) {
	s, err := d.book.SignIn(ctx, token, now)
	if isNotFound(err) {
		return SignIn{}, signedOut
	}
	if err != nil {
		return SignIn{}, err
	}
	if s.Kind == CounselorKind && now.Sub(s.SeenAt) >= CounselorIdle {
		return SignIn{}, signedOut
	}
	return s, nil
}

func (d *Door) seen(ctx context.Context, token Hash) (SignIn, error) {
	now := d.now()
	s, err := d.standing(ctx, token, now)
	if err != nil {
		return SignIn{}, err
	}
	if s.Kind == CounselorKind && now.Sub(s.SeenAt) >= touchEvery { // a partner may be quiet for as long as they like
		s.SeenAt = now
		// That the time of a visit could not be written down turns nobody away: with a
		// full disk, reading still works.
		if err := d.book.TouchSignIn(ctx, s.ID, now); err != nil && !isUnavailable(err) {
			return SignIn{}, err
		}
	}
	return s, nil
}

func isUnavailable(err error) bool {
	f, ok := fault.As(err)
	return ok && f.Kind == fault.Unavailable
}

// Invitation is a link as it is handed out, told only once.
type Invitation struct {
	Link  Link
	Token string // 22 characters, for the URL's fragment
	Code  string // six characters, to be spoken in the room
}

// Invite makes a link for a seat of the counselor's own session. begins is when
// the session is planned for; zero where it is not.
func (d *Door) Invite(ctx context.Context, counselor, sessionID string, seat session.Seat, begins time.Time) (Invitation, error) {
	now := d.now()
	if begins.Before(now) {
		begins = now
	}
	i := Invitation{Token: NewJoinToken()}
	i.Link = Link{
		ID: newID(), Session: sessionID, Seat: seat, TokenHash: HashToken(i.Token), CreatedAt: now,
		CodeEndsAt: now.Add(CodeMost), ExpiresAt: earlier(begins.Add(LinkAfter), now.Add(LinkMost)),
	}
	var err error
	for range 5 { // a code in use is one in many millions
		i.Code = NewCode(codeLength)
		i.Link.Code = i.Code
		if err = d.book.PutLink(ctx, counselor, i.Link); !errors.Is(err, ErrCodeTaken) {
			break
		}
	}
	if err != nil {
		return Invitation{}, err
	}
	return i, nil
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// Join claims a link by its token or by its spoken code, one of the two. Faults:
// link_over (one answer for wrong, expired, used and revoked), too_many_tries.
func (d *Door) Join(ctx context.Context, joinToken, code, from string) (token string, s SignIn, err error) {
	address, now := neighbourhood(from), d.now()
	if err := d.claims.try(address, now); err != nil {
		return "", s, err
	}
	var ticket Ticket
	if joinToken != "" {
		ticket.TokenHash = HashToken(joinToken)
	} else {
		if err := d.codes.try(address, now); err != nil {
			return "", s, err
		}
		if err := d.codesInAll.try("", now); err != nil {
			return "", s, err
		}
		if ticket.Code = plainCode(code); len(ticket.Code) != codeLength {
			return "", s, linkOver
		}
	}
	token, s = d.newSignIn(SeatKind, SeatMost)
	s, err = d.book.ClaimLink(ctx, ticket, s)
	if isNotFound(err) {
		return "", SignIn{}, linkOver.Because(err)
	}
	if err != nil {
		return "", SignIn{}, err
	}
	d.claims.takeBack(address) // a whole practice may stand behind one address
	if ticket.Code != "" {
		d.codes.takeBack(address)
		d.codesInAll.takeBack("")
	}
	return token, s, nil
}
