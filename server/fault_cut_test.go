package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"mend/internal/bot"
	"mend/internal/natsbus/natstest"
	"mend/internal/private"
	"mend/internal/promise"
	"mend/internal/protocol"
	"mend/internal/session"
)

// How long it may take from the moment a line works again until whoever was cut off has
// all that they missed, 99 times in 100. In it are the page's own wait before it tries
// again, the handshake, and the first view.
const resumedWithin = time.Second

// pageWaits is the most that a page waits before it first tries again (frontend/src/lib/socket.ts);
// after each try in vain it is twice that.
const pageWaits = 250 * time.Millisecond

// Phones are cut off: between two frames and amid one, of what they hear and of what they
// say, by a reset, an end or a line that says nothing any more. Whatever it was, as soon
// as the line works each is back, has every line that was whispered to it meanwhile, in
// order and once, and what it said itself is in the log once.
func TestAServerBehindACutLineIsBackWithinASecond(t *testing.T) {
	if raced {
		t.Skip("measured without the race detector")
	}
	waitsBesideOthers(t)
	h := openHouse(t)
	c := h.counselor()
	const together, each = 6, 20 // rooms at once, and cuts in one: a long evening's screens are another matter
	cuts := promise.Times(30, 1000)
	var r report
	met, resent := map[string]int{}, 0
	for left := cuts; left > 0 && !t.Failed(); left -= together * each {
		phones := make([]*cutOff, together)
		var all sync.WaitGroup
		for i := range phones {
			p := h.cutOff(c, session.Seats()[i%2])
			phones[i] = p
			all.Go(func() {
				for n := i; n < min(left, together*each) && !t.Failed(); n += together {
					p.isCut(ways[(n/together+i)%len(ways)], ways[(n/together+i+1)%len(ways)])
				}
			})
		}
		all.Wait()
		for _, p := range phones {
			resent += p.isWhole()
			p.leaves()
			r.turns = append(r.turns, p.back...)
			for name, n := range p.met {
				met[name] += n
			}
		}
	}
	slices.Sort(r.turns)
	t.Logf("cut %d times (%v), %d commands sent again: back after p50 %v, p99 %v, at most %v", len(r.turns), met, resent, short(r.at(.5)), short(r.at(.99)), short(r.at(1)))
	if len(r.turns) < cuts || resent == 0 {
		t.Error("the cuts were too few or too tame to prove anything")
	}
	if r.at(.99) > onADay(resumedWithin) {
		t.Errorf("one in a hundred is back only after %v", r.at(.99))
	}
}

// waitsBesideOthers has a test that mostly waits do so at the same time as others of its
// kind, unless promises are tried at their whole figures: then it is measured alone.
func waitsBesideOthers(t *testing.T) {
	t.Helper()
	if !promise.Whole() {
		t.Parallel()
	}
}

// way is one of cutting somebody off.
type way struct {
	name   string
	always []string        // how the line is before
	then   func() []string // what befalls it; nil: it is cut, and no more
	hangs  bool            // nothing is carried any more, and nobody is told
	rests  bool            // nothing is on its way as it is cut
}

// ways that somebody is cut off. A number of bytes by chance ends a line within a frame.
var ways = []way{
	{name: "at rest", rests: true},
	{name: "amid what it says", then: spoils(`{"type": "limit_data", "stream": "upstream", "attributes": {"bytes": %d}}`, 120)},
	{name: "amid what it hears", then: spoils(`{"type": "limit_data", "attributes": {"bytes": %d}}`, 1500)},
	{name: "reset as it hears", then: spoils(`{"type": "reset_peer", "attributes": {"timeout": %d}}`, 5)},
	{name: "reset as it speaks", then: spoils(`{"type": "reset_peer", "stream": "upstream", "attributes": {"timeout": %d}}`, 5)},
	{name: "deaf, then ended", then: spoils(`{"type": "timeout", "attributes": {"timeout": %d}}`, 100)},
	{name: "mute, then ended", then: spoils(`{"type": "timeout", "stream": "upstream", "attributes": {"timeout": %d}}`, 100)},
	{name: "in slices", always: []string{
		`{"type": "slicer", "stream": "upstream", "attributes": {"average_size": 24, "size_variation": 12, "delay": 500}}`,
		`{"type": "slicer", "attributes": {"average_size": 64, "size_variation": 32, "delay": 500}}`,
	}},
	{name: "without a word", hangs: true},
}

// spoils is one toxic, with a number by chance up to most.
func spoils(toxic string, most int) func() []string {
	return func() []string { return []string{fmt.Sprintf(toxic, 1+rand.IntN(most))} } //nolint:gosec // chance, not secrecy
}

// cutOff is a partner's phone that is cut off again and again.
type cutOff struct {
	*room
	phone *bot.Bot
	seat  session.Seat
	line  *frail         // the phone's end of the way
	wire  *natstest.Wire // the server's

	told []private.Text // whispered to it, in order
	said []session.CommandID
	back []time.Duration
	met  map[string]int
	once sync.Once // it leaves
}

// cutOff brings both partners into a room, one of them over a line that can be cut.
func (h *house) cutOff(c *caller, seat session.Seat) *cutOff {
	h.Helper()
	r := h.room(&caller{house: h, Client: c.Client, headers: c.headers}, c.session())
	p := &cutOff{room: r, seat: seat, wire: natstest.NewWire(h.T, h.app.listen.Addr().String()), met: map[string]int{}}
	p.line = newFrail(h.T, p.wire.Address())
	who, direct := r.one, r.oneBot
	if seat == session.SeatTwo {
		who, direct = r.two, r.twoBot
	}
	direct.Leave()
	at := who.place(r.session.ID)
	at.Server, at.Origin, at.Here, at.Wait = "http://"+p.line.at, h.base, true, pageWaits
	p.phone = bot.Sit(h.Context(), seat.Role(), at)
	h.Cleanup(p.leaves)
	h.sees(p.phone, "the room", func(s *bot.Seen) bool { return s.Phase() == session.Between })
	return p
}

// leaves, all three of them; the line is gone as well.
func (p *cutOff) leaves() {
	p.once.Do(func() {
		for _, b := range []*bot.Bot{p.phone, p.counselorBot, p.oneBot, p.twoBot} {
			b.Leave()
		}
		p.line.cut()
	})
}

// whispers a line of any length to the phone, and waits until it is kept.
func (p *cutOff) whispers() {
	text := private.Text(fmt.Sprint(len(p.told), strings.Repeat(" mm", rand.IntN(100)))) //nolint:gosec // chance, not secrecy
	p.told = append(p.told, text)
	if err := p.counselorBot.Ask(soon(p.T), session.Whisper{To: p.seat, Text: text}); err != nil {
		p.Errorf("the counselor: %v", err)
	}
}

// hasAll waits until the phone shows all that was whispered, in order and once; at no
// moment before does it show anything else than a beginning of it.
func (p *cutOff) hasAll() {
	_, err := p.phone.Until(soon(p.T), "all that was whispered", func(s *bot.Seen) bool {
		if s.Partner == nil {
			return false
		}
		shown := s.Partner.Whispers
		if len(shown) > len(p.told) || !slices.Equal(shown, p.told[:len(shown)]) {
			p.Errorf("%d lines were whispered, and the phone shows %d that are no beginning of them", len(p.told), len(shown))
			return true
		}
		return len(shown) == len(p.told)
	})
	if err != nil {
		p.Error(err)
	}
}

// isCut cuts the phone off in one way, while it is told something and says something, lets
// it miss a line, and has the line work again, as the next way wants it.
func (p *cutOff) isCut(how, next way) {
	p.met[how.name]++
	before, _ := p.phone.Until(p.Context(), "a view", func(s *bot.Seen) bool { return s.Views > 0 })
	if how.then != nil {
		p.line.spoil(how.then()...)
	}
	id, answer := bot.NewID(), make(chan error, 1)
	go func() {
		what := session.SetDial{Value: len(p.said) % 11} // never the value that it has
		answer <- p.phone.DoAs(soon(p.T), id, protocol.Command{Command: what})
	}()
	p.whispers()
	switch {
	case how.rests:
		p.hasAll()
		answer <- <-answer
	case how.then != nil: // what it does to the line, it does now or, where it did not reach so far, not at all
		enough, done := context.WithTimeout(p.Context(), 150*time.Millisecond)
		_, _ = p.phone.Until(enough, "the end of the line", func(s *bot.Seen) bool { return s.Tries > before.Tries })
		done()
	default:
		pause(p.Context(), rand.N(5*time.Millisecond)) //nolint:gosec // chance, not secrecy
	}
	if how.hangs {
		p.wire.Cut()
		p.phone.Break()
	} else {
		p.line.cut()
	}
	p.whispers()
	pause(p.Context(), rand.N(100*time.Millisecond)) //nolint:gosec // chance, not secrecy
	works := time.Now()
	if how.hangs {
		p.wire.Mend()
	} else {
		p.line.opens(next.always...)
	}
	p.hasAll()
	p.back = append(p.back, time.Since(works))
	if err := <-answer; err != nil {
		p.Errorf("%s: %v", how.name, err)
	}
	p.said = append(p.said, id)
}

// isWhole holds the log against what was whispered and said, and answers with how many
// commands were sent again.
func (p *cutOff) isWhole() (resent int) {
	p.Helper()
	records, err := p.app.store.Read(p.Context(), p.session.ID, 0)
	if err != nil {
		p.Fatal(err)
	}
	var whispered []private.Text
	at := map[session.CommandID]int{}
	for _, r := range records {
		at[r.Command]++
		if w, ok := r.Event.(session.Whispered); ok {
			whispered = append(whispered, w.Text)
		}
	}
	if !slices.Equal(whispered, p.told) {
		p.Errorf("%d lines were whispered, and %d are in the log", len(p.told), len(whispered))
	}
	for _, id := range p.said {
		if at[id] != 1 {
			p.Errorf("what the phone said is in the log %d times", at[id])
		}
	}
	seen, _ := p.phone.Until(p.Context(), "the end", func(*bot.Seen) bool { return true })
	return seen.Resent
}
