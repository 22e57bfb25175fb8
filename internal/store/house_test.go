package store_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"mend/internal/account"
	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/seal"
	"mend/internal/session"
	"mend/internal/store"
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 123456789, time.UTC)

// house is a store with one counselor in it.
type house struct {
	*store.Store
	t         testing.TB
	path      string
	master    *seal.Master
	counselor string
}

func open(t testing.TB, path string, master *seal.Master) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), at(t, store.Options{Path: path, Master: master, Now: func() time.Time { return monday }}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func newHouse(t testing.TB) *house { return newHouseIn(t, t.TempDir()) }

func newHouseIn(t testing.TB, folder string) *house {
	t.Helper()
	master, err := seal.NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	return newHouseWith(t, filepath.Join(folder, "mend.db"), master)
}

func newHouseWith(t testing.TB, path string, master *seal.Master) (h *house) {
	t.Helper()
	h = &house{t: t, path: path, master: master, Store: open(t, path, master)}
	var err error
	h.counselor, err = h.CreateAccount(context.Background(), account.NewAccount{
		Name: "Dr. Quiet", Email: "Quiet@Example.org", PasswordHash: "$argon2id$v=19$x", Practice: "The Practice",
		Secrets: session.LimitedSecrets, At: monday,
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) couple() string {
	h.t.Helper()
	c, err := h.CreateCouple(context.Background(), h.counselor, protocol.NewCouple{
		Label: "Label", One: protocol.Partner{Name: "Ana"}, Two: protocol.Partner{Name: "Ben", Pronouns: "he"},
	}, store.Once{})
	if err != nil {
		h.t.Fatal(err)
	}
	return c.ID
}

func (h *house) session(couple string) string {
	h.t.Helper()
	s, err := h.CreateSession(context.Background(), h.counselor, couple, store.NewSession{
		Agenda: []session.Planned{{Exercise: "opening", Title: "Opening", Minutes: 5}},
	}, store.Once{})
	if err != nil {
		h.t.Fatal(err)
	}
	return s.ID
}

func (h *house) append(sessionID string, seq uint64, by session.Role, e session.Event) {
	h.t.Helper()
	if err := h.Append(context.Background(), sessionID, record(seq, by, e)); err != nil {
		h.t.Fatalf("append %s at %d: %v", e.Type(), seq, err)
	}
}

func record(seq uint64, by session.Role, e session.Event) session.Record {
	return session.Record{
		Seq: seq, At: monday.Add(time.Duration(seq) * time.Second), By: by,
		Command: session.CommandID(uuid.Must(uuid.NewV7()).String()), Event: e,
	}
}

func submitted(text string, to exercise.Audience) session.Submitted {
	return session.Submitted{Step: "1.0.1", Answer: session.Answer{Text: private.Text(text)}, Audience: to}
}

func must[T any](value T, err error) func(t testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func wants(t testing.TB, err error, code string) {
	t.Helper()
	if code == "" && err != nil || code != "" && (err == nil || fault.Code(err) != code) {
		t.Errorf("got %v, expected %q", err, code)
	}
}

func words(text string) private.Text { return private.Text(text) }
