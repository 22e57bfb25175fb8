package main

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
	"mend/internal/store"
)

// stage plays an invented session through the real core into a real log, at
// times that lie in the past.
type stage struct {
	store *store.Store
	id    string
	state session.State
	now   time.Time
	steps int
}

// line is what happens at one step. What is not said here goes the plain way: who
// has nothing to answer passes, a judgement is "yes", an agreement is put off.
type line struct {
	one, two *session.Answer
	buckets  []string          // sort: one for each card, in their order
	heard    []session.Hearing // confirm: one judgement after another
	choice   string            // gate
	wording  private.Text      // agree: in place of the first wording
	pause    time.Duration     // somebody calls a pause of this length first
	mark     session.Marker    // the counselor's tap
	whisper  private.Text      // to seat two
}

func says(text private.Text) *session.Answer { return &session.Answer{Text: text} }

func rates(value int) *session.Answer { return &session.Answer{Value: &value} }

func picks(ids ...string) *session.Answer { return &session.Answer{Choices: ids} }

// do sends one command and keeps what it makes.
func (r *stage) do(ctx context.Context, by session.Role, c session.Command) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	record, err := session.Decide(r.state, session.Input{
		ID: session.CommandID(id.String()), By: by, At: r.now, Command: c,
	})
	if err != nil {
		return fmt.Errorf("%s by the %s: %w", c.Name(), by, err)
	}
	if record == nil {
		return nil
	}
	if err := r.store.Append(ctx, r.id, *record); err != nil {
		return err
	}
	r.state = session.Apply(r.state, *record)
	return nil
}

// all sends several commands of one person, a few seconds apart.
func (r *stage) all(ctx context.Context, by session.Role, commands ...session.Command) error {
	for _, c := range commands {
		r.now = r.now.Add(4 * time.Second)
		if err := r.do(ctx, by, c); err != nil {
			return err
		}
	}
	return nil
}

func (r *stage) view() session.CounselorView {
	v, _ := session.ViewFor(r.state, session.Counselor).(session.CounselorView)
	return v
}

// arrive opens the room and lets both in.
func (r *stage) arrive(ctx context.Context, facts session.Facts) error {
	err := r.all(ctx, session.Counselor, session.Open{Facts: facts},
		session.Invite{Seat: session.SeatOne}, session.Invite{Seat: session.SeatTwo})
	for _, seat := range session.Seats() {
		if err == nil {
			err = r.all(ctx, seat.Role(), session.Consent{Policy: facts.Policy.Version, Language: exercise.English})
		}
		if err == nil {
			err = r.all(ctx, session.Counselor, session.Admit{Who: seat})
		}
	}
	return err
}

// play goes through a whole exercise.
func (r *stage) play(ctx context.Context, p exercise.Program, cast session.Cast, lines map[string]line) error {
	if err := r.all(ctx, session.Counselor, session.StartExercise{Program: p, Cast: cast}); err != nil {
		return err
	}
	for range 5 * exercise.MaxSteps {
		if r.view().Step == nil {
			return nil
		}
		step := *r.view().Step
		said := p.Steps[step.Index]
		l := lines[said.ID]
		if said.Round > 1 { // what happened once does not happen again when the roles are exchanged
			l.heard, l.pause, l.mark, l.whisper = nil, 0, "", ""
		}
		if err := r.beside(ctx, l, step); err != nil {
			return fmt.Errorf("%s, %s: %w", p.ID, said.ID, err)
		}
		r.now = r.now.Add(r.length(step.Kind))
		if err := r.step(ctx, step, l); err != nil {
			return fmt.Errorf("%s, %s: %w", p.ID, said.ID, err)
		}
	}
	return fmt.Errorf("%s does not come to an end", p.ID)
}

// length is how long people take over a step, a little different each time.
func (r *stage) length(k exercise.Kind) time.Duration {
	r.steps++
	seconds := map[exercise.Kind]int{
		exercise.Read: 25, exercise.Breathe: 50, exercise.Choose: 35, exercise.Scale: 18, exercise.Write: 65,
		exercise.Sort: 50, exercise.Reveal: 40, exercise.Speak: 75, exercise.Mirror: 40, exercise.Confirm: 9,
		exercise.Say: 25, exercise.Agree: 140, exercise.Ask: 60, exercise.Gate: 20, exercise.Prompt: 25, exercise.Apart: 180,
	}[k]
	return time.Duration(seconds+r.steps*7%11) * time.Second
}

// beside is what happens next to the exercise: a pause, a tap, a whispered line.
func (r *stage) beside(ctx context.Context, l line, step session.CounselorStep) error {
	if step.Loops > 0 {
		return nil
	}
	if l.mark != "" {
		if err := r.all(ctx, session.Counselor, session.Mark{Kind: l.mark}); err != nil {
			return err
		}
	}
	if l.whisper != "" {
		if err := r.all(ctx, session.Counselor, session.Whisper{To: session.SeatTwo, Text: l.whisper}); err != nil {
			return err
		}
	}
	if l.pause == 0 {
		return nil
	}
	if err := r.all(ctx, session.One, session.Pause{}); err != nil {
		return err
	}
	if err := r.all(ctx, session.Counselor, session.SetReturn{At: r.now.Add(l.pause)}); err != nil {
		return err
	}
	r.now = r.now.Add(l.pause)
	return r.all(ctx, session.Counselor, session.Resume{})
}

// step does what a step asks for and goes on.
func (r *stage) step(ctx context.Context, step session.CounselorStep, l line) error {
	onward := session.Advance{Step: step.Key}
	switch {
	case step.Kind.Answers():
		if err := r.answer(ctx, step, l); err != nil {
			return err
		}
	case step.Kind == exercise.Read || step.Kind == exercise.Breathe:
		for _, seat := range step.Who {
			if err := r.all(ctx, seat.Role(), session.Ready{Step: step.Key}); err != nil {
				return err
			}
		}
	case step.Kind == exercise.Reveal && step.Revealable:
		if err := r.all(ctx, session.Counselor, session.RevealAnswers{Step: step.Key}); err != nil {
			return err
		}
		r.now = r.now.Add(r.length(step.Kind))
	case step.Kind.HoldsFloor():
		return r.all(ctx, step.Floor.Role(), session.Yield{Step: step.Key})
	case step.Kind == exercise.Confirm:
		heard := session.HeardYes
		if step.Loops < len(l.heard) {
			heard = l.heard[step.Loops]
		}
		return r.all(ctx, step.Who[0].Role(), session.Confirm{Step: step.Key, Heard: heard})
	case step.Kind == exercise.Gate:
		if err := r.all(ctx, session.Counselor, session.AnswerGate{Step: step.Key, Choice: l.choice}); err != nil {
			return err
		}
	case step.Kind == exercise.Agree:
		if err := r.agree(ctx, step, l); err != nil {
			return err
		}
	}
	return r.all(ctx, session.Counselor, onward)
}

// answer gives what each was to answer; who has nothing to say passes.
func (r *stage) answer(ctx context.Context, step session.CounselorStep, l line) error {
	for _, seat := range step.Who {
		given := l.one
		if seat == session.SeatTwo {
			given = l.two
		}
		if step.Kind == exercise.Sort && len(l.buckets) == len(step.Cards) {
			given = &session.Answer{Sorted: map[string]string{}}
			for i, card := range step.Cards {
				given.Sorted[card.ID] = l.buckets[i]
			}
		}
		var c session.Command = session.Skip{Step: step.Key}
		if given != nil {
			c = session.Submit{Step: step.Key, Answer: *given}
		}
		if err := r.all(ctx, seat.Role(), c); err != nil {
			return err
		}
	}
	return nil
}

// agree words an agreement and lets both sign it, or puts it off.
func (r *stage) agree(ctx context.Context, step session.CounselorStep, l line) error {
	if l.wording == "" {
		return r.all(ctx, session.Two, session.NotToday{Step: step.Key})
	}
	wording := *step.Wording
	wording.Text = l.wording
	if err := r.all(ctx, session.One, session.Edit{Step: step.Key, Wording: wording}); err != nil {
		return err
	}
	revision := r.view().Step.Wording.Revision
	for _, seat := range session.Seats() {
		if err := r.all(ctx, seat.Role(), session.Sign{Step: step.Key, Wording: revision}); err != nil {
			return err
		}
	}
	return nil
}
