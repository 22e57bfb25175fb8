package account

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"mend/internal/fault"
	"mend/internal/private"
)

// ChallengeMost is how long a challenge can be answered.
const ChallengeMost = 5 * time.Minute

// MostPasskeys of one account.
const MostPasskeys = 20

var (
	// One answer for whatever is wrong, so that nothing can be found out by trying.
	passkeyRefused = fault.New(fault.Unsigned, "passkey_refused", "This passkey does not open Mend. Please try again, or sign in another way.")
	// The same for somebody who is signed in.
	passkeyWrong = fault.New(fault.Invalid, "passkey_refused", "This passkey was not accepted. Please try again.").At("passkey")
	noPasskeys   = fault.New(fault.Conflict, "no_passkeys", "Passkeys need an address with a name. Please open Mend by its name rather than by a number.")
)

// Domain is where passkeys of this house are good. Without a name there are none: a
// browser binds a passkey to a name, never to a bare address.
type Domain struct {
	Name    string
	Origins []string
}

func (d Domain) party() *webauthn.WebAuthn {
	if d.Name == "" {
		return nil
	}
	party, err := webauthn.New(&webauthn.Config{
		RPID: d.Name, RPDisplayName: "Mend", RPOrigins: d.Origins,
		AttestationPreference:  protocol.PreferNoAttestation,
		AuthenticatorSelection: passkeyOnly,
	})
	if err != nil { // a name that no browser would take for one either
		return nil
	}
	return party
}

// A passkey is found without a name being typed first, and asks for a finger, a face
// or a PIN: so it stands for two factors.
var passkeyOnly = protocol.AuthenticatorSelection{
	ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
	UserVerification: protocol.VerificationRequired,
}

// Purpose is what a challenge was made for.
type Purpose string

const (
	ToSignIn     Purpose = "sign_in"
	ToProve      Purpose = "proof"
	ToAddPasskey Purpose = "passkey"
)

// Challenge is one as it is stored: never what has to be signed, but its hash.
type Challenge struct {
	Hash      Hash
	Purpose   Purpose
	SignIn    string // "" with ToSignIn
	ExpiresAt time.Time
}

// Passkey is one of an account.
type Passkey struct {
	ID         string
	Counselor  string
	Name       private.Text
	Hash       Hash   // of the credential's own id
	Credential []byte // the record of package webauthn, JSON
	CreatedAt  time.Time
	UsedAt     *time.Time
}

// Asked is a challenge as a browser is given it.
type Asked struct {
	Challenge  []byte
	Domain     string
	Algorithms []int    // that a new passkey may have
	Known      [][]byte // credentials: those that may answer, or that are not to be made again
	Account    Account  // whose passkey is to be made
}

// MadePasskey and ShownPasskey are a browser's answers; all of it raw bytes.
type (
	MadePasskey struct {
		ID, ClientData, Attestation []byte
	}
	ShownPasskey struct {
		ID, ClientData, AuthenticatorData, Signature, UserHandle []byte
	}
)

// AskToSignIn makes a challenge for whoever comes. Faults: too_many_tries, no_passkeys.
func (d *Door) AskToSignIn(ctx context.Context, from string) (Asked, error) {
	if err := d.challenges.try(neighbourhood(from), d.now()); err != nil {
		return Asked{}, err
	}
	return d.ask(ctx, ToSignIn, SignIn{})
}

// AskToProve makes a challenge for the account's own passkeys.
func (d *Door) AskToProve(ctx context.Context, s SignIn) (Asked, error) {
	return d.ask(ctx, ToProve, s)
}

// AskForPasskey makes a challenge for a passkey that is to be made.
func (d *Door) AskForPasskey(ctx context.Context, s SignIn) (Asked, error) {
	return d.ask(ctx, ToAddPasskey, s)
}

func (d *Door) ask(ctx context.Context, why Purpose, s SignIn) (a Asked, err error) {
	if d.passkeys == nil {
		return a, noPasskeys
	}
	if a.Challenge, err = protocol.CreateChallenge(); err != nil {
		return a, err
	}
	a.Domain = d.passkeys.Config.RPID
	if why != ToSignIn {
		own, err := d.book.Passkeys(ctx, s.Counselor)
		if err != nil {
			return a, err
		}
		for _, p := range own {
			c, err := p.credential()
			if err != nil {
				return a, err
			}
			a.Known = append(a.Known, c.ID)
		}
	}
	if why == ToAddPasskey {
		if a.Account, err = d.book.AccountByID(ctx, s.Counselor); err != nil {
			return a, err
		}
		for _, p := range webauthn.CredentialParametersDefault() {
			a.Algorithms = append(a.Algorithms, int(p.Algorithm))
		}
	}
	return a, d.book.PutChallenge(ctx, d.challenge(a.Challenge, why, s))
}

func (d *Door) challenge(challenge []byte, why Purpose, s SignIn) Challenge {
	return Challenge{
		Hash: HashToken(string(challenge)), Purpose: why, SignIn: s.ID, ExpiresAt: d.now().Add(ChallengeMost),
	}
}

// taken finds the challenge that a browser says it signed, and uses it up: what is
// answered is then compared with what was asked.
func (d *Door) taken(ctx context.Context, said string, why Purpose, s SignIn) (webauthn.SessionData, error) {
	challenge, err := base64.RawURLEncoding.DecodeString(said)
	if err != nil {
		return webauthn.SessionData{}, passkeyRefused.Because(err)
	}
	err = d.book.TakeChallenge(ctx, d.challenge(challenge, why, s), d.now())
	if isNotFound(err) {
		err = passkeyRefused.Because(err)
	}
	return webauthn.SessionData{
		Challenge: said, RelyingPartyID: d.passkeys.Config.RPID, UserVerification: protocol.VerificationRequired,
	}, err
}

// AddPasskey keeps a passkey that was just made. Faults: passkey_refused,
// passkey_known, too_many_passkeys, no_passkeys.
func (d *Door) AddPasskey(ctx context.Context, s SignIn, name private.Text, made MadePasskey) (Passkey, error) {
	if d.passkeys == nil {
		return Passkey{}, noPasskeys
	}
	answer, err := protocol.CredentialCreationResponse{
		PublicKeyCredential: credentialOf(made.ID),
		AttestationResponse: protocol.AuthenticatorAttestationResponse{
			AuthenticatorResponse: protocol.AuthenticatorResponse{ClientDataJSON: made.ClientData},
			AttestationObject:     made.Attestation,
		},
	}.Parse()
	if err != nil {
		return Passkey{}, passkeyWrong.Because(err)
	}
	asked, err := d.taken(ctx, answer.Response.CollectedClientData.Challenge, ToAddPasskey, s)
	if err != nil {
		return Passkey{}, asInvalid(err)
	}
	asked.UserID, asked.CredParams = []byte(s.Counselor), webauthn.CredentialParametersDefault()
	credential, err := d.passkeys.CreateCredential(bearer{id: s.Counselor}, asked, answer)
	if err != nil {
		return Passkey{}, passkeyWrong.Because(err)
	}
	credential.Attestation = webauthn.CredentialAttestation{} // who built the device is nobody's business
	p := Passkey{ID: newID(), Counselor: s.Counselor, Name: name, Hash: HashToken(string(credential.ID)), CreatedAt: d.now()}
	if p.Credential, err = json.Marshal(credential); err != nil {
		return Passkey{}, fmt.Errorf("account: passkey: %w", err)
	}
	return p, d.book.PutPasskey(ctx, p)
}

// SignInByPasskey answers a passkey with a token for the cookie. Limits on passwords
// are none of its business: a passkey cannot be guessed, and opens to its owner while
// somebody else tries passwords. Faults: passkey_refused, no_passkeys.
func (d *Door) SignInByPasskey(ctx context.Context, shown ShownPasskey, from string, on Device) (token string, s SignIn, err error) {
	p, err := d.shown(ctx, shown, ToSignIn, SignIn{})
	if err != nil {
		return "", s, err
	}
	of, err := d.book.AccountByID(ctx, p.Counselor)
	if err != nil {
		return "", s, err
	}
	address := neighbourhood(from)
	d.challenges.takeBack(address)
	d.familiar.remember(place(folded(of.Email), address), d.now())
	return d.letIn(ctx, p.Counselor, on)
}

// ProvePasskey makes a sign-in fresh by a passkey of its account. Faults:
// passkey_refused, no_passkeys.
func (d *Door) ProvePasskey(ctx context.Context, s SignIn, shown ShownPasskey) error {
	if _, err := d.shown(ctx, shown, ToProve, s); err != nil {
		return asInvalid(err)
	}
	return d.book.ProveSignIn(ctx, s.ID, d.now())
}

// shown finds out which passkey was shown. With ToProve it has to be one of the
// account that is signed in.
func (d *Door) shown(ctx context.Context, shown ShownPasskey, why Purpose, s SignIn) (found Passkey, err error) {
	if d.passkeys == nil {
		return found, noPasskeys
	}
	answer, err := protocol.CredentialAssertionResponse{
		PublicKeyCredential: credentialOf(shown.ID),
		AssertionResponse: protocol.AuthenticatorAssertionResponse{
			AuthenticatorResponse: protocol.AuthenticatorResponse{ClientDataJSON: shown.ClientData},
			AuthenticatorData:     shown.AuthenticatorData, Signature: shown.Signature, UserHandle: shown.UserHandle,
		},
	}.Parse()
	if err != nil {
		return found, passkeyRefused.Because(err)
	}
	asked, err := d.taken(ctx, answer.Response.CollectedClientData.Challenge, why, s)
	if err != nil {
		return found, err
	}
	var failed error // of ours, not of the passkey
	credential, err := d.passkeys.ValidateDiscoverableLogin(func(id, handle []byte) (webauthn.User, error) {
		if why == ToProve && string(handle) != s.Counselor {
			return nil, passkeyRefused
		}
		own, err := d.book.Passkeys(ctx, string(handle))
		failed = err
		who := bearer{id: string(handle)}
		for _, p := range own {
			if p.Hash == HashToken(string(id)) {
				c, err := p.credential()
				failed, found, who.credentials = err, p, []webauthn.Credential{c}
			}
		}
		return who, failed
	}, asked, answer)
	if failed != nil {
		return found, failed
	}
	// A counter that runs backwards tells of a copy: the copy and the original are both refused.
	if err == nil && credential.Authenticator.CloneWarning {
		err = fmt.Errorf("account: passkey %s was used elsewhere", found.ID)
	}
	if err != nil {
		return found, passkeyRefused.Because(err)
	}
	now := d.now()
	found.UsedAt = &now
	if found.Credential, err = json.Marshal(credential); err != nil {
		return found, fmt.Errorf("account: passkey: %w", err)
	}
	return found, d.book.UsedPasskey(ctx, found)
}

// asInvalid tells somebody who is signed in that the passkey is wrong; that nobody is
// signed in would be.
func asInvalid(err error) error {
	if fault.Code(err) == passkeyRefused.Code {
		return passkeyWrong.Because(err)
	}
	return err
}

func credentialOf(id []byte) protocol.PublicKeyCredential {
	return protocol.PublicKeyCredential{
		Credential: protocol.Credential{ID: base64.RawURLEncoding.EncodeToString(id), Type: string(protocol.PublicKeyCredentialType)},
		RawID:      id,
	}
}

func (p Passkey) credential() (c webauthn.Credential, err error) {
	if err = json.Unmarshal(p.Credential, &c); err != nil {
		err = fmt.Errorf("account: passkey %s: damaged", p.ID)
	}
	return c, err
}

// bearer is an account as package webauthn knows one.
type bearer struct {
	id          string
	credentials []webauthn.Credential
}

func (b bearer) WebAuthnID() []byte                         { return []byte(b.id) }
func (b bearer) WebAuthnName() string                       { return b.id }
func (b bearer) WebAuthnDisplayName() string                { return b.id }
func (b bearer) WebAuthnCredentials() []webauthn.Credential { return b.credentials }
