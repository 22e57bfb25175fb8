package session

import (
	"slices"
	"time"
)

// Apply is total: whatever was stored, it gives the next state. It never writes to
// what an older state can reach; what changes is copied first.
func Apply(s State, r Record) State {
	s.Seq = r.Seq
	if r.Event == nil {
		return s
	}
	return r.Event.apply(s, r)
}

// An erased record has nothing to say any more; only its place in the log is left.
func (Erased) apply(s State, _ Record) State { return s }

func (e Opened) apply(s State, r Record) State {
	s.OpenedAt = r.At
	s.Facts = e.Facts
	s.Agreements = slices.Clone(e.Facts.Agreements)
	s.Agenda = planned(nil, e.Facts.Agenda)
	return s
}

func (e AgendaSet) apply(s State, _ Record) State {
	run := slices.DeleteFunc(slices.Clone(s.Agenda), func(i AgendaItem) bool { return i.State == itemPlanned })
	s.Agenda = planned(run, e.Agenda)
	return s
}

func (e CounselorsNamed) apply(s State, _ Record) State {
	s.Facts.People.Counselor = e.Names
	for _, seat := range Seats() {
		if e.Anew && s.Doors.Of(seat) == AtDoor {
			s = s.at(seat, Invitee)
		}
	}
	return s
}

func (e Invited) apply(s State, _ Record) State { return s.at(e.Seat, Invitee) }

func (e Consented) apply(s State, r Record) State {
	if e.Language != "" {
		s = LanguageSet{e.Language}.apply(s, r)
	}
	return s.at(Seat(r.By), AtDoor)
}

func (e LanguageSet) apply(s State, r Record) State {
	s.Languages = s.Languages.With(Seat(r.By), e.Language)
	return s
}

func (e Admitted) apply(s State, r Record) State {
	if s.StartedAt.IsZero() {
		s.StartedAt = r.At
	}
	return s.at(e.Seat, Inside)
}

func (e SteppedOut) apply(s State, _ Record) State { return s.at(e.Seat, Outside) }

func (e Removed) apply(s State, _ Record) State { return s.at(e.Seat, RemovedOut) }

func (Left) apply(s State, r Record) State { return s.at(Seat(r.By), Gone) }

// at puts a partner somewhere else at the door.
func (s State) at(seat Seat, door SeatState) State {
	s.Doors = s.Doors.With(seat, door)
	return s
}

func (Paused) apply(s State, r Record) State {
	if s.Hold == nil {
		s.Hold = &Hold{Since: r.At, By: r.By}
	}
	return s
}

func (Neutralised) apply(s State, r Record) State {
	hold := Hold{Since: r.At, By: r.By}
	if s.Hold != nil {
		hold = *s.Hold
	}
	hold.Neutral = true
	s.Hold = &hold
	return s
}

func (e ReturnSet) apply(s State, _ Record) State {
	if s.Hold != nil {
		hold := *s.Hold
		hold.ReturnAt = e.At
		s.Hold = &hold
	}
	return s
}

func (e Resumed) apply(s State, r Record) State {
	if s.Hold == nil {
		return s
	}
	lasted := elapsed(s.Hold.Since, r.At)
	s.Hold = nil
	if h, ok := s.here(); ok {
		return s.amend(h.key(), func(v *Visit) {
			v.Since = v.Since.Add(lasted)
			v.Deadline = required(e.Deadline)
		})
	}
	return s
}

func (e Whispered) apply(s State, _ Record) State {
	s.Whispers = append(slices.Clip(s.Whispers), WhisperView{To: e.To, Text: e.Text})
	return s
}

const maxMarks = 20 // that the console shows

func (e Marked) apply(s State, r Record) State {
	marks := append(slices.Clip(s.Marks), MarkView{At: r.At, Kind: e.Kind, Text: e.Text})
	s.Marks = marks[max(0, len(marks)-maxMarks):]
	return s
}

func (e DialSet) apply(s State, r Record) State {
	s.Dials = s.Dials.With(Seat(r.By), &e.Value)
	s.Steady = s.Steady.With(Seat(r.By), &e.Value)
	return s
}

func (e Ended) apply(s State, r Record) State {
	s.EndedAt = r.At
	return s
}

func (e Withdrawn) apply(s State, r Record) State {
	i := s.agreement(e.Agreement)
	if i < 0 || s.Agreements[i].Withdrawn != nil {
		return s
	}
	by := Seat(r.By)
	s.Agreements = slices.Clone(s.Agreements)
	s.Agreements[i].Withdrawn = &by
	return s
}

// amend gives the state in which one visit of the running exercise has changed.
func (s State) amend(key string, change func(*Visit)) State {
	if s.Run == nil {
		return s
	}
	i := s.Run.position(key)
	if i < 0 {
		return s
	}
	run, visit := *s.Run, *s.Run.Visits[i]
	change(&visit)
	run.Visits = slices.Clone(run.Visits)
	run.Visits[i] = &visit
	s.Run = &run
	return s
}

// part gives the state in which what one partner did in a visit has changed.
func (s State) part(key string, by Role, change func(*Part)) State {
	seat, ok := by.Seat()
	if !ok {
		return s
	}
	return s.amend(key, func(v *Visit) {
		part := v.Parts.Of(seat)
		change(&part)
		v.Parts = v.Parts.With(seat, part)
	})
}

// heldFor is a floor turn in whole seconds.
func heldFor(v *Visit, until time.Time) time.Duration {
	return elapsed(v.Since, until).Truncate(time.Second)
}
