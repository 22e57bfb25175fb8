package store_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"mend/internal/exercise"
	"mend/internal/seal"
	"mend/internal/session"
	"mend/internal/store"
)

// TestMain lets the test's own program be the one that is killed.
func TestMain(m *testing.M) {
	if path := os.Getenv("MEND_TEST_WRITE_TO"); path != "" {
		if err := writeUntilKilled(path, strings.Fields(os.Getenv("MEND_TEST_SESSIONS"))); err != nil {
			fmt.Println("FAILED", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// writeUntilKilled appends to every session at once and says so only after each
// append came back.
func writeUntilKilled(path string, sessions []string) error {
	ctx := context.Background()
	master, _, err := seal.LoadMaster(path + ".key")
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, store.Options{Path: path, URL: os.Getenv("MEND_TEST_WRITE_URL"), Master: master})
	if err != nil {
		return err
	}
	var all sync.WaitGroup
	failed := make(chan error, len(sessions))
	for _, id := range sessions {
		all.Go(func() {
			before, err := s.Read(ctx, id, 0)
			for seq := uint64(len(before)) + 1; err == nil; seq++ {
				r := record(seq, session.One, submitted(fmt.Sprint("words ", seq), exercise.Sealed))
				if err = s.Append(ctx, id, r); err == nil {
					fmt.Printf("ACK %s %d %s\n", id, seq, r.Command)
				}
			}
			failed <- err
		})
	}
	return <-failed
}

// What was acknowledged is there after kill -9, at whatever moment it comes:
// nothing lost, nothing twice, nothing out of order, and the next start is quick.
func TestNothingAcknowledgedIsLostWhenKilled(t *testing.T) {
	rounds := 25
	if testing.Short() {
		rounds = 5
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "mend.db")
	master, _, err := seal.LoadMaster(path + ".key")
	if err != nil {
		t.Fatal(err)
	}
	h := newHouseWith(t, path, master)
	ids := h.sessions(4)
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	acknowledged := make(map[string]map[uint64]string)
	for _, id := range ids {
		acknowledged[id] = make(map[uint64]string)
	}
	total, slowest := 0, time.Duration(0)
	for round := range rounds {
		total += runAndKill(t, path, ids, 1+rand.IntN(120), acknowledged)
		began := time.Now()
		s, err := store.Open(t.Context(), at(t, store.Options{Path: path, Master: master}))
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		slowest = max(slowest, time.Since(began))
		for _, id := range ids {
			log, err := s.Read(t.Context(), id, 0)
			if err != nil {
				t.Fatalf("round %d: %v", round, err)
			}
			for i, r := range log {
				if r.Seq != uint64(i+1) {
					t.Fatalf("round %d: seq %d stands at place %d", round, r.Seq, i+1)
				}
			}
			for seq, command := range acknowledged[id] {
				if seq > uint64(len(log)) || string(log[seq-1].Command) != command {
					t.Fatalf("round %d: seq %d was acknowledged and is lost, or is another's", round, seq)
				}
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if slowest > 2*time.Second {
		t.Errorf("a start after a kill took %v", slowest)
	}
	t.Logf("%d rounds, %d acknowledged, 0 lost, slowest start %v", rounds, total, slowest)
}

func runAndKill(t *testing.T, path string, ids []string, after int, acknowledged map[string]map[uint64]string) (count int) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), "MEND_TEST_WRITE_TO="+path, "MEND_TEST_WRITE_URL="+addressOf(t, path), "MEND_TEST_SESSIONS="+strings.Join(ids, " "))
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var id, command string
		var seq uint64
		if n, _ := fmt.Sscanf(lines.Text(), "ACK %s %d %s", &id, &seq, &command); n != 3 || len(command) != 36 {
			if count < after {
				t.Errorf("the writer said %q", lines.Text())
			}
			continue // cut off by the kill
		}
		acknowledged[id][seq] = command
		if count++; count == after {
			if err := child.Process.Kill(); err != nil {
				t.Error(err)
			}
		}
	}
	if err := child.Wait(); err == nil {
		t.Error("the writer ended by itself")
	}
	return count
}
