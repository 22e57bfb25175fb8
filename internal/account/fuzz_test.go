package account_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mend/internal/account"
	"mend/internal/fault"
	"mend/internal/protocol"
	"mend/internal/seal"
	"mend/internal/session"
	"mend/internal/store"
)

// Whatever is given for a link's token or its code, there is one answer to all that it
// is not, and it lets nobody in.
func FuzzLink(f *testing.F) {
	master, err := seal.NewMaster()
	if err != nil {
		f.Fatal(err)
	}
	book, err := store.Open(f.Context(), store.Options{Path: filepath.Join(f.TempDir(), "mend.db"), Master: master})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = book.Close() })
	_, s, err := account.NewDoor(book, account.Options{}).Setup(f.Context(), first(), "127.0.0.1", true)
	if err != nil {
		f.Fatal(err)
	}
	couple, err := book.CreateCouple(f.Context(), s.Counselor, protocol.NewCouple{
		Label: "L", One: protocol.Partner{Name: "Ana"}, Two: protocol.Partner{Name: "Ben"},
	}, store.Once{})
	if err != nil {
		f.Fatal(err)
	}
	planned, err := book.CreateSession(f.Context(), s.Counselor, couple.ID, store.NewSession{}, store.Once{})
	if err != nil {
		f.Fatal(err)
	}
	link, err := account.NewDoor(book, account.Options{}).Invite(f.Context(), s.Counselor, planned.ID, session.SeatOne, time.Time{})
	if err != nil {
		f.Fatal(err)
	}
	// Nearly right, and the seeds of what is not.
	f.Add(link.Token[:21], link.Code[:5])
	f.Add(link.Token+"=", link.Code+"0")
	f.Add(strings.ToUpper(link.Token), "")
	f.Add("", strings.Repeat(link.Code, 2))
	f.Add("' OR 1=1 --", "%%%%%%")
	f.Add("\x00", "______")
	f.Add("", "\xff\xff\xff\xff\xff\xff")
	f.Fuzz(func(t *testing.T, token, code string) {
		tidy := strings.NewReplacer(" ", "", "-", "", "–", "", "\u00a0", "").Replace(strings.ToUpper(code))
		if token == link.Token || token == "" && tidy == link.Code {
			t.Skip("this is the link")
		}
		door := account.NewDoor(book, account.Options{}) // whose patience is not used up yet
		cookie, who, err := door.Join(t.Context(), token, code, "192.0.2.1")
		if cookie != "" || who.Session != "" || fault.Code(err) != "link_over" {
			t.Errorf("%q, %q: %+v, %v", token, code, who, err)
		}
		for _, other := range []func() (string, error){
			func() (string, error) {
				said, err := door.Invited(t.Context(), token, "192.0.2.1")
				return string(said.Practice), err
			},
			func() (string, error) {
				_, who, err := door.JoinPractice(t.Context(), account.Joining{Token: token, Password: goodPassword}, "192.0.2.1")
				return who.Counselor, err
			},
		} {
			if what, err := other(); what != "" || fault.Code(err) != "invitation_over" {
				t.Errorf("%q: %q, %v", token, what, err)
			}
		}
		if _, err := door.Who(t.Context(), token); err == nil {
			t.Errorf("%q is a cookie", token)
		}
	})
}
