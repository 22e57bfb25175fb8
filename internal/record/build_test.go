package record_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mend/internal/exercise"
	"mend/internal/record"
	"mend/internal/session"
)

func (r *room) summary() record.Summary {
	r.t.Helper()
	s, err := record.Build(r.log)
	if err != nil {
		r.t.Fatal(err)
	}
	return s
}

func TestASummaryTellsWhoWhenAndUnderWhichTerms(t *testing.T) {
	r := newRoom(t)
	if s := r.summary(); s.State != record.Planned || s.Seconds != 0 || s.Early != nil {
		t.Fatalf("of nothing it tells %+v", s)
	}
	r.must(session.Counselor, session.Open{Facts: facts()})
	if s := r.summary(); s.State != record.Open || s.People.One != "Alex" || s.Suitability.Statement != "seen_apart" {
		t.Fatalf("opened, it tells %+v", s)
	}
	r.wait(time.Minute)
	r.must(session.One, session.Consent{Policy: 3})
	r.must(session.Counselor, session.Admit{Who: session.SeatOne})
	r.wait(30 * time.Minute)
	r.must(session.Counselor, session.End{})
	s := r.summary()
	if s.State != record.Ended || s.Seconds != 30*60 || s.Policy.Version != 3 {
		t.Fatalf("ended, it tells state %s, %d s, policy %d", s.State, s.Seconds, s.Policy.Version)
	}
	if c := s.Consents[session.SeatOne]; c.Policy != 3 || len(s.Consents) != 1 {
		t.Fatalf("consents: %+v", s.Consents)
	}
	if len(s.Agreements.Standing) != 1 {
		t.Fatalf("agreements in force at the start: %+v", s.Agreements.Standing)
	}
}

func TestALogWithAGapIsRefused(t *testing.T) {
	r := admitted(t)
	if _, err := record.Build(slices.Delete(slices.Clone(r.log), 1, 2)); err == nil {
		t.Fatal("a log with a gap was read as if it were whole")
	}
}

func TestALoopIsToldTurnByTurn(t *testing.T) {
	r := admitted(t, session.Planned{Exercise: "echo", Title: "Floor and echo", Minutes: 20})
	r.start(echo(t))
	r.wait(80 * time.Second)
	r.must(session.One, session.Yield{Step: r.step()})
	r.wait(30 * time.Second)
	r.must(session.Two, session.Yield{Step: r.step()})
	r.wait(5 * time.Second)
	r.must(session.One, session.Confirm{Step: r.step(), Heard: session.HeardAlmost})
	r.wait(20 * time.Second)
	r.must(session.Counselor, session.PassTurn{Step: r.step()})
	r.wait(5 * time.Second)
	heard := r.now
	r.must(session.One, session.Confirm{Step: r.step(), Heard: session.HeardYes})

	p := r.summary().Exercises[0]
	if p.Fate != record.Done || p.Version != 2 || p.Title != "Floor and echo" {
		t.Fatalf("the exercise: %s, version %d, %q", p.Fate, p.Version, p.Title)
	}
	if p.Floor[session.SeatOne] != 80 || p.Floor[session.SeatTwo] != 50 {
		t.Errorf("the floor was held %v seconds", p.Floor)
	}
	if len(p.Mirrors) != 1 {
		t.Fatalf("one round was told as %d", len(p.Mirrors))
	}
	m := p.Mirrors[0]
	if m.Speaker != session.SeatOne || m.Listener != session.SeatTwo || m.Loops != 1 || len(m.Judgements) != 2 ||
		m.HeardAt == nil || !m.HeardAt.Equal(heard) {
		t.Errorf("the round: %+v", m)
	}
	var left []record.Leaving
	for _, s := range p.Stays {
		left = append(left, s.Left)
	}
	want := []record.Leaving{"yield", "yield", "heard", "pass", "heard"}
	if !slices.Equal(left, want) {
		t.Errorf("left by %v, want %v", left, want)
	}
	if s := p.Stays[3]; s.By != session.Counselor || s.Seconds != 20 {
		t.Errorf("the counselor's pass: by %s after %d s", s.By, s.Seconds)
	}
}

func TestATurnDoesNotCountThePauseInIt(t *testing.T) {
	r := admitted(t)
	r.start(echo(t))
	r.wait(10 * time.Second)
	r.must(session.Two, session.Pause{})
	back := r.now.Add(20 * time.Minute)
	r.must(session.Counselor, session.SetReturn{At: back})
	r.wait(21 * time.Minute)
	r.must(session.Counselor, session.Resume{})
	r.wait(10 * time.Second)
	r.must(session.One, session.Yield{Step: r.step()})
	s := r.summary()
	if got := s.Exercises[0].Floor[session.SeatOne]; got != 20 {
		t.Errorf("the floor was held %d s, want 20", got)
	}
	if len(s.Pauses) != 1 {
		t.Fatalf("pauses: %+v", s.Pauses)
	}
	p := s.Pauses[0]
	if p.By != session.Two || p.Return != record.ReturnKept || !p.ReturnAt.Equal(back) || s.PausedSeconds != 21*60 {
		t.Errorf("the pause: %+v, %d s", p, s.PausedSeconds)
	}
	if len(s.Exercises[0].Stays) != 2 {
		t.Errorf("a pause is not a move: %d stays", len(s.Exercises[0].Stays))
	}
}

func TestWhoWasOutIsTold(t *testing.T) {
	r := admitted(t)
	r.wait(time.Minute)
	out := r.now
	r.must(session.Counselor, session.StepOut{Who: session.SeatTwo})
	r.wait(4 * time.Minute)
	r.must(session.Counselor, session.Admit{Who: session.SeatTwo})
	back := r.now
	r.wait(time.Minute)
	r.must(session.One, session.Leave{})
	s := r.summary()
	if len(s.Absences) != 2 {
		t.Fatalf("absences: %+v", s.Absences)
	}
	a, b := s.Absences[0], s.Absences[1]
	if a.Who != session.SeatTwo || a.How != session.Outside || !a.From.Equal(out) || a.Until == nil || !a.Until.Equal(back) {
		t.Errorf("stepped out: %+v", a)
	}
	if b.Who != session.SeatOne || b.How != session.Gone || b.Until != nil {
		t.Errorf("left: %+v", b)
	}
}

// walk plays through everything up to and including the step with this id, with
// answers that can be told apart: "<step>-<seat>".
func walk(r *room, program exercise.Program, last string) {
	r.t.Helper()
	for {
		step := program.Steps[r.view().Step.Index]
		switch step.Kind {
		case exercise.Read:
			r.must(session.One, session.Ready{Step: r.step()})
		case exercise.Choose:
			r.submit(session.One, session.Answer{Choices: []string{"c1", "other"}, Text: "feel-one"})
			r.must(session.Two, session.Skip{Step: r.step()})
		case exercise.Write:
			for _, by := range []session.Role{session.One, session.Two} {
				if step.Audience == exercise.Device {
					r.must(by, session.DonePrivate{Step: r.step()})
					continue
				}
				r.submit(by, says(step.ID+"-"+string(by)))
			}
		case exercise.Reveal:
			r.must(session.Counselor, session.RevealAnswers{Step: r.step()})
		case exercise.Scale:
			r.submit(session.One, rates(3))
			r.submit(session.Two, rates(7))
		case exercise.Sort:
			r.submit(session.One, session.Answer{Sorted: map[string]string{"c1": "c2", "c2": "c1"}})
		case exercise.Ask:
			r.must(session.One, session.AskQuestion{Step: r.step(), Text: "ask-one"})
		case exercise.Gate:
			r.must(session.Counselor, session.AnswerGate{Step: r.step(), Text: "gate-answer"})
		case exercise.Agree:
			r.must(session.One, session.Edit{Step: r.step(), Wording: session.Wording{
				Revision: r.wording(), Text: "agree-words", From: "2026-11-23", Review: "2026-11-30", Expires: "2026-12-23",
			}})
			r.must(session.One, session.Sign{Step: r.step(), Wording: r.wording()})
			r.must(session.Two, session.Sign{Step: r.step(), Wording: r.wording()})
		}
		if step.ID == last {
			return
		}
		r.wait(time.Minute)
		r.advance()
	}
}

func told(t rapid.TB, s record.Summary) string {
	t.Helper()
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestWhatWasNotRevealedStaysSealed(t *testing.T) {
	r, program := admitted(t), everything(t)
	r.start(program)
	walk(r, program, "gone")
	r.must(session.Counselor, session.End{})
	s := r.summary()
	text := told(t, s)
	for _, never := range []string{"seal-one", "seal-two", "passing-one", "passing-two", "own-one", "gone-one"} {
		if strings.Contains(text, never) {
			t.Errorf("the summary tells %q", never)
		}
	}
	for _, kept := range []string{"feel-one", "tell-one", "tell-two"} {
		if !strings.Contains(text, kept) {
			t.Errorf("the summary does not tell %q", kept)
		}
	}
	held := map[string]record.Held{}
	for _, stay := range s.Exercises[0].Stays {
		if len(stay.Answers) > 0 {
			held[stay.Title] = stay.Answers[0].Held
		}
	}
	for title, want := range map[string]record.Held{
		"For you alone.": record.OnPhone, "For both, later.": record.Sealed, "For today.": record.NotKept,
		"For this minute.": record.NotKept, "For the counselor.": "", "How is it?": "",
	} {
		if got, ok := held[title]; !ok || got != want {
			t.Errorf("%q: held %q (told: %v), want %q", title, got, ok, want)
		}
	}
}

func TestWhatWasRevealedIsToldAndWhatWasForTodayGoesWithTheSession(t *testing.T) {
	r, program := admitted(t), everything(t)
	r.start(program)
	walk(r, program, "show")
	open := told(t, r.summary())
	for _, shown := range []string{"seal-one", "seal-two", "passing-one"} {
		if !strings.Contains(open, shown) {
			t.Errorf("while the session runs, %q is not told", shown)
		}
	}
	if strings.Contains(open, "gone-one") {
		t.Error("what goes with the step was kept")
	}
	r.must(session.Counselor, session.End{})
	s := r.summary()
	closed := told(t, s)
	if !strings.Contains(closed, "seal-one") || strings.Contains(closed, "passing-one") {
		t.Error("an ended session tells what was for the record, and only that")
	}
	var pair *session.RevealedPair
	for i, p := range s.Exercises[0].Shared {
		if p.One != nil && p.One.Text == "seal-one" {
			pair = &s.Exercises[0].Shared[i]
		}
	}
	if pair == nil || pair.Two == nil || pair.Two.Text != "seal-two" {
		t.Errorf("the pair that both saw is not side by side: %+v", s.Exercises[0].Shared)
	}
}

func TestTheWholeHourIsTold(t *testing.T) {
	r, program := admitted(t,
		session.Planned{Exercise: "everything", Title: "Everything once", Minutes: 20},
		session.Planned{Exercise: "closing", Title: "Closing", Minutes: 5, Frame: true}), everything(t)
	r.start(program)
	for _, v := range []int{4, 6, 5} {
		r.must(session.Two, session.SetDial{Value: v})
	}
	r.must(session.Counselor, session.Mark{Kind: session.MarkReach, Text: "mark-text"})
	r.must(session.Counselor, session.Whisper{To: session.SeatTwo, Text: "whisper-text"})
	walk(r, program, "agree")
	r.advance()
	r.must(session.Counselor, session.End{})
	s := r.summary()

	if n := len(s.Agreements.Concluded); n != 1 || s.Agreements.Edits != 1 {
		t.Errorf("%d agreements after %d edits", n, s.Agreements.Edits)
	}
	var turns []record.Turn
	for _, d := range s.Steadiness {
		turns = append(turns, d.Turn)
	}
	if !slices.Equal(turns, []record.Turn{record.Before, record.During, record.After}) {
		t.Errorf("the dial was told as %v", turns)
	}
	if len(s.Ratings) != 2 || s.Ratings[0].Measure != "trust" || s.Ratings[0].Value != 3 || s.Ratings[1].Who != session.SeatTwo {
		t.Errorf("ratings: %+v", s.Ratings)
	}
	if len(s.Marks) != 1 || s.Marks[0].Run != 1 || s.Marks[0].Step == "" || len(s.Whispers) != 1 {
		t.Errorf("marks %+v, whispers %+v", s.Marks, s.Whispers)
	}
	if s.Agenda[0].Fate != record.Done || s.Agenda[1].Fate != record.NotRun {
		t.Errorf("the agenda: %+v", s.Agenda)
	}
	if e := s.Early; e == nil || !e.Unclosed || len(e.NotRun) != 1 || e.Exercise != "" {
		t.Errorf("a closing that never was: %+v", e)
	}
	var tray []session.TrayItem
	var gate *record.Gate
	for _, stay := range s.Exercises[0].Stays {
		tray = append(tray, stay.Tray...)
		if stay.Gate != nil {
			gate = stay.Gate
		}
	}
	if len(tray) != 1 || tray[0].Text != "ask-one" {
		t.Errorf("tray: %d", len(tray))
	}
	if gate == nil || gate.Text != "gate-answer" || gate.Question != "Go on?" {
		t.Errorf("gate: %+v", gate)
	}
	if len(s.Exercises[0].Unmet) != 0 {
		t.Errorf("every step was reached, but it tells of %+v", s.Exercises[0].Unmet)
	}
}

func TestAGateIsToldWithItsQuestionAndInTheWordsOfItsOptions(t *testing.T) {
	r := admitted(t)
	r.start(compiled(t, "gated", "Gated", exercise.Step{
		ID: "go", Kind: exercise.Gate, Words: exercise.Words{Title: "Go on?", Prompt: "Can both go on?"}, Other: true,
		Options: []exercise.Choice{{ID: "as-planned", Text: "Yes, as planned"}, {ID: "not-today", Text: "Not today"}},
	}))
	r.must(session.Counselor, session.AnswerGate{Step: r.step(), Choice: "as-planned", Text: "With a pause first."})
	r.advance()
	gate := r.summary().Exercises[0].Stays[0].Gate
	if gate == nil || gate.Question != "Can both go on?" {
		t.Fatalf("the gate is told as %+v", gate)
	}
	if words := gate.Worded(gate.Options, nil, nil, exercise.English); words != "Yes, as planned; With a pause first." {
		t.Errorf("its answer is told as %q", string(words))
	}
}

// A practice may close with an exercise of its own: it is known by being a frame at
// the end, not by its name.
func TestAClosingIsKnownByItsPlace(t *testing.T) {
	opens := session.Planned{Exercise: "arrive", Title: "Arrive", Frame: true}
	echoes := session.Planned{Exercise: "echo", Title: "Floor and echo"}
	closes := session.Planned{Exercise: "our-own-end", Title: "Our own end", Frame: true}
	for name, c := range map[string]struct {
		agenda   []session.Planned
		unclosed bool
	}{
		"planned and not held":   {[]session.Planned{opens, echoes, closes}, true},
		"no closing was planned": {[]session.Planned{opens, echoes}, false},
		"no frame at all":        {[]session.Planned{echoes, {Exercise: "closing", Title: "Not a frame"}}, false},
	} {
		r := admitted(t, c.agenda...)
		r.must(session.Counselor, session.End{})
		if early := r.summary().Early; early == nil || early.Unclosed != c.unclosed {
			t.Errorf("%s: told %+v", name, early)
		}
	}
	r := admitted(t, echoes, closes)
	end := echo(t)
	end.ID, end.Frame = "our-own-end", true
	r.start(end)
	r.must(session.Counselor, session.Skip{Step: r.step()})
	r.must(session.Counselor, session.Skip{Step: r.step()})
	r.must(session.Counselor, session.Skip{Step: r.step()})
	r.must(session.Counselor, session.End{})
	if early := r.summary().Early; early == nil || early.Unclosed {
		t.Errorf("held: told %+v", early)
	}
}

func TestGoingBackTellsAnAnswerOnce(t *testing.T) {
	r, program := admitted(t), everything(t)
	r.start(program)
	walk(r, program, "tell")
	r.advance()
	r.must(session.Counselor, session.Back{Step: r.step()})
	r.must(session.Counselor, session.End{})
	s := r.summary()
	told := 0
	for _, stay := range s.Exercises[0].Stays {
		if stay.Title == "For the counselor." {
			told += len(stay.Answers)
			for _, g := range stay.Answers {
				if g.Held != "" || g.At == nil {
					t.Errorf("taken up again, the answer is %+v", g)
				}
			}
		}
	}
	if told != 2 {
		t.Errorf("two answers were told %d times", told)
	}
	if e := s.Early; e == nil || e.Exercise != "Everything once" || e.Index != 3 || e.Of != len(program.Steps) {
		t.Errorf("cut short, it tells %+v", e)
	}
	if len(s.Exercises[0].Unmet) == 0 || s.Exercises[0].Fate != record.CutOff {
		t.Errorf("cut short: fate %s, %d steps not reached", s.Exercises[0].Fate, len(s.Exercises[0].Unmet))
	}
}

func TestAStoppedExerciseIsToldAsStopped(t *testing.T) {
	r := admitted(t, session.Planned{Exercise: "echo", Title: "Floor and echo"})
	r.start(echo(t))
	r.must(session.Counselor, session.StopExercise{})
	r.must(session.Counselor, session.End{})
	s := r.summary()
	if s.Exercises[0].Fate != record.Stopped || s.Early == nil || len(s.Early.Stopped) != 1 || s.Early.Exercise != "" {
		t.Errorf("fate %s, early %+v", s.Exercises[0].Fate, s.Early)
	}
}
