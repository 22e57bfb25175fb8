package session_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"mend/internal/exercise"
	"mend/internal/session"
)

// begin is when every rehearsal begins.
var begin = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// rehearsal is a session played without a server: the state that is held, the log
// that was written, and the clock.
type rehearsal struct {
	state session.State
	log   []session.Record
	now   time.Time
	sent  int
}

func newRehearsal() *rehearsal { return &rehearsal{now: begin} }

// do gives a command; a record that comes of it is logged and applied.
func (r *rehearsal) do(by session.Role, c session.Command) (*session.Record, error) {
	r.sent++
	in := session.Input{ID: session.CommandID("c" + strconv.Itoa(r.sent)), By: by, At: r.now, Command: c}
	record, err := session.Decide(r.state, in)
	if err != nil || record == nil {
		return nil, err
	}
	r.log = append(r.log, *record)
	r.state = session.Apply(r.state, *record)
	return record, nil
}

// must is do for what has to go well.
func (r *rehearsal) must(by session.Role, commands ...session.Command) {
	for _, c := range commands {
		if _, err := r.do(by, c); err != nil {
			panic(fmt.Sprintf("%s by %s: %v", c.Name(), by, err))
		}
	}
}

// key is the step that the room is at; "" where there is none.
func (r *rehearsal) key() string {
	if step := r.desk().Step; step != nil {
		return step.Key
	}
	return ""
}

func (r *rehearsal) desk() session.CounselorView {
	return session.ViewFor(r.state, session.Counselor).(session.CounselorView)
}

func (r *rehearsal) phone(s session.Seat) session.PartnerView {
	return session.ViewFor(r.state, s.Role()).(session.PartnerView)
}

// facts are enough to open a session with.
func facts(secrets session.Secrets) session.Facts {
	return session.Facts{
		Session:     "s1",
		People:      session.People{Counselor: "Mara", One: "Ana", Two: "Ben"},
		Policy:      session.Policy{Version: 3, Secrets: secrets, Text: "What you tell me."},
		Suitability: &session.Suitability{Statement: "seen_apart", At: begin.AddDate(0, 0, -1)},
	}
}

// gathered is a rehearsal with both partners in the room.
func gathered(secrets session.Secrets) *rehearsal {
	r := newRehearsal()
	r.must(session.Counselor, session.Open{Facts: facts(secrets)},
		session.Invite{Seat: session.SeatOne}, session.Invite{Seat: session.SeatTwo})
	for _, s := range session.Seats() {
		r.must(s.Role(), session.Consent{Policy: 3})
		r.must(session.Counselor, session.Admit{Who: s})
	}
	return r
}

// program makes one to be walked; it needs no file.
func program(id string, steps ...exercise.Instruction) exercise.Program {
	for i := range steps {
		steps[i].ID = fmt.Sprintf("s%d", i)
		steps[i].Round = max(1, steps[i].Round)
	}
	return exercise.Program{
		ID: id, Version: 1, Title: "Exercise " + id, Phase: exercise.Understand, Intensity: exercise.Steady,
		Minutes: 20, Roles: map[exercise.Role]string{exercise.A: "speaks first", exercise.B: "listens first"},
		Guidance: exercise.Guidance{Purpose: "To be heard.", WatchFor: "Debate.", StopIf: "Fear."},
		Steps:    steps,
	}
}

// cast lets one speak first.
func cast() session.Cast {
	return session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo}
}

func choices(ids ...string) []exercise.Choice {
	c := make([]exercise.Choice, len(ids))
	for i, id := range ids {
		c[i] = exercise.Choice{ID: id, Text: "The " + id}
	}
	return c
}

func asJSON(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// asSent is a view's JSON as sockets are sent it.
func asSent(v session.View) string {
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err)
	}
	return strings.TrimSuffix(out.String(), "\n")
}
