package session

// Pictures are one state as it is sent to those who look at it: in JSON, the bytes that
// encoding/json makes of ViewFor, without escaping for HTML. What several of them show is
// drawn once, and only for whom it is asked; a partner's phone stands on the counselor's
// desk, and nothing of anybody else's stands on a phone.
//
// They are for one goroutine, and can be used again: a turn is drawn in the room that an
// earlier one took.
type Pictures struct {
	state  State
	phones [2]phone   // in the order of Seats
	flow   []FlowStep // of the desk
}

// phone is a partner's own, and its JSON.
type phone struct {
	drawn bool
	view  PartnerView
	json  []byte
}

// Of begins with a state. Of what was drawn before only the room is kept.
func (p *Pictures) Of(s State) {
	p.state = s
	for i := range p.phones {
		p.phones[i] = phone{json: p.phones[i].json[:0]}
	}
}

// Append appends what a role is shown; timed says that a clock runs on their screen.
func (p *Pictures) Append(to []byte, r Role) (out []byte, timed bool, err error) {
	if seat, ok := r.Seat(); ok {
		f, err := p.phone(seat)
		if err != nil {
			return to, false, err
		}
		return append(to, f.json...), f.view.Step != nil && f.view.Step.Deadline != nil, nil
	}
	v := p.state.desk(p.flow)
	if v.Flow != nil {
		p.flow = v.Flow
	}
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
	f := &p.phones[0]
	if seat == SeatTwo {
		f = &p.phones[1]
	}
	if f.drawn {
		return f, nil
	}
	f.view = p.state.partnerView(seat)
	j := jot{b: f.json[:0]}
	f.view.jot(&j)
	f.json, f.drawn = j.b, j.err == nil
	return f, j.err
}
