package hub_test

import (
	"context"
	"testing"

	"mend/internal/hub"
	"mend/internal/protocol"
	"mend/internal/session"
)

// allowedAllocs bounds what a command may allocate from the frame's decoding to the
// frames that three people are sent: decision, record, three views in JSON. An eighth
// more than it takes now under the race detector, so that a careless change is noticed and
// a Go release not.
const allowedAllocs = 99

func TestACommandAllocatesLittle(t *testing.T) {
	r := newRoom(t)
	people := r.plainly()
	commands := []session.Command{session.Pause{}, session.Resume{}}
	n := 0
	got := testing.AllocsPerRun(200, func() {
		r.takes(people, commands[n%2])
		n++
	})
	t.Logf("%.0f allocations a command", got)
	if got > allowedAllocs {
		t.Errorf("%.0f allocations a command; at most %d", got, allowedAllocs)
	}
}

func BenchmarkCommand(b *testing.B) {
	r := newRoom(b)
	people := r.plainly()
	commands := []session.Command{session.Pause{}, session.Resume{}}
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		r.takes(people, commands[n%2])
	}
}

// sitting is a seat, and a value in woken when there is something to take.
type sitting struct {
	*hub.Seat
	woken chan struct{}
}

// plainly seats three people in an exercise, in real time.
func (r *room) plainly() []sitting {
	r.Helper()
	r.letIn()
	r.do(session.Counselor, session.StartExercise{Program: turns, Cast: session.Cast{"a": session.SeatOne, "b": session.SeatTwo}})
	var people []sitting
	for _, role := range session.Roles() {
		s := sitting{woken: make(chan struct{}, 1)}
		var err error
		s.Seat, err = r.hub.Join(r.Context(), r.id, role, hub.Entry{Wake: func() {
			select {
			case s.woken <- struct{}{}:
			default:
			}
		}})
		if err != nil {
			r.Fatal(err)
		}
		r.Cleanup(s.Leave)
		<-s.woken
		s.Take(func([]byte) {})
		people = append(people, s)
	}
	return people
}

// takes has the counselor say something, and waits until all three were shown.
func (r *room) takes(people []sitting, c session.Command) {
	raw, err := protocol.Encode(protocol.Message{ID: newID(), Body: protocol.Command{Command: c}})
	if err != nil {
		r.Fatal(err)
	}
	m, err := protocol.Decode(raw)
	if err != nil {
		r.Fatal(err)
	}
	if err := people[0].Do(context.Background(), m); err != nil {
		r.Fatal(err)
	}
	for _, s := range people {
		for shown := false; !shown; { // presence comes in between, now and then
			<-s.woken
			s.Take(func(f []byte) {
				shown = shown || f[7] == 'v' // {"is":"view"
			})
		}
	}
}
