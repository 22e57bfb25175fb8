package web

import (
	"context"
	"fmt"
	"net/http"
	"testing"
)

// Who was kept waiting too long did nothing wrong, and the house is not broken: they
// are asked to come back.
func TestTooSlowIsNotBroken(t *testing.T) {
	p := problemOf(fmt.Errorf("store: %w", context.DeadlineExceeded))
	if p.Status != http.StatusServiceUnavailable || p.GetHeaders().Get("Retry-After") == "" || p.Detail == "" {
		t.Errorf("%+v", p)
	}
	if p := problemOf(context.Canceled); p.Status != http.StatusInternalServerError {
		t.Errorf("%+v", p)
	}
}
