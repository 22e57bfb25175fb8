package session_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

// arguments of a line of a story.
type arguments map[string]string

func arg(args []datadriven.CmdArg) arguments {
	a := arguments{}
	for _, x := range args {
		a[x.Key] = strings.Join(x.Vals, ", ")
	}
	return a
}

func (a arguments) number(name string) int {
	n, _ := strconv.Atoi(a[name])
	return n
}

func (a arguments) list(name string) []string {
	if a[name] == "" {
		return nil
	}
	return strings.Split(a[name], ", ")
}

func (a arguments) has(name string) bool { _, ok := a[name]; return ok }

// parse reads what somebody does. Where no step is named, it is the present one.
func (s *story) parse(t *testing.T, d *datadriven.TestData) session.Command {
	t.Helper()
	a := arg(d.CmdArgs[1:])
	text := private.Text(strings.TrimSpace(d.Input))
	step := s.key()
	if a.has("step") {
		step = a["step"]
	}
	who := session.Seat(a["who"])
	switch verb := d.CmdArgs[0].Key; verb {
	case "open":
		return session.Open{Facts: s.facts(a, text)}
	case "invite":
		return session.Invite{Seat: who}
	case "set_agenda":
		return session.SetAgenda{Agenda: planned(a.list("exercises"))}
	case "name_counselors":
		return session.NameCounselors{Names: text, Anew: a.has("anew")}
	case "admit":
		return session.Admit{Who: who}
	case "step_out":
		return session.StepOut{Who: who}
	case "remove":
		return session.Remove{Who: who}
	case "start":
		c := cast()
		if a["a"] == "two" {
			c[exercise.A], c[exercise.B] = session.SeatTwo, session.SeatOne
		}
		return session.StartExercise{Program: s.programs[a["exercise"]], Cast: c, Sure: a.has("sure")}
	case "advance":
		return session.Advance{Step: step}
	case "back":
		return session.Back{Step: step}
	case "repeat":
		return session.Repeat{Step: step}
	case "skip":
		return session.Skip{Step: step}
	case "stop_exercise":
		return session.StopExercise{}
	case "pass_turn":
		return session.PassTurn{Step: step}
	case "extend":
		return session.Extend{Step: step, Seconds: a.number("seconds"), Off: a.has("off")}
	case "reveal":
		return session.RevealAnswers{Step: step}
	case "answer_gate":
		return session.AnswerGate{Step: step, Choice: a["choice"], Text: text}
	case "set_mirror":
		return session.SetMirror{Step: step, Writing: a.has("writing")}
	case "tray":
		return session.Deal{Step: step, Question: a.number("question"), To: session.Dealing(a["to"]), Text: text}
	case "set_return":
		in, _ := time.ParseDuration(a["in"])
		return session.SetReturn{At: s.now.Add(in)}
	case "resume":
		return session.Resume{}
	case "neutral":
		return session.Neutral{}
	case "whisper":
		return session.Whisper{To: session.Seat(a["to"]), Text: text}
	case "mark":
		return session.Mark{Kind: session.Marker(a["kind"]), Text: text}
	case "end":
		return session.End{}
	case "consent":
		return session.Consent{Policy: a.number("policy"), Language: exercise.Language(a["language"])}
	case "set_language":
		return session.SetLanguage{Language: exercise.Language(a["language"])}
	case "ready":
		return session.Ready{Step: step}
	case "yield":
		return session.Yield{Step: step}
	case "confirm":
		return session.Confirm{Step: step, Heard: session.Hearing(a["heard"])}
	case "submit":
		return session.Submit{Step: step, Answer: answer(a, text)}
	case "take_back":
		return session.TakeBack{Step: step}
	case "ask":
		return session.AskQuestion{Step: step, Text: text}
	case "reply":
		return session.Reply{Step: step, Question: a.number("question"), How: session.Replying(a["how"]), Text: text}
	case "edit":
		w := session.Wording{Revision: a.number("revision"), Text: text, From: a["from"], Review: a["review"], Expires: a["expires"]}
		return session.Edit{Step: step, Wording: w}
	case "sign":
		return session.Sign{Step: step, Wording: a.number("wording")}
	case "not_today":
		return session.NotToday{Step: step}
	case "withdraw":
		return session.Withdraw{Agreement: a["agreement"]}
	case "done_private":
		return session.DonePrivate{Step: step}
	case "dial":
		return session.SetDial{Value: a.number("value")}
	case "pause":
		return session.Pause{}
	case "leave":
		return session.Leave{}
	default:
		d.Fatalf(t, "nobody can %q", verb)
		return nil
	}
}

func (s *story) facts(a arguments, text private.Text) session.Facts {
	f := facts(session.NoSecrets)
	if a.has("secrets") {
		f.Policy.Secrets = session.Secrets(a["secrets"])
	}
	switch {
	case a.has("unseen"):
		f.Suitability = nil
	case a.has("override"):
		f.Suitability = &session.Suitability{Statement: "override", Reason: text, At: begin}
	}
	f.Agenda = planned(a.list("agenda"))
	for _, id := range a.list("agreements") {
		f.Agreements = append(f.Agreements, session.Agreement{
			ID: id, Wording: session.Wording{Revision: 2, Text: "We talk on Sundays.", From: "2026-11-16"}, SignedAt: begin.AddDate(0, 0, -7),
		})
	}
	return f
}

func planned(ids []string) []session.Planned {
	var p []session.Planned
	for _, id := range ids {
		p = append(p, session.Planned{Exercise: id, Title: "Exercise " + id, Minutes: 20})
	}
	return p
}

func answer(a arguments, text private.Text) session.Answer {
	answer := session.Answer{Text: text, Choices: a.list("choices")}
	if a.has("value") {
		n := a.number("value")
		answer.Value = &n
	}
	for _, pair := range a.list("sorted") {
		if answer.Sorted == nil {
			answer.Sorted = map[string]string{}
		}
		card, bucket, _ := strings.Cut(pair, ":")
		answer.Sorted[card] = bucket
	}
	return answer
}

// parseProgram reads one step a line: "kind who key=value …".
func parseProgram(t *testing.T, d *datadriven.TestData) exercise.Program {
	t.Helper()
	var steps []exercise.Instruction
	for line := range strings.Lines(d.Input) {
		kind, args, err := datadriven.ParseLine(line)
		if err != nil || len(args) == 0 {
			d.Fatalf(t, "not a step: %s", line)
		}
		a := arg(args[1:])
		i := exercise.Instruction{
			Step: exercise.Step{
				Kind: exercise.Kind(kind), Who: exercise.Who(args[0].Key),
				Audience: exercise.Audience(a["audience"]), NoSecrets: exercise.NoSecrets(a["no_secrets"]),
				Preview: a.has("preview"), Skippable: a.has("skippable"), Other: a.has("other"),
				Seconds: a.number("seconds"), AtMost: a.number("at_most"), MaxLength: a.number("max_length"),
				Options: choices(a.list("options")...), Cards: choices(a.list("cards")...), Buckets: choices(a.list("buckets")...),
				Review: a.number("review"), Expires: a.number("expires"), Measure: a["measure"],
			},
			AlmostTo: -1, MoreTo: -1,
		}
		i.Prompt, i.Listener, i.Elsewise, i.Sentence = a["prompt"], a["listener"], a["elsewise"], a["frame"]
		i.Counselor, i.Low, i.High = a["counselor"], a["low"], a["high"]
		if a.has("almost") {
			i.AlmostTo = a.number("almost")
		}
		if a.has("more") {
			i.MoreTo = a.number("more")
		}
		if a.has("about") {
			i.Asked = []int{a.number("about")}
		}
		for _, of := range a.list("of") {
			n, _ := strconv.Atoi(of)
			i.OfSteps = append(i.OfSteps, n)
		}
		steps = append(steps, i)
	}
	p := program(d.CmdArgs[0].Key, steps...)
	for _, how := range d.CmdArgs[1:] {
		switch how.Key {
		case "deep":
			p.Intensity = exercise.Deep
		case "translated":
			p.Translations = map[exercise.Language]exercise.Translation{exercise.Spanish: inSpanish(p)}
		}
	}
	return p
}
