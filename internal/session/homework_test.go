package session_test

import (
	"strings"
	"testing"

	"mend/internal/exercise"
	"mend/internal/session"
)

// H1: the opening reads back what was set since the last session, on all three screens
// and at its reading alone; what one partner was asked alone is not told to the other.
func TestH1AFrameReadsHomeworkBack(t *testing.T) {
	asked := func(id string) exercise.Program {
		p := program(id, exercise.Instruction{Step: exercise.Step{
			ID: "w", Kind: exercise.Write, Who: exercise.Both, Audience: exercise.Room, Words: exercise.Words{Prompt: "Ask of " + id},
		}})
		return p
	}
	frame := program("opening",
		exercise.Instruction{Step: exercise.Step{ID: "r", Kind: exercise.Read, Who: exercise.Both, Words: exercise.Words{Prompt: "Since last time"}}},
		exercise.Instruction{Step: exercise.Step{ID: "g", Kind: exercise.Gate, Words: exercise.Words{Prompt: "Go on?"}}})
	frame.Frame = true
	seats := session.Seats()
	set := []session.Homework{
		{ID: "h1", Program: asked("shared"), For: seats, Done: seats[:1], Answers: []session.Told{{Step: 0, One: &session.Answer{Text: "for all three"}}}},
		{ID: "h2", Program: asked("alone"), For: seats[1:], Done: seats[1:]},
	}
	r := gathered(session.LimitedSecrets)
	if _, err := r.do(session.Counselor, session.StartExercise{Program: frame, Cast: cast(), Homework: set}); err != nil {
		t.Fatal(err)
	}
	desk, one, two := r.desk().Homework, r.phone(session.SeatOne).Homework, r.phone(session.SeatTwo).Homework
	if len(desk) != 2 || len(one) != 1 || len(two) != 2 || one[0].ID != "h1" || two[1].ID != "h2" {
		t.Fatalf("H1: the desk is told of %d, the phones of %d and %d", len(desk), len(one), len(two))
	}
	if p := one[0].Shared; len(p) != 1 || p[0].One == nil || p[0].One.Text != "for all three" || len(one[0].Done) != 1 {
		t.Errorf("H1: read back as %s", asJSON(one))
	}
	if len(one[0].For) != 1 || len(desk[0].For) != 2 || len(desk[0].Done) != 1 {
		t.Errorf("H1: the phone is told for whom it was: %v; the desk of %d, %d", one[0].For, len(desk[0].For), len(desk[0].Done))
	}
	if _, err := r.do(session.Counselor, session.Advance{Step: r.desk().Step.Key}); err != nil {
		t.Fatal(err)
	}
	for _, role := range session.Roles() {
		if strings.Contains(asJSON(session.ViewFor(r.state, role)), "for all three") {
			t.Errorf("H1: %s is still shown it at the next step", role)
		}
	}
}

// H1: a phone is the same whether the other has done what was set for both or not.
func TestH1NoPhoneTellsWhetherTheOtherDidTheirs(t *testing.T) {
	phone := func(done ...session.Seat) string {
		frame := program("opening",
			exercise.Instruction{Step: exercise.Step{ID: "r", Kind: exercise.Read, Who: exercise.Both, Words: exercise.Words{Prompt: "Since last time"}}})
		frame.Frame = true
		r := gathered(session.LimitedSecrets)
		set := []session.Homework{{ID: "h1", Program: program("h"), For: session.Seats(), Done: done}}
		if _, err := r.do(session.Counselor, session.StartExercise{Program: frame, Cast: cast(), Homework: set}); err != nil {
			t.Fatal(err)
		}
		if r.phone(session.SeatTwo).Homework == nil {
			t.Fatal("nothing is read back")
		}
		return asJSON(r.phone(session.SeatTwo))
	}
	if without, with := phone(), phone(session.SeatOne); without != with {
		t.Errorf("H1: the phone of two differs by what one did:\n%s\n%s", without, with)
	}
	if mine, other := phone(session.SeatTwo), phone(); mine == other {
		t.Error("H1: the phone of two does not tell what they did themselves")
	}
}
