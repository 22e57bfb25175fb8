package catalog

import (
	"cmp"
	"fmt"
	"io/fs"
	"math"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mend/internal/exercise"
)

// English is the language every text exists in, and stands in for one that is not
// there.
const English = "en"

// Page is one short page of the guide, in one language.
type Page struct {
	ID       string // the file's name, the same in every language; an exercise's themes name it
	Section  string // "S-8", its place in the guide
	Title    string
	Summary  string // one sentence for a list
	Partners bool   // false where a page is for the counselor alone
	Body     string // Markdown, for HTML
}

// Guide is what Mend says about its ground, a page a section. It does not change.
type Guide struct {
	pages map[string][]Page // by language, in the order of sections
}

// Pages are those of a language in the order of sections, or the English ones where
// there is no such language.
func (g *Guide) Pages(lang string) []Page {
	pages, ok := g.pages[lang]
	if !ok {
		pages = g.pages[English]
	}
	return slices.Clone(pages)
}

// Page is the page of an id in a language, or in English.
func (g *Guide) Page(lang, id string) (Page, bool) {
	pages := g.Pages(lang)
	if i := slices.IndexFunc(pages, func(p Page) bool { return p.ID == id }); i >= 0 {
		return pages[i], true
	}
	return Page{}, false
}

// LoadGuide reads guide/<lang>/<id>.md. It gives a whole guide or, as Problems,
// everything that keeps it from being one.
func LoadGuide(files fs.FS) (*Guide, error) {
	folders, err := fs.ReadDir(files, "guide")
	if err != nil {
		return nil, fmt.Errorf("reading the guide: %w", err)
	}
	all := map[string][]sourced{}
	var problems Problems
	for _, folder := range folders {
		if !folder.IsDir() {
			continue
		}
		names, err := fs.Glob(files, path.Join("guide", folder.Name(), "*.md"))
		if err != nil {
			return nil, fmt.Errorf("reading the guide: %w", err)
		}
		for _, name := range names {
			page, found := loadPage(files, name)
			all[folder.Name()] = append(all[folder.Name()], page)
			problems = append(problems, found...)
		}
	}
	if len(all[English]) == 0 {
		problems = append(problems, place{file: "guide/" + English}.problem("", "guide-empty", "There is no guide in English", "Write it in English first; other languages follow"))
	}
	g := &Guide{pages: map[string][]Page{}}
	for lang, pages := range all {
		slices.SortFunc(pages, func(a, b sourced) int {
			return cmp.Or(cmp.Compare(number(a.Section), number(b.Section)), cmp.Compare(a.ID, b.ID))
		})
		problems = append(problems, twice(pages)...)
		if lang != English {
			problems = append(problems, differing(lang, pages, all[English])...)
		}
		for _, page := range pages {
			g.pages[lang] = append(g.pages[lang], page.Page)
		}
	}
	if len(problems) > 0 {
		slices.SortStableFunc(problems, func(a, b FileProblem) int {
			return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Code, b.Code))
		})
		return nil, problems
	}
	return g, nil
}

// sourced is a page with the file and the lines it was read from.
type sourced struct {
	Page
	at place
}

const longestSummary = 140 // characters: what a list shows in two lines of a phone

var (
	idName      = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	sectionName = regexp.MustCompile(`^S-(0|[1-9]\d?)$`)
)

// loadPage reads one file: its front matter between two lines of ---, then its text.
func loadPage(files fs.FS, name string) (sourced, Problems) {
	page := sourced{Page{ID: strings.TrimSuffix(path.Base(name), ".md")}, place{file: name}}
	source, err := read(files, name)
	if err != nil {
		return page, Problems{page.at.problem("", "file-unreadable", err.Error(), "Make it a short text file")}
	}
	front, body, ok := unfold(string(source))
	if !ok {
		return page, Problems{page.at.problem("", "page-no-front", "The page does not begin with its section, title and summary", "Begin with a line ---, the fields, and a line ---")}
	}
	// The empty line stands for the first ---, so that the lines are those of the file.
	s := newSheet(name, []byte("\n"+front))
	fields := s.fields(s.tree.root, "", "section", "title", "summary", "partners")
	page.at.lines = s.tree.lines
	page.Section = s.text(fields, "", "section")
	page.Title = s.text(fields, "", "title")
	page.Summary = s.text(fields, "", "summary")
	page.Partners = s.flag(fields, "", "partners")
	page.Body = strings.TrimSpace(body)

	if !idName.MatchString(page.ID) {
		s.report("", "page-name", "The file's name cannot be an id", "Use small letters and hyphens, such as the-past.md")
	}
	if page.Section != "" && !sectionName.MatchString(page.Section) {
		s.report("section", "page-section", fmt.Sprintf("%q is not a section", page.Section), "Write it as S-8")
	}
	if n := utf8.RuneCountInString(page.Summary); n > longestSummary {
		s.report("summary", "page-summary", fmt.Sprintf("The summary has %d characters, more than %d", n, longestSummary), "Keep it to one sentence")
	}
	if page.Body == "" {
		s.report("", "page-empty", "The page has no text", "Write it below the second ---")
	}
	return page, s.problems
}

// unfold parts a page's front matter from its text.
func unfold(source string) (front, body string, ok bool) {
	rest, begins := strings.CutPrefix(strings.ReplaceAll(source, "\r\n", "\n"), "---\n")
	front, body, ends := strings.Cut(rest, "\n---\n")
	return front, body, begins && ends
}

// number is a section's place in the guide; what is not a section comes last.
func number(section string) int {
	n, err := strconv.Atoi(strings.TrimPrefix(section, "S-"))
	if err != nil {
		return math.MaxInt
	}
	return n
}

// twice tells which pages of one language claim the same section.
func twice(pages []sourced) Problems {
	var problems Problems
	for i := 1; i < len(pages); i++ {
		if before, page := pages[i-1], pages[i]; page.Section == before.Section && page.Section != "" {
			problems = append(problems, page.at.problem("section", "page-section", fmt.Sprintf("%s is the section of %s as well", page.Section, before.ID), "Give each page a section of its own"))
		}
	}
	return problems
}

// differing holds a language against English: the same pages, in the same places, for
// the same people. Otherwise one partner reads what the other cannot.
func differing(lang string, pages, english []sourced) Problems {
	var problems Problems
	for _, page := range pages {
		original, ok := find(english, page.ID)
		if !ok {
			problems = append(problems, page.at.problem("", "page-not-in-english", "There is no such page in English", "Name it as the English page, or write that one"))
			continue
		}
		if page.Section != original.Section {
			problems = append(problems, page.at.problem("section", "page-differs", "The section in English is "+original.Section, "Make them the same"))
		}
		if page.Partners != original.Partners {
			problems = append(problems, page.at.problem("partners", "page-differs", fmt.Sprintf("In English this is %v", original.Partners), "Make them the same"))
		}
	}
	for _, original := range english {
		if _, ok := find(pages, original.ID); !ok {
			at := place{file: path.Join("guide", lang, original.ID+".md")}
			problems = append(problems, at.problem("", "page-missing", "This page exists in English and not here", "Translate it"))
		}
	}
	return problems
}

func find(pages []sourced, id string) (sourced, bool) {
	for _, p := range pages {
		if p.ID == id {
			return p, true
		}
	}
	return sourced{}, false
}

// A sheet is a YAML document that is read field by field. What is missing, unknown or
// of another type is noted with its line, and reading goes on.
type sheet struct {
	file     string
	tree     *tree
	problems Problems
}

func newSheet(file string, source []byte) *sheet {
	s := &sheet{file: file, tree: plant(source)}
	for _, p := range s.tree.problems {
		s.problems = append(s.problems, FileProblem{file, p})
	}
	return s
}

func (s *sheet) report(at, code, message, mend string) {
	s.problems = append(s.problems, FileProblem{s.file, exercise.Problem{Line: s.tree.line(at), Path: at, Code: code, Message: message, Mend: mend}})
}

func (s *sheet) inOrder() Problems {
	slices.SortStableFunc(s.problems, func(a, b FileProblem) int { return cmp.Compare(a.Line, b.Line) })
	return s.problems
}

// fields is a map of the known keys. Its absence is not told again where the document
// could not be read.
func (s *sheet) fields(value any, at string, known ...string) map[string]any {
	m, ok := value.(map[string]any)
	if !ok {
		if len(s.tree.problems) == 0 {
			s.report(at, "field-type", "Fields are needed here", "Write "+strings.Join(known, ", "))
		}
		return nil
	}
	for key := range m {
		if !slices.Contains(known, key) {
			s.report(join(at, key), "field-unknown", fmt.Sprintf("%q is not known here", key), "Take it out, or look at its spelling")
		}
	}
	return m
}

// field is a value of a map. Nothing is told of a map that was itself none.
func (s *sheet) field(m map[string]any, at, key string) (any, bool) {
	value, ok := m[key]
	if !ok && m != nil {
		s.report(join(at, key), "field-missing", fmt.Sprintf("%q is missing", key), "Add "+key)
	}
	return value, ok
}

func (s *sheet) mistyped(at, want string) {
	s.report(at, "field-type", "This is not "+want, "Write "+want)
}

func (s *sheet) text(m map[string]any, at, key string) string {
	value, ok := s.field(m, at, key)
	text, fits := value.(string)
	if ok && (!fits || strings.TrimSpace(text) == "") {
		s.mistyped(join(at, key), "a text")
	}
	return text
}

// texts is a text by language, one of which is English.
func (s *sheet) texts(m map[string]any, at, key string) map[string]string {
	value, ok := s.field(m, at, key)
	if !ok {
		return nil
	}
	at = join(at, key)
	byLanguage, fits := value.(map[string]any)
	if !fits {
		s.mistyped(at, "a text for each language, such as { en: A first session }")
		return nil
	}
	texts := map[string]string{}
	s.field(byLanguage, at, English)
	for lang := range byLanguage {
		texts[lang] = s.text(byLanguage, at, lang)
	}
	return texts
}

func (s *sheet) flag(m map[string]any, at, key string) bool {
	value, ok := s.field(m, at, key)
	flag, fits := value.(bool)
	if ok && !fits {
		s.mistyped(join(at, key), "true or false")
	}
	return flag
}

// count is a whole number from 1 on.
func (s *sheet) count(m map[string]any, at, key string) int {
	value, ok := s.field(m, at, key)
	n, err := strconv.Atoi(fmt.Sprint(value))
	if ok && (err != nil || n < 1) {
		s.mistyped(join(at, key), "a whole number, such as 50")
		return 0
	}
	return n
}

func (s *sheet) list(m map[string]any, at, key string) []any {
	value, ok := s.field(m, at, key)
	list, fits := value.([]any)
	if ok && (!fits || len(list) == 0) {
		s.mistyped(join(at, key), "a list")
	}
	return list
}
