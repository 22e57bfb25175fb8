package catalog

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"mend/internal/exercise"
)

// Bounds of one file. An exercise is a few kilobytes: what is larger or deeper was
// not written by somebody who wants to use it.
const (
	MaxFile   = 256 << 10 // bytes
	maxDepth  = 12
	maxTokens = 12_000 // the longest exercise has under 3,000; the parser's work grows with their square
)

// A tree is a YAML document as plain values, with the line of every path.
type tree struct {
	root     any
	lines    map[string]int
	problems []exercise.Problem
}

// plant reads a document. Anchors, aliases and tags are refused: an exercise needs
// none, and they are how a small file becomes a large one.
func plant(source []byte) (t *tree) {
	t = &tree{lines: map[string]int{}}
	if len(source) > MaxFile {
		t.report(0, "", "file-too-large", fmt.Sprintf("The file is larger than %d KiB", MaxFile>>10), "Split the exercise in two")
		return t
	}
	if !utf8.Valid(source) {
		t.report(0, "", "file-not-text", "The file is not UTF-8 text", "Save it again as UTF-8")
		return t
	}
	// The parser is given whatever somebody pastes. If it should fall over a text
	// that nobody thought of, that text is refused like any other.
	defer func() {
		if recover() != nil {
			*t = tree{lines: map[string]int{}}
			t.report(0, "", "yaml-unreadable", "The file cannot be read as YAML", "Compare its form with an exercise that ships with Mend")
		}
	}()
	tokens := lexer.Tokenize(string(source))
	if !t.plain(tokens) {
		return t
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		t.unreadable(err)
		return t
	}
	switch {
	case len(file.Docs) != 1 || file.Docs[0].Body == nil:
		t.report(0, "", "yaml-unreadable", "The file must hold one exercise", "Write one document, without --- between")
	default:
		t.root = t.value(file.Docs[0].Body, "")
	}
	return t
}

func (t *tree) report(line int, path, code, message, mend string) {
	t.problems = append(t.problems, exercise.Problem{Line: line, Path: path, Code: code, Message: message, Mend: mend})
}

func (t *tree) unreadable(err error) {
	line, why := 0, "The file cannot be read as YAML"
	var syntax yaml.Error
	if errors.As(err, &syntax) {
		if tk := syntax.GetToken(); tk != nil && tk.Position != nil {
			line = tk.Position.Line
		}
		why += ": " + syntax.GetMessage()
	}
	t.report(line, "", "yaml-unreadable", why, "Look at the indentation, and put quotes around a text that holds a colon")
}

// plain looks at the tokens before they are parsed.
func (t *tree) plain(tokens token.Tokens) bool {
	if len(tokens) > maxTokens {
		t.report(0, "", "file-too-large", "There is more in this file than an exercise can hold", "Split the exercise in two")
		return false
	}
	depth, columns := 0, []int(nil)
	for _, tk := range tokens {
		switch tk.Type {
		case token.AnchorType, token.AliasType, token.TagType, token.MergeKeyType, token.DirectiveType:
			t.report(tk.Position.Line, "", "yaml-unfit", fmt.Sprintf("%q is not used in exercises", strings.TrimSpace(tk.Value)), "Write the text out, in quotes if it begins with a sign")
			return false
		case token.MappingStartType, token.SequenceStartType:
			depth++
		case token.MappingEndType, token.SequenceEndType:
			depth--
		case token.SequenceEntryType, token.MappingValueType, token.MappingKeyType:
			// Entries that open further to the right nest in those to the left.
			for len(columns) > 0 && columns[len(columns)-1] >= tk.Position.Column {
				columns = columns[:len(columns)-1]
			}
			if tk.Type != token.MappingValueType {
				columns = append(columns, tk.Position.Column)
			}
		}
		if depth+len(columns) > maxDepth {
			t.report(tk.Position.Line, "", "yaml-unfit", "The lists are nested too deeply", "Use a block for what belongs together, and no list within a list")
			return false
		}
	}
	return true
}

// value turns a node into a plain value and notes the lines.
func (t *tree) value(node ast.Node, path string) any {
	if _, known := t.lines[path]; !known {
		t.lines[path] = node.GetToken().Position.Line
	}
	switch n := node.(type) {
	case *ast.MappingNode:
		return t.mapping(n.Values, path)
	case *ast.MappingValueNode:
		return t.mapping([]*ast.MappingValueNode{n}, path)
	case *ast.SequenceNode:
		list := make([]any, 0, len(n.Values))
		for i, item := range n.Values {
			list = append(list, t.value(item, fmt.Sprintf("%s[%d]", path, i)))
		}
		return list
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return strings.TrimRight(n.Value.Value, "\n")
	case *ast.IntegerNode:
		return n.Value
	case *ast.FloatNode:
		return n.Value
	case *ast.BoolNode:
		return n.Value
	case *ast.NullNode:
		return nil
	}
	t.report(node.GetToken().Position.Line, path, "yaml-unfit", "This kind of value is not used in exercises", "Write text, a number, true or false, or a list")
	return nil
}

func (t *tree) mapping(values []*ast.MappingValueNode, path string) map[string]any {
	m := make(map[string]any, len(values))
	for _, pair := range values {
		key := pair.Key.GetToken().Value
		at := join(path, key)
		line := pair.Key.GetToken().Position.Line
		if _, twice := m[key]; twice {
			t.report(line, at, "yaml-unfit", fmt.Sprintf("%q stands here twice", key), "Keep one of them")
			continue
		}
		t.lines[at] = line
		m[key] = t.value(pair.Value, at)
	}
	return m
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// line is that of a path, or of the nearest thing around it.
func (t *tree) line(path string) int {
	for path != "" {
		if line, ok := t.lines[path]; ok {
			return line
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	return 1
}
