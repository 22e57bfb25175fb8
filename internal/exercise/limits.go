package exercise

import (
	"maps"
	"regexp"
	"slices"
	"unicode/utf8"
)

// Bounds of a file. They are generous to authors and tight on mischief.
const (
	maxAnswer      = 8000 // characters of one answer, as on the wire
	maxTitle       = 80
	maxChoice      = 120
	maxText        = 600
	maxGuidance    = 1500
	maxChoices     = 24
	maxBuckets     = 6
	maxSeconds     = 900
	maxTurn        = 300 // a turn longer than five minutes is a talk
	minBreath      = 30
	maxBreath      = 120
	maxMinutes     = 50 // an hour less ten for coming and going
	maxFrame       = 10
	maxReview      = 90
	maxExpiry      = 366
	maxLoops       = 5
	maxQuestions   = 10
	maxReferences  = 12
	maxListEntries = 20
)

var kebab = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// head checks everything above the steps.
func (l *linter) head() {
	d := l.d
	l.name("id", d.ID)
	if d.Version < 1 {
		l.report("version", "out-of-range", "The version counts from 1", "Write 1, and raise it with every change")
	}
	top := maxMinutes
	if d.Frame {
		top = maxFrame
	}
	l.within("minutes", d.Minutes, 1, top)
	l.text("title", d.Title, maxTitle)
	l.text("summary", d.Summary, 240)
	l.text("counselor.purpose", d.Counselor.Purpose, maxGuidance)
	l.text("counselor.watch_for", d.Counselor.WatchFor, maxGuidance)
	l.text("counselor.stop_if", d.Counselor.StopIf, maxGuidance)
	l.oneOf("phase", string(d.Phase), string(Stabilise), string(Understand), string(Decide), string(Release), string(Guard), string(AnyPhase))
	l.oneOf("intensity", string(d.Intensity), string(Gentle), string(Steady), string(Deep))
	for _, role := range slices.Sorted(maps.Keys(d.Roles)) {
		l.text("roles."+string(role), d.Roles[role], maxTitle)
	}
	if len(d.Themes) == 0 || len(d.Themes) > maxListEntries {
		l.report("themes", "field-missing", "An exercise is found by its themes", "Name between one and twenty")
	}
	for _, theme := range d.Themes {
		l.name("themes", theme)
	}
	for _, id := range d.After {
		l.name("after", id)
		if id == d.ID {
			l.report("after", "after-itself", "An exercise cannot come after itself", "Take it out")
		}
	}
	if len(d.Sources) == 0 || len(d.Sources) > maxListEntries {
		l.report("sources", "field-missing", "It must be told what the structure rests on", "Name a source and how strong it is; our own idea is a source too")
	}
	for _, source := range d.Sources {
		l.text("sources", source.Text, maxText)
		l.text("sources", source.Strength, maxText)
	}
}

// limits checks the values of one step.
func (l *linter) limits(s Step, path string) {
	if s.ID != "" {
		l.name(path+".id", s.ID)
	}
	if s.Kind == Block && s.Block != "" {
		l.name(path, s.Block)
	}
	at := func(name string) string { return path + "." + name }
	if s.Seconds != 0 {
		switch {
		case s.Kind == Breathe:
			l.within(at("seconds"), s.Seconds, minBreath, maxBreath)
		case s.Kind.HoldsFloor():
			l.within(at("seconds"), s.Seconds, 10, maxTurn)
		default:
			l.within(at("seconds"), s.Seconds, 10, maxSeconds)
		}
	}
	switch s.Kind {
	case Choose:
		l.within(at("at_most"), orOne(s.AtMost), 1, max(1, len(s.Options)))
	case Confirm:
		l.within(at("at_most"), orOne(s.AtMost), 1, maxLoops)
	case Ask:
		l.within(at("at_most"), orOne(s.AtMost), 1, maxQuestions)
	}
	l.within(at("max_length"), orOne(s.MaxLength), 1, maxAnswer)
	l.within(at("review_days"), orOne(s.Review), 1, maxReview)
	l.within(at("expires_days"), orOne(s.Expires), 1, maxExpiry)
	if s.Review > 0 && s.Expires > 0 && s.Review > s.Expires {
		l.report(at("review_days"), "review-after-expiry", "The review would come after the agreement has ended", "Review sooner or let it last longer")
	}
	if s.Measure != "" {
		l.name(at("measure"), s.Measure)
	}
	l.choices(at("options"), s.Options, 2, maxChoices)
	l.choices(at("cards"), s.Cards, 2, maxChoices)
	l.choices(at("buckets"), s.Buckets, 2, maxBuckets)
	if len(s.Of) > maxReferences || len(s.WordsFrom) > maxReferences {
		l.reportf(path, "out-of-range", "Name fewer", "At most %d steps can be named", maxReferences)
	}
	l.oneOf(at("audience"), string(s.Audience), "", string(Device), string(ToCounselor), string(Sealed), string(Room))
	l.oneOf(at("no_secrets"), string(s.NoSecrets), "", string(Warned), string(ToDevice))
	l.oneOf(at("retention"), string(s.Retention), "", string(KeepNone), string(KeepSession), string(KeepRecord))
	for _, t := range stepTexts(s, path) {
		if utf8.RuneCountInString(t.text) > t.limit {
			l.reportf(t.path, "too-long", "Make it shorter", "This is longer than %d characters", t.limit)
		}
	}
}

func orOne(n int) int {
	if n == 0 {
		return 1
	}
	return n
}

// choices checks a list of options, cards or buckets, where there is one.
func (l *linter) choices(path string, list []Choice, least, most int) {
	if len(list) == 0 {
		return
	}
	l.within(path, len(list), least, most)
	seen := map[string]bool{}
	for _, c := range list {
		switch {
		case c.ID == "none" || c.ID == "not_sure" || c.ID == "other":
			l.reportf(path, "choice-reserved", "Take it out: the app adds it", "%q is always offered by itself", c.ID)
		case seen[c.ID]:
			l.reportf(path, "choice-twice", "Give each its own id", "Two have the id %q", c.ID)
		}
		seen[c.ID] = true
		l.name(path, c.ID)
		if c.Text == "" {
			l.reportf(path, "field-missing", "Add text", "%q has no words", c.ID)
		}
	}
}

func (l *linter) name(path, id string) {
	if len(id) > 40 || !kebab.MatchString(id) {
		l.reportf(path, "not-a-name", "Use small letters and hyphens, at most 40, such as floor-and-echo", "%q is not a name", id)
	}
}

func (l *linter) within(path string, n, least, most int) {
	if n < least || n > most {
		l.reportf(path, "out-of-range", "Choose a number in that range", "%d is not between %d and %d", n, least, most)
	}
}

func (l *linter) text(path, text string, most int) {
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		l.report(path, "field-missing", "There are no words here", "Write some")
	case n > most:
		l.reportf(path, "too-long", "Make it shorter", "This is longer than %d characters", most)
	}
}

func (l *linter) oneOf(path, value string, allowed ...string) {
	for _, a := range allowed {
		if value == a {
			return
		}
	}
	l.reportf(path, "not-a-choice", "See the schema for what there is", "There is no %q here", value)
}
