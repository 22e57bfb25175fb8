package catalog_test

import (
	"regexp"
	"slices"
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

// hostile is Markdown that would run, load or lead elsewhere.
func hostile() []string {
	return []string{
		"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![x](https://example.org/x.png)",
		"[x](javascript:alert(1))", "[x](https://example.org)", "<https://example.org>", "[x](//example.org)", "[x](/join)",
		`<a href="tel:1" onclick="x()">x</a>`, "<style>body{}</style>", "<iframe src='https://example.org'></iframe>",
		"[x](data:text/html,<script>)", "<svg/onload=alert(1)>", "[x][1]\n\n[1]: https://example.org",
		"<form action=https://example.org><input name=q></form>",
	}
}

var (
	tags = regexp.MustCompile(`<[^>]*>?`)
	tame = regexp.MustCompile(`^</?(p|br|em|strong|ul|ol|li|h[1-4]|blockquote|hr|code|a)/?>$|^<(br|hr) ?/?>$|^<a href="(tel|sms|mailto):[^"<>]*">$`)
)

// harmless tells whether HTML holds nothing but what may stand on a partner's phone.
func harmless(page string) bool {
	return !slices.ContainsFunc(tags.FindAllString(page, -1), func(tag string) bool { return !tame.MatchString(tag) })
}

// Nothing that an author writes runs, loads or leads anywhere on a partner's phone.
func TestNothingActiveSurvives(t *testing.T) {
	for _, md := range hostile() {
		if got := catalog.HTML(md); !harmless(got) {
			t.Errorf("%q became %q", md, got)
		}
	}
	for _, page := range []string{"<script>", "<p onclick=x>", `<a href="https://example.org">`, `<a href="tel:1" style="x">`, "<img src=x>", "<p"} {
		if harmless(page) {
			t.Errorf("%s counts as harmless", page)
		}
	}
}
