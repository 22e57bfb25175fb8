package main

import (
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/record"
	"mend/internal/session"
)

// hour is one past session of the invented couple: Noor, who found out about a loan
// that Elias had kept from her for a year, and Elias.
type hour struct {
	daysAgo   int
	performed []performance
	looked    []look                  // at earlier agreements, on this day
	note      map[string]private.Text // the progress note, DAP
	thoughts  map[string]private.Text // the process note
}

// look is how an agreement went, found by some of its words.
type look struct {
	words  string
	how    record.Went
	remark private.Text
}

// performance is how an exercise went.
type performance struct {
	exercise string
	cast     session.Cast
	steady   [2]int // both dials as it begins
	lines    map[string]line
}

var (
	noorFirst  = session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo}
	eliasFirst = session.Cast{exercise.A: session.SeatTwo, exercise.B: session.SeatOne}
	elias      = session.Cast{exercise.Hurt: session.SeatOne, exercise.Responsible: session.SeatTwo}
)

func hours() []hour { return []hour{arriving(), echoing(), gauging(), proving()} }

// arriving is the first hour: rules, and a first small step.
func arriving() hour {
	return hour{
		daysAgo: 28,
		performed: []performance{
			{"opening", noorFirst, [2]int{4, 5}, map[string]line{
				"steady":   {one: rates(4), two: rates(5)},
				"feelings": {one: picks("hurt", "tense", "hopeful"), two: picks("ashamed", "afraid")},
				"go-on":    {choice: "as-planned"},
			}},
			{"arrive-and-agree", noorFirst, [2]int{4, 5}, map[string]line{
				"ready":    {choice: "both"},
				"rules":    {one: picks("one-voice", "stays-here", "questions"), two: picks("pause", "own-side", "one-voice")},
				"own-rule": {one: says("No talk about the loan after nine in the evening."), two: says("We do not discuss this in front of my brother.")},
				"our-rules": {mark: session.MarkSoftening, wording: "Our pause word is lighthouse.\n" +
					"One of us speaks at a time. Either of us can pause.\nNo talk about the loan after nine in the evening.\n" +
					"What is said here stays with us."},
				"hope": {
					one: says("I hope to stop doing sums in my head at night. Today I will not ask for every figure."),
					two: says("I hope to be able to say things before they grow. Today I will not leave the room."),
				},
			}},
			{"closing", noorFirst, [2]int{5, 5}, map[string]line{
				"kept":        {one: says("That he was afraid for a year, not indifferent."), two: says("That she would rather hear a bad number than none.")},
				"heard":       {one: rates(4), two: rates(6)},
				"even-handed": {one: rates(7), two: rates(8)},
				"going-home":  {one: rates(7), two: rates(8)},
				"next-step":   {wording: "Until we meet again we will have tea on Wednesday at seven, twenty minutes, phones in the hall."},
			}},
		},
		note: map[string]private.Text{
			"data":       "First joint session, about 35 minutes. Both present throughout. Rules worded and signed by both; one first step agreed.",
			"assessment": "Both steady enough for joint work at a slow pace. Noor tires towards the end; Elias apologises quickly and often.",
			"plan":       "Next week floor and echo with a small topic. Read the step back first.",
		},
		thoughts: map[string]private.Text{
			"text": "I notice that I want to reassure Elias. Watch that, she would see it.",
		},
	}
}

// echoing is the second hour: the floor, a mirror that takes two rounds, a pause.
func echoing() hour {
	return hour{
		daysAgo: 21,
		looked: []look{
			{"lighthouse", record.WentKept, "The pause word was used once, and held."},
			{"tea on Wednesday", record.WentPartly, "Tea, yes. The phones stayed on the table."},
		},
		performed: []performance{
			{"opening", noorFirst, [2]int{5, 6}, map[string]line{
				"steady":   {one: rates(5), two: rates(6)},
				"feelings": {one: picks("tired", "hopeful"), two: picks("tense", "warm")},
				"go-on":    {choice: "as-planned"},
			}},
			{"floor-and-echo", noorFirst, [2]int{5, 6}, map[string]line{
				"topic":       {one: says("How we open the post."), two: says("Who tells your parents, and what.")},
				"tell":        {mark: session.MarkReach},
				"echo":        {whisper: "Only what she said. Your side has its turn."},
				"was-that-it": {heard: []session.Hearing{session.HeardAlmost, session.HeardYes}},
				"guess":       {pause: 20 * time.Minute},
				"heard":       {one: rates(6), two: rates(6)},
			}},
			{"closing", eliasFirst, [2]int{6, 6}, map[string]line{
				"kept":        {one: says("He said it back without defending himself."), two: says("It makes sense that an envelope frightens her.")},
				"heard":       {one: rates(6), two: rates(7)},
				"even-handed": {one: rates(8), two: rates(8)},
				"going-home":  {one: rates(8), two: rates(8)},
				"next-step":   {wording: "Until we meet again we will open the post together at the kitchen table, on the day it comes."},
			}},
		},
		note: map[string]private.Text{
			"data":       "Floor and echo, two turns each way. Noor's first mirror took two rounds. One pause of twenty minutes, return kept.",
			"assessment": "Meaning arrives when turns are short. The pause was used early rather than late, which both had agreed on.",
			"plan":       "Post is opened together until next time. Then acts that can be seen, with an end.",
		},
	}
}

// gauging is the third hour: four numbers each, then the two dials. Elias keeps one
// of his numbers to himself.
func gauging() hour {
	return hour{
		daysAgo: 14,
		looked: []look{
			{"lighthouse", record.WentKept, ""},
			{"open the post together", record.WentNot, "Two letters were opened alone. Both said so before being asked."},
		},
		performed: []performance{
			{"opening", eliasFirst, [2]int{4, 6}, map[string]line{
				"steady":   {one: rates(4), two: rates(6)},
				"feelings": {one: picks("tired", "hurt"), two: picks("ashamed", "hopeful")},
				"go-on":    {choice: "gentler"},
			}},
			{"trust-gauge", noorFirst, [2]int{4, 6}, map[string]line{
				"tells-truth":     {one: rates(3), two: rates(8)},
				"keeps-word":      {one: rates(4), two: rates(7)},
				"has-me-in-mind":  {one: rates(5), two: rates(6)},
				"safe-to-be-open": {one: rates(6)},
				"guess":           {one: rates(5), two: rates(5)},
			}},
			{"two-dials", noorFirst, [2]int{5, 6}, map[string]line{
				"letting-go": {one: rates(3), two: rates(6)},
				"relying":    {one: rates(3), two: rates(7)},
			}},
			{"closing", noorFirst, [2]int{5, 5}, map[string]line{
				"kept":        {one: says("He did not argue with my three."), two: says("A number can be low and she still sits here.")},
				"heard":       {one: rates(6)},
				"even-handed": {one: rates(7), two: rates(8)},
				"going-home":  {one: rates(5), two: rates(7)},
				"next-step":   {wording: "Until we meet again we will take a walk on Saturday, and talk about anything but money."},
			}},
		},
		note: map[string]private.Text{
			"data":       "Trust gauge and two dials, both with their numbers shown side by side but one, which Elias kept. Post agreement looked at: not kept, said openly.",
			"assessment": "A hard week. Noor's numbers are low and steady; she explains what holds them up.",
			"plan":       "A walk without the topic. Next time acts that can be seen, with an end.",
		},
	}
}

// proving is the fourth hour: two dials, and three small acts for a month.
func proving() hour {
	return hour{
		daysAgo: 7,
		looked: []look{
			{"lighthouse", record.WentKept, ""},
			{"walk on Saturday", record.WentKept, "Twice, and the second time was Elias's idea."},
		},
		performed: []performance{
			{"opening", noorFirst, [2]int{6, 6}, map[string]line{
				"steady":   {one: rates(6), two: rates(7)},
				"feelings": {one: picks("calm", "torn"), two: picks("hopeful")},
				"go-on":    {choice: "as-planned"},
			}},
			{"two-dials", eliasFirst, [2]int{6, 7}, map[string]line{
				"letting-go": {one: rates(5), two: rates(7)},
				"relying":    {one: rates(4), two: rates(7)},
			}},
			{"proof-over-time", elias, [2]int{6, 6}, map[string]line{
				"acts": {mark: session.MarkReach, one: says("Puts letters on the table unopened\n" +
					"Says on Sunday what the month costs\nTells me about a reminder before I find it")},
				"can-i": {buckets: []string{"will", "will", "not-yet"}},
				"three-acts": {wording: "Each day I will say, in my own words, whether there was a letter.\n" +
					"Letters lie on the table unopened.\nOn Sunday we look at the month together, half an hour."},
			}},
			{"closing", noorFirst, [2]int{7, 6}, map[string]line{
				"kept":        {one: says("He said no to one thing, and I believed the other two more."), two: says("A true not-yet was allowed.")},
				"heard":       {one: rates(7), two: rates(6)},
				"even-handed": {one: rates(8), two: rates(7)},
				"going-home":  {one: rates(9), two: rates(8)},
			}},
		},
		note: map[string]private.Text{
			"data":       "Two dials, then three acts worded and signed for thirty days. No further step at the close: not today, said by Elias.",
			"assessment": "Noor relies on acts she can see and says so without reproach. Elias named a limit and was believed.",
			"plan":       "Review the acts in seven days, each apart first. Ownership next, when both are steady.",
		},
	}
}
