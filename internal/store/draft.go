package store

import (
	"context"

	"mend/internal/private"
	"mend/internal/session"
)

// SaveDraft keeps what a partner is typing: one draft a seat.
func (s *Store) SaveDraft(ctx context.Context, sessionID string, seat session.Seat, step string, text private.Text) error {
	return errUnwritten
}

// Draft answers with the seat's draft; with an empty step where there is none.
func (s *Store) Draft(ctx context.Context, sessionID string, seat session.Seat) (step string, text private.Text, err error) {
	return "", "", errUnwritten
}

// DeleteDraft forgets it.
func (s *Store) DeleteDraft(ctx context.Context, sessionID string, seat session.Seat) error {
	return errUnwritten
}
