package account

import (
	"context"
	"crypto/subtle"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"mend/internal/fault"
)

const (
	codeStep       = 30 * time.Second
	codeDigits     = 6
	codeWindow     = 1 // steps that a clock may be off, either way
	recoveryCodes  = 10
	recoveryLength = 24 // characters of 31: 118 bits, so that a plain hash suffices
)

var (
	codeNeeded = fault.New(fault.Unsigned, "code_needed", "Please type the code that your app shows now, or a recovery code.").At("code")
	wrongCode  = fault.New(fault.Unsigned, "wrong_code", "This code is not right, or was used already. Please take the next one.").At("code")
	// The same for somebody who is signed in.
	wrongFirstCode = fault.New(fault.Invalid, "wrong_code", "This code is not right, or was used already. Please take the next one.").At("code")
)

// Codes is the secret that one-time codes are made from.
type Codes struct {
	Secret string // base32
	On     bool   // a first code was right
}

// Enrolment is a secret as an app takes it in, told only once.
type Enrolment struct {
	Secret string // base32, to be typed
	URI    string // otpauth://, to be scanned
}

// BeginCodes makes a secret for one-time codes, which is on once ConfirmCodes had a
// first code of it. Fault: codes_on.
func (d *Door) BeginCodes(ctx context.Context, counselor string) (Enrolment, error) {
	of, err := d.book.AccountByID(ctx, counselor)
	if err != nil {
		return Enrolment{}, err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "Mend", AccountName: of.Email, SecretSize: 20})
	if err != nil {
		return Enrolment{}, err
	}
	e := Enrolment{Secret: key.Secret(), URI: key.URL()}
	return e, d.book.PutCodes(ctx, counselor, Codes{Secret: e.Secret}, d.now())
}

// ConfirmCodes turns one-time codes on and hands out the recovery codes, once. Faults:
// wrong_code, codes_on, too_many_tries, not_found where none were begun.
func (d *Door) ConfirmCodes(ctx context.Context, s SignIn, typed string) (recovery []string, err error) {
	if err := d.proofs.try(s.ID, d.now()); err != nil {
		return nil, err
	}
	c, err := d.book.Codes(ctx, s.Counselor)
	if err != nil {
		return nil, err
	}
	step, right := d.stepOf(c.Secret, plainCode(typed))
	if !right {
		return nil, wrongFirstCode
	}
	d.proofs.forgive(s.ID)
	recovery, hashes := newRecoveryCodes()
	return recovery, d.book.StartCodes(ctx, s.Counselor, step, hashes, d.now())
}

// RenewRecoveryCodes hands out new recovery codes; the old ones are over. Fault:
// codes_off.
func (d *Door) RenewRecoveryCodes(ctx context.Context, counselor string) ([]string, error) {
	recovery, hashes := newRecoveryCodes()
	return recovery, d.book.PutRecoveryCodes(ctx, counselor, hashes)
}

// EndCodes turns one-time codes off, and the recovery codes with them.
func (d *Door) EndCodes(ctx context.Context, counselor string) error {
	return d.book.EndCodes(ctx, counselor)
}

// spend takes a one-time or a recovery code, either for good. Fault: wrong_code.
func (d *Door) spend(ctx context.Context, counselor, typed string) error {
	code := plainCode(typed)
	if len(code) == recoveryLength {
		return orWrong(d.book.SpendRecoveryCode(ctx, counselor, HashToken(code), d.now()))
	}
	c, err := d.book.Codes(ctx, counselor)
	if err != nil {
		return orWrong(err)
	}
	step, right := d.stepOf(c.Secret, code)
	if !right {
		return wrongCode
	}
	return orWrong(d.book.SpendCode(ctx, counselor, step))
}

func orWrong(err error) error {
	if isNotFound(err) {
		return wrongCode.Because(err)
	}
	return err
}

// stepOf finds the step of time that a code belongs to, now or one before or after.
func (d *Door) stepOf(secret, code string) (step uint64, right bool) {
	if len(code) != codeDigits {
		return 0, false
	}
	now := d.now().Unix() / int64(codeStep/time.Second)
	for off := int64(-codeWindow); off <= codeWindow; off++ {
		at := uint64(now + off) //nolint:gosec // long after 1970
		made, err := hotp.GenerateCodeCustom(secret, at, hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && subtle.ConstantTimeCompare([]byte(made), []byte(code)) == 1 {
			step, right = at, true
		}
	}
	return step, right
}

func newRecoveryCodes() (codes []string, hashes []Hash) {
	for range recoveryCodes {
		code := NewCode(recoveryLength)
		codes, hashes = append(codes, grouped(code)), append(hashes, HashToken(code))
	}
	return codes, hashes
}

// grouped is a long code with a dash after every six characters, for eyes that copy it.
func grouped(code string) string {
	var parts []string
	for ; len(code) > 6; code = code[6:] {
		parts = append(parts, code[:6])
	}
	return strings.Join(append(parts, code), "-")
}
