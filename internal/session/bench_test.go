package session_test

import (
	"testing"

	"mend/internal/exercise"
	"mend/internal/session"
)

// long is an exercise of forty steps, most of them already behind the room.
func long() *rehearsal {
	r := gathered(session.LimitedSecrets)
	steps := make([]exercise.Instruction, 40)
	for i := range steps {
		steps[i] = exercise.Instruction{
			Step:     exercise.Step{Kind: exercise.Write, Who: exercise.Both, Audience: exercise.Sealed, Seconds: 60},
			AlmostTo: -1, MoreTo: -1,
		}
		steps[i].Title, steps[i].Prompt, steps[i].Counselor = "Title", "What do you need?", "Wait for both."
	}
	r.must(session.Counselor, session.StartExercise{Program: program("long", steps...), Cast: cast()})
	for range 30 {
		for _, s := range session.Seats() {
			r.must(s.Role(), session.Submit{Step: r.key(), Answer: session.Answer{Text: "Time, and to be told before I ask."}})
		}
		r.must(session.Counselor, session.Advance{Step: r.key()})
	}
	return r
}

// round is what a room does for one command: decide, apply, show to three.
func round(s session.State, in session.Input) session.State {
	record, err := session.Decide(s, in)
	if err != nil || record == nil {
		panic("not accepted")
	}
	s = session.Apply(s, *record)
	for _, role := range session.Roles() {
		_ = session.ViewFor(s, role)
	}
	return s
}

func submission(r *rehearsal) session.Input {
	answer := session.Answer{Text: "Time, and to be told before I ask."}
	return session.Input{ID: "c1", By: session.One, At: begin, Command: session.Submit{Step: r.key(), Answer: answer}}
}

func BenchmarkRound(b *testing.B) {
	r := long()
	in := submission(r)
	b.ReportAllocs()
	for b.Loop() {
		round(r.state, in)
	}
}

func BenchmarkPictures(b *testing.B) {
	r := long()
	in := submission(r)
	b.ReportAllocs()
	var sent []byte
	var pictures session.Pictures
	for b.Loop() {
		record, err := session.Decide(r.state, in)
		if err != nil {
			b.Fatal(err)
		}
		pictures.Of(session.Apply(r.state, *record))
		for _, role := range session.Roles() {
			if sent, _, err = pictures.Append(sent[:0], role); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkReplay(b *testing.B) {
	r := long()
	b.ReportAllocs()
	for b.Loop() {
		session.Replay(r.log)
	}
}

// A round must stay cheap however long the session has gone on.
func TestARoundAllocatesLittle(t *testing.T) {
	r := long()
	in := submission(r)
	decided := testing.AllocsPerRun(100, func() {
		record, err := session.Decide(r.state, in)
		if err != nil {
			t.Fatal(err)
		}
		session.Apply(r.state, *record)
	})
	if decided > 16 {
		t.Errorf("Decide and Apply make %.0f allocations", decided)
	}
	if whole := testing.AllocsPerRun(100, func() { round(r.state, in) }); whole > 80 {
		t.Errorf("a round makes %.0f allocations", whole)
	}
}

// V5, and the wire's limit: what a phone is sent stays small to the end.
func TestAViewStaysSmall(t *testing.T) {
	r := long()
	for _, s := range session.Seats() {
		if frame := asJSON(r.phone(s)); len(frame) > 4<<10 {
			t.Errorf("a phone is sent %d bytes", len(frame))
		}
	}
	if frame := asJSON(r.desk()); len(frame) > 16<<10 {
		t.Errorf("the desk is sent %d bytes", len(frame))
	}
}
