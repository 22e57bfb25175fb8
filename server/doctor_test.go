package main

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mend/internal/seal"
)

// seen is what the doctor says of a house, and whether anything is broken.
func (h *house) seen(change func(*config)) (string, bool) {
	h.Helper()
	c := config{
		Listen: strings.TrimPrefix(h.base, "http://"), Metrics: h.app.numbers.listen.Addr().String(), Data: h.data,
	}
	change(&c)
	var out bytes.Buffer
	err := doctorCmd{c}.Run(h.Context(), &out)
	return out.String(), err != nil
}

func (h *house) says(change func(*config), ill bool, parts ...string) {
	h.Helper()
	told, is := h.seen(change)
	if is != ill {
		h.Errorf("broken: %v, want %v:\n%s", is, ill, told)
	}
	for _, part := range parts {
		if !strings.Contains(told, part) {
			h.Errorf("%q is not said:\n%s", part, told)
		}
	}
	if strings.Contains(told, marker) {
		h.Errorf("the doctor tells of somebody:\n%s", told)
	}
}

// The doctor looks at a house that is in use, and finds what is wrong with it; it
// leaves nothing behind.
func TestTheDoctorFindsWhatIsWrong(t *testing.T) {
	h := openHouse(t)
	desk := h.counselor()
	desk.session()
	files := func() int {
		all, err := os.ReadDir(h.data)
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	before := files()
	h.says(func(*config) {}, false, "ok         port      a Mend answers at", "ok         metrics   a Mend answers at", "ok         clock")
	if after := files(); after != before {
		t.Errorf("there were %d files in the folder, and are %d", before, after)
	}
	h.says(func(c *config) { c.Now = func() time.Time { return time.Now().Add(-2 * time.Hour) } }, true,
		"broken     clock", "set the machine's clock")
	h.says(func(c *config) { c.Now = func() time.Time { return time.Now().Add(9 * 24 * time.Hour) } }, false, "attention  backup")
	h.says(func(c *config) { c.BaseURL = "https://room.example.org" }, false, "attention  key", "--master-key-file")

	other, err := seal.NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "other.key")
	if err := other.Save(file); err != nil {
		t.Fatal(err)
	}
	h.says(func(c *config) { c.MasterKeyFile = file }, true, "broken     database", "does not open this database")

	stranger, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer stranger.Close()
	go func() {
		for {
			c, err := stranger.Accept()
			if err != nil {
				return
			}
			_ = c.Close()
		}
	}()
	h.says(func(c *config) { c.Listen = stranger.Addr().String() }, true, "broken     port", "--listen")
	h.says(func(c *config) { c.Metrics = stranger.Addr().String() }, true, "broken     metrics", "--metrics")
}
