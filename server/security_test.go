package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// proofs are the tests that the tree has: those in Go by name, those in a browser as the
// text of their files.
type proofs struct {
	named   map[string]bool
	browser string
}

func (p proofs) has(name string) bool {
	title, ok := strings.CutPrefix(name, "browser: ")
	if !ok {
		return p.named[name]
	}
	return regexp.MustCompile("\\b(?:test|story)\\(\\s*['\"`]" + regexp.QuoteMeta(title)).MatchString(p.browser)
}

func proofsOf(t *testing.T) proofs {
	t.Helper()
	p := proofs{named: map[string]bool{}}
	function := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Benchmark)\w*)\(\w+ \*testing\.\w\)`)
	for _, root := range []string{".", "../internal", "../frontend/e2e"} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			inGo := strings.HasSuffix(path, "_test.go")
			if !inGo && !strings.HasSuffix(path, ".test.mjs") {
				return nil
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			if !inGo {
				p.browser += string(text)
				return nil
			}
			for _, found := range function.FindAllSubmatch(text, -1) {
				p.named[string(found[1])] = true
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(p.named) < 300 || p.browser == "" {
		t.Fatalf("only %d tests were found", len(p.named))
	}
	return p
}

// What the page on security says is proved has its proof in the tree, for every threat
// and every promise, or stands under what is open.
func TestThePageOnSecurityNamesTestsThatAreThere(t *testing.T) {
	text, err := os.ReadFile("SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	tables, open, found := strings.Cut(string(text), "\n## Open\n")
	if !found {
		t.Fatal("there is no part Open")
	}
	all := proofsOf(t)
	rows := map[string]string{}
	row := regexp.MustCompile(`(?m)^\| ([TP]\d+) \|.*\| (.*) \|$`)
	for _, r := range row.FindAllStringSubmatch(tables, -1) {
		if _, twice := rows[r[1]]; twice {
			t.Errorf("%s is there twice", r[1])
		}
		rows[r[1]] = r[2]
	}
	quoted := regexp.MustCompile("`([^`]+)`")
	for kind, last := range map[string]int{"T": 12, "P": 30} {
		for n := 1; n <= last; n++ {
			number := fmt.Sprint(kind, n)
			proof, ok := rows[number]
			if !ok {
				t.Errorf("%s is missing", number)
				continue
			}
			delete(rows, number)
			names := quoted.FindAllStringSubmatch(proof, -1)
			if len(names) == 0 && !strings.Contains(open, "**"+number+"**") {
				t.Errorf("%s has no test and is not under Open", number)
			}
			for _, name := range names {
				if !all.has(name[1]) {
					t.Errorf("%s is said to be proved by %s, which is not in the tree", number, name[1])
				}
			}
		}
	}
	for number := range rows {
		t.Errorf("%s is no number that is known", number)
	}
	for _, name := range quoted.FindAllStringSubmatch(open, -1) {
		if regexp.MustCompile(`^(Test|Fuzz|Benchmark)`).MatchString(name[1]) && !all.has(name[1]) {
			t.Errorf("%s is named under Open and is not in the tree", name[1])
		}
	}
}
