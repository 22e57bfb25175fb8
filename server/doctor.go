package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"mend/internal/natsbus"
	"mend/internal/store"
	"mend/internal/web"
)

// doctorCmd takes what serve takes, so that it looks at what serve would find.
type doctorCmd struct{ config }

// state is how bad something is.
type state string

const (
	fine      state = "ok"
	attention state = "attention"
	broken    state = "broken"
)

// finding is one line of what was looked at; mend says what to do where it is not fine.
type finding struct {
	what  string
	state state
	told  string
	mend  string
}

// patient is what the doctor looks at.
type patient struct {
	config
	now  time.Time
	base web.Base // zero where the settings do not say
}

// Run looks at everything and changes nothing but a probe file, which it takes away.
func (d doctorCmd) Run(ctx context.Context, out io.Writer) error {
	p := &patient{config: d.config, now: time.Now()}
	if d.Now != nil {
		p.now = d.Now()
	}
	worst := fine
	for _, look := range []func(context.Context) []finding{
		p.settings, p.folder, p.key, p.disk, p.name, p.ports, p.data, p.broker,
	} {
		for _, f := range look(ctx) {
			fmt.Fprintf(out, "%-10s %-9s %s\n", f.state, f.what, f.told)
			if f.mend != "" {
				fmt.Fprintf(out, "%20s %s\n", "→", f.mend)
			}
			if f.state == broken {
				worst = broken
			}
		}
	}
	if worst == broken {
		return errTold
	}
	return nil
}

// settings are what was given by flags and environment.
func (p *patient) settings(context.Context) []finding {
	address, err := net.ResolveTCPAddr("tcp", p.listening())
	if err != nil {
		return []finding{{"settings", broken, err.Error(), "give --listen a host and a port, such as 127.0.0.1:8080"}}
	}
	if p.base, err = p.config.base(address); err != nil {
		return []finding{{"settings", broken, err.Error(), "set --domain, or --base-url to the address that people open"}}
	}
	if _, err := p.proxies(); err != nil {
		return []finding{{"settings", broken, err.Error(), "mend --trusted-proxies or MEND_TRUSTED_PROXIES"}}
	}
	if p.base.Secure() || p.base.Loopback() {
		return []finding{{"settings", fine, "people reach it at " + p.base.String(), ""}}
	}
	return []finding{{
		"settings", attention, "people reach it at " + p.base.String() + ", without HTTPS: whoever shares the network can read along",
		"set --domain, and Mend speaks HTTPS itself; or put a proxy with HTTPS in front, and set --base-url to its https:// address",
	}}
}

// folder is the data folder, which nobody else has to see into.
func (p *patient) folder(context.Context) []finding {
	info, err := os.Stat(p.Data)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return []finding{{"folder", attention, p.Data + " is not there", "it is made at the first start; if there was one, name it with --data"}}
	case err != nil:
		return []finding{{"folder", broken, err.Error(), "let the user that Mend runs as enter it"}}
	case !info.IsDir():
		return []finding{{"folder", broken, p.Data + " is no folder", "name the folder with --data"}}
	case info.Mode().Perm()&0o077 != 0:
		return []finding{{"folder", attention, fmt.Sprintf("%s is open to others on this machine (mode %04o)", p.Data, info.Mode().Perm()), "chmod 700 " + p.Data}}
	}
	return []finding{{"folder", fine, p.Data, ""}}
}

// key is the master key: readable, by its owner alone, and not beside the data.
func (p *patient) key(context.Context) []finding {
	if p.MasterKey == "" {
		_, err := os.Stat(p.keyFile())
		_, made := os.Stat(p.database())
		switch {
		case errors.Is(err, fs.ErrNotExist) && p.DatabaseURL != "":
			return []finding{{"key", attention, "there is no master key at " + p.keyFile(), "give this node the key that the others have; the first of all makes one"}}
		case errors.Is(err, fs.ErrNotExist) && made != nil:
			return []finding{{"key", fine, p.keyFile() + " is made at the first start", ""}}
		case errors.Is(err, fs.ErrNotExist):
			return []finding{{
				"key", broken, "there is a database, and no master key at " + p.keyFile(),
				"bring back the copy that was kept apart, or name its file with --master-key-file",
			}}
		}
	}
	master, _, err := p.master()
	if err != nil {
		return []finding{{"key", broken, err.Error(), "bring back the copy that was kept apart, with mode 0600"}}
	}
	switch {
	case master.Rotating():
		return []finding{{"key", attention, "it is being replaced, and that was not finished; it opens the database meanwhile", "stop Mend and run mend keys rotate again"}}
	case p.MasterKey != "":
		return []finding{{"key", fine, "given by the environment", ""}}
	case p.MasterKeyFile == "" && !p.base.Loopback():
		return []finding{{
			"key", attention, p.keyFile() + " lies beside the data: whoever copies the folder can read everything",
			"move it to a place of its own and name that with --master-key-file",
		}}
	}
	return []finding{{"key", fine, p.keyFile(), ""}}
}

// ports are free, or it is Mend that has them.
func (p *patient) ports(ctx context.Context) []finding {
	var all []finding
	if p.Domain == "" {
		all = []finding{port(ctx, "port", p.Listen, "/readyz", "ok\n", "--listen")}
	} else {
		all = p.doors(ctx)
	}
	if p.Metrics != "" && p.Metrics != "off" {
		f := port(ctx, "metrics", p.Metrics, "/metrics", "mend_build_info", "--metrics")
		if f.state == broken && p.Metrics == usualNumbers {
			f.state = attention // Mend serves without
		}
		all = append(all, f)
	}
	return all
}

func port(ctx context.Context, what, address, path, says, flag string) finding {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err == nil {
		_ = l.Close()
		return finding{what, fine, address + " is free", ""}
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	request, wrong := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+nearby(address)+path, nil)
	if wrong == nil {
		if answer, failed := http.DefaultClient.Do(request); failed == nil {
			defer answer.Body.Close() //nolint:errcheck // it was read
			text, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
			if strings.Contains(string(text), says) {
				return finding{what, fine, "a Mend answers at " + address, ""}
			}
			if path == "/readyz" && string(text) == "not ready\n" {
				return finding{what, broken, "a Mend at " + address + " answers that it is not ready: it cannot write", "look at disk and database below, and at its log"}
			}
		}
	}
	return finding{what, broken, err.Error(), "stop what has it, or give another address with " + flag}
}

// nearby is how an address that is listened on is reached from the machine itself.
func nearby(address string) string {
	host, port, err := net.SplitHostPort(address)
	if ip := net.ParseIP(host); err == nil && (host == "" || ip != nil && ip.IsUnspecified()) {
		return net.JoinHostPort("127.0.0.1", port)
	}
	return address
}

// staleAfter is when a backup is old.
const staleAfter = 7 * 24 * time.Hour

// data is the database: whole, of this program's schema, its keys opened by the master
// key; and what is known by it of the clock and the last backup.
func (p *patient) data(ctx context.Context) []finding {
	if err := p.check(); err != nil {
		return []finding{{"database", broken, err.Error(), "mend --database-url or MEND_DATABASE_URL"}}
	}
	if _, err := os.Stat(p.database()); p.DatabaseURL == "" && errors.Is(err, fs.ErrNotExist) {
		return []finding{{"database", fine, p.database() + " is made at the first start", ""}}
	}
	if _, err := os.Stat(p.keyFile()); p.MasterKey == "" && err != nil {
		return []finding{{"database", broken, "not looked at: there is no master key", "see above"}}
	}
	master, _, err := p.master()
	if err != nil {
		return []finding{{"database", broken, "not looked at: there is no master key", "see above"}}
	}
	storage := p.storage(master)
	storage.Beside = true
	s, err := store.Open(ctx, storage)
	if errors.Is(err, store.ErrOlder) {
		return []finding{{"database", attention, "it was made by an older Mend", "back it up; the next start brings it up to date"}}
	}
	if err != nil {
		return []finding{{"database", broken, err.Error(), p.bringBack()}}
	}
	defer s.Close() //nolint:errcheck // nothing was written
	c, err := s.Condition(ctx)
	if err != nil {
		return []finding{{"database", broken, err.Error(), p.bringBack()}}
	}
	all := []finding{{"database", fine, fmt.Sprintf("whole; schema %d; all %d keys open; %d sessions", c.Schema, c.Keys, c.Sessions), ""}}
	if len(c.Wrong) > 0 {
		all[0] = finding{"database", broken, strings.Join(c.Wrong, "; "), "run mend check, then " + p.bringBack()}
	}
	all = append(all, p.clock(c), p.backup(c))
	if p.AuditHeads != "" {
		all = append(all, p.audit(ctx, s))
	}
	return all
}

// audit holds what was noted of it elsewhere.
func (p *patient) audit(ctx context.Context, s *store.Store) finding {
	gone, err := p.gone(ctx, s)
	switch {
	case err != nil:
		return finding{"audit", broken, err.Error(), "name a file with --audit-heads that Mend may read and add to"}
	case len(gone) > 0:
		return finding{"audit", broken, isGone(gone[0]), toldOfGone}
	}
	return finding{"audit", fine, "it holds what " + p.AuditHeads + " names", ""}
}

// bringBack is what helps where the database is damaged.
func (p *patient) bringBack() string {
	if p.DatabaseURL != "" {
		return "look at the PostgreSQL server and its log; what is lost comes back with pg_restore"
	}
	return "bring back the newest backup with mend restore --replace, which keeps this file aside"
}

// broker answers, where there is one. Mend serves without, and later hears of other nodes.
func (p *patient) broker(context.Context) []finding {
	if p.NATSURL == "" {
		return nil
	}
	if p.DatabaseURL == "" {
		return []finding{{"broker", broken, "there is a broker for several nodes, and no database that they share", "give --database-url, or leave --nats-url out"}}
	}
	address, err := natsbus.Answers(p.NATSURL)
	if err != nil {
		return []finding{{"broker", broken, err.Error(), "start it, or mend --nats-url; until then nodes hear of each other a little later"}}
	}
	return []finding{{"broker", fine, address + " answers", ""}}
}

// clock is held against the newest record: time does not run backwards.
func (p *patient) clock(c store.Condition) finding {
	if behind := c.Newest.Sub(p.now); behind > time.Minute {
		return finding{"clock", broken, fmt.Sprintf("it runs %s behind the newest record", behind.Round(time.Second)), "set the machine's clock, best by NTP"}
	}
	return finding{"clock", fine, p.now.UTC().Format(time.RFC3339), ""}
}

func (p *patient) backup(c store.Condition) finding {
	const mend = "run mend backup by a timer, onto another disk"
	if p.DatabaseURL != "" {
		return finding{"backup", fine, "with PostgreSQL's own tools: see mend backup --help", ""}
	}
	switch age := p.now.Sub(c.Backup); {
	case c.Sessions == 0:
		return finding{"backup", fine, "there is nothing to back up yet", ""}
	case c.Backup.IsZero():
		return finding{"backup", attention, "none was ever made with mend backup", mend}
	case age > staleAfter:
		return finding{"backup", attention, fmt.Sprintf("the newest is %d days old", int(age.Hours()/24)), mend}
	default:
		return finding{"backup", fine, "the newest is of " + c.Backup.Format(time.RFC3339), ""}
	}
}
