package store

import (
	"context"

	"mend/internal/protocol"
)

// Note answers with a session's progress or process note; Version 0 where nothing
// was saved yet. Maps and slices are never nil.
func (s *Store) Note(ctx context.Context, counselor, sessionID string, kind protocol.NoteKind) (protocol.Note, error) {
	return protocol.Note{}, errUnwritten
}

// PutNote saves a new version. With fault stale_version it answers with the
// current note as well; fault note_signed once it is signed.
func (s *Store) PutNote(ctx context.Context, counselor, sessionID string, n protocol.PutNote) (protocol.Note, error) {
	return protocol.Note{}, errUnwritten
}

// NoteVersion answers with the note as it was.
func (s *Store) NoteVersion(ctx context.Context, counselor, sessionID string, kind protocol.NoteKind, version int) (protocol.Note, error) {
	return protocol.Note{}, errUnwritten
}

// SignNote locks a note. Faults: stale_version (with the current note),
// note_signed, note_empty.
func (s *Store) SignNote(ctx context.Context, counselor, sessionID string, n protocol.SignNote) (protocol.Note, error) {
	return protocol.Note{}, errUnwritten
}

// AddAddendum adds to a signed note. Fault note_unsigned where it is not.
func (s *Store) AddAddendum(ctx context.Context, counselor, sessionID string, a protocol.NewAddendum, once Once) (protocol.Note, error) {
	return protocol.Note{}, errUnwritten
}
