package record_test

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

// room plays a session through the real core and keeps its log.
type room struct {
	t     rapid.TB
	state session.State
	log   []session.Record
	now   time.Time
	sent  int
}

func newRoom(t rapid.TB) *room {
	return &room{t: t, now: time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)}
}

// try sends a command and tells whether it took effect.
func (r *room) try(by session.Role, c session.Command) bool {
	r.t.Helper()
	r.sent++
	rec, err := session.Decide(r.state, session.Input{
		ID: session.CommandID(fmt.Sprintf("command-%d", r.sent)), By: by, At: r.now, Command: c,
	})
	if err != nil || rec == nil {
		return false
	}
	r.log = append(r.log, *rec)
	r.state = session.Apply(r.state, *rec)
	return true
}

// must sends a command that has to take effect.
func (r *room) must(by session.Role, c session.Command) {
	r.t.Helper()
	if !r.try(by, c) {
		_, err := session.Decide(r.state, session.Input{ID: "again", By: by, At: r.now, Command: c})
		r.t.Fatalf("%s by the %s did not take effect: %v", c.Name(), by, err)
	}
}

func (r *room) wait(d time.Duration) { r.now = r.now.Add(d) }

func (r *room) view() session.CounselorView {
	return session.ViewFor(r.state, session.Counselor).(session.CounselorView)
}

// step is the key of the step that the room stands at; empty where it stands at none.
func (r *room) step() string {
	if s := r.view().Step; s != nil {
		return s.Key
	}
	return ""
}

// wording is the revision of the agreement on the table; 0 where there is none.
func (r *room) wording() int {
	if s := r.view().Step; s != nil && s.Wording != nil {
		return s.Wording.Revision
	}
	return 0
}

func (r *room) advance() { r.t.Helper(); r.must(session.Counselor, session.Advance{Step: r.step()}) }

func (r *room) submit(by session.Role, a session.Answer) {
	r.t.Helper()
	r.must(by, session.Submit{Step: r.step(), Answer: a})
}

func facts(agenda ...session.Planned) session.Facts {
	return session.Facts{
		People: session.People{Counselor: "Maria", One: "Alex", Two: "Sam"},
		Policy: session.Policy{Version: 3, Secrets: session.LimitedSecrets},
		Suitability: &session.Suitability{
			Statement: "seen_apart", At: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC),
		},
		Agenda: agenda,
		Agreements: []session.Agreement{{
			ID: "earlier.a7", Wording: session.Wording{Revision: 1, Text: "Tea at nine."},
			SignedAt: time.Date(2026, 11, 16, 15, 0, 0, 0, time.UTC),
		}},
	}
}

// admitted is a room in which both partners sit.
func admitted(t rapid.TB, agenda ...session.Planned) *room {
	t.Helper()
	r := newRoom(t)
	r.must(session.Counselor, session.Open{Facts: facts(agenda...)})
	for _, seat := range session.Seats() {
		r.must(seat.Role(), session.Consent{Policy: 3})
		r.must(session.Counselor, session.Admit{Who: seat})
	}
	return r
}

var cast = session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo}

func (r *room) start(p exercise.Program) {
	r.t.Helper()
	r.must(session.Counselor, session.StartExercise{Program: p, Cast: cast})
}

func says(text string) session.Answer { return session.Answer{Text: private.Text(text)} }

func rates(n int) session.Answer { return session.Answer{Value: &n} }

func compiled(t rapid.TB, id, title string, steps ...exercise.Step) exercise.Program {
	t.Helper()
	p, problems := exercise.Compile(exercise.Definition{
		ID: id, Version: 2, Title: title, Phase: exercise.Understand, Intensity: exercise.Steady, Minutes: 20,
		Roles: map[exercise.Role]string{exercise.A: "who speaks first", exercise.B: "who listens first"},
		Steps: steps,
	})
	if len(problems) > 0 {
		t.Fatalf("%s does not compile: %v", id, problems)
	}
	return p
}

// echo speaks, mirrors and confirms.
func echo(t rapid.TB) exercise.Program {
	return compiled(t, "echo", "Floor and echo",
		exercise.Step{ID: "tell", Kind: exercise.Speak, Who: "a", Seconds: 90, Words: exercise.Words{Prompt: "Say it."}},
		exercise.Step{ID: "back", Kind: exercise.Mirror, Who: "b", Seconds: 60, Words: exercise.Words{Prompt: "Give it back."}},
		exercise.Step{ID: "it", Kind: exercise.Confirm, Who: "a", Almost: "back", More: "tell", Words: exercise.Words{Prompt: "Was that it?"}},
	)
}

// everything has one step of nearly every kind, and answers under every audience
// and every retention.
func everything(t rapid.TB) exercise.Program {
	ask := func(p string) exercise.Words { return exercise.Words{Title: p, Prompt: p} }
	choice := []exercise.Choice{{ID: "c1", Text: "Calm"}, {ID: "c2", Text: "Tense"}}
	return compiled(t, "everything", "Everything once",
		exercise.Step{ID: "read", Kind: exercise.Read, Words: ask("Read this.")},
		exercise.Step{ID: "feel", Kind: exercise.Choose, Who: "both", Audience: exercise.Room, Retention: exercise.KeepRecord, AtMost: 2, Options: choice, Other: true, Skippable: true, Words: ask("How is it?")},
		exercise.Step{ID: "own", Kind: exercise.Write, Who: "both", Audience: exercise.Device, Words: ask("For you alone.")},
		exercise.Step{ID: "tell", Kind: exercise.Write, Who: "both", Audience: exercise.ToCounselor, NoSecrets: exercise.Warned, Retention: exercise.KeepRecord, Words: ask("For the counselor.")},
		exercise.Step{ID: "seal", Kind: exercise.Write, Who: "both", Audience: exercise.Sealed, Retention: exercise.KeepRecord, Skippable: true, Words: ask("For both, later.")},
		exercise.Step{ID: "passing", Kind: exercise.Write, Who: "both", Audience: exercise.Sealed, Retention: exercise.KeepSession, Words: ask("For today.")},
		exercise.Step{ID: "gone", Kind: exercise.Write, Who: "both", Audience: exercise.Room, Retention: exercise.KeepNone, Words: ask("For this minute.")},
		exercise.Step{ID: "show", Kind: exercise.Reveal, Of: []string{"seal", "passing"}, Words: ask("Read both.")},
		exercise.Step{ID: "trust", Kind: exercise.Scale, Who: "both", Audience: exercise.ToCounselor, NoSecrets: exercise.Warned, Retention: exercise.KeepRecord, Measure: "trust", Words: exercise.Words{Prompt: "Trust?", Low: "none", High: "all"}},
		exercise.Step{ID: "cards", Kind: exercise.Sort, Who: "both", Audience: exercise.Room, Retention: exercise.KeepRecord, Cards: choice, Buckets: choice, Words: ask("Sort.")},
		exercise.Step{ID: "speak", Kind: exercise.Speak, Who: "a", Seconds: 60, Words: ask("Speak.")},
		exercise.Step{ID: "mirror", Kind: exercise.Mirror, Who: "b", Seconds: 60, Words: ask("Mirror.")},
		exercise.Step{ID: "confirm", Kind: exercise.Confirm, Who: "a", Almost: "mirror", More: "speak", Words: ask("Was that it?")},
		exercise.Step{ID: "ask", Kind: exercise.Ask, Who: "a", Retention: exercise.KeepRecord, Words: ask("Ask.")},
		exercise.Step{ID: "go", Kind: exercise.Gate, Words: ask("Go on?")},
		exercise.Step{ID: "agree", Kind: exercise.Agree, Review: 7, Expires: 30, Words: ask("What will you do?")},
	)
}
