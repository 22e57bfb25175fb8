package rehearsal_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"mend/internal/fault"
	"mend/internal/hub"
	"mend/internal/protocol"
	"mend/internal/rehearsal"
	"mend/internal/session"
)

// attic is where a counselor rehearses, with a clock that the test moves.
type attic struct {
	*testing.T
	*rehearsal.Rooms
	passed atomic.Int64 // nanoseconds since it was made: rooms read it too
}

func newAttic(t *testing.T) *attic {
	a := &attic{T: t}
	began := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	now := func() time.Time { return began.Add(time.Duration(a.passed.Load())) }
	a.Rooms = rehearsal.NewRooms(now, slog.New(slog.NewTextHandler(io.Discard, nil)))
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := a.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	return a
}

func (a *attic) later(d time.Duration) { a.passed.Add(int64(d)) }

func (a *attic) make(counselor string) rehearsal.Room {
	a.Helper()
	room, err := a.Make(a.Context(), plan(counselor))
	if err != nil {
		a.Fatal(err)
	}
	return room
}

func plan(counselor string) rehearsal.Plan {
	return rehearsal.Plan{Counselor: counselor, Facts: session.Facts{
		People: session.People{Counselor: "Mara"},
		Policy: session.Policy{Version: 2, Secrets: session.NoSecrets},
		Agenda: []session.Planned{{Exercise: "floor-and-echo", Title: "Floor and echo"}},
	}}
}

func (a *attic) has(counselor string, room rehearsal.Room, want bool) {
	a.Helper()
	_, err := a.Find(counselor, room.ID)
	if (err == nil) != want || err != nil && fault.Code(err) != "not_found" {
		a.Errorf("found: %v, want %v", err, want)
	}
}

// sitting is a seat, and a value in woken when there is something to take.
type sitting struct {
	*hub.Seat
	woken chan struct{}
}

// seat sits down as the socket would.
func (a *attic) seat(room rehearsal.Room, role session.Role) sitting {
	a.Helper()
	s := sitting{woken: make(chan struct{}, 1)}
	var err error
	s.Seat, err = a.Hub().Join(a.Context(), room.ID, role, hub.Entry{Wake: func() {
		select {
		case s.woken <- struct{}{}:
		default:
		}
	}})
	if err != nil {
		a.Fatal(err)
	}
	a.Cleanup(s.Leave)
	return s
}

func TestBothAreInTheRoomUnlessTheyAreToBeLetIn(t *testing.T) {
	a := newAttic(t)
	command := func(id string, c session.Command) error {
		return a.Hub().Do(a.Context(), id, session.Input{ID: "01890a5d-ac96-774b-bcce-b302099a8057", By: session.Counselor, Command: c})
	}
	in := a.make("mara")
	if err := command(in.ID, session.Whisper{To: session.SeatTwo, Text: "slowly"}); err != nil {
		t.Errorf("with both in the room: %v", err)
	}
	p := plan("mara")
	p.AtDoor = true
	waits, err := a.Make(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if err := command(waits.ID, session.Whisper{To: session.SeatTwo, Text: "slowly"}); fault.Code(err) != "not_started" {
		t.Errorf("with both at the door: %v", err)
	}
}

func TestARehearsalIsItsMakersAlone(t *testing.T) {
	a := newAttic(t)
	room := a.make("mara")
	a.has("mara", room, true)
	a.has("ruth", room, false)
	if !a.Has(room.ID) || a.Has("another") {
		t.Error("it is not known which ids are rehearsals'")
	}
	if err := a.Drop("ruth", room.ID); fault.Code(err) != "not_found" {
		t.Errorf("somebody else drops it: %v", err)
	}
	a.has("mara", room, true)
}

// Of more than a counselor may have the one left alone for longest goes, and nobody
// else's does.
func TestRehearsalsAreFew(t *testing.T) {
	a := newAttic(t)
	others := a.make("ruth")
	var rooms []rehearsal.Room
	for range rehearsal.Each {
		a.later(time.Minute)
		rooms = append(rooms, a.make("mara"))
	}
	a.later(time.Minute)
	a.has("mara", rooms[0], true) // used once more: now the second is the one left alone
	a.later(time.Minute)
	a.make("mara")
	for i, room := range rooms {
		t.Run(fmt.Sprint(i), func(*testing.T) { a.has("mara", room, i != 1) })
	}
	a.has("ruth", others, true)
	for range 3 * rehearsal.Each { // all at one moment of the clock
		a.make("mara")
	}
	left := 0
	for _, room := range rooms {
		if _, err := a.Find("mara", room.ID); err == nil {
			left++
		}
	}
	if left > 0 {
		t.Errorf("%d of the first are left", left)
	}
}

func TestWhatNobodyOpensGoes(t *testing.T) {
	a := newAttic(t)
	room, kept := a.make("mara"), a.make("mara")
	a.later(rehearsal.Idle - time.Minute)
	a.has("mara", kept, true)
	a.later(2 * time.Minute)
	a.has("mara", room, false)
	a.Sweep()
	a.has("mara", room, false)
	a.has("mara", kept, true)
}

// Whoever has a dropped rehearsal open is told that it is not there.
func TestDroppingClosesTheSockets(t *testing.T) {
	a := newAttic(t)
	room := a.make("mara")
	var seats []sitting
	for _, role := range session.Roles() {
		seats = append(seats, a.seat(room, role))
	}
	if err := a.Drop("mara", room.ID); err != nil {
		t.Fatal(err)
	}
	a.has("mara", room, false)
	for _, s := range seats {
		for over := (*hub.Closed)(nil); over == nil; {
			select {
			case <-s.woken:
				over = s.Take(func([]byte) {})
				if over != nil && over.Code != protocol.NotFound {
					t.Errorf("%s: closed with %v", s.Role, over)
				}
			case <-time.After(10 * time.Second):
				t.Fatalf("%s: the socket stays open", s.Role)
			}
		}
	}
}
