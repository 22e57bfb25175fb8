package rehearsal

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"mend/internal/exercise"
	"mend/internal/hub"
	"mend/internal/protocol"
	"mend/internal/session"
)

const (
	// Each is how many rehearsals one counselor may have; of more, the one that was
	// left alone for longest goes.
	Each = 5
	// Idle is how long a rehearsal is kept that nobody has open.
	Idle = 2 * time.Hour
)

// The two who are played. They are no couple of anybody's.
const (
	one = "Ana"
	two = "Ben"
)

// Exercise is one that only its rehearsal knows: as it stands in an editor or a file.
type Exercise struct {
	Definition exercise.Definition
	Program    exercise.Program
}

// Plan is what a rehearsal is made of.
type Plan struct {
	Counselor string        // who makes it; nobody else may see it
	Facts     session.Facts // the counselor's name, the policy, the agenda
	Own       []Exercise
	Stamp     string // of the text that Own was made from; "" where there was none
	AtDoor    bool   // both are yet to consent and to be let in
}

// Program finds an exercise that only this rehearsal knows.
func (p Plan) Program(id string) (exercise.Program, bool) {
	for _, e := range p.Own {
		if e.Program.ID == id {
			return e.Program, true
		}
	}
	return exercise.Program{}, false
}

// Room is one rehearsal.
type Room struct {
	Plan
	ID     string
	MadeAt time.Time

	used time.Time
}

// Rooms are the rehearsals of this node.
type Rooms struct {
	now func() time.Time
	log *Log
	hub *hub.Hub

	mu    sync.Mutex
	rooms map[string]*Room
}

// NewRooms makes the place they are in. Close it before the server that owns the sockets.
func NewRooms(now func() time.Time, log *slog.Logger) *Rooms {
	if now == nil {
		now = time.Now
	}
	kept := NewLog()
	return &Rooms{
		now: now, log: kept, rooms: map[string]*Room{},
		hub: hub.New(kept, kept, hub.Options{Now: now, Logger: log}),
	}
}

// Hub is where their sockets sit down.
func (r *Rooms) Hub() *hub.Hub { return r.hub }

// Close closes every seat and waits until their owners have left.
func (r *Rooms) Close(ctx context.Context) error { return r.hub.Close(ctx) }

// Make opens a rehearsal. Both partners are in the room, unless they are to be let in.
func (r *Rooms) Make(ctx context.Context, p Plan) (Room, error) {
	made, err := uuid.NewV7()
	if err != nil {
		return Room{}, err
	}
	room := Room{Plan: p, ID: made.String(), MadeAt: r.now().UTC(), used: r.now()}
	facts := p.Facts
	facts.Session, facts.Rehearsal = room.ID, true
	facts.People.One, facts.People.Two = one, two
	r.log.Begin(room.ID)
	if err := r.begin(ctx, room.ID, facts, p.AtDoor); err != nil {
		r.log.End(room.ID)
		return Room{}, err
	}
	r.add(&room)
	return room, nil
}

func (r *Rooms) begin(ctx context.Context, id string, facts session.Facts, atDoor bool) error {
	if err := r.do(ctx, id, session.Counselor, session.Open{Facts: facts}); err != nil || atDoor {
		return err
	}
	for _, seat := range session.Seats() {
		if err := r.do(ctx, id, seat.Role(), session.Consent{Policy: facts.Policy.Version, Language: facts.Language}); err != nil {
			return err
		}
		if err := r.do(ctx, id, session.Counselor, session.Admit{Who: seat}); err != nil {
			return err
		}
	}
	return nil
}

func (r *Rooms) do(ctx context.Context, id string, by session.Role, c session.Command) error {
	command, err := uuid.NewV7()
	if err != nil {
		return err
	}
	return r.hub.Do(ctx, id, session.Input{ID: session.CommandID(command.String()), By: by, Command: c})
}

func (r *Rooms) add(room *Room) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rooms[room.ID] = room
	var theirs []*Room
	for _, other := range r.rooms {
		if other.Counselor == room.Counselor && other != room {
			theirs = append(theirs, other)
		}
	}
	slices.SortFunc(theirs, func(a, b *Room) int {
		return cmp.Or(a.used.Compare(b.used), cmp.Compare(a.ID, b.ID))
	})
	for len(theirs) >= Each {
		r.drop(theirs[0].ID)
		theirs = theirs[1:]
	}
}

// Find is a counselor's own rehearsal, which counts as used by that.
func (r *Rooms) Find(counselor, id string) (Room, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	room := r.rooms[id]
	if room == nil || room.Counselor != counselor || r.now().Sub(room.used) > Idle {
		return Room{}, errGone
	}
	room.used = r.now()
	return *room, nil
}

// Has tells whether an id is any rehearsal's, whoever made it; asking is no use of it.
func (r *Rooms) Has(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.rooms[id] != nil
}

// Drop forgets a rehearsal and closes its sockets.
func (r *Rooms) Drop(counselor, id string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if room := r.rooms[id]; room == nil || room.Counselor != counselor {
		return errGone
	}
	r.drop(id)
	return nil
}

// Sweep forgets what nobody has had open for long.
func (r *Rooms) Sweep() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for id, room := range r.rooms {
		if r.now().Sub(room.used) > Idle {
			r.drop(id)
		}
	}
}

func (r *Rooms) drop(id string) {
	delete(r.rooms, id)
	r.log.End(id)
	for _, role := range session.Roles() {
		r.hub.Dismiss(id, role, protocol.NotFound)
	}
}
