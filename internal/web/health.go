package web

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"mend/internal/store"
)

// health tells an operator's machinery whether the process answers and whether it
// can keep what it is told. No detail is given.
func health(app *fiber.App, s *store.Store) {
	app.Get("/healthz", func(c *fiber.Ctx) error { return c.SendString("ok\n") })
	app.Get("/readyz", func(c *fiber.Ctx) error {
		if err := s.Ready(c.UserContext()); err != nil {
			return c.Status(http.StatusServiceUnavailable).SendString("not ready\n")
		}
		return c.SendString("ok\n")
	})
}
