package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mend/internal/seal"
	"mend/internal/store"
)

func TestBadUseIsTold(t *testing.T) {
	unmade := filepath.Join(t.TempDir(), "data")
	for _, args := range [][]string{
		{},
		{"nonsense"},
		{"serve", "--nonsense"},
		{"serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0", "--base-url", "mend.example.org"},
		{"serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0", "--base-url", "https://mend.example.org/path"},
		{"serve", "--data", unmade, "--listen", "0.0.0.0:0"},
		{"serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0", "--trusted-proxies", "everybody"},
		{"healthcheck", "--listen", "nowhere"},
		{"account"},
		{"account", "list", "--data", unmade},
		{"account", "reset", "--data", unmade, "vega@example.org"},
		{"account", "reset"},
		{"backup"},
		{"backup", "--data", unmade, filepath.Join(t.TempDir(), "x")},
		{"restore", filepath.Join(unmade, "x")},
		{"check", "--data", unmade},
		{"retention", "--data", unmade, "--apply"},
		{"retention", "--data", unmade, "--apply", "--dry-run"},
		{"import", "--data", unmade, "list.csv"},
		{"import", "--data", unmade, "--counselor", "a@example.org", filepath.Join(unmade, "none.csv")},
		{"exercise"},
		{"exercise", "preview"},
		{"exercise", "preview", "--listen", "0.0.0.0:0", "x.yaml"},
		{"exercise", "preview", "--listen", "nowhere", "x.yaml"},
		{"exercise", "lint"},
		{"exercise", "lint", filepath.Join(unmade, "none.yaml")},
		{"exercise", "lint", t.TempDir()},
		{"exercise", "new", "Not A Name", "--dir", unmade},
		{"exercise", "new", "../escape", "--dir", unmade},
	} {
		var out, problems bytes.Buffer
		if code := run(t.Context(), args, &out, &problems); code != misuse {
			t.Errorf("mend %s: exit code %d", strings.Join(args, " "), code)
		}
		if out.Len() > 0 || !strings.HasPrefix(problems.String(), "mend: ") {
			t.Errorf("mend %s: said %q and %q", strings.Join(args, " "), out.String(), problems.String())
		}
	}
	if _, err := os.Stat(unmade); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what was asked for wrongly left something behind: %v", err)
	}
}

// An operator who names the wrong file is told which one is meant, and nothing is changed.
func TestWrongFilesAreToldAndHowToMendIt(t *testing.T) {
	data, shelf, unmade := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "none")
	key := filepath.Join(data, "master.key")
	quietly := func(args ...string) (int, string) {
		var out, problems bytes.Buffer
		code := run(t.Context(), args, &out, &problems)
		return code, out.String() + problems.String()
	}
	if _, _, err := seal.LoadMaster(key); err != nil {
		t.Fatal(err)
	}
	master, _, err := config{Data: data}.master()
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Options{Path: data + "/mend.db", Master: master})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if code, told := quietly("backup", "--data", data, shelf+"/1.db"); code != 0 {
		t.Fatal(told)
	}
	bad := filepath.Join(shelf, "bad.key")
	if err := os.WriteFile(bad, []byte("no key"), 0o600); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(data + "/mend.db")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args string
		says string
	}{
		{"backup " + unmade + "/1.db", "make it first"},
		{"backup --keys " + unmade + "/k " + shelf + "/2.db", "make it first"},
		{"backup " + shelf, "is there already"},
		{"restore --replace " + unmade, "the file that mend backup was given"},
		{"restore --replace " + shelf, "the file that mend backup was given"},
		{"restore --replace " + shelf + "/mend.keys", "the file that mend backup was given"},
		{"restore --replace " + data + "/mend.db", "the file that mend backup was given"},
		{"restore --replace --keys " + unmade + " " + shelf + "/1.db", "with --keys"},
		{"restore --replace --keys " + shelf + "/1.db " + shelf + "/1.db", "with --keys"},
		{"restore " + shelf + "/1.db", "--replace"},
		{"restore --replace --master-key-file " + bad + " " + shelf + "/1.db", "--master-key-file"},
		{"check --data " + key, "--data"},
		{"check --master-key-file " + bad, "--master-key-file"},
		{"check --audit-head nonsense", "as mend check prints it"},
		{"keys rotate --master-key-file " + bad, "--master-key-file"},
		{"keys rotate --master-key-file " + unmade, "--master-key-file"},
		{"keys new " + key, "is there already"},
		{"keys new " + unmade + "/new.key", "make it first"},
	} {
		args := strings.Fields(c.args)
		if !strings.Contains(c.args, "--data") && args[1] != "new" {
			args = append(args, "--data", data)
		}
		var out, problems bytes.Buffer
		if code := run(t.Context(), args, &out, &problems); code != misuse || out.Len() > 0 || !strings.Contains(problems.String(), c.says) {
			t.Errorf("mend %s: exit code %d, said %q and %q", c.args, code, out.String(), problems.String())
		}
	}
	after, err := os.ReadFile(data + "/mend.db")
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("what was asked for wrongly changed the database: %v", err)
	}
}

func TestDocumentsArePrinted(t *testing.T) {
	for command, version := range map[string]string{"openapi": "3.1.0", "asyncapi": "3.0.0"} {
		var out, problems bytes.Buffer
		if code := run(t.Context(), []string{command}, &out, &problems); code != 0 {
			t.Fatalf("mend %s: %d %s", command, code, problems.String())
		}
		var document map[string]any
		if err := json.Unmarshal(out.Bytes(), &document); err != nil || document[command] != version {
			t.Errorf("mend %s: %v, version %v", command, err, document[command])
		}
	}
}

func TestServingSaysWhatAnOperatorNeeds(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var problems bytes.Buffer
	out := untilSaid{"Code ", stop, &transcript{}}
	if code := run(ctx, []string{"serve", "--data", t.TempDir() + "/new", "--listen", "127.0.0.1:0"}, out, &problems); code != 0 {
		t.Fatalf("exit code %d: %s", code, problems.String())
	}
	for _, line := range []string{"Mend ", "Data ", "Address ", "Key ", "Set up ", "Code "} {
		if !strings.Contains("\n"+out.String(), "\n"+line) {
			t.Errorf("the line %q is missing in\n%s", line, out.String())
		}
	}
}

// untilSaid stops the program once it has said a word.
type untilSaid struct {
	word string
	stop func()
	*transcript
}

func (u untilSaid) Write(p []byte) (int, error) {
	n, err := u.transcript.Write(p)
	if bytes.Contains(p, []byte(u.word)) {
		u.stop()
	}
	return n, err
}

// A line of the log carries only what is known to be nobody's words.
func TestTheLogDropsWhatItDoesNotKnow(t *testing.T) {
	var lines bytes.Buffer
	log := slog.New(sieve{slog.NewJSONHandler(&lines, nil)})
	log.With("email", marker, "session", "0198").WithGroup("g").Info("line", "answer", marker,
		"route", "/live/:session", slog.Group("deep", "text", marker))
	if got := lines.String(); strings.Contains(got, marker) || !strings.Contains(got, "/live/:session") || !strings.Contains(got, "0198") {
		t.Errorf("got %s", got)
	}
}
