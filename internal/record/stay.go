package record

import (
	"slices"

	"mend/internal/exercise"
	"mend/internal/session"
)

// stay is a visit as the summary tells it: what the console showed last, less what
// was not to be kept. again says that the same answers are told at a later visit.
func (f *fold) stay(r *run, v *visit, shared []session.RevealedPair, again bool) Stay {
	s, shown := v.Stay, v.shown
	if v.Index >= len(r.program.Steps) || again {
		return s
	}
	step := r.program.Steps[v.Index]
	keeps := f.sum.keeps(step)
	for _, seat := range session.Seats() {
		if shown.Declined[seat] {
			s.Passed = append(s.Passed, seat)
		}
		if shown.PutOff[seat] {
			s.PutOff = append(s.PutOff, seat)
		}
	}
	switch {
	case step.Kind.Answers() || len(v.spoke) > 0:
		s.Asked = posed(step, shown)
		for _, seat := range session.Seats() {
			if g, ok := given(v, seat, shared, keeps); ok {
				s.Answers = append(s.Answers, g)
			}
		}
	case step.Kind == exercise.Agree:
		s.Signed = append([]session.Seat(nil), shown.Signed...)
		if keeps {
			s.Wording = shown.Wording
		}
	case step.Kind == exercise.Ask:
		s.Tray = tray(shown.Tray, keeps)
	default:
		for _, seat := range session.Seats() {
			if shown.Finished[seat] && !shown.Declined[seat] && slices.Contains(s.Who, seat) {
				s.Ready = append(s.Ready, seat)
			}
		}
	}
	return s
}

// posed is the question as it stood on the screens.
func posed(step exercise.Instruction, shown session.CounselorStep) *Posed {
	p := &Posed{
		Prompts: map[session.Seat]string{}, Audience: shown.Audience, Options: shown.Options,
		Cards: shown.Cards, Buckets: shown.Buckets, Low: shown.Low, High: shown.High, Measure: step.Measure,
	}
	for _, seat := range shown.Who {
		p.Prompts[seat] = shown.Prompts[seat]
	}
	return p
}

// given is one partner's answer, if they gave one.
func given(v *visit, seat session.Seat, shared []session.RevealedPair, keeps bool) (Given, bool) {
	spoke, moved := v.spoke[seat]
	if !moved && (!v.shown.Finished[seat] || v.shown.Declined[seat]) {
		return Given{}, false
	}
	g := Given{Who: seat}
	if at, ok := v.given[seat]; ok {
		g.At = &at
	}
	answer := v.shown.Answers[seat]
	if moved {
		answer = &spoke
	}
	if answer == nil {
		answer = paired(shared, v.Step, seat)
	}
	switch {
	case g.At == nil && answer == nil:
		g.Held = OnPhone
	case !keeps:
		g.Held = NotKept
	case answer == nil:
		g.Held = Sealed
	default:
		g.Answer = answer
	}
	return g, true
}

// paired finds what a partner's answer was in the pairs that both were shown.
func paired(shared []session.RevealedPair, step string, seat session.Seat) *session.Answer {
	for _, p := range shared {
		if p.Step == step {
			return side(p, seat)
		}
	}
	return nil
}

// side is one partner's half of a pair; nil where they gave nothing.
func side(p session.RevealedPair, who session.Seat) *session.Answer {
	if who == session.SeatOne {
		return p.One
	}
	return p.Two
}

// tray keeps what became of each question, and its words only where they are kept.
func tray(items []session.TrayItem, keeps bool) []session.TrayItem {
	out := append([]session.TrayItem(nil), items...)
	if keeps {
		return out
	}
	for i := range out {
		out[i].Text, out[i].Reshaped, out[i].Reply = "", "", ""
	}
	return out
}

// ratings lists every scale that was answered and is kept, in order of the answers.
func ratings(passages []Passage, runs []*run) []Rating {
	out := []Rating{}
	for i, p := range passages {
		for _, s := range p.Stays {
			if s.Kind != exercise.Scale || s.Asked == nil {
				continue
			}
			step := runs[i].program.Steps[s.Index]
			for _, g := range s.Answers {
				if g.Answer == nil || g.Answer.Value == nil || g.At == nil {
					continue
				}
				out = append(out, Rating{
					Run: p.Run, Step: s.Step, Exercise: p.Exercise, Title: p.Title, Measure: step.Measure,
					Who: g.Who, At: *g.At, Value: *g.Answer.Value, Low: s.Asked.Low, High: s.Asked.High,
					Audience: s.Asked.Audience,
				})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Rating) int { return a.At.Compare(b.At) })
	return out
}

// turns tells first and last apart, for each partner and measure.
func turns(rated []Rating, dialled []Dialling) {
	type line struct {
		who     session.Seat
		measure string
	}
	places := map[line][]*Turn{}
	for i := range rated {
		l := line{rated[i].Who, rated[i].Measure}
		places[l] = append(places[l], &rated[i].Turn)
	}
	for i := range dialled {
		// A dial has no measure's name; no scale can have this one.
		l := line{dialled[i].Who, "\x00dial"}
		places[l] = append(places[l], &dialled[i].Turn)
	}
	for _, turns := range places {
		for i, turn := range turns {
			switch {
			case len(turns) == 1:
				*turn = Only
			case i == 0:
				*turn = Before
			case i == len(turns)-1:
				*turn = After
			default:
				*turn = During
			}
		}
	}
}
