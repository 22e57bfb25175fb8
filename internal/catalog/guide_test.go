package catalog_test

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"mend/content"
	"mend/internal/catalog"
)

var guideLanguages = []string{"en", "es"}

// The ground of Mend, section by section. A section without a page is a theme that
// nobody can read about.
var sections = []string{
	"what-breaks-trust", "why-it-is-hard", "pace", "proof", "what-trust-is", "privacy", "reasons",
	"responsibility", "apology", "communication", "respect", "two-realities", "openness",
	"give-and-take", "forgiveness", "forgiveness-is-not-trust", "the-past", "worth-it",
	"getting-help", "staying-mended",
}

func guide(t *testing.T) *catalog.Guide {
	t.Helper()
	g, err := catalog.LoadGuide(content.Files)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// everyPage runs a test on each page in each language.
func everyPage(t *testing.T, f func(t *testing.T, lang string, p catalog.Page)) {
	t.Helper()
	g := guide(t)
	for _, lang := range guideLanguages {
		for _, p := range g.Pages(lang) {
			t.Run(lang+"/"+p.ID, func(t *testing.T) { f(t, lang, p) })
		}
	}
}

func TestEverySectionHasAPage(t *testing.T) {
	g := guide(t)
	for _, lang := range guideLanguages {
		var got []string
		for i, p := range g.Pages(lang) {
			got = append(got, p.ID)
			if want := fmt.Sprintf("S-%d", i); p.Section != want {
				t.Errorf("%s: %s is %s, want %s", lang, p.ID, p.Section, want)
			}
		}
		if !slices.Equal(got, sections) {
			t.Errorf("%s has %q", lang, got)
		}
	}
	if en, _ := g.Page("en", "apology"); en.Title == "" || !strings.Contains(en.Body, "sorry") {
		t.Errorf("the page is %+v", en)
	}
	if es, _ := g.Page("es", "apology"); es.Title == "A plain apology" {
		t.Error("Spanish is English")
	}
	if p, ok := g.Page("xx", "apology"); !ok || p.Title != "A plain apology" {
		t.Errorf("a language that is not there gave %+v", p)
	}
	if _, ok := g.Page("en", "nothing"); ok {
		t.Error("there is a page that nobody wrote")
	}
}

func TestEveryThemeHasAPage(t *testing.T) {
	g := guide(t)
	for _, d := range library(t).List() {
		for _, theme := range d.Themes {
			if _, ok := g.Page("en", theme); !ok {
				t.Errorf("%s belongs to %q, which has no page", d.ID, theme)
			}
		}
	}
}

// Every page is something a couple can do.
func TestEverySectionIsNamedByAnExercise(t *testing.T) {
	named := map[string]bool{}
	for _, d := range library(t).List() {
		for _, theme := range d.Themes {
			named[theme] = true
		}
	}
	for _, id := range sections {
		if !named[id] {
			t.Errorf("no exercise belongs to %s", id)
		}
	}
}

func words(text string) int { return len(strings.Fields(text)) }

var list = regexp.MustCompile(`(?m)^- `)

// Sentences of a page; the items of a list are some, too.
func sentences(body string) []string {
	var all []string
	for _, paragraph := range strings.Split(list.ReplaceAllString(body, ""), "\n") {
		for _, s := range strings.FieldsFunc(paragraph, func(r rune) bool { return strings.ContainsRune(".?!:", r) }) {
			if s = strings.TrimSpace(s); words(s) > 0 {
				all = append(all, s)
			}
		}
	}
	return all
}

// A page is read on a phone by somebody who is upset: short, in short sentences. For
// English the bound is a Flesch–Kincaid grade of 8, for Spanish a Szigriszt–Pazos
// index of 65, from which on a text is called easy.
func TestPagesAreEasyToRead(t *testing.T) {
	hardest := map[string]float64{"en": 0, "es": 100}
	everyPage(t, func(t *testing.T, lang string, p catalog.Page) {
		if n := words(p.Body); n < 110 || n > 240 {
			t.Errorf("it has %d words", n)
		}
		for _, s := range sentences(p.Body) {
			if n := words(s); n > 20 {
				t.Errorf("a sentence of %d words: %s", n, s)
			}
		}
		switch lang {
		case "en":
			g := grade(p.Body)
			hardest[lang] = max(hardest[lang], g)
			if g > 8 {
				t.Errorf("it reads at grade %.1f", g)
			}
		case "es":
			ease := szigriszt(p.Body)
			hardest[lang] = min(hardest[lang], ease)
			if ease < 65 {
				t.Errorf("it reads at an ease of %.1f", ease)
			}
		}
	})
	t.Logf("hardest: grade %.1f in English, an ease of %.1f in Spanish", hardest["en"], hardest["es"])
}

var spanishVowels = regexp.MustCompile(`(?i)[íú]|[aeiouáéóüy]*[aeoáéó][iuüy]?|[iuüy]+`)

// szigriszt counts a group of vowels with one strong vowel as a syllable, which is
// near enough.
func szigriszt(text string) float64 {
	n, sounds := 0, 0
	for _, word := range strings.Fields(text) {
		n++
		sounds += max(1, len(spanishVowels.FindAllString(word, -1)))
	}
	return 206.835 - 62.3*float64(sounds)/float64(n) - float64(n)/float64(len(sentences(text)))
}

var (
	lists  = regexp.MustCompile(`(?m)(^- .*\n?)+`)
	marked = regexp.MustCompile("(?m)^#|[<>*_`|\\[\\]]|^\\d+\\.|https?:|www\\.")
)

// Paragraphs and at most one short list: a page looks the same wherever it is shown.
func TestPagesArePlain(t *testing.T) {
	exercises := library(t).List()
	everyPage(t, func(t *testing.T, _ string, p catalog.Page) {
		if found := marked.FindString(p.Body); found != "" {
			t.Errorf("it holds %q", found)
		}
		if n := len(list.FindAllString(p.Body, -1)); n > 6 {
			t.Errorf("its lists have %d items", n)
		}
		if n := len(lists.FindAllString(p.Body, -1)); n > 1 {
			t.Errorf("it has %d lists", n)
		}
		if n := utf8.RuneCountInString(p.Title); n > 40 {
			t.Errorf("its title has %d characters", n)
		}
		if !strings.HasSuffix(p.Summary, ".") || strings.HasSuffix(p.Title, ".") {
			t.Errorf("%q, %q", p.Title, p.Summary)
		}
		for _, d := range exercises { // the app leads to them by their themes
			if words(d.Title) > 1 && strings.Contains(strings.ToLower(p.Body), strings.ToLower(d.Title)) {
				t.Errorf("it names the exercise %q", d.Title)
			}
		}
	})
}

// What no sentence of the guide may say, in either language.
var forbidden = map[string]map[string]*regexp.Regexp{
	"en": {
		"forgiving is asked of somebody":     regexp.MustCompile(`(?i)\b(must|should|shall|ought to|ha(ve|s) to|needs? to)\b[^,;]{0,20}\bforg(ive|iving|iveness)`),
		"forgiving is needed":                regexp.MustCompile(`(?i)forgiv\w+ is (essential|needed|necessary|required|vital|key)`),
		"forgiving is trusting":              regexp.MustCompile(`(?i)\bforgiv\w+ (is|means|equals|brings|restores|rebuilds|leads to)( (also|the same as|a form of|back|to))* trust|\btrust\w* (is|means)( (also|the same as|a form of|to))* forgiv`),
		"understanding is approving":         regexp.MustCompile(`(?i)\bunderstand\w* (is|means|implies)( (also|the same as|to))* (approv|agree|accept|excus|forgiv)`),
		"privacy is secrecy":                 regexp.MustCompile(`(?i)\bpriva\w+ (is|means)( (also|the same as|a|a kind of))* (secre|hiding)`),
		"the breach is shared":               regexp.MustCompile(`(?i)\b(both|each)\b[^.]{0,40}\b(responsible|responsibility|share|part|blame|contribut\w+)\b[^.]{0,30}\b(what happened|the breach|the betrayal|the act|the affair)\b|\bnobody is to blame|\bwe both\b`),
		"the breach is the hurt one's":       regexp.MustCompile(`(?i)\bthe one who was hurt\b[^.]{0,30}\b(share of the (act|breach)|is responsible|is to blame|caused|owns the act)`),
		"a label":                            regexp.MustCompile(`(?i)\b(cheat(er|ers|ed|ing)|betrayers?|betrayed|victims?|offenders?|perpetrators?|wrongdoers?|liars?|narciss\w+|guilty party|addicts?|codepend\w+|trauma\w*)\b`),
		"a gender":                           regexp.MustCompile(`(?i)\b(he|she|his|hers?|him|husbands?|wi(fe|ves)|spouses?|boyfriends?|girlfriends?|m[ae]n|wom[ae]n)\b`),
		"advice to stay or to leave":         regexp.MustCompile(`(?i)\b(you (must|should|had better|ought to)|it is (better|best) to) (stay|leave|go|separate|part|divorce|try)|\b(worth fighting for|save your|move on)\b`),
		"a promise":                          regexp.MustCompile(`(?i)\b(guarantee\w*|always works?|will (heal|work|mend|recover|get better|be stronger)|takes? (about )?\w+ (months?|years?)|within \w+ (months?|years?))\b`),
		"a branded method or a trade's word": regexp.MustCompile(`\b(PREP|EFT|REACH)\b|(?i)\b(gottman|imago|attun\w+|enactments?|dyad\w*|vulnerab\w+|boundar\w+|validat\w+|trigger\w*|toxic|closure|journey)\b`),
		"remembering is forbidden":           regexp.MustCompile(`(?i)\b(stop|avoid|quit) (dwelling|thinking|asking|bringing)|\b(forgive and forget|let it go|get over)\b`),
	},
	"es": {
		"forgiving is asked of somebody": regexp.MustCompile(`(?i)(^|\s)(deb\w+|tiene[sn]? que|hay que|hace falta|necesita\w*|es (necesario|esencial|preciso))\s[^,;]{0,20}perd[oó]n`),
		"forgiving is trusting":          regexp.MustCompile(`(?i)perd(onar|ón) (es|significa|trae|devuelve)( (también|lo mismo que|volver a))* confia|confiar (es|significa)( (también|lo mismo que))* perdon`),
		"understanding is approving":     regexp.MustCompile(`(?i)(comprender|entender) (es|significa|implica)( (también|lo mismo que))* (aprobar|aceptar|disculpar|justificar)`),
		"privacy is secrecy":             regexp.MustCompile(`(?i)privacidad (es|significa)( (también|lo mismo que|un))* (secret|ocultar)`),
		"the breach is shared":           regexp.MustCompile(`(?i)(ambas? partes|las dos personas|ustedes dos)[^.]{0,40}(responsab|culpa)[^.]{0,30}(lo que pasó|lo ocurrido|el hecho|la ruptura)|nadie tiene la culpa`),
		"a label":                        regexp.MustCompile(`(?i)(^|\P{L})(infiel(es)?|traidor\w*|víctimas?|culpables?|mentiros\w+|agresor\w*|narcis\w+|tóxic\w+|engañad[oa]s?|traicionad[oa]s?|herid[oa]s|lastimad[oa]s?)(\P{L}|$)`),
		"a gender":                       regexp.MustCompile(`(?i)(^|\P{L})(él|ella|ell[oa]s|nosotr[oa]s|maridos?|espos[oa]s?|novi[oa]s?|hombres?|mujer(es)?|los dos|ambos|juntos|un[oa] de ustedes|el otro|del otro|al otro|consejer[oa]s?|solos|(?:est[áa][sn]?|sient[aeo][sn]?|qued[aeo][sn]?) (?:(?:muy|tan|más) )?\p{L}+[td][oa]s?)(\P{L}|$)|[oa]/[oa]\b|@|\p{L}xs?\b`),
		"advice to stay or to leave":     regexp.MustCompile(`(?i)(deberías|tienes que|debes|es mejor) (quedarte|irte|dejar|separarte|seguir|intentar)|vale la pena luchar`),
		"a promise":                      regexp.MustCompile(`(?i)garantiza\w*|siempre funciona|(va|van) a (sanar|funcionar|mejorar)|(toma|tarda|lleva) (unos? |unas? )?\p{L}+ (meses|años)`),
		"the other Spanish":              regexp.MustCompile(`(?i)(^|\P{L})(vosotr[oa]s|vuestr[oa]s?|os|vos|usted|tenés|podés|móvil|ordenador)(\P{L}|$)`),
	},
}

func TestNoPageSaysWhatMendDeclines(t *testing.T) {
	everyPage(t, func(t *testing.T, lang string, p catalog.Page) {
		for _, s := range append(sentences(p.Body), p.Title, p.Summary) {
			for what, pattern := range forbidden[lang] {
				if found := pattern.FindString(s); found != "" {
					t.Errorf("%s (%q): %s", what, found, s)
				}
			}
		}
	})
}

// The words above must find what they are for.
func TestTheWordsThatAreDeclinedAreFound(t *testing.T) {
	for what, s := range map[string][2]string{
		"forgiving is asked of somebody":     {"You must forgive your partner", "Tienes que perdonar a tu pareja"},
		"forgiving is needed":                {"Forgiveness is essential"},
		"forgiving is trusting":              {"Forgiving means to trust again", "Perdonar es confiar"},
		"understanding is approving":         {"Understanding means approving", "Entender es aprobar"},
		"privacy is secrecy":                 {"Privacy is a kind of secrecy", "La privacidad es un secreto"},
		"the breach is shared":               {"You are both responsible for what happened", "Las dos personas son responsables de lo que pasó"},
		"the breach is the hurt one's":       {"The one who was hurt is to blame as well"},
		"a label":                            {"The cheater waits", "La víctima espera"},
		"a gender":                           {"Tell her so", "Habla con ella"},
		"advice to stay or to leave":         {"You should leave", "Deberías irte"},
		"a promise":                          {"It takes two years", "Tarda dos años"},
		"a branded method or a trade's word": {"Set a boundary"},
		"remembering is forbidden":           {"Stop dwelling on it"},
		"the other Spanish":                  {"", "Vosotros habláis"},
	} {
		for i, lang := range guideLanguages {
			if pattern, ok := forbidden[lang][what]; ok != (s[i] != "") || ok && !pattern.MatchString(s[i]) {
				t.Errorf("%s: %s is not found in %q", lang, what, s[i])
			}
		}
	}
	for _, s := range []string{"Forgiving is not trusting", "Understanding is not approval", "Privacy is not secrecy", "Nobody owes it"} {
		for what, pattern := range forbidden["en"] {
			if pattern.MatchString(s) {
				t.Errorf("%q was taken for %s", s, what)
			}
		}
	}
}

// Three pairs are kept apart in so many words, where a reader looks for them.
func TestThePairsAreKeptApart(t *testing.T) {
	g := guide(t)
	for _, pair := range []struct{ lang, id, words string }{
		{"en", "reasons", "Understanding is not approval"},
		{"en", "two-realities", "Understanding is not approval"},
		{"en", "privacy", "Privacy is not secrecy"},
		{"en", "forgiveness-is-not-trust", "Forgiving is not trusting"},
		{"en", "forgiveness", "nobody owes it"},
		{"en", "responsibility", "The one who was hurt carries no part of it"},
		{"es", "reasons", "Comprender no es aprobar"},
		{"es", "two-realities", "Comprender no es aprobar"},
		{"es", "privacy", "Lo privado no es lo secreto"},
		{"es", "forgiveness-is-not-trust", "Perdonar no es confiar"},
		{"es", "forgiveness", "nadie lo debe"},
		{"es", "responsibility", "no carga con ninguna parte"},
	} {
		p, _ := g.Page(pair.lang, pair.id)
		if text := p.Title + ". " + p.Summary + " " + p.Body; !strings.Contains(text, pair.words) {
			t.Errorf("%s/%s does not say %q", pair.lang, pair.id, pair.words)
		}
	}
}

// Where two people might be asked to do something that fear forbids, the page says
// where the counselor comes in, apart.
func TestFearIsToldToTheCounselorAlone(t *testing.T) {
	g := guide(t)
	for _, id := range []string{"what-breaks-trust", "privacy", "respect", "openness", "worth-it", "getting-help", "staying-mended"} {
		en, _ := g.Page("en", id)
		es, _ := g.Page("es", id)
		if !regexp.MustCompile(`counselor[^.?!]* alone|each of you alone`).MatchString(en.Body) || !strings.Contains(es.Body, "a solas") {
			t.Errorf("%s does not say that the counselor can be seen alone", id)
		}
	}
}

const aPage = "---\nsection: S-0\ntitle: One\nsummary: A sentence.\npartners: true\n---\n\nA text.\n"

func guideOf(pages map[string]string) fstest.MapFS {
	files := fstest.MapFS{}
	for name, page := range pages {
		files["guide/"+name+".md"] = &fstest.MapFile{Data: []byte(page)}
	}
	return files
}

func toldOf(err error) []string {
	var problems catalog.Problems
	errors.As(err, &problems)
	var all []string
	for _, p := range problems {
		all = append(all, fmt.Sprintf("%s:%d %s %s", p.File, p.Line, p.Path, p.Code))
	}
	return all
}

func TestAGoodGuideIsRead(t *testing.T) {
	g, err := catalog.LoadGuide(guideOf(map[string]string{
		"en/two": strings.Replace(aPage, "S-0", "S-10", 1),
		"en/one": strings.ReplaceAll(strings.Replace(aPage, "true", "false", 1), "\n", "\r\n"),
		"en/six": strings.Replace(aPage, "S-0", "S-9", 1),
	}))
	if err != nil {
		t.Fatal(err)
	}
	pages := g.Pages("es")
	if len(pages) != 3 || pages[0] != (catalog.Page{ID: "one", Section: "S-0", Title: "One", Summary: "A sentence.", Body: "A text."}) {
		t.Errorf("read as %+v", pages)
	}
	if pages[1].ID != "six" || pages[2].ID != "two" || !pages[2].Partners {
		t.Errorf("in the order %+v", pages)
	}
	pages[0].Title = "Mine"
	if g.Pages("en")[0].Title != "One" {
		t.Error("a reader can change the guide")
	}
}

func TestAGuideTellsAllThatIsWrong(t *testing.T) {
	swap := func(old, with string) string { return strings.Replace(aPage, old, with, 1) }
	for name, c := range map[string]struct {
		pages map[string]string
		want  []string
	}{
		"no English":       {map[string]string{"es/one": aPage}, []string{"guide/en:0  guide-empty", "guide/es/one.md:2  page-not-in-english"}},
		"no front":         {map[string]string{"en/one": "A text.\n"}, []string{"guide/en/one.md:0  page-no-front"}},
		"an open front":    {map[string]string{"en/one": "---\nsection: S-0\n"}, []string{"guide/en/one.md:0  page-no-front"}},
		"an empty front":   {map[string]string{"en/one": "---\n\n---\n\nA text.\n"}, []string{"guide/en/one.md:0  yaml-unreadable"}},
		"broken YAML":      {map[string]string{"en/one": swap("One", "[One")}, []string{"guide/en/one.md:4  yaml-unreadable"}},
		"a list":           {map[string]string{"en/one": "---\n- one\n---\nA text.\n"}, []string{"guide/en/one.md:1  field-type"}},
		"a missing field":  {map[string]string{"en/one": swap("title: One\n", "")}, []string{"guide/en/one.md:1 title field-missing"}},
		"an unknown field": {map[string]string{"en/one": swap("title: One\n", "title: One\nmood: good\n")}, []string{"guide/en/one.md:4 mood field-unknown"}},
		"a wrong type":     {map[string]string{"en/one": swap("true", "maybe")}, []string{"guide/en/one.md:5 partners field-type"}},
		"an empty title":   {map[string]string{"en/one": swap("One", `""`)}, []string{"guide/en/one.md:3 title field-type"}},
		"no section":       {map[string]string{"en/one": swap("S-0", "S-one")}, []string{"guide/en/one.md:2 section page-section"}},
		"a long summary":   {map[string]string{"en/one": swap("A sentence.", strings.Repeat("ñ", 141))}, []string{"guide/en/one.md:4 summary page-summary"}},
		"no text":          {map[string]string{"en/one": swap("A text.", "")}, []string{"guide/en/one.md:1  page-empty"}},
		"a wrong name":     {map[string]string{"en/One": aPage}, []string{"guide/en/One.md:1  page-name"}},
		"a section twice":  {map[string]string{"en/one": aPage, "en/two": aPage}, []string{"guide/en/two.md:2 section page-section"}},
		"a missing page":   {map[string]string{"en/one": aPage, "en/two": swap("S-0", "S-1"), "es/one": aPage}, []string{"guide/es/two.md:0  page-missing"}},
		"another section":  {map[string]string{"en/one": aPage, "es/one": swap("S-0", "S-1")}, []string{"guide/es/one.md:2 section page-differs"}},
		"other readers":    {map[string]string{"en/one": aPage, "es/one": swap("true", "false")}, []string{"guide/es/one.md:5 partners page-differs"}},
		"too large":        {map[string]string{"en/one": aPage + strings.Repeat("x", catalog.MaxFile)}, []string{"guide/en/one.md:0  file-unreadable"}},
		"several at once":  {map[string]string{"en/one": strings.NewReplacer("S-0", "x", "true", "2", "A text.", "").Replace(aPage), "en/two": "x"}, []string{"guide/en/one.md:1  page-empty", "guide/en/one.md:2 section page-section", "guide/en/one.md:5 partners field-type", "guide/en/two.md:0  page-no-front"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := catalog.LoadGuide(guideOf(c.pages))
			if got := toldOf(err); !slices.Equal(got, c.want) {
				t.Errorf("told %q\nwant %q", got, c.want)
			}
		})
	}
	if _, err := catalog.LoadGuide(fstest.MapFS{}); err == nil {
		t.Error("no guide at all was read as one")
	}
}
