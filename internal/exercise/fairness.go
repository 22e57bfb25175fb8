package exercise

import "fmt"

// What a step takes where its author gave no seconds, and on average where seconds
// mean nothing. Floor defaults follow common practice for a turn before a mirror.
var usual = map[Kind]int{
	Read: 20, Breathe: 60, Choose: 45, Scale: 25, Write: 90, Sort: 75, Reveal: 60,
	Speak: 90, Mirror: 60, Confirm: 15, Say: 30, Agree: 180, Ask: 150, Gate: 20, Prompt: 15, Apart: 300,
}

// takes is how many seconds a step is likely to take.
func (s Step) takes() int {
	if s.Seconds > 0 {
		return s.Seconds
	}
	return usual[s.Kind]
}

// fairness compares how often and how long each role holds the floor. Both must be
// equal, the time within a tenth, unless the file tells why not.
func (l *linter) fairness() {
	turns, seconds := map[Who]int{}, map[Who]int{}
	for _, s := range l.c.program {
		if s.Kind.HoldsFloor() {
			turns[s.Who]++
			seconds[s.Who] += s.takes()
		}
	}
	first, second := Who(l.c.pair[0]), Who(l.c.pair[1])
	apart, longest := seconds[first]-seconds[second], max(seconds[first], seconds[second])
	equal := turns[first] == turns[second] && max(apart, -apart)*10 <= longest
	switch {
	case !equal && l.d.Unequal == "":
		l.report("unequal", "unequal-turns", fmt.Sprintf("%s has %d turns in %d seconds, %s %d in %d",
			first, turns[first], seconds[first], second, turns[second], seconds[second]),
			"Give both the same, or say under unequal: why not")
	case !equal && words(l.d.Unequal) < 5:
		l.report("unequal", "unequal-turns", "The reason for unequal turns is too short to convince", "Say it in a whole sentence")
	case equal && l.d.Unequal != "":
		l.report("unequal", "unequal-in-vain", "A reason is given for unequal turns, and they are equal", "Take unequal: out")
	}
}

// minutes compares the time told with the time it takes. The estimate is the sum of
// takes over the compiled program plus half a loop of every confirm that can go back
// (about every second one needs one). The time told may
// be a little less than that, and up to three quarters and two minutes more, since
// people look up and talk.
func (l *linter) minutes() {
	estimate := estimated(l.c.program)
	told := l.d.Minutes * 60
	if told*10 >= estimate*9 && told*4 <= estimate*7+480 {
		return
	}
	l.reportf("minutes", "minutes-do-not-fit", "Write a time near that, or change what seconds: the steps are given",
		"%d minutes are told and the steps take about %d", l.d.Minutes, (estimate+30)/60)
}

// estimated is how many seconds a program is likely to take.
func estimated(program []Instruction) int {
	total := 0
	for i, s := range program {
		total += s.takes()
		if s.Kind != Confirm {
			continue
		}
		back := i
		if s.AlmostTo >= 0 {
			back = s.AlmostTo
		} else if s.MoreTo >= 0 {
			back = s.MoreTo
		}
		for _, again := range program[min(back, i):i] {
			total += again.takes() / 2
		}
	}
	return total
}
