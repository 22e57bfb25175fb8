package main

import (
	"context"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"mend/internal/seal"
	"mend/internal/store"
)

// opensWith tells whether a master key opens a house's database, and all keys in it.
func opensWith(t *testing.T, database string, m *seal.Master) bool {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Path: database, Master: m, Beside: true})
	if err != nil {
		return false
	}
	defer s.Close()
	found, err := s.Check(t.Context())
	if err != nil || len(found.Wrong) > 0 {
		t.Fatalf("a key opens the database and not all that is in it: %v, %v", err, found.Wrong)
	}
	return true
}

func masterIn(t *testing.T, file string) *seal.Master {
	t.Helper()
	m, made, err := seal.LoadMaster(file)
	if err != nil || made {
		t.Fatalf("%s: made %v, %v", file, made, err)
	}
	return m
}

// Killed at whatever moment, the file of the master key opens the database; of the
// former key and the new one exactly one does; and running it again finishes.
func TestARotationThatIsKilledLosesNoKey(t *testing.T) {
	h := openHouse(t)
	h.counselor().session()
	h.stop()
	file, database := filepath.Join(h.data, "master.key"), filepath.Join(h.data, "mend.db")
	rotate := func(ctx context.Context) ([]byte, error) {
		return exec.CommandContext(ctx, "mend", "keys", "rotate", "--data", h.data).CombinedOutput() // kill -9 where ctx ends
	}
	began := time.Now()
	if said, err := rotate(t.Context()); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	whole := time.Since(began)

	rounds := 40
	if testing.Short() {
		rounds = 8
	}
	untouched, begun, wrapped, done := 0, 0, 0, 0
	for range rounds {
		former := masterIn(t, file)
		ctx, cancel := context.WithTimeout(t.Context(), rand.N(whole*5/4)) //nolint:gosec // chance, not secrecy
		_, _ = rotate(ctx)
		cancel()
		now := masterIn(t, file)
		newest, err := now.Newest()
		if err != nil {
			t.Fatal(err)
		}
		byFormer, byNewest := opensWith(t, database, former), opensWith(t, database, newest)
		if !opensWith(t, database, now) {
			t.Fatal("the key's file does not open the database")
		}
		same := textOf(t, former) == textOf(t, now)
		if byFormer == byNewest && !same {
			t.Fatalf("the former key opens it: %v, the new one: %v", byFormer, byNewest)
		}
		switch {
		case same:
			untouched++
		case byFormer:
			begun++
		case now.Rotating():
			wrapped++
		default:
			done++
		}
		if now.Rotating() {
			said, err := rotate(t.Context())
			if after := masterIn(t, file); err != nil || after.Rotating() || !opensWith(t, database, after) || textOf(t, after) != textOf(t, newest) {
				t.Fatalf("it was not finished: %v: %s", err, said)
			}
		}
	}
	t.Logf("killed %d times: before anything %d, begun %d, wrapped %d, done %d", rounds, untouched, begun, wrapped, done)
	s, err := store.Open(t.Context(), store.Options{Path: database, Master: masterIn(t, file), Beside: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if deeds, err := s.VerifyDeeds(t.Context()); err != nil || deeds < 1+begun+wrapped+done {
		t.Errorf("%d deeds in the chain, %v", deeds, err)
	}
}

func textOf(t *testing.T, m *seal.Master) string {
	t.Helper()
	text, err := m.Text()
	if err != nil {
		t.Fatal(err)
	}
	return text
}
