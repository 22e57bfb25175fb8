package main

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mend/internal/session"
	"mend/internal/store/pgtest"
)

// told is what a command says on a house's database, and how it exits.
func (h *house) told(want int, command ...string) string {
	h.Helper()
	var out, problems bytes.Buffer
	args := append(command, "--data", h.data, "--database-url", h.url)
	if h.key != "" {
		args = append(args, "--master-key-file", h.key)
	}
	if got := run(h.Context(), args, &out, &problems); got != want {
		h.Errorf("%s exits with %d: %s%s", strings.Join(command, " "), got, &out, &problems)
	}
	return out.String() + problems.String()
}

// A house may keep everything in PostgreSQL: it is set up and lived in as on one file, and
// an operator's commands work on it or say what to do instead.
func TestAHouseOnPostgreSQL(t *testing.T) {
	h := &house{T: t, data: t.TempDir(), log: &transcript{}, url: pgtest.Database(t, nil)}
	h.start()
	t.Cleanup(func() {
		h.stop()
		h.checkLog()
	})
	desk := h.counselor()
	r := h.room(desk, desk.session())
	h.asks(r.counselorBot, session.Pause{}, session.Resume{}, session.End{})

	if said := h.told(0, "check"); !strings.Contains(said, "Nothing is wrong.") || !strings.Contains(said, "1  sessions replayed") {
		t.Errorf("check says %s", said)
	}
	if said := h.told(0, "doctor", "--listen", h.app.listen.Addr().String(), "--metrics", "off"); !strings.Contains(said, "whole; schema") {
		t.Errorf("doctor says %s", said)
	}
	for _, command := range [][]string{{"backup", filepath.Join(t.TempDir(), "b")}, {"restore", "b"}} {
		if said := h.told(misuse, command...); !strings.Contains(said, "pg_dump") || !strings.Contains(said, "mend.db.erased") {
			t.Errorf("%s says %s", command[0], said)
		}
	}
	if said := h.told(misuse, "keys", "rotate"); !strings.Contains(said, "stop it first") {
		t.Errorf("while it is served, keys rotate says %s", said)
	}
	h.stop()
	former, err := os.ReadFile(filepath.Join(h.data, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	h.told(0, "keys", "rotate")
	h.told(0, "check")
	if now, err := os.ReadFile(filepath.Join(h.data, "master.key")); err != nil || bytes.Equal(now, former) {
		t.Errorf("the master key is the same as before: %v", err)
	}
	if _, err := os.Stat(filepath.Join(h.data, "mend.db")); err == nil {
		t.Error("there is a file as well")
	}
	h.start()
}

// A node that has not the others' master key is turned away, and leaves no key of its own
// behind that somebody might take for theirs.
func TestANodeWithoutTheKeyIsTurnedAway(t *testing.T) {
	h := &house{T: t, data: t.TempDir(), log: &transcript{}, url: pgtest.Database(t, nil)}
	h.start()
	h.stop()
	alone := t.TempDir()
	for range 2 {
		_, err := open(t.Context(), config{Listen: "127.0.0.1:0", Metrics: "off", Data: alone, shared: shared{h.url}}, slog.New(slog.DiscardHandler))
		if err == nil || !strings.Contains(err.Error(), "master key does not open") {
			t.Errorf("turned away with %v", err)
		}
		if _, err := os.Stat(filepath.Join(alone, "master.key")); err == nil {
			t.Error("it left a key behind")
		}
	}
}

// Nodes know one set-up code: whoever sets a house up may be sent to any.
func TestNodesKnowOneSetUpCode(t *testing.T) {
	key := filepath.Join(t.TempDir(), "master.key")
	if code := run(t.Context(), []string{"keys", "new", key}, &transcript{}, os.Stderr); code != 0 {
		t.Fatalf("keys new exits with %d", code)
	}
	if code := run(t.Context(), []string{"keys", "new", key}, &transcript{}, &transcript{}); code != misuse {
		t.Errorf("over a key that is there, keys new exits with %d", code)
	}
	a := &house{T: t, data: t.TempDir(), log: &transcript{}, url: pgtest.Database(t, nil), key: key}
	b := &house{T: t, data: t.TempDir(), log: &transcript{}, url: a.url, key: key}
	for _, h := range []*house{a, b} {
		h.start()
		t.Cleanup(h.stop)
	}
	if a.app.setupCode != b.app.setupCode || len(a.app.setupCode) != 12 {
		t.Errorf("the codes are %q and %q", a.app.setupCode, b.app.setupCode)
	}
}
