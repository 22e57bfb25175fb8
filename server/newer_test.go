package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"mend/internal/bot"
	"mend/internal/protocol"
	"mend/internal/session"
)

const (
	newerVersion = "v1.99.0"
	newerSchema  = 9901
)

// newerMend builds this source as a later release would be: with a version of its own, and
// with a step of the schema that the program under test does not know. It answers with the
// folder that the program is in.
func newerMend(t *testing.T) string {
	t.Helper()
	source, folder := t.TempDir(), t.TempDir()
	left := []string{".git", "node_modules", "bin", "data", "e2e"} // of a work tree .git is a file
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel("..", path)
		switch {
		case err != nil:
			return err
		case slices.Contains(left, entry.Name()) && entry.IsDir():
			return fs.SkipDir
		case entry.IsDir():
			return os.MkdirAll(filepath.Join(source, name), 0o700)
		case slices.Contains(left, entry.Name()), !entry.Type().IsRegular(), strings.HasSuffix(name, "_test.go"):
			return nil
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(source, name), raw, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
	step := fmt.Sprintf("%s/internal/store/migrations/postgres/%d_newer.sql", source, newerSchema)
	if err := os.WriteFile(step, []byte("-- +goose Up\nCREATE TABLE newer (id TEXT PRIMARY KEY);\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, line := range [][]string{
		{"git", "init", "-q"},
		{"git", "add", "-A"},
		{"git", "-c", "user.name=mend", "-c", "user.email=mend@example.org", "commit", "-qm", "A later day"},
		{"git", "tag", newerVersion},
		{"go", "build", "-trimpath", "-buildvcs=true", "-tags", "netgo,osusergo,sqlite_omit_load_extension", "-o", folder + "/mend", "./server"},
	} {
		run := exec.CommandContext(t.Context(), line[0], line[1:]...) //nolint:gosec // our own words
		run.Dir, run.Env = source, append(os.Environ(), "GIT_DIR="+source+"/.git")
		if out, err := run.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", strings.Join(line, " "), err, out)
		}
	}
	return folder
}

// Of two nodes one after the other is replaced by a newer build, which brings the schema up
// to date under the other. Nothing that was acknowledged is lost and nobody is refused;
// every socket of a node that stops is told to move, and its page is back within three
// seconds. Once the newer has been there, the older does not start again.
func TestAServerIsReplacedByANewerBuildUnderItsPeople(t *testing.T) {
	if raced {
		t.Skip("built and measured without the race detector")
	}
	newer := newerMend(t)
	n := startNodes(t, 2)
	talk := n.whole().talk(6)
	still := n.stillOnes(t, talk.desk, 12)
	older := *n.all[0]
	for i, s := range n.all {
		talk.answered(60)
		n.stops(s)
		talk.answered(20)
		s.under = []string{"env", "PATH=" + newer + string(os.PathListSeparator) + os.Getenv("PATH")}
		s.start()
		talk.answered(60)
		if got := n.version(i); got != newerVersion {
			t.Errorf("node %d is of version %s now", i, got)
		}
		still.areBack()
	}
	talk.goesOn()
	if refused := talk.refusals(); len(refused) > 0 {
		t.Errorf("refused with %v", refused)
	}
	talk.ends()
	moved, longest := still.leave()
	for _, s := range n.all {
		n.stops(s)
	}
	line := slices.Concat([]string{"serve", "--listen", older.listen, "--data", older.data}, older.more)
	told, err := exec.CommandContext(soon(t), "mend", line...).CombinedOutput() //nolint:gosec // our own words
	if err == nil || !strings.Contains(string(told), "of a newer Mend") {
		t.Errorf("the older, started again, ended with %v: %s", err, told)
	}
	n.isOlderAgain()
	t.Logf("%d commands were acknowledged, %d sockets told to move, the longest until its page was back %v",
		talk.isKeptAt(n.onDisk()), moved, longest.Round(time.Millisecond))
	if moved < 12 {
		t.Errorf("only %d sockets were told to move", moved)
	}
	if longest > 3*time.Second {
		t.Errorf("somebody was away for %v", longest)
	}
}

// version is what a node tells of itself.
func (n *nodes) version(i int) string {
	n.Helper()
	answer, err := http.Get("http://" + n.numbers[i] + "/metrics") //nolint:noctx // the test has a limit
	if err != nil {
		n.Fatal(err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		n.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(raw), `mend_build_info{version="`)
	version, _, _ := strings.Cut(rest, `"`)
	return version
}

// isOlderAgain takes the newer schema back, so that this program can look at what was kept.
func (n *nodes) isOlderAgain() {
	n.Helper()
	db, err := sql.Open("pgx", n.url)
	if err != nil {
		n.Fatal(err)
	}
	defer db.Close()
	for _, statement := range []string{"DROP TABLE newer", fmt.Sprintf("DELETE FROM goose_db_version WHERE version_id = %d", newerSchema)} {
		if _, err := db.ExecContext(n.Context(), statement); err != nil {
			n.Fatal(err)
		}
	}
}

// stillOnes are phones that say nothing. They tell how their sockets ended, and how long
// each was without one.
type stillOnes struct {
	*testing.T
	stop    context.CancelFunc
	sitting sync.WaitGroup
	count   int

	mu      sync.Mutex
	changed chan struct{}
	here    int
	moved   int           // sockets that were told to move
	longest time.Duration // that anybody was without a socket
}

func (n *nodes) stillOnes(t *testing.T, desk *bot.Desk, count int) *stillOnes {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	s := &stillOnes{T: t, stop: stop, count: count, changed: make(chan struct{})}
	for range count {
		trio, err := desk.Invite(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		place := trio.Seats[session.One]
		place.Server, place.Origin = "http://"+n.address, "http://"+n.address
		s.sitting.Go(func() { s.sit(ctx, place) })
	}
	s.areBack()
	return s
}

// sit comes back as a page does: soon, and then less and less often.
func (s *stillOnes) sit(ctx context.Context, place bot.Place) {
	var lost time.Time
	for wait := 250 * time.Millisecond; ctx.Err() == nil; wait = min(2*wait, 8*time.Second) {
		line, err := bot.Dial(ctx, place)
		if err == nil {
			var welcomed bool
			if welcomed, err = s.listen(ctx, line, lost); ctx.Err() == nil {
				s.ended(welcomed, err)
			}
			if line.Close(); welcomed {
				wait, lost, place.Here = 250*time.Millisecond, time.Now(), true
			}
		}
		again := time.NewTimer(rand.N(wait)) //nolint:gosec // chance, not secrecy
		select {
		case <-again.C:
		case <-ctx.Done():
		}
		again.Stop()
	}
}

// listen takes what comes until the line ends, and says why it did. A node that is about to
// stop may take a line and never welcome it.
func (s *stillOnes) listen(ctx context.Context, line *bot.Line, lost time.Time) (welcomed bool, why error) {
	stop := context.AfterFunc(ctx, line.Close)
	defer stop()
	for {
		if _, err := line.Read(); err != nil {
			return welcomed, err
		}
		if welcomed {
			continue
		}
		welcomed = true
		s.tell(func() {
			s.here++
			if !lost.IsZero() {
				s.longest = max(s.longest, time.Since(lost))
			}
		})
	}
}

func (s *stillOnes) ended(welcomed bool, why error) {
	var closed bot.Closed
	if !errors.As(why, &closed) || closed.Code != protocol.ServiceRestart {
		s.Errorf("a socket of a node that stopped ended with %v", why)
	}
	if welcomed {
		s.tell(func() {
			s.here--
			s.moved++
		})
	}
}

func (s *stillOnes) tell(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
	close(s.changed)
	s.changed = make(chan struct{})
}

// areBack waits until all of them have a socket.
func (s *stillOnes) areBack() {
	s.Helper()
	for patience := soon(s.T); ; {
		s.mu.Lock()
		here, changed := s.here, s.changed
		s.mu.Unlock()
		if here == s.count {
			return
		}
		select {
		case <-changed:
		case <-patience.Done():
			s.Fatalf("%d of %d are there", here, s.count)
		}
	}
}

func (s *stillOnes) leave() (moved int, longest time.Duration) {
	s.stop()
	s.sitting.Wait()
	return s.moved, s.longest
}
