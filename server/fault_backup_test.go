package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"testing"

	"mend/internal/session"
)

// Backups are made one after the other while people talk. Each, brought back, is sound;
// each session's log in it is the beginning of what that log became; and it has all that
// was acknowledged before the backup began.
func TestAServerIsBackedUpWhilePeopleTalk(t *testing.T) {
	if raced {
		t.Skip("tried without the race detector")
	}
	s := &served{T: t, data: t.TempDir() + "/house", listen: free(t)}
	s.start()
	defer func() { s.kill() }()
	talk := s.talk(6)
	shelf := t.TempDir()
	const backups = 5
	var before [backups][]map[session.CommandID]session.Command
	for i := range backups {
		talk.answered(60)
		for _, r := range talk.rooms {
			r.mu.Lock()
			before[i] = append(before[i], maps.Clone(r.done))
			r.mu.Unlock()
		}
		mend(t, "backup", "--data", s.data, fmt.Sprint(shelf, "/", i, ".db"))
	}
	talk.answered(60)
	talk.ends()
	s.kill()
	key, err := os.ReadFile(s.data + "/master.key")
	if err != nil {
		t.Fatal(err)
	}
	whole := logs(t, talk, s.data)
	for i := range backups {
		data := t.TempDir()
		if err := os.WriteFile(data+"/master.key", key, 0o600); err != nil {
			t.Fatal(err)
		}
		mend(t, "restore", "--data", data, fmt.Sprint(shelf, "/", i, ".db"))
		mend(t, "check", "--data", data)
		restored := logs(t, talk, data)
		records, acknowledged := 0, 0
		for at, r := range talk.rooms {
			if len(restored[at]) > len(whole[at]) {
				t.Fatalf("backup %d has %d records of %d", i, len(restored[at]), len(whole[at]))
			}
			has := map[session.CommandID]bool{}
			for n, record := range restored[at] {
				if got, want := inOneLine(t, record), inOneLine(t, whole[at][n]); got != want {
					t.Errorf("backup %d: record %d of %s is %s, and was %s", i, n+1, r.id, got, want)
				}
				has[record.Command] = true
			}
			records += len(restored[at])
			for id, what := range before[i][at] {
				switch what.(type) {
				case session.Pause, session.Resume: // leave no record where it was so already
					continue
				}
				if acknowledged++; !has[id] {
					t.Errorf("backup %d: %s was acknowledged before it began, and is not in it", i, what.Name())
				}
			}
		}
		t.Logf("backup %d: %d records, all %d commands that had been acknowledged", i, records, acknowledged)
	}
}

// mend runs the program as an operator does.
func mend(t *testing.T, args ...string) {
	t.Helper()
	if out, err := exec.Command("mend", args...).CombinedOutput(); err != nil { //nolint:gosec // our own words
		t.Fatalf("mend %s: %v: %s", args[0], err, out)
	}
}

// logs are those of a talk's rooms, as a folder has them.
func logs(t *testing.T, talk *talk, data string) (all [][]session.Record) {
	t.Helper()
	store, err := onDisk{Data: data}.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	for _, r := range talk.rooms {
		log, err := store.Read(t.Context(), r.id, 0)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, log)
	}
	return all
}

// inOneLine is a record in one line.
func inOneLine(t *testing.T, r session.Record) string {
	t.Helper()
	kind, payload, err := session.EncodeEvent(r.Event)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintln(r.Seq, r.At, r.By, r.Command, kind, string(payload))
}
