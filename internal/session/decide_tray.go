package session

import (
	"slices"

	"mend/internal/exercise"
)

// The counselor's tray: questions go there first.

const maxQuestions = 12 // of one partner in one step, whatever the step says

func (c AskQuestion) may(q question) error {
	h, seat, err := q.partnerStep(c.Step)
	switch {
	case err != nil:
		return err
	case h.step.Kind != exercise.Ask:
		return errStep
	case !h.acts(h.step, seat):
		return errNotMine
	}
	most := maxQuestions
	if h.step.AtMost > 0 {
		most = min(most, h.step.AtMost)
	}
	if h.visit.asked(seat) >= most {
		return errTrayFull
	}
	return nil
}

func (c AskQuestion) event(q question) (Event, error) {
	h, _ := q.state.here()
	if err := checkText(c.Text, h.step.MaxLength, true); err != nil {
		return nil, err
	}
	return Asked{Step: c.Step, Question: len(h.visit.Tray) + 1, Text: c.Text}, nil
}

// A question may be dealt with again until it has its answer.
func (c Deal) may(q question) error {
	h, err := q.deskStep(c.Step)
	switch {
	case err != nil:
		return err
	case h.step.Kind != exercise.Ask:
		return errStep
	case q.general && len(h.visit.Tray) == 0:
		return errNoQuestion
	case q.general:
		if !slices.ContainsFunc(h.visit.Tray, func(x Question) bool { return x.How == "" }) {
			return errReplied
		}
		return nil
	}
	i := h.visit.inTray(c.Question)
	switch {
	case i < 0:
		return errNoQuestion
	case h.visit.Tray[i].How != "":
		return errReplied
	}
	return nil
}

func (c Deal) event(q question) (Event, error) {
	h, _ := q.state.here()
	switch c.To {
	case DealNow, DealPrepare, DealNotHelpful:
		if c.Text != "" {
			return nil, errDealing
		}
	case DealReshape:
		if err := checkText(c.Text, h.step.MaxLength, true); err != nil {
			return nil, err
		}
	default:
		return nil, errDealing
	}
	was := h.visit.Tray[h.visit.inTray(c.Question)]
	if was.Dealt == c.To && (c.To != DealReshape || was.Reshaped == c.Text) {
		return nil, errAlready
	}
	return Dealt(c), nil
}

func (c Reply) may(q question) error {
	h, seat, err := q.partnerStep(c.Step)
	switch {
	case err != nil:
		return err
	case h.step.Kind != exercise.Ask:
		return errStep
	}
	for _, x := range h.visit.Tray {
		if x.From != seat && x.open() && (q.general || x.Shown == c.Question) {
			return nil
		}
	}
	return errNoQuestion
}

func (c Reply) event(q question) (Event, error) {
	h, _ := q.state.here()
	switch c.How {
	case ReplyNow, ReplyBy, ReplyWillNot:
	default:
		return nil, errReply
	}
	if err := checkText(c.Text, h.step.MaxLength, c.How == ReplyBy); err != nil {
		return nil, err
	}
	seat, _ := q.by.Seat()
	x := h.visit.Tray[h.visit.before(seat, c.Question)]
	if x.How == c.How && x.Reply == c.Text {
		return nil, errAlready
	}
	return Replied{Step: c.Step, Question: x.Number, How: c.How, Text: c.Text}, nil
}
