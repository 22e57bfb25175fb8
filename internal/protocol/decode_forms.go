package protocol

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

// Bounds on what a command may carry beside its text. They are far above what any
// exercise needs; whether a value fits the step at hand is for session to say.
const (
	maxName    = 200 // characters of a step key, an option or card id, an exercise id
	maxEntries = 200 // options chosen, cards sorted
)

// shape is the wire form of one command; body checks its values. The fields are
// those of the session.Command, in snake case, nested as they are in Go, but for an
// answer, whose fields stand beside the step's.
type shape interface {
	body() (Body, error)
}

var forms = map[string]func() shape{
	"sync":           func() shape { return new(syncForm) },
	"draft":          func() shape { return new(draftForm) },
	"dial":           func() shape { return new(dialForm) },
	"start_exercise": func() shape { return new(startForm) },

	"admit":         func() shape { return new(admitForm) },
	"step_out":      func() shape { return new(stepOutForm) },
	"remove":        func() shape { return new(removeForm) },
	"advance":       func() shape { return new(advanceForm) },
	"back":          func() shape { return new(backForm) },
	"repeat":        func() shape { return new(repeatForm) },
	"skip":          func() shape { return new(skipForm) },
	"stop_exercise": func() shape { return new(stopForm) },
	"pass_turn":     func() shape { return new(passTurnForm) },
	"extend":        func() shape { return new(extendForm) },
	"reveal":        func() shape { return new(revealForm) },
	"answer_gate":   func() shape { return new(answerGateForm) },
	"set_mirror":    func() shape { return new(setMirrorForm) },
	"tray":          func() shape { return new(trayForm) },
	"set_return":    func() shape { return new(setReturnForm) },
	"resume":        func() shape { return new(resumeForm) },
	"neutral":       func() shape { return new(neutralForm) },
	"whisper":       func() shape { return new(whisperForm) },
	"mark":          func() shape { return new(markForm) },
	"end":           func() shape { return new(endForm) },
	"consent":       func() shape { return new(consentForm) },
	"set_language":  func() shape { return new(setLanguageForm) },
	"ready":         func() shape { return new(readyForm) },
	"yield":         func() shape { return new(yieldForm) },
	"confirm":       func() shape { return new(confirmForm) },
	"submit":        func() shape { return new(submitForm) },
	"take_back":     func() shape { return new(takeBackForm) },
	"ask":           func() shape { return new(askForm) },
	"reply":         func() shape { return new(replyForm) },
	"edit":          func() shape { return new(editForm) },
	"sign":          func() shape { return new(signForm) },
	"not_today":     func() shape { return new(notTodayForm) },
	"withdraw":      func() shape { return new(withdrawForm) },
	"done_private":  func() shape { return new(donePrivateForm) },
	"pause":         func() shape { return new(pauseForm) },
	"leave":         func() shape { return new(leaveForm) },
}

type (
	bare struct{ head }
	step struct {
		head
		Step string `json:"step"`
	}
	who struct {
		head
		Who session.Seat `json:"who"`
	}

	syncForm  struct{ bare }
	draftForm struct {
		step
		Text private.Text `json:"text"`
	}
	dialForm struct {
		head
		Value   *int  `json:"value"`
		Settled *bool `json:"settled,omitempty"` // left out: true
	}
	startForm struct {
		head
		Exercise string       `json:"exercise"`
		Cast     session.Cast `json:"cast"`
		Sure     bool         `json:"sure,omitempty"` // after the refusal steadiness_low
	}

	admitForm    struct{ who }
	stepOutForm  struct{ who }
	removeForm   struct{ who }
	advanceForm  struct{ step }
	backForm     struct{ step }
	repeatForm   struct{ step }
	skipForm     struct{ step }
	stopForm     struct{ bare }
	passTurnForm struct{ step }
	extendForm   struct {
		step
		Seconds int  `json:"seconds,omitempty"`
		Off     bool `json:"off,omitempty"`
	}
	revealForm     struct{ step }
	answerGateForm struct {
		step
		Choice string       `json:"choice,omitempty"`
		Text   private.Text `json:"text,omitempty"`
	}
	setMirrorForm struct {
		step
		Writing bool `json:"writing"`
	}
	trayForm struct {
		step
		Question int             `json:"question"`
		To       session.Dealing `json:"to"`
		Text     private.Text    `json:"text,omitempty"`
	}
	setReturnForm struct {
		head
		At time.Time `json:"at"`
	}
	resumeForm  struct{ bare }
	neutralForm struct{ bare }
	whisperForm struct {
		head
		To   session.Seat `json:"to"`
		Text private.Text `json:"text"`
	}
	markForm struct {
		head
		Kind session.Marker `json:"kind"`
		Text private.Text   `json:"text,omitempty"`
	}
	endForm struct{ bare }

	consentForm struct {
		head
		Policy   int               `json:"policy"`
		Language exercise.Language `json:"language,omitempty"` // to read in; left out: as before
	}
	setLanguageForm struct {
		head
		Language exercise.Language `json:"language"`
	}
	readyForm   struct{ step }
	yieldForm   struct{ step }
	confirmForm struct {
		step
		Heard session.Hearing `json:"heard"`
	}
	submitForm struct {
		step
		session.Answer
	}
	takeBackForm struct{ step }
	askForm      struct {
		step
		Text private.Text `json:"text"`
	}
	replyForm struct {
		step
		Question int              `json:"question"`
		How      session.Replying `json:"how"`
		Text     private.Text     `json:"text,omitempty"`
	}
	editForm struct {
		step
		Wording session.Wording `json:"wording"`
	}
	signForm struct {
		step
		Wording int `json:"wording"`
	}
	notTodayForm struct{ step }
	withdrawForm struct {
		head
		Agreement string `json:"agreement"`
	}
	donePrivateForm struct{ step }
	pauseForm       struct{ bare }
	leaveForm       struct{ bare }
)

func (f syncForm) body() (Body, error) { return Sync{}, nil }

func (f draftForm) body() (Body, error) {
	return check(KeepDraft{f.Step, f.Text}, f.keyed(), text(f.Text))
}

func (f dialForm) body() (Body, error) {
	if f.Value == nil || *f.Value < 0 || *f.Value > 10 {
		return nil, ErrBadField.At("value")
	}
	if f.Settled != nil && !*f.Settled {
		return TurnDial{*f.Value}, nil
	}
	return Command{session.SetDial{Value: *f.Value}}, nil
}

func (f startForm) body() (Body, error) {
	bad := named("exercise", f.Exercise)
	if len(f.Cast) == 0 || len(f.Cast) > 2 {
		return nil, ErrBadField.At("cast")
	}
	for role, seat := range f.Cast {
		if !seat.Valid() || role.Other() == "" {
			return nil, ErrBadField.At("cast")
		}
	}
	return check(StartExercise{f.Exercise, f.Cast, f.Sure}, bad)
}

func (f admitForm) body() (Body, error)    { return seated(f.Who, session.Admit{Who: f.Who}) }
func (f stepOutForm) body() (Body, error)  { return seated(f.Who, session.StepOut{Who: f.Who}) }
func (f removeForm) body() (Body, error)   { return seated(f.Who, session.Remove{Who: f.Who}) }
func (f advanceForm) body() (Body, error)  { return f.do(session.Advance{Step: f.Step}) }
func (f backForm) body() (Body, error)     { return f.do(session.Back{Step: f.Step}) }
func (f repeatForm) body() (Body, error)   { return f.do(session.Repeat{Step: f.Step}) }
func (f skipForm) body() (Body, error)     { return f.do(session.Skip{Step: f.Step}) }
func (f stopForm) body() (Body, error)     { return Command{session.StopExercise{}}, nil }
func (f passTurnForm) body() (Body, error) { return f.do(session.PassTurn{Step: f.Step}) }

func (f extendForm) body() (Body, error) {
	if f.Off == (f.Seconds != 0) || f.Seconds < 0 || f.Seconds > 600 {
		return nil, ErrBadField.At("seconds")
	}
	return f.do(session.Extend{Step: f.Step, Seconds: f.Seconds, Off: f.Off})
}

func (f revealForm) body() (Body, error) { return f.do(session.RevealAnswers{Step: f.Step}) }

func (f answerGateForm) body() (Body, error) {
	return f.do(session.AnswerGate{Step: f.Step, Choice: f.Choice, Text: f.Text},
		short("choice", f.Choice), text(f.Text))
}

func (f setMirrorForm) body() (Body, error) {
	return f.do(session.SetMirror{Step: f.Step, Writing: f.Writing})
}

func (f trayForm) body() (Body, error) {
	return f.do(session.Deal{Step: f.Step, Question: f.Question, To: f.To, Text: f.Text},
		among("to", f.To, session.DealNow, session.DealPrepare, session.DealReshape, session.DealNotHelpful), text(f.Text))
}

func (f setReturnForm) body() (Body, error) {
	if y := f.At.Year(); y < 2000 || y > 9999 {
		return nil, ErrBadField.At("at")
	}
	return Command{session.SetReturn{At: f.At.UTC()}}, nil
}

func (f resumeForm) body() (Body, error)  { return Command{session.Resume{}}, nil }
func (f neutralForm) body() (Body, error) { return Command{session.Neutral{}}, nil }

func (f whisperForm) body() (Body, error) {
	if !f.To.Valid() {
		return nil, ErrBadField.At("to")
	}
	return check(Command{session.Whisper{To: f.To, Text: f.Text}}, text(f.Text))
}

func (f markForm) body() (Body, error) {
	return check(Command{session.Mark{Kind: f.Kind, Text: f.Text}},
		among("kind", f.Kind, session.MarkBlame, session.MarkSidestep, session.MarkSoftening, session.MarkReach, session.MarkNote), text(f.Text))
}

func (f endForm) body() (Body, error) { return Command{session.End{}}, nil }

func (f consentForm) body() (Body, error) {
	return check(Command{session.Consent{Policy: f.Policy, Language: f.Language}}, short("language", string(f.Language)))
}

func (f setLanguageForm) body() (Body, error) {
	return check(Command{session.SetLanguage{Language: f.Language}}, named("language", string(f.Language)))
}

func (f readyForm) body() (Body, error) { return f.do(session.Ready{Step: f.Step}) }
func (f yieldForm) body() (Body, error) { return f.do(session.Yield{Step: f.Step}) }

func (f confirmForm) body() (Body, error) {
	return f.do(session.Confirm{Step: f.Step, Heard: f.Heard},
		among("heard", f.Heard, session.HeardYes, session.HeardAlmost, session.HeardMore))
}

func (f submitForm) body() (Body, error) {
	bad := text(f.Text)
	if len(f.Choices) > maxEntries || len(f.Sorted) > maxEntries {
		bad = ErrTextTooLong
	}
	for _, id := range f.Choices {
		bad = first(bad, named("choices", id))
	}
	for card, bucket := range f.Sorted {
		bad = first(bad, text(private.Text(card)), named("sorted", bucket))
	}
	return f.do(session.Submit{Step: f.Step, Answer: f.Answer}, bad)
}

func (f takeBackForm) body() (Body, error) { return f.do(session.TakeBack{Step: f.Step}) }

func (f askForm) body() (Body, error) {
	return f.do(session.AskQuestion{Step: f.Step, Text: f.Text}, text(f.Text))
}

func (f replyForm) body() (Body, error) {
	return f.do(session.Reply{Step: f.Step, Question: f.Question, How: f.How, Text: f.Text},
		among("how", f.How, session.ReplyNow, session.ReplyBy, session.ReplyWillNot), text(f.Text))
}

func (f editForm) body() (Body, error) {
	w := f.Wording
	return f.do(session.Edit{Step: f.Step, Wording: w}, text(w.Text),
		day("wording.from", w.From), day("wording.review", w.Review), day("wording.expires", w.Expires))
}

func (f signForm) body() (Body, error) {
	return f.do(session.Sign{Step: f.Step, Wording: f.Wording})
}
func (f notTodayForm) body() (Body, error) { return f.do(session.NotToday{Step: f.Step}) }

func (f withdrawForm) body() (Body, error) {
	return check(Command{session.Withdraw{Agreement: f.Agreement}}, named("agreement", f.Agreement))
}

func (f donePrivateForm) body() (Body, error) { return f.do(session.DonePrivate{Step: f.Step}) }
func (f pauseForm) body() (Body, error)       { return Command{session.Pause{}}, nil }
func (f leaveForm) body() (Body, error)       { return Command{session.Leave{}}, nil }

// do is the command of a form that names a step, once everything in it is in order.
func (s step) do(c session.Command, checks ...error) (Body, error) {
	return check(Command{c}, append(checks, s.keyed())...)
}

func (s step) keyed() error { return named("step", s.Step) }

func seated(seat session.Seat, c session.Command) (Body, error) {
	if !seat.Valid() {
		return nil, ErrBadField.At("who")
	}
	return Command{c}, nil
}

func check(b Body, checks ...error) (Body, error) {
	if err := first(checks...); err != nil {
		return nil, err
	}
	return b, nil
}

func first(checks ...error) error {
	for _, err := range checks {
		if err != nil {
			return err
		}
	}
	return nil
}

// text checks words: not too long, and without NUL, which no database keeps.
func text(t private.Text) error {
	if utf8.RuneCountInString(string(t)) > MaxText {
		return ErrTextTooLong.At("text")
	}
	if strings.IndexByte(string(t), 0) >= 0 {
		return ErrBadField.At("text")
	}
	return nil
}

// named checks an identifier that must be there, short one that may be empty.
func named(field, id string) error {
	if id == "" {
		return ErrBadField.At(field)
	}
	return short(field, id)
}

func short(field, id string) error {
	if utf8.RuneCountInString(id) > maxName || strings.IndexByte(id, 0) >= 0 {
		return ErrBadField.At(field)
	}
	return nil
}

func among[T comparable](field string, v T, all ...T) error {
	if !slices.Contains(all, v) {
		return ErrBadField.At(field)
	}
	return nil
}

func day(field, d string) error {
	if d == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, d); err != nil {
		return ErrBadField.At(field)
	}
	return nil
}

// Encode is the frame that Decode reads back as the same message; it is what a
// client written in Go sends.
func Encode(m Message) ([]byte, error) {
	return json.Marshal(formOf(m))
}

func formOf(m Message) any {
	h := func(do string) head { return head{m.ID, do} }
	switch b := m.Body.(type) {
	case Sync:
		return syncForm{bare{h("sync")}}
	case KeepDraft:
		return draftForm{step{h("draft"), b.Step}, b.Text}
	case TurnDial:
		settled := false
		return dialForm{h("dial"), &b.Value, &settled}
	case StartExercise:
		return startForm{h("start_exercise"), b.Exercise, b.Cast, b.Sure}
	case Command:
		return commandForm(h(b.Name()), b.Command)
	}
	return nil
}

func commandForm(h head, c session.Command) any {
	switch c := c.(type) {
	case session.Admit:
		return who{h, c.Who}
	case session.StepOut:
		return who{h, c.Who}
	case session.Remove:
		return who{h, c.Who}
	case session.Advance:
		return step{h, c.Step}
	case session.Back:
		return step{h, c.Step}
	case session.Repeat:
		return step{h, c.Step}
	case session.Skip:
		return step{h, c.Step}
	case session.PassTurn:
		return step{h, c.Step}
	case session.RevealAnswers:
		return step{h, c.Step}
	case session.Ready:
		return step{h, c.Step}
	case session.Yield:
		return step{h, c.Step}
	case session.TakeBack:
		return step{h, c.Step}
	case session.NotToday:
		return step{h, c.Step}
	case session.DonePrivate:
		return step{h, c.Step}
	case session.Extend:
		return extendForm{step{h, c.Step}, c.Seconds, c.Off}
	case session.AnswerGate:
		return answerGateForm{step{h, c.Step}, c.Choice, c.Text}
	case session.SetMirror:
		return setMirrorForm{step{h, c.Step}, c.Writing}
	case session.Deal:
		return trayForm{step{h, c.Step}, c.Question, c.To, c.Text}
	case session.SetReturn:
		return setReturnForm{h, c.At}
	case session.Whisper:
		return whisperForm{h, c.To, c.Text}
	case session.Mark:
		return markForm{h, c.Kind, c.Text}
	case session.Consent:
		return consentForm{h, c.Policy, c.Language}
	case session.SetLanguage:
		return setLanguageForm{h, c.Language}
	case session.Confirm:
		return confirmForm{step{h, c.Step}, c.Heard}
	case session.Submit:
		return submitForm{step{h, c.Step}, c.Answer}
	case session.AskQuestion:
		return askForm{step{h, c.Step}, c.Text}
	case session.Reply:
		return replyForm{step{h, c.Step}, c.Question, c.How, c.Text}
	case session.Edit:
		return editForm{step{h, c.Step}, c.Wording}
	case session.Sign:
		return signForm{step{h, c.Step}, c.Wording}
	case session.Withdraw:
		return withdrawForm{h, c.Agreement}
	case session.SetDial:
		return dialForm{h, &c.Value, nil}
	}
	return bare{h}
}
