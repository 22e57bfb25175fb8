package store

import (
	"context"

	"mend/internal/account"
	"mend/internal/session"
)

// PutLink keeps a new link. Links are made by account.Door.Invite.
func (s *Store) PutLink(ctx context.Context, counselor string, l account.Link) error {
	return errUnwritten
}

// ClaimLink takes an open link. Links are claimed by account.Door.Join.
func (s *Store) ClaimLink(ctx context.Context, t account.Ticket, in account.SignIn) (account.SignIn, error) {
	return account.SignIn{}, errUnwritten
}

// RevokeLink ends a link of the counselor's own session and what was signed in
// through it, and tells whose it was.
func (s *Store) RevokeLink(ctx context.Context, counselor, sessionID, link string) (session.Seat, error) {
	return "", errUnwritten
}

// LeaveSeat ends the seat's sign-ins and opens its claimed link again, so that
// whoever left may come back by the same link until it expires.
func (s *Store) LeaveSeat(ctx context.Context, sessionID string, seat session.Seat) error {
	return errUnwritten
}
