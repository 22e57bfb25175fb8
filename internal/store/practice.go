package store

import (
	"context"

	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

// Me tells a counselor who they are.
func (s *Store) Me(ctx context.Context, counselor string) (protocol.Me, error) {
	return protocol.Me{}, errUnwritten
}

// PracticeChange says what to change; nil leaves as it is. A change of the policy
// (secrets or its text) raises the policy's version.
type PracticeChange struct {
	Name    *private.Text
	Secrets *session.Secrets
	Text    *string // the policy's own wording, Markdown
	Help    *string // Markdown
	Leave   *string
}

func (s *Store) UpdatePractice(ctx context.Context, counselor string, c PracticeChange) (protocol.Practice, error) {
	return protocol.Practice{}, errUnwritten
}

// HousePractice is the practice that this house was set up for, for pages that
// nobody needs to sign in for. Not found before set-up.
func (s *Store) HousePractice(ctx context.Context) (protocol.Practice, error) {
	return protocol.Practice{}, errUnwritten
}

// SessionPractice is the practice of a session, for a partner's pages.
func (s *Store) SessionPractice(ctx context.Context, sessionID string) (protocol.Practice, error) {
	return protocol.Practice{}, errUnwritten
}
