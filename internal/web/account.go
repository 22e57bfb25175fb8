package web

import (
	"cmp"
	"context"

	"github.com/danielgtaylor/huma/v2"

	"mend/internal/account"
	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
)

// accountRoutes lists the calls by which counselors keep their own account, and the
// ways in beside a password.
func (a *api) accountRoutes(h huma.API) {
	anyone(a, h, op("signed-in", "GET", "/sign-in", "Is this browser still signed in? Asking is no activity"), a.signedIn)
	anyone(a, h, op("ask-passkey", "POST", "/sign-in/challenge", "A challenge for a passkey to sign in with"), a.askPasskey)
	anyone(a, h, op("sign-in-by-passkey", "POST", "/sign-in/passkey", "Sign in with a passkey"), a.signInByPasskey)
	anyone(a, h, op("reset", "POST", "/reset", "Set a new password by a code made on the machine, and sign in"), a.reset)

	counselors(a, h, op("account", "GET", "/account", "How one can sign in, and where one is signed in"), a.account)
	counselors(a, h, op("ask-proof", "POST", "/account/proof/challenge", "A challenge for one of the account's passkeys"), a.askProof)
	counselors(a, h, op("prove", "POST", "/account/proof", "Show once more who one is: for five minutes, what answers step_up_needed is open"), a.prove)
	counselors(a, h, op("put-password", "PUT", "/account/password", "Change the password; every other sign-in ends"), a.putPassword)
	counselors(a, h, op("delete-password", "DELETE", "/account/password", "Sign in by passkeys alone; every other sign-in ends"), a.deletePassword)

	counselors(a, h, op("ask-new-passkey", "POST", "/account/passkeys/challenge", "A challenge for a passkey that is to be made"), a.askNewPasskey)
	counselors(a, h, op("add-passkey", "POST", "/account/passkeys", "Keep a passkey that was just made", created), a.addPasskey)
	counselors(a, h, op("patch-passkey", "PATCH", "/account/passkeys/{passkey}", "Change what a passkey is called"), a.patchPasskey)
	counselors(a, h, op("delete-passkey", "DELETE", "/account/passkeys/{passkey}", "Remove a passkey, unless it is the last way in"), a.deletePasskey)

	counselors(a, h, op("begin-codes", "POST", "/account/codes", "Begin with one-time codes: a secret for an app"), a.beginCodes)
	counselors(a, h, op("confirm-codes", "POST", "/account/codes/confirm", "Turn one-time codes on with a first one; answers with recovery codes, once"), a.confirmCodes)
	counselors(a, h, op("end-codes", "DELETE", "/account/codes", "Turn one-time codes off"), a.endCodes)
	counselors(a, h, op("renew-recovery", "POST", "/account/recovery-codes", "New recovery codes in place of the old, told once"), a.renewRecovery)

	counselors(a, h, op("end-sign-in", "DELETE", "/account/sign-ins/{sign_in}", "End one of one's sign-ins"), a.endSignIn)
	counselors(a, h, op("end-sign-ins", "DELETE", "/account/sign-ins", "End every sign-in but this one"), a.endSignIns)
}

// fresh lets nobody pass who did not prove who they are within the last five minutes.
// A call that asks for it does so first, on one line; the desk then asks the person
// and sends the call again.
func (a *api) fresh(who person) error { return a.door.Fresh(who.in) }

func (a *api) signedIn(ctx context.Context, _ *nothing) (*body[protocol.SignedIn], error) {
	in, err := a.door.IsIn(ctx, visitorOf(ctx).token)
	return &body[protocol.SignedIn]{protocol.SignedIn{In: in}}, err
}

func (a *api) reset(ctx context.Context, in *given[protocol.Reset]) (*cookieOnly, error) {
	v := visitorOf(ctx)
	token, _, err := a.door.Reset(ctx, in.Body.Code, in.Body.Password, v.from, v.device)
	if err != nil {
		return nil, err
	}
	return &cookieOnly{Cookie: a.baked(token)}, nil
}

func (a *api) account(ctx context.Context, who person, _ *nothing) (*body[protocol.Account], error) {
	of, err := a.store.AccountByID(ctx, who.id)
	if err != nil {
		return nil, err
	}
	keys, err := a.store.Passkeys(ctx, who.id)
	if err != nil {
		return nil, err
	}
	left, err := a.store.RecoveryCodesLeft(ctx, who.id)
	if err != nil {
		return nil, err
	}
	signed, err := a.door.SignIns(ctx, who.id)
	if err != nil {
		return nil, err
	}
	answer := protocol.Account{
		Password: of.PasswordHash != "", Codes: of.Codes, RecoveryCodes: left,
		Passkeys: make([]protocol.Passkey, len(keys)), SignIns: make([]protocol.Signed, len(signed)),
	}
	for i, p := range keys {
		answer.Passkeys[i] = passkeyOf(p)
	}
	for i, s := range signed {
		answer.SignIns[i] = protocol.Signed{
			ID: s.ID, This: s.ID == who.in.ID, BeganAt: s.CreatedAt, SeenAt: s.SeenAt,
			Browser: cmp.Or(s.Device.Browser, "other"), System: cmp.Or(s.Device.System, "other"),
		}
	}
	return &body[protocol.Account]{answer}, nil
}

func (a *api) prove(ctx context.Context, who person, in *given[protocol.Proof]) (*nothing, error) {
	if in.Body.Passkey == nil {
		return nil, a.door.ProvePassword(ctx, who.in, in.Body.Password)
	}
	shown, err := shownOf(*in.Body.Passkey)
	if err != nil {
		return nil, err
	}
	return nil, a.door.ProvePasskey(ctx, who.in, shown)
}

func (a *api) putPassword(ctx context.Context, who person, in *given[protocol.NewPassword]) (*nothing, error) {
	if err := a.fresh(who); err != nil {
		return nil, err
	}
	return nil, a.door.SetPassword(ctx, who.in, in.Body.Password)
}

func (a *api) deletePassword(ctx context.Context, who person, _ *nothing) (*nothing, error) {
	if err := a.fresh(who); err != nil {
		return nil, err
	}
	return nil, a.door.DropPassword(ctx, who.in)
}

func (a *api) beginCodes(ctx context.Context, who person, _ *nothing) (*body[protocol.Enrolment], error) {
	if err := a.fresh(who); err != nil {
		return nil, err
	}
	e, err := a.door.BeginCodes(ctx, who.id)
	if err != nil {
		return nil, err
	}
	drawn, err := qrCode(e.URI)
	return &body[protocol.Enrolment]{protocol.Enrolment{Secret: e.Secret, QR: drawn}}, err
}

func (a *api) confirmCodes(ctx context.Context, who person, in *given[protocol.FirstCode]) (*body[protocol.RecoveryCodes], error) {
	if err := written(filled{"code", private.Text(in.Body.Code)}); err != nil {
		return nil, err
	}
	codes, err := a.door.ConfirmCodes(ctx, who.in, in.Body.Code)
	return &body[protocol.RecoveryCodes]{protocol.RecoveryCodes{Codes: codes}}, err
}

func (a *api) endCodes(ctx context.Context, who person, _ *nothing) (*nothing, error) {
	if err := a.fresh(who); err != nil {
		return nil, err
	}
	return nil, a.door.EndCodes(ctx, who.id)
}

func (a *api) renewRecovery(ctx context.Context, who person, _ *nothing) (*body[protocol.RecoveryCodes], error) {
	if err := a.fresh(who); err != nil {
		return nil, err
	}
	codes, err := a.door.RenewRecoveryCodes(ctx, who.id)
	return &body[protocol.RecoveryCodes]{protocol.RecoveryCodes{Codes: codes}}, err
}

type signInID struct {
	SignIn string `path:"sign_in" maxLength:"64"`
}

func (a *api) endSignIn(ctx context.Context, who person, in *signInID) (*nothing, error) {
	if in.SignIn == who.in.ID {
		return nil, errThisSignIn
	}
	if err := a.fresh(who); err != nil {
		return nil, err
	}
	return nil, a.door.EndSignIn(ctx, who.in, in.SignIn)
}

var errThisSignIn = fault.New(fault.Conflict, "this_sign_in", "This is the sign-in you are using. To end it, sign out.")

func (a *api) endSignIns(ctx context.Context, who person, _ *nothing) (*nothing, error) {
	if err := a.fresh(who); err != nil {
		return nil, err
	}
	return nil, a.door.EndOthers(ctx, who.in)
}

func passkeyOf(p account.Passkey) protocol.Passkey {
	return protocol.Passkey{ID: p.ID, Name: p.Name, CreatedAt: p.CreatedAt, UsedAt: p.UsedAt}
}
