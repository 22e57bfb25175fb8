package web

import (
	"context"
	"crypto/subtle"
	"sync"

	"mend/internal/account"
	"mend/internal/fault"
	"mend/internal/protocol"
	"mend/internal/rehearsal"
)

// Preview is the mode in which one visitor looks at the exercise in one file. They
// are a counselor whose practice is gone when the program ends.
type Preview struct {
	Token  string                 // lets the visitor in, once
	SignIn string                 // the cookie's value that they then have
	Read   func() ([]byte, error) // the file as it is now
}

type preview struct {
	Preview
	mu    sync.Mutex
	spent bool
}

// takePreview opens the printed address: by its token, and in the same browser by the
// cookie from then on.
type takePreview struct {
	Token string `json:"token" maxLength:"64"`
}

var (
	errSpent      = fault.New(fault.Unsigned, "preview_used", "This address was used already. Start the preview again for a new one.")
	errUnreadable = fault.New(fault.Conflict, "file_unreadable", "The file cannot be read just now.")
)

func (a *api) openPreview(ctx context.Context, in *given[takePreview]) (*cookied[protocol.Rehearsal], error) {
	out := &cookied[protocol.Rehearsal]{}
	who, err := a.door.Who(ctx, visitorOf(ctx).token)
	if err != nil || who.Kind != account.CounselorKind {
		if who, err = a.door.Who(ctx, a.preview.SignIn); err != nil {
			return nil, err
		}
		if !a.preview.spend(in.Body.Token) {
			return nil, errSpent
		}
		out.Cookie = a.baked(a.preview.SignIn)
	}
	room, err := a.rehearseFile(ctx, who.Counselor, false)
	if err != nil {
		return nil, err
	}
	out.Body = a.toldOf(room)
	return out, nil
}

// rehearseFile makes a rehearsal of the file as it is now.
func (a *api) rehearseFile(ctx context.Context, counselor string, atDoor bool) (rehearsal.Room, error) {
	source, err := a.preview.Read()
	if err != nil {
		return rehearsal.Room{}, errUnreadable.Because(err)
	}
	return a.rehearseSource(ctx, counselor, source, atDoor)
}

// spend tells whether this is the token, for the first time.
func (p *preview) spend(token string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.spent || subtle.ConstantTimeCompare([]byte(token), []byte(p.Token)) != 1 {
		return false
	}
	p.spent = true
	return true
}

// changed tells whether the file is no longer what a rehearsal was made of.
func (p *preview) changed(r rehearsal.Room) bool {
	source, err := p.Read()
	return err == nil && r.Stamp != "" && stamp(source) != r.Stamp
}
