package record

import (
	"fmt"
	"slices"
	"time"

	"mend/internal/exercise"
	"mend/internal/session"
)

// Build reads a session's log, whole or any beginning of it, and says what it tells
// so far. The log is in order and starts with seq 1; a gap is the only error.
func Build(log []session.Record) (Summary, error) {
	f := fold{sum: blank(), away: map[session.Seat]int{}}
	view := look(session.State{})
	for i, r := range log {
		if r.Seq != uint64(i)+1 {
			return Summary{}, fmt.Errorf("record: the log has seq %d where %d belongs", r.Seq, i+1)
		}
		f.state = session.Apply(f.state, r)
		before := view
		view = look(f.state)
		f.take(r, before, view)
	}
	f.finish(view)
	return f.sum, nil
}

// look is what the counselor's console showed: the only window through which a
// summary sees answers.
func look(s session.State) session.CounselorView {
	v, _ := session.ViewFor(s, session.Counselor).(session.CounselorView)
	return v
}

// blank has every list that the wire promises.
func blank() Summary {
	return Summary{
		State:    Planned,
		Consents: map[session.Seat]Accepted{},
		Agenda:   []Outcome{}, Exercises: []Passage{},
		Agreements: Agreements{
			Standing: []session.Agreement{}, Concluded: []session.Agreement{}, Withdrawn: []session.Agreement{},
		},
		Ratings: []Rating{}, Steadiness: []Dialling{}, Pauses: []Break{}, Absences: []Absence{},
		Marks: []Marking{}, Whispers: []Whispering{},
	}
}

// fold is a summary in the making.
type fold struct {
	sum   Summary
	state session.State
	runs  []*run
	here  *visit // the step that the session stands at
	// onPause and away tell which of sum.Pauses and sum.Absences are not over yet.
	onPause bool
	in      exercise.Language // the counselor's
	away    map[session.Seat]int
}

// take adds one record, with what the console showed before and after it.
func (f *fold) take(r session.Record, before, after session.CounselorView) {
	at := r.At
	f.sum.LastAt = &at
	f.header(r, after)
	f.pauses(r, after)
	f.doors(r, before, after)
	f.said(r, before)
	f.steps(r, before, after)
}

// header keeps who, when and under which terms.
func (f *fold) header(r session.Record, after session.CounselorView) {
	s := &f.sum
	switch e := r.Event.(type) {
	case session.Opened:
		f.in = e.Facts.Language
		s.People, s.Policy, s.Suitability = e.Facts.People, e.Facts.Policy, e.Facts.Suitability
		s.Agreements.Standing = append(s.Agreements.Standing, e.Facts.Agreements...)
	case session.CounselorsNamed:
		s.People.Counselor = e.Names
	case session.ExerciseStarted:
		if len(e.Homework) > 0 {
			s.Homework = readBack(e.Homework, after.Homework)
		}
	case session.Consented:
		if seat, ok := r.By.Seat(); ok {
			s.Consents[seat] = Accepted{At: r.At, Policy: e.Policy}
		}
	case session.Erased:
		s.Erased++
	}
	s.OpenedAt, s.StartedAt = after.OpenedAt, after.StartedAt
	switch {
	case after.Phase == session.HasEnded:
		if s.State != Ended {
			at := r.At
			s.State, s.EndedAt = Ended, &at
		}
	case s.StartedAt != nil:
		s.State = Live
	case s.OpenedAt != nil:
		s.State = Open
	}
}

// readBack is homework as the console showed it, less what was only for the session.
func readBack(told []session.Homework, shown []session.HomeworkView) []session.HomeworkView {
	kept := slices.Clone(shown)
	for i := range kept {
		passing := func(p session.RevealedPair) bool {
			return slices.ContainsFunc(told, func(h session.Homework) bool {
				return h.ID == kept[i].ID && slices.ContainsFunc(h.Program.Steps, func(s exercise.Instruction) bool {
					return s.ID == p.Step && s.Retention == exercise.KeepSession
				})
			})
		}
		kept[i].Shared = slices.DeleteFunc(slices.Clone(kept[i].Shared), passing)
	}
	return kept
}

// pauses follows each pause from its call to the return.
func (f *fold) pauses(r session.Record, after session.CounselorView) {
	_, over := r.Event.(session.Ended)
	if p := after.Pause; p != nil && !over {
		if !f.onPause {
			f.onPause = true
			f.sum.Pauses = append(f.sum.Pauses, Break{Since: p.Since, By: p.By, Return: StillPaused})
		}
		b := &f.sum.Pauses[len(f.sum.Pauses)-1]
		b.Neutral = b.Neutral || p.Neutral
		b.ReturnAt = p.ReturnAt
		return
	}
	if !f.onPause {
		return
	}
	f.onPause = false
	b := &f.sum.Pauses[len(f.sum.Pauses)-1]
	if over {
		b.Return = NotReturned
		return
	}
	at := r.At
	b.Resumed, b.Return = &at, kept(b.ReturnAt, at)
}

// kept compares a return with the time that was set for it. Five minutes late is
// still kept: people walk in, sit down, and somebody taps.
func kept(set *time.Time, at time.Time) Return {
	const grace = 5 * time.Minute
	switch {
	case set == nil:
		return NoReturnSet
	case at.Before(set.Add(-time.Minute)):
		return ReturnEarly
	case at.After(set.Add(grace)):
		return ReturnLate
	}
	return ReturnKept
}

// doors follows each partner who was in the room and then was not.
func (f *fold) doors(r session.Record, before, after session.CounselorView) {
	for _, seat := range session.Seats() {
		was, is := before.Doors[seat], after.Doors[seat]
		i, away := f.away[seat]
		switch {
		case is == session.Inside && away:
			at := r.At
			f.sum.Absences[i].Until = &at
			delete(f.away, seat)
		case was == session.Inside && is != session.Inside && after.Phase != session.HasEnded:
			f.away[seat] = len(f.sum.Absences)
			f.sum.Absences = append(f.sum.Absences, Absence{Who: seat, How: is, From: r.At})
		case away && (is == session.Gone || is == session.RemovedOut):
			// Sent out and then gone is one absence, and the graver word for it.
			f.sum.Absences[i].How = is
		}
	}
}

// said keeps what stands beside the steps: dials, marks, whispers, agreements.
func (f *fold) said(r session.Record, before session.CounselorView) {
	s := &f.sum
	run, step := 0, ""
	if before.Step != nil {
		run, step = len(f.runs), before.Step.Key
	}
	switch e := r.Event.(type) {
	case session.DialSet:
		if seat, ok := r.By.Seat(); ok {
			s.Steadiness = append(s.Steadiness, Dialling{At: r.At, Who: seat, Value: e.Value})
		}
	case session.Marked:
		m := session.MarkView{At: r.At, Kind: e.Kind, Text: e.Text}
		s.Marks = append(s.Marks, Marking{MarkView: m, Run: run, Step: step})
	case session.Whispered:
		w := session.WhisperView(e)
		s.Whispers = append(s.Whispers, Whispering{WhisperView: w, At: r.At, Step: step})
	case session.Signed:
		if e.Concluded != nil {
			s.Agreements.Concluded = append(s.Agreements.Concluded, *e.Concluded)
		}
	case session.WordingEdited:
		s.Agreements.Edits++
	case session.PutOff:
		s.Agreements.PutOff++
	}
}

// finish says how things stand where the log ends.
func (f *fold) finish(view session.CounselorView) {
	s := &f.sum
	for _, a := range view.Agreements {
		if a.Withdrawn == nil {
			continue
		}
		s.Agreements.Withdrawn = append(s.Agreements.Withdrawn, a)
		same := func(c session.Agreement) bool { return c.ID == a.ID }
		if i := slices.IndexFunc(s.Agreements.Concluded, same); i >= 0 {
			s.Agreements.Concluded[i] = a
		}
	}
	if f.here != nil {
		f.here.look(view.Step)
	}
	for _, r := range f.runs {
		s.Exercises = append(s.Exercises, f.passage(r))
	}
	s.Ratings = ratings(s.Exercises, f.runs)
	turns(s.Ratings, s.Steadiness)
	f.clock()
	f.agenda(view)
	if s.State == Ended {
		s.Early = f.undone()
	}
}

// clock counts the session's seconds, and those of its pauses.
func (f *fold) clock() {
	s := &f.sum
	if s.StartedAt == nil {
		return
	}
	end := *s.LastAt
	if s.EndedAt != nil {
		end = *s.EndedAt
	}
	s.Seconds = seconds(end.Sub(*s.StartedAt))
	s.PausedSeconds = seconds(f.paused(*s.StartedAt, end))
}

// paused is how much of a stretch of time was pause.
func (f *fold) paused(from, until time.Time) time.Duration {
	var sum time.Duration
	for _, p := range f.sum.Pauses {
		start, stop := p.Since, until
		if p.Resumed != nil && p.Resumed.Before(stop) {
			stop = *p.Resumed
		}
		if start.Before(from) {
			start = from
		}
		if d := stop.Sub(start); d > 0 {
			sum += d
		}
	}
	return sum
}

// seconds are whole ones, as the console counts them.
func seconds(d time.Duration) int { return max(0, int(d/time.Second)) }

// agenda says what became of each planned exercise.
func (f *fold) agenda(view session.CounselorView) {
	for _, item := range view.Agenda {
		o := Outcome{Planned: item.Planned, Fate: NotRun}
		for _, p := range f.sum.Exercises {
			if p.Run == item.Run {
				o.Fate, o.Run = p.Fate, p.Run
			}
		}
		f.sum.Agenda = append(f.sum.Agenda, o)
	}
}

// undone is what an ended session left, or nil when it left nothing.
func (f *fold) undone() *Early {
	e := Early{NotRun: []session.Planned{}, Stopped: []session.Planned{}}
	some := false
	for _, o := range f.sum.Agenda {
		switch o.Fate {
		case NotRun:
			e.NotRun = append(e.NotRun, o.Planned)
		case Stopped:
			e.Stopped = append(e.Stopped, o.Planned)
		case Done:
			continue
		}
		some = true
	}
	e.Unclosed = f.sum.unclosed()
	for _, p := range f.sum.Exercises {
		if p.Fate == CutOff {
			e.Exercise, e.Of, some = p.Title, len(f.runs[p.Run-1].program.Steps), true
			if n := len(p.Stays); n > 0 {
				e.Index = p.Stays[n-1].Index
			}
		}
	}
	if n := len(f.sum.Pauses); n > 0 && f.sum.Pauses[n-1].Return == NotReturned {
		e.Paused, some = true, true
	}
	if !some {
		return nil
	}
	return &e
}

// unclosed tells whether the session's closing was planned and not completed. It goes
// by what an exercise is and where it stands, since a practice may close with one of
// its own: the closing is the agenda's last frame, and something comes before it.
func (s *Summary) unclosed() bool {
	for i, o := range slices.Backward(s.Agenda) {
		if o.Frame {
			return i > 0 && o.Fate != Done
		}
	}
	return false
}

// keeps tells whether an answer of a step is in the record, now or still.
func (s *Summary) keeps(step exercise.Instruction) bool {
	switch step.Retention {
	case exercise.KeepNone:
		return false
	case exercise.KeepSession:
		return s.State != Ended
	}
	return true
}
