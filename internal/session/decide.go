package session

import (
	"errors"
	"time"
)

// Decide says whether a command may happen now and what then happens. It answers
// with a record, to be stored before anybody is told; with (nil, nil) where it is
// already so; or with a *fault.Error, and then nothing has changed.
//
// A command that was sent twice is the caller's to recognise, by Record.Command.
func Decide(s State, in Input) (*Record, error) {
	if in.Command == nil {
		return nil, errUnknown
	}
	// Whole milliseconds survive every store, and a monotonic reading survives none.
	at := wholeMillis(in.At)
	q := question{state: &s, by: in.By, at: at}
	if err := in.Command.may(q); err != nil {
		return nil, refusal(err)
	}
	event, err := in.Command.event(q)
	if err != nil || event == nil {
		return nil, refusal(err)
	}
	return &Record{Seq: s.Seq + 1, At: at, By: in.By, Command: in.ID, Event: event}, nil
}

// refusal is what the sender is told: nothing at all where it is already so.
func refusal(err error) error {
	if errors.Is(err, errAlready) {
		return nil
	}
	return err
}

// YouMay lists, by name, the commands that Decide would accept from a role now. It
// asks the same guards, so a screen enables exactly what the machine allows.
func YouMay(s State, r Role) []string { return youMay(&s, r) }

func youMay(s *State, r Role) []string {
	q := question{state: s, by: r, general: true}
	mine := aPhone
	if r == Counselor {
		mine = theDesk
	}
	may := make([]string, 0, 16)
	for i := range vocabulary {
		w := &vocabulary[i]
		if w.from&mine != 0 && w.may(q) == nil {
			may = append(may, w.Name())
		}
	}
	return may
}

// place is where a command may ever come from; when, its guard says. Nobody is asked for
// what is never theirs: views are drawn for every command that anybody gives.
type place uint8

const (
	theDesk place = 1 << iota
	aPhone
)

// vocabulary holds one of every command, in the order in which a view names them.
var vocabulary = [...]struct {
	Command
	from place
}{
	{Open{}, theDesk},
	{Invite{}, theDesk},
	{SetAgenda{}, theDesk},
	{NameCounselors{}, theDesk},
	{Admit{}, theDesk},
	{StepOut{}, theDesk},
	{Remove{}, theDesk},
	{StartExercise{}, theDesk},
	{Advance{}, theDesk},
	{Back{}, theDesk},
	{Repeat{}, theDesk},
	{Skip{}, theDesk | aPhone},
	{StopExercise{}, theDesk},
	{PassTurn{}, theDesk},
	{Extend{}, theDesk | aPhone},
	{RevealAnswers{}, theDesk},
	{AnswerGate{}, theDesk},
	{SetMirror{}, theDesk},
	{Deal{}, theDesk},
	{SetReturn{}, theDesk},
	{Resume{}, theDesk},
	{Neutral{}, theDesk},
	{Whisper{}, theDesk},
	{Mark{}, theDesk},
	{End{}, theDesk},
	{Consent{}, aPhone},
	{SetLanguage{}, aPhone},
	{Ready{}, aPhone},
	{Yield{}, aPhone},
	{Confirm{}, aPhone},
	{Submit{}, aPhone},
	{TakeBack{}, aPhone},
	{AskQuestion{}, aPhone},
	{Reply{}, aPhone},
	{Edit{}, theDesk | aPhone},
	{Sign{}, aPhone},
	{NotToday{}, aPhone},
	{Withdraw{}, aPhone},
	{DonePrivate{}, aPhone},
	{SetDial{}, aPhone},
	{Pause{}, theDesk | aPhone},
	{Leave{}, aPhone},
}

// question is what a guard is asked: may this person do this, in this state?
type question struct {
	state *State
	by    Role
	at    time.Time
	// general leaves open which step, seat, question or agreement is meant: is there
	// any for which it may be done? So asks YouMay, with commands that name none.
	general bool
}

// live: the session was opened and has not ended.
func (q question) live() error {
	switch {
	case !q.state.opened():
		return errNotOpened
	case q.state.ended():
		return errEnded
	}
	return nil
}

// counselor: the session is live and it is the counselor who asks.
func (q question) counselor() error {
	if err := q.live(); err != nil {
		return err
	}
	if q.by != Counselor {
		return errNotYours
	}
	return nil
}

// desk: the counselor asks, and somebody has been let in before.
func (q question) desk() error {
	if err := q.counselor(); err != nil {
		return err
	}
	if !q.state.started() {
		return errNotStarted
	}
	return nil
}

// partner: the session is live and a partner asks, wherever they stand.
func (q question) partner() (Seat, error) {
	if err := q.live(); err != nil {
		return "", err
	}
	seat, ok := q.by.Seat()
	if !ok {
		return "", errNotYours
	}
	return seat, nil
}

// inside: a partner asks who has been let in. Nobody else is told anything of the room.
func (q question) inside() (Seat, error) {
	seat, err := q.partner()
	if err != nil {
		return "", err
	}
	if q.state.door(seat) != Inside {
		return "", errNotAdmitted
	}
	return seat, nil
}

// step: an exercise runs, nothing is paused, and the step is the one that was meant.
func (q question) step(key string) (here, error) {
	if q.state.Hold != nil {
		return here{}, errPaused
	}
	h, ok := q.state.here()
	switch {
	case !ok:
		return here{}, errNoExercise
	case !q.general && key != h.key():
		return here{}, errStale
	}
	return h, nil
}

// deskStep is step for the counselor.
func (q question) deskStep(key string) (here, error) {
	if err := q.desk(); err != nil {
		return here{}, err
	}
	return q.step(key)
}

// partnerStep is step for a partner who has been let in.
func (q question) partnerStep(key string) (here, Seat, error) {
	seat, err := q.inside()
	if err != nil {
		return here{}, "", err
	}
	h, err := q.step(key)
	return h, seat, err
}

// doorOf puts a check to the partner who is meant, or in general to either.
func (q question) doorOf(who Seat, check func(SeatState) error) error {
	if q.general {
		if check(q.state.door(SeatOne)) == nil {
			return nil
		}
		return check(q.state.door(SeatTwo))
	}
	if !who.Valid() {
		return errNoSeat
	}
	return check(q.state.door(who))
}
