package web

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"mend/internal/store"
)

// health tells an operator's machinery whether the process answers and whether it
// can keep what it is told. No detail is given.
func health(app *fiber.App, s *store.Store, now func() time.Time) {
	r := readiness{ask: s.Ready, now: now}
	app.Get("/healthz", func(c *fiber.Ctx) error { return c.SendString("ok\n") })
	app.Get("/readyz", func(c *fiber.Ctx) error {
		if err := r.check(c.UserContext()); err != nil {
			return c.Status(http.StatusServiceUnavailable).SendString("not ready\n")
		}
		return c.SendString("ok\n")
	})
}

const (
	readyFor    = time.Second     // how long an answer stands
	readyWithin = 3 * time.Second // a database that takes longer does not serve anybody
)

// readiness asks the database now and then. To know whether it writes, it must
// write, and anybody may ask: without a pause between, a stranger could keep the
// disk busy.
type readiness struct {
	ask func(context.Context) error
	now func() time.Time

	mu    sync.Mutex
	asked time.Time
	last  error
}

func (r *readiness) check(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now := r.now(); r.asked.IsZero() || now.Sub(r.asked).Abs() >= readyFor {
		ctx, cancel := context.WithTimeout(ctx, readyWithin)
		defer cancel()
		r.asked, r.last = now, r.ask(ctx)
	}
	return r.last
}
