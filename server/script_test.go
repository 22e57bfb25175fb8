package main

import (
	"bufio"
	"fmt"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"mend/internal/protocol"
	"mend/internal/session"
)

// TestMain lets the test's own program be the mend that the stories run.
func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"mend": main}) }

// The stories in testdata/script are told by their people. Each has a house, which
// is a real mend with a folder and a port of its own, and five who speak to it over
// HTTP and sockets as browsers do: the counselor, a colleague, partner one, two, and a
// stranger. A line that begins with ! must fail.
func TestStories(t *testing.T) {
	commands := map[string]func(*testscript.TestScript, bool, []string){"house": houseDoes}
	for _, name := range []string{"counselor", "colleague", "one", "two", "stranger"} {
		commands[name] = func(ts *testscript.TestScript, neg bool, args []string) {
			tale(ts).people[name].does(ts, neg, args)
		}
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		Cmds:                commands,
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			s := &story{data: filepath.Join(env.WorkDir, "data"), people: map[string]*person{}, links: map[session.Seat]protocol.Link{}}
			for _, name := range []string{"counselor", "colleague", "one", "two", "stranger"} {
				s.people[name] = newPerson(s, session.Role(name))
			}
			env.Values[storyKey{}] = s
			env.Defer(s.end)
			return nil
		},
	})
}

type storyKey struct{}

// story is what the people of one script share.
type story struct {
	data    string
	listen  string // host and port, the same after a restart
	server  string // URL
	process *exec.Cmd
	people  map[string]*person
	session string
	links   map[session.Seat]protocol.Link

	colleague joined
}

func tale(ts *testscript.TestScript) *story { return ts.Value(storyKey{}).(*story) }

// end lets go of everything, however the story went.
func (s *story) end() {
	for _, p := range s.people {
		p.drop()
	}
	if s.process != nil {
		_ = s.process.Process.Kill()
		_ = s.process.Wait()
	}
}

// houseDoes: opens | closes | falls.
func houseDoes(ts *testscript.TestScript, neg bool, args []string) {
	s := tale(ts)
	if neg || len(args) != 1 {
		ts.Fatalf("usage: house opens|closes|falls")
	}
	switch args[0] {
	case "opens":
		ts.Check(s.open(ts))
	case "closes": // as an operator does
		ts.Check(s.process.Process.Signal(syscall.SIGTERM))
		ts.Check(s.process.Wait())
		s.process = nil
	case "falls": // as a machine does
		ts.Check(s.process.Process.Kill())
		_ = s.process.Wait()
		s.process = nil
	default:
		ts.Fatalf("a house cannot %q", args[0])
	}
}

// open starts mend and waits until it says where it is.
func (s *story) open(ts *testscript.TestScript) error {
	if s.listen == "" {
		port, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		s.listen = port.Addr().String()
		if err := port.Close(); err != nil {
			return err
		}
		s.server = "http://" + s.listen
	}
	program, err := inPath(ts.Getenv("PATH"), "mend")
	if err != nil {
		return err
	}
	s.process = exec.Command(program, "serve", "--listen", s.listen, "--data", s.data)
	s.process.Env = []string{"PATH=" + ts.Getenv("PATH"), "HOME=" + s.data, "TMPDIR=" + ts.Getenv("TMPDIR")}
	out, err := s.process.StdoutPipe()
	if err != nil {
		return err
	}
	if err := s.process.Start(); err != nil {
		return err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "Address") {
			return nil
		}
	}
	return fmt.Errorf("mend ended before it said its address: %w", s.process.Wait())
}

func inPath(path, name string) (string, error) {
	for _, dir := range filepath.SplitList(path) {
		if found, err := exec.LookPath(filepath.Join(dir, name)); err == nil {
			return found, nil
		}
	}
	return "", fmt.Errorf("%s is not in %s", name, path)
}
