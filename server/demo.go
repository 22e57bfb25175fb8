package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"mend/content"
	"mend/internal/account"
	"mend/internal/catalog"
	"mend/internal/exercise"
	"mend/internal/protocol"
	"mend/internal/record"
	"mend/internal/session"
	"mend/internal/store"
)

type demoCmd struct {
	Listen string `default:"127.0.0.1:8080" env:"MEND_LISTEN" placeholder:"HOST:PORT" help:"Where to listen."`
	Data   string `placeholder:"FOLDER" help:"Keep the demo in this folder. Without it, it is gone when Mend stops."`
}

// Run fills a folder with invented people and serves it.
func (d demoCmd) Run(ctx context.Context, out io.Writer) (err error) {
	if d.Data == "" {
		if d.Data, err = os.MkdirTemp("", "mend-demo-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(d.Data)) }()
	}
	c := config{Listen: d.Listen, Data: d.Data}
	log := newLog(os.Stderr)
	who, err := seed(ctx, c, time.Now().UTC())
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	a, err := open(ctx, c, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.close()) }()
	banner(out, a.base.String(), who)
	a.announce(out, config{Data: d.Data})
	return a.run(ctx)
}

// guest is who may sign in to a demo.
type guest struct{ email, password string }

func banner(out io.Writer, address string, who guest) {
	line := strings.Repeat("─", 64)
	fmt.Fprintln(out, line)
	fmt.Fprintln(out, "DEMO  Everyone in here is invented. Keep nothing real in it.")
	if who.password == "" {
		fmt.Fprintln(out, "This folder was filled before: sign in as you did then.")
	} else {
		fmt.Fprintf(out, "%-10s %s/desk\n%-10s %s\n%-10s %s\n", "Sign in", address, "Email", who.email, "Password", who.password)
	}
	fmt.Fprintln(out, line)
}

// seed makes a counselor, a couple, four past sessions and one for today. It does
// so once: a folder that has an account already is left as it is, and the guest
// has no password.
func seed(ctx context.Context, c config, today time.Time) (_ guest, err error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return guest{}, err
	}
	master, _, err := c.master()
	if err != nil {
		return guest{}, err
	}
	s := seeding{today: today, now: today.AddDate(0, 0, -35)}
	s.store, err = store.Open(ctx, store.Options{
		Path: filepath.Join(c.Data, "mend.db"), Master: master, Now: func() time.Time { return s.now },
	})
	if err != nil {
		return guest{}, err
	}
	defer func() { err = errors.Join(err, s.store.Close()) }()
	if full, err := s.store.HasAccount(ctx); full || err != nil {
		return guest{}, err
	}
	if s.exercises, err = catalog.LoadShipped(content.Files); err != nil {
		return guest{}, err
	}
	return s.everything(ctx)
}

// seeding is a demo in the making. Its clock runs through the past weeks.
type seeding struct {
	store     *store.Store
	exercises *catalog.Catalog
	today     time.Time
	now       time.Time
	counselor string
	couple    string
}

func (s *seeding) everything(ctx context.Context) (guest, error) {
	who := guest{email: "maria@demo.example", password: rand.Text()[:16]}
	door := account.NewDoor(s.store, account.Options{Now: func() time.Time { return s.now }})
	_, signedIn, err := door.Setup(ctx, account.First{
		Name: "Maria Lind", Email: who.email, Password: who.password,
		Practice: "Demo practice (invented people)", Secrets: session.LimitedSecrets,
	}, "127.0.0.1", true)
	if err != nil {
		return guest{}, err
	}
	s.counselor = signedIn.Counselor
	couple, err := s.store.CreateCouple(ctx, s.counselor, protocol.NewCouple{
		Label: "Noor & Elias", One: protocol.Partner{Name: "Noor"}, Two: protocol.Partner{Name: "Elias"},
	}, store.Once{})
	if err != nil {
		return guest{}, err
	}
	s.couple = couple.ID
	statement := protocol.NewSuitability{Statement: "seen_apart"}
	if _, err := s.store.AddSuitability(ctx, s.counselor, s.couple, statement, store.Once{}); err != nil {
		return guest{}, err
	}
	for _, h := range hours() {
		if err := s.hour(ctx, h); err != nil {
			return guest{}, fmt.Errorf("%d days ago: %w", h.daysAgo, err)
		}
	}
	if err := s.share(ctx); err != nil {
		return guest{}, err
	}
	s.now = s.today
	soon := s.today.Truncate(time.Hour).Add(time.Hour)
	_, err = s.plan(ctx, soon, "opening", "own-it", "closing")
	return who, err
}

// plan makes a session of these exercises.
func (s *seeding) plan(ctx context.Context, at time.Time, ids ...string) (protocol.Session, error) {
	var agenda []session.Planned
	for _, id := range ids {
		p, err := s.program(id)
		if err != nil {
			return protocol.Session{}, err
		}
		agenda = append(agenda, session.Planned{Exercise: p.ID, Title: p.Title, Minutes: p.Minutes, Frame: p.Frame})
	}
	return s.store.CreateSession(ctx, s.counselor, s.couple, store.NewSession{Agenda: agenda, StartsAt: &at}, store.Once{})
}

func (s *seeding) program(id string) (exercise.Program, error) {
	p, ok := s.exercises.Program(id)
	if !ok {
		return p, fmt.Errorf("there is no exercise %q", id)
	}
	return p, nil
}

// hour plays one past session from the door to the signed note.
func (s *seeding) hour(ctx context.Context, h hour) error {
	day := s.today.AddDate(0, 0, -h.daysAgo)
	s.now = time.Date(day.Year(), day.Month(), day.Day(), 15, 0, 0, 0, time.UTC)
	var ids []string
	for _, p := range h.performed {
		ids = append(ids, p.exercise)
	}
	planned, err := s.plan(ctx, s.now, ids...)
	if err != nil {
		return err
	}
	facts, err := s.store.Facts(ctx, s.counselor, planned.ID)
	if err != nil {
		return err
	}
	r := stage{store: s.store, id: planned.ID, now: s.now}
	if err := r.arrive(ctx, facts); err != nil {
		return err
	}
	for _, p := range h.performed {
		program, err := s.program(p.exercise)
		if err != nil {
			return err
		}
		for i, seat := range session.Seats() {
			if err := r.all(ctx, seat.Role(), session.SetDial{Value: p.steady[i]}); err != nil {
				return err
			}
		}
		if err := r.play(ctx, program, p.cast, p.lines); err != nil {
			return err
		}
	}
	if err := r.all(ctx, session.Counselor, session.End{}); err != nil {
		return err
	}
	s.now = r.now.Add(12 * time.Minute)
	if err := s.look(ctx, h.looked); err != nil {
		return err
	}
	return s.write(ctx, planned.ID, h)
}

// share puts the agreements of the last session on a page for both, and asks whether what
// both were shown may go to somebody. The links were handed over long ago.
func (s *seeding) share(ctx context.Context) error {
	couple, err := s.store.Couple(ctx, s.counselor, s.couple)
	if err != nil {
		return err
	}
	last := couple.Sessions[0].ID // newest first
	log, err := s.store.Read(ctx, last, 0)
	if err != nil {
		return err
	}
	both, err := record.CopyForBoth(log)
	if err != nil {
		return err
	}
	var chosen []string
	for _, item := range record.Offer(both, record.ForBoth, exercise.English) {
		if item.Chosen {
			chosen = append(chosen, item.ID)
		}
	}
	id, token := account.NewLink()
	err = s.store.PutShare(ctx, s.counselor, protocol.ShareRow{
		ID: id, Session: last, For: record.ForBoth, MadeAt: s.now, ExpiresAt: s.today.AddDate(0, 0, 14),
		Include: chosen, Message: "What you agreed on, to look at together before we meet.",
	}, account.HashToken(token))
	if err != nil {
		return err
	}
	_, err = s.store.AskRelease(ctx, s.counselor, s.couple, protocol.NewRelease{
		Recipient: "Dr. Amsel, family doctor", Purpose: "So that you need not tell everything again.",
		Sessions: []string{last}, Parts: []record.ReleasePart{record.ReleaseJoint},
	}, s.today.AddDate(0, 0, 30), store.Once{})
	return err
}

// look writes down how earlier agreements went.
func (s *seeding) look(ctx context.Context, looked []look) error {
	agreements, err := s.store.Agreements(ctx, s.counselor, s.couple, true)
	if err != nil {
		return err
	}
	for _, l := range looked {
		i := slices.IndexFunc(agreements, func(a session.Agreement) bool {
			return strings.Contains(string(a.Wording.Text), l.words)
		})
		if i < 0 {
			return fmt.Errorf("there is no agreement about %q", l.words)
		}
		review := protocol.NewReview{How: l.how, On: s.now.Format(time.DateOnly), Remark: l.remark}
		if _, err := s.store.ReviewAgreement(ctx, s.counselor, s.couple, agreements[i].ID, review, store.Once{}); err != nil {
			return err
		}
	}
	return nil
}

// write keeps the counselor's two notes, and signs the one for the record.
func (s *seeding) write(ctx context.Context, id string, h hour) error {
	note, err := s.store.PutNote(ctx, s.counselor, id, protocol.PutNote{
		Kind: protocol.ProgressNote, Format: protocol.DAP, Sections: h.note,
	})
	if err != nil {
		return err
	}
	if _, err = s.store.SignNote(ctx, s.counselor, id, protocol.SignNote{Kind: protocol.ProgressNote, Version: note.Version}); err != nil {
		return err
	}
	if h.thoughts == nil {
		return nil
	}
	_, err = s.store.PutNote(ctx, s.counselor, id, protocol.PutNote{
		Kind: protocol.ProcessNote, Format: protocol.Free, Sections: h.thoughts,
	})
	return err
}
