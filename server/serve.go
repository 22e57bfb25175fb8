package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

type serveCmd struct {
	config
	Profile string `env:"MEND_PROFILE" placeholder:"ADDRESS:PORT" help:"Where go tool pprof finds what Mend spends time and memory on: an address of this machine alone, such as 127.0.0.1:6060. Nowhere unless given."`
}

// Run serves until it is told to stop.
func (s serveCmd) Run(ctx context.Context, out io.Writer) (err error) {
	if err := noDump(); err != nil {
		return err
	}
	p, err := profile(ctx, s.Profile)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	a, err := open(ctx, s.config, newLog(os.Stderr))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.close()) }()
	a.announce(out, s.config)
	return a.run(ctx)
}

// announce says on a line each what an operator needs to go on.
func (a *app) announce(out io.Writer, c config) {
	say := func(what, value string) { fmt.Fprintf(out, "%-10s %s\n", what, value) }
	data := c.Data
	if whole, err := filepath.Abs(data); err == nil {
		data = whole
	}
	say("Mend", version())
	say("Data", data)
	if c.DatabaseURL != "" {
		say("Database", c.named())
	}
	say("Address", a.base.String())
	if a.numbers != nil {
		say("Metrics", a.numbers.told())
	}
	if a.keyMade != "" {
		say("Key", a.keyMade+" was made just now. Copy it to a place apart: without it nobody can read the data again.")
	}
	if !a.base.Secure() && !a.base.Loopback() {
		say("Warning", "people reach this Mend without HTTPS: whoever shares the network can read along.")
	}
	if a.cut {
		say("Warning", "the audit lacks what "+c.AuditHeads+" names: "+toldOfGone)
	}
	if a.setupCode != "" {
		say("Set up", a.base.String()+"/desk/setup")
		say("Code", a.setupCode)
	}
}
