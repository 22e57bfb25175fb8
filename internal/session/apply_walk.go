package session

import (
	"slices"
	"time"
)

// The states of an agenda's item.
const (
	itemPlanned = "planned"
	itemRunning = "running"
	itemDone    = "done"
	itemStopped = "stopped"
)

// planned gives an agenda with more planned at its end.
func planned(agenda []AgendaItem, more []Planned) []AgendaItem {
	agenda = slices.Grow(agenda, len(more))
	for _, p := range more {
		agenda = append(agenda, AgendaItem{Planned: p, State: itemPlanned})
	}
	return agenda
}

func (e ExerciseStarted) apply(s State, r Record) State {
	s.Runs++
	run := &Run{Number: s.Runs, Program: &e.Program, Cast: e.Cast, Homework: e.Homework}
	s.Run = run
	s.Whispers = nil
	s.Agenda = slices.Clone(s.Agenda)
	i := slices.IndexFunc(s.Agenda, func(i AgendaItem) bool {
		return i.State == itemPlanned && i.Exercise == e.Program.ID
	})
	if i < 0 {
		for j := range s.Agenda {
			if s.Agenda[j].State != itemPlanned {
				i = j
			}
		}
		i++
		s.Agenda = slices.Insert(s.Agenda, i, AgendaItem{Planned: Planned{
			Exercise: e.Program.ID, Title: e.Program.Title, Minutes: e.Program.Minutes, Frame: e.Program.Frame,
		}})
	}
	s.Agenda[i].State, s.Agenda[i].Run = itemRunning, s.Runs
	return s.enter(passage{to: 0, entry: e.Entry, at: r.At})
}

func (ExerciseStopped) apply(s State, _ Record) State { return s.finish(itemStopped) }

func (e Moved) apply(s State, r Record) State {
	return s.leave(e.Step, r.At, e.Cause).enter(passage{from: e.Step, cause: e.Cause, to: e.To, entry: e.Entry, at: r.At})
}

func (e Heard) apply(s State, r Record) State {
	return s.leave(e.Step, r.At, "").enter(passage{from: e.Step, heard: e.Heard, to: e.To, entry: e.Entry, at: r.At})
}

// passage is how the room comes to a step.
type passage struct {
	from  string // key of the step it comes from
	cause Cause
	heard Hearing
	to    int
	entry *Entry
	at    time.Time
}

// leave notes that the room moves on from a visit.
func (s State) leave(key string, at time.Time, cause Cause) State {
	s.Whispers = nil
	s = s.amend(key, func(v *Visit) {
		v.Left = at
		v.Skipped = cause == BySkip
	})
	if s.Run == nil {
		return s
	}
	i := s.Run.position(key)
	if i < 0 {
		return s
	}
	v := s.Run.Visits[i]
	step := s.Run.step(v.Index)
	if step == nil {
		return s
	}
	if seat, ok := s.Run.holder(step); ok {
		run := *s.Run
		run.Held = run.Held.With(seat, run.Held.Of(seat)+heldFor(v, at))
		s.Run = &run
	}
	return s
}

// enter brings the room to a step, or completes the exercise where there is none.
func (s State) enter(p passage) State {
	if s.Run == nil {
		return s
	}
	step := s.Run.step(p.to)
	if step == nil || p.entry == nil {
		return s.finish(itemDone)
	}
	run := *s.Run
	run.Visits, run.Trail = slices.Clone(run.Visits), slices.Clone(run.Trail)
	i := run.find(p.to, p.entry.Visit)
	if i < 0 {
		fresh := run.fresh(p)
		i = len(run.Visits)
		run.Visits = append(run.Visits, fresh)
	} else {
		back := *run.Visits[i]
		back.Since, back.Deadline, back.Skipped = p.at, required(p.entry.Deadline), false
		run.Visits[i] = &back
	}
	run.tread(i, p.cause)
	s.Run = &run
	return s
}

// tread takes one step along the trail, to a visit. Going back keeps what lies ahead.
func (r *Run) tread(visit int, cause Cause) {
	switch {
	case cause == ByBack && r.At > 0 && r.Trail[r.At-1] == visit:
		r.At--
	case len(r.Trail) == 0:
		r.Trail, r.At = []int{visit}, 0
	case r.At+1 < len(r.Trail) && r.Trail[r.At+1] == visit:
		r.At++
	default:
		r.Trail = append(r.Trail[:r.At+1], visit)
		r.At++
	}
}

// fresh is a visit that nothing was done in yet.
func (r *Run) fresh(p passage) *Visit {
	v := &Visit{
		Index: p.to, Number: p.entry.Visit, Since: p.at,
		Deadline: required(p.entry.Deadline), Cards: p.entry.Cards, Wording: p.entry.Wording,
	}
	i := r.position(p.from)
	if i < 0 {
		return v
	}
	from := r.Visits[i]
	switch {
	case p.heard == HeardAlmost || p.heard == HeardMore:
		v.Loops, v.Again = from.Loops+1, p.heard
	case p.cause == ByRepeat || !r.confirms(from):
		v.Loops, v.Again = from.Loops, from.Again
	}
	return v
}

// finish ends the exercise; what was done in it stays in the log.
func (s State) finish(state string) State {
	s.Run = nil
	s.Whispers = nil
	s.Agenda = slices.Clone(s.Agenda)
	for i := range s.Agenda {
		if s.Agenda[i].State == itemRunning {
			s.Agenda[i].State = state
		}
	}
	return s
}

func (e Extended) apply(s State, _ Record) State {
	return s.amend(e.Step, func(v *Visit) { v.Deadline = required(e.Deadline) })
}

func (e MirrorSet) apply(s State, _ Record) State {
	if s.Run != nil {
		run := *s.Run
		run.Writing = e.Writing
		s.Run = &run
	}
	return s
}
