package store

import (
	"context"
	"time"

	"mend/internal/account"
)

var _ account.Book = (*Store)(nil)

func (s *Store) HasAccount(ctx context.Context) (bool, error) { return false, errUnwritten }

func (s *Store) CreateAccount(ctx context.Context, a account.NewAccount) (string, error) {
	return "", errUnwritten
}

func (s *Store) AccountByEmail(ctx context.Context, email string) (account.Account, error) {
	return account.Account{}, errUnwritten
}

func (s *Store) PutSignIn(ctx context.Context, in account.SignIn) error { return errUnwritten }

func (s *Store) SignIn(ctx context.Context, token account.Hash, now time.Time) (account.SignIn, error) {
	return account.SignIn{}, errUnwritten
}

func (s *Store) TouchSignIn(ctx context.Context, id string, seen time.Time) error {
	return errUnwritten
}

func (s *Store) RevokeSignIn(ctx context.Context, id string, at time.Time) error { return errUnwritten }
