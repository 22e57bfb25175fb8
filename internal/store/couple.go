package store

import (
	"context"

	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

func (s *Store) CreateCouple(ctx context.Context, counselor string, c protocol.NewCouple, once Once) (protocol.Couple, error) {
	return protocol.Couple{}, errUnwritten
}

// Couple answers with the couple, its sessions newest first, its current
// suitability statement and its agreements in force. No slice is nil.
func (s *Store) Couple(ctx context.Context, counselor, couple string) (protocol.Couple, error) {
	return protocol.Couple{}, errUnwritten
}

// Couples lists the counselor's own, newest first.
func (s *Store) Couples(ctx context.Context, counselor string, p Page) (protocol.CoupleList, error) {
	return protocol.CoupleList{}, errUnwritten
}

// CoupleChange says what to change; nil leaves as it is.
type CoupleChange struct {
	Label    *private.Text
	One, Two *protocol.Partner
}

func (s *Store) UpdateCouple(ctx context.Context, counselor, couple string, c CoupleChange) (protocol.Couple, error) {
	return protocol.Couple{}, errUnwritten
}

// EraseCouple destroys the couple's keys, and with them every word, then the rows.
// What backups still hold can no longer be read. It tells which sessions are gone.
func (s *Store) EraseCouple(ctx context.Context, counselor, couple string) (sessions []string, err error) {
	return nil, errUnwritten
}

// ErasePartner destroys the key of one partner's private words; what both share
// stays the other's.
func (s *Store) ErasePartner(ctx context.Context, counselor, couple string, seat session.Seat) error {
	return errUnwritten
}

// AddSuitability records the gate; the newest statement is the current one.
func (s *Store) AddSuitability(ctx context.Context, counselor, couple string, n protocol.NewSuitability, once Once) (session.Suitability, error) {
	return session.Suitability{}, errUnwritten
}

// Agreements of a couple, newest first; all of them, or those in force alone.
func (s *Store) Agreements(ctx context.Context, counselor, couple string, all bool) ([]session.Agreement, error) {
	return nil, errUnwritten
}
