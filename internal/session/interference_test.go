package session_test

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/promise"
	"mend/internal/session"
)

// V3: the same hour twice. In the second, one partner's private words are others and
// longer, their numbers and choices are others, and so are the counselor's asides. Up
// to the moment at which such an answer is shared, the other partner's phone is sent
// the same bytes at the same moments, and is answered the same. So is the desk, where
// it is only the sealed answers that differ (A6).
func TestV3OtherWordsInPrivateChangeNothingForTheOther(t *testing.T) {
	promise.Histories(t, 10_000)
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		said := 0
		c := chance{draw: drawn(t), say: func() private.Text { said++; return private.Text("so " + marker(said)) }}
		writer := pick(c, session.Seats()...)
		watcher := pick(c, session.Counselor, writer.Other().Role())
		a, b := gathered(session.LimitedSecrets), gathered(session.LimitedSecrets)
		for range steps {
			by := pick(c, session.Roles()...)
			command, ok := someCommand(c, a, by)
			if !ok {
				continue
			}
			if sharing(a, command, writer) {
				return
			}
			other := command
			if watcher != session.Counselor || sealing(a, by, command) {
				other = otherwise(a, writer, by, command)
			}
			ra, ea := a.do(by, command)
			rb, eb := b.do(by, other)
			if (ra == nil) != (rb == nil) || fault.Code(ea) != fault.Code(eb) {
				t.Fatalf("V3: %s by %s ended otherwise: %v, %v", command.Name(), by, ea, eb)
			}
			if va, vb := asJSON(session.ViewFor(a.state, watcher)), asJSON(session.ViewFor(b.state, watcher)); va != vb {
				t.Fatalf("V3: after %s by %s the view of %s tells the two apart:\n%s\n%s", command.Name(), by, watcher, va, vb)
			}
			if ra != nil && asJSON(ra.Event) != asJSON(rb.Event) {
				compared++
			}
		}
	})
	if compared < 100 {
		t.Errorf("only %d commands differed: the promise was not put to the test", compared)
	}
}

// V3: the same hour twice. In the second, nothing is done of all that one partner did
// in private: no sealed answer, no question into the tray, no dial. Until such a thing
// is shared, nothing of the other's phone, and nothing of how it is answered, tells
// that there was anything.
func TestV3NothingDoneInPrivateShowsToTheOther(t *testing.T) {
	promise.Histories(t, 10_000)
	left := 0
	rapid.Check(t, func(t *rapid.T) {
		said := 0
		c := chance{draw: drawn(t), say: func() private.Text { said++; return private.Text("so " + marker(said)) }}
		writer := pick(c, session.Seats()...)
		watcher := writer.Other()
		a, b := gathered(session.LimitedSecrets), gathered(session.LimitedSecrets)
		for range steps {
			by := pick(c, session.Roles()...)
			command, ok := someCommand(c, a, by)
			inB := command
			if deal, dealing := command.(session.Deal); dealing {
				inB, ok = sameQuestion(a, b, deal, watcher)
			}
			if !ok || sharing(a, command, writer) {
				continue
			}
			before := a.state
			ra, ea := a.do(by, command)
			if ra != nil && by == writer.Role() && concealed(before, *ra, watcher) && !atDoor(ra.Event) {
				left++
			} else if rb, eb := b.do(by, inB); by != writer.Role() && ((ra == nil) != (rb == nil) || fault.Code(ea) != fault.Code(eb)) {
				t.Fatalf("V3: %s by %s ended otherwise: %v, %v", command.Name(), by, ea, eb)
			}
			if va, vb := asJSON(a.phone(watcher)), asJSON(b.phone(watcher)); va != vb {
				t.Fatalf("V3: after %s by %s the phone of %s tells the two apart:\n%s\n%s", command.Name(), by, watcher, va, vb)
			}
		}
	})
	if left < 100 {
		t.Errorf("only %d commands were left out: the promise was not put to the test", left)
	}
}

// sameQuestion is a dealing with one of the watcher's questions as the other hour has
// it: where fewer were asked, the tray has other numbers.
func sameQuestion(a, b *rehearsal, deal session.Deal, watcher session.Seat) (session.Command, bool) {
	before := 0
	for _, q := range a.desk().Step.Tray[:deal.Question] {
		if q.From == watcher {
			before++
		}
	}
	if a.desk().Step.Tray[deal.Question-1].From != watcher {
		return nil, false
	}
	for _, q := range b.desk().Step.Tray {
		if q.From == watcher {
			if before--; before == 0 {
				deal.Question = q.Question
			}
		}
	}
	return deal, true
}

// atDoor: whether somebody knocks or leaves is private, but the counselor acts upon it.
func atDoor(e session.Event) bool {
	switch e.(type) {
	case session.Consented, session.Left:
		return true
	}
	return false
}

// someCommand is mostly one that is on offer.
func someCommand(c chance, r *rehearsal, by session.Role) (session.Command, bool) {
	r.now = r.now.Add(1)
	names := session.YouMay(r.state, by)
	if len(names) == 0 {
		return nil, false
	}
	for _, name := range []string{"resume", "admit", "consent", "start_exercise", "submit", "ask"} {
		if slices.Contains(names, name) && c.draw(2) == 0 {
			return c.offered(r, by, name)
		}
	}
	name := pick(c, names...)
	if name == "end" || name == "remove" || name == "leave" || name == "pause" || name == "neutral" || name == "stop_exercise" {
		if !c.odds(12) {
			return nil, false
		}
	}
	return c.offered(r, by, name)
}

// sealing tells whether a command is an answer that the counselor may not read yet.
func sealing(r *rehearsal, by session.Role, c session.Command) bool {
	_, answers := c.(session.Submit)
	step := r.desk().Step
	return answers && by != session.Counselor && step.Audience == exercise.Sealed && !step.Preview
}

// sharing tells whether a command makes private words the other's as well.
func sharing(r *rehearsal, c session.Command, writer session.Seat) bool {
	switch c := c.(type) {
	case session.RevealAnswers:
		return true
	case session.Deal:
		return c.To == session.DealNow && r.desk().Step.Tray[c.Question-1].From == writer
	}
	return false
}

// otherwise is the same command with other private content. Different contents stay
// different and fitting ones fitting, so that both hours take the same course.
func otherwise(r *rehearsal, writer session.Seat, by session.Role, c session.Command) session.Command {
	longer := func(t private.Text) private.Text { return t + " and a good deal more than that" }
	switch c := c.(type) {
	case session.Mark:
		c.Text = longer(c.Text)
		return c
	case session.AnswerGate:
		c.Text = longer(c.Text)
		return c
	case session.Whisper:
		if c.To == writer {
			c.Text = longer(c.Text)
		}
		return c
	}
	if by != writer.Role() {
		return c
	}
	switch c := c.(type) {
	case session.SetDial:
		c.Value = 10 - c.Value
		return c
	case session.AskQuestion:
		c.Text = longer(c.Text)
		return c
	case session.Submit:
		if audience := r.desk().Step.Audience; audience == exercise.Room || audience == "" {
			return c
		}
		if c.Answer.Text != "" {
			c.Answer.Text = longer(c.Answer.Text)
		}
		if v := c.Answer.Value; v != nil {
			turned := 10 - *v
			c.Answer.Value = &turned
		}
		c.Answer.Choices = turn(c.Answer.Choices, map[string]string{
			"none": "not_sure", "not_sure": "none", "x": "y", "y": "z", "z": "x",
		})
		sorted := maps.Clone(c.Answer.Sorted)
		for card, bucket := range sorted {
			sorted[card] = turn([]string{bucket}, map[string]string{"left": "middle", "middle": "right", "right": "left"})[0]
		}
		c.Answer.Sorted = sorted
		return c
	}
	return c
}

func turn(ids []string, to map[string]string) []string {
	turned := slices.Clone(ids)
	for i, id := range turned {
		if t, ok := to[id]; ok {
			turned[i] = t
		}
	}
	return turned
}
