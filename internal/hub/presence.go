package hub

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"time"

	"mend/internal/protocol"
	"mend/internal/session"
)

// presence is who is there. It is never logged, goes to the counselor alone (the
// partners learn of the counselor's, and of nothing else), and is told a little
// late, so that a phone that blinks does not flicker on the console.
type presence struct {
	due     time.Time                  // when it is next to be looked at; zero: nothing pending
	goneAt  map[session.Role]time.Time // left, but may be back in a moment
	writing map[session.Role]time.Time // until when a draft says so
	remote  map[string]attendance      // by node
	told    Attendance                 // what the other nodes last heard from here
	pages   Pages                      // and this
}

type attendance struct {
	here  Attendance
	pages Pages
	heard time.Time
}

// left notes that nobody of a role sits here any more.
func (p *presence) left(role session.Role, goneAt time.Time) {
	if p.goneAt == nil {
		p.goneAt = map[session.Role]time.Time{}
	}
	p.goneAt[role] = goneAt
}

// elsewhere tells whether a role sits at another node, and whether another page than this
// does so there.
func (r *room) elsewhere(role session.Role, page string) (sits, other bool) {
	now := r.hub.o.Now()
	for _, a := range r.presence.remote {
		if _, here := a.here[role]; here && now.Before(r.hub.lapses(a, now)) {
			sits = true
			other = other || page == "" || a.pages[role] != sumOf(page)
		}
	}
	return sits, other
}

// sumOf is how nodes tell each other what a page calls itself.
func sumOf(page string) string {
	sum := sha256.Sum256([]byte(page))
	return hex.EncodeToString(sum[:8])
}

// pages are what those who sit at this node call themselves, or last sat.
func (r *room) pages(here Attendance) Pages {
	all := Pages{}
	for role := range here {
		if page := r.side(role).page; page != "" {
			all[role] = sumOf(page)
		}
	}
	return all
}

// forget drops what other nodes said of a role; they will say again.
func (p *presence) forget(role session.Role) {
	for _, a := range p.remote {
		delete(a.here, role)
	}
}

// rank orders presences from the least to the most present.
var rank = map[protocol.Presence]int{protocol.Lobby: 1, protocol.Here: 2, protocol.Writing: 3}

// isWriting notes that a partner types.
func (r *room) isWriting(role session.Role) {
	if r.presence.writing == nil {
		r.presence.writing = map[session.Role]time.Time{}
	}
	r.presence.writing[role] = r.hub.o.Now().Add(r.hub.o.Writing)
	r.presenceMoved(r.hub.o.Settle)
}

// attend notes what a record changes about who is where: whoever's word it is has
// done typing it, and a door leads in or out.
func (r *room) attend(rec session.Record) {
	moved := false
	if _, wrote := r.presence.writing[rec.By]; wrote {
		delete(r.presence.writing, rec.By)
		moved = true
	}
	switch rec.Event.(type) {
	case session.Admitted, session.SteppedOut, session.Removed, session.Left, session.Invited:
		moved = true
	}
	if moved {
		r.presenceMoved(0)
	}
}

// where is a role's presence at this node; absent is "".
func (r *room) where(role session.Role, now time.Time) protocol.Presence {
	if len(r.side(role).seats) == 0 && !now.Before(r.presence.goneAt[role]) {
		return ""
	}
	seat, partner := role.Seat()
	switch {
	case partner && r.state.Doors.Of(seat) != session.Inside:
		return protocol.Lobby
	case now.Before(r.presence.writing[role]):
		return protocol.Writing
	}
	return protocol.Here
}

// whereAnywhere is a role's presence at any node.
func (r *room) whereAnywhere(role session.Role) protocol.Presence {
	now := r.hub.o.Now()
	best := r.where(role, now)
	for _, a := range r.presence.remote {
		if now.Before(r.hub.lapses(a, now)) && rank[a.here[role]] > rank[best] {
			best = a.here[role]
		}
	}
	if best == "" {
		return protocol.Away
	}
	return best
}

// hereFrame is what a role may know of who is there.
func (r *room) hereFrame(role session.Role) []byte {
	if role == session.Counselor {
		return small(protocol.HereCounselor{
			Is: "here", One: r.whereAnywhere(session.One), Two: r.whereAnywhere(session.Two),
		})
	}
	return small(protocol.HerePartner{
		Is: "here", Counselor: r.whereAnywhere(session.Counselor) != protocol.Away,
	})
}

// presenceMoved has presence looked at again within a while.
func (r *room) presenceMoved(within time.Duration) {
	if within == 0 {
		within = r.hub.o.Settle
	}
	due := r.hub.o.Now().Add(within)
	if r.presence.due.IsZero() || due.Before(r.presence.due) {
		r.presence.due = due
		r.arm()
	}
}

// showPresence tells each side what changed for it, and looks ahead to the next
// moment in which something may.
func (r *room) showPresence() {
	now := r.hub.o.Now()
	r.presence.due = time.Time{}
	for i := range r.sides {
		side := &r.sides[i]
		if len(side.seats) == 0 {
			side.here = nil
			continue
		}
		if frame := r.hereFrame(side.role); !bytes.Equal(frame, side.here) {
			side.here = frame
			for _, s := range side.seats {
				s.putHere(frame)
			}
		}
	}
	if here := r.attendance(now); r.hub.o.Bus != nil && (!maps.Equal(here, r.presence.told) || !maps.Equal(r.pages(here), r.presence.pages)) {
		r.announce()
	}
	ahead := func(t time.Time) {
		if t.After(now) && (r.presence.due.IsZero() || t.Before(r.presence.due)) {
			r.presence.due = t
		}
	}
	for _, t := range r.presence.goneAt {
		ahead(t)
	}
	for _, t := range r.presence.writing {
		ahead(t)
	}
	for node, a := range r.presence.remote {
		lapses := r.hub.lapses(a, now)
		if !lapses.After(now) {
			delete(r.presence.remote, node)
		}
		ahead(lapses)
	}
}

// attendance is who sits at this node.
func (r *room) attendance(now time.Time) Attendance {
	here := Attendance{}
	for _, role := range session.Roles() {
		if p := r.where(role, now); p != "" {
			here[role] = p
		}
	}
	return here
}

// announce tells the other nodes who sits here.
func (r *room) announce() {
	if r.hub.o.Bus == nil {
		return
	}
	r.presence.told = r.attendance(r.hub.o.Now())
	r.presence.pages = r.pages(r.presence.told)
	r.hub.publish(Notice{Session: r.id, Here: r.presence.told, Pages: r.presence.pages})
}

// heedPresence takes in what another node says of who sits there.
func (r *room) heedPresence(n Notice) {
	if n.Ask {
		r.announce()
	}
	if n.Here == nil {
		return
	}
	if r.presence.remote == nil {
		r.presence.remote = map[string]attendance{}
	}
	here := Attendance{}
	for role, p := range n.Here {
		here[role] = p
	}
	r.presence.remote[n.Node] = attendance{here, n.Pages, r.hub.o.Now()}
	r.presenceMoved(0)
}
