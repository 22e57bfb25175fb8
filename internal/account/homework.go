package account

import (
	"context"
	"time"

	"mend/internal/session"
)

// How long things last that belong to homework.
const (
	VisitMost        = 12 * time.Hour      // one visit; the link brings the person back
	HomeworkLinkMost = 21 * 24 * time.Hour // where no day is set
	HomeworkLinkMore = 7 * 24 * time.Hour  // after the day that is set
)

// HomeworkLink is a partner's way to what was set for them. Unlike a session's it may
// be used again, because it is done over several visits; each one ends the one before.
type HomeworkLink struct {
	ID        string
	Homework  string
	Seat      session.Seat
	TokenHash Hash
	CreatedAt time.Time
	ExpiresAt time.Time
}

// Visit is a device at somebody's homework.
type Visit struct {
	ID        string
	Hash      Hash
	Homework  string
	Seat      session.Seat
	CreatedAt time.Time
	ExpiresAt time.Time
}

// Role is the partner's.
func (v Visit) Role() session.Role { return v.Seat.Role() }

// InviteHome makes a link for a partner's homework; due is the day by which it is to be
// done, zero where none is set. The seat's earlier links are over.
func (d *Door) InviteHome(ctx context.Context, counselor, homework string, seat session.Seat, due time.Time) (HomeworkLink, string, error) {
	now, token := d.now(), NewJoinToken()
	l := HomeworkLink{
		ID: newID(), Homework: homework, Seat: seat, TokenHash: HashToken(token),
		CreatedAt: now, ExpiresAt: now.Add(HomeworkLinkMost),
	}
	if !due.IsZero() {
		l.ExpiresAt = due.Add(24 * time.Hour).Add(HomeworkLinkMore)
	}
	return l, token, d.book.PutHomeworkLink(ctx, counselor, l)
}

// Visit begins one, by a link's token. Faults: link_over (one answer for wrong, expired
// and revoked), too_many_tries.
func (d *Door) Visit(ctx context.Context, linkToken, from string) (token string, v Visit, err error) {
	address, now := neighbourhood(from), d.now()
	if err := d.claims.try(address, now); err != nil {
		return "", v, err
	}
	token = NewToken()
	v = Visit{ID: newID(), Hash: HashToken(token), CreatedAt: now, ExpiresAt: now.Add(VisitMost)}
	v, err = d.book.BeginVisit(ctx, HashToken(linkToken), v)
	if isNotFound(err) {
		return "", Visit{}, linkOver.Because(err)
	}
	if err != nil {
		return "", Visit{}, err
	}
	d.claims.takeBack(address)
	return token, v, nil
}

// Visitor tells whose visit a token stands for. Fault: signed_out.
func (d *Door) Visitor(ctx context.Context, token string) (Visit, error) {
	v, err := d.book.Visit(ctx, HashToken(token), d.now())
	if isNotFound(err) {
		return Visit{}, signedOut
	}
	return v, err
}
