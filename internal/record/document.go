package record

import "mend/internal/exercise"

// Document is something to be read on paper, before a file format says how. Markdown
// and HTML write the same one.
type Document struct {
	Language exercise.Language
	Title    string // neutral: it stands in windows and in files' properties
	Blocks   []Block
}

// Block is one part of a document.
type Block interface{ block() }

type (
	// Heading is of level 2 to 4; the document's title is the first.
	Heading struct {
		Level int
		Text  string
	}
	Paragraph struct{ Text string }
	// Quote is what somebody wrote, in their own lines.
	Quote struct{ By, Text string }
	Fact  struct{ Name, Value string }
	Facts []Fact
	Items []string
	Table struct {
		Caption string
		Head    []string
		Rows    [][]string
	}
)

func (Heading) block()   {}
func (Paragraph) block() {}
func (Quote) block()     {}
func (Facts) block()     {}
func (Items) block()     {}
func (Table) block()     {}

func (d *Document) add(blocks ...Block) { d.Blocks = append(d.Blocks, blocks...) }

// list adds lines under a heading, or nothing where there are none.
func (d *Document) list(level int, heading string, lines []string) {
	if len(lines) > 0 {
		d.add(Heading{level, heading}, Items(lines))
	}
}
