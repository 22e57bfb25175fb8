package main

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "mend/"

// may tells, for each package of Mend, which others it may import. Data flows one
// way: web, hub, session, store; only server sees them all and wires them.
var may = map[string][]string{
	"internal/fault":    {},
	"internal/private":  {},
	"internal/exercise": {"internal/fault"},
	"internal/session":  {"internal/exercise", "internal/private", "internal/fault"},
	"internal/homework": {"internal/session", "internal/exercise", "internal/private", "internal/fault"},
	"internal/record":   {"internal/session", "internal/exercise", "internal/private", "internal/fault"},
	"internal/protocol": {"internal/homework", "internal/session", "internal/record", "internal/exercise", "internal/private", "internal/fault"},
	"internal/catalog":  {"content", "internal/exercise", "internal/fault"}, // content: the schema that lies beside the exercises
	"internal/hub":      {"internal/session", "internal/exercise", "internal/protocol", "internal/private", "internal/fault"},
	"internal/recent":   {},
	"internal/seal":     {"internal/recent"},
	"internal/intake":   {"internal/private"},
	// It answers with the wire's own types, and keeps the book that account asks for.
	"internal/store": {
		"internal/homework", "internal/session", "internal/record", "internal/intake", "internal/exercise", "internal/recent", "internal/seal", "internal/account", "internal/protocol",
		"internal/private", "internal/fault",
	},
	"internal/account": {"internal/session", "internal/exercise", "internal/protocol", "internal/private", "internal/fault"},
	"internal/metrics": {},
	// It gets a certificate for a name; it need not know what for.
	"internal/certificate": {},
	"internal/natsbus":     {"internal/hub"},
	// How often tests try.
	"internal/promise": {},
	// Real brokers, for tests alone.
	"internal/natsbus/natstest": {},
	// Real PostgreSQL servers, likewise.
	"internal/store/pgtest": {},
	// The rooms of rehearsals: a log of their own beside a hub of their own, and no store.
	"internal/rehearsal": {"internal/hub", "internal/session", "internal/exercise", "internal/protocol", "internal/private", "internal/fault"},
	// What every log promises, told once as tests, for whoever keeps a log.
	"internal/hub/logtest": {"internal/hub", "internal/session", "internal/exercise", "internal/private"},
	"internal/web": {
		"content", // the schema of an exercise, to be handed out
		"internal/hub", "internal/rehearsal", "internal/store", "internal/record", "internal/intake", "internal/catalog", "internal/account",
		"internal/protocol", "internal/homework", "internal/session", "internal/exercise", "internal/private", "internal/fault",
	},
	"internal/bot": {"internal/protocol", "internal/session", "internal/exercise", "internal/private", "internal/fault"},
	"content":      {},
	"frontend":     {},
}

// wires may see everything: the command itself, and the load test beside it.
var wires = []string{"server"}

// fences are the parts from outside that only one package may touch, so that
// replacing one is work in one room.
var fences = []struct {
	prefix string
	only   string
	why    string
}{
	{"gorm.io/", "internal/store", "a query anywhere else would read or write past the sealed columns"},
	{"github.com/pressly/goose", "internal/store", "the schema has one home"},
	{"github.com/jackc/pgx", "internal/store", "a query anywhere else would read or write past the sealed columns"},
	{"database/sql", "internal/store", "a query anywhere else would read or write past the sealed columns"},
	{"github.com/gofiber/", "internal/web", "its pooled connections and strings must not leave their handler"},
	{"github.com/danielgtaylor/huma", "internal/web", "HTTP is spoken in one place"},
	{"github.com/nats-io/", "internal/natsbus", "a broker is a choice of the operator, not of the room"},
	{"github.com/prometheus/", "internal/metrics", "whoever counts hands over counts, and has no place to put a word"},
	{"github.com/caddyserver/certmagic", "internal/certificate", "how a certificate is come by is decided in one place"},
	{"go.uber.org/zap", "internal/certificate", "Mend writes one log, in one way; this is only how certmagic is heard"},
	{"github.com/tink-crypto/", "internal/seal", "keys are handled in one place"},
	{"github.com/go-webauthn/", "internal/account", "who someone is, is decided in one place"},
	{"github.com/pquerna/otp", "internal/account", "who someone is, is decided in one place"},
	{"github.com/alexedwards/argon2id", "internal/account", "who someone is, is decided in one place"},
}

// pure packages take values and give values back.
var pure = []string{"internal/session", "internal/homework", "internal/exercise", "internal/record", "internal/intake"}

var impure = []string{
	"context", "crypto/rand", "database/sql", "io/fs", "log", "log/slog", "math/rand", "math/rand/v2",
	"net", "net/http", "os", "path/filepath", "runtime", "sync", "sync/atomic", "syscall",
}

// clocks are what of package time tells, or waits for, the present moment.
var clocks = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer"}

type listed struct {
	ImportPath string
	Dir        string
	Standard   bool
	Imports    []string
	GoFiles    []string
}

// packages asks the go command for every package of Mend and all that they need.
func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Dir,Standard,Imports,GoFiles", "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		t.Fatalf("go list: %v\n%s", err, exit.Stderr)
	} else if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		all = append(all, p)
	}
	return all
}

func within(path, prefix string) bool {
	return path == strings.TrimSuffix(prefix, "/") || strings.HasPrefix(path, strings.TrimSuffix(prefix, "/")+"/") ||
		strings.HasSuffix(prefix, "/") && strings.HasPrefix(path, prefix)
}

// A package knows only those it was meant to know, and what Mend stands on is
// touched only where it can be replaced.
func TestWhoMayKnowWhom(t *testing.T) {
	seen := 0
	for _, p := range packages(t) {
		name, ours := strings.CutPrefix(p.ImportPath, module)
		if !ours {
			continue
		}
		seen++
		all := slices.ContainsFunc(wires, func(w string) bool { return within(name, w) })
		allowed, known := may[name]
		if !known && !all {
			t.Errorf("%s is not in the table of server/imports_test.go: say there whom it may know.", name)
			continue
		}
		for _, imported := range p.Imports {
			if other, ours := strings.CutPrefix(imported, module); ours {
				if !all && !slices.Contains(allowed, other) {
					t.Errorf("%s imports %s, but it may know only %s: data flows one way, and server wires.",
						name, other, list(allowed))
				}
				continue
			}
			for _, f := range fences {
				if within(imported, f.prefix) && !within(name, f.only) {
					t.Errorf("%s imports %s, which only %s may touch: %s.", name, imported, f.only, f.why)
				}
			}
			if slices.Contains(pure, name) && slices.Contains(impure, imported) {
				t.Errorf("%s imports %s, but it is pure: what it needs to know comes in as a value.", name, imported)
			}
		}
	}
	if seen < 5 {
		t.Fatalf("go list told of %d packages of Mend: this test has looked at nothing.", seen)
	}
}

// The pure packages are told the time; they never look at a clock.
func TestTheCoreKnowsNoClock(t *testing.T) {
	looked := 0
	for _, p := range packages(t) {
		name, ours := strings.CutPrefix(p.ImportPath, module)
		if !ours || !slices.Contains(pure, name) {
			continue
		}
		for _, file := range p.GoFiles {
			looked++
			fset := token.NewFileSet()
			tree, err := parser.ParseFile(fset, filepath.Join(p.Dir, file), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(tree, func(n ast.Node) bool {
				sel, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "time" && slices.Contains(clocks, sel.Sel.Name) {
					t.Errorf("%s/%s calls time.%s, but the core knows no clock: the time comes in with the Input.",
						name, file, sel.Sel.Name)
				}
				return true
			})
		}
	}
	if looked == 0 {
		t.Fatal("none of the pure packages was found: this test has looked at nothing.")
	}
}

func list(names []string) string {
	if len(names) == 0 {
		return "nothing else of Mend"
	}
	return strings.Join(names, ", ")
}
