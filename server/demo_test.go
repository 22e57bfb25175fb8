package main

import (
	"testing"
	"time"

	"mend/content"
	"mend/internal/account"
	"mend/internal/catalog"
	"mend/internal/exercise"
	"mend/internal/protocol"
	"mend/internal/record"
	"mend/internal/store"
)

// seeded is a demo's store, opened again as a server would.
func seeded(t *testing.T, today time.Time) (*store.Store, guest, config) {
	t.Helper()
	c := config{Data: t.TempDir()}
	who, err := seed(t.Context(), c, today)
	if err != nil {
		t.Fatal(err)
	}
	master, _, err := c.master()
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Options{Path: c.Data + "/mend.db", Master: master})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, who, c
}

func TestADemoIsACoupleWithAPast(t *testing.T) {
	today := time.Now().UTC()
	s, who, _ := seeded(t, today)
	_, in, err := account.NewDoor(s, account.Options{}).SignIn(t.Context(), account.Knock{
		Email: who.email, Password: who.password, From: "127.0.0.1",
	})
	if err != nil {
		t.Fatalf("the printed password does not sign in: %v", err)
	}
	list, err := s.Sessions(t.Context(), in.Counselor, store.Page{})
	if err != nil {
		t.Fatal(err)
	}
	var past []record.Past
	planned, pauses := 0, 0
	for _, head := range list.Items {
		if head.State == protocol.SessionPlanned {
			planned++
			continue
		}
		if head.State != protocol.SessionEnded || head.Note != protocol.NoteSigned || !head.EndedAt.Before(today) {
			t.Errorf("a past session is %s, its note %s, ended %v", head.State, head.Note, head.EndedAt)
		}
		log, err := s.Read(t.Context(), head.ID, 0)
		if err != nil {
			t.Fatal(err)
		}
		sum, err := record.Build(log)
		if err != nil {
			t.Fatal(err)
		}
		if sum.Early != nil {
			t.Errorf("a past session ended early: %+v", *sum.Early)
		}
		pauses += len(sum.Pauses)
		past = append(past, record.Past{Session: head.ID, Summary: sum})
	}
	if planned != 1 || len(past) != 4 {
		t.Errorf("%d sessions planned, %d past", planned, len(past))
	}
	if pauses != 1 {
		t.Errorf("the notes tell of one pause, the logs of %d", pauses)
	}
	if len(record.TrendsOf(past).Measures) == 0 {
		t.Error("four sessions show no trend")
	}
	couples, err := s.Couples(t.Context(), in.Counselor, store.Page{})
	if err != nil || len(couples.Items) != 1 {
		t.Fatalf("couples: %d, %v", len(couples.Items), err)
	}
	agreements, err := s.Agreements(t.Context(), in.Counselor, couples.Items[0].ID, false)
	if err != nil || len(agreements) == 0 {
		t.Errorf("%d agreements in force, %v", len(agreements), err)
	}
	shared := 0
	for _, p := range past {
		rows, err := s.Shares(t.Context(), in.Counselor, p.Session)
		if err != nil {
			t.Fatal(err)
		}
		shared += len(rows)
	}
	asked, err := s.Releases(t.Context(), in.Counselor, couples.Items[0].ID)
	if err != nil || shared != 1 || len(asked) != 1 {
		t.Errorf("%d pages were shared and %d releases asked for, %v", shared, len(asked), err)
	}
}

// An exercise that was changed leaves the demo's words behind: a step that asks for
// an answer and gets none from either would look like a couple that has nothing to say.
func TestADemoHasWordsForEveryQuestionItPlays(t *testing.T) {
	exercises, err := catalog.Load(content.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hours() {
		for _, p := range h.performed {
			program, ok := exercises.Program(p.exercise)
			if !ok {
				t.Errorf("there is no exercise %q", p.exercise)
				continue
			}
			known := map[string]bool{}
			for _, step := range program.Steps {
				known[step.ID] = true
				l, said := p.lines[step.ID]
				if step.Kind.Answers() && l.one == nil && l.two == nil && l.buckets == nil {
					t.Errorf("%s: nobody answers %q", p.exercise, step.ID)
				}
				if step.Kind == exercise.Gate && len(step.Options) > 0 && (!said || l.choice == "") {
					t.Errorf("%s: the gate %q stays shut", p.exercise, step.ID)
				}
			}
			for id := range p.lines {
				if !known[id] {
					t.Errorf("%s: there is no step %q", p.exercise, id)
				}
			}
		}
	}
}

func TestADemoIsMadeOnce(t *testing.T) {
	kept, who, c := seeded(t, time.Now().UTC())
	if err := kept.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := seed(t.Context(), c, time.Now().UTC())
	if err != nil || again != (guest{}) || who.password == "" {
		t.Errorf("filled a second time: %v, %v", again != (guest{}), err)
	}
}
