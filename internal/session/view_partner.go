package session

import (
	"strings"

	"mend/internal/private"
)

// ViewFor is what a role is shown now. It is the only source of what a socket is
// sent; whatever is not put into a partner's view here cannot reach their phone.
func ViewFor(s State, r Role) View {
	if seat, ok := r.Seat(); ok {
		return s.partnerView(seat)
	}
	return s.counselorView()
}

// partnerView is built up from nothing: from the door inwards, as far as this
// partner has come.
func (s *State) partnerView(seat Seat) PartnerView {
	v := PartnerView{
		Phase: InLobby, Rehearsal: s.Facts.Rehearsal, You: seat, Door: s.door(seat), YouMay: youMay(s, seat.Role()),
		Language: s.Languages.Of(seat),
	}
	switch {
	case !s.opened():
		return v
	case s.ended():
		v.Phase = HasEnded
		return v
	case v.Door == RemovedOut:
		return v
	}
	v.People = s.Facts.People
	v.Policy = &s.Facts.Policy
	if v.Door != Inside {
		return v
	}
	v.Phase = s.phase()
	v.Dial = s.Dials.Of(seat)
	if s.Hold != nil {
		// The same calm screen for both, with nothing else on it.
		v.Pause = s.Hold.view()
		return v
	}
	v.Agreements = s.agreementViews()
	for _, w := range s.Whispers {
		if w.To == seat {
			v.Whispers = append(v.Whispers, w.Text)
		}
	}
	if h, ok := s.hereIn(v.Language); ok {
		v.Exercise = h.heading()
		v.Step = s.partnerStep(h, seat)
		v.Homework = h.homework(seat.Role())
	}
	return v
}

func (p *Hold) view() *PauseView {
	return &PauseView{Since: p.Since, ReturnAt: optional(p.ReturnAt), Neutral: p.Neutral}
}

func (s *State) agreementViews() []AgreementView {
	if len(s.Agreements) == 0 {
		return nil
	}
	views := make([]AgreementView, len(s.Agreements))
	for i, a := range s.Agreements {
		views[i] = AgreementView{
			ID: a.ID, Wording: a.Wording, Withdrawn: a.Withdrawn != nil, Today: i >= len(s.Facts.Agreements),
		}
	}
	return views
}

func (h here) heading() *ExerciseHead {
	p := h.Program
	return &ExerciseHead{ID: p.ID, Version: p.Version, Title: p.TitleIn(h.in), Intensity: p.Intensity, Cast: h.Cast}
}

func (s *State) partnerStep(h here, seat Seat) *PartnerStep {
	if h.step.Kind.Private() {
		return &PartnerStep{StepHead: h.quiet()}
	}
	part := h.visit.Parts.Of(seat)
	return &PartnerStep{
		StepHead:  s.head(h),
		Prompt:    h.prompt(h.step, seat),
		Mine:      h.mine(seat),
		Finished:  h.finished(seat),
		Declined:  part.Declined,
		PutOff:    part.PutOff,
		Questions: h.visit.questionsFor(seat),
	}
}

// mine is a partner's own answer: the one of this step, or for one who holds the
// floor the words of earlier ones, to be read out from.
func (h here) mine(seat Seat) *Answer {
	if !h.holds(seat) || h.visit.Parts.Of(seat).Answer != nil {
		return h.visit.Parts.Of(seat).Answer
	}
	var said []string
	for _, v := range h.readFrom(seat) {
		step := h.stepIn(v.Index, h.in)
		words := v.Parts.Of(seat).Answer.Worded(step.Options, h.cardsOf(v, step), step.Buckets, h.in)
		said = append(said, string(words))
	}
	if said == nil {
		return nil
	}
	return &Answer{Text: private.Text(strings.Join(said, "\n\n"))}
}

// readFrom gives the visits that one who holds the floor reads out from, in the order
// in which the exercise names their steps.
func (h here) readFrom(seat Seat) []*Visit {
	var visits []*Visit
	for _, i := range h.step.OfSteps {
		if v := h.latest(i); v != nil && v.Parts.Of(seat).Answer != nil {
			visits = append(visits, v)
		}
	}
	return visits
}

// questionsFor gives a partner's own questions with their fate, then the other's as
// far as they were dealt to be heard.
func (v *Visit) questionsFor(seat Seat) []PartnerQuestion {
	var questions []PartnerQuestion
	for _, q := range v.Tray {
		if q.From == seat {
			questions = append(questions, PartnerQuestion{
				Question: q.Own, Mine: true, Text: q.Text, Reshaped: q.Reshaped,
				Dealt: q.Dealt, How: q.How, Reply: q.Reply,
			})
		}
	}
	for _, q := range v.heard(seat) {
		questions = append(questions, PartnerQuestion{
			Question: q.Shown, Text: q.wording(), Dealt: DealNow, How: q.How, Reply: q.Reply,
		})
	}
	return questions
}
