package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mend/content"
	"mend/internal/catalog"
	"mend/internal/exercise"
)

// callsWithCode are those that make a refusal, and which of their arguments is its code.
var callsWithCode = map[string]int{"New": 1, "unavailable": 0}

// codesSaid finds every code that Mend refuses with, in the sources, and every code
// that it says of a single input.
func codesSaid(t *testing.T) (codes, inputs map[string]bool) {
	t.Helper()
	codes, inputs = map[string]bool{}, map[string]bool{}
	put := func(in map[string]bool, e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			code, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			in[code] = true
		}
	}
	look := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			name := ""
			switch f := n.Fun.(type) {
			case *ast.Ident:
				name = f.Name
			case *ast.SelectorExpr:
				if x, ok := f.X.(*ast.Ident); ok && x.Name == "fault" {
					name = f.Sel.Name
				}
			}
			if at, ok := callsWithCode[name]; ok && len(n.Args) > at {
				put(codes, n.Args[at])
			}
			if name == "say" && len(n.Args) == 3 {
				put(inputs, n.Args[0])
			}
		case *ast.AssignStmt: // p.Code, p.Detail = "not_found", "…"
			for i, left := range n.Lhs {
				if s, ok := left.(*ast.SelectorExpr); ok && s.Sel.Name == "Code" && i < len(n.Rhs) {
					put(codes, n.Rhs[i])
				}
			}
		}
		return true
	}
	err := filepath.WalkDir("../internal", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err == nil {
			ast.Inspect(file, look)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return codes, inputs
}

// What Mend refuses is said in the language of the page, by its code.
func TestThePagesHaveWordsForEveryCode(t *testing.T) {
	codes, inputs := codesSaid(t)
	for _, sure := range []string{"stale_step", "storage_full", "too_many_tries", "not_found", "invalid", "already_set_up"} {
		if !codes[sure] {
			t.Errorf("%s was not found in the sources: this test has overlooked a way of refusing", sure)
		}
	}
	if !inputs["too_long"] {
		t.Error("no code of a single input was found in the sources")
	}
	for _, language := range []string{"en", "es"} {
		// What a partner may be refused travels to the phones; the rest is the desk's alone,
		// and may say the same code in words of its own.
		room, calls := wordsOf(t, "refusal."+language), wordsOf(t, "problem."+language)
		maps.Copy(calls.Codes, room.Codes)
		alike(t, language+" codes", codes, calls.Codes)
		alike(t, language+" inputs", inputs, calls.Inputs)
	}
}

type refusalWords struct{ Codes, Inputs map[string]string }

func wordsOf(t *testing.T, name string) (words refusalWords) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "frontend", "src", "words", name+".json"))
	if err == nil {
		err = json.Unmarshal(raw, &words)
	}
	if err != nil {
		t.Fatal(err)
	}
	return words
}

func alike(t *testing.T, what string, said map[string]bool, words map[string]string) {
	t.Helper()
	for _, code := range slices.Sorted(maps.Keys(said)) {
		if words[code] == "" {
			t.Errorf("%s: there are no words for %s", what, code)
		}
	}
	for code := range words {
		if !said[code] {
			t.Errorf("%s: nothing is refused as %s any more", what, code)
		}
	}
}

// What the audit tells is said in words, too.
func TestThePagesHaveWordsForEveryDeed(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../internal/store/audit.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var actions []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == "Action" {
			action, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			actions = append(actions, action)
		}
		return true
	})
	if len(actions) < 20 {
		t.Fatalf("only %d actions were found", len(actions))
	}
	raw, err := os.ReadFile("../frontend/src/words/desk.en.json")
	if err != nil {
		t.Fatal(err)
	}
	var words struct {
		Audit struct {
			Actions map[string]string `json:"actions"`
		} `json:"audit"`
	}
	if err := json.Unmarshal(raw, &words); err != nil {
		t.Fatal(err)
	}
	for _, action := range actions {
		if words.Audit.Actions[action] == "" {
			t.Errorf("desk.en.json has no words for the deed %s, under audit.actions", action)
		}
	}
}

// Every measure that is asked is called by a name on the desk in both languages, and
// nothing is named that no exercise asks.
func TestEveryMeasureIsAskedAndNamed(t *testing.T) {
	library, err := catalog.Load(content.Files)
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]string{}
	for _, d := range library.List() {
		program, _ := library.Program(d.ID)
		for _, step := range program.Steps {
			if step.Measure != "" {
				asked[step.Measure] = d.ID
			}
		}
	}
	for _, hoped := range []string{"closeness", "hope", "willing"} {
		if asked[hoped] == "" {
			t.Errorf("no exercise asks for %s", hoped)
		}
	}
	for _, language := range exercise.Languages() {
		raw, err := os.ReadFile("../frontend/src/words/desk." + string(language) + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var words struct {
			Measures map[string]string `json:"measures"`
		}
		if err := json.Unmarshal(raw, &words); err != nil {
			t.Fatal(err)
		}
		for measure, id := range asked {
			if words.Measures[measure] == "" {
				t.Errorf("desk.%s.json does not name %s, which %s asks", language, measure, id)
			}
		}
		for measure := range words.Measures {
			if asked[measure] == "" {
				t.Errorf("desk.%s.json names %s, which no exercise asks", language, measure)
			}
		}
	}
}
