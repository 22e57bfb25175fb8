package catalog

import (
	"bytes"
	"html"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
)

// What an author may mark up: paragraphs, emphasis, lists, headings, quotations and
// line breaks. A link may only call, text or write to somebody, for a practice's
// crisis lines: nothing on a partner's phone leads to a third party or loads from one.
var allowed = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "em", "strong", "ul", "ol", "li", "h1", "h2", "h3", "h4", "blockquote", "hr", "code")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("tel", "sms", "mailto")
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnLinks(false)
	return p
})

var markdown = sync.OnceValue(func() goldmark.Markdown { return goldmark.New() })

// HTML renders Markdown as sanitised HTML. Raw HTML in it does not survive.
func HTML(md string) string {
	var page bytes.Buffer
	if err := markdown().Convert([]byte(md), &page); err != nil {
		return "<p>" + html.EscapeString(md) + "</p>"
	}
	return allowed().Sanitize(page.String())
}
