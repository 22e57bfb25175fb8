package session

import "time"

// The room as a whole: pauses, the counselor's asides, steadiness, the end.

const (
	maxWhisper = 500 // characters
	maxDial    = 10

	farthestReturn = 31 * 24 * time.Hour
)

// A pause may be called at any time; while one lasts, calling another changes nothing.
func (Pause) may(q question) error {
	if q.by == Counselor {
		return q.desk()
	}
	_, err := q.inside()
	return err
}

func (Pause) event(q question) (Event, error) {
	if q.state.Hold != nil {
		return nil, errAlready
	}
	return Paused{}, nil
}

func (Neutral) may(q question) error {
	if err := q.desk(); err != nil {
		return err
	}
	if q.state.Hold != nil && q.state.Hold.Neutral {
		return errAlready
	}
	return nil
}

func (Neutral) event(question) (Event, error) { return Neutralised{}, nil }

func (SetReturn) may(q question) error {
	if err := q.desk(); err != nil {
		return err
	}
	if q.state.Hold == nil {
		return errNotPaused
	}
	return nil
}

func (c SetReturn) event(q question) (Event, error) {
	at := wholeMillis(c.At)
	switch {
	case !at.After(q.at) || at.After(q.at.Add(farthestReturn)):
		return nil, errReturn
	case at.Equal(q.state.Hold.ReturnAt):
		return nil, errAlready
	}
	return ReturnSet{At: at}, nil
}

func (Resume) may(q question) error {
	if err := q.desk(); err != nil {
		return err
	}
	if q.state.Hold == nil {
		return errAlready
	}
	return nil
}

func (Resume) event(q question) (Event, error) {
	h, ok := q.state.here()
	if !ok || h.visit.Deadline.IsZero() {
		return Resumed{}, nil
	}
	deadline := h.visit.Deadline.Add(elapsed(q.state.Hold.Since, q.at))
	return Resumed{Deadline: &deadline}, nil
}

func (c Whisper) may(q question) error {
	if err := q.desk(); err != nil {
		return err
	}
	if q.state.Hold != nil {
		return errPaused
	}
	return q.doorOf(c.To, func(door SeatState) error {
		if door != Inside {
			return errDoor
		}
		return nil
	})
}

func (c Whisper) event(question) (Event, error) {
	if err := checkText(c.Text, maxWhisper, true); err != nil {
		return nil, err
	}
	return Whispered{To: c.To, Text: c.Text}, nil
}

func (Mark) may(q question) error { return q.desk() }

func (c Mark) event(question) (Event, error) {
	switch c.Kind {
	case MarkBlame, MarkSidestep, MarkSoftening, MarkReach, MarkNote:
	default:
		return nil, errMark
	}
	if err := checkText(c.Text, maxText, c.Kind == MarkNote); err != nil {
		return nil, err
	}
	return Marked{Kind: c.Kind, Text: c.Text}, nil
}

func (End) may(q question) error { return q.counselor() }

func (End) event(question) (Event, error) { return Ended{}, nil }

func (SetDial) may(q question) error {
	_, err := q.inside()
	return err
}

func (c SetDial) event(q question) (Event, error) {
	if c.Value < 0 || c.Value > maxDial {
		return nil, errDial
	}
	seat, _ := q.by.Seat()
	if v := q.state.Dials.Of(seat); v != nil && *v == c.Value {
		return nil, errAlready
	}
	return DialSet{Value: c.Value}, nil
}
