package session_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

// chance makes what a property needs: programs and commands. It is fed with numbers,
// either drawn or always the first, so that the same builder serves random histories
// and the question whether a command that a view offers can be given at all.
type chance struct {
	draw func(n int) int // 0 ≤ draw(n) < n
	say  func() private.Text
}

// drawn scatters what is drawn: small numbers come most often, and here every choice
// should come as often as every other. Nothing still gives the first.
func drawn(t *rapid.T) func(int) int {
	return func(n int) int {
		x := rapid.Uint64Range(0, 1<<20).Draw(t, "n")
		return int(x * 0x9E3779B97F4A7C15 >> 33 % uint64(max(1, n)))
	}
}

func first(int) int { return 0 }

func pick[T any](c chance, from ...T) T { return from[c.draw(len(from))] }

func (c chance) odds(of int) bool { return c.draw(of) == of-1 }

// program holds every kind of step, in any order, with any targets and audiences.
func (c chance) program(id string) exercise.Program {
	kinds := exercise.Kinds()
	for i := range kinds {
		j := i + c.draw(len(kinds)-i)
		kinds[i], kinds[j] = kinds[j], kinds[i]
	}
	for range c.draw(4) {
		kinds = append(kinds, pick(c, exercise.Kinds()...))
	}
	begins := pick(c, nil,
		[]exercise.Kind{exercise.Write, exercise.Reveal, exercise.Agree},
		[]exercise.Kind{exercise.Speak, exercise.Mirror, exercise.Confirm})
	kinds = append(slices.Clone(begins), kinds...)
	steps := make([]exercise.Instruction, len(kinds))
	var answering []int
	for i, kind := range kinds {
		steps[i] = c.instruction(kind, i, len(kinds))
		if kind == exercise.Reveal && len(answering) > 0 && !c.odds(4) {
			steps[i].OfSteps = []int{pick(c, answering...)} // rather something that can be revealed
		}
		if steps[i].Audience == exercise.Sealed {
			answering = append(answering, i)
		}
	}
	if len(begins) > 0 {
		switch begins[0] { // what chance alone seldom brings about
		case exercise.Write:
			steps[0].Who, steps[0].Audience, steps[1].OfSteps = exercise.Both, exercise.Sealed, []int{0}
		case exercise.Speak:
			steps[1].Who, steps[2].Who = steps[0].Who.Exchange(), steps[0].Who
			steps[2].AlmostTo, steps[2].MoreTo = 1, 0
		}
	}
	p := program(id, steps...)
	p.Guidance = exercise.Guidance{Purpose: neverShown(0), WatchFor: neverShown(1), StopIf: neverShown(2)}
	p.Intensity = pick(c, exercise.Steady, exercise.Deep)
	p.Translations = map[exercise.Language]exercise.Translation{exercise.Spanish: inSpanish(p)}
	return p
}

// inSpanish are a program's words as another language would have them: none is the same.
func inSpanish(p exercise.Program) exercise.Translation {
	es := func(text string) string {
		if text == "" {
			return ""
		}
		return "¡" + text + "!"
	}
	choices := func(list []exercise.Choice) map[string]string {
		words := map[string]string{}
		for _, c := range list {
			words[c.ID] = es(c.Text)
		}
		return words
	}
	t := exercise.Translation{
		Title: es(p.Title), Steps: map[string]exercise.StepWords{},
		Counselor: exercise.Guidance{Purpose: es(p.Guidance.Purpose), WatchFor: es(p.Guidance.WatchFor), StopIf: es(p.Guidance.StopIf)},
	}
	for _, s := range p.Steps {
		t.Steps[s.ID] = exercise.StepWords{
			Words: exercise.Words{
				Title: es(s.Title), Prompt: es(s.Prompt), Listener: es(s.Listener), Note: es(s.Note), Counselor: es(s.Counselor),
				Sentence: es(s.Sentence), Low: es(s.Low), High: es(s.High), Elsewise: es(s.Elsewise),
			},
			Options: choices(s.Options), Cards: choices(s.Cards), Buckets: choices(s.Buckets),
		}
	}
	return t
}

func (c chance) instruction(kind exercise.Kind, i, n int) exercise.Instruction {
	step := exercise.Instruction{AlmostTo: -1, MoreTo: -1}
	step.Kind = kind
	step.Counselor = neverShown(100 + i)
	step.Prompt = "Prompt."
	step.Listener = "Listener."
	step.Elsewise = "Something else."
	step.Seconds = pick(c, 0, 60)
	step.Skippable = c.draw(2) == 0
	step.Who = pick(c, exercise.Both, exercise.Who(exercise.A), exercise.Who(exercise.B))
	refer := func() []int {
		var of []int
		for range 1 + c.draw(3) {
			of = append(of, c.draw(n))
		}
		return of
	}
	switch kind {
	case exercise.Choose:
		step.Options, step.Other, step.AtMost = choices("x", "y", "z"), c.draw(2) == 0, pick(c, 0, 2)
	case exercise.Sort:
		step.Cards, step.Buckets = choices("k1", "k2"), choices("left", "middle", "right")
		if c.draw(2) == 0 {
			step.OfSteps = refer()
		}
	case exercise.Reveal, exercise.Agree:
		step.Who, step.OfSteps = exercise.Both, refer()
		step.Sentence, step.Review, step.Expires = pick(c, "", "We try:"), pick(c, 0, 7), pick(c, 0, 30)
	case exercise.Speak, exercise.Mirror, exercise.Say, exercise.Confirm:
		step.Who = exercise.Who(pick(c, exercise.A, exercise.B))
		if kind == exercise.Confirm {
			step.AlmostTo, step.MoreTo, step.AtMost = c.draw(i+1)-1, c.draw(i+1)-1, pick(c, 0, 1, 3)
		} else if c.draw(2) == 0 {
			step.OfSteps = refer()
		}
		step.Asked = refer()
	case exercise.Ask:
		step.AtMost = pick(c, 0, 2)
	case exercise.Gate, exercise.Prompt:
		step.Who, step.Title, step.Note, step.Prompt = exercise.Counselor, neverShown(200+i), neverShown(230+i), neverShown(260+i)
		if c.draw(2) == 0 {
			step.Options = []exercise.Choice{{ID: "go", Text: neverShown(290 + i)}}
		}
	}
	if kind.Answers() {
		step.Audience = pick(c, exercise.Sealed, exercise.Sealed, exercise.Room, exercise.ToCounselor, exercise.Device)
		step.NoSecrets = pick(c, exercise.Warned, exercise.ToDevice)
		step.Preview = c.draw(2) == 0
	}
	return step
}

// offered builds a command by its name from what a view shows, and from nothing
// else; ok is false where the view does not suffice.
func (c chance) offered(r *rehearsal, by session.Role, name string) (cmd session.Command, ok bool) {
	return c.offering(r, by)(name)
}

// offering looks at somebody's view once, for all that it offers.
func (c chance) offering(r *rehearsal, by session.Role) func(name string) (session.Command, bool) {
	if seat, isPartner := by.Seat(); isPartner {
		v := r.phone(seat)
		return func(name string) (session.Command, bool) { return c.fromPhone(v, name) }
	}
	v := r.desk()
	return func(name string) (session.Command, bool) { return c.fromDesk(r.now, v, name) }
}

func (c chance) fromDesk(now time.Time, v session.CounselorView, name string) (session.Command, bool) {
	var step session.CounselorStep
	if v.Step != nil {
		step = *v.Step
	}
	who := func(states ...session.SeatState) session.Seat {
		var fit []session.Seat
		for _, s := range session.Seats() {
			for _, state := range states {
				if v.Doors[s] == state {
					fit = append(fit, s)
				}
			}
		}
		if len(fit) == 0 {
			return ""
		}
		return pick(c, fit...)
	}
	switch name {
	case "open":
		f := facts(pick(c, session.NoSecrets, session.LimitedSecrets))
		f.Suitability = &session.Suitability{Statement: "override", Reason: c.say(), At: now}
		f.Agenda = planned([]string{"p1", "p2"})
		f.Agreements = []session.Agreement{{ID: "s0.1.1.1", Wording: session.Wording{Revision: 1, Text: "As before."}, SignedAt: begin}}
		return session.Open{Facts: f}, true
	case "invite":
		return session.Invite{Seat: pick(c, session.Seats()...)}, true
	case "set_agenda":
		return session.SetAgenda{Agenda: planned([]string{pick(c, "p1", "p3")})}, true
	case "name_counselors":
		return session.NameCounselors{Names: private.Text(pick(c, "Mara", "Mara & Jo")), Anew: c.odds(2)}, true
	case "admit":
		return session.Admit{Who: who(session.AtDoor, session.Outside)}, true
	case "step_out":
		return session.StepOut{Who: who(session.Inside)}, true
	case "remove":
		return session.Remove{Who: who(session.Invitee, session.AtDoor, session.Inside, session.Outside, session.Gone)}, true
	case "start_exercise":
		cast := cast()
		if c.draw(2) == 1 {
			cast[exercise.A], cast[exercise.B] = session.SeatTwo, session.SeatOne
		}
		return session.StartExercise{Program: c.program(pick(c, "p1", "p2", "p3")), Cast: cast, Sure: true}, true
	case "advance":
		return session.Advance{Step: step.Key}, true
	case "back":
		return session.Back{Step: step.Key}, true
	case "repeat":
		return session.Repeat{Step: step.Key}, true
	case "skip":
		return session.Skip{Step: step.Key}, true
	case "stop_exercise":
		return session.StopExercise{}, true
	case "pass_turn":
		return session.PassTurn{Step: step.Key}, true
	case "extend":
		return session.Extend{Step: step.Key, Seconds: 1 + c.draw(600)}, true
	case "reveal":
		return session.RevealAnswers{Step: step.Key}, true
	case "answer_gate":
		if len(step.Options) > 0 {
			return session.AnswerGate{Step: step.Key, Choice: pick(c, step.Options...).ID, Text: c.say()}, true
		}
		return session.AnswerGate{Step: step.Key, Text: c.say()}, true
	case "set_mirror":
		return session.SetMirror{Step: step.Key, Writing: !step.Writing}, true
	case "tray":
		var fit []int
		for _, q := range step.Tray {
			if q.How == "" {
				fit = append(fit, q.Question)
			}
		}
		if len(fit) == 0 {
			return nil, false
		}
		d := session.Deal{Step: step.Key, Question: pick(c, fit...)}
		d.To = pick(c, session.DealNow, session.DealReshape, session.DealPrepare, session.DealNotHelpful)
		if d.To == session.DealReshape {
			d.Text = c.say()
		}
		return d, true
	case "set_return":
		return session.SetReturn{At: now.Add(time.Duration(1+c.draw(60)) * time.Minute)}, true
	case "resume":
		return session.Resume{}, true
	case "neutral":
		return session.Neutral{}, true
	case "whisper":
		return session.Whisper{To: who(session.Inside), Text: c.say()}, true
	case "mark":
		return session.Mark{Kind: pick(c, session.MarkNote, session.MarkBlame), Text: c.say()}, true
	case "edit":
		return c.edit(step.StepHead), step.Wording != nil
	case "pause":
		return session.Pause{}, true
	case "end":
		return session.End{}, true
	}
	return nil, false
}

func (c chance) edit(step session.StepHead) session.Command {
	if step.Wording == nil {
		return nil
	}
	w := *step.Wording
	w.Text = c.say()
	return session.Edit{Step: step.Key, Wording: w}
}

func (c chance) fromPhone(v session.PartnerView, name string) (session.Command, bool) {
	var step session.PartnerStep
	if v.Step != nil {
		step = *v.Step
	}
	switch name {
	case "consent":
		return session.Consent{Policy: v.Policy.Version, Language: pick(c, "", exercise.English, exercise.Spanish)}, true
	case "set_language":
		return session.SetLanguage{Language: pick(c, exercise.Spanish, exercise.English)}, true
	case "leave":
		return session.Leave{}, true
	case "dial":
		return session.SetDial{Value: c.draw(11)}, true
	case "pause":
		return session.Pause{}, true
	case "ready":
		return session.Ready{Step: step.Key}, true
	case "yield":
		return session.Yield{Step: step.Key}, true
	case "confirm":
		return session.Confirm{Step: step.Key, Heard: pick(c, step.Offers...)}, len(step.Offers) > 0
	case "extend":
		return session.Extend{Step: step.Key, Seconds: 30}, true
	case "submit":
		a, ok := c.answer(step.StepHead)
		return session.Submit{Step: step.Key, Answer: a}, ok
	case "take_back":
		return session.TakeBack{Step: step.Key}, true
	case "skip":
		return session.Skip{Step: step.Key}, true
	case "done_private":
		return session.DonePrivate{Step: step.Key}, true
	case "ask":
		return session.AskQuestion{Step: step.Key, Text: c.say()}, true
	case "reply":
		var fit []int
		for _, q := range step.Questions {
			if !q.Mine {
				fit = append(fit, q.Question)
			}
		}
		if len(fit) == 0 {
			return nil, false
		}
		how := pick(c, session.ReplyBy, session.ReplyNow, session.ReplyWillNot)
		return session.Reply{Step: step.Key, Question: pick(c, fit...), How: how, Text: c.say()}, true
	case "edit":
		return c.edit(step.StepHead), step.Wording != nil
	case "sign":
		if step.Wording == nil {
			return nil, false
		}
		return session.Sign{Step: step.Key, Wording: step.Wording.Revision}, true
	case "not_today":
		return session.NotToday{Step: step.Key}, true
	case "withdraw":
		for _, a := range v.Agreements {
			if !a.Withdrawn {
				return session.Withdraw{Agreement: a.ID}, true
			}
		}
	}
	return nil, false
}

func (c chance) answer(step session.StepHead) (a session.Answer, ok bool) {
	switch step.Kind {
	case exercise.Write, exercise.Mirror:
		a.Text = c.say()
	case exercise.Scale:
		v := c.draw(11)
		a.Value = &v
	case exercise.Choose:
		switch {
		case c.odds(4):
			a.Choices = []string{pick(c, "none", "not_sure")}
		case step.Other && c.odds(3):
			a.Choices, a.Text = []string{"other"}, c.say()
		default:
			a.Choices = []string{pick(c, step.Options...).ID}
		}
	case exercise.Sort:
		a.Sorted = map[string]string{}
		for _, card := range step.Cards {
			a.Sorted[card.ID] = pick(c, step.Buckets...).ID
		}
		return a, len(step.Cards) > 0
	default:
		return a, false
	}
	return a, true
}

// wild is a command as a broken or hostile client might send it.
func (c chance) wild(key string) session.Command {
	step := pick(c, key, key, "", "1.0.1", "1.999.1", "nonsense")
	seat := pick(c, session.SeatOne, session.SeatTwo, session.Seat(""), session.Seat("three"))
	said := c.say()
	text := pick(c, said, "", " \n", said+"\x00", said+"\xff\xfe", private.Text(strings.Repeat(string(said), 2000)))
	n := pick(c, -1, 0, 1, 11, 601, 1<<40)
	return pick[session.Command](c,
		session.Open{}, session.Open{Facts: facts("whatever")},
		session.Invite{Seat: seat}, session.SetAgenda{Agenda: make([]session.Planned, c.draw(50))},
		session.NameCounselors{Names: private.Text(pick(c, "Mara", "Mara & Jo")), Anew: c.draw(2) == 0}, session.NameCounselors{},
		session.Admit{Who: seat}, session.StepOut{Who: seat}, session.Remove{Who: "three"},
		session.StartExercise{}, session.StartExercise{Program: chance{first, c.say}.program("wild"), Cast: session.Cast{exercise.A: seat}},
		session.Advance{Step: step}, session.Back{Step: step}, session.Skip{Step: step}, session.Repeat{Step: step},
		session.PassTurn{Step: step}, session.Extend{Step: step, Seconds: n}, session.Extend{Step: step, Off: true},
		session.RevealAnswers{Step: step}, session.AnswerGate{Step: step, Choice: "perhaps", Text: text},
		session.SetMirror{Step: step, Writing: true}, session.Deal{Step: step, Question: n, To: "never", Text: text},
		session.SetReturn{}, session.Resume{}, session.Neutral{}, session.Whisper{To: seat, Text: text},
		session.Mark{Kind: "applause", Text: text}, session.Consent{Policy: n}, session.Consent{Policy: 3, Language: "xx"}, session.Ready{Step: step},
		session.SetLanguage{}, session.SetLanguage{Language: exercise.Language(text)},
		session.Yield{Step: step}, session.Confirm{Step: step, Heard: "hardly"},
		session.Submit{Step: step, Answer: session.Answer{Text: text, Value: &n, Choices: []string{"x", "x"}}},
		session.Submit{Step: step, Answer: session.Answer{Text: text}},
		session.Submit{Step: step, Answer: session.Answer{Value: &n}},
		session.Submit{Step: step, Answer: session.Answer{Choices: []string{string(text)}}},
		session.Submit{Step: step, Answer: session.Answer{Sorted: map[string]string{"k1": "left"}}},
		session.TakeBack{Step: step}, session.AskQuestion{Step: step, Text: text},
		session.Reply{Step: step, Question: n, How: "perhaps", Text: text},
		session.Edit{Step: step, Wording: session.Wording{Revision: n, Text: text, From: "soon"}},
		session.Sign{Step: step, Wording: n}, session.NotToday{Step: step}, session.Withdraw{Agreement: string(text)},
		session.DonePrivate{Step: step}, session.SetDial{Value: n}, session.Pause{}, session.Leave{},
	)
}

// A marker is a word that nobody could guess. Wherever it turns up, it came from there.
const markerPrefix = "QZX"

func marker(n int) string { return fmt.Sprintf("%s%dQ", markerPrefix, n) }

// neverShown are the program's words that are the counselor's alone.
func neverShown(n int) string { return marker(-1 - n) }

// markersIn lists the markers in a text.
func markersIn(s string) []string {
	var found []string
	for {
		i := strings.Index(s, markerPrefix)
		if i < 0 {
			return found
		}
		s = s[i:]
		j := strings.IndexByte(s[len(markerPrefix):], 'Q')
		if j < 0 {
			return found
		}
		end := len(markerPrefix) + j + 1
		found = append(found, s[:end])
		s = s[end:]
	}
}
