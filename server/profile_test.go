package main

import (
	"errors"
	"io"
	"net/http"
	"testing"
)

func TestProfilesAreForThisMachineAlone(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:6060", "localhost:6060", "127.0.0.1", "mend.example.org:6060"} {
		p, err := profile(t.Context(), address)
		if !errors.As(err, &wrongUse{}) {
			t.Errorf("%s: %v", address, err)
		}
		_ = p.close()
	}
	if p, err := profile(t.Context(), ""); p != nil || err != nil {
		t.Errorf("unasked: %v, %v", p, err)
	}
}

func TestProfilesTellOfTimeAndMemory(t *testing.T) {
	p, err := profile(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := "http://" + p.listen.Addr().String() + "/debug/pprof/"
	get := func(what string) (status int, begins string) {
		answer, err := http.Get(at + what) //nolint:noctx // the test's own
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = answer.Body.Close() }()
		body, _ := io.ReadAll(answer.Body)
		return answer.StatusCode, string(body[:min(2, len(body))])
	}
	for _, what := range []string{"heap", "profile?seconds=1"} {
		if status, begins := get(what); status != http.StatusOK || begins != "\x1f\x8b" { // packed, as pprof reads it
			t.Errorf("%s: %d, %q", what, status, begins)
		}
	}
	// Options hold passwords, of databases and brokers.
	if status, _ := get("cmdline"); status != http.StatusNotFound {
		t.Errorf("the command line was told: %d", status)
	}
	if err := p.close(); err != nil {
		t.Error(err)
	}
	if _, err := http.Get(at + "heap"); err == nil { //nolint:noctx,bodyclose // there is none
		t.Error("it answers after its end")
	}
}
