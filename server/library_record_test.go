package main

import (
	"slices"

	"mend/internal/exercise"
	"mend/internal/protocol"
	"mend/internal/record"
	"mend/internal/session"
)

// diary is what really happened in a play, kept by those who were there; the session's
// own record is held against it.
type diary struct {
	runs   []*stays
	pauses []session.Role
	away   []absence
	dials  map[session.Seat][]int
	counts map[string]int // of marks, whispers, edits, agreements
}

type stays struct {
	list []stay
	did  map[string]map[session.Seat]string // by step and seat: what one's part there came to
	tray map[string][]session.TrayItem
}

// stay is a step from arriving to moving on.
type stay struct {
	step string
	left record.Leaving
	by   session.Role
}

type absence struct {
	who session.Seat
	how session.SeatState
}

// What one's part in a step came to.
const (
	gave     = "gave an answer"
	kept     = "kept it to themselves"
	passed   = "passed on it"
	isReady  = "is ready"
	signed   = "signed"
	notToday = "put it off"
)

func newDiary() *diary {
	return &diary{dials: map[session.Seat][]int{}, counts: map[string]int{}}
}

// does notes what a command that was taken has done.
func (d *diary) does(p *play, by session.Role, key string, c session.Command) {
	p.Helper()
	who, _ := by.Seat()
	part := func(what string) {
		did := d.runs[len(d.runs)-1].did
		if did[key] == nil {
			did[key] = map[session.Seat]string{}
		}
		did[key][who] = what
	}
	switch c := c.(type) {
	case session.Submit:
		part(gave)
	case session.DonePrivate:
		part(kept)
	case session.TakeBack:
		part("")
	case session.Ready:
		part(isReady)
	case session.AskQuestion:
		part("")
	case session.NotToday:
		part(notToday)
	case session.Sign:
		part(signed)
	case session.Edit:
		d.counts["edits"]++
		for _, seat := range session.Seats() {
			if did := d.runs[len(d.runs)-1].did[key]; did[seat] == signed {
				did[seat] = ""
			}
		}
	case session.Pause, session.Neutral:
		d.pauses = append(d.pauses, by)
	case session.Leave:
		d.away = append(d.away, absence{who, session.Gone})
	case session.StepOut:
		d.away = append(d.away, absence{c.Who, session.Outside})
	case session.Remove:
		d.away = append(d.away, absence{c.Who, session.RemovedOut})
	case session.SetDial:
		if said := d.dials[who]; len(said) == 0 || said[len(said)-1] != c.Value {
			d.dials[who] = append(said, c.Value)
		}
	case session.Mark:
		d.counts["marks"]++
	case session.Whisper:
		d.counts["whispers"]++
	case session.Skip:
		if by != session.Counselor {
			part(passed)
		}
	}
	d.walks(p, by, key, c)
}

// walks notes where the room has gone.
func (d *diary) walks(p *play, by session.Role, key string, c session.Command) {
	p.Helper()
	var left record.Leaving
	switch c.(type) {
	case session.StartExercise:
		d.runs = append(d.runs, &stays{did: map[string]map[session.Seat]string{}, tray: map[string][]session.TrayItem{}})
	case session.Advance:
		left = record.LeftByAdvance
	case session.Back:
		left = record.LeftByBack
	case session.Repeat:
		left = record.LeftByRepeat
	case session.Yield:
		left = record.LeftByYield
	case session.PassTurn:
		left = record.LeftByPass
	case session.Confirm:
		left = record.LeftByHeard
	case session.StopExercise:
		left = record.LeftByStop
	case session.Submit:
		left = record.LeftByYield // where it moved the room on: a written mirror
	case session.Skip:
		if by != session.Counselor {
			return
		}
		left = record.LeftBySkip
	case session.Deal, session.Reply, session.AskQuestion:
		d.runs[len(d.runs)-1].tray[key] = p.now().Tray
		return
	default:
		return
	}
	run, step := d.runs[len(d.runs)-1], p.now()
	if step != nil && step.Key == key {
		return
	}
	if n := len(run.list); n > 0 {
		run.list[n-1].left, run.list[n-1].by = left, by
	}
	if step != nil {
		run.list = append(run.list, stay{step: step.Key})
	}
	p.before = earlier{} // where back leads to now, only onward knows
}

// record reads the session's summary, and holds it against what happened.
func (p *play) record() {
	p.Helper()
	a := p.desk.get("/sessions/" + p.id + "/summary").want(200)
	for _, complaint := range p.words.check(session.Counselor, a.body) {
		p.Errorf("%s, in the summary", complaint)
	}
	s := read[record.Summary](a)
	d := p.diary
	if s.State != record.Ended || s.EndedAt == nil || s.StartedAt == nil || len(s.Exercises) != len(d.runs) {
		p.Fatalf("the summary tells of another session: %s", a.body)
	}
	for i, run := range d.runs {
		last := i == len(d.runs)-1
		p.passage(s.Exercises[i], run, last)
	}
	p.beside(s)
	got := read[protocol.Session](p.desk.get("/sessions/" + p.id).want(200))
	if got.State != protocol.SessionEnded {
		p.Errorf("the session is %q after its end", got.State)
	}
}

// beside compares all that is not the exercise itself.
func (p *play) beside(s record.Summary) {
	p.Helper()
	d := p.diary
	var pauses []session.Role
	for _, b := range s.Pauses {
		pauses = append(pauses, b.By)
		if b.Resumed == nil || b.ReturnAt == nil || b.Return != record.ReturnEarly {
			p.Errorf("a pause that was ended early is told as %+v", b)
		}
	}
	var away []absence
	for _, a := range s.Absences {
		away = append(away, absence{a.Who, a.How})
		if a.Until == nil {
			p.Errorf("who came back is told as gone: %+v", a)
		}
	}
	dials := map[session.Seat][]int{}
	for _, t := range s.Steadiness {
		dials[t.Who] = append(dials[t.Who], t.Value)
	}
	if !slices.Equal(pauses, d.pauses) || !slices.Equal(away, d.away) {
		p.Errorf("told are the pauses %v and absences %v, and there were %v and %v", pauses, away, d.pauses, d.away)
	}
	for _, who := range session.Seats() {
		if !slices.Equal(dials[who], d.dials[who]) {
			p.Errorf("%s's dial is told as %v, and was %v", who, dials[who], d.dials[who])
		}
	}
	if len(s.Marks) != d.counts["marks"] || len(s.Whispers) != d.counts["whispers"] || s.Agreements.Edits != d.counts["edits"] {
		p.Errorf("told are %d marks, %d whispers and %d edits, and there were %v", len(s.Marks), len(s.Whispers), s.Agreements.Edits, d.counts)
	}
	agreed := 0
	for _, run := range d.runs {
		for _, did := range run.did {
			if did[session.SeatOne] == signed && did[session.SeatTwo] == signed {
				agreed++
			}
		}
	}
	if len(s.Agreements.Concluded) != agreed {
		p.Errorf("told are %d agreements, and there were %d", len(s.Agreements.Concluded), agreed)
	}
	if p.met["withdrawn"] != (len(s.Agreements.Withdrawn) == 1) {
		p.Errorf("told as withdrawn are %d agreements", len(s.Agreements.Withdrawn))
	}
}

// passage compares one run: every stay, why it was left and by whom, and who did what there.
func (p *play) passage(got record.Passage, run *stays, last bool) {
	p.Helper()
	fate := record.Stopped
	if last {
		fate = record.Done
	}
	if got.Exercise != p.title || got.Fate != fate || got.EndedAt == nil {
		p.Errorf("a run that was %s is told as %s of %s, ended %v", fate, got.Fate, got.Exercise, got.EndedAt)
	}
	if len(got.Stays) != len(run.list) {
		p.Fatalf("told are %d stays, and there were %d", len(got.Stays), len(run.list))
	}
	told := map[string]record.Stay{}
	for i, s := range got.Stays {
		if was := run.list[i]; s.Step != was.step || s.Left != was.left || s.By != was.by || s.Until == nil {
			p.Errorf("stay %d is told as %s, left by %s of %s, and was %+v", i, s.Step, s.Left, s.By, was)
		}
		told[s.Step] = s // the last stay tells the answers
	}
	for key, s := range told {
		p.parts(s, run.did[key])
		p.tray(s, run.tray[key])
	}
}

// parts compares who did what at a step.
func (p *play) parts(s record.Stay, did map[session.Seat]string) {
	p.Helper()
	those := func(what ...string) (seats []session.Seat) {
		for _, who := range session.Seats() {
			if slices.Contains(what, did[who]) {
				seats = append(seats, who)
			}
		}
		return seats
	}
	var answered []session.Seat
	for _, g := range s.Answers {
		answered = append(answered, g.Who)
		if (did[g.Who] == kept) != (g.Held == record.OnPhone) || (g.Answer == nil) != (g.Held != "") {
			p.Errorf("an answer that %s %s is told as %q at %s", g.Who, did[g.Who], g.Held, s.Step)
		}
	}
	if s.Kind != exercise.Mirror && !slices.Equal(answered, those(gave, kept)) || !slices.Equal(s.Passed, those(passed)) ||
		!slices.Equal(s.Signed, those(signed)) || !slices.Equal(s.PutOff, those(notToday)) {
		p.Errorf("%s is told with answers of %v, passed on by %v, signed by %v, put off by %v; there was %v",
			s.Step, answered, s.Passed, s.Signed, s.PutOff, did)
	}
	if (s.Kind == exercise.Read || s.Kind == exercise.Breathe) && !slices.Equal(s.Ready, those(isReady)) {
		p.Errorf("%s is told as ready for %v; there was %v", s.Step, s.Ready, did)
	}
}

func (p *play) tray(s record.Stay, was []session.TrayItem) {
	p.Helper()
	same := func(a, b session.TrayItem) bool {
		return a.Question == b.Question && a.From == b.From && a.Dealt == b.Dealt && a.How == b.How
	}
	if !slices.EqualFunc(s.Tray, was, same) {
		p.Errorf("the tray of %s is told as %+v, and was %+v", s.Step, s.Tray, was)
	}
}
