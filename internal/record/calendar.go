package record

import (
	"strings"
	"time"
	"unicode/utf8"

	"mend/internal/exercise"
)

// Appointment is a planned session as a calendar may know it: when, and nothing else.
type Appointment struct {
	Session string // its id, which makes the event's name: sent again, it replaces the earlier one
	Starts  time.Time
	Minutes int
	Planned time.Time // when the session was made
}

// Calendar writes appointments as RFC 5545 has them. A calendar is read by whoever
// looks over a shoulder: the title says no more than that there is one, and there is
// no description, place or guest.
func Calendar(all []Appointment, language exercise.Language) string {
	lines := []string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mend//Mend//EN", "CALSCALE:GREGORIAN"}
	for _, a := range all {
		lines = append(lines,
			"BEGIN:VEVENT",
			"UID:"+inCalendar(a.Session)+"@mend",
			"DTSTAMP:"+utc(a.Planned),
			"DTSTART:"+utc(a.Starts),
			"DTEND:"+utc(a.Starts.Add(time.Duration(a.Minutes)*time.Minute)),
			"SUMMARY:"+inCalendar(pages(language).appointment),
			"CLASS:PRIVATE",
			"END:VEVENT",
		)
	}
	lines = append(lines, "END:VCALENDAR")
	var out strings.Builder
	for _, line := range lines {
		out.WriteString(folded(line))
		out.WriteString("\r\n")
	}
	return out.String()
}

func utc(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// inCalendar escapes a text value.
func inCalendar(text string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`).Replace(text)
}

// folded breaks a line after 75 octets, never within a character; what follows begins
// with a blank.
func folded(line string) string {
	const most = 75
	var out strings.Builder
	for limit := most; len(line) > limit; limit = most - 1 {
		cut := limit
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		out.WriteString(line[:cut] + "\r\n ")
		line = line[cut:]
	}
	out.WriteString(line)
	return out.String()
}
