package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"mend/content"
	"mend/internal/account"
	"mend/internal/catalog"
	"mend/internal/hub"
	"mend/internal/protocol"
	"mend/internal/rehearsal"
	"mend/internal/seal"
	"mend/internal/session"
	"mend/internal/store"
	"mend/internal/web"
)

// desk is the whole server without its pages, and a counselor signed in at it.
type desk struct {
	url, cookie     string
	couple, session string
}

func openDesk(f *testing.F) desk {
	f.Helper()
	ctx := context.Background()
	quiet := slog.New(slog.NewJSONHandler(io.Discard, nil))
	master, err := seal.NewMaster()
	check(f, err)
	book, err := store.Open(ctx, store.Options{Path: filepath.Join(f.TempDir(), "mend.db"), Master: master, Log: quiet})
	check(f, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(f, err)
	d := desk{url: "http://" + listener.Addr().String()}
	base, err := web.ParseBase(d.url)
	check(f, err)
	door := account.NewDoor(book, account.Options{})
	token, who, err := door.Setup(ctx, account.First{
		Name: "Ruth", Email: "ruth@example.org", Password: "violet kettle on the roof", Practice: "Harbour", Secrets: session.NoSecrets,
	}, "127.0.0.1", true)
	check(f, err)
	d.cookie = "mend=" + token
	couple, err := book.CreateCouple(ctx, who.Counselor, protocol.NewCouple{
		Label: "A and B", One: protocol.Partner{Name: "Ana"}, Two: protocol.Partner{Name: "Ben"},
	}, store.Once{})
	check(f, err)
	planned, err := book.CreateSession(ctx, who.Counselor, couple.ID, store.NewSession{Agenda: []session.Planned{}}, store.Once{})
	check(f, err)
	d.couple, d.session = couple.ID, planned.ID
	h := hub.New(book, book, hub.Options{Logger: quiet})
	s, err := web.New(web.Options{
		Base: base, Pages: fstest.MapFS{}, Log: quiet, Store: book, Door: door, Hub: h,
		Content:    func() (catalog.Content, error) { return catalog.LoadContent(content.Files) },
		Rehearsals: rehearsal.NewRooms(nil, quiet),
	})
	check(f, err)
	served := make(chan error, 1)
	go func() { served <- s.Serve(listener) }()
	f.Cleanup(func() {
		within, cancel := context.WithTimeout(ctx, 10*time.Second)
		defer cancel()
		check(f, h.Close(within))
		check(f, s.Shutdown(within))
		check(f, <-served)
		check(f, book.Close())
	})
	return d
}

// FuzzBody sends whatever it is to each call that takes a body: it is taken, or refused
// as a problem, and the server never fails over it.
func FuzzBody(f *testing.F) {
	d := openDesk(f)
	document, err := web.OpenAPI()
	check(f, err)
	var published struct {
		Paths map[string]map[string]struct {
			RequestBody json.RawMessage `json:"requestBody"`
		}
	}
	check(f, json.Unmarshal(document, &published))
	type call struct{ method, path string }
	var calls []call
	for _, path := range slices.Sorted(maps.Keys(published.Paths)) {
		for _, method := range slices.Sorted(maps.Keys(published.Paths[path])) {
			// Signing out would end it, and passwords cost a tenth of a second each.
			if published.Paths[path][method].RequestBody != nil && path != "/sign-out" && !strings.Contains(path, "password") {
				calls = append(calls, call{strings.ToUpper(method), "/api/v1" + strings.NewReplacer(
					"{couple}", d.couple, "{session}", d.session, "{exercise}", "floor-and-echo", "{link}", d.session,
				).Replace(path)})
			}
		}
	}
	if len(calls) < 20 {
		f.Fatalf("only %d calls take a body", len(calls))
	}
	for i := range calls {
		f.Add(uint8(i), []byte(`{"label":"x","one":{"name":"Ana"},"two":{"name":"Ben"}}`)) //nolint:gosec // few
	}
	for _, body := range []string{
		`{}`, `null`, `[]`, `{"agenda":["floor-and-echo"],"planned_for":"2026-12-01T17:00:00Z"}`, `{"text":{"plan":"x"},"version":0,"format":"soap"}`,
		`{"token":"x"}`, `{"code":"ABCDEF"}`, `{"for":"one"}`, `{"statement":"seen_apart"}`, `{"id":"x","source":"id: x"}`, "{\"a\":\"\xff\"}", `{"a":"\u0000"}`,
		`{"version":1e999}`, `{"one":{"name":"a"},"one":{"name":"b"}}`, strings.Repeat("[", 5000), `{"csv":"a,b\n1,2"}`,
	} {
		f.Add(uint8(3), []byte(body))
	}
	f.Fuzz(func(t *testing.T, which uint8, body []byte) {
		c := calls[int(which)%len(calls)]
		request, err := http.NewRequestWithContext(t.Context(), c.method, d.url+c.path, bytes.NewReader(body))
		check(t, err)
		request.Header.Set("Origin", d.url)
		request.Header.Set("Cookie", d.cookie)
		request.Header.Set("Content-Type", "application/json")
		answer, err := http.DefaultClient.Do(request)
		check(t, err)
		defer answer.Body.Close()
		said, err := io.ReadAll(answer.Body)
		check(t, err)
		if answer.StatusCode >= 500 {
			t.Errorf("%s %s with %q: %s: %s", c.method, c.path, body, answer.Status, said)
		}
		if answer.StatusCode < 400 {
			return
		}
		var problem protocol.Problem
		if kind := answer.Header.Get("Content-Type"); kind != "application/problem+json" || json.Unmarshal(said, &problem) != nil ||
			problem.Status != answer.StatusCode || problem.Code == "" || problem.Detail == "" {
			t.Errorf("%s %s with %q: %s as %s: %s", c.method, c.path, body, answer.Status, kind, said)
		}
	})
}
