package session

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"mend/internal/exercise"
)

// Run is the exercise under way. A step is entered in visits: going round a loop or
// repeating makes a fresh one, going back returns to an old one. Visits are never
// removed, and the way that was taken through them is the trail.
type Run struct {
	Number  int                 `json:"number"` // 1 for the first exercise of the session
	Program *exercise.Program   `json:"program"`
	Cast    Cast                `json:"cast"`
	Visits  []*Visit            `json:"visits"` // all there were, oldest first
	Trail   []int               `json:"trail"`  // the way taken, as positions in Visits
	At      int                 `json:"at"`     // the position in Trail where the room is; what lies behind it was gone back over
	Writing bool                `json:"writing,omitempty"`
	Held    Each[time.Duration] `json:"held"` // floor time, whole turns only

	Homework []Homework `json:"homework,omitempty"` // to be read back with it
}

// Visit is one stay at a step, and all that was done there.
type Visit struct {
	Index     int               `json:"index"`
	Number    int               `json:"number"`             // 1 for the first visit of this step
	Since     time.Time         `json:"since"`              // entered or returned to, later by every pause
	Left      time.Time         `json:"left,omitzero"`      // when the room last moved on from here
	Deadline  time.Time         `json:"deadline,omitzero"`  // zero: no timer
	Skipped   bool              `json:"skipped,omitempty"`  // by the counselor
	Loops     int               `json:"loops,omitempty"`    // how often it was not yet "yes" on the way here
	Again     Hearing           `json:"again,omitempty"`    // the judgement that led round the loop
	Parts     Each[Part]        `json:"parts"`              // what each partner did
	Shared    *Pair             `json:"shared,omitempty"`   // the sealed answers, once revealed
	Cards     []exercise.Choice `json:"cards,omitempty"`    // sort: the cards in use, where they came from answers
	Tray      []Question        `json:"tray,omitempty"`     // ask
	Answered  bool              `json:"answered,omitempty"` // gate
	Wording   *Wording          `json:"wording,omitempty"`  // agree
	Concluded bool              `json:"concluded,omitempty"`
}

// Part is what one partner did in a visit.
type Part struct {
	Answer   *Answer `json:"answer,omitempty"`
	Ready    bool    `json:"ready,omitempty"`
	Declined bool    `json:"declined,omitempty"`
	Signed   bool    `json:"signed,omitempty"`
	PutOff   bool    `json:"put_off,omitempty"`
}

// key names a visit in commands and events: "run.index.visit".
func key(run, index, visit int) string {
	b := make([]byte, 0, 16)
	b = strconv.AppendInt(b, int64(run), 10)
	b = append(b, '.')
	b = strconv.AppendInt(b, int64(index), 10)
	b = append(b, '.')
	b = strconv.AppendInt(b, int64(visit), 10)
	return string(b)
}

// position finds the visit with a key in Visits; -1 where there is none.
func (r *Run) position(k string) int {
	run, rest, _ := strings.Cut(k, ".")
	index, visit, _ := strings.Cut(rest, ".")
	if n, err := strconv.Atoi(run); err != nil || n != r.Number {
		return -1
	}
	i, err := strconv.Atoi(index)
	if err != nil {
		return -1
	}
	n, err := strconv.Atoi(visit)
	if err != nil {
		return -1
	}
	return r.find(i, n)
}

func (r *Run) find(index, number int) int {
	return slices.IndexFunc(r.Visits, func(v *Visit) bool { return v.Index == index && v.Number == number })
}

func (r *Run) key(v *Visit) string { return key(r.Number, v.Index, v.Number) }

// on gives the visit at a position of the trail; nil where the trail does not reach.
func (r *Run) on(position int) *Visit {
	if position < 0 || position >= len(r.Trail) {
		return nil
	}
	return r.Visits[r.Trail[position]]
}

// latest is the visit of a step that counts: the last one on the way here.
func (r *Run) latest(index int) *Visit {
	for i := r.At; i >= 0; i-- {
		if v := r.on(i); v != nil && v.Index == index {
			return v
		}
	}
	return nil
}

// step is the instruction at an index; nil where the program has none.
func (r *Run) step(index int) *exercise.Instruction {
	if index < 0 || index >= len(r.Program.Steps) {
		return nil
	}
	return &r.Program.Steps[index]
}

// stepIn is step with its words in a language.
func (r *Run) stepIn(index int, in exercise.Language) *exercise.Instruction {
	if index < 0 || index >= len(r.Program.Steps) {
		return nil
	}
	return r.Program.Step(index, in)
}

// Lists of seats, shared by all views and never written to.
var (
	nobody   = []Seat{}
	oneAlone = []Seat{SeatOne}
	twoAlone = []Seat{SeatTwo}
	both     = []Seat{SeatOne, SeatTwo}
)

// list is those seats for which something holds, in their order; never nil.
func list(one, two bool) []Seat {
	switch {
	case one && two:
		return both
	case one:
		return oneAlone
	case two:
		return twoAlone
	}
	return nobody
}

// seats are those whose step it is.
func (r *Run) seats(step *exercise.Instruction) []Seat {
	switch {
	case step.Kind.Private():
		return nobody
	case step.Who == "" || step.Who == exercise.Both:
		return both
	}
	s := r.Cast[exercise.Role(step.Who)]
	return list(s == SeatOne, s == SeatTwo)
}

// acts tells whether a step is this partner's.
func (r *Run) acts(step *exercise.Instruction, s Seat) bool { return slices.Contains(r.seats(step), s) }

// holder is who holds the floor in a step, if anybody does.
func (r *Run) holder(step *exercise.Instruction) (Seat, bool) {
	if !step.Kind.HoldsFloor() {
		return "", false
	}
	s, ok := r.Cast[exercise.Role(step.Who)]
	return s, ok
}

// role is the part that a seat plays.
func (r *Run) role(s Seat) exercise.Role {
	for role, seat := range r.Cast {
		if seat == s {
			return role
		}
	}
	return ""
}

// bound is how often the loop that a step stands in may go round before the
// counselor is asked to step in; 0: as often as it likes.
func (r *Run) bound(index int) int {
	for i := index; i < len(r.Program.Steps); i++ {
		if s := &r.Program.Steps[i]; s.Kind == exercise.Confirm {
			return s.AtMost
		}
	}
	return 0
}

// here is the step that the room is at, as it is to be read in a language. What is
// decided and applied reads no words: it leaves the language empty.
type here struct {
	*Run
	visit *Visit
	step  *exercise.Instruction
	in    exercise.Language
}

func (s *State) here() (here, bool) { return s.hereIn("") }

func (s *State) hereIn(in exercise.Language) (here, bool) {
	if s.Run == nil {
		return here{}, false
	}
	v := s.Run.on(s.Run.At)
	if v == nil {
		return here{}, false
	}
	step := s.Run.stepIn(v.Index, in)
	return here{s.Run, v, step, in}, step != nil
}

func (h here) key() string { return h.Run.key(h.visit) }

func (h here) holds(s Seat) bool {
	seat, ok := h.holder(h.step)
	return ok && seat == s
}

// finished tells whether a partner has done what the step asks of them.
func (h here) finished(s Seat) bool {
	p := h.visit.Parts.Of(s)
	return p.Answer != nil || p.Ready || p.Declined || p.Signed || p.PutOff ||
		slices.ContainsFunc(h.visit.Tray, func(q Question) bool { return q.From == s })
}

// confirms tells whether a visit is of a confirm step.
func (r *Run) confirms(v *Visit) bool {
	step := r.step(v.Index)
	return step != nil && step.Kind == exercise.Confirm
}
