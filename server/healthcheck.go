package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"
)

type healthcheckCmd struct {
	Listen string `default:"127.0.0.1:8080" env:"MEND_LISTEN" placeholder:"HOST:PORT" help:"Where it listens."`
}

// Run asks the Mend on this machine.
func (h healthcheckCmd) Run(ctx context.Context) error {
	if _, _, err := net.SplitHostPort(h.Listen); err != nil {
		return wrongUse{err}
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+nearby(h.Listen)+"/readyz", nil)
	if err != nil {
		return wrongUse{err}
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close() //nolint:errcheck // only its status is of interest
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %s", answer.Status)
	}
	return nil
}
