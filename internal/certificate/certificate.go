package certificate

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"log/slog"
	"net"
	"net/http"

	"github.com/caddyserver/certmagic"
	"go.uber.org/zap"
)

// Options say for which name, and who certifies it.
type Options struct {
	Name   string // the host name that people open
	Folder string // where keys and certificates are kept, for nobody else to read
	Log    *slog.Logger

	// The authority: its directory's URL, Let's Encrypt where empty, and whom to trust
	// on the way there, nil for what the machine trusts. By starting, its terms are
	// agreed to. Email is given to it where it is not empty.
	Directory string
	Roots     *x509.CertPool
	Email     string

	// Where this machine answers the authority in fact; the authority itself always
	// comes to ports 443 and 80 of the name.
	HTTPS, HTTP net.Addr
}

// Keeper holds the certificate. It is made at once; the certificate comes after Keep.
type Keeper struct {
	name   string
	cache  *certmagic.Cache
	config *certmagic.Config
	issuer *certmagic.ACMEIssuer
}

// New makes a keeper that has not asked for anything yet. Close it.
func New(o Options) *Keeper {
	log := zap.New(told{log: o.Log, email: o.Email})
	k := &Keeper{name: o.Name}
	k.cache = certmagic.NewCache(certmagic.CacheOptions{
		GetConfigForCert: func(certmagic.Certificate) (*certmagic.Config, error) { return k.config, nil },
		Logger:           log,
	})
	k.config = certmagic.New(k.cache, certmagic.Config{
		Storage: &certmagic.FileStorage{Path: o.Folder},
		Logger:  log,
		OnEvent: func(_ context.Context, event string, _ map[string]any) error {
			if event == "cert_obtained" {
				o.Log.Info("a certificate came")
			}
			return nil
		},
		Issuers: []certmagic.Issuer{}, // it needs the configuration that it is part of
	})
	k.issuer = certmagic.NewACMEIssuer(k.config, certmagic.ACMEIssuer{
		CA: o.Directory, TrustedRoots: o.Roots, Email: o.Email, Agreed: true, Logger: log,
		ListenHost: hostOf(o.HTTP), AltHTTPPort: portOf(o.HTTP), AltTLSALPNPort: portOf(o.HTTPS),
	})
	k.config.Issuers = []certmagic.Issuer{k.issuer}
	return k
}

// Keep gets the certificate, from the folder or from the authority, and goes on trying
// while there is none; it is renewed from then on. Keep returns at once. ctx ends the
// tries.
func (k *Keeper) Keep(ctx context.Context) error {
	return k.config.ManageAsync(ctx, []string{k.name})
}

// Close stops renewing.
func (k *Keeper) Close() { k.cache.Stop() }

// TLS is how to listen: TLS 1.2 or newer. While there is no certificate, and for
// whoever does not call the house by its name, the handshake fails.
func (k *Keeper) TLS() *tls.Config {
	c := k.config.TLSConfig()
	c.MinVersion = tls.VersionTLS12
	c.NextProtos = append([]string{"http/1.1"}, c.NextProtos...)
	return c
}

// Answers answers what the authority asks on the plain port, and hands the rest on.
func (k *Keeper) Answers(rest http.Handler) http.Handler { return k.issuer.HTTPChallengeHandler(rest) }

// ReadRoots reads certificates, one after the other, from a PEM text.
func ReadRoots(pem []byte) (*x509.CertPool, error) {
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, errors.New("there is no certificate in it")
	}
	return pool, nil
}

func portOf(a net.Addr) int {
	if tcp, ok := a.(*net.TCPAddr); ok {
		return tcp.Port
	}
	return 0
}

// hostOf is empty for all addresses of the machine.
func hostOf(a net.Addr) string {
	if tcp, ok := a.(*net.TCPAddr); ok && !tcp.IP.IsUnspecified() && len(tcp.IP) > 0 {
		return tcp.IP.String()
	}
	return ""
}
