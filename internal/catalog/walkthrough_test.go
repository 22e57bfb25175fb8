package catalog_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"mend/content"
	"mend/internal/catalog"
	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

// Every exercise that ships is played as its walkthrough tells, by the machine that
// plays it for a couple. Refresh with -rewrite and read the difference as prose.
//
//	begin a=one b=two [secrets=no_secrets]   a fresh session, both admitted, the exercise started
//	<who> <command> [field=value]...         who is counselor, one or two; a text stands on the lines below
//	<who> comes-back                         knocks and is let in again, after leaving or being asked to step out
//
// After each line stands what each of the three sees, if it changed.
func TestWalkthroughs(t *testing.T) {
	library, err := catalog.Load(content.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range library.List() {
		t.Run(d.ID, func(t *testing.T) {
			program, _ := library.Program(d.ID)
			w := &walk{program: program}
			path := filepath.Join("..", "..", "content", "exercises", d.ID, "walkthrough.txt")
			datadriven.RunTest(t, path, func(t *testing.T, line *datadriven.TestData) string { return w.play(t, line) })
			if !w.finished {
				t.Error("the walkthrough does not reach the end of the exercise")
			}
			if len(w.casts) < 2 {
				t.Error("the walkthrough knows only one casting")
			}
		})
	}
}

type walk struct {
	program  exercise.Program
	log      []session.Record
	state    session.State
	shown    map[session.Role][]string
	may      map[session.Role][]string
	casts    map[string]bool
	finished bool
}

func (w *walk) play(t *testing.T, line *datadriven.TestData) string {
	if line.Cmd == "begin" {
		w.begin(t, line)
		return w.see()
	}
	by := session.Role(line.Cmd)
	if !slices.Contains(session.Roles(), by) || len(line.CmdArgs) == 0 {
		t.Fatalf("%s: begin with counselor, one or two, and a command", line.Pos)
	}
	fields := map[string][]string{}
	for _, arg := range line.CmdArgs[1:] {
		fields[arg.Key] = arg.Vals
	}
	name, refused := line.CmdArgs[0].Key, ""
	if name == "comes-back" {
		refused = w.comesBack(t, by)
	} else {
		refused = w.say(t, by, w.command(t, name, fields, line.Input))
	}
	if refused != "" {
		return "refused: " + refused
	}
	if w.state.Run == nil {
		w.finished = true
	}
	return w.see()
}

// say decides and applies; it gives the refusal's sentence.
func (w *walk) say(t *testing.T, by session.Role, c session.Command) string {
	t.Helper()
	n := len(w.log) + 1
	at := time.Date(2026, 1, 5, 10, 0, 10*n, 0, time.UTC)
	id := session.CommandID(fmt.Sprintf("00000000-0000-7000-8000-%012d", n))
	record, err := session.Decide(w.state, session.Input{ID: id, By: by, At: at, Command: c})
	if err != nil {
		_, sentence, _ := strings.Cut(err.Error(), ": ")
		return sentence
	}
	if record == nil {
		return "it is so already"
	}
	w.log = append(w.log, *record)
	w.state = session.Apply(w.state, *record)
	return ""
}

// comesBack lets a partner in once more. Whoever left knocks first, as on the first day.
func (w *walk) comesBack(t *testing.T, by session.Role) string {
	t.Helper()
	seat, ok := by.Seat()
	if !ok {
		t.Fatalf("%s has not left", by)
	}
	if session.ViewFor(w.state, session.Counselor).(session.CounselorView).Doors[seat] == session.Gone {
		if refused := w.say(t, by, session.Consent{Policy: 1}); refused != "" {
			return refused
		}
	}
	return w.say(t, session.Counselor, session.Admit{Who: seat})
}

func (w *walk) begin(t *testing.T, line *datadriven.TestData) {
	t.Helper()
	*w = walk{program: w.program, casts: w.casts, finished: w.finished, shown: map[session.Role][]string{}, may: map[session.Role][]string{}}
	cast, secrets := session.Cast{}, session.LimitedSecrets
	var agreements []session.Agreement
	for _, arg := range line.CmdArgs {
		switch arg.Key {
		case "secrets":
			secrets = session.Secrets(arg.Vals[0])
		case "agreed":
			agreements = append(agreements, session.Agreement{ID: "earlier.a1", Wording: session.Wording{
				Revision: 1, Text: private.Text(line.Input), From: "2025-12-29", Review: "2026-01-05", Expires: "2026-01-28",
			}})
		default:
			cast[exercise.Role(arg.Key)] = session.Seat(arg.Vals[0])
		}
	}
	if w.casts == nil {
		w.casts = map[string]bool{}
	}
	w.casts[fmt.Sprint(cast)] = true
	facts := session.Facts{
		People:      session.People{Counselor: "Counselor", One: "One", Two: "Two"},
		Policy:      session.Policy{Version: 1, Secrets: secrets},
		Suitability: &session.Suitability{Statement: "seen_apart", At: time.Date(2026, 1, 4, 9, 0, 0, 0, time.UTC)},
		Agreements:  agreements,
	}
	for _, step := range []struct {
		by session.Role
		do session.Command
	}{
		{session.Counselor, session.Open{Facts: facts}},
		{session.One, session.Consent{Policy: 1}},
		{session.Two, session.Consent{Policy: 1}},
		{session.Counselor, session.Admit{Who: session.SeatOne}},
		{session.Counselor, session.Admit{Who: session.SeatTwo}},
		{session.Counselor, session.StartExercise{Program: w.program, Cast: cast}},
	} {
		if refused := w.say(t, step.by, step.do); refused != "" {
			t.Fatalf("%s: %T: %s", line.Pos, step.do, refused)
		}
	}
	for _, role := range session.Roles() {
		w.may[role] = session.YouMay(w.state, role)
	}
}

// command makes what somebody says from the words of a walkthrough.
func (w *walk) command(t *testing.T, name string, fields map[string][]string, text string) session.Command {
	t.Helper()
	v := session.ViewFor(w.state, session.Counselor).(session.CounselorView)
	key := ""
	if v.Step != nil {
		key = v.Step.Key
	}
	first := func(name string) string {
		if len(fields[name]) == 0 {
			return ""
		}
		return fields[name][0]
	}
	number := func(name string) int {
		n, err := strconv.Atoi(first(name))
		if err != nil {
			t.Fatalf("%s=%s is not a number", name, first(name))
		}
		return n
	}
	switch name {
	case "advance":
		return session.Advance{Step: key}
	case "back":
		return session.Back{Step: key}
	case "skip":
		return session.Skip{Step: key}
	case "stop":
		return session.StopExercise{}
	case "pass":
		return session.PassTurn{Step: key}
	case "reveal":
		return session.RevealAnswers{Step: key}
	case "gate":
		return session.AnswerGate{Step: key, Choice: first("choice"), Text: private.Text(text)}
	case "ready":
		return session.Ready{Step: key}
	case "yield":
		return session.Yield{Step: key}
	case "confirm":
		return session.Confirm{Step: key, Heard: session.Hearing(first("heard"))}
	case "chooses":
		return session.Submit{Step: key, Answer: session.Answer{Choices: fields["from"], Text: private.Text(text)}}
	case "rates":
		value := number("value")
		return session.Submit{Step: key, Answer: session.Answer{Value: &value}}
	case "writes":
		return session.Submit{Step: key, Answer: session.Answer{Text: private.Text(text)}}
	case "sorts":
		return session.Submit{Step: key, Answer: session.Answer{Sorted: w.sorted(t, v.Step.Cards, text)}}
	case "done":
		return session.DonePrivate{Step: key}
	case "edits":
		wording := *v.Step.Wording
		wording.Text = private.Text(text)
		return session.Edit{Step: key, Wording: wording}
	case "signs":
		return session.Sign{Step: key, Wording: v.Step.Wording.Revision}
	case "not-today":
		return session.NotToday{Step: key}
	case "asks":
		return session.AskQuestion{Step: key, Text: private.Text(text)}
	case "deals":
		return session.Deal{Step: key, Question: number("question"), To: session.Dealing(first("to")), Text: private.Text(text)}
	case "replies":
		return session.Reply{Step: key, Question: number("question"), How: session.Replying(first("how")), Text: private.Text(text)}
	case "step-out":
		return session.StepOut{Who: session.Seat(first("who"))}
	case "leaves":
		return session.Leave{}
	case "pause":
		return session.Pause{}
	case "resume":
		return session.Resume{}
	}
	t.Fatalf("there is no command %q", name)
	return nil
}

// sorted reads lines of "card: bucket".
func (w *walk) sorted(t *testing.T, cards []exercise.Choice, text string) map[string]string {
	t.Helper()
	into := map[string]string{}
	for line := range strings.Lines(text) {
		card, bucket, _ := strings.Cut(strings.TrimSpace(line), ": ")
		i := slices.IndexFunc(cards, func(c exercise.Choice) bool { return c.Text == card })
		if i < 0 {
			t.Fatalf("there is no card %q", card)
		}
		into[cards[i].ID] = bucket
	}
	return into
}

// see tells what changed for each of the three: the whole of a new screen, and of
// one that stays only what came and what went.
func (w *walk) see() string {
	var lines []string
	for _, role := range session.Roles() {
		seen := slices.Concat(w.describe(role), w.tray(role), w.doors(role))
		may := session.YouMay(w.state, role)
		change := difference(w.may[role], may)
		said := changed(w.shown[role], seen)
		w.shown[role], w.may[role] = seen, may
		switch {
		case said != "":
			said += change
		case change != "":
			said = strings.TrimSpace(change)
		default:
			said = "as before"
		}
		lines = append(lines, fmt.Sprintf("%-11s%s", string(role)+":", said))
	}
	return strings.Join(lines, "\n") + "\n"
}

// tray is what becomes of the questions: all of them at the desk, on a phone one's
// own and those that were let through.
func (w *walk) tray(role session.Role) (parts []string) {
	add := func(whose string, number int, text, reshaped private.Text, dealt session.Dealing, how session.Replying, reply private.Text) {
		part := fmt.Sprintf("%s question %d: %s", whose, number, quoted(string(text)))
		if dealt != "" {
			part += ", dealt " + string(dealt)
		}
		if reshaped != "" {
			part += " " + quoted(string(reshaped))
		}
		if how != "" {
			part += ", reply " + string(how)
		}
		if reply != "" {
			part += " " + quoted(string(reply))
		}
		parts = append(parts, part)
	}
	switch v := session.ViewFor(w.state, role).(type) {
	case session.CounselorView:
		if v.Step == nil {
			return nil
		}
		for _, q := range v.Step.Tray {
			add(string(q.From)+"'s", q.Question, q.Text, q.Reshaped, q.Dealt, q.How, q.Reply)
		}
	case session.PartnerView:
		if v.Step == nil {
			return nil
		}
		for _, q := range v.Step.Questions {
			whose := "asked"
			if q.Mine {
				whose = "my"
			}
			add(whose, q.Question, q.Text, q.Reshaped, q.Dealt, q.How, q.Reply)
		}
	}
	return parts
}

// doors tells the desk who is not in the room. A phone is told nothing of the other's.
func (w *walk) doors(role session.Role) (parts []string) {
	v, ok := session.ViewFor(w.state, role).(session.CounselorView)
	if !ok {
		return nil
	}
	for _, seat := range session.Seats() {
		if door := v.Doors[seat]; door != session.Inside {
			parts = append(parts, fmt.Sprintf("%s's door: %s", seat, door))
		}
	}
	return parts
}

func changed(before, now []string) string {
	if len(before) == 0 || before[0] != now[0] {
		return strings.Join(now, " · ")
	}
	var parts []string
	for _, part := range now {
		if !slices.Contains(before, part) {
			parts = append(parts, part)
		}
	}
	for _, part := range before {
		if gone, _, _ := strings.Cut(part, ":"); !slices.Contains(now, part) && !slices.ContainsFunc(parts, func(s string) bool { return strings.HasPrefix(s, gone+":") }) {
			parts = append(parts, "no longer "+part)
		}
	}
	return strings.Join(parts, " · ")
}

func difference(before, now []string) string {
	var words []string
	for _, name := range now {
		if !slices.Contains(before, name) {
			words = append(words, "+"+name)
		}
	}
	for _, name := range before {
		if !slices.Contains(now, name) {
			words = append(words, "-"+name)
		}
	}
	if len(words) == 0 {
		return ""
	}
	return " [" + strings.Join(words, " ") + "]"
}
