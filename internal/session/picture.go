package session

// Pictures are one state as it is sent to those who look at it: in JSON, the bytes that
// encoding/json makes of ViewFor, without escaping for HTML. What several of them show is
// drawn once, and only for whom it is asked; a partner's phone stands on the counselor's
// desk, and nothing of anybody else's stands on a phone.
type Pictures struct {
	state  State
	phones Each[*phone]
}

// phone is a partner's own, and its JSON.
type phone struct {
	view PartnerView
	json []byte
}

// PicturesOf begins with a state. They are for one goroutine.
func PicturesOf(s State) *Pictures { return &Pictures{state: s} }

// Append appends what a role is shown; timed says that a clock runs on their screen.
func (p *Pictures) Append(to []byte, r Role) (out []byte, timed bool, err error) {
	if seat, ok := r.Seat(); ok {
		f, err := p.phone(seat)
		if err != nil {
			return to, false, err
		}
		return append(to, f.json...), f.view.Step != nil && f.view.Step.Deadline != nil, nil
	}
	v := p.state.desk()
	j := jot{b: to}
	v.jot(&j, func() {
		j.open()
		for _, seat := range [...]Seat{SeatOne, SeatTwo} {
			p.onDesk(&j, seat)
		}
		j.close()
	})
	return j.b, v.Step != nil && v.Step.Deadline != nil, j.err
}

// onDesk puts a phone on the desk, which may show all but an answer that is not to be
// read there yet.
func (p *Pictures) onDesk(j *jot, seat Seat) {
	f, err := p.phone(seat)
	if err != nil {
		j.fail(err)
		return
	}
	j.key(string(seat))
	if shown := p.state.asShown(f.view); shown.Step != f.view.Step {
		shown.jot(j)
		return
	}
	j.b = append(j.b, f.json...)
}

func (p *Pictures) phone(seat Seat) (*phone, error) {
	if f := p.phones.Of(seat); f != nil {
		return f, nil
	}
	f := &phone{view: p.state.partnerView(seat)}
	j := jot{b: make([]byte, 0, 2048)}
	f.view.jot(&j)
	if j.err != nil {
		return nil, j.err
	}
	f.json = j.b
	p.phones = p.phones.With(seat, f)
	return f, nil
}
