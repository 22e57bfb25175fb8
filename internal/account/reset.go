package account

import (
	"context"
	"time"

	"mend/internal/fault"
)

// ResetMost is how long a reset opens.
const ResetMost = time.Hour

const resetLength = 24 // characters of 31: 118 bits

var resetOver = fault.New(fault.NotFound, "reset_over", "This link or code is over. Whoever runs Mend can make a new one.").At("code")

// OfferReset makes a code by which the owner of an account can set a new password,
// and ends every sign-in of it. It is for whoever has the machine itself; there is no
// way to it over the network. Fault of kind NotFound: there is no such account.
func (d *Door) OfferReset(ctx context.Context, email string) (code string, err error) {
	of, err := d.book.AccountByEmail(ctx, folded(email))
	if err != nil {
		return "", err
	}
	code = NewCode(resetLength)
	return grouped(code), d.book.PutReset(ctx, of.ID, HashToken(code), d.now().Add(ResetMost), d.now())
}

// Reset sets a new password by a code of OfferReset, once, and signs in. One-time
// codes are off afterwards, for what they were made with may be what was lost.
// Faults: reset_over (one answer for wrong, used and run out), those of
// CheckPassword, too_many_tries.
func (d *Door) Reset(ctx context.Context, code, password, from string, on Device) (token string, s SignIn, err error) {
	address := neighbourhood(from)
	if err := d.resets.try(address, d.now()); err != nil {
		return "", s, err
	}
	hash := HashToken(plainCode(code))
	of, err := d.book.ResetBy(ctx, hash, d.now())
	if isNotFound(err) {
		return "", s, resetOver.Because(err)
	}
	if err != nil {
		return "", s, err
	}
	d.resets.takeBack(address)
	made, err := d.hashFor(ctx, of, password)
	if err != nil {
		return "", s, err
	}
	if err := d.book.TakeReset(ctx, hash, made, d.now()); err != nil {
		if isNotFound(err) {
			err = resetOver.Because(err)
		}
		return "", s, err
	}
	d.familiar.remember(place(folded(of.Email), address), d.now())
	return d.letIn(ctx, of.ID, on)
}
