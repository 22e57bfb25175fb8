package account

import (
	"context"
	"time"

	"mend/internal/fault"
)

// FreshFor is how long a proof of who one is opens what a sign-in alone does not: a
// device that was left open for a moment must not cost its owner the account.
const FreshFor = 5 * time.Minute

var (
	stepUpNeeded  = fault.New(fault.Conflict, "step_up_needed", "Please show once more that it is you.")
	wrongPassword = fault.New(fault.Invalid, "wrong_password", "The password is not right.").At("password")
	noPassword    = fault.New(fault.Conflict, "no_password", "This account has no password. Please use a passkey.")
)

// Fresh refuses with step_up_needed unless the bearer proved who they are within the
// last FreshFor.
func (d *Door) Fresh(s SignIn) error {
	if d.now().Sub(s.ProvedAt) < FreshFor {
		return nil
	}
	return stepUpNeeded
}

// ProvePassword makes a sign-in fresh by the account's password. Faults:
// wrong_password, no_password, too_many_tries.
func (d *Door) ProvePassword(ctx context.Context, s SignIn, password string) error {
	if err := d.proofs.try(s.ID, d.now()); err != nil {
		return err
	}
	of, err := d.book.AccountByID(ctx, s.Counselor)
	if err != nil {
		return err
	}
	if of.PasswordHash == "" {
		return noPassword
	}
	same, err := d.mill.matches(ctx, password, of.PasswordHash)
	if err != nil {
		return err
	}
	if !same {
		return wrongPassword
	}
	d.proofs.forgive(s.ID)
	return d.book.ProveSignIn(ctx, s.ID, d.now())
}

// SetPassword gives an account a new password and ends every other sign-in of it.
// Faults: those of CheckPassword.
func (d *Door) SetPassword(ctx context.Context, s SignIn, password string) error {
	of, err := d.book.AccountByID(ctx, s.Counselor)
	if err != nil {
		return err
	}
	hash, err := d.hashFor(ctx, of, password)
	if err != nil {
		return err
	}
	return d.book.SetPassword(ctx, s.Counselor, hash, s.ID, d.now())
}

// DropPassword leaves an account with its passkeys, and ends every other sign-in of
// it. Fault: last_way_in, where there is no passkey.
func (d *Door) DropPassword(ctx context.Context, s SignIn) error {
	return d.book.SetPassword(ctx, s.Counselor, "", s.ID, d.now())
}

func (d *Door) hashFor(ctx context.Context, of Account, password string) (string, error) {
	if err := CheckPassword(password, string(of.Name), of.Email, string(of.Practice), "mend"); err != nil {
		return "", err
	}
	return d.mill.hash(ctx, password)
}

// SignIns lists the counselor's sign-ins that are not over, newest first.
func (d *Door) SignIns(ctx context.Context, counselor string) ([]SignIn, error) {
	now := d.now()
	all, err := d.book.SignIns(ctx, counselor, now)
	standing := all[:0]
	for _, s := range all {
		if now.Sub(s.SeenAt) < CounselorIdle {
			standing = append(standing, s)
		}
	}
	return standing, err
}

// EndSignIn ends one of the counselor's sign-ins.
func (d *Door) EndSignIn(ctx context.Context, s SignIn, id string) error {
	return d.book.EndSignIn(ctx, s.Counselor, id, d.now())
}

// EndOthers ends every sign-in of the account but this one.
func (d *Door) EndOthers(ctx context.Context, s SignIn) error {
	return d.book.EndOtherSignIns(ctx, s.Counselor, s.ID, d.now())
}
