package catalog_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"mend/internal/exercise"
	"mend/internal/session"
)

// describe puts a role's view into words, made of nothing but that view. The first
// of them tell which screen it is.
func (w *walk) describe(role session.Role) []string {
	switch v := session.ViewFor(w.state, role).(type) {
	case session.CounselorView:
		if v.Step == nil {
			return []string{fmt.Sprintf("(%s) agreements in force: %d", v.Phase, len(v.Agreements))}
		}
		return describeForCounselor(v)
	case session.PartnerView:
		switch {
		case v.Pause != nil:
			return []string{"(paused) the calm screen"}
		case v.Step == nil:
			return []string{fmt.Sprintf("(%s)%s", v.Phase, agreements(v.Agreements))}
		}
		return describeForPartner(v, session.Seat(role))
	}
	return []string{"?"}
}

func describeForCounselor(v session.CounselorView) []string {
	step := v.Step
	screen := fmt.Sprintf("%d/%d %s, %s", step.Index+1, step.Of, step.Kind, step.Title)
	if step.Round > 1 {
		screen += ", round " + strconv.Itoa(step.Round)
	}
	parts := []string{screen}
	if v.Pause != nil {
		parts = append(parts, "paused by "+string(v.Pause.By))
	}
	if step.Prompt != "" {
		parts = append(parts, quoted(step.Prompt))
	}
	if step.Floor != nil {
		parts = append(parts, string(*step.Floor)+" has the floor")
	}
	if step.Loops > 0 {
		parts = append(parts, "loops "+strconv.Itoa(step.Loops))
	}
	if step.StepIn {
		parts = append(parts, "please step in")
	}
	for _, seat := range session.Seats() {
		switch {
		case step.Declined[seat]:
			parts = append(parts, string(seat)+" skipped this one")
		case step.PutOff[seat]:
			parts = append(parts, string(seat)+" says not today")
		case step.Finished[seat] && slices.Contains(step.Who, seat):
			parts = append(parts, string(seat)+" is done")
		}
	}
	for _, seat := range session.Seats() {
		if a := step.Answers[seat]; a != nil {
			parts = append(parts, fmt.Sprintf("%s: %s", seat, answer(a, step.StepHead)))
		}
	}
	if step.Revealable {
		parts = append(parts, "can be revealed")
	}
	if step.GateOpen {
		parts = append(parts, "the gate is open")
	}
	return append(parts, common(step.StepHead)...)
}

func describeForPartner(v session.PartnerView, seat session.Seat) []string {
	step := v.Step
	if step.Kind == session.Wait {
		return []string{"(wait) a quiet screen"}
	}
	parts := []string{fmt.Sprintf("(%s) %s", step.Kind, quoted(step.Prompt))}
	if step.Floor != nil && *step.Floor == seat {
		parts = append(parts, "your floor")
	}
	if step.Sentence != "" && slices.Contains(step.Who, seat) {
		parts = append(parts, "begins "+quoted(step.Sentence))
	}
	if step.Audience != "" && slices.Contains(step.Who, seat) {
		label := "read by: " + string(step.Audience)
		if step.Warned {
			label += ", who may bring it to both"
		}
		if step.Preview {
			label += ", the counselor first"
		}
		parts = append(parts, label)
	}
	if step.Mine != nil {
		parts = append(parts, "mine: "+answer(step.Mine, step.StepHead))
	}
	switch {
	case step.Declined:
		parts = append(parts, "skipped")
	case step.PutOff:
		parts = append(parts, "not today")
	case step.Finished && slices.Contains(step.Who, seat):
		parts = append(parts, "done")
	}
	if step.Kind == exercise.Read && step.Index == 0 {
		parts = append(parts, strings.TrimSpace(agreements(v.Agreements)))
	}
	return slices.DeleteFunc(append(parts, common(step.StepHead)...), func(s string) bool { return s == "" })
}

// common is what all three may see of a step: what was revealed, what is agreed.
func common(head session.StepHead) []string {
	var parts []string
	for _, question := range head.About {
		parts = append(parts, "about "+quoted(string(question)))
	}
	for _, pair := range head.Revealed {
		like := session.StepHead{Options: pair.Options, Cards: pair.Cards, Buckets: pair.Buckets}
		text := pair.Title + " —"
		if pair.One != nil {
			text += " one: " + answer(pair.One, like)
		}
		if pair.Two != nil {
			text += " two: " + answer(pair.Two, like)
		}
		parts = append(parts, text)
	}
	if head.Wording != nil {
		parts = append(parts, fmt.Sprintf("wording: %s, revision %d, review %s, ends %s",
			quoted(string(head.Wording.Text)), head.Wording.Revision, head.Wording.Review, head.Wording.Expires))
	}
	for _, seat := range head.Signed {
		parts = append(parts, "signed by "+string(seat))
	}
	if head.Concluded {
		parts = append(parts, "agreed")
	}
	return parts
}

func agreements(list []session.AgreementView) string {
	text := ""
	for _, a := range list {
		text += fmt.Sprintf(" agreed: %s, until %s", quoted(string(a.Wording.Text)), a.Wording.Expires)
	}
	return text
}

func answer(a *session.Answer, head session.StepHead) string {
	switch {
	case a.Value != nil:
		return strconv.Itoa(*a.Value)
	case a.Sorted != nil:
		var piles []string
		for _, card := range slices.Sorted(maps.Keys(a.Sorted)) {
			piles = append(piles, fmt.Sprintf("%s → %s", named(head.Cards, card), named(head.Buckets, a.Sorted[card])))
		}
		return strings.Join(piles, "; ")
	case len(a.Choices) > 0:
		return strings.Join(a.Choices, ", ")
	}
	return quoted(string(a.Text))
}

func named(choices []exercise.Choice, id string) string {
	for _, c := range choices {
		if c.ID == id {
			return c.Text
		}
	}
	return id
}

func quoted(text string) string {
	return "“" + strings.ReplaceAll(strings.TrimSpace(text), "\n", " / ") + "”"
}
