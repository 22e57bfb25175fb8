package store

import (
	"context"

	"mend/internal/session"
)

// Append adds a record to a session's log and returns once it is on disk. Where
// the log has moved on (its seq is not the next, or its command is known) the
// error is session.ErrConflict; where it cannot be stored just now it is a fault
// of kind Unavailable (storage_full, storage_busy, storage_failed) and nothing was
// kept. When ctx ends first the record may or may not have been kept.
//
// What an event means for the tables beside the log happens in the same
// transaction: Opened and Admitted and Ended move the session's state, Consented
// makes a consent, a concluded Signed an agreement, Withdrawn withdraws it,
// AgendaSet replaces the agenda.
func (s *Store) Append(ctx context.Context, sessionID string, r session.Record) error {
	return errUnwritten
}

// Read answers with the records after a seq, in order. A record whose key was
// destroyed reads as session.Erased.
func (s *Store) Read(ctx context.Context, sessionID string, after uint64) ([]session.Record, error) {
	return nil, errUnwritten
}
