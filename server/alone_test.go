package main

import (
	"bufio"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"mend/internal/bot"
	"mend/internal/session"
)

// From its start to its end, with people talking, the server opens a connection to
// nobody: what is said in it goes to those who came, and nowhere else.
func TestTheServerCallsNobody(t *testing.T) {
	if _, err := exec.LookPath("strace"); err != nil {
		t.Skip("strace is not installed: task strace")
	}
	s := &served{T: t, data: t.TempDir() + "/house", listen: free(t), under: []string{
		"strace", "--daemonize", "--follow-forks", "--seccomp-bpf", "--output=/dev/fd/3", "--trace=connect,sendto,sendmsg,listen",
	}}
	from, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	heard := make(chan []string, 1)
	go func() {
		var lines []string
		for in := bufio.NewScanner(from); in.Scan(); {
			lines = append(lines, in.Text())
		}
		heard <- lines
	}()
	s.start(to)
	_ = to.Close()
	talk := s.talk(2)
	talk.answered(60)
	talk.ends()
	if err := s.child.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = s.child.Wait()
	listened, named := 0, regexp.MustCompile(`\b(connect|sendto|sendmsg)\(.*sa_family=AF_INET`)
	for _, line := range <-heard {
		if strings.Contains(line, "listen(") {
			listened++
		}
		if named.MatchString(line) {
			t.Errorf("it called somebody: %s", line)
		}
	}
	if listened == 0 {
		t.Error("not even its listening was seen: this test has looked at nothing")
	}
}

// A server that crashes leaves no file behind with what people wrote.
func TestACrashLeavesNoDump(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells a process's limits in a file")
	}
	s := &served{T: t, data: t.TempDir() + "/house", listen: free(t)}
	s.start()
	defer s.kill()
	limits, err := os.ReadFile("/proc/" + strconv.Itoa(s.child.Process.Pid) + "/limits")
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`(?m)^Max core file size +0 +0 `).Match(limits) {
		t.Errorf("a dump may be made:\n%s", limits)
	}
}

// A house in which people talked, and that is closed, leaves nothing running.
func TestAClosedHouseLeavesNothingRunning(t *testing.T) {
	running := func() (ours []string) {
		stacks := make([]byte, 8<<20)
		stacks = stacks[:runtime.Stack(stacks, true)]
		for _, one := range strings.Split(string(stacks), "\n\n")[1:] { // the first is this test's
			known := slices.ContainsFunc([]string{
				"testing.(*T).Run(", "fasthttp.updateServerDate", // for good
				"fasthttp.(*workerPool).Start", // looks around once more, ten seconds later
			}, func(name string) bool { return strings.Contains(one, name) })
			if !known && (strings.Contains(one, "mend/") || strings.Contains(one, "fasthttp")) {
				ours = append(ours, one)
			}
		}
		return ours
	}
	live := func() (most int) {
		h := &house{T: t, data: t.TempDir(), log: &transcript{}}
		h.start()
		desk := h.counselor()
		r := h.room(desk, desk.session())
		h.asks(r.oneBot, session.Pause{})
		alone := desk.sits(session.Counselor, desk.rehearses(map[string]any{"agenda": []string{"floor-and-echo"}}).ID)
		h.sees(alone, "the room", func(seen *bot.Seen) bool { return seen.Views > 0 })
		most = len(running())
		for _, b := range []interface{ Leave() }{alone, r.counselorBot, r.oneBot, r.twoBot} {
			b.Leave()
		}
		h.stop()
		for _, c := range []*caller{desk, r.one, r.two} {
			c.CloseIdleConnections()
		}
		return most
	}
	before := len(running())
	if most := live(); most <= before {
		t.Fatal("nothing was seen to run: this test has looked at nothing")
	}
	patience := soon(t)
	for tick := time.NewTicker(20 * time.Millisecond); ; {
		left := running()
		if len(left) <= before {
			tick.Stop()
			return
		}
		select {
		case <-tick.C:
		case <-patience.Done():
			t.Fatalf("%d ran before, and %d do now:\n%s", before, len(left), strings.Join(left, "\n\n"))
		}
	}
}
