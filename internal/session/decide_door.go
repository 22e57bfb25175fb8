package session

import (
	"slices"
	"unicode/utf8"

	"mend/internal/exercise"
)

// Opening, and the door: who has a place, who waits, who is in the room.

const maxAgenda = 40 // planned exercises

func (Open) may(q question) error {
	switch {
	case q.state.ended():
		return errEnded
	case q.by != Counselor:
		return errNotYours
	case q.state.opened():
		return errAlready
	}
	return nil
}

func (c Open) event(question) (Event, error) {
	f := c.Facts
	if err := checkSuitability(f); err != nil {
		return nil, err
	}
	if f.Policy.Secrets != NoSecrets && f.Policy.Secrets != LimitedSecrets {
		return nil, errFacts.At("policy.secrets")
	}
	for _, name := range []string{string(f.People.Counselor), string(f.People.One), string(f.People.Two)} {
		if !utf8.ValidString(name) {
			return nil, errFacts.At("people")
		}
	}
	ids := map[string]bool{}
	for _, a := range f.Agreements {
		if a.ID == "" || ids[a.ID] {
			return nil, errFacts.At("agreements")
		}
		ids[a.ID] = true
	}
	if err := checkAgenda(f.Agenda); err != nil {
		return nil, err
	}
	return Opened{Facts: f}, nil
}

// checkSuitability is the gate before every couple. In a rehearsal there is none.
func checkSuitability(f Facts) error {
	switch {
	case f.Rehearsal:
		return nil
	case f.Suitability == nil:
		return errSuitability
	}
	switch f.Suitability.Statement {
	case "seen_apart":
		return nil
	case "override":
		if err := checkText(f.Suitability.Reason, maxText, true); err != nil {
			return errReason
		}
		return nil
	}
	return errSuitability
}

func (SetAgenda) may(q question) error { return q.counselor() }

func (c SetAgenda) event(q question) (Event, error) {
	if err := checkAgenda(c.Agenda); err != nil {
		return nil, err
	}
	return AgendaSet{Agenda: c.Agenda}, nil
}

func (NameCounselors) may(q question) error { return q.counselor() }

func (c NameCounselors) event(q question) (Event, error) {
	if err := checkText(c.Names, maxText, true); err != nil {
		return nil, err
	}
	if c.Names == q.state.Facts.People.Counselor {
		return nil, nil
	}
	return CounselorsNamed(c), nil
}

func checkAgenda(agenda []Planned) error {
	if len(agenda) > maxAgenda {
		return errAgenda
	}
	for _, p := range agenda {
		if p.Exercise == "" {
			return errAgenda
		}
	}
	return nil
}

func (c Invite) may(q question) error {
	if err := q.counselor(); err != nil {
		return err
	}
	return q.doorOf(c.Seat, func(SeatState) error { return nil })
}

func (c Invite) event(question) (Event, error) { return Invited{Seat: c.Seat}, nil }

func (c Admit) may(q question) error {
	if err := q.counselor(); err != nil {
		return err
	}
	return q.doorOf(c.Who, func(door SeatState) error {
		switch door {
		case AtDoor, Outside:
			return nil
		case Inside:
			return errAlready
		}
		return errDoor
	})
}

func (c Admit) event(question) (Event, error) { return Admitted{Seat: c.Who}, nil }

func (c StepOut) may(q question) error {
	if err := q.counselor(); err != nil {
		return err
	}
	return q.doorOf(c.Who, func(door SeatState) error {
		switch door {
		case Inside:
			return nil
		case Outside:
			return errAlready
		}
		return errDoor
	})
}

func (c StepOut) event(question) (Event, error) { return SteppedOut{Seat: c.Who}, nil }

func (c Remove) may(q question) error {
	if err := q.counselor(); err != nil {
		return err
	}
	return q.doorOf(c.Who, func(door SeatState) error {
		if door == RemovedOut {
			return errAlready
		}
		return nil
	})
}

func (c Remove) event(question) (Event, error) { return Removed{Seat: c.Who}, nil }

func (Consent) may(q question) error {
	seat, err := q.partner()
	if err != nil {
		return err
	}
	switch q.state.door(seat) {
	case Invitee, Gone:
		return nil
	case RemovedOut:
		return errRemoved
	}
	return errAlready
}

func (c Consent) event(q question) (Event, error) {
	if c.Policy != q.state.Facts.Policy.Version {
		return nil, errPolicy
	}
	if c.Language != "" && !slices.Contains(exercise.Languages(), c.Language) {
		return nil, errLanguage
	}
	return Consented(c), nil
}

func (SetLanguage) may(q question) error {
	seat, err := q.partner()
	if err == nil && q.state.door(seat) == RemovedOut {
		err = errRemoved
	}
	return err
}

func (c SetLanguage) event(q question) (Event, error) {
	switch {
	case !slices.Contains(exercise.Languages(), c.Language):
		return nil, errLanguage
	case q.state.language(q.by) == c.Language:
		return nil, errAlready
	}
	return LanguageSet(c), nil
}

func (Leave) may(q question) error {
	seat, err := q.partner()
	if err != nil {
		return err
	}
	if door := q.state.door(seat); door == Gone || door == RemovedOut {
		return errAlready
	}
	return nil
}

func (Leave) event(question) (Event, error) { return Left{}, nil }
