package session

import (
	"slices"

	"mend/internal/exercise"
)

func (s *State) counselorView() CounselorView {
	v := s.desk(nil)
	v.Phones = map[Seat]PartnerView{SeatOne: s.phone(SeatOne), SeatTwo: s.phone(SeatTwo)}
	return v
}

// desk is the counselor's view but for both phones. The exercise's course takes the room of
// an earlier one.
func (s *State) desk(room []FlowStep) CounselorView {
	v := CounselorView{
		Phase:      s.phase(),
		Rehearsal:  s.Facts.Rehearsal,
		You:        Counselor,
		Opened:     s.opened(),
		OpenedAt:   optional(s.OpenedAt),
		StartedAt:  optional(s.StartedAt),
		People:     s.Facts.People,
		YouMay:     youMay(s, Counselor),
		Doors:      map[Seat]SeatState{SeatOne: s.door(SeatOne), SeatTwo: s.door(SeatTwo)},
		Agenda:     s.Agenda,
		Whispers:   s.Whispers,
		Marks:      s.Marks,
		Dials:      map[Seat]*int{SeatOne: s.Dials.One, SeatTwo: s.Dials.Two},
		Agreements: s.Agreements,
	}
	if v.Agenda == nil {
		v.Agenda = []AgendaItem{}
	}
	if v.Opened {
		v.Policy = &s.Facts.Policy
	}
	if s.Hold != nil {
		v.Pause = &CounselorPause{PauseView: *s.Hold.view(), By: s.Hold.By}
	}
	if h, ok := s.hereIn(s.Facts.Language); ok && !s.ended() {
		v.Exercise = h.heading()
		v.Guidance = h.Program.GuidanceIn(h.in)
		v.Step = s.counselorStep(h)
		v.Next = h.next()
		v.Flow = h.flow(room)
		v.Homework = h.homework(Counselor)
	}
	return v
}

func (s *State) counselorStep(h here) *CounselorStep {
	step, visit := h.step, h.visit
	v := &CounselorStep{
		StepHead:     s.head(h),
		Prompts:      h.prompts(step),
		Counselor:    step.Counselor,
		Finished:     map[Seat]bool{SeatOne: h.finished(SeatOne), SeatTwo: h.finished(SeatTwo)},
		Declined:     marked(visit.Parts.One.Declined, visit.Parts.Two.Declined),
		PutOff:       marked(visit.Parts.One.PutOff, visit.Parts.Two.PutOff),
		Answers:      s.readable(h),
		Loops:        visit.Loops,
		GateOpen:     visit.Answered,
		FloorSeconds: h.floorSeconds(),
	}
	if step.Kind.Private() {
		v.Prompt = step.Prompt
	}
	if visit.Loops > 0 {
		bound := h.bound(visit.Index)
		v.StepIn = bound > 0 && visit.Loops >= bound
	}
	if step.Kind == exercise.Reveal {
		veil := s.veil(h)
		v.Revealable, v.IsRevealed = veil == ready, veil == lifted
	}
	for _, q := range visit.Tray {
		v.Tray = append(v.Tray, TrayItem{
			Question: q.Number, From: q.From, Text: q.Text,
			Dealt: q.Dealt, Reshaped: q.Reshaped, How: q.How, Reply: q.Reply,
		})
	}
	return v
}

// marked holds only seats for which something is so; nil where it is so for neither.
func marked(one, two bool) map[Seat]bool {
	seats := list(one, two)
	if len(seats) == 0 {
		return nil
	}
	m := make(map[Seat]bool, len(seats))
	for _, s := range seats {
		m[s] = true
	}
	return m
}

// phone is a partner's phone as the desk shows it.
func (s *State) phone(seat Seat) PartnerView { return s.asShown(s.partnerView(seat)) }

// asShown is a phone as the desk shows it: as it is, but for an answer of theirs that the
// counselor may not read yet.
func (s *State) asShown(v PartnerView) PartnerView {
	if v.Step == nil || v.Step.Mine == nil {
		return v
	}
	if h, ok := s.here(); ok && !s.mayRead(h, v.You) {
		step := *v.Step
		step.Mine = nil
		v.Step = &step
	}
	return v
}

// mayRead tells whether the counselor may read all that a phone shows of its own words.
func (s *State) mayRead(h here, seat Seat) bool {
	if !h.holds(seat) || h.visit.Parts.Of(seat).Answer != nil {
		return s.legible(h.Run, h.visit)
	}
	return !slices.ContainsFunc(h.readFrom(seat), func(v *Visit) bool { return !s.legible(h.Run, v) })
}

// legible tells whether the counselor may read the answers of a visit now.
func (s *State) legible(run *Run, v *Visit) bool {
	step := run.step(v.Index)
	if step == nil {
		return false
	}
	switch audience, _ := s.audience(step); audience {
	case exercise.Room, exercise.ToCounselor:
		return true
	case exercise.Sealed:
		return step.Preview || v.Shared != nil
	}
	return false
}

// readable are the answers of this step that the counselor may read now.
func (s *State) readable(h here) map[Seat]*Answer {
	if !s.legible(h.Run, h.visit) {
		return nil
	}
	answers := make(map[Seat]*Answer, 2)
	for _, seat := range Seats() {
		if a := h.visit.Parts.Of(seat).Answer; a != nil {
			answers[seat] = a
		} else if h.visit.Shared != nil && h.visit.Shared.Answer(seat) != nil {
			answers[seat] = h.visit.Shared.Answer(seat)
		}
	}
	return answers
}

func (r *Run) floorSeconds() map[Seat]int {
	if r.Held.One == 0 && r.Held.Two == 0 {
		return nil
	}
	return map[Seat]int{SeatOne: int(r.Held.One.Seconds()), SeatTwo: int(r.Held.Two.Seconds())}
}

// next is what Advance would bring, and whom it would not wait for.
func (h here) next() *NextStep {
	index := h.visit.Index + 1
	step := h.stepIn(index, h.in)
	if step == nil {
		return nil
	}
	waits := func(s Seat) bool {
		return h.step.Kind != exercise.Reveal && h.acts(h.step, s) && !h.finished(s)
	}
	next := &NextStep{
		Index: index, Kind: step.Kind, Title: step.Title, Who: h.seats(step), Prompts: h.prompts(step),
	}
	if waiting := list(waits(SeatOne), waits(SeatTwo)); len(waiting) > 0 {
		next.Waiting = waiting
	}
	return next
}

// flow is the whole exercise with the way taken so far.
func (h here) flow(room []FlowStep) []FlowStep {
	flow := slices.Grow(room[:0], len(h.Program.Steps))
	for i := range h.Program.Steps {
		step := h.stepIn(i, h.in)
		flow = append(flow, FlowStep{
			Index: i, Kind: step.Kind, Title: step.Title, Who: h.seats(step), Round: step.Round, State: "ahead",
		})
	}
	for i := 0; i <= h.At; i++ {
		v := h.on(i)
		if v == nil || v.Index >= len(flow) {
			continue
		}
		state := "done"
		switch {
		case i == h.At:
			state = "here"
		case v.Skipped:
			state = "skipped"
		}
		flow[v.Index].State = state
	}
	return flow
}
