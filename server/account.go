package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"mend/internal/account"
	"mend/internal/fault"
	"mend/internal/store"
)

type accountCmd struct {
	List  accountListCmd  `cmd:"" help:"List the accounts and how each can sign in."`
	Reset accountResetCmd `cmd:"" help:"Let somebody set a new password; ends their sign-ins, and one-time codes once it is set."`
}

type accountListCmd struct{ onDisk }

func (a accountListCmd) Run(ctx context.Context, out io.Writer) (err error) {
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	all, err := s.Accounts(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "EMAIL\tNAME\tSINCE\tSIGNS IN WITH")
	for _, one := range all {
		with, err := waysIn(ctx, s, one)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", one.Email, string(one.Name), one.CreatedAt.Format("2006-01-02"), with)
	}
	return w.Flush()
}

func waysIn(ctx context.Context, s *store.Store, one account.Account) (string, error) {
	var ways []string
	switch {
	case one.Codes:
		ways = append(ways, "password and one-time code")
	case one.PasswordHash != "":
		ways = append(ways, "password")
	}
	keys, err := s.Passkeys(ctx, one.ID)
	if n := len(keys); n == 1 {
		ways = append(ways, "1 passkey")
	} else if n > 1 {
		ways = append(ways, fmt.Sprintf("%d passkeys", n))
	}
	return strings.Join(ways, ", "), err
}

type accountResetCmd struct {
	onDisk
	BaseURL string `default:"http://127.0.0.1:8080" env:"MEND_BASE_URL" placeholder:"URL" help:"How people reach Mend; for the link."`
	Email   string `arg:"" help:"Of the account."`
}

// Run prints a link and its code: whoever has them sets the password, and nobody else
// learns it.
func (a accountResetCmd) Run(ctx context.Context, out io.Writer) (err error) {
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	code, err := account.NewDoor(s, account.Options{}).OfferReset(ctx, a.Email)
	if f, ok := fault.As(err); ok && f.Kind == fault.NotFound {
		return wrongUse{errors.New("no account here has this email: see mend account list")}
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%-6s %s/desk/reset#%s\n%-6s %s\n%-6s %s\n",
		"Link", strings.TrimSuffix(a.BaseURL, "/"), code, "Code", code,
		"Until", "in an hour, and once. Every sign-in of this account has ended.")
	return nil
}
