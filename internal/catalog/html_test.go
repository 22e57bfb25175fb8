package catalog_test

import (
	"regexp"
	"strings"
	"testing"

	"mend/internal/catalog"
)

func TestMarkdownBecomesPlainHTML(t *testing.T) {
	for md, want := range map[string]string{
		"Say *it*, **now**.":      "<p>Say <em>it</em>, <strong>now</strong>.</p>",
		"- one\n- two":            "<ul>\n<li>one</li>\n<li>two</li>\n</ul>",
		"Call [us](tel:+4930123)": `<p>Call <a href="tel:+4930123">us</a></p>`,
		"a < b & c":               "<p>a &lt; b &amp; c</p>",
	} {
		if got := strings.TrimSpace(catalog.HTML(md)); got != want {
			t.Errorf("%q became %q, want %q", md, got, want)
		}
	}
}

var active = regexp.MustCompile(`<[^>]*\s(on\w+|src|style)\s*=`)

// Nothing that an author writes runs, loads or leads anywhere on a partner's phone.
func TestNothingActiveSurvives(t *testing.T) {
	for _, md := range []string{
		"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![x](https://example.org/x.png)",
		"[x](javascript:alert(1))", "[x](https://example.org)", "<https://example.org>", "[x](//example.org)", "[x](/join)",
		`<a href="tel:1" onclick="x()">x</a>`, "<style>body{}</style>", "<iframe src='https://example.org'></iframe>",
		"[x](data:text/html,<script>)", "<svg/onload=alert(1)>", "[x][1]\n\n[1]: https://example.org",
		"<form action=https://example.org><input name=q></form>",
	} {
		got := strings.ToLower(catalog.HTML(md))
		for _, bad := range []string{"<script", "<img", "<style", "<iframe", "<svg", "<form", "<input", "href=\"http", "href=\"/", "href=\"java", "href=\"data"} {
			if strings.Contains(got, bad) {
				t.Errorf("%q became %q", md, got)
			}
		}
		if active.MatchString(got) {
			t.Errorf("%q became %q", md, got)
		}
	}
}
