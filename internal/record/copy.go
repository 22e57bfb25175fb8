package record

import (
	"fmt"
	"reflect"
	"slices"
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

// Copy is one session as a partner may take it home, or, where it is for both, as
// both may. It is built up from what stood on the phones: a log is replayed and only
// partners' views are looked at, so that what a view has no field for (marks, notes,
// whispers to the other, the other's private answers, who called a pause) has no way
// in. Lines the counselor whispered and how steady somebody said they were stay out
// although a view shows them to their own reader: they were for the hour alone.
type Copy struct {
	StartedAt *time.Time      `json:"started_at,omitempty"`
	EndedAt   *time.Time      `json:"ended_at,omitempty"`
	People    session.People  `json:"people"`
	Policy    *session.Policy `json:"policy,omitempty"`
	// Language is the one the reader read in; absent where they chose none, and in a
	// copy for both.
	Language exercise.Language `json:"language,omitempty"`
	// Consent is the reader's own word to it; absent in a copy for both.
	Consent    *Accepted               `json:"consent,omitempty"`
	Exercises  []CopiedRun             `json:"exercises"`
	Agreements []session.AgreementView `json:"agreements"`
}

// CopiedRun is one run through an exercise.
type CopiedRun struct {
	Run       int                    `json:"run"`
	Exercise  string                 `json:"exercise"`
	Version   int                    `json:"version"`
	Title     string                 `json:"title"`
	Intensity exercise.Intensity     `json:"intensity"`
	StartedAt time.Time              `json:"started_at"`
	Own       []OwnAnswer            `json:"own"`       // the reader's words, under whatever audience they were given
	Shared    []session.RevealedPair `json:"shared"`    // what both were shown
	Questions []CopiedQuestion       `json:"questions"` // the reader's own, and those the other asked and both know
}

// OwnAnswer is something that the reader wrote or chose.
type OwnAnswer struct {
	Step     string            `json:"step"`
	Kind     exercise.Kind     `json:"kind"`
	Title    string            `json:"title,omitempty"`
	Prompt   string            `json:"prompt"`
	Audience exercise.Audience `json:"audience"` // who else could read it
	Low      string            `json:"low,omitempty"`
	High     string            `json:"high,omitempty"`
	Options  []exercise.Choice `json:"options,omitempty"`
	Cards    []exercise.Choice `json:"cards,omitempty"`
	Buckets  []exercise.Choice `json:"buckets,omitempty"`
	Answer   session.Answer    `json:"answer"`
}

// CopiedQuestion is a question that lay in the tray, as its reader knows it.
type CopiedQuestion struct {
	Step     string           `json:"step"`
	From     session.Seat     `json:"from"`
	Text     private.Text     `json:"text"`
	Reshaped private.Text     `json:"reshaped,omitempty"`
	How      session.Replying `json:"how,omitempty"`
	Reply    private.Text     `json:"reply,omitempty"`
}

// CopyFor is a session as one partner may have it.
func CopyFor(log []session.Record, reader session.Seat) (Copy, error) {
	c := copying{seat: reader, steps: map[string]exercise.Instruction{}}
	var state session.State
	for i, r := range log {
		if r.Seq != uint64(i)+1 {
			return Copy{}, fmt.Errorf("record: the log has seq %d where %d belongs", r.Seq, i+1)
		}
		state = session.Apply(state, r)
		c.take(r)
		if v, ok := session.ViewFor(state, reader.Role()).(session.PartnerView); ok {
			c.look(v)
		}
	}
	return c.finish(), nil
}

// CopyForBoth is a session as both may have it: what either was shown, where the other
// was shown the very same.
func CopyForBoth(log []session.Record) (Copy, error) {
	one, err := CopyFor(log, session.SeatOne)
	if err != nil {
		return Copy{}, err
	}
	two, err := CopyFor(log, session.SeatTwo)
	if err != nil {
		return Copy{}, err
	}
	both := Copy{
		StartedAt: one.StartedAt, EndedAt: one.EndedAt, People: one.People,
		Exercises: []CopiedRun{}, Agreements: []session.AgreementView{},
	}
	if both.People == (session.People{}) {
		both.People = two.People
	}
	if one.Policy != nil && two.Policy != nil {
		both.Policy = one.Policy
	}
	for _, a := range one.Agreements {
		if slices.Contains(two.Agreements, a) {
			both.Agreements = append(both.Agreements, a)
		}
	}
	for _, run := range one.Exercises {
		i := slices.IndexFunc(two.Exercises, func(r CopiedRun) bool { return r.Run == run.Run })
		if i >= 0 {
			both.Exercises = append(both.Exercises, common(run, two.Exercises[i]))
		}
	}
	return both, nil
}

// common is what two copies of one run have alike.
func common(one, two CopiedRun) CopiedRun {
	both := one
	both.Own, both.Shared, both.Questions = []OwnAnswer{}, []session.RevealedPair{}, []CopiedQuestion{}
	for _, pair := range one.Shared {
		i := slices.IndexFunc(two.Shared, func(p session.RevealedPair) bool { return p.Step == pair.Step })
		if i < 0 {
			continue
		}
		if !reflect.DeepEqual(pair.One, two.Shared[i].One) {
			pair.One = nil
		}
		if !reflect.DeepEqual(pair.Two, two.Shared[i].Two) {
			pair.Two = nil
		}
		if pair.One != nil || pair.Two != nil {
			both.Shared = append(both.Shared, pair)
		}
	}
	// A question that its hearer knows is known to both, and in the hearer's wording.
	for _, q := range slices.Concat(one.Questions, two.Questions) {
		heardByOne := q.From == session.SeatTwo && slices.Contains(one.Questions, q)
		heardByTwo := q.From == session.SeatOne && slices.Contains(two.Questions, q)
		if (heardByOne || heardByTwo) && !slices.Contains(both.Questions, q) {
			both.Questions = append(both.Questions, q)
		}
	}
	return both
}

// copying is a copy in the making.
type copying struct {
	seat  session.Seat
	copy  Copy
	runs  []*copiedRun
	begun []session.ExerciseStarted
	at    []time.Time
	steps map[string]exercise.Instruction // by key, as far as this phone came to them
	ended bool
}

type copiedRun struct {
	CopiedRun
	asked map[string][]CopiedQuestion // by step, as last seen
	order []string
}

func (c *copying) take(r session.Record) {
	at := r.At
	switch e := r.Event.(type) {
	case session.Consented:
		if seat, ok := r.By.Seat(); ok && seat == c.seat {
			c.copy.Consent = &Accepted{At: at, Policy: e.Policy}
		}
	case session.Admitted:
		if c.copy.StartedAt == nil {
			c.copy.StartedAt = &at
		}
	case session.ExerciseStarted:
		c.begun, c.at = append(c.begun, e), append(c.at, at)
	case session.TakenBack:
		c.letGo(e.Step, r.By)
	case session.Declined:
		c.letGo(e.Step, r.By)
	case session.Ended:
		c.copy.EndedAt, c.ended = &at, true
	}
}

// letGo takes out of what was shown what somebody took back from before the room: it is in
// nobody's copy, whoever saw it.
func (c *copying) letGo(step string, by session.Role) {
	for _, run := range c.runs {
		run.Shared = slices.DeleteFunc(run.Shared, func(p session.RevealedPair) bool {
			return p.Step == step && (p.One == nil || by == session.One) && (p.Two == nil || by == session.Two)
		})
		for i := range run.Shared {
			switch p := &run.Shared[i]; {
			case p.Step != step:
			case by == session.One:
				p.One = nil
			case by == session.Two:
				p.Two = nil
			}
		}
	}
}

// look takes over what stands on the phone now.
func (c *copying) look(v session.PartnerView) {
	if v.People != (session.People{}) {
		c.copy.People = v.People
	}
	if v.Policy != nil {
		c.copy.Policy = v.Policy
	}
	c.copy.Language = v.Language
	for _, a := range v.Agreements {
		a.Today = false // of a session; a copy spans many
		same := func(b session.AgreementView) bool { return b.ID == a.ID }
		if i := slices.IndexFunc(c.copy.Agreements, same); i >= 0 {
			c.copy.Agreements[i] = a
		} else {
			c.copy.Agreements = append(c.copy.Agreements, a)
		}
	}
	if v.Exercise == nil || v.Step == nil || len(c.begun) == 0 {
		return
	}
	run := c.run(v.Exercise)
	steps := c.begun[len(c.begun)-1].Program.Steps
	if v.Step.Index < len(steps) {
		c.steps[v.Step.Key] = steps[v.Step.Index]
	}
	c.mine(run, v.Step)
	c.shared(run, v.Step)
	c.questions(run, v.Step)
}

// run is the exercise that the phone is in, opened when it first shows it.
func (c *copying) run(head *session.ExerciseHead) *copiedRun {
	number := len(c.begun)
	if n := len(c.runs); n > 0 && c.runs[n-1].Run == number {
		c.runs[n-1].Title = head.Title
		return c.runs[n-1]
	}
	r := &copiedRun{
		CopiedRun: CopiedRun{
			Run: number, Exercise: head.ID, Version: head.Version, Title: head.Title,
			Intensity: head.Intensity, StartedAt: c.at[number-1],
			Own: []OwnAnswer{}, Shared: []session.RevealedPair{}, Questions: []CopiedQuestion{},
		},
		asked: map[string][]CopiedQuestion{},
	}
	c.runs = append(c.runs, r)
	return r
}

// mine keeps the phone's own answer to the step it stands at, and lets go of one that
// was taken back. What a holder of the floor reads out from is told where it was given.
func (c *copying) mine(run *copiedRun, step *session.PartnerStep) {
	if !step.Kind.Answers() && step.Kind != exercise.Mirror {
		return
	}
	run.Own = slices.DeleteFunc(run.Own, func(a OwnAnswer) bool { return a.Step == step.Key })
	if step.Mine == nil {
		return
	}
	run.Own = append(run.Own, OwnAnswer{
		Step: step.Key, Kind: step.Kind, Title: step.Title, Prompt: step.Prompt, Audience: step.Audience,
		Low: step.Low, High: step.High, Options: step.Options, Cards: step.Cards, Buckets: step.Buckets,
		Answer: *step.Mine,
	})
}

func (c *copying) shared(run *copiedRun, step *session.PartnerStep) {
	for _, pair := range step.Revealed {
		same := func(p session.RevealedPair) bool { return p.Step == pair.Step }
		if i := slices.IndexFunc(run.Shared, same); i >= 0 {
			run.Shared[i] = pair
		} else {
			run.Shared = append(run.Shared, pair)
		}
	}
}

func (c *copying) questions(run *copiedRun, step *session.PartnerStep) {
	if step.Kind != exercise.Ask {
		return
	}
	var asked []CopiedQuestion
	for _, q := range step.Questions {
		from := c.seat
		if !q.Mine {
			from = c.seat.Other()
		}
		asked = append(asked, CopiedQuestion{
			Step: step.Key, From: from, Text: q.Text, Reshaped: q.Reshaped, How: q.How, Reply: q.Reply,
		})
	}
	if _, known := run.asked[step.Key]; !known {
		run.order = append(run.order, step.Key)
	}
	run.asked[step.Key] = asked
}

// finish leaves out what was not to outlast its step or its session.
func (c *copying) finish() Copy {
	c.copy.Exercises = []CopiedRun{}
	if c.copy.Agreements == nil {
		c.copy.Agreements = []session.AgreementView{}
	}
	for _, run := range c.runs {
		run.Own = slices.DeleteFunc(run.Own, func(a OwnAnswer) bool { return !c.keeps(a.Step) || c.underSeal(run.CopiedRun, a) })
		run.Shared = slices.DeleteFunc(run.Shared, func(p session.RevealedPair) bool { return !c.keeps(p.Step) })
		for _, key := range run.order {
			if c.keeps(key) {
				run.Questions = append(run.Questions, run.asked[key]...)
			}
		}
		c.copy.Exercises = append(c.copy.Exercises, run.CopiedRun)
	}
	return c.copy
}

// underSeal tells whether an answer was sealed and never shown. A copy passes through the
// counselor's hands, who was not to read it: whoever gave it was told so.
func (c *copying) underSeal(run CopiedRun, a OwnAnswer) bool {
	return a.Audience == exercise.Sealed && !c.steps[a.Step].Preview &&
		!slices.ContainsFunc(run.Shared, func(p session.RevealedPair) bool { return p.Step == a.Step })
}

// keeps tells whether the words of a step belong in a copy.
func (c *copying) keeps(key string) bool {
	step, known := c.steps[key]
	if !known || step.Measure == exercise.Steadiness {
		return false
	}
	sum := Summary{State: Live}
	if c.ended {
		sum.State = Ended
	}
	return sum.keeps(step)
}
