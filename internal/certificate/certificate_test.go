package certificate_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"mend/internal/certificate"
)

// lines is a log that several may write.
type lines struct {
	sync.Mutex
	bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.Lock()
	defer l.Unlock()
	return l.Buffer.Write(p)
}

func (l *lines) String() string {
	l.Lock()
	defer l.Unlock()
	return l.Buffer.String()
}

// While the authority cannot be reached, the log says why, without the operator's
// address.
func TestWhyThereIsNoCertificateIsTold(t *testing.T) {
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody.Close()
	log := &lines{}
	const email = "ops@example.net"
	k := certificate.New(certificate.Options{
		Name: "mend.example.org", Folder: t.TempDir(), Log: slog.New(slog.NewJSONHandler(log, nil)),
		Directory: "https://" + nobody.Addr().String() + "/dir", Email: email, HTTPS: nobody.Addr(), HTTP: nobody.Addr(),
	})
	defer k.Close()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	if err := k.Keep(ctx); err != nil {
		t.Fatal(err)
	}
	waits := func(words string) {
		t.Helper()
		patience := time.NewTimer(20 * time.Second)
		for tick := time.NewTicker(20 * time.Millisecond); ; {
			if strings.Contains(log.String(), words) {
				tick.Stop()
				return
			}
			select {
			case <-tick.C:
			case <-patience.C:
				t.Fatalf("%q was not said:\n%s", words, log)
			}
		}
	}
	waits("will retry")
	stop()
	told := log.String()
	if strings.Contains(told, email) || !strings.Contains(told, "connection refused") || !strings.Contains(told, "(email)") {
		t.Errorf("the log says:\n%s", told)
	}
	for line := range strings.Lines(told) {
		var fields map[string]any
		if err := json.Unmarshal([]byte(line), &fields); err != nil {
			t.Fatal(err)
		}
		for name := range fields {
			switch name {
			case "time", "level", "msg", "cause":
			default:
				t.Errorf("%s is told as well: %s", name, line)
			}
		}
	}
}
