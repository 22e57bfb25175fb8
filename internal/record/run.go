package record

import (
	"slices"
	"time"

	"mend/internal/exercise"
	"mend/internal/session"
)

// run is one exercise in the making of a summary.
type run struct {
	number  int
	program exercise.Program
	cast    session.Cast
	started time.Time
	ended   *time.Time
	fate    Fate
	visits  []*visit
	mirrors []Mirroring
	given   map[string]map[session.Seat]time.Time // by step: when each answered it last
}

// visit is a stay at a step, with the last that the console showed of it.
type visit struct {
	Stay
	shown session.CounselorStep
	given map[session.Seat]time.Time      // when each answered
	spoke map[session.Seat]session.Answer // an answer that moved the session on as it was given
}

// look takes over what the console shows of the step now.
func (v *visit) look(step *session.CounselorStep) {
	if step == nil || step.Key != v.Step {
		return
	}
	v.shown = *step
	if step.Floor != nil {
		v.Floor = step.Floor
	}
}

// steps follows the exercises: arriving at a step, what happens there, leaving it.
func (f *fold) steps(r session.Record, before, after session.CounselorView) {
	started, begun := r.Event.(session.ExerciseStarted)
	_, over := r.Event.(session.Ended)
	if f.here != nil {
		f.here.look(before.Step)
		f.note(r)
		if begun || over || after.Exercise == nil || after.Step != nil && after.Step.Key != f.here.Step {
			f.leave(r)
		}
	}
	if n := len(f.runs); n > 0 && f.runs[n-1].ended == nil && (begun || over || after.Exercise == nil) {
		at := r.At
		f.runs[n-1].ended, f.runs[n-1].fate = &at, fate(r.Event)
	}
	if begun {
		f.runs = append(f.runs, &run{
			number: len(f.runs) + 1, program: started.Program, cast: started.Cast, started: r.At, fate: Running,
			given: map[string]map[session.Seat]time.Time{},
		})
	}
	if f.here == nil && after.Step != nil && !over && len(f.runs) > 0 {
		f.arrive(r, after.Step)
	}
}

// fate is how an exercise ended, by what ended it.
func fate(e session.Event) Fate {
	switch e.(type) {
	case session.ExerciseStopped, session.ExerciseStarted:
		return Stopped
	case session.Ended:
		return CutOff
	}
	return Done
}

// arrive opens a stay.
func (f *fold) arrive(r session.Record, step *session.CounselorStep) {
	now := f.runs[len(f.runs)-1]
	v := &visit{
		Stay: Stay{
			Step: step.Key, Index: step.Index, Kind: step.Kind, Round: step.Round, Title: step.Title,
			Who: append([]session.Seat{}, step.Who...), From: r.At,
		},
		given: now.given[step.Key],
		spoke: map[session.Seat]session.Answer{},
	}
	if v.given == nil {
		v.given = map[session.Seat]time.Time{}
		now.given[step.Key] = v.given
	}
	v.look(step)
	now.visits = append(now.visits, v)
	f.here = v
	if step.Kind == exercise.Confirm && len(step.Who) > 0 {
		now.listens(step)
	}
}

// listens opens the loop of a confirm step, or goes on with the one that is open.
func (r *run) listens(step *session.CounselorStep) {
	if n := len(r.mirrors); n > 0 && r.mirrors[n-1].Index == step.Index && r.mirrors[n-1].HeardAt == nil {
		return
	}
	r.mirrors = append(r.mirrors, Mirroring{
		Index: step.Index, Round: step.Round, Speaker: step.Who[0], Listener: step.Who[0].Other(),
		Judgements: []Judgement{},
	})
}

// note keeps what happens at a step.
func (f *fold) note(r session.Record) {
	v := f.here
	seat, partner := r.By.Seat()
	at := r.At
	switch e := r.Event.(type) {
	case session.Submitted:
		if partner {
			v.given[seat] = at
			if e.To != nil && (e.Audience == exercise.Room || e.Audience == exercise.ToCounselor) {
				v.spoke[seat] = e.Answer
			}
		}
	case session.TakenBack:
		delete(v.given, seat)
	case session.WordingEdited:
		v.Edits++
	case session.Extended:
		v.Untimed = e.Deadline == nil
		if !v.Untimed {
			v.Extends++
		}
	case session.GateAnswered:
		v.Gate = &Gate{Answer: session.Answer{Text: e.Text}, Question: v.shown.Prompt, Options: v.shown.Options}
		if e.Choice != "" {
			v.Gate.Choices = []string{e.Choice}
		}
	case session.Revealed:
		v.Shown = &at
	case session.Heard:
		v.Heard = e.Heard
		f.runs[len(f.runs)-1].heard(v.Index, Judgement{At: at, Heard: e.Heard})
	}
}

// heard adds a judgement to the loop of a confirm step.
func (r *run) heard(index int, j Judgement) {
	n := len(r.mirrors)
	if n == 0 || r.mirrors[n-1].Index != index {
		return
	}
	m := &r.mirrors[n-1]
	m.Judgements = append(m.Judgements, j)
	if j.Heard == session.HeardYes {
		m.HeardAt = &j.At
		return
	}
	m.Loops++
}

// leave closes the stay and says why.
func (f *fold) leave(r session.Record) {
	at := r.At
	f.here.Until, f.here.By, f.here.Left = &at, r.By, leaving(r.Event)
	f.here = nil
}

func leaving(e session.Event) Leaving {
	switch e := e.(type) {
	case session.Moved:
		return Leaving(e.Cause)
	case session.Heard:
		return LeftByHeard
	case session.Submitted:
		return LeftByYield
	case session.Ended:
		return LeftByEnd
	case session.ExerciseStopped, session.ExerciseStarted:
		return LeftByStop
	}
	return LeftByAdvance
}

// passage is a run as the summary tells it.
func (f *fold) passage(r *run) Passage {
	p := Passage{
		Run: r.number, Exercise: r.program.ID, Version: r.program.Version, Title: r.program.TitleIn(f.in),
		Phase: r.program.Phase, Intensity: r.program.Intensity, Frame: r.program.Frame,
		Roles: r.program.Roles, Cast: r.cast, StartedAt: r.started, EndedAt: r.ended, Fate: r.fate,
		Stays: []Stay{}, Floor: map[session.Seat]int{}, Mirrors: r.mirrors, Shared: f.shared(r), Unmet: []Unmet{},
	}
	if t, ok := r.program.Translations[f.in]; ok {
		p.Roles = t.Roles
	}
	if p.Roles == nil {
		p.Roles = map[exercise.Role]string{}
	}
	if p.Cast == nil {
		p.Cast = session.Cast{}
	}
	if p.Mirrors == nil {
		p.Mirrors = []Mirroring{}
	}
	met := map[int]bool{}
	for i, v := range r.visits {
		met[v.Index] = true
		until := f.sum.LastAt
		if v.Until != nil {
			until = v.Until
		}
		v.Seconds = seconds(until.Sub(v.From) - f.paused(v.From, *until))
		if v.Floor != nil && v.Kind.HoldsFloor() {
			p.Floor[*v.Floor] += v.Seconds
		}
		// What was gone back to and taken up again is told once, where it stood last.
		again := slices.ContainsFunc(r.visits[i+1:], func(w *visit) bool { return w.Step == v.Step })
		p.Stays = append(p.Stays, f.stay(r, v, p.Shared, again))
	}
	for i := range r.program.Steps {
		if !met[i] {
			step := r.program.Step(i, f.in)
			p.Unmet = append(p.Unmet, Unmet{Index: i, Kind: step.Kind, Round: step.Round, Title: step.Title})
		}
	}
	return p
}

// shared lists the pairs that both were shown and that are kept, each once.
func (f *fold) shared(r *run) []session.RevealedPair {
	pairs := []session.RevealedPair{}
	for _, v := range r.visits {
		for _, pair := range v.shown.Revealed {
			step, ok := r.step(pair.Step)
			if !ok || !f.sum.keeps(step) {
				continue
			}
			same := func(p session.RevealedPair) bool { return p.Step == pair.Step }
			if i := slices.IndexFunc(pairs, same); i >= 0 {
				pairs[i] = pair
				continue
			}
			pairs = append(pairs, pair)
		}
	}
	return pairs
}

// step is the instruction that a key stands for, if it was visited in this run.
func (r *run) step(key string) (exercise.Instruction, bool) {
	for _, v := range r.visits {
		if v.Step == key && v.Index < len(r.program.Steps) {
			return r.program.Steps[v.Index], true
		}
	}
	return exercise.Instruction{}, false
}
