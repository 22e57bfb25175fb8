package homework

import (
	"time"
	"unicode/utf8"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/session"
)

// Command is what somebody asks of homework. The set is closed. A step is named by its
// index; Rev is the revision of one's own part that the sender was looking at.
type Command interface {
	// Name is the word on the wire.
	Name() string
	// may is the guard: who may give the command, and when. PageFor asks it too.
	may(question) error
	// event says what happens: nil for "already so".
	event(question) (Event, error)
}

type (
	// Set begins the log; the suitability gate stands here as it does before a session.
	Set struct {
		Facts       Facts
		Suitability *session.Suitability
	}
	Reveal struct{ Step int } // the counselor opens sealed answers, to both at once
	Close  struct{}           // the counselor takes it back; nothing of it is read back
	// ReadBack says that a session has read it back. It comes from the server when the
	// opening begins.
	ReadBack struct{ Session string }

	Consent struct {
		Policy   int
		Language exercise.Language // to read in; empty keeps the one there is
	}
	SetLanguage struct{ Language exercise.Language }
	Submit      struct {
		Step, Rev int
		Answer    session.Answer
	}
	DonePrivate struct{ Step, Rev int } // device: done, with nothing to send
	Ready       struct{ Step, Rev int } // read
	Skip        struct{ Step, Rev int } // answers this one with nothing
	TakeBack    struct{ Step, Rev int } // undoes an answer, a skip, or a "done"
)

func (Set) Name() string         { return "set" }
func (Reveal) Name() string      { return "reveal" }
func (Close) Name() string       { return "close" }
func (ReadBack) Name() string    { return "read_back" }
func (Consent) Name() string     { return "consent" }
func (SetLanguage) Name() string { return "set_language" }
func (Submit) Name() string      { return "submit" }
func (DonePrivate) Name() string { return "done_private" }
func (Ready) Name() string       { return "ready" }
func (Skip) Name() string        { return "skip" }
func (TakeBack) Name() string    { return "take_back" }

// The refusals. Their words never tell a partner anything of the other.
var (
	errNotYours    = fault.New(fault.Conflict, "not_yours", "That is for somebody else to do.")
	errNotSet      = fault.New(fault.Conflict, "not_set", "Nothing has been set here yet.")
	errOver        = fault.New(fault.Conflict, "homework_over", "This is over. Nothing more can be added to it.")
	errUnsuited    = fault.New(fault.Invalid, "not_for_home", "This exercise needs a session. Choose one that each can do alone.").At("exercise")
	errSeats       = fault.New(fault.Invalid, "no_such_seat", "Say for whom it is: one of the two partners, or both.").At("for")
	errBoth        = fault.New(fault.Invalid, "takes_both", "This exercise opens two answers side by side. Set it for both.").At("for")
	errNothing     = fault.New(fault.Invalid, "nothing_to_do", "In these parts there is nothing to do for one of them.").At("cast")
	errCast        = fault.New(fault.Invalid, "bad_cast", "Give every role of this exercise to one of the two partners.").At("cast")
	errDue         = fault.New(fault.Invalid, "bad_date", "Write the day like 2026-11-30, from today on and within three months.").At("due")
	errLine        = fault.New(fault.Invalid, "text_too_long", "This is longer than 500 characters.").At("line")
	errSuitability = fault.New(fault.Conflict, "suitability_missing", "First record that joint work is suitable for this couple.")
	errPolicy      = fault.New(fault.Conflict, "policy_changed", "The practice's words have changed; please read them again.")
	errLanguage    = fault.New(fault.Invalid, "no_such_language", "Choose one of the languages on offer.")
	errConsent     = fault.New(fault.Conflict, "not_consented", "Please read and accept the first pages before you answer.")
	errStep        = fault.New(fault.Conflict, "wrong_step", "This step does not ask for that.")
	errStale       = fault.New(fault.Conflict, "answer_changed", "This was answered on another page meanwhile. Look at that answer first.")
	errOpened      = fault.New(fault.Conflict, "revealed", "This answer has been shared and stays as it is.")
	errDevice      = fault.New(fault.Conflict, "only_on_phone", "This answer stays on the phone it was written on.")
	errNotReady    = fault.New(fault.Conflict, "not_ready", "There is nothing to open until both are through with it.")
)

const (
	maxLine = 500 // characters of the counselor's line
	maxDue  = 92  // days ahead
)

// Decide says whether a command may happen now and what then happens: a record, to be
// stored before anybody is told; (nil, nil) where it is already so; or a *fault.Error.
// A command that was sent twice is the caller's to recognise, by Record.Command.
func Decide(s State, in Input) (*Record, error) {
	q := question{state: &s, by: in.By, at: in.At.UTC().Truncate(time.Millisecond)}
	if err := in.Command.may(q); err != nil {
		return nil, err
	}
	event, err := in.Command.event(q)
	if err != nil || event == nil {
		return nil, err
	}
	return &Record{Seq: s.Seq + 1, At: q.at, By: in.By, Command: in.ID, Event: event}, nil
}

// question is what a guard is asked: may this person do this, in this state?
type question struct {
	state *State
	by    session.Role
	at    time.Time
	// general leaves the revision open: so PageFor asks.
	general bool
}

func (q question) counselor() error {
	switch {
	case q.by != session.Counselor:
		return errNotYours
	case !q.state.isSet():
		return errNotSet
	case q.state.over():
		return errOver
	}
	return nil
}

func (q question) partner() (session.Seat, error) {
	seat, ok := q.by.Seat()
	switch {
	case !ok || q.state.isSet() && !q.state.meant(seat):
		return "", errNotYours
	case !q.state.isSet():
		return "", errNotSet
	case q.state.over():
		return "", errOver
	}
	return seat, nil
}

// own: the step is this partner's, and they have consented.
func (q question) own(i int) (*exercise.Instruction, Part, error) {
	seat, err := q.partner()
	if err != nil {
		return nil, Part{}, err
	}
	step := q.state.step(i)
	switch {
	case q.state.Consents.Of(seat) == 0:
		return nil, Part{}, errConsent
	case step == nil || !q.state.acts(step, seat):
		return nil, Part{}, errStep
	}
	return step, q.state.Parts[i].Of(seat), nil
}

// answering: own, of a step that takes an answer which is not shared yet.
func (q question) answering(i int) (*exercise.Instruction, Part, error) {
	step, part, err := q.own(i)
	switch {
	case err != nil:
	case !step.Kind.Answers():
		err = errStep
	case q.state.lifted(i):
		err = errOpened
	}
	return step, part, err
}

// fresh refuses what was made from an older state of one's own part.
func (q question) fresh(p Part, rev int) error {
	if !q.general && p.Rev != rev {
		return errStale
	}
	return nil
}

func (c Set) may(q question) error {
	switch {
	case q.by != session.Counselor:
		return errNotYours
	case q.state.isSet():
		return errOver
	}
	return nil
}

func (c Set) event(q question) (Event, error) {
	f := c.Facts
	if c.Suitability == nil {
		return nil, errSuitability
	}
	if !f.Program.Alone() || len(f.Program.Steps) > exercise.MaxSteps {
		return nil, errUnsuited
	}
	one, two := false, false
	for _, seat := range f.For {
		one, two = one || seat == session.SeatOne, two || seat == session.SeatTwo
		if !seat.Valid() {
			return nil, errSeats
		}
	}
	f.For = nil
	if one {
		f.For = append(f.For, session.SeatOne)
	}
	if two {
		f.For = append(f.For, session.SeatTwo)
	}
	switch {
	case len(f.For) == 0:
		return nil, errSeats
	case len(f.For) == 1 && f.Program.Together():
		return nil, errBoth
	case !cast(f):
		return nil, errCast
	}
	if err := due(f.Due, q.at); err != nil {
		return nil, err
	}
	if !utf8.ValidString(string(f.Line)) || utf8.RuneCountInString(string(f.Line)) > maxLine {
		return nil, errLine
	}
	e := WasSet{Facts: f}
	after := Apply(State{}, Record{At: q.at, Event: e})
	for _, seat := range f.For {
		if _, of := after.progress(seat); of == 0 {
			return nil, errNothing
		}
	}
	return e, nil
}

// cast tells whether every role that acts has a seat of its own.
func cast(f Facts) bool {
	taken := map[session.Seat]bool{}
	for _, seat := range f.Cast {
		if !seat.Valid() || taken[seat] {
			return false
		}
		taken[seat] = true
	}
	for i := range f.Program.Steps {
		if role, one := f.Program.Steps[i].Who.Role(); one && f.Cast[role] == "" {
			return false
		}
	}
	return true
}

func due(day string, at time.Time) error {
	if day == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return errDue
	}
	// A day of the counselor's calendar may be yesterday's in Greenwich.
	if day < at.AddDate(0, 0, -1).Format(time.DateOnly) || day > at.AddDate(0, 0, maxDue).Format(time.DateOnly) {
		return errDue
	}
	return nil
}

func (c Reveal) may(q question) error {
	if err := q.counselor(); err != nil {
		return err
	}
	step := q.state.step(c.Step)
	if step == nil || step.Kind != exercise.Reveal {
		return errStep
	}
	if _, ok := q.state.opening(step); !ok && !q.state.opened(step) {
		return errNotReady
	}
	return nil
}

func (c Reveal) event(q question) (Event, error) {
	steps, ok := q.state.opening(q.state.step(c.Step))
	if !ok {
		return nil, nil // already so
	}
	e := Revealed{Step: c.Step}
	for _, i := range steps {
		opened := Opened{Step: i}
		if a := q.state.Parts[i].One.Answer; a != nil {
			opened.One = *a
		}
		if a := q.state.Parts[i].Two.Answer; a != nil {
			opened.Two = *a
		}
		e.Opened = append(e.Opened, opened)
	}
	return e, nil
}

func (Close) may(q question) error {
	if q.by == session.Counselor && q.state.isSet() && !q.state.ClosedAt.IsZero() {
		return nil
	}
	return q.counselor()
}

func (Close) event(q question) (Event, error) {
	if !q.state.ClosedAt.IsZero() {
		return nil, nil // already so
	}
	return Closed{}, nil
}

func (ReadBack) may(q question) error            { return q.counselor() }
func (c ReadBack) event(question) (Event, error) { return WasReadBack(c), nil }

func (c Consent) may(q question) error {
	_, err := q.partner()
	return err
}

func (c Consent) event(q question) (Event, error) {
	seat, _ := q.by.Seat()
	switch {
	case c.Policy != q.state.Facts.Policy.Version:
		return nil, errPolicy
	case c.Language != "" && !known(c.Language):
		return nil, errLanguage
	case q.state.Consents.Of(seat) == c.Policy:
		return nil, nil // already so
	}
	return Consented(c), nil
}

func (c SetLanguage) may(q question) error {
	_, err := q.partner()
	return err
}

func (c SetLanguage) event(q question) (Event, error) {
	seat, _ := q.by.Seat()
	switch {
	case !known(c.Language):
		return nil, errLanguage
	case q.state.Languages.Of(seat) == c.Language:
		return nil, nil // already so
	}
	return LanguageSet(c), nil
}

func known(l exercise.Language) bool {
	for _, k := range exercise.Languages() {
		if k == l {
			return true
		}
	}
	return false
}

func (c Submit) may(q question) error {
	step, _, err := q.answering(c.Step)
	if err != nil {
		return err
	}
	if audience, _ := q.state.audience(step); audience == exercise.Device {
		return errDevice
	}
	return nil
}

func (c Submit) event(q question) (Event, error) {
	step, part, _ := q.answering(c.Step)
	answer, err := session.Weigh(step, step.Cards, c.Answer)
	if err != nil {
		return nil, err
	}
	if part.Answer != nil && part.Answer.Same(answer) {
		return nil, nil // already so
	}
	if err := q.fresh(part, c.Rev); err != nil {
		return nil, err
	}
	audience, _ := q.state.audience(step)
	return Answered{Step: c.Step, Answer: answer, Audience: audience}, nil
}

func (c DonePrivate) may(q question) error {
	step, part, err := q.answering(c.Step)
	if err != nil {
		return err
	}
	if audience, _ := q.state.audience(step); audience != exercise.Device {
		return errStep
	}
	return once(q, part.Ready)
}

func (c DonePrivate) event(q question) (Event, error) { return readied(q, c.Step, c.Rev) }

func (c Ready) may(q question) error {
	step, part, err := q.own(c.Step)
	if err != nil {
		return err
	}
	if step.Kind != exercise.Read {
		return errStep
	}
	return once(q, part.Ready)
}

func (c Ready) event(q question) (Event, error) { return readied(q, c.Step, c.Rev) }

// once keeps what is so already off the page, and lets a repeated word of it pass.
func once(q question, already bool) error {
	if q.general && already {
		return errStep
	}
	return nil
}

func readied(q question, step, rev int) (Event, error) {
	seat, _ := q.by.Seat()
	part := q.state.Parts[step].Of(seat)
	if part.Ready {
		return nil, nil // already so
	}
	if err := q.fresh(part, rev); err != nil {
		return nil, err
	}
	return Readied{Step: step}, nil
}

// Every answer may be left out: nobody is there who could help with it.
func (c Skip) may(q question) error {
	_, part, err := q.answering(c.Step)
	if err != nil {
		return err
	}
	return once(q, part.Declined)
}

func (c Skip) event(q question) (Event, error) {
	_, part, _ := q.answering(c.Step)
	if part.Declined {
		return nil, nil // already so
	}
	if err := q.fresh(part, c.Rev); err != nil {
		return nil, err
	}
	return Declined{Step: c.Step}, nil
}

func (c TakeBack) may(q question) error {
	_, part, err := q.answering(c.Step)
	if err != nil {
		return err
	}
	return once(q, !part.finished())
}

func (c TakeBack) event(q question) (Event, error) {
	_, part, _ := q.answering(c.Step)
	if !part.finished() {
		return nil, nil // already so
	}
	if err := q.fresh(part, c.Rev); err != nil {
		return nil, err
	}
	return TakenBack{Step: c.Step}, nil
}
