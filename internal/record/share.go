package record

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

// Shareable is one thing of a copy, for the counselor to share with whoever the copy is
// for, or to leave out. What is not in the copy cannot be offered.
type Shareable struct {
	ID       string        `json:"id" doc:"Names it in include and checked"`
	Kind     ShareableKind `json:"kind"`
	Run      int           `json:"run,omitempty" doc:"1, 2, … within the session; absent of an agreement"`
	Exercise string        `json:"exercise,omitempty" doc:"The title of the exercise it is from"`
	About    string        `json:"about,omitempty" doc:"What was asked, as it stood on the phone"`
	Said     []Saying      `json:"said"`
	Chosen   bool          `json:"chosen,omitempty" doc:"Shared unless the counselor leaves it out"`
	Cautions []Caution     `json:"cautions"`
}

// ShareableKind is what a shareable is.
type ShareableKind string

const (
	SharesAgreement ShareableKind = "agreement"
	SharesOwn       ShareableKind = "own"      // the reader's own words, which the other was not shown
	SharesPair      ShareableKind = "pair"     // what both were shown
	SharesQuestion  ShareableKind = "question" // from the tray
)

// Saying is what somebody said, in the words of the page; of nobody in particular where
// both said it.
type Saying struct {
	Who  session.Seat `json:"who,omitempty"`
	Text private.Text `json:"text"`
}

// Caution is why something is to be looked at once more before it lies on a phone at
// home. It follows from what a thing is, never from what its words say: nothing here
// reads them.
type Caution string

const (
	CautionCounselorOnly Caution = "counselor_only" // given to the counselor alone; on a page whoever holds the phone reads it
	CautionNeverRevealed Caution = "never_revealed" // sealed, and the other has not seen it
	CautionOtherWords    Caution = "other_words"    // words of the other partner
	CautionNumber        Caution = "number"         // a rating, easily held against somebody
	CautionDeep          Caution = "deep"           // from an exercise of the deepest kind
	CautionTakenBack     Caution = "taken_back"     // an agreement that was withdrawn
)

// CautionMessage names the counselor's own words among what was looked at again.
const CautionMessage = "message"

// Offer lists what may be shared of a copy that was made for the reader.
func Offer(c Copy, reader Reader, in exercise.Language) []Shareable {
	items := []Shareable{}
	add := func(s Shareable, when map[Caution]bool) {
		s.Cautions = []Caution{}
		for _, caution := range []Caution{
			CautionCounselorOnly, CautionNeverRevealed, CautionOtherWords, CautionNumber, CautionDeep, CautionTakenBack,
		} {
			if when[caution] {
				s.Cautions = append(s.Cautions, caution)
			}
		}
		items = append(items, s)
	}
	for _, a := range c.Agreements {
		line := layingOut{drafting{Summary{}, pages(in).wording, in}, pages(in)}.termed(session.Agreement{Wording: a.Wording})
		add(Shareable{ID: agreementID(a), Kind: SharesAgreement, Said: []Saying{{Text: private.Text(line)}}, Chosen: !a.Withdrawn},
			map[Caution]bool{CautionTakenBack: a.Withdrawn})
	}
	for _, run := range c.Exercises {
		deep := run.Intensity == exercise.Deep
		for _, a := range run.alone() {
			add(Shareable{
				ID: ownID(a), Kind: SharesOwn, Run: run.Run, Exercise: run.Title, About: cmp.Or(a.Prompt, a.Title),
				Said: []Saying{{Who: seatOf(reader), Text: a.Answer.Worded(a.Options, a.Cards, a.Buckets, in)}},
			}, map[Caution]bool{
				CautionCounselorOnly: a.Audience == exercise.ToCounselor, CautionNeverRevealed: a.Audience == exercise.Sealed,
				CautionNumber: a.Kind == exercise.Scale, CautionDeep: deep,
			})
		}
		for _, p := range run.Shared {
			s := Shareable{ID: pairID(p), Kind: SharesPair, Run: run.Run, Exercise: run.Title, About: cmp.Or(p.Prompt, p.Title)}
			for _, seat := range session.Seats() {
				if said := side(p, seat); said != nil {
					s.Said = append(s.Said, Saying{Who: seat, Text: said.Worded(p.Options, p.Cards, p.Buckets, in)})
				}
			}
			add(s, map[Caution]bool{
				CautionOtherWords: slices.ContainsFunc(s.Said, func(w Saying) bool { return w.Who != seatOf(reader) }),
				CautionNumber:     p.Kind == exercise.Scale, CautionDeep: deep,
			})
		}
		for i, q := range run.Questions {
			s := Shareable{ID: questionID(run, i), Kind: SharesQuestion, Run: run.Run, Exercise: run.Title, Said: []Saying{{Who: q.From, Text: q.Text}}}
			if q.Reshaped != "" {
				s.Said = append(s.Said, Saying{Text: q.Reshaped})
			}
			if q.Reply != "" {
				s.Said = append(s.Said, Saying{Who: q.From.Other(), Text: q.Reply})
			}
			add(s, map[Caution]bool{
				CautionOtherWords: q.From != seatOf(reader) || q.Reply != "" || q.Reshaped != "", CautionDeep: deep,
			})
		}
	}
	return items
}

// Only is the copy with nothing but what was chosen, by the ids of Offer. unknown is the
// place in include of the first that the copy does not have, or -1.
func (c Copy) Only(include []string) (only Copy, unknown int) {
	found := map[string]bool{}
	chosen := func(id string) bool {
		is := slices.Contains(include, id)
		found[id] = found[id] || is
		return is
	}
	only = Copy{
		StartedAt: c.StartedAt, EndedAt: c.EndedAt, People: c.People, Language: c.Language,
		Exercises: []CopiedRun{}, Agreements: []session.AgreementView{},
	}
	for _, a := range c.Agreements {
		if chosen(agreementID(a)) {
			only.Agreements = append(only.Agreements, a)
		}
	}
	for _, run := range c.Exercises {
		part := run
		part.Own, part.Shared, part.Questions = []OwnAnswer{}, []session.RevealedPair{}, []CopiedQuestion{}
		for _, a := range run.alone() {
			if chosen(ownID(a)) {
				part.Own = append(part.Own, a)
			}
		}
		for _, p := range run.Shared {
			if chosen(pairID(p)) {
				part.Shared = append(part.Shared, p)
			}
		}
		for i, q := range run.Questions {
			if chosen(questionID(run, i)) {
				part.Questions = append(part.Questions, q)
			}
		}
		if len(part.Own)+len(part.Shared)+len(part.Questions) > 0 {
			only.Exercises = append(only.Exercises, part)
		}
	}
	return only, slices.IndexFunc(include, func(id string) bool { return !found[id] })
}

// alone are the reader's words that do not stand beside the other's already.
func (r CopiedRun) alone() []OwnAnswer {
	return slices.DeleteFunc(slices.Clone(r.Own), func(a OwnAnswer) bool {
		return slices.ContainsFunc(r.Shared, func(p session.RevealedPair) bool { return p.Step == a.Step })
	})
}

func agreementID(a session.AgreementView) string { return "agreement/" + a.ID }
func ownID(a OwnAnswer) string                   { return "own/" + a.Step }
func pairID(p session.RevealedPair) string       { return "pair/" + p.Step }

func questionID(r CopiedRun, i int) string {
	return fmt.Sprintf("question/%s/%d", r.Questions[i].Step, i)
}

// Unchecked names the first of what is to be shared that asks to be looked at again and
// was not; "" where all was.
func Unchecked(offer []Shareable, include, checked []string, message private.Text) string {
	for _, s := range offer {
		if len(s.Cautions) > 0 && slices.Contains(include, s.ID) && !slices.Contains(checked, s.ID) {
			return s.ID
		}
	}
	if strings.TrimSpace(string(message)) != "" && !slices.Contains(checked, CautionMessage) {
		return CautionMessage
	}
	return ""
}

// seatOf is the partner a copy is for; neither where it is for both.
func seatOf(r Reader) session.Seat {
	seat, _ := r.Seat()
	return seat
}
