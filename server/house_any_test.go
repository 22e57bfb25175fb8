package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"mend/internal/promise"
	"mend/internal/protocol"
)

// outline is as much of a JSON schema as is needed to make up what fits it.
type outline struct {
	Ref                  string             `json:"$ref"`
	Type                 any                `json:"type"`
	Properties           map[string]outline `json:"properties"`
	AdditionalProperties json.RawMessage    `json:"additionalProperties"`
	Items                *outline           `json:"items"`
	Enum                 []any              `json:"enum"`
	Format               string             `json:"format"`
	MinLength            int                `json:"minLength"`
}

// published is the document that tells of every call there is.
type published struct {
	Paths map[string]map[string]struct {
		OperationID string                `json:"operationId"`
		Security    []map[string][]string `json:"security"`
		Parameters  []struct{ In, Name string }
		RequestBody *struct {
			Content map[string]struct{ Schema outline }
		} `json:"requestBody"`
	}
	Components struct{ Schemas map[string]outline }
}

// mutant makes requests up that are nearly right.
type mutant struct {
	*rand.Rand
	schemas map[string]outline
}

func (m mutant) of(s outline) outline {
	if s.Ref != "" {
		return m.schemas[s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]]
	}
	return s
}

// right is a value that fits.
func (m mutant) right(s outline) any {
	s = m.of(s)
	kind, _ := s.Type.(string)
	if both, ok := s.Type.([]any); ok {
		kind, _ = both[0].(string)
	}
	switch {
	case len(s.Enum) > 0:
		return s.Enum[m.IntN(len(s.Enum))]
	case s.Format == "date-time":
		return "2026-12-01T17:00:00Z"
	case s.Format == "email":
		return "vega@example.org"
	case kind == "object" && s.Properties == nil:
		return map[string]any{"text": marker, "plan": marker}
	case kind == "object":
		all := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
			switch name {
			case "$schema":
			case "source":
				all[name] = strings.Replace(own, "evening-talk", m.one("evening-talk", "own-it", "new", "talk-"+marker[len(marker)-2:]), 1)
			default:
				all[name] = m.right(s.Properties[name])
			}
		}
		return all
	case kind == "array":
		return []any{"floor-and-echo"}
	case kind == "integer" || kind == "number":
		return m.IntN(3)
	case kind == "boolean":
		return true
	}
	return marker + strings.Repeat("x", s.MinLength)
}

// wrong is what no field expects, or hardly any.
func (m mutant) wrong() any {
	all := []any{
		nil, true, -1, 7e40, 1e300, 9007199254740993, 0.5, "", " ", marker, strings.Repeat("ж", 300), strings.Repeat(marker, 2500),
		marker + "\x00", "\u202e" + marker, "\ud7ff\uffff", "'; DROP TABLE couples; --" + marker, "../../" + marker, "<script>" + marker,
		[]any{},
		[]any{marker},
		[]any{nil},
		map[string]any{},
		map[string]any{marker: marker},
		[]any{[]any{[]any{marker}}},
		"0000-00-00T00:00:00Z", "9999-12-31T23:59:59Z", "-0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "2300-01-01T00:00:00+14:00", "2026-02-30T00:00:00Z",
		"one", "progress", "free", "opening", "null",
	}
	return all[m.IntN(len(all))]
}

// bend changes something somewhere in a value.
func (m mutant) bend(value any) any {
	switch v := value.(type) {
	case map[string]any:
		name := ""
		if names := slices.Sorted(maps.Keys(v)); len(names) > 0 {
			name = names[m.IntN(len(names))]
		}
		switch m.IntN(5) {
		case 0:
			delete(v, name)
		case 1:
			v[marker] = m.wrong()
		case 2:
			return m.wrong()
		default:
			v[name] = m.bend(v[name])
		}
		return v
	case []any:
		if len(v) > 0 && m.IntN(2) == 0 {
			v[0] = m.bend(v[0])
			return v
		}
		return slices.Repeat([]any{m.wrong()}, m.IntN(60))
	}
	return m.wrong()
}

// body makes up what is sent. What is too large is cut off while it is sent: another test's
// matter.
func (m mutant) body(s outline) []byte {
	raw := m.made(s)
	return raw[:min(len(raw), 200<<10)]
}

// made is mostly JSON that nearly fits, at times no JSON at all.
func (m mutant) made(s outline) []byte {
	value := m.right(s)
	for range m.IntN(4) {
		value = m.bend(value)
	}
	raw, err := json.Marshal(value)
	if err != nil {
		return []byte(marker)
	}
	switch m.IntN(14) {
	case 0:
		return raw[:m.IntN(len(raw)+1)]
	case 1:
		return append(raw, `{"`+marker+`":1}`...)
	case 2:
		return bytes.ReplaceAll(raw, []byte(marker), []byte(marker+"\xff\xfe"))
	case 3:
		return bytes.ReplaceAll(raw, []byte(marker), []byte(marker+`\ud800`))
	case 4:
		return bytes.ReplaceAll(raw, []byte(marker), []byte(marker+`\u0000`))
	case 5:
		return append([]byte("\xef\xbb\xbf"), raw...)
	case 6:
		return []byte(strings.Repeat(`{"a":`, 12_000) + marker)
	case 7:
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		_, _ = w.Write(raw)
		_ = w.Close()
		return packed.Bytes()
	}
	return raw
}

func (m mutant) one(of ...string) string { return of[m.IntN(len(of))] }

// Whatever is sent to whichever call by whomever, the house does not fail, does not
// say again what it was told, and refuses in one form.
func TestNoRequestMakesTheHouseFailOrEcho(t *testing.T) {
	sent := 0
	for dice := uint64(7); sent == 0 || sent < promise.Times(0, 100_000); dice++ { // the same requests each time
		t.Run(fmt.Sprint("dice ", dice), func(t *testing.T) { sent += anyRequests(t, dice) })
		if t.Failed() {
			return
		}
	}
	t.Logf("%d requests in all", sent)
}

// anyRequests makes some thousands up, of one throw of the dice, for a house of their own.
func anyRequests(t *testing.T, dice uint64) (sent int) {
	h := openHouse(t)
	c := h.counselor()
	s := c.session()
	document := read[published](c.call("GET", "/openapi.json", nil).want(200))
	m := mutant{rand.New(rand.NewPCG(dice, 1)), document.Components.Schemas}

	people := map[string]*caller{"nobody": h.stranger(), "counselor": c, "seat": h.partner(c.link(c.session().ID, "one"))}
	ends := map[string]bool{"sign-out": true, "leave": true, "leave-between": true, "delete-couple": true} // what the other calls need
	const rounds = 24
	taken := map[string]int{}
	for range rounds {
		h.later(20 * time.Minute) // so that the limits on guessing do not hide what is behind them
		for _, path := range slices.Sorted(maps.Keys(document.Paths)) {
			for _, method := range slices.Sorted(maps.Keys(document.Paths[path])) {
				operation := document.Paths[path][method]
				for _, name := range slices.Sorted(maps.Keys(people)) {
					who := people[name]
					if ends[operation.OperationID] && name != "nobody" {
						continue
					}
					place := strings.NewReplacer("{couple}", s.Couple, "{session}", s.ID, "{link}", s.ID, "{exercise}", "opening", "{page}", "apology").Replace(path)
					if m.IntN(4) == 0 {
						bad := m.one("%00", "%ff", "..%2f..", strings.Repeat("a", 3000), marker, "%F0%9F%92%94", "0", s.ID+"%20")
						place = strings.NewReplacer("{couple}", bad, "{session}", bad, "{link}", bad, "{exercise}", bad, "{page}", bad).Replace(path)
					} else if m.IntN(2) == 0 {
						place = strings.Replace(place, "/opening", "/evening-talk", 1)
					}
					var query []string
					headers := map[string]string{}
					for _, p := range operation.Parameters {
						value := m.one("progress", "process", "soap", "free", "1", "0", "-1", "99999999999999999999", marker, "%00", "%ff", strings.Repeat("A", 500))
						switch p.In {
						case "query":
							query = append(query, p.Name+"="+value)
						case "header":
							if m.IntN(2) == 0 {
								headers[p.Name] = value
							}
						}
					}
					if len(query) > 0 && m.IntN(5) > 0 {
						place += "?" + strings.Join(query, "&")
					}
					var raw []byte
					if operation.RequestBody != nil {
						raw = m.body(operation.RequestBody.Content["application/json"].Schema)
						headers["Content-Type"] = m.one("application/json", "application/json", "application/json", "application/json; charset=utf-8",
							"application/problem+json", "text/plain", "multipart/form-data; boundary="+marker, marker)
						if m.IntN(8) == 0 {
							headers["Content-Encoding"] = m.one("gzip", "br", "deflate", "identity", marker)
						}
					}
					a := who.raw(strings.ToUpper(method), "/api/v1"+place, raw, headers)
					sent++
					h.checkAnswer(fmt.Sprintf("%s as %s with %.300q %v", operation.OperationID, name, raw, headers), a)
					if a.status < 300 {
						taken[name]++
					}
					if operation.Security != nil && name != "counselor" && a.status != 401 && a.status != 404 && headers["Content-Encoding"] == "" {
						t.Errorf("%s as %s: got %d %s", operation.OperationID, name, a.status, a.body)
					}
				}
			}
		}
	}
	if sent < 1000 || taken["counselor"] < 100 || taken["seat"] == 0 {
		t.Errorf("of %d requests too few were right for the wrong ones to mean much: %v", sent, taken)
	}
	t.Logf("%d requests, taken %v", sent, taken)

	// After all this everybody is where they were.
	c.get("/couples/" + s.Couple).want(200)
	people["seat"].get("/seat").want(200)
	if log := h.log.String(); strings.Contains(log, "panicked") {
		t.Errorf("something panicked: %.2000s", log[strings.Index(log, "panicked"):])
	}
	return sent
}

// raw sends bytes as they are, without what tests usually say along.
func (c *caller) raw(method, path string, body []byte, headers map[string]string) answer {
	c.Helper()
	who := c
	for name, value := range headers {
		who = who.with(name, value)
	}
	var given any
	if body != nil {
		given = string(body)
	}
	a, err := who.try(method, path, given)
	if err != nil {
		c.Fatalf("%s %s: %v", method, path, err)
	}
	return a
}

func (h *house) checkAnswer(what string, a answer) {
	h.Helper()
	if a.status < 400 {
		return
	}
	if a.status >= 500 {
		h.Errorf("%s: failed with %d %s", what, a.status, a.body)
	}
	if kind := a.header.Get("Content-Type"); kind != "application/problem+json" {
		h.Errorf("%s: refused with %d as %q: %s", what, a.status, kind, a.body)
		return
	}
	var p protocol.Problem
	if err := json.Unmarshal(a.body, &p); err != nil || p.Code == "" || p.Status != a.status || p.Title == "" || p.Detail == "" || p.Instance == "" {
		h.Errorf("%s: the problem is not whole: %s", what, a.body)
	}
	if bytes.Contains(a.body, []byte(marker)) || strings.Contains(fmt.Sprint(a.header), marker) {
		h.Errorf("%s: what was sent came back: %s", what, a.body)
	}
	if a.status == http.StatusUnprocessableEntity && p.Field == "" {
		h.Errorf("%s: does not say where: %s", what, a.body)
	}
}
