package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"mend/internal/account"
	"mend/internal/catalog"
	"mend/internal/protocol"
	"mend/internal/web"
)

// tableOf gives the rows of the README's table under a heading, first column to the rest.
func tableOf(t *testing.T, head string) map[string][]string {
	t.Helper()
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(string(text), "\n| "+head+" |")
	if !found {
		t.Fatalf("the README has no table of %s", head)
	}
	table, _, _ := strings.Cut(after, "\n\n")
	rows := map[string][]string{}
	for _, line := range strings.Split(table, "\n")[2:] { // the heads, the ruler
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		if rows[cells[0]] != nil {
			t.Errorf("%s is there twice", cells[0])
		}
		rows[cells[0]] = cells[1:]
	}
	return rows
}

// Every part that Mend stands on directly is named in the README with its licence and
// what it is for, and nothing is named that is gone.
func TestEveryPartIsToldOf(t *testing.T) {
	parts := map[string]bool{}
	out, err := exec.Command("go", "mod", "edit", "-json").Output()
	if err != nil {
		t.Fatal(err)
	}
	var module struct {
		Require []struct {
			Path     string
			Indirect bool
		}
	}
	if err := json.Unmarshal(out, &module); err != nil {
		t.Fatal(err)
	}
	for _, r := range module.Require {
		if !r.Indirect {
			parts[r.Path] = true
		}
	}
	raw, err := os.ReadFile("../frontend/package.json")
	if err != nil {
		t.Fatal(err)
	}
	var pages struct{ Dependencies, DevDependencies map[string]string }
	if err := json.Unmarshal(raw, &pages); err != nil {
		t.Fatal(err)
	}
	for _, some := range []map[string]string{pages.Dependencies, pages.DevDependencies} {
		for name := range some {
			parts[name] = true
		}
	}
	if len(parts) < 40 {
		t.Fatalf("only %d parts were found", len(parts))
	}

	free := regexp.MustCompile(`^(MIT|BSD-[23]-Clause|Apache-2\.0|MPL-2\.0|ISC|MIT OR Apache-2\.0)$`)
	rows := tableOf(t, "Part")
	for name, cells := range rows {
		plain := strings.Trim(name, "`")
		if !parts[plain] {
			t.Errorf("%s has a row in the README, and is no part any more", name)
		}
		if len(cells) != 2 || !free.MatchString(cells[0]) || len(cells[1]) < 4 {
			t.Errorf("%s: what licence, and why? %v", name, cells)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		if rows["`"+name+"`"] == nil {
			t.Errorf("%s has no row in the README's table of parts: say its licence and why it is there", name)
		}
	}
}

// The limits that the README tells are those that hold.
func TestTheReadmeTellsTheLimitsThatHold(t *testing.T) {
	door, err := os.ReadFile("../internal/account/door.go")
	if err != nil {
		t.Fatal(err)
	}
	tries := func(of string) string {
		m := regexp.MustCompile(of + `:\s+newThrottle\((\d+), tryWindow\)`).FindSubmatch(door)
		if m == nil {
			t.Fatalf("%s: nothing bounds how often it is tried", of)
		}
		return string(m[1]) + " in 15 min"
	}
	if !strings.Contains(string(door), "tryWindow     = 15 * time.Minute") {
		t.Error("tries are counted over another time")
	}
	kib := func(n int) string { return fmt.Sprintf("%d KiB", n>>10) }
	in := func(d, unit time.Duration, name string) string { return fmt.Sprintf("%d %s", d/unit, name) }
	perAddress := regexp.MustCompile("default:\"(\\d+)\" env:\"MEND_PER_ADDRESS\"")
	settings, err := os.ReadFile("config.go")
	if err != nil {
		t.Fatal(err)
	}
	limits := map[string]string{
		"Body of a request":                        kib(web.MaxBody) + ", not compressed",
		"Headers of a request":                     kib(web.MaxHeaders),
		"A request, until it is read":              in(web.ReadWithin, time.Second, "s"),
		"An answer, until it is taken":             in(web.WriteWithin, time.Second, "s"),
		"A connection at rest":                     in(web.IdleFor, time.Second, "s"),
		"The work of one call":                     in(web.AnswerWithin, time.Second, "s"),
		"Connections in all":                       fmt.Sprint(web.MaxConnections),
		"Connections of one address":               string(perAddress.FindSubmatch(settings)[1]) + ", `--per-address`",
		"A frame of the socket":                    kib(protocol.MaxFrame),
		"One answer":                               fmt.Sprint(protocol.MaxText, " characters"),
		"Frames of one socket":                     fmt.Sprintf("%d a second, %d at once", protocol.CommandsPerSec, protocol.CommandBurst),
		"Sockets of one sign-in in a session":      fmt.Sprint(protocol.SocketsEach),
		"A socket that does not answer pings":      in(protocol.DeadAfter, time.Second, "s"),
		"A socket that does not take what is sent": in(protocol.WriteWithin, time.Second, "s"),
		"Passwords tried for one account":          tries("byAccount"),
		"Passwords tried from one address":         tries("byAddress"),
		"Links tried from one address":             tries("claims"),
		"Spoken codes tried from one address":      tries("codes"),
		"Spoken codes tried in all":                tries("codesInAll"),
		"A counselor who does nothing":             in(account.CounselorIdle, time.Minute, "min"),
		"A counselor's sign-in":                    in(account.CounselorMost, time.Hour, "h"),
		"A spoken code":                            in(account.CodeMost, time.Hour, "h"),
		"A link":                                   in(account.LinkMost, time.Hour, "h"),
		"An exercise's file":                       kib(catalog.MaxFile),
	}
	rows := tableOf(t, "What | Limit")
	for what, limit := range limits {
		if cells := rows[what]; len(cells) == 0 || cells[0] != limit {
			t.Errorf("%s: it is %s, and the README says %v", what, limit, cells)
		}
	}
	for what := range rows {
		if limits[what] == "" {
			t.Errorf("%s: nobody has looked whether the README is right", what)
		}
	}
}
