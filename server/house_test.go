package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mend/internal/protocol"
)

// house is a whole Mend on a folder and a port of its own, the same program that an
// operator runs.
type house struct {
	*testing.T
	app  *app
	data string
	nats string // a broker's address; none where empty
	url  string // of the database; a file in data where empty
	key  string // the master key's file; one in data where empty
	base string
	log  *transcript
	skew atomic.Int64 // nanoseconds that the house's clock runs ahead
	jump atomic.Int64 // nanoseconds by which it was set
	stop func()

	settings func(*config) // what is not as usual; may be nil
}

// marker stands in every personal text that tests give away. No line of the log may
// hold it.
const marker = "MARKER7f3k"

const password = "a long walk by the lake"

func openHouse(t *testing.T) *house {
	t.Helper()
	h := &house{T: t, data: t.TempDir(), log: &transcript{}}
	h.start()
	t.Cleanup(func() {
		h.stop()
		h.checkLog()
	})
	return h
}

func (h *house) start() {
	h.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	// Unsieved: what the code itself would write is what is looked at.
	log := slog.New(slog.NewJSONHandler(h.log, nil))
	c := config{
		Listen: "127.0.0.1:0", Metrics: "127.0.0.1:0", Data: h.data, NATSURL: h.nats,
		MasterKeyFile: h.key, shared: shared{h.url},
		Now: h.jumped,
	}
	if h.settings != nil {
		h.settings(&c)
	}
	a, err := open(ctx, c, log)
	if err != nil {
		cancel()
		h.Fatal(err)
	}
	h.app, h.base = a, a.base.String()
	ended := make(chan error, 1)
	go func() { ended <- a.run(ctx) }()
	h.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			h.Errorf("run: %v", err)
		}
		if err := a.close(); err != nil {
			h.Errorf("close: %v", err)
		}
	})
}

// later moves the house's clock.
func (h *house) later(d time.Duration) { h.skew.Add(int64(d)) }

func (h *house) checkLog() {
	for line := range strings.Lines(h.log.String()) {
		if strings.Contains(line, marker) || strings.Contains(line, password) {
			h.Errorf("the log holds what nobody may read there: %s", line)
		}
		var request struct{ Route string }
		err := json.Unmarshal([]byte(line), &request)
		if template := strings.TrimPrefix(request.Route, "/api/v1"); err != nil || strings.ContainsAny(template, "0123456789#?") {
			h.Errorf("the log holds an address rather than a template: %s", line)
		}
	}
}

// transcript is a log that several may write.
type transcript struct {
	sync.Mutex
	bytes.Buffer
}

func (t *transcript) Write(p []byte) (int, error) {
	t.Lock()
	defer t.Unlock()
	return t.Buffer.Write(p)
}

func (t *transcript) String() string {
	t.Lock()
	defer t.Unlock()
	return t.Buffer.String()
}

// caller is somebody with a browser: it keeps cookies and says where it comes from.
type caller struct {
	*house
	http.Client
	headers map[string]string
}

func (h *house) stranger() *caller {
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.Fatal(err)
	}
	return &caller{house: h, Client: http.Client{Jar: jar}, headers: map[string]string{"Origin": h.base}}
}

// with is the same somebody sending another header; "" leaves it out.
func (c *caller) with(name, value string) *caller {
	other := &caller{house: c.house, Client: c.Client, headers: map[string]string{}}
	for k, v := range c.headers {
		other.headers[k] = v
	}
	other.headers[name] = value
	return other
}

type answer struct {
	*caller
	what   string
	status int
	header http.Header
	body   []byte
}

// try is a call that may be cut off.
func (c *caller) try(method, path string, body any) (answer, error) {
	c.Helper()
	var raw []byte
	switch b := body.(type) {
	case nil:
	case string:
		raw = []byte(b)
	default:
		var err error
		if raw, err = json.Marshal(b); err != nil {
			c.Fatal(err)
		}
	}
	request, err := http.NewRequestWithContext(c.Context(), method, c.base+path, bytes.NewReader(raw))
	if err != nil {
		c.Fatal(err)
	}
	if raw != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	for k, v := range c.headers {
		request.Header.Set(k, v)
		if v == "" {
			request.Header.Del(k)
		}
	}
	response, err := c.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	got, err := io.ReadAll(response.Body)
	return answer{
		caller: c, what: method + " " + path, status: response.StatusCode, header: response.Header, body: got,
	}, err
}

func (c *caller) call(method, path string, body any) answer {
	c.Helper()
	a, err := c.try(method, path, body)
	if err != nil {
		c.Fatal(err)
	}
	if a.status >= 500 {
		c.Errorf("%s failed: %d %s", a.what, a.status, a.body)
	}
	if strings.HasPrefix(a.header.Get("Content-Type"), "application/json") && bytes.Contains(a.body, []byte(":null")) {
		c.Errorf("%s answered with a null, which no type foresees: %s", a.what, a.body)
	}
	return a
}

func (c *caller) get(path string) answer { c.Helper(); return c.call("GET", "/api/v1"+path, nil) }
func (c *caller) post(path string, body any) answer {
	c.Helper()
	return c.call("POST", "/api/v1"+path, body)
}

func (a answer) want(status int) answer {
	a.Helper()
	if a.status != status {
		a.Fatalf("%s: got %d, want %d: %s", a.what, a.status, status, a.body)
	}
	return a
}

// refused wants a problem of this status and code.
func (a answer) refused(status int, code string) protocol.Problem {
	a.Helper()
	a.want(status)
	if kind := a.header.Get("Content-Type"); kind != "application/problem+json" {
		a.Errorf("%s: a problem came as %q", a.what, kind)
	}
	p := read[protocol.Problem](a)
	if p.Code != code || p.Status != status || p.Title == "" || p.Detail == "" || p.Instance == "" {
		a.Errorf("%s: got the problem %s, want code %s", a.what, a.body, code)
	}
	return p
}

func (a answer) contains(parts ...string) answer {
	a.Helper()
	for _, p := range parts {
		if !bytes.Contains(a.body, []byte(p)) {
			a.Errorf("%s: %q is missing in %s", a.what, p, a.body)
		}
	}
	return a
}

func (a answer) lacks(parts ...string) answer {
	a.Helper()
	for _, p := range parts {
		if bytes.Contains(a.body, []byte(p)) {
			a.Errorf("%s: %q must not be in %s", a.what, p, a.body)
		}
	}
	return a
}

func read[T any](a answer) T {
	a.Helper()
	var v T
	if err := json.Unmarshal(a.body, &v); err != nil {
		a.Fatalf("%s: %v: %s", a.what, err, a.body)
	}
	return v
}

func setup() map[string]any {
	return map[string]any{
		"name": "Dr. Vega " + marker, "email": "vega@example.org", "password": password,
		"practice": "Lakeside " + marker, "secrets": "no_secrets",
	}
}

// counselor sets the house up and is signed in.
func (h *house) counselor() *caller {
	h.Helper()
	c := h.stranger()
	c.post("/setup", setup()).want(201)
	return c
}

func aCouple() map[string]any {
	return map[string]any{
		"label": "The Lakes " + marker,
		"one":   map[string]any{"name": "Ana " + marker, "pronouns": "she " + marker},
		"two":   map[string]any{"name": "Ben " + marker},
	}
}

func (c *caller) couple() protocol.Couple {
	c.Helper()
	return read[protocol.Couple](c.post("/couples", aCouple()).want(201))
}

func (c *caller) seenApart(couple string) {
	c.Helper()
	c.post("/couples/"+couple+"/suitability", map[string]any{"statement": "seen_apart"}).want(201)
}

// session is one that links may be made for.
func (c *caller) session() protocol.Session {
	c.Helper()
	couple := c.couple()
	c.seenApart(couple.ID)
	return read[protocol.Session](c.post("/couples/"+couple.ID+"/sessions", map[string]any{"agenda": []string{}}).want(201))
}

func (c *caller) link(session string, seat string) protocol.Link {
	c.Helper()
	return read[protocol.Link](c.post("/sessions/"+session+"/links", map[string]any{"for": seat}).want(201))
}

func tokenOf(l protocol.Link) string {
	_, token, _ := strings.Cut(l.URL, "#")
	return token
}

// partner joins by a link.
func (h *house) partner(l protocol.Link) *caller {
	h.Helper()
	p := h.stranger()
	p.post("/join", map[string]any{"token": tokenOf(l)}).want(200)
	return p
}

// same wants two answers that nobody can tell apart.
func same(t *testing.T, a, b answer) {
	t.Helper()
	if got, other := told(a), told(b); got != other {
		t.Errorf("%s and %s can be told apart:\n%s\n%s", a.what, b.what, got, other)
	}
}

// told is all that an answer tells, but for what differs each time.
func told(a answer) string {
	a.Helper()
	p := read[protocol.Problem](a)
	p.Instance = ""
	header := a.header.Clone()
	for _, name := range []string{"Date", "Content-Length"} {
		header.Del(name)
	}
	return fmt.Sprint(a.status, p, header, len(a.body))
}
