package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"time"
)

type healthcheckCmd struct {
	Listen      string `default:"127.0.0.1:8080" env:"MEND_LISTEN" placeholder:"HOST:PORT" help:"Where it listens."`
	Domain      string `env:"MEND_DOMAIN" placeholder:"NAME" help:"The name that it has a certificate for."`
	ListenHTTPS string `name:"listen-https" default:":443" env:"MEND_LISTEN_HTTPS" placeholder:"HOST:PORT" help:"With --domain: where it listens."`
}

// Run asks the Mend on this machine.
func (h healthcheckCmd) Run(ctx context.Context) error {
	scheme, address, client := "http://", h.Listen, http.DefaultClient
	if h.Domain != "" {
		scheme, address = "https://", h.ListenHTTPS
		client = ownHouse(h.Domain, func([]*x509.Certificate) {})
		defer client.CloseIdleConnections()
	}
	if _, _, err := net.SplitHostPort(address); err != nil {
		return wrongUse{err}
	}
	said, err := ready(ctx, client, scheme+nearby(address))
	if err == nil && said != "ok\n" {
		err = errors.New("not ready")
	}
	return err
}

// ready asks a Mend whether it is, and tells what it says.
func ready(ctx context.Context, client *http.Client, at string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at+"/readyz", nil)
	if err != nil {
		return "", wrongUse{err}
	}
	answer, err := client.Do(request)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close() //nolint:errcheck // it was read
	said, err := io.ReadAll(io.LimitReader(answer.Body, 1<<10))
	return string(said), err
}

// ownHouse calls this machine by the name that its certificate is for. Who issued that
// is not asked here, where nothing is said or learnt but whether it is ready; that it is
// for this name and has not run out, is.
func ownHouse(name string, shown func([]*x509.Certificate)) *http.Client {
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{
		ServerName: name, InsecureSkipVerify: true, MinVersion: tls.VersionTLS12, //nolint:gosec // see above
		VerifyConnection: func(s tls.ConnectionState) error {
			shown(s.PeerCertificates)
			leaf := s.PeerCertificates[0]
			if time.Now().After(leaf.NotAfter) {
				return errors.New("its certificate ran out on " + leaf.NotAfter.UTC().Format(time.DateOnly))
			}
			return leaf.VerifyHostname(name)
		},
	}}}
}
