package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"mend/internal/protocol"
)

func TestAnotherSiteChangesNothing(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	for name, from := range map[string]map[string]string{
		"another origin":       {"Origin": "https://evil.example"},
		"another port":         {"Origin": "http://127.0.0.1:1"},
		"our name over https":  {"Origin": "https" + strings.TrimPrefix(h.base, "http")},
		"a sandboxed page":     {"Origin": "null"},
		"nowhere":              {"Origin": ""},
		"the browser says so":  {"Sec-Fetch-Site": "cross-site"},
		"a neighbour":          {"Sec-Fetch-Site": "same-site"},
		"an address typed in":  {"Sec-Fetch-Site": "none"},
		"ours, yet elsewhere":  {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
		"a form without words": {"Origin": "", "Sec-Fetch-Site": "cross-site", "Content-Type": "text/plain"},
	} {
		other := c
		for k, v := range from {
			other = other.with(k, v)
		}
		for _, a := range []answer{
			other.post("/couples", aCouple()),
			other.post("/sign-out", nil),
			other.post("/join", map[string]any{"code": "AAAAAA"}),
			other.call("PATCH", "/api/v1/practice", map[string]any{"help": "x"}),
			other.call("DELETE", "/api/v1/seat", nil),
		} {
			if a.status != http.StatusForbidden {
				t.Errorf("from %s: %s got %d %s", name, a.what, a.status, a.body)
			}
		}
	}
	c.get("/couples").want(200).contains(`"items":[]`)
	c.with("Origin", "").with("Sec-Fetch-Site", "same-origin").post("/couples", aCouple()).want(201)
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	for _, path := range []string{
		"/", "/join", "/help", "/left", "/desk", "/desk/couples/1", "/docs", "/docs.css", "/openapi.json", "/asyncapi.json",
		"/api/v1/me", "/api/v1/nothing", "/nothing/" + marker, "/healthz", "/readyz",
	} {
		a, err := c.try("GET", path, nil) // 503 where the pages were not built
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "X-Robots-Tag": "noindex",
			"Permissions-Policy": "camera=(), microphone=(), geolocation=()",
		} {
			if got := a.header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		policy := a.header.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'", "base-uri 'none'", "require-trusted-types-for 'script'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s: the policy lacks %s: %s", path, part, policy)
			}
		}
		for _, part := range []string{"unsafe", "*", "http:", "https:"} {
			if strings.Contains(policy, part) {
				t.Errorf("%s: the policy has %s: %s", path, part, policy)
			}
		}
		switch cache := a.header.Get("Cache-Control"); path {
		case "/docs", "/docs.css", "/openapi.json", "/asyncapi.json":
			if cache != "no-cache" || a.header.Get("ETag") == "" {
				t.Errorf("%s: cached as %q", path, cache)
			}
		default:
			if cache != "no-store" {
				t.Errorf("%s: cached as %q", path, cache)
			}
		}
		if server := a.header.Get("Server"); server != "" {
			t.Errorf("%s: the server tells what it is: %s", path, server)
		}
		a.lacks("http://www", "https://", "<script>", "style=", marker+"/")
	}
}

// Every call, given whatever is wrong with its body, says which field and never
// fails itself, and never repeats what it was given.
func TestEveryBadInputIsNamed(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	s := c.session()
	me := read[protocol.Me](c.get("/me").want(200))
	for _, call := range documentedCalls(c) {
		path := strings.NewReplacer("{counselor}", me.ID, "{couple}", s.Couple, "{session}", s.ID, "{link}", s.ID, "{exercise}", "opening", "{page}", "apology").Replace(call.path)
		bad := map[string]string{
			"no JSON":      `{"x` + marker,
			"a list":       `["` + marker + `"]`,
			"a text":       `"` + marker + `"`,
			"nothing":      ``,
			"a NUL":        `{"label":"a\u0000` + marker + `"}`,
			"not UTF-8":    "{\"label\":\"\xff" + marker + "\"}",
			"unknown":      `{"` + marker + `":1}`,
			"deeply":       strings.Repeat("[", 20_000),
			"no fields":    `{}`,
			"huge numbers": `{"version":1e999}`,
		}
		for name := range call.properties {
			for kind, value := range map[string]string{"number": "7e40", "object": `{"` + marker + `":1}`, "list": `[["` + marker + `"]]`, "null": "null"} {
				bad[name+" as "+kind] = fmt.Sprintf(`{%q:%s}`, name, value)
			}
		}
		for name, body := range bad {
			link := slices.Contains([]string{"/join", "/between/visit", "/shares/open", "/releases/open"}, call.path)
			if link && (name == "no fields" || name == "unknown") {
				continue // a link that is none: one answer for all of those
			}
			a := c.call(call.method, "/api/v1"+path, body)
			optional := len(call.required) == 0 && (name == "no fields" || strings.HasSuffix(name, " as null"))
			if a.status < 400 && optional {
				continue
			}
			if a.status < 400 || a.status >= 500 {
				t.Errorf("%s with %s: %d %s", a.what, name, a.status, a.body)
				continue
			}
			a.lacks(marker)
			if p := read[protocol.Problem](a); p.Field == "" && !link {
				t.Errorf("%s with %s does not say where: %s", a.what, name, a.body)
			}
		}
	}
	c.with("Content-Type", "text/plain").post("/couples", aCouple()).refused(415, "not_json")
	c.with("Content-Type", "application/x-www-form-urlencoded").post("/couples", "label=x").refused(415, "not_json")
}

// A few kilobytes that unpack into very many would cost the house its memory, before
// anybody was asked who they are.
func TestWhatIsPackedIsNotUnpacked(t *testing.T) {
	h := openHouse(t)
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	bomb := []byte(`{"email":"` + strings.Repeat("a", 64<<20) + `"}`)
	if _, err := w.Write(bomb); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, how := range []string{"gzip", "deflate", "br", "gzip, gzip"} {
		a := h.stranger().raw("POST", "/api/v1/sign-in", packed.Bytes(), map[string]string{"Content-Encoding": how})
		if p := a.refused(415, "packed"); p.Mend == "" {
			t.Error("nobody is told how to mend it")
		}
	}
	form := "--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\n" + marker + "\r\n--x--\r\n"
	h.stranger().raw("POST", "/api/v1/sign-in", []byte(form), map[string]string{"Content-Type": "multipart/form-data; boundary=x"}).refused(415, "not_json")
}

// What is checked is what is used: a text too long does not come in behind a short
// one of the same name.
func TestANameGivenTwiceIsReadAsItWasChecked(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	couple := c.couple()
	long := strings.Repeat("she ", 30)
	c.call("PATCH", "/api/v1/couples/"+couple.ID,
		`{"one":{"name":"Ana","pronouns":"`+long+`"},"one":{"name":"Ana"}}`).want(200).lacks(long)
	c.get("/couples/" + couple.ID).want(200).lacks(long).contains(`"name":"Ana"`)
	c.call("PATCH", "/api/v1/couples/"+couple.ID,
		`{"one":{"name":"Ana"},"one":{"name":"Ana","pronouns":"`+long+`"}}`).refused(422, "invalid")
}

type documented struct {
	method, path string
	properties   map[string]json.RawMessage
	required     []string
}

// documentedCalls are those that take a body, from the published document.
func documentedCalls(c *caller) []documented {
	c.Helper()
	type schema struct {
		Ref        string                     `json:"$ref"`
		Properties map[string]json.RawMessage `json:"properties"`
		Required   []string                   `json:"required"`
	}
	document := read[struct {
		Paths map[string]map[string]struct {
			RequestBody *struct {
				Content map[string]struct{ Schema schema }
			} `json:"requestBody"`
		}
		Components struct{ Schemas map[string]schema }
	}](c.call("GET", "/openapi.json", nil).want(200))
	var all []documented
	for _, path := range slices.Sorted(maps.Keys(document.Paths)) {
		for method, operation := range document.Paths[path] {
			if operation.RequestBody == nil {
				continue
			}
			ref := operation.RequestBody.Content["application/json"].Schema.Ref
			s, found := document.Components.Schemas[strings.TrimPrefix(ref, "#/components/schemas/")]
			if !found {
				c.Fatalf("%s %s takes a body that is not described", method, path)
			}
			all = append(all, documented{strings.ToUpper(method), path, s.Properties, s.Required})
		}
	}
	if len(all) < 10 {
		c.Fatalf("only %d calls take a body", len(all))
	}
	return all
}

func TestTooMuchIsRefused(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	big := aCouple()
	big["label"] = strings.Repeat("x", 300<<10)
	if a, err := c.try("POST", "/api/v1/couples", big); err == nil { // else it was cut off while sending
		a.refused(413, "too_large")
	}
	c.get("/couples").want(200).contains(`"items":[]`)
	long := aCouple()
	long["label"] = strings.Repeat("x", 81)
	if p := c.post("/couples", long).refused(422, "invalid"); p.Field != "label" || p.Mend == "" {
		t.Errorf("which field, and how is it mended? %+v", p)
	}
	blank := aCouple()
	blank["one"] = map[string]any{"name": "   "}
	if p := c.post("/couples", blank).refused(422, "blank"); p.Field != "one.name" {
		t.Errorf("which field? %+v", p)
	}
	c.call("GET", "/api/v1/nothing", nil).refused(404, "not_found")
	c.call("DELETE", "/api/v1/me", nil).refused(405, "method_not_allowed")
}

// A house that is closed and opened again on the same folder knows everybody still.
func TestAHouseOpensAgainAsItWas(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	s := c.session()
	p := h.partner(c.link(s.ID, "one"))
	h.stop()
	h.start()
	for _, who := range []*caller{c, p} {
		who.headers["Origin"] = h.base
	}
	c.get("/sessions/"+s.ID).want(200).contains("Ana "+marker, `"state":"open"`)
	p.get("/seat").want(200).contains(s.ID)
	if h.app.setupCode != "" || h.app.keyMade != "" {
		t.Error("the house thinks that it is new")
	}
}
