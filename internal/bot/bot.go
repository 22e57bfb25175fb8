package bot

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

// Bot is one person at one device.
type Bot struct {
	Role session.Role

	place Place
	stop  context.CancelFunc
	ended chan struct{}

	mu      sync.Mutex
	changed chan struct{} // closed when anything below changed, and replaced
	line    *Line
	lost    time.Time  // when it was last welcomed no longer; zero before the first welcome
	pending []*pending // not answered yet, in order
	seen    Seen
	over    error // why the bot does not come back
}

// Seen is what a bot was last sent.
type Seen struct {
	Tries       int             // how often it tried to connect
	Connections int             // how often it was welcomed
	Resent      int             // how many commands were sent again for want of an answer
	Views       int             // how many views came
	Gaps        []time.Duration // from each loss of a connection to the next welcome
	Rev         uint64
	Counselor   *session.CounselorView // one of these two, once a view has come
	Partner     *session.PartnerView
	Partners    protocol.HereCounselor // to the counselor
	HasDesk     bool                   // to a partner: whether the counselor is there
	Dials       map[session.Seat]int
	DraftStep   string
	DraftText   private.Text
}

// Phase is that of the newest view.
func (s Seen) Phase() session.Phase {
	switch {
	case s.Counselor != nil:
		return s.Counselor.Phase
	case s.Partner != nil:
		return s.Partner.Phase
	}
	return ""
}

// Step is the key of the step on the screen; empty where there is none.
func (s Seen) Step() string {
	switch {
	case s.Counselor != nil && s.Counselor.Step != nil:
		return s.Counselor.Step.Key
	case s.Partner != nil && s.Partner.Step != nil:
		return s.Partner.Step.Key
	}
	return ""
}

// Violation is a frame that the protocol does not have. A bot does not put up with it.
type Violation struct{ Cause error }

func (v Violation) Error() string { return "a frame that is not in the protocol: " + v.Cause.Error() }

type pending struct {
	id    session.CommandID
	frame []byte
	sent  bool // on a connection that is over, perhaps
	done  chan error
}

// Sit keeps a seat until ctx ends, Leave is called or the server says not to come
// back.
func Sit(ctx context.Context, role session.Role, p Place) *Bot {
	ctx, stop := context.WithCancel(ctx)
	b := &Bot{Role: role, place: p, stop: stop, ended: make(chan struct{}), changed: make(chan struct{})}
	b.seen.Dials = map[session.Seat]int{}
	go b.run(ctx)
	return b
}

// Place is where the bot sits.
func (b *Bot) Place() Place { return b.place }

// Leave drops the connection and returns once nothing of the bot is left.
func (b *Bot) Leave() {
	b.stop()
	<-b.ended
}

// Break drops the connection as a network does; the bot comes back.
func (b *Bot) Break() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.line != nil {
		b.line.Close()
	}
}

// Do says something and waits for its answer, over any number of connections. A
// refusal is a *fault.Error with the server's code.
func (b *Bot) Do(ctx context.Context, body protocol.Body) error {
	return b.DoAs(ctx, NewID(), body)
}

// Ask is Do for a session's command.
func (b *Bot) Ask(ctx context.Context, c session.Command) error {
	return b.Do(ctx, protocol.Command{Command: c})
}

// NewID is a fresh id for a command.
func NewID() session.CommandID { return session.CommandID(uuid.Must(uuid.NewV7()).String()) }

// DoAs is Do under an id of the caller's choice.
func (b *Bot) DoAs(ctx context.Context, id session.CommandID, body protocol.Body) error {
	frame, err := protocol.Encode(protocol.Message{ID: id, Body: body})
	if err != nil {
		return err
	}
	p := &pending{id: id, frame: frame, done: make(chan error, 1)}
	b.mu.Lock()
	if b.over != nil {
		b.mu.Unlock()
		return b.over
	}
	b.pending = append(b.pending, p)
	if b.line != nil {
		p.sent = true
		_ = b.line.Write(frame) // where it fails the connection is over, and it is sent again
	}
	b.mu.Unlock()
	select {
	case err := <-p.done:
		return err
	case <-ctx.Done():
		return fmt.Errorf("%s: no answer: %w", b.Role, ctx.Err())
	case <-b.ended:
		select {
		case err := <-p.done:
			return err
		default:
			return b.why()
		}
	}
}

// Until waits until what the bot has seen satisfies a condition, and answers with
// it. Its views are not changed later.
func (b *Bot) Until(ctx context.Context, what string, is func(*Seen) bool) (Seen, error) {
	for {
		b.mu.Lock()
		seen, changed, over := b.seen, b.changed, b.over
		seen.Dials = map[session.Seat]int{}
		for who, value := range b.seen.Dials {
			seen.Dials[who] = value
		}
		b.mu.Unlock()
		if is(&seen) {
			return seen, nil
		}
		if over != nil {
			return seen, fmt.Errorf("%s waited for %s: %w", b.Role, what, over)
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return seen, fmt.Errorf("%s waited for %s: %w", b.Role, what, ctx.Err())
		}
	}
}

// Over waits for the end and says why the bot does not come back: a Closed, a
// Status, or the context's error.
func (b *Bot) Over(ctx context.Context) error {
	select {
	case <-b.ended:
		return b.why()
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (b *Bot) why() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.over
}

// Comes back after up to this long: doubling, with full jitter.
const (
	firstPause = 100 * time.Millisecond
	lastPause  = 8 * time.Second
)

func (b *Bot) run(ctx context.Context) {
	defer close(b.ended)
	first := cmp.Or(b.place.Wait, firstPause)
	place, pause := b.place, first
	for {
		b.tell(func() { b.seen.Tries++ })
		welcomed, err := b.connect(ctx, place)
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		var closed Closed
		var status Status
		var violation Violation
		if ctx.Err() != nil || errors.As(err, &violation) || (errors.As(err, &closed) && !closed.Code.ComesBack()) ||
			(errors.As(err, &status) && status < 500) {
			b.tell(func() { b.over = err })
			return
		}
		// Whatever the server still holds of this seat is our own dead connection, even of
		// one whose welcome was lost: a person would press "use it here".
		place.Here = true
		if welcomed {
			pause = first
		}
		again := time.NewTimer(rand.N(pause))
		select {
		case <-again.C:
		case <-ctx.Done():
			again.Stop()
		}
		pause = min(2*pause, lastPause)
	}
}

// connect is one connection from its first frame to its end.
func (b *Bot) connect(ctx context.Context, p Place) (welcomed bool, err error) {
	line, err := Dial(ctx, p)
	if err != nil {
		return false, err
	}
	defer line.Close()
	stop := context.AfterFunc(ctx, line.Close)
	defer stop()
	defer b.tell(func() {
		if b.line = nil; welcomed {
			b.lost = time.Now()
		}
	})
	for {
		raw, err := line.Read()
		if err != nil {
			return welcomed, err
		}
		if err := b.hear(line, raw); err != nil {
			return welcomed, err
		}
		welcomed = true
	}
}

// hear takes one frame in.
func (b *Bot) hear(line *Line, raw []byte) (err error) {
	var f struct {
		Is         string
		ID         session.CommandID
		Code       string
		Message    string
		Rev        uint64
		View       json.RawMessage
		Role       session.Role
		One, Two   protocol.Presence
		Counselor  bool
		Who        session.Seat
		Value      int
		Step       string
		Text       private.Text
		Now        time.Time
		Session    string
		ProtocolIs string `json:"protocol"`
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return Violation{err}
	}
	b.tell(func() {
		switch f.Is {
		case "welcome":
			b.line = line
			b.seen.Connections++
			if !b.lost.IsZero() {
				b.seen.Gaps = append(b.seen.Gaps, time.Since(b.lost))
			}
			for _, p := range b.pending {
				if p.sent {
					b.seen.Resent++
				}
				p.sent = true
				_ = line.Write(p.frame)
			}
		case "view":
			err = b.see(f.Rev, f.View)
		case "done", "now":
			b.answered(f.ID, nil)
		case "refused":
			b.answered(f.ID, fault.New(fault.Conflict, f.Code, f.Message))
		case "here":
			b.seen.Partners = protocol.HereCounselor{Is: f.Is, One: f.One, Two: f.Two}
			b.seen.HasDesk = f.Counselor
		case "dial":
			b.seen.Dials[f.Who] = f.Value
		case "draft":
			b.seen.DraftStep, b.seen.DraftText = f.Step, f.Text
		default:
			err = Violation{errors.New("a frame of an unknown kind")}
		}
	})
	return err
}

// see takes a view in, strictly: a field that its type does not have is a leak or a
// mistake.
func (b *Bot) see(rev uint64, raw []byte) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	var counselor session.CounselorView
	var partner session.PartnerView
	if b.Role == session.Counselor {
		if err := d.Decode(&counselor); err != nil {
			return Violation{err}
		}
		b.seen.Counselor = &counselor
	} else {
		if err := d.Decode(&partner); err != nil {
			return Violation{err}
		}
		b.seen.Partner = &partner
	}
	b.seen.Rev = rev
	b.seen.Views++
	return nil
}

func (b *Bot) answered(id session.CommandID, err error) {
	i := slices.IndexFunc(b.pending, func(p *pending) bool { return p.id == id })
	if i >= 0 {
		b.pending[i].done <- err
		b.pending = slices.Delete(b.pending, i, i+1)
	}
}

// tell changes what the bot knows and wakes whoever waits for it.
func (b *Bot) tell(change func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	change()
	close(b.changed)
	b.changed = make(chan struct{})
}
