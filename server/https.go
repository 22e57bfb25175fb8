package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"mend/internal/certificate"
	"mend/internal/web"
)

// domain is what an operator sets who has no proxy in front: Mend then speaks HTTPS
// itself, with a certificate that it gets and renews.
type domain struct {
	Domain      string `env:"MEND_DOMAIN" placeholder:"NAME" help:"The name that people open, such as mend.example.org. Mend then serves HTTPS itself, in place of --listen and --base-url, with a certificate from Let's Encrypt, whose terms you agree to by this."`
	ListenHTTPS string `name:"listen-https" default:":443" env:"MEND_LISTEN_HTTPS" placeholder:"HOST:PORT" help:"With --domain: where port 443 of the name arrives."`
	ListenHTTP  string `name:"listen-http" default:":80" env:"MEND_LISTEN_HTTP" placeholder:"HOST:PORT" help:"With --domain: where port 80 of the name arrives. It answers the authority and sends everybody else to HTTPS."`
	ACMECA      string `name:"acme-ca" env:"MEND_ACME_CA" placeholder:"URL" help:"With --domain: the directory of another ACME authority."`
	ACMERoot    string `name:"acme-root" env:"MEND_ACME_ROOT" placeholder:"FILE" help:"With --acme-ca: a PEM file of the certificates by which that authority is believed."`
	ACMEEmail   string `name:"acme-email" env:"MEND_ACME_EMAIL" placeholder:"EMAIL" help:"With --domain: where the authority may write to. It is told to nobody else."`
}

// aName is a host name with a dot in it: what an authority certifies.
var aName = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)

// listening is where people arrive.
func (c config) listening() string {
	if c.Domain != "" {
		return c.ListenHTTPS
	}
	return c.Listen
}

// ofDomain is how people reach a Mend that has a name of its own.
func (c config) ofDomain() (web.Base, error) {
	if !aName.MatchString(c.Domain) || len(c.Domain) > 253 {
		return web.Base{}, wrongUse{errors.New("--domain is a name alone, in small letters, such as mend.example.org")}
	}
	if c.BaseURL != "" {
		return web.Base{}, wrongUse{errors.New("--domain says already how people reach Mend: leave --base-url out")}
	}
	return web.ParseBase("https://" + c.Domain)
}

// https is what a Mend with a name of its own has beside the usual.
type https struct {
	keeper *certificate.Keeper
	plain  net.Listener // port 80
	server *http.Server
}

// https listens on the plain port and makes ready for the other; nil without --domain.
func (c config) https(ctx context.Context, secure net.Addr, base web.Base, proxies web.Proxies, log *slog.Logger) (_ *https, err error) {
	if c.Domain == "" {
		return nil, nil
	}
	var roots *x509.CertPool
	if c.ACMERoot != "" {
		text, err := os.ReadFile(c.ACMERoot)
		if err == nil {
			roots, err = certificate.ReadRoots(text)
		}
		if err != nil {
			return nil, fmt.Errorf("--acme-root: %w", err)
		}
	}
	h := &https{}
	if h.plain, err = (&net.ListenConfig{}).Listen(ctx, "tcp", c.ListenHTTP); err != nil {
		return nil, err
	}
	h.plain = proxies.Bound(h.plain, c.PerAddress)
	h.keeper = certificate.New(certificate.Options{
		Name: c.Domain, Folder: filepath.Join(c.Data, "certificates"), Log: log,
		Directory: c.ACMECA, Roots: roots, Email: c.ACMEEmail,
		HTTPS: secure, HTTP: h.plain.Addr(),
	})
	h.server = &http.Server{
		Handler: h.keeper.Answers(sendTo(base)), MaxHeaderBytes: 8 << 10,
		ReadTimeout: 5 * time.Second, WriteTimeout: 5 * time.Second, IdleTimeout: 5 * time.Second,
		ErrorLog: silent(), // its lines have addresses in them
	}
	return h, nil
}

func silent() *log.Logger { return log.New(io.Discard, "", 0) }

// sendTo sends everybody to where the house is, whatever name they called it by.
func sendTo(base web.Base) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		to := r.URL.RequestURI()
		if to == "" || to[0] != '/' {
			to = "/"
		}
		w.Header().Set("Location", base.String()+to)
		w.WriteHeader(http.StatusPermanentRedirect)
	}
}

// wrap has what arrives on l arrive over TLS.
func (h *https) wrap(l net.Listener) net.Listener {
	if h == nil {
		return l
	}
	return tls.NewListener(l, h.keeper.TLS())
}

// serve gets the certificate and answers on the plain port until close.
func (h *https) serve(ctx context.Context) error {
	if h == nil {
		return nil
	}
	go func() { _ = h.server.Serve(h.plain) }()
	return h.keeper.Keep(ctx)
}

// shutdown finishes what is being answered on the plain port.
func (h *https) shutdown(ctx context.Context) error {
	if h == nil {
		return nil
	}
	return h.server.Shutdown(ctx)
}

func (h *https) close() error {
	if h == nil {
		return nil
	}
	h.keeper.Close()
	return errors.Join(h.server.Close(), unlessClosed(h.plain.Close()))
}
