package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"mend/internal/protocol"
)

const requestKey = "request"

// AnswerWithin bounds the work of one call.
const AnswerWithin = 20 * time.Second

// requestID is the request's name, given on first asking.
func requestID(c *fiber.Ctx) string {
	id, named := c.Locals(requestKey).(string)
	if !named {
		id = uuid.NewString()
		c.Locals(requestKey, id)
	}
	return id
}

func requestIDOf(h huma.Context) string { return requestID(humafiber.Unwrap(h)) }

// witness names each request, bounds its time, catches what panics and writes one
// line about it. The line has the route's template and no part of the address, the
// body or the person.
func witness(log *slog.Logger, headers map[string]string, served func(method, route string, status int, took time.Duration)) fiber.Handler {
	return func(c *fiber.Ctx) (err error) {
		began := time.Now()
		setAll(c, headers)
		id := requestID(c)
		ctx, cancel := context.WithTimeout(context.Background(), AnswerWithin)
		defer cancel()
		c.SetUserContext(ctx)

		defer func() {
			if r := recover(); r != nil {
				log.Error("a request panicked", "request_id", id, "cause", safely(r), "stack", string(debug.Stack()))
				err = send(c, plain(http.StatusInternalServerError))
			} else if err != nil {
				err = refuse(c, err)
			}
			level := slog.LevelInfo
			if c.Response().StatusCode() >= 500 {
				level = slog.LevelError
			}
			took := time.Since(began)
			log.Log(ctx, level, "request", "request_id", id, "method", c.Method(), "route", route(c),
				"status", c.Response().StatusCode(), "dur_ms", took.Milliseconds())
			served(c.Method(), kindOfRoute(c), c.Response().StatusCode(), took)
		}()
		return c.Next()
	}
}

// safely tells what a panic was without what it was about: its value may hold words.
func safely(r any) string {
	if e, ok := r.(runtime.Error); ok {
		return e.Error()
	}
	return fmt.Sprintf("%T", r)
}

// route is the template that answered; a path that none fits is not repeated.
func route(c *fiber.Ctx) string {
	if path := c.Route().Path; path != "/" || c.Path() == "/" {
		return path
	}
	return "(none)"
}

// kindOfRoute counts the pages' own files, which have new names in every version, as one.
func kindOfRoute(c *fiber.Ctx) string {
	r := route(c)
	if strings.HasPrefix(r, "/assets/") {
		return "/assets/*"
	}
	return r
}

// headersOf is what every answer carries.
func headersOf(b Base) map[string]string {
	h := map[string]string{
		fiber.HeaderXContentTypeOptions:   "nosniff",
		fiber.HeaderXFrameOptions:         "DENY",
		fiber.HeaderReferrerPolicy:        "no-referrer",
		fiber.HeaderPermissionsPolicy:     "camera=(), microphone=(), geolocation=()",
		fiber.HeaderContentSecurityPolicy: contentPolicy(b),
		fiber.HeaderCacheControl:          "no-store",
		"Cross-Origin-Opener-Policy":      "same-origin",
		"Cross-Origin-Resource-Policy":    "same-origin",
		"X-Robots-Tag":                    "noindex",
	}
	if b.Secure() {
		h[fiber.HeaderStrictTransportSecurity] = "max-age=63072000; includeSubDomains"
	}
	return h
}

func setAll(c *fiber.Ctx, headers map[string]string) {
	for name, value := range headers {
		c.Set(name, value)
	}
}

// contentPolicy allows what this house serves and nothing else. Scripts and styles
// are files of their own, so no nonce is needed.
func contentPolicy(b Base) string {
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self'",
		"img-src 'self' data:",
		"font-src 'self'",
		"connect-src 'self' " + b.sockets(),
		"manifest-src 'self'",
		"form-action 'self'",
		"base-uri 'none'",
		"frame-ancestors 'none'",
		"object-src 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types svelte-trusted-html",
	}, "; ")
}

// sameSite refuses whatever would change something on another site's behalf. The
// browser's own word is asked for first, and the origin must be ours in any case.
func sameSite(b Base) fiber.Handler {
	origins := b.Origins()
	crossSite := &problem{Problem: protocol.Problem{
		Title: http.StatusText(http.StatusForbidden), Status: http.StatusForbidden,
		Code: "cross_site", Detail: "This came from another site and was refused.",
		Mend: "Open Mend at its own address. Programs send an Origin header that names it.",
	}}
	return func(c *fiber.Ctx) error {
		if c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead {
			return c.Next()
		}
		origin, fetch := c.Get(fiber.HeaderOrigin), c.Get("Sec-Fetch-Site")
		if fetch != "" && fetch != "same-origin" || origin != "" && !slices.Contains(origins, origin) || fetch == "" && origin == "" {
			return crossSite
		}
		return c.Next()
	}
}

var errPacked = &problem{Problem: protocol.Problem{
	Title: http.StatusText(http.StatusUnsupportedMediaType), Status: http.StatusUnsupportedMediaType,
	Code: "packed", Detail: "The request came compressed.", Field: "body", Mend: "Send it without Content-Encoding.",
}}

// unpacked refuses compressed bodies, which fiber would unpack without a limit: a
// few kilobytes from anybody would become hundreds of megabytes here.
func unpacked(c *fiber.Ctx) error {
	if c.Get(fiber.HeaderContentEncoding) != "" {
		return errPacked
	}
	return c.Next()
}
