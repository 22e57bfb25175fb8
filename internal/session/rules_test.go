package session_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/session"
)

func step(kind exercise.Kind, set func(*exercise.Instruction)) exercise.Instruction {
	i := exercise.Instruction{Step: exercise.Step{Kind: kind, Who: exercise.Both}, AlmostTo: -1, MoreTo: -1}
	if kind.Answers() {
		i.Audience = exercise.Sealed
	}
	if set != nil {
		set(&i)
	}
	return i
}

func at(steps ...exercise.Instruction) *rehearsal {
	r := gathered(session.LimitedSecrets)
	r.must(session.Counselor, session.StartExercise{Program: program("p", steps...), Cast: cast()})
	return r
}

// D8: a rehearsal asks for no suitability, and every view of it says what it is.
func TestD8ARehearsalSaysSoEverywhere(t *testing.T) {
	open := func(f session.Facts) *rehearsal {
		r := newRehearsal()
		r.must(session.Counselor, session.Open{Facts: f})
		return r
	}
	pretended := facts(session.NoSecrets)
	pretended.Suitability, pretended.Rehearsal = nil, true
	for name, c := range map[string]struct {
		r    *rehearsal
		says bool
	}{"a rehearsal": {open(pretended), true}, "a session": {open(facts(session.NoSecrets)), false}} {
		look := func(when string) {
			t.Helper()
			for _, role := range session.Roles() {
				if says := strings.Contains(asJSON(session.ViewFor(c.r.state, role)), `"rehearsal":true`); says != c.says {
					t.Errorf("%s, %s, to the %s: it says so: %v", name, when, role, says)
				}
			}
		}
		look("at the door")
		for _, s := range session.Seats() {
			c.r.must(s.Role(), session.Consent{Policy: 3})
			c.r.must(session.Counselor, session.Admit{Who: s})
		}
		look("in the room")
		c.r.must(session.Counselor, session.Pause{})
		look("paused")
		c.r.must(session.Counselor, session.Remove{Who: session.SeatTwo})
		look("removed")
		c.r.must(session.Counselor, session.End{})
		look("ended")
		if replayed := session.Replay(c.r.log); asJSON(replayed) != asJSON(c.r.state) {
			t.Errorf("%s: its log replays to something else", name)
		}
	}
}

func number(n int) *int { return &n }

// A1: an answer fits its step exactly, or is refused whole.
func TestA1AnswersFitTheirStep(t *testing.T) {
	choose := step(exercise.Choose, func(i *exercise.Instruction) {
		i.Options, i.Other, i.AtMost, i.MaxLength = choices("x", "y", "z"), true, 2, 20
	})
	plain := step(exercise.Choose, func(i *exercise.Instruction) { i.Options = choices("x", "y", "z") })
	scale := step(exercise.Scale, nil)
	write := step(exercise.Write, func(i *exercise.Instruction) { i.MaxLength = 5 })
	free := step(exercise.Write, nil)
	sort := step(exercise.Sort, func(i *exercise.Instruction) { i.Cards, i.Buckets = choices("k1", "k2"), choices("l", "r") })
	bare := step(exercise.Sort, func(i *exercise.Instruction) { i.Buckets = choices("l", "r") })
	type a = session.Answer
	for name, c := range map[string]struct {
		step   exercise.Instruction
		answer a
		code   string
	}{
		"two options":        {choose, a{Choices: []string{"x", "y"}}, ""},
		"too many":           {choose, a{Choices: []string{"x", "y", "z"}}, "bad_answer"},
		"any number":         {plain, a{Choices: []string{"x", "y", "z"}}, ""},
		"one twice":          {choose, a{Choices: []string{"x", "x"}}, "bad_answer"},
		"unknown option":     {choose, a{Choices: []string{"w"}}, "bad_answer"},
		"no option":          {choose, a{}, "bad_answer"},
		"none":               {choose, a{Choices: []string{"none"}}, ""},
		"not sure":           {plain, a{Choices: []string{"not_sure"}}, ""},
		"none and another":   {choose, a{Choices: []string{"x", "none"}}, "bad_answer"},
		"other with words":   {choose, a{Choices: []string{"other", "x"}, Text: "both"}, ""},
		"other without":      {choose, a{Choices: []string{"other"}}, "text_missing"},
		"other at length":    {choose, a{Choices: []string{"other"}, Text: private.Text(strings.Repeat("a", 21))}, "text_too_long"},
		"words without":      {choose, a{Choices: []string{"x"}, Text: "both"}, "bad_answer"},
		"other not offered":  {plain, a{Choices: []string{"other"}, Text: "both"}, "bad_answer"},
		"choice as number":   {choose, a{Value: number(3)}, "bad_answer"},
		"zero":               {scale, a{Value: number(0)}, ""},
		"ten":                {scale, a{Value: number(10)}, ""},
		"eleven":             {scale, a{Value: number(11)}, "bad_answer"},
		"below zero":         {scale, a{Value: number(-1)}, "bad_answer"},
		"no number":          {scale, a{}, "bad_answer"},
		"number and words":   {scale, a{Value: number(1), Text: "one"}, "bad_answer"},
		"five characters":    {write, a{Text: "äöüß…"}, ""},
		"six characters":     {write, a{Text: "äöüß…!"}, "text_too_long"},
		"blank":              {write, a{Text: " \n "}, "text_missing"},
		"nul":                {write, a{Text: "a\x00b"}, "bad_text"},
		"not unicode":        {write, a{Text: "a\xff"}, "bad_text"},
		"words and choice":   {write, a{Text: "a", Choices: []string{"x"}}, "bad_answer"},
		"eight thousand":     {free, a{Text: private.Text(strings.Repeat("é", 8000))}, ""},
		"more than that":     {free, a{Text: private.Text(strings.Repeat("é", 8001))}, "text_too_long"},
		"every card":         {sort, a{Sorted: map[string]string{"k1": "l", "k2": "l"}}, ""},
		"half the cards":     {sort, a{Sorted: map[string]string{"k1": "l"}}, "bad_answer"},
		"unknown bucket":     {sort, a{Sorted: map[string]string{"k1": "l", "k2": "m"}}, "bad_answer"},
		"unknown card":       {sort, a{Sorted: map[string]string{"k1": "l", "k3": "l"}}, "bad_answer"},
		"a card too many":    {sort, a{Sorted: map[string]string{"k1": "l", "k2": "l", "k3": "l"}}, "bad_answer"},
		"no cards to sort":   {bare, a{Sorted: map[string]string{}}, "bad_answer"},
		"sorting with words": {sort, a{Sorted: map[string]string{"k1": "l", "k2": "l"}, Text: "so"}, "bad_answer"},
	} {
		t.Run(name, func(t *testing.T) {
			r := at(c.step)
			_, err := r.do(session.One, session.Submit{Step: r.key(), Answer: c.answer})
			switch {
			case c.code == "" && err != nil:
				t.Errorf("refused: %v", err)
			case c.code != "" && fault.Code(err) != c.code:
				t.Errorf("%v, not %s", err, c.code)
			}
		})
	}
}

// W1: a program or a cast that could strand the room does not start.
// V1: where nothing was shared to make cards of, no screen offers to send them sorted;
// passing on the step is the way out.
func TestV1ASortWithoutCardsIsNotOffered(t *testing.T) {
	r := at(
		step(exercise.Write, func(i *exercise.Instruction) { i.Audience, i.Skippable = exercise.Room, true }),
		step(exercise.Sort, func(i *exercise.Instruction) {
			i.Buckets, i.OfSteps, i.Skippable = choices("l", "r"), []int{0}, true
		}),
	)
	r.must(session.Counselor, session.Advance{Step: r.key()})
	if may := r.phone(session.SeatOne).YouMay; slices.Contains(may, "submit") || !slices.Contains(may, "skip") {
		t.Errorf("a sort without cards offers %v", may)
	}
	r.must(session.Counselor, session.Back{Step: r.key()})
	r.must(session.Two, session.Submit{Step: r.key(), Answer: session.Answer{Text: "Call when late."}})
	r.must(session.Counselor, session.Repeat{Step: r.key()})
	r.must(session.Two, session.Submit{Step: r.key(), Answer: session.Answer{Text: "Call when late."}})
	r.must(session.Counselor, session.Advance{Step: r.key()})
	if may := r.phone(session.SeatOne).YouMay; !slices.Contains(may, "submit") {
		t.Errorf("a sort with a card offers %v", may)
	}
}

func TestW1WhatCannotRunDoesNotStart(t *testing.T) {
	whole := cast()
	for name, c := range map[string]struct {
		program exercise.Program
		cast    session.Cast
		code    string
	}{
		"nothing":         {program("p"), whole, "bad_program"},
		"unknown kind":    {program("p", step("dance", nil)), whole, "bad_program"},
		"uncompiled":      {program("p", step(exercise.Block, nil)), whole, "bad_program"},
		"too long":        {program("p", make([]exercise.Instruction, exercise.MaxSteps+1)...), whole, "bad_program"},
		"no audience":     {program("p", step(exercise.Write, func(i *exercise.Instruction) { i.Audience = "" })), whole, "bad_program"},
		"refers outside":  {program("p", step(exercise.Reveal, func(i *exercise.Instruction) { i.OfSteps = []int{1} })), whole, "bad_program"},
		"leads ahead":     {program("p", step(exercise.Confirm, func(i *exercise.Instruction) { i.AlmostTo = 0 })), whole, "bad_program"},
		"endless timer":   {program("p", step(exercise.Breathe, func(i *exercise.Instruction) { i.Seconds = 1 << 60 })), whole, "bad_program"},
		"one role cast":   {program("p", step(exercise.Read, nil)), session.Cast{exercise.A: session.SeatOne}, "bad_cast"},
		"both on a seat":  {program("p", step(exercise.Read, nil)), session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatOne}, "bad_cast"},
		"a third seat":    {program("p", step(exercise.Read, nil)), session.Cast{exercise.A: session.SeatOne, exercise.B: "three"}, "bad_cast"},
		"a role uncast":   {program("p", step(exercise.Speak, func(i *exercise.Instruction) { i.Who = exercise.Who(exercise.Hurt) })), whole, "bad_cast"},
		"as it should be": {program("p", step(exercise.Read, nil)), whole, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := gathered(session.NoSecrets)
			_, err := r.do(session.Counselor, session.StartExercise{Program: c.program, Cast: c.cast})
			if c.code == "" && err != nil || c.code != "" && fault.Code(err) != c.code {
				t.Errorf("%v, not %q", err, c.code)
			}
		})
	}
}

// A4, A5: which audience is in force is the policy's word and the exercise's.
func TestA4TheAudienceInForce(t *testing.T) {
	for _, c := range []struct {
		secrets session.Secrets
		instead exercise.NoSecrets
		want    exercise.Audience
		warned  bool
	}{
		{session.LimitedSecrets, exercise.Warned, exercise.ToCounselor, false},
		{session.LimitedSecrets, exercise.ToDevice, exercise.ToCounselor, false},
		{session.NoSecrets, exercise.Warned, exercise.ToCounselor, true},
		{session.NoSecrets, exercise.ToDevice, exercise.Device, false},
		{session.NoSecrets, "", exercise.Device, false}, // unsaid: the safer of the two
	} {
		r := gathered(c.secrets)
		r.must(session.Counselor, session.StartExercise{Cast: cast(), Program: program("p",
			step(exercise.Write, func(i *exercise.Instruction) { i.Audience, i.NoSecrets = exercise.ToCounselor, c.instead }))})
		head := r.phone(session.SeatOne).Step
		if head.Audience != c.want || head.Warned != c.warned {
			t.Errorf("%s, %s: %s, warned %v", c.secrets, c.instead, head.Audience, head.Warned)
		}
		_, err := r.do(session.One, session.Submit{Step: r.key(), Answer: session.Answer{Text: "words"}})
		if refused := fault.Code(err) == "only_on_phone"; refused != (c.want == exercise.Device) {
			t.Errorf("%s, %s: %v", c.secrets, c.instead, err)
		}
	}
}

// R1, R4: a reveal may name steps that are one partner's each; it waits for those whose
// step it was, and shows nothing that was never sealed.
func TestR4ARevealOfTwoSides(t *testing.T) {
	of := func(who exercise.Role, audience exercise.Audience) exercise.Instruction {
		return step(exercise.Write, func(i *exercise.Instruction) { i.Who, i.Audience = exercise.Who(who), audience })
	}
	r := at(of(exercise.A, exercise.Sealed), of(exercise.B, exercise.Sealed), of(exercise.A, exercise.ToCounselor),
		step(exercise.Reveal, func(i *exercise.Instruction) { i.OfSteps = []int{0, 1, 2} }))
	words := func(by session.Role, text private.Text) {
		r.must(by, session.Submit{Step: r.key(), Answer: session.Answer{Text: text}})
		r.must(session.Counselor, session.Advance{Step: r.key()})
	}
	words(session.One, "hers")
	words(session.Two, "his")
	words(session.One, "for Mara")
	r.must(session.Counselor, session.RevealAnswers{Step: r.key()})
	pairs := r.phone(session.SeatTwo).Step.Revealed
	if len(pairs) != 2 || pairs[0].One.Text != "hers" || pairs[0].Two != nil || pairs[1].Two.Text != "his" {
		t.Errorf("%s", asJSON(pairs))
	}
	if strings.Contains(asJSON(r.phone(session.SeatTwo)), "for Mara") {
		t.Error("what was for the counselor was revealed")
	}
}

// A8: who speaks reads out from their own words, and nobody else is shown them.
func TestA8ReadingOutOnesOwnWords(t *testing.T) {
	r := at(step(exercise.Write, nil), step(exercise.Speak, func(i *exercise.Instruction) {
		i.Who, i.OfSteps = exercise.Who(exercise.A), []int{0}
	}))
	r.must(session.One, session.Submit{Step: r.key(), Answer: session.Answer{Text: "I was alone"}})
	r.must(session.Two, session.Submit{Step: r.key(), Answer: session.Answer{Text: "I was afraid"}})
	r.must(session.Counselor, session.Advance{Step: r.key()})
	if mine := r.phone(session.SeatOne).Step.Mine; mine == nil || mine.Text != "I was alone" {
		t.Errorf("the holder has %s", asJSON(mine))
	}
	if mine := r.phone(session.SeatTwo).Step.Mine; mine != nil {
		t.Errorf("the listener has %s", asJSON(mine))
	}
}

// A8, V4: several earlier answers are read out in the order in which the exercise names
// their steps, in words; the desk shows them only where it may read every one.
func TestA8ReadingOutSeveralAnswersOfOnesOwn(t *testing.T) {
	mine := func(preview bool) func(*exercise.Instruction) {
		return func(i *exercise.Instruction) { i.Who, i.Skippable, i.Preview = exercise.Who(exercise.A), true, preview }
	}
	for _, all := range []bool{true, false} {
		r := at(step(exercise.Write, mine(true)), step(exercise.Write, mine(true)),
			step(exercise.Choose, func(i *exercise.Instruction) {
				mine(all)(i)
				i.Audience, i.Options = exercise.Sealed, choices("sea", "hill")
			}),
			step(exercise.Say, func(i *exercise.Instruction) { i.Who, i.OfSteps = exercise.Who(exercise.A), []int{2, 0, 1} }))
		r.must(session.One, session.Submit{Step: r.key(), Answer: session.Answer{Text: "I was alone."}})
		r.must(session.Counselor, session.Advance{Step: r.key()})
		r.must(session.One, session.Skip{Step: r.key()})
		r.must(session.Counselor, session.Advance{Step: r.key()})
		r.must(session.One, session.Submit{Step: r.key(), Answer: session.Answer{Choices: []string{"hill"}}})
		r.must(session.Counselor, session.Advance{Step: r.key()})
		if mine := r.phone(session.SeatOne).Step.Mine; mine == nil || mine.Text != "The hill\n\nI was alone." {
			t.Errorf("the holder has %s", asJSON(mine))
		}
		if mine := r.phone(session.SeatTwo).Step.Mine; mine != nil {
			t.Errorf("the listener has %s", asJSON(mine))
		}
		if shown := r.desk().Phones[session.SeatOne].Step.Mine != nil; shown != all {
			t.Errorf("the desk shows the holder's words: %v, and may read all of them: %v", shown, all)
		}
	}
}

// L7: a record's time is whole milliseconds in UTC, whatever clock it came from.
func TestL7TimesAreKeptAsEveryStoreKeepsThem(t *testing.T) {
	r := newRehearsal()
	r.now = begin.Add(1234567 * time.Nanosecond).In(time.FixedZone("there", 3600))
	r.must(session.Counselor, session.Open{Facts: facts(session.NoSecrets)})
	if got, want := r.log[0].At, begin.Add(time.Millisecond); got != want {
		t.Errorf("%v, not %v", got, want)
	}
}

// L8: what an event says about a step's beginning is taken from the event, so that
// another machine's later ideas change nothing in an old log.
func TestL8AnEventCarriesItsConsequences(t *testing.T) {
	r := at(step(exercise.Read, nil), step(exercise.Agree, nil))
	deadline := begin.Add(time.Hour)
	wording := session.Wording{Revision: 1, Text: "As it was laid out then.", From: "2020-01-01"}
	moved := session.Moved{
		Step: r.key(), Cause: session.ByAdvance, To: 1,
		Entry: &session.Entry{Visit: 1, Deadline: &deadline, Wording: &wording},
	}
	s := session.Apply(r.state, session.Record{Seq: 9, At: begin, By: session.Counselor, Event: moved})
	head := session.ViewFor(s, session.One).(session.PartnerView).Step
	if !head.Deadline.Equal(deadline) || *head.Wording != wording {
		t.Errorf("%s", asJSON(head))
	}
	r.must(session.Counselor, session.Advance{Step: r.key()})
	r.now = begin.Add(time.Second)
	r.must(session.Counselor, session.Pause{})
	resumed := session.Record{Seq: 10, At: begin.Add(time.Minute), By: session.Counselor, Event: session.Resumed{Deadline: &deadline}}
	head = session.ViewFor(session.Apply(r.state, resumed), session.One).(session.PartnerView).Step
	if !head.Deadline.Equal(deadline) {
		t.Errorf("%s", asJSON(head))
	}
}

// L9: erasing one partner's words leaves the other what was shared with them.
func TestL9WhatWasRevealedOutlivesAnErasure(t *testing.T) {
	r := at(step(exercise.Write, nil), step(exercise.Reveal, func(i *exercise.Instruction) { i.OfSteps = []int{0} }))
	r.must(session.One, session.Submit{Step: r.key(), Answer: session.Answer{Text: "hers"}})
	r.must(session.Two, session.Submit{Step: r.key(), Answer: session.Answer{Text: "his"}})
	r.must(session.Counselor, session.Advance{Step: r.key()}, session.RevealAnswers{Step: "1.1.1"})
	erased := make([]session.Record, len(r.log))
	for i, record := range r.log {
		if _, words := record.Event.(session.Submitted); words && record.By == session.One {
			record.Event = session.Erased{}
		}
		erased[i] = record
	}
	s := session.Replay(erased)
	pairs := session.ViewFor(s, session.Two).(session.PartnerView).Step.Revealed
	if len(pairs) != 1 || pairs[0].One.Text != "hers" || pairs[0].Two.Text != "his" {
		t.Errorf("%s", asJSON(pairs))
	}
	if s.Run.Visits[0].Parts.One.Answer != nil {
		t.Error("the erased answer is still there")
	}
}
