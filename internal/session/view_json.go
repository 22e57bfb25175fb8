package session

// The JSON of views, field by field in the order of their types. A test holds each against
// encoding/json with every field filled, so that none is forgotten here.

func (v *PartnerView) jot(j *jot) {
	j.open()
	j.text("phase", string(v.Phase))
	j.anyFlag("rehearsal", v.Rehearsal)
	j.text("you", string(v.You))
	j.text("door", string(v.Door))
	v.People.jot(j)
	words(j, "you_may", v.YouMay)
	v.Policy.jot(j)
	v.Exercise.jot(j)
	if s := v.Step; s != nil {
		j.key("step")
		s.jot(j)
	}
	if v.Pause != nil {
		j.key("pause")
		j.open()
		v.Pause.jot(j)
		j.close()
	}
	if len(v.Whispers) > 0 {
		words(j, "whispers", v.Whispers)
	}
	anyRest(j, "agreements", v.Agreements)
	if v.Dial != nil {
		j.number("dial", *v.Dial)
	}
	anyRest(j, "homework", v.Homework)
	j.anyText("language", string(v.Language))
	j.close()
}

// jot leaves the phones to their own drawing.
func (v *CounselorView) jot(j *jot, phones func()) {
	j.open()
	j.text("phase", string(v.Phase))
	j.anyFlag("rehearsal", v.Rehearsal)
	j.text("you", string(v.You))
	j.flag("opened", v.Opened)
	j.anyTime("opened_at", v.OpenedAt)
	j.anyTime("started_at", v.StartedAt)
	v.People.jot(j)
	words(j, "you_may", v.YouMay)
	v.Policy.jot(j)
	perSeat(j, "doors", v.Doors, func(k string, v SeatState) { j.text(k, string(v)) })
	if v.Agenda == nil {
		j.rest("agenda", nil)
	} else {
		each(j, "agenda", v.Agenda, func(j *jot, a *AgendaItem) { a.jot(j) })
	}
	v.Exercise.jot(j)
	if g := v.Guidance; g != nil {
		j.key("guidance")
		j.open()
		j.text("purpose", g.Purpose)
		j.text("watch_for", g.WatchFor)
		j.text("stop_if", g.StopIf)
		j.close()
	}
	if s := v.Step; s != nil {
		j.key("step")
		s.jot(j)
	}
	v.Next.jot(j)
	if len(v.Flow) > 0 {
		each(j, "flow", v.Flow, func(j *jot, s *FlowStep) { s.jot(j) })
	}
	j.key("phones")
	phones()
	if v.Pause != nil {
		j.key("pause")
		j.open()
		v.Pause.jot(j)
		j.text("by", string(v.Pause.By))
		j.close()
	}
	anyRest(j, "whispers", v.Whispers)
	anyRest(j, "marks", v.Marks)
	perSeat(j, "dials", v.Dials, func(k string, v *int) {
		if v == nil {
			j.rest(k, nil)
		} else {
			j.number(k, *v)
		}
	})
	anyRest(j, "agreements", v.Agreements)
	anyRest(j, "homework", v.Homework)
	j.close()
}

func (p *People) jot(j *jot) {
	j.key("people")
	j.open()
	j.text("counselor", string(p.Counselor))
	j.text("one", string(p.One))
	j.text("two", string(p.Two))
	j.close()
}

func (p *Policy) jot(j *jot) {
	if p == nil {
		return
	}
	j.key("policy")
	j.open()
	j.number("version", p.Version)
	j.text("secrets", string(p.Secrets))
	j.anyText("text", p.Text)
	j.close()
}

func (e *ExerciseHead) jot(j *jot) {
	if e == nil {
		return
	}
	j.key("exercise")
	j.open()
	j.text("id", e.ID)
	j.number("version", e.Version)
	j.text("title", e.Title)
	j.text("intensity", string(e.Intensity))
	named(j, "cast", e.Cast)
	j.close()
}

func (a *AgendaItem) jot(j *jot) {
	j.text("exercise", a.Exercise)
	j.text("title", a.Title)
	j.number("minutes", a.Minutes)
	j.anyFlag("frame", a.Frame)
	j.text("state", a.State)
	j.anyNumber("run", a.Run)
}

func (p *PauseView) jot(j *jot) {
	j.time("since", p.Since)
	j.anyTime("return_at", p.ReturnAt)
	j.anyFlag("neutral", p.Neutral)
}

func (s *StepHead) jot(j *jot) {
	j.text("key", s.Key)
	j.number("index", s.Index)
	j.number("of", s.Of)
	j.text("kind", string(s.Kind))
	words(j, "who", s.Who)
	j.number("round", s.Round)
	j.anyText("title", s.Title)
	j.anyText("note", s.Note)
	j.anyNumber("seconds", s.Seconds)
	j.anyTime("deadline", s.Deadline)
	if s.Floor != nil {
		j.text("floor", string(*s.Floor))
	}
	j.anyFlag("skippable", s.Skippable)
	j.anyFlag("writing", s.Writing)
	j.anyText("again", string(s.Again))
	if len(s.Offers) > 0 {
		words(j, "offers", s.Offers)
	}
	anyRest(j, "options", s.Options)
	j.anyFlag("other", s.Other)
	j.anyNumber("at_most", s.AtMost)
	anyRest(j, "cards", s.Cards)
	anyRest(j, "buckets", s.Buckets)
	j.anyText("low", s.Low)
	j.anyText("high", s.High)
	j.anyNumber("max_length", s.MaxLength)
	j.anyText("audience", string(s.Audience))
	j.anyFlag("warned", s.Warned)
	j.anyFlag("preview", s.Preview)
	j.anyText("elsewise", s.Elsewise)
	j.anyText("frame", s.Sentence)
	if len(s.About) > 0 {
		words(j, "about", s.About)
	}
	if s.Wording != nil {
		j.rest("wording", s.Wording)
	}
	if len(s.Signed) > 0 {
		words(j, "signed", s.Signed)
	}
	j.anyFlag("concluded", s.Concluded)
	anyRest(j, "revealed", s.Revealed)
}

func (s *PartnerStep) jot(j *jot) {
	j.open()
	s.StepHead.jot(j)
	j.anyText("prompt", s.Prompt)
	if s.Mine != nil {
		j.rest("mine", s.Mine)
	}
	j.flag("finished", s.Finished)
	j.anyFlag("declined", s.Declined)
	j.anyFlag("put_off", s.PutOff)
	anyRest(j, "questions", s.Questions)
	j.close()
}

func (s *CounselorStep) jot(j *jot) {
	j.open()
	s.StepHead.jot(j)
	anyPerSeat(j, "prompts", s.Prompts, j.text)
	j.anyText("prompt", s.Prompt)
	j.anyText("counselor", s.Counselor)
	perSeat(j, "finished", s.Finished, j.flag)
	anyPerSeat(j, "declined", s.Declined, j.flag)
	anyPerSeat(j, "put_off", s.PutOff, j.flag)
	if len(s.Answers) > 0 {
		j.rest("answers", s.Answers)
	}
	j.anyNumber("loops", s.Loops)
	j.anyFlag("step_in", s.StepIn)
	j.anyFlag("revealable", s.Revealable)
	j.anyFlag("is_revealed", s.IsRevealed)
	j.anyFlag("gate_open", s.GateOpen)
	anyRest(j, "tray", s.Tray)
	anyPerSeat(j, "floor_seconds", s.FloorSeconds, j.number)
	j.close()
}

func (n *NextStep) jot(j *jot) {
	if n == nil {
		return
	}
	j.key("next")
	j.open()
	j.number("index", n.Index)
	j.text("kind", string(n.Kind))
	j.anyText("title", n.Title)
	words(j, "who", n.Who)
	anyPerSeat(j, "prompts", n.Prompts, j.text)
	if len(n.Waiting) > 0 {
		words(j, "waiting", n.Waiting)
	}
	j.close()
}

func (s *FlowStep) jot(j *jot) {
	j.number("index", s.Index)
	j.text("kind", string(s.Kind))
	j.anyText("title", s.Title)
	words(j, "who", s.Who)
	j.number("round", s.Round)
	j.text("state", s.State)
}
