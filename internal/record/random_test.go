package record_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/promise"
	"mend/internal/record"
	"mend/internal/session"
)

// scribe plays at random and remembers what became of every word.
type scribe struct {
	*room
	words int
	// answers tells, for each marker that was submitted, under which audience and
	// retention, and shown which of them were revealed.
	answers map[string]exercise.Instruction
	inForce map[string]exercise.Audience
	shown   map[string]bool
	asides  []string // marks and whispers
}

func (s *scribe) text() private.Text {
	s.words++
	return private.Text(fmt.Sprintf("marker%04dx", s.words))
}

// command is one that somebody might send now.
func (s *scribe) command(t *rapid.T, programs []exercise.Program) (session.Role, session.Command) {
	step := s.step()
	seat := rapid.SampledFrom(session.Seats()).Draw(t, "seat")
	one := seat.Role()
	value := rapid.IntRange(0, 10).Draw(t, "value")
	desk := session.Counselor
	here := exercise.Instruction{}
	if v := s.view(); v.Step != nil && s.state.Run != nil {
		here = s.state.Run.Program.Steps[v.Step.Index]
	}
	answer := session.Answer{}
	switch here.Kind {
	case exercise.Scale:
		answer.Value = &value
	case exercise.Choose:
		answer = session.Answer{Choices: []string{"other"}, Text: s.text()}
	case exercise.Sort:
		answer.Sorted = map[string]string{"c1": "c2", "c2": "c1"}
	default:
		answer.Text = s.text()
	}
	switch rapid.IntRange(0, 33).Draw(t, "what") {
	case 0, 1, 2, 3:
		return desk, session.Advance{Step: step}
	case 4:
		return desk, session.Back{Step: step}
	case 5:
		return desk, session.Repeat{Step: step}
	case 6:
		return desk, session.Skip{Step: step}
	case 7:
		return one, session.Skip{Step: step}
	case 8:
		return desk, session.StopExercise{}
	case 9, 10, 11, 12, 13:
		return one, session.Submit{Step: step, Answer: answer}
	case 14:
		return one, session.DonePrivate{Step: step}
	case 15:
		return one, session.TakeBack{Step: step}
	case 16, 17:
		return desk, session.RevealAnswers{Step: step}
	case 18, 19:
		return one, session.Yield{Step: step}
	case 20, 21:
		h := rapid.SampledFrom([]session.Hearing{session.HeardYes, session.HeardAlmost, session.HeardMore}).Draw(t, "heard")
		return one, session.Confirm{Step: step, Heard: h}
	case 22:
		return one, session.Pause{}
	case 23:
		return desk, session.Resume{}
	case 24:
		return desk, session.SetReturn{At: s.now.Add(20 * time.Minute)}
	case 25:
		return one, session.AskQuestion{Step: step, Text: s.text()}
	case 26:
		return desk, session.AnswerGate{Step: step, Text: s.text()}
	case 27:
		return one, session.Edit{Step: step, Wording: session.Wording{Revision: s.wording(), Text: s.text()}}
	case 28:
		return one, session.Sign{Step: step, Wording: s.wording()}
	case 29:
		return one, session.SetDial{Value: value}
	case 30:
		aside := s.text()
		s.asides = append(s.asides, string(aside))
		if value < 5 {
			return desk, session.Mark{Kind: session.MarkNote, Text: aside}
		}
		return desk, session.Whisper{To: seat, Text: aside}
	case 31:
		return desk, session.SetMirror{Step: step, Writing: value < 5}
	case 32:
		switch value {
		case 0:
			return desk, session.End{}
		case 1:
			return one, session.Leave{}
		case 2:
			return desk, session.StepOut{Who: seat}
		case 3:
			return one, session.Consent{Policy: 3}
		case 4:
			return desk, session.Neutral{}
		}
		return desk, session.Admit{Who: seat}
	}
	return desk, session.StartExercise{Program: rapid.SampledFrom(programs).Draw(t, "program"), Cast: cast}
}

// keep remembers what the newest record says about somebody's words.
func (s *scribe) keep(before session.State) {
	last := s.log[len(s.log)-1]
	switch e := last.Event.(type) {
	case session.Submitted:
		index := session.ViewFor(before, session.Counselor).(session.CounselorView).Step.Index
		if e.Answer.Text != "" {
			s.answers[string(e.Answer.Text)] = before.Run.Program.Steps[index]
			s.inForce[string(e.Answer.Text)] = e.Audience
		}
	case session.Revealed:
		for _, p := range e.Pairs {
			s.shown[string(p.One.Text)], s.shown[string(p.Two.Text)] = true, true
		}
	}
}

// play makes a random session, as far as it goes.
func play(t *rapid.T, programs []exercise.Program) *scribe {
	s := &scribe{
		room: admitted(t,
			session.Planned{Exercise: "everything", Title: "Everything once"}, session.Planned{Exercise: "closing", Title: "Closing"}),
		answers: map[string]exercise.Instruction{}, inForce: map[string]exercise.Audience{}, shown: map[string]bool{},
	}
	s.start(programs[0])
	// Somewhere along the exercise the orderly part ends.
	walk(s.room, programs[0], rapid.SampledFrom(programs[0].Steps).Draw(t, "orderly until").ID)
	for range rapid.IntRange(1, 80).Draw(t, "length") {
		by, c := s.command(t, programs)
		before := s.state
		if s.try(by, c) {
			s.keep(before)
		}
		s.wait(time.Duration(rapid.IntRange(0, 90_000).Draw(t, "ms")) * time.Millisecond)
	}
	if rapid.Bool().Draw(t, "ended") {
		s.try(session.Counselor, session.End{})
	}
	return s
}

func TestEveryBeginningOfEveryLogIsToldTruly(t *testing.T) {
	promise.Histories(t, 10_000)
	programs := []exercise.Program{everything(t), echo(t)}
	ended, cut := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s := play(t, programs)
		for n := range s.log {
			log := s.log[:n+1]
			sum, err := record.Build(log)
			if err != nil {
				t.Fatalf("after %d records: %v", n+1, err)
			}
			state := session.Replay(log)
			view := session.ViewFor(state, session.Counselor).(session.CounselorView)
			if over := view.Phase == session.HasEnded; over != (sum.State == record.Ended) {
				t.Fatalf("phase %s was told as %s", view.Phase, sum.State)
			}
			if (sum.Early != nil) != (sum.State == record.Ended && unfinished(state)) {
				t.Fatalf("early end: told %+v, but unfinished is %v and the state %s", sum.Early, unfinished(state), sum.State)
			}
			if sum.State == record.Ended {
				ended++
				if state.Run != nil {
					cut++
					if sum.Early.Exercise != state.Run.Program.Title {
						t.Fatalf("cut short in %q, told as %q", state.Run.Program.Title, sum.Early.Exercise)
					}
				}
			}
			if len(sum.Exercises) != state.Runs {
				t.Fatalf("%d exercises were begun, %d are told", state.Runs, len(sum.Exercises))
			}
			agreeWithTheConsole(t, sum, view)
		}
	})
	if ended == 0 || cut == 0 {
		t.Fatalf("only %d ended sessions were looked at, %d of them cut short", ended, cut)
	}
}

// unfinished tells whether something that was planned or begun was not done.
func unfinished(s session.State) bool {
	return s.Run != nil || s.Hold != nil ||
		slices.ContainsFunc(s.Agenda, func(i session.AgendaItem) bool { return i.State != "done" })
}

// agreeWithTheConsole compares with what the counselor sees at the same moment.
func agreeWithTheConsole(t *rapid.T, sum record.Summary, view session.CounselorView) {
	if view.Step == nil {
		return
	}
	p := sum.Exercises[len(sum.Exercises)-1]
	here := p.Stays[len(p.Stays)-1]
	if here.Step != view.Step.Key || here.Until != nil || p.Fate != record.Running {
		t.Fatalf("the room is at %s, but it is told to be at %s, until %v, %s", view.Step.Key, here.Step, here.Until, p.Fate)
	}
	held := map[session.Seat]int{}
	for _, s := range p.Stays {
		if s.Floor != nil && s.Until != nil && s.Kind.HoldsFloor() {
			held[*s.Floor] += s.Seconds
		}
	}
	for _, seat := range session.Seats() {
		if held[seat] != view.Step.FloorSeconds[seat] {
			t.Fatalf("the console counts %v seconds of floor, the summary %v", view.Step.FloorSeconds, held)
		}
	}
}

func TestNoSummaryTellsWhatTheCounselorMayNotRead(t *testing.T) {
	promise.Histories(t, 10_000)
	programs := []exercise.Program{everything(t), echo(t)}
	withheld, told := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s := play(t, programs)
		sum, err := record.Build(s.log)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := json.Marshal(sum)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(raw), ":null") || strings.Contains(string(raw), "[null") {
			t.Fatalf("a list or a value is null on the wire: %s", raw)
		}
		draft := everyDraft(t, sum)
		for marker, step := range s.answers {
			sealed := s.inForce[marker] == exercise.Sealed && !s.shown[marker]
			gone := step.Retention == exercise.KeepNone || step.Retention == exercise.KeepSession && sum.State == record.Ended
			in := strings.Contains(string(raw), marker)
			if (sealed || gone) && in {
				t.Fatalf("told, though sealed: %v, to be forgotten: %v", sealed, gone)
			}
			if sealed || gone {
				withheld++
			}
			if in {
				told++
			}
			if s.inForce[marker] != exercise.Room && !s.shown[marker] && strings.Contains(draft, marker) {
				t.Fatalf("what was answered under %q was drafted into a note", s.inForce[marker])
			}
		}
		for _, aside := range s.asides {
			if strings.Contains(draft, aside) {
				t.Fatal("a mark or a whisper was drafted into a note")
			}
		}
	})
	if withheld == 0 || told == 0 {
		t.Fatalf("%d answers were withheld and %d told: nothing was compared", withheld, told)
	}
}

// everyDraft joins the drafts of all formats, and holds each line to its marker.
func everyDraft(t *rapid.T, s record.Summary) string {
	var all strings.Builder
	for _, format := range []record.NoteFormat{record.SOAP, record.DAP, record.BIRP, record.GIRP, record.Free} {
		for _, text := range slices.Collect(maps.Values(record.Draft(s, format, exercise.Spanish))) {
			for line := range strings.Lines(string(text)) {
				if !strings.HasPrefix(line, record.Unconfirmed) || len(line) == len(record.Unconfirmed) {
					t.Fatalf("%s: a drafted line is not marked as unconfirmed", format)
				}
				all.WriteString(line)
			}
		}
	}
	return all.String()
}
