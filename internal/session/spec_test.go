package session_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// SPEC.md and the tests name the same rules: none is without proof, and no test
// proves a rule that is not written down. Nor is there a refusal that it leaves out.
func TestEveryRuleIsProved(t *testing.T) {
	spec := read(t, "SPEC.md")
	rules := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^- \*\*([A-Z]\d)\*\*`).FindAllStringSubmatch(spec, -1) {
		if rules[m[1]] {
			t.Errorf("%s is written twice", m[1])
		}
		rules[m[1]] = true
	}
	proved := map[string]bool{}
	for _, path := range append(glob(t, "*_test.go"), glob(t, "testdata/*.txt")...) {
		for line := range strings.Lines(read(t, path)) {
			comment := strings.HasPrefix(strings.TrimSpace(line), "//") || strings.HasPrefix(line, "#")
			if !comment && !strings.Contains(line, "func Test") && !strings.Contains(line, "Fatalf(") {
				continue
			}
			for _, id := range regexp.MustCompile(`\b(?:Test)?([A-Z]\d)(?:\b|[A-Z])`).FindAllStringSubmatch(line, -1) {
				proved[id[1]] = true
				if !rules[id[1]] {
					t.Errorf("%s names %s, which SPEC.md does not hold", path, id[1])
				}
			}
		}
	}
	for rule := range rules {
		if !proved[rule] {
			t.Errorf("no test names %s", rule)
		}
	}
	for _, m := range regexp.MustCompile(`fault\.New\([a-zA-Z.]+, "([a-z_]+)"`).FindAllStringSubmatch(read(t, "refusal.go"), -1) {
		if !strings.Contains(spec, "`"+m[1]+"`") {
			t.Errorf("SPEC.md does not list the refusal %s", m[1])
		}
	}
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s: %v", pattern, err)
	}
	return paths
}

func read(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
