package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mend/internal/session"
)

// scraped is what Prometheus would read of a house, a line a number.
func (h *house) scraped() []string {
	h.Helper()
	answer, err := http.Get(h.app.numbers.told())
	if err != nil {
		h.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		h.Fatalf("metrics: %s, %v", answer.Status, err)
	}
	return slices.DeleteFunc(strings.Split(string(text), "\n"), func(line string) bool {
		return line == "" || strings.HasPrefix(line, "#")
	})
}

// valueOf is one of them; "" where it is not there.
func valueOf(lines []string, name string) string {
	for _, line := range lines {
		if value, found := strings.CutPrefix(line, name+" "); found {
			return value
		}
	}
	return ""
}

func ours(lines []string) (series []string) {
	for _, line := range lines {
		if strings.HasPrefix(line, "mend_") {
			series = append(series, line[:strings.LastIndexByte(line, ' ')])
		}
	}
	return series
}

// An operator sees how a session goes and nothing of what it is about, or whose it is.
func TestMetricsTellHowItGoesAndNotWhoSaysWhat(t *testing.T) {
	h := openHouse(t)
	desk := h.counselor()
	r := h.room(desk, desk.session())
	if err := r.oneBot.Ask(soon(t), session.Advance{Step: "nowhere"}); err == nil {
		t.Fatal("a partner moved the session on")
	}
	lines := h.scraped()
	for name, want := range map[string]string{
		"mend_live_sessions":             "1",
		`mend_sockets{role="counselor"}`: "1",
		`mend_sockets{role="one"}`:       "1",
		`mend_sockets{role="two"}`:       "1",
		"mend_slow_sockets_closed_total": "0",
		"mend_log_refused_total":         "0",
		`mend_http_requests_total{class="2xx",method="POST",route="/api/v1/join"}`: "2",
	} {
		if got := valueOf(lines, name); got != want {
			t.Errorf("%s is %q, want %s", name, got, want)
		}
	}
	records := valueOf(lines, "mend_log_appends_total")
	if records == "0" || valueOf(lines, "mend_log_batch_records_sum") != records || valueOf(lines, "mend_turn_seconds_count") != records {
		t.Errorf("records %s, in batches %s, as turns %s: want the same, and some",
			records, valueOf(lines, "mend_log_batch_records_sum"), valueOf(lines, "mend_turn_seconds_count"))
	}
	if !slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, "mend_commands_refused_total{") }) {
		t.Error("a refused command was not counted")
	}
	id := regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}`)
	for _, line := range lines {
		if strings.Contains(line, marker) || strings.Contains(line, "example.org") || id.MatchString(line) {
			t.Errorf("a number tells of somebody: %s", line)
		}
	}

	r.oneBot.Leave()
	for patience := soon(t); valueOf(h.scraped(), `mend_sockets{role="one"}`) != "0"; {
		if patience.Err() != nil {
			t.Fatal("a socket that left is counted still")
		}
	}
}

// Whatever strangers ask for, there are no more numbers afterwards: what has no end
// of values would fill the memory of whoever keeps them.
func TestNobodyMakesNewMetrics(t *testing.T) {
	h := openHouse(t)
	desk := h.counselor()
	s := desk.session()
	one := desk.sits(session.Counselor, s.ID)
	knock := func(n int) {
		for _, path := range []string{"/%d", "/assets/%d.js", "/desk/%d", "/api/v1/couples/%d", "/api/v1/sessions/%d", "/live/%d", "/api/v1/%d"} {
			for _, method := range []string{"GET", "POST", "DELETE", "PROPFIND", "M%d"} {
				if strings.Contains(method, "%") {
					method = fmt.Sprintf(method, n)
				}
				if _, err := desk.try(method, fmt.Sprintf(path, n), nil); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, c := range []session.Command{session.Skip{Step: fmt.Sprint("step", n)}, session.Advance{Step: fmt.Sprint("step", n)}} {
			if err := one.Ask(soon(t), c); err == nil {
				t.Fatal("a step that is not there was done")
			}
		}
	}
	knock(0)
	before := ours(h.scraped())
	for n := range 20 {
		knock(n + 1)
	}
	if after := ours(h.scraped()); len(after) != len(before) {
		t.Errorf("there were %d series, and are %d: %v", len(before), len(after),
			slices.DeleteFunc(after, func(s string) bool { return slices.Contains(before, s) }))
	}
	if len(before) > 150 {
		t.Errorf("%d series are more than anybody looks at", len(before))
	}
}

// Each number that the dashboard draws is one that Mend tells.
func TestTheDashboardDrawsWhatThereIs(t *testing.T) {
	h := openHouse(t)
	desk := h.counselor()
	s := desk.session()
	b := desk.sits(session.Counselor, s.ID)
	_ = b.Ask(soon(t), session.Skip{Step: "nowhere"})
	told := map[string]bool{}
	for _, line := range h.scraped() {
		told[line[:strings.IndexAny(line, "{ ")]] = true
	}
	raw, err := os.ReadFile("deploy/grafana.json")
	if err != nil {
		t.Fatal(err)
	}
	var board struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(raw, &board); err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile(`\b(mend|go|process)_[a-z_]+`)
	drawn := map[string]bool{}
	for _, p := range board.Panels {
		if len(p.Targets) == 0 {
			t.Errorf("%s draws nothing", p.Title)
		}
		for _, target := range p.Targets {
			for _, n := range name.FindAllString(target.Expr, -1) {
				drawn[n] = true
				if !told[n] {
					t.Errorf("%s draws %s, which nobody tells", p.Title, n)
				}
			}
		}
	}
	family := func(name string) string {
		return strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "_bucket"), "_sum"), "_count")
	}
	for n := range drawn {
		drawn[family(n)] = true
	}
	for n := range told {
		if strings.HasPrefix(n, "mend_") && !drawn[family(n)] {
			t.Errorf("%s is told and drawn nowhere", n)
		}
	}
}

// The numbers have an address of their own; where people come, there are none.
func TestMetricsAreNotWherePeopleCome(t *testing.T) {
	h := openHouse(t)
	h.stranger().call("GET", "/metrics", nil).want(404)
	open := func(address string) (*numbers, error) {
		n, err := config{Metrics: address}.numbers(context.Background(), nil)
		if n != nil {
			t.Cleanup(func() { _ = n.close() })
		}
		return n, err
	}
	if n, err := open("off"); n != nil || err != nil {
		t.Errorf("off: %v, %v", n, err)
	}
	taken := h.app.numbers.listen.Addr().String()
	if _, err := open(taken); err == nil {
		t.Error("an address that is taken was not refused, though it was asked for")
	}
	if there, err := net.Listen("tcp", usualNumbers); err == nil {
		defer there.Close()
	}
	n, err := open(usualNumbers)
	if err != nil || n.listen != nil || !strings.HasPrefix(n.told(), "none: ") {
		t.Errorf("the usual address taken: %v, %v", n, err)
	}
}
