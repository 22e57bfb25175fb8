package session_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/session"
)

// The stories in testdata/*.txt say what three people do and what each of them then
// sees. Run with -rewrite to refresh them, and read the difference as prose.
//
// A line is "<role> <command> key=value …", with an agreement's or answer's words
// beneath it. Below ---- stand the event, and for each role what has changed in
// their view: "field: leaf=value", "-leaf" where it is gone. Beside these:
//
//	exercise <id>     the steps beneath it, one a line, make a program to start
//	later <duration>  the clock moves
//	show <role>       the whole view, but for what is always there
func TestStories(t *testing.T) {
	datadriven.Walk(t, "testdata", func(t *testing.T, path string) {
		if !strings.HasSuffix(path, ".txt") {
			return
		}
		s := &story{rehearsal: newRehearsal(), programs: map[string]exercise.Program{}}
		s.seen = s.look()
		datadriven.RunTest(t, path, s.tell)
	})
}

type story struct {
	*rehearsal
	programs map[string]exercise.Program
	seen     map[session.Role]leaves
}

func (s *story) tell(t *testing.T, d *datadriven.TestData) string {
	switch d.Cmd {
	case "exercise":
		s.programs[d.CmdArgs[0].Key] = parseProgram(t, d)
		return ""
	case "later":
		lasted, err := time.ParseDuration(d.CmdArgs[0].Key)
		if err != nil {
			d.Fatalf(t, "%v", err)
		}
		s.now = s.now.Add(lasted)
		return s.now.Format("15:04:05") + "\n"
	case "show":
		return changes(nil, s.look()[session.Role(d.CmdArgs[0].Key)], "")
	case "gathered":
		s.rehearsal = gathered(session.Secrets(d.CmdArgs[0].Key))
		s.seen = s.look()
		return "Mara is at the desk, Ana and Ben are in the room.\n"
	case "same":
		return s.samePhones()
	}
	by := session.Role(d.Cmd)
	if !slices.Contains(session.Roles(), by) || len(d.CmdArgs) == 0 {
		d.Fatalf(t, "who does what?")
	}
	record, err := s.do(by, s.parse(t, d))
	return s.outcome(record, err)
}

// outcome is the event and what each role sees of it.
func (s *story) outcome(record *session.Record, err error) string {
	if err != nil {
		return "refused " + fault.Code(err) + "\n"
	}
	if record == nil {
		return "already so\n"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d %s\n", record.Seq, record.Event.Type())
	now := s.look()
	for _, role := range session.Roles() {
		if changed := changes(s.seen[role], now[role], fmt.Sprintf("%-10s", role)); changed != "" {
			b.WriteString(changed)
		} else {
			fmt.Fprintf(&b, "%-10ssees no change\n", role)
		}
	}
	s.seen = now
	return b.String()
}

// samePhones compares what the two phones show, but for whose they are, which
// language they are read in and where their own dial stands.
func (s *story) samePhones() string {
	one, two := s.phone(session.SeatOne), s.phone(session.SeatTwo)
	one.You, two.You = "", ""
	one.Dial, two.Dial = nil, nil
	one.Language, two.Language = "", ""
	if asJSON(one) != asJSON(two) {
		return "the phones differ\n"
	}
	return "both phones show the same\n"
}

// leaves are a view's values by path.
type leaves map[string]string

// look takes all three views apart. What never changes, and what the desk has only
// for drawing (the phones stand for themselves), is left out.
func (s *story) look() map[session.Role]leaves {
	seen := map[session.Role]leaves{}
	for _, role := range session.Roles() {
		var tree map[string]any
		if err := json.Unmarshal([]byte(asJSON(session.ViewFor(s.state, role))), &tree); err != nil {
			panic(err)
		}
		for _, field := range []string{"you", "phones", "flow", "next", "guidance", "opened_at", "started_at"} {
			delete(tree, field)
		}
		if step, ok := tree["step"].(map[string]any); ok {
			delete(step, "of")
			delete(step, "index")
			delete(step, "round")
		}
		seen[role] = leaves{}
		seen[role].take("", tree)
	}
	return seen
}

func (l leaves) take(path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for k, child := range v {
			l.take(strings.TrimPrefix(path+"."+k, "."), child)
		}
	case []any:
		if len(v) > 0 {
			if _, nested := v[0].(map[string]any); nested {
				for i, child := range v {
					l.take(path+"["+strconv.Itoa(i)+"]", child)
				}
				return
			}
		}
		words := make([]string, len(v))
		for i, word := range v {
			words[i] = fmt.Sprint(word)
		}
		l[path] = "[" + strings.Join(words, " ") + "]"
	case string:
		if at, err := time.Parse(time.RFC3339, v); err == nil {
			v = at.Format("15:04:05")
		}
		if strings.ContainsAny(v, " \n") || v == "" {
			v = strconv.Quote(v)
		}
		l[path] = v
	case nil:
	default:
		l[path] = fmt.Sprint(v)
	}
}

// changes are the differences, a line for each field of the view.
func changes(before, now leaves, prefix string) string {
	if now["step.key"] != "" && now["step.key"] != before["step.key"] {
		before = maps.Clone(before) // another step is shown whole
		maps.DeleteFunc(before, func(path, _ string) bool { return strings.HasPrefix(path, "step.") })
	}
	said := map[string][]string{}
	for path, v := range now {
		if before[path] != v {
			field, leaf, _ := strings.Cut(path, ".")
			field, leaf = unbracket(field, leaf)
			switch {
			case path == "you_may":
				said[field] = append(said[field], difference(before[path], v))
			case leaf == "":
				said[field] = append(said[field], v)
			default:
				said[field] = append(said[field], leaf+"="+v)
			}
		}
	}
	for path := range before {
		if _, ok := now[path]; ok {
			continue
		}
		field, leaf, _ := strings.Cut(now.lost(path), ".")
		field, leaf = unbracket(field, leaf)
		switch {
		case leaf == "" && now.hold(field):
			// an empty list that is no longer empty
		case leaf == "":
			said[field] = []string{"gone"}
		case !slices.Contains(said[field], "-"+leaf):
			said[field] = append(said[field], "-"+leaf)
		}
	}
	fields := make([]string, 0, len(said))
	for field := range said {
		fields = append(fields, field)
	}
	slices.Sort(fields)
	var b strings.Builder
	for _, field := range fields {
		slices.Sort(said[field])
		fmt.Fprintf(&b, "%s%s: %s\n", prefix, field, strings.Join(said[field], " "))
	}
	return b.String()
}

// hold tells whether anything is left beneath a path.
func (l leaves) hold(path string) bool {
	for p := range l {
		if p == path || strings.HasPrefix(p, path+".") || strings.HasPrefix(p, path+"[") {
			return true
		}
	}
	return false
}

// lost is the whole of what went with a path that is gone.
func (l leaves) lost(path string) string {
	for i := range len(path) {
		if (path[i] == '.' || path[i] == '[') && !l.hold(path[:i]) {
			return path[:i]
		}
	}
	return path
}

// unbracket puts an index on the leaf's side: "agenda[0]", "state" is agenda's "0.state".
func unbracket(field, leaf string) (string, string) {
	name, index, ok := strings.Cut(field, "[")
	if !ok {
		return field, leaf
	}
	return name, strings.TrimSuffix(strings.TrimSuffix(index, "]")+"."+leaf, ".")
}

// difference of two lists in brackets.
func difference(before, now string) string {
	was, is := strings.Fields(strings.Trim(before, "[]")), strings.Fields(strings.Trim(now, "[]"))
	var words []string
	for _, w := range is {
		if !slices.Contains(was, w) {
			words = append(words, "+"+w)
		}
	}
	for _, w := range was {
		if !slices.Contains(is, w) {
			words = append(words, "-"+w)
		}
	}
	return strings.Join(words, " ")
}
