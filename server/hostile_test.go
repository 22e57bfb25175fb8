package main

import (
	"fmt"
	"strings"

	"mend/internal/catalog"
)

// own is an exercise as a counselor writes it.
const own = `id: evening-talk
version: 1
title: Evening talk
phase: understand
themes: [communication]
intensity: gentle
minutes: 3
roles: { a: "who speaks first", b: "who listens first" }
summary: A short talk.
sources: [{ text: Our own., strength: Not studied. }]
counselor: { purpose: Try it., watch_for: Nothing., stop_if: Anyone wishes. }
steps:
  - block: turn
    steps:
      - speak:
          id: tell
          who: a
          title: Tell
          seconds: 40
          prompt: Say how the day was.
          listener: Listen to understand.
      - mirror:
          id: echo
          who: b
          title: Echo
          seconds: 30
          prompt: Say back what you heard.
          listener: Listen for what came across.
      - confirm:
          id: was-that-it
          who: a
          title: Was that it?
          almost: echo
          more: tell
          prompt: Is that what you meant?
          listener: Wait.
  - switch: turn
`

// bent is own with something in it changed.
func bent(pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(own, pairs[i]) {
			panic("there is no " + pairs[i])
		}
	}
	return strings.NewReplacer(pairs...).Replace(own)
}

// A trap is a file that must never come in, and where it is wrong.
type trap struct {
	source string
	line   int
	path   string
	code   string
}

// traps are what somebody might paste, or be sent, in ill will or by mistake.
func traps() map[string]trap {
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
	var many strings.Builder
	many.WriteString(own[:strings.Index(own, "steps:")])
	many.WriteString("steps:\n")
	for i := range 500 {
		fmt.Fprintf(&many, "  - read: { id: s%d, prompt: Read., seconds: 10 }\n", i)
	}
	return map[string]trap{
		"an alias bomb":               {bomb, 1, "", "yaml-unfit"},
		"an alias to itself":          {bent("title: Evening talk", "title: &t [*t]"), 3, "", "yaml-unfit"},
		"an exercise after itself":    {bent("summary:", "after: [evening-talk]\nsummary:"), 9, "after", "after-itself"},
		"an exercise after nothing":   {bent("summary:", "after: [floor-and-echo, nowhere]\nsummary:"), 9, "after[1]", "after-unknown"},
		"a confirm to nowhere":        {bent("almost: echo", "almost: nowhere"), 33, "steps[0].steps[2].almost", "reference-unknown"},
		"a confirm ahead":             {bent("almost: echo", "almost: was-that-it"), 33, "steps[0].steps[2].almost", "reference-ahead"},
		"a switch to nowhere":         {bent("switch: turn", "switch: nowhere"), 37, "steps[1]", "switch-unknown"},
		"a switch of itself":          {bent("  - switch: turn", "  - switch: again\n  - block: again\n    steps:\n      - switch: again"), 37, "steps[1]", "switch-unknown"},
		"one id twice":                {bent("id: echo", "id: tell"), 23, "steps[0].steps[1].id", "id-twice"},
		"five hundred steps":          {many.String(), 12, "steps", "too-many-steps"},
		"deep brackets":               {"a: " + strings.Repeat("[", 2_000), 1, "", "yaml-unfit"},
		"two exercises in one file":   {own + "---\n" + own, 1, "", "yaml-unreadable"},
		"no YAML":                     {"<html><script>alert(1)</script>", 1, "", "schema-type"},
		"a broken line":               {bent("themes: [communication]", "themes: [communication"), 6, "", "yaml-unreadable"},
		"an exercise of Mend's name":  {bent("id: evening-talk", "id: own-it"), 1, "id", "id-taken"},
		"a frame around all sessions": {bent("intensity: gentle", "intensity: gentle\nframe: true"), 7, "frame", "frame-not-yours"},
	}
}

// Too large to be read, and mostly to be sent.
func huge() string { return own + "# " + strings.Repeat("x", catalog.MaxFile) }

// What runs as script in a browser that is careless.
const script = `<script>alert(1)</script><img src=x onerror=alert(1)>[a](javascript:alert(1))`
