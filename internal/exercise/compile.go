package exercise

import (
	"fmt"
	"maps"
)

// MaxSteps bounds a compiled program: nobody sits through more, and a file cannot
// make itself large by switching a block again and again.
const MaxSteps = 120

// What a step gets where its author left it open.
const (
	defaultLoops     = 3
	defaultQuestions = 5
	defaultWrite     = 1000
	defaultAsk       = 500
	defaultAgree     = 2000
)

// Compile flattens a definition. It fails with every Problem that would leave a
// session stuck; a definition that passes Lint compiles.
//
// A switch runs its block once more with the two roles exchanged as against the
// block's last round, so that a second switch is the first speaker's turn again.
// Ids stay as written: it is the round that tells two runs of a step apart. A
// reference to a step in the same block means the same round of it; one into a
// block from outside means the rounds already run (for cards, the last of them).
//
// What was left open is filled in: whose a counselor's or a common step is, how
// many loops and choices, how long a text may be, how long an answer is kept.
func Compile(d Definition) (Program, []Problem) {
	c := compile(d)
	if len(c.problems) > 0 {
		return Program{}, c.problems
	}
	return Program{
		ID: d.ID, Version: d.Version, Title: d.Title, Phase: d.Phase, Intensity: d.Intensity,
		Minutes: d.Minutes, Frame: d.Frame, Roles: maps.Clone(d.Roles), Summary: d.Summary,
		Guidance: d.Counselor, Steps: c.program,
	}, nil
}

// compile keeps where every instruction came from, for Lint.
func compile(d Definition) *compiler {
	c := &compiler{blocks: map[string]*block{}, where: map[string][]int{}, defined: map[string]string{}}
	c.roles(d)
	c.flatten(d.Steps)
	for i := range c.program {
		c.resolve(i)
	}
	if len(d.Steps) == 0 {
		c.report("steps", "empty", "An exercise needs at least one step", "Add a step")
	}
	return c
}

type compiler struct {
	pair     [2]Role
	hasPair  bool
	blocks   map[string]*block
	defined  map[string]string // step id -> path of its definition
	where    map[string][]int  // step id -> its instructions so far
	program  []Instruction
	placed   []place // beside program
	problems []Problem
	full     bool
}

type block struct {
	steps  []Step
	paths  []string
	rounds int
}

// A place is where an instruction comes from.
type place struct {
	path  string
	block string // empty outside any
}

func (c *compiler) report(path, code, message, mend string) {
	c.problems = append(c.problems, Problem{Path: path, Code: code, Message: message, Mend: mend})
}

func (c *compiler) roles(d Definition) {
	if c.pair, c.hasPair = d.pair(); !c.hasPair {
		c.report("roles", "roles-pair", "The roles must be a pair",
			"Name either a and b, or hurt and responsible, and say what each does")
	}
}

func (c *compiler) flatten(steps []Step) {
	for i, s := range steps {
		path := fmt.Sprintf("steps[%d]", i)
		switch s.Kind {
		case Block:
			c.openBlock(s, path)
		case Switch:
			c.switchBlock(s, path)
		default:
			c.define(s, path)
			c.place(s, place{path: path}, 1)
		}
	}
}

func (c *compiler) openBlock(s Step, path string) {
	switch {
	case s.Block == "":
		c.report(path, "block-unnamed", "A block needs a name", "Write it behind block:")
	case c.blocks[s.Block] != nil:
		c.report(path, "block-twice", fmt.Sprintf("There are two blocks named %q", s.Block), "Give one of them another name")
	}
	if len(s.Steps) == 0 {
		c.report(path, "block-empty", "A block needs at least one step", "Put steps under it or take it out")
	}
	b := &block{}
	for i, inner := range s.Steps {
		at := fmt.Sprintf("%s.steps[%d]", path, i)
		if inner.Kind == Block || inner.Kind == Switch {
			c.report(at, "block-nested", "A block holds plain steps only", "Move this "+string(inner.Kind)+" out of the block")
			continue
		}
		c.define(inner, at)
		b.steps, b.paths = append(b.steps, inner), append(b.paths, at)
	}
	if c.blocks[s.Block] == nil {
		c.blocks[s.Block] = b
	}
	c.run(b, s.Block)
}

func (c *compiler) switchBlock(s Step, path string) {
	b := c.blocks[s.Switch]
	if b == nil {
		c.report(path, "switch-unknown", fmt.Sprintf("There is no earlier block named %q to switch", s.Switch),
			"Name a block that stands above this line")
		return
	}
	c.run(b, s.Switch)
}

func (c *compiler) run(b *block, name string) {
	b.rounds++
	for i, s := range b.steps {
		if b.rounds%2 == 0 {
			s = exchange(s)
		}
		c.place(s, place{path: b.paths[i], block: name}, b.rounds)
	}
}

// exchange is the step with the two roles in each other's place.
func exchange(s Step) Step {
	s.Who = s.Who.Exchange()
	if s.Prompts != nil {
		prompts := make(map[Role]string, len(s.Prompts))
		for role, text := range s.Prompts {
			prompts[role.Other()] = text
		}
		s.Prompts = prompts
	}
	return s
}

// define notes a step's id, which must be its own.
func (c *compiler) define(s Step, path string) {
	if s.ID == "" {
		c.report(path+".id", "id-missing", "A step needs an id", "Give it a short word of its own, such as first-turn")
		return
	}
	if first, taken := c.defined[s.ID]; taken {
		c.report(path+".id", "id-twice", fmt.Sprintf("The id %q is already that of %s", s.ID, first), "Give this step another id")
		return
	}
	c.defined[s.ID] = path
}

func (c *compiler) place(s Step, at place, round int) {
	if c.full {
		return
	}
	if len(c.program) == MaxSteps {
		c.full = true
		c.report("steps", "too-many-steps", fmt.Sprintf("Run out, these are more than %d steps", MaxSteps),
			"Take steps out or split the exercise in two")
		return
	}
	if round == 1 {
		c.checkWho(&s, at.path)
	} else {
		s.Who = whoOf(s)
	}
	fill(&s)
	c.where[s.ID] = append(c.where[s.ID], len(c.program))
	c.program = append(c.program, Instruction{Step: s, Round: round})
	c.placed = append(c.placed, at)
}

// whoOf is whose step it is, where that goes without saying.
func whoOf(s Step) Who {
	if s.Who != "" {
		return s.Who
	}
	switch s.Kind {
	case Gate, Prompt:
		return Counselor
	case Read, Breathe, Reveal, Agree:
		return Both
	}
	return ""
}

func (c *compiler) checkWho(s *Step, path string) {
	known := false
	for _, k := range Kinds() {
		known = known || k == s.Kind
	}
	if !known {
		c.report(path, "kind-unknown", fmt.Sprintf("There is no kind of step %q", s.Kind), "Use one of the kinds in the schema")
		return
	}
	s.Who = whoOf(*s)
	role, one := s.Who.Role()
	switch {
	case s.Who == "":
		c.report(path+".who", "who-missing", "It must be said whose step this is", "Add who:")
	case s.Kind.Private():
		if s.Who != Counselor {
			c.report(path+".who", "who-counselor", "A "+string(s.Kind)+" is the counselor's alone", "Leave who: out")
		}
	case s.Who == Counselor:
		c.report(path+".who", "who-partner", "Only a gate or a prompt is the counselor's", "Name a role, or both")
	case !one && s.Who != Both, one && c.hasPair && role != c.pair[0] && role != c.pair[1]:
		c.report(path+".who", "who-unknown", fmt.Sprintf("There is no role %q in this exercise", s.Who), "Use one of its two roles, or both")
	case !one && needsOne(s.Kind):
		c.report(path+".who", "who-one", "Only one at a time can do this: "+string(s.Kind), "Name one role, and give the other a step of their own")
	case one && (s.Kind == Reveal || s.Kind == Agree):
		c.report(path+".who", "who-both", "A "+string(s.Kind)+" is for both", "Leave who: out")
	}
}

// needsOne tells whether exactly one partner must act.
func needsOne(k Kind) bool { return k.HoldsFloor() || k == Confirm || k == Apart }

// fill sets what the author left open.
func fill(s *Step) {
	open := func(n *int, to int) {
		if *n == 0 {
			*n = to
		}
	}
	switch s.Kind {
	case Choose:
		open(&s.AtMost, 1)
	case Confirm:
		open(&s.AtMost, defaultLoops)
	case Ask:
		open(&s.AtMost, defaultQuestions)
		open(&s.MaxLength, defaultAsk)
	case Write:
		open(&s.MaxLength, defaultWrite)
	case Agree:
		open(&s.MaxLength, defaultAgree)
	}
	if s.Retention == "" {
		s.Retention = retention(*s)
	}
}

// retention is how long a step's answers are kept where it does not say so; empty for
// one that takes none. The rule is told at Retention.
func retention(s Step) Retention {
	switch {
	case s.Audience == Device:
		return KeepNone
	case s.Kind == Agree, s.Kind == Scale:
		return KeepRecord
	case s.Kind == Ask:
		return KeepSession
	case !s.Kind.Answers():
		return ""
	case s.Audience == ToCounselor:
		return KeepSession
	}
	return KeepRecord
}

// resolve turns the references of instruction i into indexes.
func (c *compiler) resolve(i int) {
	s, path := &c.program[i], c.placed[i].path
	if s.About != "" && (s.Kind.HoldsFloor() || s.Kind == Confirm) {
		s.Asked = c.earlier(i, []string{s.About}, path+".about")
	}
	switch s.Kind {
	case Confirm:
		s.AlmostTo = c.jump(i, s.Almost, path+".almost")
		s.MoreTo = c.jump(i, s.More, path+".more")
	case Reveal:
		if len(s.Of) == 0 {
			c.reportOnce(i, path+".of", "of-missing", "A reveal must say whose answers it shows", "Name one or more sealed steps in of:")
		}
		s.OfSteps = c.earlier(i, s.Of, path+".of")
	case Agree, Speak, Say:
		s.OfSteps = c.earlier(i, s.WordsFrom, path+".words_from")
	case Sort:
		if s.CardsFrom != "" {
			found := c.earlier(i, []string{s.CardsFrom}, path+".cards_from")
			s.OfSteps = found[max(0, len(found)-1):]
		}
	}
}

// jump is the index of the one step that ref means for instruction i, or -1.
func (c *compiler) jump(i int, ref, path string) int {
	if ref == "" {
		return -1
	}
	found := c.earlier(i, []string{ref}, path)
	if len(found) == 0 {
		return -1
	}
	return found[len(found)-1]
}

// earlier is the indexes that refs mean for instruction i, in the order of refs.
func (c *compiler) earlier(i int, refs []string, path string) []int {
	var found []int
	for n, ref := range refs {
		at := path
		if len(refs) > 1 {
			at = fmt.Sprintf("%s[%d]", path, n)
		}
		before := 0
		for _, index := range c.where[ref] {
			if index >= i {
				break
			}
			same := c.placed[i].block != "" && c.placed[index].block == c.placed[i].block
			if same && c.program[index].Round != c.program[i].Round {
				continue
			}
			found = append(found, index)
			before++
		}
		switch {
		case before > 0:
		case c.defined[ref] == "":
			c.reportOnce(i, at, "reference-unknown", fmt.Sprintf("There is no step with the id %q", ref), "Name a step that stands above")
		default:
			c.reportOnce(i, at, "reference-ahead", fmt.Sprintf("The step %q does not come before this one", ref), "Name a step that stands above")
		}
	}
	return found
}

// reportOnce keeps a switched copy from repeating what the first round said.
func (c *compiler) reportOnce(i int, path, code, message, mend string) {
	if c.program[i].Round == 1 {
		c.report(path, code, message, mend)
	}
}
