package exercise

// Alone tells whether an exercise can be done between two sessions: apart, each at
// their own pace, with nobody to lead it. It then asks for something and holds nothing
// but what one person does by themselves. Cards that come from an earlier answer are
// left out as well: they would have one person wait for the other in the middle.
func (d Definition) Alone() bool {
	return !d.Frame && alone(d.Steps) && asks(d.Steps)
}

// Alone is the same of what a session would run.
func (p Program) Alone() bool {
	steps := make([]Step, len(p.Steps))
	for i := range p.Steps {
		steps[i] = p.Steps[i].Step
	}
	return !p.Frame && alone(steps) && asks(steps)
}

func alone(steps []Step) bool {
	for _, s := range steps {
		switch s.Kind {
		case Read, Write, Scale, Choose, Sort, Reveal, Switch:
		case Block:
			if !alone(s.Steps) {
				return false
			}
		default:
			return false
		}
		if s.CardsFrom != "" {
			return false
		}
	}
	return true
}

func asks(steps []Step) bool {
	for _, s := range steps {
		if s.Kind.Answers() || asks(s.Steps) {
			return true
		}
	}
	return false
}

// Together tells whether something in it is to be opened side by side, so that it takes
// both to do it.
func (p Program) Together() bool {
	for i := range p.Steps {
		if p.Steps[i].Kind == Reveal {
			return true
		}
	}
	return false
}
