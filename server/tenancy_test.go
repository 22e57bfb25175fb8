package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mend/internal/protocol"
)

// right is one call and who may make it. Whoever may is answered, or refused with the
// code that is told here; whoever may not is told that there is nothing, or that they
// are not signed in, and nothing has changed.
type right struct {
	// call is the method and the path as published. {link=other} puts the id called
	// other where the document says {link}; a query may follow.
	call  string
	body  string // that would do
	may   who
	code  string // of a refusal that has its own reason
	match string // the ETag that it is made from
	tells who    // whose words it tells to whoever may, beside what is theirs to read
	says  string // what stands in every answer to whoever may
}

var braced = regexp.MustCompile(`\{([a-z_]+)(?:=([a-z_]+))?\}`)

// published is the call as the document has it.
func (r right) published() string {
	path, _, _ := strings.Cut(r.call, "?")
	return braced.ReplaceAllString(path, "{$1}")
}

// asked are the method and the path with ids in it.
func (r right) asked(places map[string]string) (method, path string) {
	method, path, _ = strings.Cut(r.call, " ")
	return method, "/api/v1" + braced.ReplaceAllStringFunc(path, func(in string) string {
		name := braced.FindStringSubmatch(in)
		if name[2] != "" {
			return places[name[2]]
		}
		return places[name[1]]
	})
}

func (r right) sent(places map[string]string) string {
	return braced.ReplaceAllStringFunc(r.body, func(in string) string {
		text, known := places[in[1:len(in)-1]]
		if !known {
			return in
		}
		quoted, _ := json.Marshal(text)
		return string(quoted[1 : len(quoted)-1])
	})
}

// ask makes the call.
func (v *tenant) ask(r right, places map[string]string) answer {
	v.Helper()
	method, path := r.asked(places)
	var body any
	if r.body != "" {
		mine := maps.Clone(places)
		mine["eve"], mine["unsaved"] = v.home["eve"], v.home["unsaved"]
		body = r.sent(mine)
	}
	c := v.caller
	if r.match != "" {
		c = c.with("If-Match", r.match)
	}
	return c.call(method, path, body)
}

// hears finds words that were not for this visitor, and keeps those that were.
func (v *tenant) hears(a answer, heard map[string]bool, besides ...string) {
	v.Helper()
	for _, found := range anyWords.FindAllStringSubmatch(fmt.Sprint(a.header)+v.plain(a), -1) {
		if !slices.Contains(v.reads, found[1]) && !slices.Contains(besides, found[1]) && found[1] != "help" {
			v.Errorf("%s, asked by %s, tells what is not for them: %s", a.what, v.name, found[0])
		}
		heard[found[1]] = true
	}
}

// plain is what an answer says, taken out of the archive where it is one.
func (v *tenant) plain(a answer) string {
	v.Helper()
	if a.header.Get("Content-Type") != "application/zip" {
		return string(a.body)
	}
	packed, err := zip.NewReader(bytes.NewReader(a.body), int64(len(a.body)))
	if err != nil {
		v.Fatalf("%s: %v", a.what, err)
	}
	var all strings.Builder
	for _, file := range packed.File {
		opened, err := file.Open()
		if err != nil {
			v.Fatal(err)
		}
		if _, err := io.Copy(&all, opened); err != nil { //nolint:gosec // the house packed it
			v.Fatal(err)
		}
		_ = opened.Close()
	}
	return all.String()
}

// isRefused wants what everybody is told to whom a thing does not belong.
func (v *tenant) isRefused(a answer, r right, atDesk bool) {
	v.Helper()
	status, codes := http.StatusUnauthorized, []string{"signed_out", "no_seat"}
	if v.counselor && atDesk {
		status, codes = http.StatusNotFound, []string{"not_found"}
	}
	var p protocol.Problem
	if err := json.Unmarshal(a.body, &p); err != nil || a.status != status || !slices.Contains(codes, p.Code) {
		v.Errorf("%s as %s: got %d %s, want %d %v; where they may, write them into the row of %q",
			a.what, v.name, a.status, a.body, status, codes, r.call)
	}
}

// Every call that the house publishes is tried by everybody. Whose it is not is refused,
// learns nothing and changes nothing; whose it is gets through.
func TestEveryCallIsForThoseAlone(t *testing.T) {
	house := openTenants(t)
	nobody := house.visitor(nobody)
	document := read[published](nobody.call("GET", "/openapi.json", nil).want(200))
	known := map[string]bool{}
	for _, r := range rights {
		known[r.published()] = true
	}
	guarded := map[string]bool{} // open to counselors alone, by the document
	for path, methods := range document.Paths {
		for method, operation := range methods {
			call := strings.ToUpper(method) + " " + path
			guarded[call] = operation.Security != nil
			if !known[call] {
				t.Errorf("%s is published and nobody says who may make it: write a row for it into rights, in tenancy_rights_test.go", call)
			}
			delete(known, call)
			for _, r := range rights {
				if open := slices.Contains(r.may, nobody.name); r.published() == call && open && guarded[call] {
					t.Errorf("%s: the row lets nobody in particular make it, the document does not", r.call)
				}
			}
		}
	}
	for _, call := range slices.Sorted(maps.Keys(known)) {
		t.Errorf("%s has a row in rights and is not published: take the row out, or publish the call", call)
	}
	if t.Failed() {
		return
	}

	heard := map[string]map[string]bool{}
	for _, v := range house.visitors {
		heard[v.name] = map[string]bool{}
	}
	tried := 0
	house.settles()
	house.changed()
	for _, r := range rights {
		for _, v := range house.visitors {
			if slices.Contains(r.may, v.name) {
				continue
			}
			for _, places := range v.ways(r, house.places) {
				a := v.ask(r, places)
				v.isRefused(a, r, guarded[r.published()])
				v.hears(a, heard[v.name])
				tried++
				if tables := house.changed(); tables != nil {
					t.Errorf("%s was refused to %s and changed %v all the same", a.what, v.name, tables)
				}
			}
		}
	}

	taken := 0
	for _, r := range rights {
		for _, v := range house.visitors {
			if !slices.Contains(r.may, v.name) {
				continue
			}
			a := v.ask(r, house.places)
			v.hears(a, heard[v.name], r.tells...)
			a.contains(r.says)
			switch {
			case a.status < 300:
				taken++
			case r.code == "" || read[protocol.Problem](a).Code != r.code:
				t.Errorf("%s as %s, who may: got %d %s; mend the row's body, or tell the code that refuses it", a.what, v.name, a.status, a.body)
			}
		}
	}
	for _, v := range house.visitors {
		for _, whose := range v.reads {
			if !heard[v.name][whose] {
				t.Errorf("%s never read the words of %s: whether others do was not tried", v.name, whose)
			}
		}
	}
	t.Logf("%d calls were refused, %d answered", tried, taken)
}

// ways to try a call: with the ids of what is another's; where two things are named,
// with the first one's own, too, and the other's behind it.
func (v *tenant) ways(r right, places map[string]string) []map[string]string {
	all := []map[string]string{places}
	named := braced.FindAllStringSubmatch(r.call, -1)
	if len(named) < 2 {
		return all
	}
	if mine, has := v.home[named[0][1]]; has && named[1][1] != "counselor" {
		mixed := maps.Clone(places)
		mixed[named[0][1]] = mine
		if named[0][2] != "" {
			mixed[named[0][2]] = mine
		}
		all = append(all, mixed)
	}
	return all
}
