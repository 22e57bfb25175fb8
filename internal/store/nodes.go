package store

import "encoding/hex"

// Subject is what the nodes of this database call to each other by. It tells nothing,
// and who has not the database and its master key cannot know it.
func (s *Store) Subject() (string, error) {
	mark, err := s.index.Mark("nodes", "subject")
	return "mend." + hex.EncodeToString(mark), err
}

// SetupSecret is what the nodes of this database know in common, and nobody else: 32 bytes.
func (s *Store) SetupSecret() ([]byte, error) { return s.index.Mark("nodes", "setup") }
