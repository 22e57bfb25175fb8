package store

import (
	"context"
	"time"

	"mend/internal/protocol"
	"mend/internal/session"
)

// NewSession is a session to be planned; the agenda's ids are already resolved.
type NewSession struct {
	Agenda   []session.Planned
	StartsAt *time.Time
}

func (s *Store) CreateSession(ctx context.Context, counselor, couple string, n NewSession, once Once) (protocol.Session, error) {
	return protocol.Session{}, errUnwritten
}

// Session answers with its head, agenda, people and links. No slice is nil.
func (s *Store) Session(ctx context.Context, counselor, sessionID string) (protocol.Session, error) {
	return protocol.Session{}, errUnwritten
}

// Sessions lists the counselor's own, newest first.
func (s *Store) Sessions(ctx context.Context, counselor string, p Page) (protocol.SessionList, error) {
	return protocol.SessionList{}, errUnwritten
}

// SessionsOf lists those of one couple, newest first.
func (s *Store) SessionsOf(ctx context.Context, counselor, couple string, p Page) (protocol.SessionList, error) {
	return protocol.SessionList{}, errUnwritten
}

// SessionChange says what to change; nil leaves as it is.
type SessionChange struct {
	Agenda   []session.Planned // nil leaves; refused once the session is open: then it is session.SetAgenda's
	StartsAt *time.Time        // the zero time takes the date off; refused once the session is live
}

// UpdateSession changes a plan. Faults: session_open (agenda), session_started.
func (s *Store) UpdateSession(ctx context.Context, counselor, sessionID string, c SessionChange) (protocol.Session, error) {
	return protocol.Session{}, errUnwritten
}

// Facts are what session.Open needs, as they stand now. Suitability is nil where
// nothing was stated.
func (s *Store) Facts(ctx context.Context, counselor, sessionID string) (session.Facts, error) {
	return session.Facts{}, errUnwritten
}

// Owns answers nil where the session is the counselor's.
func (s *Store) Owns(ctx context.Context, counselor, sessionID string) error { return errUnwritten }

// Consent is a partner's word to a version of the policy.
type Consent struct {
	Seat   session.Seat
	Policy int
	At     time.Time
}

// Consents of a session, oldest first.
func (s *Store) Consents(ctx context.Context, counselor, sessionID string) ([]Consent, error) {
	return nil, errUnwritten
}
