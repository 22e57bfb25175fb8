package main

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"mend/internal/bot"
)

// served is a server in a process of its own.
type served struct {
	*testing.T
	data, listen string
	under        []string // a command that starts the server in its turn; none
	more         []string // options; none
	child        *exec.Cmd
}

func (s *served) start(files ...*os.File) time.Duration {
	s.Helper()
	began := time.Now()
	line := slices.Concat(s.under, []string{"mend", "serve", "--listen", s.listen, "--data", s.data}, s.more) // the stories' own program
	s.child = exec.Command(line[0], line[1:]...)                                                              //nolint:gosec // our own words
	s.child.Stdout, s.child.Stderr, s.child.ExtraFiles = io.Discard, io.Discard, files
	if err := s.child.Start(); err != nil {
		s.Fatal(err)
	}
	s.isReady()
	return time.Since(began)
}

// isReady waits until it takes calls.
func (s *served) isReady() {
	s.Helper()
	for soon := soon(s.T); ; {
		answer, err := http.Get("http://" + s.listen + "/readyz") //nolint:noctx // refused at once, or answered
		if err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return
			}
		}
		if soon.Err() != nil {
			s.Fatalf("the server is not ready: %v", err)
		}
	}
}

// kill is what a power cut is to the process: nothing of it runs any more.
func (s *served) kill() {
	s.Helper()
	if err := s.child.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		s.Fatal(err)
	}
	_ = s.child.Wait()
}

// free is an address that nobody listens on.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// answers wants a status for a call without a body, within reason.
func (s *served) answers(path string, status int) {
	s.Helper()
	answer, err := http.Get("http://" + s.listen + path) //nolint:noctx // the test has a limit
	if err != nil {
		s.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != status {
		s.Errorf("%s answers %d", path, answer.StatusCode)
	}
}

// comesToAnswer waits until a call without a body is answered with a status.
func (s *served) comesToAnswer(path string, status int) {
	s.Helper()
	for patience := soon(s.T); ; {
		answer, err := http.Get("http://" + s.listen + path) //nolint:noctx // the test has a limit
		if err != nil {
			s.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode == status {
			return
		}
		if !pause(patience, 100*time.Millisecond) {
			s.Fatalf("%s answers %d", path, answer.StatusCode)
		}
	}
}

func (s *served) desk() *bot.Desk {
	s.Helper()
	desk, err := bot.OpenDesk(s.Context(), "http://"+s.listen, bot.Account{Email: "load@example.org", Password: password})
	if err != nil {
		s.Fatal(err)
	}
	return desk
}
