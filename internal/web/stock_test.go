package web

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"mend/content"
	"mend/internal/catalog"
)

// starting is a server that has not read yet what ships with Mend.
func starting(t *testing.T, read func() (catalog.Content, error)) *Server {
	t.Helper()
	base, err := ParseBase("http://127.0.0.1:8080")
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Options{
		Base: base, Log: slog.New(slog.NewJSONHandler(io.Discard, nil)), Content: read,
		Pages: fstest.MapFS{"partner.en.html": {Data: []byte("Session")}, "desk.en.html": {Data: []byte("Desk")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ask is a call's status and what it says.
func ask(t *testing.T, s *Server, path string) (status int, says string) {
	t.Helper()
	answer, err := s.app.Test(httptest.NewRequest(http.MethodGet, path, nil), -1)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Error(err)
	}
	return answer.StatusCode, string(body)
}

// A server that starts has pages at once. Calls wait until the exercises and the guide are
// read, once, whoever asks first; and none is answered without them.
func TestThePagesDoNotWaitForTheExercises(t *testing.T) {
	begun, goOn := make(chan struct{}), make(chan struct{})
	s := starting(t, func() (catalog.Content, error) {
		close(begun) // twice would panic
		<-goOn
		return catalog.LoadContent(content.Files)
	})
	const calls = 4
	answers := make(chan string, calls)
	for range calls {
		go func() {
			_, says := ask(t, s, "/api/v1/guide")
			answers <- says
		}()
	}
	select {
	case <-begun:
	case says := <-answers:
		t.Fatalf("a call was answered before the guide was read: %s", says)
	}
	for _, page := range []string{"/", "/join", "/desk", "/openapi.json", "/healthz"} {
		if status, _ := ask(t, s, page); status != http.StatusOK {
			t.Errorf("%s answered %d while the exercises were read", page, status)
		}
	}
	if len(answers) > 0 {
		t.Errorf("a call was answered before the guide was read: %s", <-answers)
	}
	close(goOn)
	for range calls {
		if says := <-answers; !strings.Contains(says, `"title"`) {
			t.Errorf("a call was answered: %s", says)
		}
	}
	if err := s.Stock(); err != nil {
		t.Error(err)
	}
	t.Logf("5 pages before what ships was read, %d calls after", calls)
}

// Whoever starts a server is told that what ships with it cannot be read, and calls are
// refused rather than answered without it.
func TestContentThatCannotBeReadIsTold(t *testing.T) {
	broken := errors.New("a file is broken")
	s := starting(t, func() (catalog.Content, error) { return catalog.Content{}, broken })
	for _, path := range []string{"/api/v1/guide", "/live/some-session"} {
		if status, says := ask(t, s, path); status != http.StatusInternalServerError || strings.Contains(says, "broken") {
			t.Errorf("%s: %d %s", path, status, says)
		}
	}
	if err := s.Stock(); !errors.Is(err, broken) {
		t.Errorf("who started it was told: %v", err)
	}
	t.Logf("2 calls refused, and told: %v", s.Stock())
}
