package web

import (
	"testing"
	"testing/fstest"

	"mend/internal/catalog"
	"mend/internal/fault"
)

// A page for counselors alone does not exist for anyone else, by name or in the list.
func TestAPageForCounselorsIsThereForThemAlone(t *testing.T) {
	page := func(section, partners string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\nsection: " + section + "\ntitle: T\nsummary: S.\npartners: " + partners + "\n---\n\nA *text*.\n")}
	}
	guide, err := catalog.LoadGuide(fstest.MapFS{"guide/en/pace.md": page("S-0", "true"), "guide/en/apology.md": page("S-1", "false")})
	if err != nil {
		t.Fatal(err)
	}
	a := &api{guide: guide}

	if got := a.guideFor(true, "es").Items; len(got) != 2 {
		t.Errorf("a counselor is shown %d of two pages", len(got))
	}
	if got := a.guideFor(false, "en").Items; len(got) != 1 || got[0].ID != "pace" {
		t.Errorf("a partner is shown %+v", got)
	}
	if p, err := a.pageFor(true, "en", "apology"); err != nil || p.HTML != "<p>A <em>text</em>.</p>\n" || p.Exercises == nil {
		t.Errorf("a counselor reads %+v, %v", p, err)
	}
	for _, id := range []string{"apology", "no-such-page"} {
		if _, err := a.pageFor(false, "en", id); fault.Code(err) != "not_found" {
			t.Errorf("%s, to a partner: %v", id, err)
		}
	}
	if p, err := a.pageFor(false, "en", "pace"); err != nil || p.ID != "pace" {
		t.Errorf("a partner reads %+v, %v", p, err)
	}
}
