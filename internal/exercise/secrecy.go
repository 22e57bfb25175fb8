package exercise

import (
	"fmt"
	"slices"
)

// secrecy checks what one step promises about its answer.
func (l *linter) secrecy(s Step, path string) {
	if s.Audience == ToCounselor && s.NoSecrets == "" {
		l.report(path+".no_secrets", "no-secrets-fallback", "A practice without secrets could not take this answer",
			"Add no_secrets: warned (say that it may be brought to both) or device (keep it on the phone)")
	}
	if s.Audience != ToCounselor && s.NoSecrets != "" {
		l.report(path+".no_secrets", "field-unfit", "Only an answer to the counselor needs this", "Take it out")
	}
	if s.Preview && s.Audience != Sealed {
		l.report(path+".preview", "field-unfit", "Only a sealed answer can be read before the reveal", "Take preview out or seal the answer")
	}
	if s.Audience == Device && s.Retention != "" && s.Retention != KeepNone {
		l.report(path+".retention", "device-kept", "What stays on the phone cannot be kept", "Take retention out")
	}
}

// wayOut checks that a partner can leave a step without doing it. Choices always
// offer "none of these", agreements "not today", turns end when the holder likes.
func (l *linter) wayOut(s Step, path string) {
	const mend = "Add skippable: true"
	switch s.Kind {
	case Write, Scale, Sort, Ask, Breathe:
		if !s.Skippable {
			l.reportf(path+".skippable", "no-way-out", mend, "A %s step must let a person pass", s.Kind)
		}
	case Confirm:
		if s.Almost == "" && s.More == "" {
			l.report(path, "no-way-out", "Whoever judges can only say yes", "Add almost: or more: with the step to go back to")
		}
	case Gate:
		if len(s.Options) == 1 {
			l.report(path+".options", "no-way-out", "A gate with one answer is no gate", "Add the answer that says no")
		}
	}
}

// program checks what can be seen only when the exercise is laid out: who is shown
// whose words, and where a confirm leads back to.
func (l *linter) program() {
	opened := map[int]bool{} // instructions whose answers were revealed so far
	for i, s := range l.c.program {
		path := l.c.placed[i].path
		for _, of := range s.Asked {
			if l.c.program[of].Kind != Ask {
				l.reportOnce(path+".about", "about-no-questions", fmt.Sprintf("%q takes no questions", l.c.program[of].ID), "Name an ask step")
			}
		}
		switch s.Kind {
		case Reveal:
			for _, of := range s.OfSteps {
				l.revealed(l.c.program[of], path)
				opened[of] = true
			}
		case Agree:
			for _, of := range s.OfSteps {
				if !common(l.c.program[of], opened[of]) {
					l.shown(path+".words_from", l.c.program[of])
				}
			}
		case Sort:
			for _, of := range s.OfSteps {
				from := l.c.program[of]
				_, one := from.Who.Role()
				if own := one && from.Who == s.Who && from.Audience != Device; !own && !common(from, opened[of]) {
					l.shown(path+".cards_from", from)
				}
				if from.Kind != Write {
					l.reportOnce(path+".cards_from", "cards-not-lines", "Cards can only be the lines of a write step", "Name a write step")
				}
			}
		case Speak, Say:
			for _, of := range s.OfSteps {
				from := l.c.program[of]
				if !from.Kind.Answers() || !from.Who.Includes(Role(s.Who)) || from.Audience == Device {
					l.reportOnce(path+".words_from", "words-not-ones-own", fmt.Sprintf("%q is no answer of whoever has the floor here", from.ID),
						"Name a step that the same role answered, and not only on the phone")
				}
			}
		case Confirm:
			l.wayBack(i, s.AlmostTo, path+".almost", s.Who.Exchange())
			l.wayBack(i, s.MoreTo, path+".more", s.Who)
		}
	}
	for i, s := range l.c.program {
		if s.Audience == Sealed && !opened[i] {
			l.reportOnce(l.c.placed[i].path+".audience", "never-revealed", "This answer is promised to both and never opened",
				"Add a reveal of it, or choose another audience")
		}
	}
}

// common tells whether both partners have seen an answer.
func common(from Instruction, opened bool) bool {
	return from.Kind.Answers() && (from.Audience == Room || from.Audience == Sealed && opened)
}

func (l *linter) shown(path string, from Instruction) {
	l.reportOnce(path, "private-shown", fmt.Sprintf("This would show one partner's answer to %q to the other", from.ID),
		"Seal that answer and reveal it first, or ask for it with audience: room")
}

func (l *linter) revealed(from Instruction, path string) {
	switch {
	case !from.Kind.Answers():
		l.reportOnce(path+".of", "reveal-not-sealed", fmt.Sprintf("The step %q takes no answer", from.ID), "Name a step with audience: sealed")
	case from.Audience == Device || from.Audience == ToCounselor:
		l.reportOnce(path+".of", "private-shown", fmt.Sprintf("The answer to %q was promised to stay private", from.ID),
			"Take it out of the reveal, or seal that step so that people know before they write")
	case from.Audience == Room:
		l.reportOnce(path+".of", "reveal-not-sealed", fmt.Sprintf("Everyone has seen the answer to %q already", from.ID), "Take it out of the reveal")
	}
}

// wayBack checks that a loop is one: back over floor steps only, to a turn of whoever must try again.
func (l *linter) wayBack(confirm, to int, path string, who Who) {
	if to < 0 {
		return
	}
	target := l.c.program[to]
	if !target.Kind.HoldsFloor() || target.Who != who {
		l.reportOnce(path, "loop-astray", "This leads to a step that the right person does not say aloud",
			"almost: goes to what the other said back, more: to what the one who judges said")
		return
	}
	for _, s := range l.c.program[to:confirm] {
		if !s.Kind.HoldsFloor() && s.Kind != Confirm && s.Kind != Prompt {
			l.reportOnce(path, "loop-astray", fmt.Sprintf("On the way back this would run %q again", s.ID), "Go back over turns only")
			return
		}
	}
}

// reportOnce keeps a switched round from repeating what the first one said.
func (l *linter) reportOnce(path, code, message, mend string) {
	p := Problem{Path: path, Code: code, Message: message, Mend: mend}
	if !slices.Contains(l.problems, p) {
		l.problems = append(l.problems, p)
	}
}
