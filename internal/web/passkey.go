package web

import (
	"context"
	"encoding/base64"
	"time"

	"mend/internal/account"
	"mend/internal/fault"
	"mend/internal/protocol"
)

func (a *api) askPasskey(ctx context.Context, _ *nothing) (*body[protocol.PasskeyChallenge], error) {
	asked, err := a.door.AskToSignIn(ctx, visitorOf(ctx).from)
	return challengeOf(asked), err
}

func (a *api) askProof(ctx context.Context, who person, _ *nothing) (*body[protocol.PasskeyChallenge], error) {
	asked, err := a.door.AskToProve(ctx, who.in)
	return challengeOf(asked), err
}

// Only whoever proved who they are gets a challenge to make a passkey for; it is good
// for their own sign-in, and for as long as the proof.
func (a *api) askNewPasskey(ctx context.Context, who person, _ *nothing) (*body[protocol.PasskeyChallenge], error) {
	if err := a.fresh(who); err != nil {
		return nil, err
	}
	asked, err := a.door.AskForPasskey(ctx, who.in)
	return challengeOf(asked), err
}

func (a *api) signInByPasskey(ctx context.Context, in *given[protocol.ShownPasskey]) (*cookieOnly, error) {
	shown, err := shownOf(in.Body)
	if err != nil {
		return nil, err
	}
	v := visitorOf(ctx)
	token, _, err := a.door.SignInByPasskey(ctx, shown, v.from, v.device)
	if err != nil {
		return nil, err
	}
	return &cookieOnly{Cookie: a.baked(token)}, nil
}

func (a *api) addPasskey(ctx context.Context, who person, in *given[protocol.NewPasskey]) (*body[protocol.Passkey], error) {
	b := in.Body
	if err := written(filled{"name", b.Name}); err != nil {
		return nil, err
	}
	var made account.MadePasskey
	err := decoded(
		[]*[]byte{&made.ID, &made.ClientData, &made.Attestation},
		[]string{b.Passkey.ID, b.Passkey.ClientData, b.Passkey.Attestation})
	if err != nil {
		return nil, err
	}
	p, err := a.door.AddPasskey(ctx, who.in, b.Name, made)
	return &body[protocol.Passkey]{passkeyOf(p)}, err
}

type PasskeyID struct {
	Passkey string `path:"passkey" maxLength:"64"`
}

type renamesPasskey struct {
	PasskeyID
	Body protocol.PatchPasskey
}

func (a *api) patchPasskey(ctx context.Context, who person, in *renamesPasskey) (*body[protocol.Passkey], error) {
	if err := written(filled{"name", in.Body.Name}); err != nil {
		return nil, err
	}
	p, err := a.store.RenamePasskey(ctx, who.id, in.Passkey, in.Body.Name)
	return &body[protocol.Passkey]{passkeyOf(p)}, err
}

func (a *api) deletePasskey(ctx context.Context, who person, in *PasskeyID) (*nothing, error) {
	if err := a.fresh(who); err != nil {
		return nil, err
	}
	return nil, a.store.RemovePasskey(ctx, who.id, in.Passkey)
}

func challengeOf(a account.Asked) *body[protocol.PasskeyChallenge] {
	c := protocol.PasskeyChallenge{
		Challenge: coded(a.Challenge), Domain: a.Domain, Seconds: int(account.ChallengeMost / time.Second),
		Known: make([]string, len(a.Known)), Algorithms: a.Algorithms,
	}
	for i, id := range a.Known {
		c.Known[i] = coded(id)
	}
	if a.Account.ID != "" {
		c.User = &protocol.PasskeyUser{ID: coded([]byte(a.Account.ID)), Email: a.Account.Email, Name: a.Account.Name}
	}
	return &body[protocol.PasskeyChallenge]{c}
}

func shownOf(p protocol.ShownPasskey) (shown account.ShownPasskey, err error) {
	return shown, decoded(
		[]*[]byte{&shown.ID, &shown.ClientData, &shown.AuthenticatorData, &shown.Signature, &shown.UserHandle},
		[]string{p.ID, p.ClientData, p.Authenticator, p.Signature, p.User})
}

var errNotAPasskey = fault.New(fault.Invalid, "not_a_passkey", "This is not what a passkey answers.").At("passkey")

func coded(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

func decoded(to []*[]byte, from []string) (err error) {
	for i, text := range from {
		if *to[i], err = base64.RawURLEncoding.DecodeString(text); err != nil {
			return errNotAPasskey.Because(err)
		}
	}
	return nil
}
