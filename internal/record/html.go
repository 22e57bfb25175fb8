package record

import (
	_ "embed"
	"html/template"
	"strings"
)

//go:embed document.html
var documentPage string

// DocumentStyle is the stylesheet that stands inside each page, so that a page that was
// saved looks like one that was opened. A content security policy names it by its hash.
//
//go:embed document.css
var DocumentStyle string

var documentTemplate = template.Must(template.New("document").Funcs(template.FuncMap{
	"kind": func(b Block) string {
		switch b.(type) {
		case Heading:
			return "heading"
		case Paragraph:
			return "paragraph"
		case Quote:
			return "quote"
		case Facts:
			return "facts"
		case Items:
			return "items"
		}
		return "table"
	},
}).Parse(documentPage))

// HTML writes a document as one page for screen and paper. Its structure (headings,
// lists, tables with their heads, the language) is what a browser makes a tagged PDF of.
func HTML(d Document) (string, error) {
	var out strings.Builder
	err := documentTemplate.Execute(&out, struct {
		Document
		Style template.CSS
	}{d, template.CSS(DocumentStyle)}) // #nosec G203 -- the constant above
	return out.String(), err
}
