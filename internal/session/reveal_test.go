package session_test

import (
	"fmt"
	"testing"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

// R1: what was one partner's alone may be passed over, as long as something is left to
// show and the other has nothing of their own under the same reveal.
func TestR1APartThatWasPassedOverClosesNothingElse(t *testing.T) {
	mine := func(i *exercise.Instruction) { i.Who, i.Skippable = exercise.Who(exercise.A), true }
	theirs := func(i *exercise.Instruction) { i.Who, i.Skippable = exercise.Who(exercise.B), true }
	both := func(i *exercise.Instruction) { i.Skippable = true }
	give := func(by session.Role) func(*rehearsal) {
		return func(r *rehearsal) {
			r.must(by, session.Submit{Step: r.key(), Answer: session.Answer{Text: "words of " + private.Text(by)}})
			r.must(session.Counselor, session.Advance{Step: r.key()})
		}
	}
	pass := func(by ...session.Role) func(*rehearsal) {
		return func(r *rehearsal) {
			for _, b := range by {
				r.must(b, session.Skip{Step: r.key()})
			}
			r.must(session.Counselor, session.Advance{Step: r.key()})
		}
	}
	leave := func(r *rehearsal) { r.must(session.Counselor, session.Advance{Step: r.key()}) }
	skip := func(r *rehearsal) { r.must(session.Counselor, session.Skip{Step: r.key()}) }
	for name, c := range map[string]struct {
		first, second   func(*exercise.Instruction)
		begins, follows func(*rehearsal)
		opens           bool
	}{
		"the writer passed on one part":              {mine, mine, give(session.One), pass(session.One), true},
		"the counselor skipped one part":             {mine, mine, skip, give(session.One), true},
		"a part was left while it was being written": {mine, mine, give(session.One), leave, false},
		"nothing is left to show":                    {mine, mine, pass(session.One), pass(session.One), false},
		"each wrote alone, and one kept theirs back": {mine, theirs, pass(session.One), give(session.Two), false},
		"of a step of both, one kept theirs back":    {both, mine, pass(session.Two), give(session.One), false},
	} {
		t.Run(name, func(t *testing.T) {
			r := at(step(exercise.Write, c.first), step(exercise.Write, c.second),
				step(exercise.Reveal, func(i *exercise.Instruction) { i.OfSteps = []int{0, 1} }))
			c.begins(r)
			c.follows(r)
			if got := r.desk().Step.Revealable; got != c.opens {
				t.Fatalf("may be revealed: %v", got)
			}
			if !c.opens {
				return
			}
			r.must(session.Counselor, session.RevealAnswers{Step: r.key()})
			for _, s := range session.Seats() {
				if pairs := r.phone(s).Step.Revealed; len(pairs) != 1 || pairs[0].One == nil || pairs[0].Two != nil {
					t.Errorf("%s is shown %s", s, asJSON(pairs))
				}
			}
			if !r.desk().Step.IsRevealed {
				t.Error("the desk does not say that it is revealed")
			}
		})
	}
}

// R1, R3: a part that was passed over and is written later is revealed later, beside
// what was revealed before.
func TestR3APartWrittenLaterIsRevealedLater(t *testing.T) {
	mine := func(i *exercise.Instruction) { i.Who, i.Skippable = exercise.Who(exercise.A), true }
	r := at(step(exercise.Write, mine), step(exercise.Write, mine),
		step(exercise.Reveal, func(i *exercise.Instruction) { i.OfSteps = []int{0, 1} }))
	r.must(session.One, session.Submit{Step: r.key(), Answer: session.Answer{Text: "first"}})
	r.must(session.Counselor, session.Advance{Step: r.key()})
	r.must(session.One, session.Skip{Step: r.key()})
	r.must(session.Counselor, session.Advance{Step: r.key()})
	r.must(session.Counselor, session.RevealAnswers{Step: r.key()}, session.Back{Step: r.key()})
	r.must(session.One, session.Submit{Step: r.key(), Answer: session.Answer{Text: "second"}})
	r.must(session.Counselor, session.Advance{Step: r.key()})
	if pairs := r.phone(session.SeatTwo).Step.Revealed; len(pairs) != 1 || pairs[0].One.Text != "first" {
		t.Fatalf("before the second reveal: %s", asJSON(pairs))
	}
	r.must(session.Counselor, session.RevealAnswers{Step: r.key()})
	if pairs := r.phone(session.SeatTwo).Step.Revealed; len(pairs) != 2 || pairs[1].One.Text != "second" {
		t.Errorf("after it: %s", asJSON(pairs))
	}
}

// done is what became of one step: what each partner did, and how the counselor left it.
type done struct {
	who      exercise.Who
	one, two string // gave, passed, or nothing
	skipped  bool
}

// everyDone lists all that can become of a step.
func everyDone() (all []done) {
	acts := []string{"gave", "passed", ""}
	for _, skipped := range []bool{false, true} {
		for _, a := range acts {
			all = append(all, done{exercise.Who(exercise.A), a, "", skipped}, done{exercise.Who(exercise.B), "", a, skipped})
			for _, b := range acts {
				all = append(all, done{exercise.Both, a, b, skipped})
			}
		}
	}
	return all
}

// keptBack tells whether a partner gave nothing in a step of theirs.
func (d done) keptBack(s session.Seat) bool {
	if s == session.SeatOne {
		return d.who != exercise.Who(exercise.B) && d.one != "gave"
	}
	return d.who != exercise.Who(exercise.A) && d.two != "gave"
}

// R1, R2: whatever becomes of two sealed steps, a reveal shows both phones the same,
// and nobody is shown an answer of the other's whose counterpart they kept back: their
// own in the same step, or in one of theirs alone beside one of the other's alone.
func TestR1NobodyReadsWhoKeptBackTheirOwn(t *testing.T) {
	opened := 0
	for _, first := range everyDone() {
		for _, second := range everyDone() {
			both := []done{first, second}
			pairs := revealed(t, both)
			for i, p := range pairs {
				opened++
				var run, index, visit int
				if _, err := fmt.Sscanf(p.Step, "%d.%d.%d", &run, &index, &visit); err != nil {
					t.Fatal(err)
				}
				if i > 0 && p.Step == pairs[i-1].Step {
					t.Fatalf("%+v: shown twice", both)
				}
				here, other := both[index], both[1-index]
				for seat, theirs := range map[session.Seat]*session.Answer{session.SeatOne: p.Two, session.SeatTwo: p.One} {
					exchanged := here.who != exercise.Both && other.who == here.who.Exchange()
					if theirs != nil && (here.keptBack(seat) || exchanged && other.keptBack(seat)) {
						t.Fatalf("%+v: %s kept theirs back and is shown %s", both, seat, asJSON(theirs))
					}
				}
			}
		}
	}
	if opened == 0 {
		t.Fatal("nothing was ever revealed")
	}
}

// revealed plays two sealed steps and a reveal of them, and gives what both are shown.
func revealed(t *testing.T, what []done) []session.RevealedPair {
	t.Helper()
	sealed := func(d done) exercise.Instruction {
		return step(exercise.Write, func(i *exercise.Instruction) { i.Who, i.Skippable = d.who, true })
	}
	r := at(sealed(what[0]), sealed(what[1]),
		step(exercise.Reveal, func(i *exercise.Instruction) { i.OfSteps = []int{0, 1} }))
	for _, d := range what {
		for by, act := range map[session.Role]string{session.One: d.one, session.Two: d.two} {
			switch act {
			case "gave":
				r.must(by, session.Submit{Step: r.key(), Answer: session.Answer{Text: "words of " + private.Text(by)}})
			case "passed":
				r.must(by, session.Skip{Step: r.key()})
			}
		}
		if d.skipped {
			r.must(session.Counselor, session.Skip{Step: r.key()})
		} else {
			r.must(session.Counselor, session.Advance{Step: r.key()})
		}
	}
	if !r.desk().Step.Revealable {
		return nil
	}
	r.must(session.Counselor, session.RevealAnswers{Step: r.key()})
	one, two := r.phone(session.SeatOne).Step.Revealed, r.phone(session.SeatTwo).Step.Revealed
	if asJSON(one) != asJSON(two) || len(one) == 0 {
		t.Fatalf("%+v: one is shown %s, two %s", what, asJSON(one), asJSON(two))
	}
	return one
}
