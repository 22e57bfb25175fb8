package exercise

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// maxWords is how many words a prompt may have: what can be read at a glance, so
// that eyes go up again.
const maxWords = 25

const maxNoteWords = 40

// A reader is who sees a text.
type reader int

const (
	partners  reader = iota // on a phone
	counselor               // on the console, and in the library
)

// A text of a definition, with where it stands and who reads it.
type text struct {
	path   string
	text   string
	reader reader
	field  string
	limit  int // characters
}

// stepTexts lists every text of one step.
func stepTexts(s Step, path string) []text {
	var list []text
	add := func(field, words string, who reader, limit int) {
		if words != "" {
			list = append(list, text{path + "." + field, words, who, field, limit})
		}
	}
	own := partners
	if s.Kind.Private() {
		own = counselor
	}
	add("title", s.Title, own, maxTitle)
	add("prompt", s.Prompt, own, maxText)
	for _, pair := range pairs {
		for _, role := range pair {
			add("prompts."+string(role), s.Prompts[role], partners, maxText)
		}
	}
	add("listener", s.Listener, partners, maxText)
	add("note", s.Note, partners, maxText)
	add("counselor_note", s.Counselor, counselor, maxGuidance)
	add("frame", s.Sentence, partners, maxText)
	add("low", s.Low, partners, maxChoice)
	add("high", s.High, partners, maxChoice)
	add("elsewise", s.Elsewise, partners, maxText)
	choices := func(field string, choices []Choice) {
		for i, c := range choices {
			add(fmt.Sprintf("%s[%d].text", field, i), c.Text, own, maxChoice)
		}
	}
	choices("options", s.Options)
	choices("cards", s.Cards)
	choices("buckets", s.Buckets)
	return list
}

// headTexts lists the texts above the steps.
func (l *linter) headTexts() []text {
	d := l.d
	list := []text{
		{"title", d.Title, partners, "title", 0},
		{"summary", d.Summary, counselor, "summary", 0},
		{"counselor.purpose", d.Counselor.Purpose, counselor, "purpose", 0},
		{"counselor.watch_for", d.Counselor.WatchFor, counselor, "watch_for", 0},
		{"counselor.stop_if", d.Counselor.StopIf, counselor, "stop_if", 0},
		{"unequal", d.Unequal, counselor, "unequal", 0},
	}
	for _, pair := range pairs {
		for _, role := range pair {
			list = append(list, text{"roles." + string(role), d.Roles[role], partners, "roles", 0})
		}
	}
	return list
}

// wording reads every text with the rules for its reader.
func (l *linter) wording() {
	for _, t := range l.headTexts() {
		l.read(t)
	}
	l.eachStep(func(s Step, path string) {
		for _, t := range stepTexts(s, path) {
			l.read(t)
			l.length(t, s.Kind)
			if s.Kind != Gate && trial.MatchString(t.text) {
				l.report(t.path, "why-did-you", "A question for a reason puts someone on trial", "Ask for what it was like, or ask it in a gate")
			}
			if t.field == "frame" && l.owns(s) && takesBack.MatchString(t.text) {
				l.reportf(t.path, "apology-if-but", "End the sentence where the owning ends",
					"%q takes back what the sentence gives", strings.ToLower(takesBack.FindString(t.text)))
			}
		}
		if s.Kind == Scale && pardon.MatchString(s.Measure+" "+s.Prompt+" "+s.Low+" "+s.High) {
			l.report(path+".measure", "forgiveness-asked", "Forgiveness is not measured", "Ask for something else, such as letting go of payback")
		}
	})
}

// owns tells whether a frame's words are those of somebody who takes responsibility.
func (l *linter) owns(s Step) bool {
	if s.Kind == Say {
		return s.Who == Who(Responsible)
	}
	if s.Who == Who(Responsible) {
		return true
	}
	for _, theme := range l.d.Themes {
		if theme == "apology" || theme == "responsibility" {
			return true
		}
	}
	return false
}

func (l *linter) length(t text, kind Kind) {
	most := maxWords
	switch {
	case t.field == "note":
		most = maxNoteWords
	case t.field == "frame" && kind == Agree:
		return // a first wording may hold several lines
	case t.field == "frame", t.field == "prompt", strings.HasPrefix(t.field, "prompts."), t.field == "listener", t.field == "elsewise":
	default:
		return
	}
	if n := words(t.text); n > most {
		l.reportf(t.path, "too-many-words", fmt.Sprintf("Say it in %d words or fewer", most), "These are %d words", n)
	}
}

func (l *linter) read(t text) {
	for _, sentence := range sentences(t.text) {
		if pardon.MatchString(sentence) && asking.MatchString(sentence) && !unasked.MatchString(sentence) {
			l.report(t.path, "forgiveness-asked", "Nobody is asked to forgive, or to ask for it", "Leave forgiveness to whoever may one day give it")
		}
	}
	for _, rule := range wordings {
		if rule.partnersOnly && t.reader != partners {
			continue
		}
		if found := rule.words.FindString(t.text); found != "" {
			l.reportf(t.path, rule.code, rule.mend, rule.message, strings.TrimSpace(found))
		}
	}
}

// Word lists. They are coarse on purpose: a false alarm costs an author a better
// word, a miss costs a couple an hour.
var (
	pardon = anyOf(`forgiv\w*`, `forgave`, `pardon\w*`, `absol(?:ve|ved|ution)`)
	// Asking, pressing, or putting the words into somebody's mouth.
	asking = anyOf(`please`, `try to`, `ask(?:s|ed|ing)?`, `can you`, `could you`, `will you`, `would you`, `are you`, `have you`,
		`do you`, `did you`, `you can`, `you should`, `you must`, `you need`, `need(?:s)? to`, `must`, `should`, `have to`, `has to`, `ought to`,
		`time to`, `ready to`, `able to`, `want to`, `willing to`, `promise`, `agree to`, `choose to`, `decide to`, `learn to`, `beg\w*`,
		`i forgive`, `forgive me`, `forgive us`, `forgive you`, `forgive (?:your|the|each)`, `forgiving me`, `your forgiveness`, `be forgiven`,
		`hope`, `wish`, `for forgiveness`, `pardon me`, `deserve\w*`, `earn\w*`)
	unasked = anyOf(`(?:nobody|no one|neither|none of you|never|not|no need)\s+(?:\w+\s+){0,3}?(?:ask(?:ed|ing|s)?|owed?|owes|expected|required|need(?:ed)?|have to|has to|must|be forgiven)`,
		`(?:is|are) not (?:the same|owed)`, `without (?:being )?ask(?:ed|ing)`)
	trial = anyOf(`why (?:did|didn['’]t|do|don['’]t|would|wouldn['’]t|could|couldn['’]t|have|haven['’]t|had|were|are|won['’]t|can['’]t|must) (?:you|they|your partner)`,
		`how could you`, `what made you`, `what were you thinking`, `how dare you`, `explain (?:yourself|why you)`)
	takesBack = anyOf(`if`, `but`, `however`, `although`, `though`, `because you`, `you made me`, `we both`, `both of us`, `unless`)
)

type wordingRule struct {
	code          string
	words         *regexp.Regexp
	message, mend string
	partnersOnly  bool
}

var wordings = []wordingRule{
	{
		"blames", anyOf(`your fault`, `whose fault`, `at fault`, `to blame`, `blame (?:you|them|your)`, `guilty`, `your guilt`, `cheat(?:er|ers|ed|ing)?`,
			`liars?`, `offenders?`, `perpetrators?`, `culprits?`, `betrayers?`, `betrayed partner`, `victims?`, `sinn(?:er|ers|ed)`, `wrongdoers?`,
			`crazy`, `insane`, `hysterical`, `overreact\w*`, `too sensitive`, `get over it`, `move on`, `selfish`, `shame on`, `drama`,
			`you (?:always|never|should|must|ought)`, `ashamed of yourself`, `patients?`),
		"%q blames or commands", "Say what happened, or what it was like, and leave the judging out", true,
	},
	{
		"diagnoses", anyOf(`narciss\w*`, `borderline`, `bipolar`, `depress(?:ed|ion|ive)`, `traumati[sz]\w*`, `trauma`, `ptsd`, `addict\w*`, `co-?dependen\w*`,
			`psycho\w*`, `disorders?`, `paranoi\w*`, `patholog\w*`, `neuro(?:tic|sis)`, `symptoms?`, `diagnos\w*`, `gaslight\w*`, `toxic`,
			`mental(?:ly)? ill\w*`, `avoidant`, `dysfunction\w*`, `abnormal`),
		"%q is a label", "Use the words a person would use for their own day", true,
	},
	{
		"genders", anyOf(`he`, `she`, `him`, `her`, `his`, `hers`, `himself`, `herself`, `husbands?`, `wife`, `wives`, `boyfriends?`, `girlfriends?`,
			`m[ae]n`, `wom[ae]n`, `boys?`, `girls?`, `males?`, `females?`, `mr`, `mrs`, `ladies`, `gentlem[ae]n`, `fianc\S+`, `brides?`, `grooms?`, `opposite sex`),
		"%q guesses somebody's gender", "Say partner, they, or the other", false,
	},
}

// anyOf matches any of the words or phrases, whole, in any case.
func anyOf(phrases ...string) *regexp.Regexp {
	for i, p := range phrases {
		phrases[i] = strings.ReplaceAll(p, " ", `\s+`)
	}
	return regexp.MustCompile(`(?i)\b(?:` + strings.Join(phrases, "|") + `)(?:\b|$)`)
}

// sentences splits at full stops, questions, exclamations and line ends.
func sentences(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(".?!\n;", r) })
}

// words counts the words of a text; Markdown's marks are none.
func words(s string) int {
	n := 0
	for _, f := range strings.Fields(s) {
		if strings.IndexFunc(f, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0 {
			n++
		}
	}
	return n
}
