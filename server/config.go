package main

import (
	"cmp"
	"errors"
	"net"
	"path/filepath"
	"time"

	"mend/internal/seal"
	"mend/internal/web"
)

// config is all that an operator may set. Every flag has its variable; nothing has
// to be set to try Mend on one's own machine.
type config struct {
	Listen         string   `default:"127.0.0.1:8080" env:"MEND_LISTEN" placeholder:"HOST:PORT" help:"Where to listen."`
	Data           string   `default:"./data" env:"MEND_DATA" placeholder:"FOLDER" help:"Where everything is kept; made where it is not."`
	BaseURL        string   `env:"MEND_BASE_URL" placeholder:"URL" help:"How people reach Mend, such as https://mend.example.org. Needed unless it listens on this machine alone, or has --domain."`
	TrustedProxies []string `env:"MEND_TRUSTED_PROXIES" placeholder:"ADDRESS" help:"Addresses or ranges of reverse proxies whose X-Forwarded-For is believed."`
	PerAddress     int      `name:"per-address" default:"512" env:"MEND_PER_ADDRESS" placeholder:"N" help:"How many connections one address may hold open, trusted proxies and this machine apart; 0 for any number."`
	MasterKeyFile  string   `env:"MEND_MASTER_KEY_FILE" placeholder:"FILE" help:"The master key; made where it is not. Without it: master.key in the data folder."`
	MasterKey      string   `env:"MEND_MASTER_KEY" placeholder:"KEY" help:"The master key itself, rather than a file." hidden:""`

	domain `embed:""`
	shared `embed:""`

	auditHeads `embed:""`

	Metrics string `default:"127.0.0.1:9464" env:"MEND_METRICS" placeholder:"HOST:PORT" help:"Where Prometheus reads the numbers, apart from where people come; off for nowhere."`

	NATSURL string `name:"nats-url" env:"MEND_NATS_URL" placeholder:"URL" help:"The broker over which several nodes of one database tell each other what moved, such as nats://user:password@host:4222."`

	Now     func() time.Time `kong:"-"` // UTC; nil: the clock
	Names   *net.Resolver    `kong:"-"` // nil: the machine's
	Preview *web.Preview     `kong:"-"` // of one exercise's file, for one visitor
}

// base is how people reach this Mend; addr is where it listens in fact.
func (c config) base(addr net.Addr) (web.Base, error) {
	if c.Domain != "" {
		return c.ofDomain()
	}
	text := c.BaseURL
	if text == "" {
		text = "http://" + addr.String()
	}
	b, err := web.ParseBase(text)
	if err != nil {
		return web.Base{}, wrongUse{err}
	}
	if c.BaseURL == "" && !b.Loopback() {
		return web.Base{}, wrongUse{errors.New("listening for other machines needs --domain, or --base-url: the address that people will open, such as https://mend.example.org")}
	}
	return b, nil
}

// proxies refuses what is no address: a mistake here would believe strangers.
func (c config) proxies() (web.Proxies, error) {
	p, err := web.ParseProxies(c.TrustedProxies)
	if err != nil {
		return nil, wrongUse{err}
	}
	return p, nil
}

// master finds the master key, or makes one; made is the file it was written to.
func (c config) master() (m *seal.Master, made string, err error) {
	if c.MasterKey != "" {
		m, err = seal.ParseMaster(c.MasterKey)
		return m, "", err
	}
	file := c.keyFile()
	m, isNew, err := seal.LoadMaster(file)
	if isNew {
		made = file
	}
	return m, made, err
}

// keyFile is where the master key is kept, where it is not given itself.
func (c config) keyFile() string {
	return cmp.Or(c.MasterKeyFile, filepath.Join(c.Data, "master.key"))
}

// database is the one file that holds everything.
func (c config) database() string { return filepath.Join(c.Data, "mend.db") }
