package main

import (
	"bufio"
	"database/sql"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"mend/internal/bot"
	"mend/internal/protocol"
	"mend/internal/session"
)

// What is acknowledged is on the disk, not on its way there. A kill cannot tell the two
// apart, since the kernel keeps what a dead process wrote; a power cut can. So the
// server's system calls are looked at: for every command that was acknowledged, a file of
// the data folder took its record, a flush of that file began after that and ended, and
// only then the acknowledgement was written to the socket.
func TestAServerAcknowledgesOnlyWhatIsOnTheDisk(t *testing.T) {
	s, seen := straced(t)
	talk := s.talk(6)
	talk.answered(600)
	talk.ends()
	trace := seen()

	looked := 0
	for _, r := range talk.rooms {
		for id, what := range r.done {
			switch what.(type) {
			case session.Pause, session.Resume: // leave no record where it was so already
				continue
			}
			looked++
			if why := trace.wrong(id); why != "" {
				t.Errorf("%s was acknowledged too early: %s", what.Name(), why)
			}
		}
	}
	t.Logf("%d system calls, %d flushes; %d acknowledgements came after theirs", trace.calls, trace.flushes, looked)
	if looked < 200 {
		t.Errorf("only %d acknowledgements were looked at", looked)
	}
}

// A command costs one flush, wherever its record goes later on. Here each comes when the one
// before is in its table already, so that none can share another's.
func TestAServerFlushesOnceForACommand(t *testing.T) {
	s, seen := straced(t)
	r := enter(t, s.desk(), func(*bot.Place) {})
	table, err := sql.Open("sqlite3", "file:"+s.data+"/mend.db?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = table.Close() }()
	const commands = 6
	var first, last session.CommandID
	for n := range commands {
		last = bot.NewID()
		if n == 1 { // the one before may begin SQLite's log anew, which is flushed by itself
			first = last
		}
		patience := soon(t)
		if err := r.bots[1].DoAs(patience, last, protocol.Command{Command: session.SetDial{Value: n}}); err != nil {
			t.Fatal(err)
		}
		for there := false; !there; pause(patience, 10*time.Millisecond) {
			if err := table.QueryRowContext(patience, "SELECT count(*) > 0 FROM events WHERE command = ?", last).Scan(&there); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, b := range r.bots {
		b.Leave()
	}
	trace := seen()

	flushes := 0
	for _, file := range trace.flushed {
		for _, f := range file {
			if f.to >= trace.kept[first].to && f.to < trace.kept[last].to {
				flushes++
			}
		}
	}
	if flushes != commands-2 {
		t.Errorf("%d flushes for %d commands", flushes, commands-2)
	}
}

// straced is a server whose system calls are looked at. It is stopped by seen, which
// answers with them.
func straced(t *testing.T) (s *served, seen func() *trace) {
	t.Helper()
	if raced {
		t.Skip("looked at without the race detector")
	}
	if _, err := exec.LookPath("strace"); err != nil {
		t.Skip("strace is not installed: task strace")
	}
	s = &served{T: t, data: t.TempDir() + "/house", listen: free(t), under: []string{
		"strace", "--daemonize", "--follow-forks", "--seccomp-bpf", "--decode-fds=path,socket", "--string-limit=70000", "--output=/dev/fd/3",
		"--trace=openat,write,writev,pwrite64,pwritev,pwritev2,fsync,fdatasync,sendto,sendmsg",
	}}
	from, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	var found *trace
	traced := make(chan error, 1)
	go func() {
		var err error
		found, err = traceOf(from, s.data)
		traced <- err
	}()
	s.start(to)
	_ = to.Close()
	return s, func() *trace {
		t.Helper()
		if err := s.child.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		_ = s.child.Wait()
		if err := <-traced; err != nil {
			t.Fatal(err)
		}
		return found
	}
}

// trace is what a server did, as its kernel saw it. A moment is a line of the trace: one
// tracer writes them all, in the order in which calls begin and end.
type trace struct {
	folder         string
	calls, flushes int
	kept           map[session.CommandID]span // the first write to the folder that holds this id
	done           map[session.CommandID]int  // when its acknowledgement began to be written
	made           map[string]int             // files of the folder: when they were
	flushed        map[string][]span          // by path, the folder's own as well
	dsync          map[string]bool            // by descriptor and path: every write is a flush
}

type span struct {
	file     string
	from, to int
}

// call is one that has begun.
type call struct {
	text string
	from int
}

var (
	begun   = regexp.MustCompile(`^(\d+) +(\w+)\((.*)$`)
	resumed = regexp.MustCompile(`^(\d+) +<\.\.\. (\w+) resumed>(.*)$`)
	ofNone  = regexp.MustCompile(` = -1 E[A-Z]+ \([^)]*\)$`)
	onto    = regexp.MustCompile(`^(\d+<(/[^>]*)>)`)
	opened  = regexp.MustCompile(`= (\d+<(/[^>]*)>)$`)
	anID    = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`)
	aDone   = regexp.MustCompile(`{\\"is\\":\\"done\\",\\"id\\":\\"(` + anID.String() + `)\\"}`)
)

// traceOf reads to the end of a trace, which is that of its server.
func traceOf(from io.Reader, folder string) (*trace, error) {
	t := &trace{
		folder: folder, kept: map[session.CommandID]span{}, done: map[session.CommandID]int{},
		made: map[string]int{}, flushed: map[string][]span{}, dsync: map[string]bool{},
	}
	calling := map[string]call{} // by thread
	lines := bufio.NewReaderSize(from, 1<<20)
	for at := 1; ; at++ {
		line, err := lines.ReadString('\n')
		if err == io.EOF {
			return t, nil
		}
		if err != nil {
			return nil, err
		}
		line = strings.TrimSuffix(line, "\n")
		if m := resumed.FindStringSubmatch(line); m != nil {
			c := calling[m[1]]
			t.ended(m[2], c.text+m[3], c.from, at)
		} else if m := begun.FindStringSubmatch(line); m != nil {
			text, unfinished := strings.CutSuffix(m[3], " <unfinished ...>")
			t.began(text, at)
			if unfinished {
				calling[m[1]] = call{text, at}
			} else {
				t.ended(m[2], text, at, at)
			}
		}
	}
}

// began looks for acknowledgements: the first byte of one may be read at once.
func (t *trace) began(text string, at int) {
	t.calls++
	if onto.MatchString(text) {
		return
	}
	for _, m := range aDone.FindAllStringSubmatch(text, -1) {
		if id := session.CommandID(m[1]); t.done[id] == 0 {
			t.done[id] = at
		}
	}
}

func (t *trace) ended(name, text string, from, to int) {
	if ofNone.MatchString(text) {
		return
	}
	if name == "openat" {
		if m := opened.FindStringSubmatch(text); m != nil && t.within(m[2]) {
			if _, known := t.made[m[2]]; !known && strings.Contains(text, "O_CREAT") {
				t.made[m[2]] = to
			}
			t.dsync[m[1]] = strings.Contains(text, "O_DSYNC") || strings.Contains(text, "O_SYNC")
		}
		return
	}
	m := onto.FindStringSubmatch(text)
	if m == nil || !t.within(m[2]) {
		return
	}
	file := m[2]
	if name == "fsync" || name == "fdatasync" {
		t.flushes++
		t.flushed[file] = append(t.flushed[file], span{file, from, to})
		return
	}
	for _, id := range anID.FindAllString(text, -1) {
		if _, known := t.kept[session.CommandID(id)]; !known {
			t.kept[session.CommandID(id)] = span{file, from, to}
		}
	}
	if t.dsync[m[1]] || strings.Contains(text, "RWF_DSYNC") {
		t.flushes++
		t.flushed[file] = append(t.flushed[file], span{file, to, to})
	}
}

func (t *trace) within(path string) bool {
	return path == t.folder || strings.HasPrefix(path, t.folder+"/")
}

// wrong says what is, about an acknowledgement; "" where all is well.
func (t *trace) wrong(id session.CommandID) string {
	done, told := t.done[id]
	kept, written := t.kept[id]
	switch {
	case !told:
		return "the trace does not have it"
	case !written || kept.to >= done:
		return "its record had not been written to a file"
	case !t.flushedBetween(kept.file, kept.to, done):
		return filepath.Base(kept.file) + " had not been flushed"
	case !t.flushedBetween(filepath.Dir(kept.file), t.made[kept.file], done):
		return "the folder had not been flushed since " + filepath.Base(kept.file) + " was made"
	}
	return ""
}

func (t *trace) flushedBetween(path string, after, before int) bool {
	for _, f := range t.flushed[path] {
		if f.from >= after && f.to < before {
			return true
		}
	}
	return false
}
