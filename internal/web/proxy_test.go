package web

import (
	"net"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// Whoever tries passwords cannot look like somebody else each time.
func TestAClientCannotMakeUpItsAddress(t *testing.T) {
	app := fiber.New()
	for name, c := range map[string]struct {
		proxies []string
		remote  string
		header  string
		want    string
	}{
		"no proxy, no header":             {nil, "203.0.113.7", "", "203.0.113.7"},
		"no proxy, a made-up header":      {nil, "203.0.113.7", "198.51.100.1", "203.0.113.7"},
		"a proxy tells":                   {[]string{"10.0.0.0/8"}, "10.1.2.3", "203.0.113.7", "203.0.113.7"},
		"a proxy tells after a made-up":   {[]string{"10.0.0.0/8"}, "10.1.2.3", "198.51.100.1, 203.0.113.7", "203.0.113.7"},
		"two proxies in a row":            {[]string{"10.0.0.0/8"}, "10.1.2.3", "198.51.100.1, 203.0.113.7, 10.9.9.9", "203.0.113.7"},
		"somebody else than the proxy":    {[]string{"10.1.2.3"}, "10.1.2.4", "203.0.113.7", "10.1.2.4"},
		"a proxy that tells nothing":      {[]string{"10.1.2.3"}, "10.1.2.3", "", "10.1.2.3"},
		"a proxy that passes on nonsense": {[]string{"10.1.2.3"}, "10.1.2.3", "203.0.113.7, me", "10.1.2.3"},
		"version six":                     {[]string{"::1"}, "::1", "2001:db8::7", "2001:db8::7"},
	} {
		proxies, err := ParseProxies(c.proxies)
		if err != nil {
			t.Fatal(err)
		}
		var raw fasthttp.RequestCtx
		raw.Init(&fasthttp.Request{}, &net.TCPAddr{IP: net.ParseIP(c.remote), Port: 1}, nil)
		ctx := app.AcquireCtx(&raw)
		ctx.Request().Header.Set(fiber.HeaderXForwardedFor, c.header)
		if got := proxies.client(ctx); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
		app.ReleaseCtx(ctx)
	}
	for _, bad := range []string{"everybody", "10.0.0.0/99", ""} {
		if _, err := ParseProxies([]string{bad}); err == nil {
			t.Errorf("%q was taken for a proxy", bad)
		}
	}
}
