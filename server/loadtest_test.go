package main

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"
)

func TestALoadTestTakesTurnsAndLosesNothing(t *testing.T) {
	h := openHouse(t)
	var out bytes.Buffer
	l := loadtestCmd{
		URL: h.base, Email: "load@example.org", Password: "a load of invented couples",
		Sessions: 3, Duration: 500 * time.Millisecond, Exercise: "floor-and-echo", PID: os.Getpid(),
	}
	if err := l.Run(t.Context(), &out); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	for _, is := range []string{"Set up", "p99", "\n         3", "KiB a socket", "s a turn"} {
		if !strings.Contains(out.String(), is) {
			t.Errorf("%q is missing in\n%s", is, out.String())
		}
	}
}

func TestALoadTestIsBounded(t *testing.T) {
	fine := loadtestCmd{URL: "http://127.0.0.1:1", Sessions: 1, Duration: time.Second}
	for name, spoil := range map[string]func(*loadtestCmd){
		"somebody else's server": func(l *loadtestCmd) { l.URL = "https://mend.example.org" },
		"no address":             func(l *loadtestCmd) { l.URL = "mend" },
		"too many":               func(l *loadtestCmd) { l.Sessions = 10_001 },
		"none":                   func(l *loadtestCmd) { l.Sessions = 0 },
		"for ever":               func(l *loadtestCmd) { l.Duration = 2 * time.Hour },
		"a negative rate":        func(l *loadtestCmd) { l.Rate = -1 },
	} {
		l := fine
		spoil(&l)
		if err := l.Run(t.Context(), &bytes.Buffer{}); !errors.As(err, &wrongUse{}) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
