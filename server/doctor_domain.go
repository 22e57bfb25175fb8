package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"mend/internal/web"
)

// staleCertificate is when one should long have been renewed: that begins a third of its
// life before its end.
const staleCertificate = 10 * 24 * time.Hour

// name leads people, and the authority, to this machine.
func (p *patient) name(ctx context.Context) []finding {
	if p.Domain == "" || p.base == (web.Base{}) {
		return nil
	}
	names := p.Names
	if names == nil {
		names = net.DefaultResolver
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	found, err := names.LookupIPAddr(ctx, p.Domain)
	if err != nil {
		return []finding{{"name", broken, err.Error(), "have the domain's A or AAAA record name this machine's address"}}
	}
	own, err := net.InterfaceAddrs()
	if err != nil {
		return []finding{{"name", broken, err.Error(), "look at the machine's network"}}
	}
	told := make([]string, 0, len(found))
	here := false
	for _, a := range found {
		told = append(told, a.String())
		here = here || slices.ContainsFunc(own, func(o net.Addr) bool {
			n, ok := o.(*net.IPNet)
			return ok && n.IP.Equal(a.IP)
		})
	}
	where := p.Domain + " leads to " + strings.Join(told, ", ")
	if !here {
		return []finding{{
			"name", attention, where + ", which is no address of this machine",
			"right behind a router that passes ports 80 and 443 on; else have the domain's A or AAAA record name this machine",
		}}
	}
	return []finding{{"name", fine, where + ", this machine", ""}}
}

// doors are the two ports of a Mend with a name of its own.
func (p *patient) doors(ctx context.Context) []finding {
	if p.base == (web.Base{}) {
		return nil // told above
	}
	https := door("https", p.ListenHTTPS, "--listen-https", func() (finding, error) { return p.certificate(ctx) })
	http := door("http", p.ListenHTTP, "--listen-http", func() (finding, error) { return p.sentOn(ctx) })
	return []finding{https, http}
}

// door is free, or theirs is told who has it.
func door(what, address, flag string, has func() (finding, error)) finding {
	l, err := net.Listen("tcp", address) //nolint:noctx // it is closed at once
	if err == nil {
		_ = l.Close()
		return finding{what, fine, address + " is free", ""}
	}
	if errors.Is(err, fs.ErrPermission) {
		return finding{what, broken, err.Error(), "let Mend listen on low ports: AmbientCapabilities=CAP_NET_BIND_SERVICE in its systemd unit, or setcap cap_net_bind_service=+ep on the binary"}
	}
	if f, failed := has(); failed == nil {
		return f
	}
	return finding{what, broken, err.Error(), "stop what has it, or give another address with " + flag}
}

// certificate is what a Mend that runs shows to those who come.
func (p *patient) certificate(ctx context.Context) (finding, error) {
	var shown []*x509.Certificate
	client := ownHouse(p.Domain, func(c []*x509.Certificate) { shown = c })
	defer client.CloseIdleConnections()
	said, err := ready(ctx, client, "https://"+nearby(p.ListenHTTPS))
	switch {
	case len(shown) == 0:
		return finding{
			"https", broken, "a Mend has " + p.ListenHTTPS + ", without a certificate for " + p.Domain,
			"see that ports 80 and 443 of the name arrive here; its log tells what the authority says",
		}, handshake(err)
	case err != nil:
		return finding{"https", broken, err.Error(), "look at its log"}, nil
	case said != "ok\n":
		return finding{"https", broken, "a Mend at " + p.ListenHTTPS + " answers that it is not ready: it cannot write", "look at disk and database below, and at its log"}, nil
	}
	leaf, others := shown[0], x509.NewCertPool()
	for _, c := range shown[1:] {
		others.AddCert(c)
	}
	told := fmt.Sprintf("a Mend answers at %s, certified until %s", p.ListenHTTPS, leaf.NotAfter.UTC().Format(time.DateOnly))
	if leaf.NotAfter.Sub(p.now) < staleCertificate {
		return finding{"https", attention, told, "it should have been renewed by now: its log tells what the authority says"}, nil
	}
	if _, err := leaf.Verify(x509.VerifyOptions{Intermediates: others, CurrentTime: p.now}); err != nil {
		return finding{"https", attention, told + ", by somebody whom this machine does not believe", "phones will not either, unless told to: leave --acme-ca out for Let's Encrypt"}, nil
	}
	return finding{"https", fine, told, ""}, nil
}

// handshake is nil where it failed as it does while there is no certificate, and not
// where there is no TLS at all.
func handshake(err error) error {
	var alert tls.AlertError
	if errors.As(err, &alert) {
		return nil
	}
	return err
}

// sentOn sees that the plain port sends people to the name.
func (p *patient) sentOn(ctx context.Context) (finding, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+nearby(p.ListenHTTP)+"/", nil)
	if err != nil {
		return finding{}, err
	}
	answer, err := client.Do(request)
	if err != nil {
		return finding{}, err
	}
	defer answer.Body.Close() //nolint:errcheck // there is nothing in it
	if to := answer.Header.Get("Location"); to != p.base.String()+"/" {
		return finding{}, errors.New("it is not Mend")
	}
	return finding{"http", fine, "a Mend at " + p.ListenHTTP + " sends everybody to " + p.base.String(), ""}, nil
}
