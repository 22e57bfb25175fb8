package record

import (
	"fmt"
	"regexp"
	"strings"
)

// Markdown writes a document as CommonMark with tables. What people typed is escaped:
// it reads as they wrote it, and never becomes a heading, a picture or HTML.
func Markdown(d Document) string {
	var out strings.Builder
	fmt.Fprintf(&out, "# %s\n", escaped(d.Title))
	for _, b := range d.Blocks {
		out.WriteString("\n")
		switch b := b.(type) {
		case Heading:
			fmt.Fprintf(&out, "%s %s\n", strings.Repeat("#", b.Level), escaped(b.Text))
		case Paragraph:
			fmt.Fprintf(&out, "%s\n", lines(b.Text, ""))
		case Quote:
			if b.By != "" {
				fmt.Fprintf(&out, "**%s**\n\n", escaped(b.By))
			}
			fmt.Fprintf(&out, "%s\n", lines(b.Text, "> "))
		case Facts:
			for _, f := range b {
				fmt.Fprintf(&out, "- **%s:** %s\n", escaped(f.Name), escaped(f.Value))
			}
		case Items:
			for _, item := range b {
				fmt.Fprintf(&out, "- %s\n", escaped(item))
			}
		case Table:
			b.markdown(&out)
		}
	}
	return out.String()
}

func (t Table) markdown(out *strings.Builder) {
	if t.Caption != "" {
		fmt.Fprintf(out, "%s:\n\n", escaped(t.Caption))
	}
	rule := make([]string, len(t.Head))
	for i := range rule {
		rule[i] = "---"
	}
	for _, row := range append([][]string{t.Head, rule}, t.Rows...) {
		cells := make([]string, len(row))
		for i, cell := range row {
			if cells[i] = cell; cell != "---" {
				cells[i] = escaped(cell)
			}
		}
		fmt.Fprintf(out, "| %s |\n", strings.Join(cells, " | "))
	}
}

// lines keeps what somebody typed in their own lines, each behind a prefix. Two blanks
// at the end of a line are Markdown's line break.
func lines(text, prefix string) string {
	typed := strings.Split(strings.TrimRight(text, "\n"), "\n")
	var out strings.Builder
	for i, line := range typed {
		if i > 0 {
			if strings.TrimSpace(typed[i-1]) != "" && strings.TrimSpace(line) != "" {
				out.WriteString("  ")
			}
			out.WriteString("\n")
		}
		out.WriteString(strings.TrimRight(prefix+escaped(line), " "))
	}
	return out.String()
}

var (
	special  = regexp.MustCompile("[\\\\`*_\\[\\]<>|~&]")
	atStart  = regexp.MustCompile(`^(#{1,6}|[-+=]+|>)`)
	numbered = regexp.MustCompile(`^(\d{1,9})([.)])`)
)

// escaped is one line that Markdown takes as it stands.
func escaped(text string) string {
	text = special.ReplaceAllString(flat(text), `\$0`)
	text = atStart.ReplaceAllString(text, `\$0`)
	return numbered.ReplaceAllString(text, `$1\$2`)
}
