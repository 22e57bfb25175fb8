package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// What was cut off the end of the audit leaves no trace in it, and neither does an older
// database in place of the newer. Where its newest deed is noted elsewhere, both are told:
// by a check, by the doctor, and by a server that starts on them or runs over them.
func TestWhatWasNotedElsewhereTellsOfACutAudit(t *testing.T) {
	file := filepath.Join(t.TempDir(), "heads")
	s := &served{T: t, data: t.TempDir() + "/house", listen: free(t), more: []string{"--metrics", "off", "--audit-heads", file}}
	s.start()
	desk := s.desk()
	s.notes(file)
	s.kill()
	older := filepath.Join(t.TempDir(), "older")
	fatal(t, os.CopyFS(older, os.DirFS(s.data)))

	s.start()
	if _, err := desk.Invite(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.notes(file)
	s.kill()
	cut := filepath.Join(t.TempDir(), "cut")
	fatal(t, os.CopyFS(cut, os.DirFS(s.data)))
	cutAudit(t, filepath.Join(cut, "mend.db"))

	heads := auditHeads{file}
	for _, is := range []struct {
		of, data string
		heads    auditHeads
		wrong    bool
	}{
		{"the house", s.data, heads, false},
		{"an older one in its place", older, heads, true},
		{"one whose audit was cut", cut, heads, true},
		{"that, and nothing to hold it against", cut, auditHeads{}, false}, // or else this test shows nothing
	} {
		var out bytes.Buffer
		key := filepath.Join(s.data, "master.key")
		err := checkCmd{onDisk: onDisk{Data: is.data, MasterKeyFile: key}, auditHeads: is.heads}.Run(t.Context(), &out)
		if told := strings.Contains(out.String(), "names is gone"); told != is.wrong || (err != nil) != is.wrong {
			t.Errorf("%s: %v\n%s", is.of, err, &out)
		}
		out.Reset()
		c := config{Data: is.data, MasterKeyFile: key, Listen: "127.0.0.1:0", Metrics: "off", auditHeads: is.heads}
		err = doctorCmd{c}.Run(t.Context(), &out)
		if told := strings.Contains(out.String(), "broken     audit"); told != is.wrong || (err != nil) != is.wrong {
			t.Errorf("the doctor, of %s: %v\n%s", is.of, err, &out)
		}
		said, log := startsOn(t, c)
		if told := strings.Contains(said, "the audit lacks what"); told != is.wrong {
			t.Errorf("a server on %s says: %s", is.of, said)
		}
		if told := strings.Contains(log, "the audit lacks deeds"); told != is.wrong {
			t.Errorf("a server on %s notes: %s", is.of, log)
		}
	}
}

// What was noted last stands, although a crash cut a line short, and what cannot be read or
// written is told.
func TestAFileOfHeadsThatIsNotAsItShouldBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "heads")
	heads := auditHeads{file}
	if last, err := heads.last(); last != nil || err != nil {
		t.Errorf("nothing was noted: %v, %v", last, err)
	}
	one, two := "7-"+strings.Repeat("ab", 16), "12-"+strings.Repeat("cd", 16)
	fatal(t, heads.note([]string{one}, time.Now()))
	fatal(t, heads.note([]string{one, two}, time.Now()))
	add, err := os.OpenFile(file, os.O_WRONLY|os.O_APPEND, 0)
	fatal(t, err)
	_, err = add.WriteString("2026-11-27T06:00:00Z 13-ab")
	fatal(t, errors.Join(err, add.Close()))
	if last, err := heads.last(); err != nil || !slices.Equal(last, []string{one, two}) {
		t.Errorf("noted last: %v, %v", last, err)
	}
	folder := auditHeads{t.TempDir()}
	if _, err := folder.gone(t.Context(), nil); !errors.As(err, new(wrongUse)) {
		t.Errorf("a folder was taken for a file: %v", err)
	}
	if err := folder.note([]string{one}, time.Now()); err == nil {
		t.Error("something was noted in a folder")
	}
}

// notes waits until the newest deeds of the house are noted.
func (s *served) notes(file string) {
	s.Helper()
	h, err := onDisk{Data: s.data}.open(s.Context())
	fatal(s.T, err)
	defer h.Close()
	for patience := soon(s.T); ; {
		heads, err := h.AuditHeads(s.Context())
		fatal(s.T, err)
		last, err := auditHeads{file}.last()
		fatal(s.T, err)
		if len(heads) > 0 && slices.Equal(heads, last) {
			return
		}
		if !pause(patience, 50*time.Millisecond) {
			s.Fatalf("the newest deed is %v, and noted is %v", heads, last)
		}
	}
}

// startsOn is what a server tells that starts and is told to stop at once, and its log.
func startsOn(t *testing.T, c config) (said, log string) {
	t.Helper()
	var told, logged bytes.Buffer
	a, err := open(t.Context(), c, slog.New(slog.NewTextHandler(&logged, nil)))
	fatal(t, err)
	a.announce(&told, c)
	stopped, stop := context.WithCancel(t.Context())
	stop()
	fatal(t, errors.Join(a.run(stopped), a.close()))
	return told.String(), logged.String()
}

// cutAudit takes the newest deed away, as whoever has the file could.
func cutAudit(t *testing.T, database string) {
	t.Helper()
	db, err := sql.Open("sqlite3", database)
	fatal(t, err)
	defer db.Close()
	for _, statement := range []string{"DROP TRIGGER deeds_stay", "DELETE FROM deeds WHERE seq = (SELECT max(seq) FROM deeds)"} {
		_, err := db.ExecContext(t.Context(), statement)
		fatal(t, err)
	}
}
