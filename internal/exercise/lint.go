package exercise

import (
	"cmp"
	"fmt"
	"slices"
)

// Lint tells everything that is wrong with an exercise: what would leave a session
// stuck (see Compile), fields and limits, and the clinical rules, which are the
// house's ethics in a form that can fail a file:
//
//	unequal-turns, unequal-in-vain        one role holds the floor for longer, and no reason is given
//	no-way-out                            a step that a partner cannot leave but by doing it
//	forgiveness-asked                     forgiveness asked of anyone, or measured
//	private-shown, reveal-not-sealed      one's words put before the other without a reveal
//	never-revealed                        a sealed answer that nobody ever opens
//	why-did-you                           a question that puts someone on trial, outside a gate
//	minutes-do-not-fit                    the time told is not the time it takes
//	too-many-words                        a prompt that cannot be read at a glance
//	apology-if-but                        a frame that takes back what it gives
//	blames, diagnoses, genders            wording that judges, labels or guesses
//	no-secrets-fallback                   an answer to the counselor that a no-secrets practice cannot take
//
// Problems come in the order of the file.
func Lint(d Definition) []Problem {
	c := compile(d)
	l := &linter{d: d, c: c, problems: slices.Clone(c.problems)}
	l.head()
	l.eachStep(func(s Step, path string) {
		l.fields(s, path)
		l.limits(s, path)
		l.secrecy(s, path)
		l.wayOut(s, path)
	})
	l.wording()
	if len(c.problems) == 0 {
		l.program()
		l.fairness()
		l.minutes()
	}
	slices.SortStableFunc(l.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(stepOrder(a.Path), stepOrder(b.Path)), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Code, b.Code))
	})
	return l.problems
}

type linter struct {
	d        Definition
	c        *compiler
	problems []Problem
}

func (l *linter) report(path, code, message, mend string) {
	l.problems = append(l.problems, Problem{Path: path, Code: code, Message: message, Mend: mend})
}

func (l *linter) reportf(path, code, mend, message string, args ...any) {
	l.report(path, code, fmt.Sprintf(message, args...), mend)
}

// eachStep calls f for every step as written, blocks and switches included.
func (l *linter) eachStep(f func(s Step, path string)) {
	for i, s := range l.d.Steps {
		path := fmt.Sprintf("steps[%d]", i)
		f(s, path)
		for j, inner := range s.Steps {
			f(inner, fmt.Sprintf("%s.steps[%d]", path, j))
		}
	}
}

// stepOrder sorts the head before the steps, and these by their place.
func stepOrder(path string) int {
	var outer, inner int
	switch n, _ := fmt.Sscanf(path, "steps[%d].steps[%d]", &outer, &inner); n {
	case 2:
		return 1 + outer*1000 + inner + 1
	case 1:
		return 1 + outer*1000
	}
	return 0
}
