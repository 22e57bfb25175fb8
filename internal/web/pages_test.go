package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gofiber/fiber/v2"
)

func TestPagesAreServedAsTheyWereBuilt(t *testing.T) {
	script := strings.Repeat("console.log('hello');\n", 50)
	app := fiber.New()
	if err := pages(app, fstest.MapFS{
		"partner.en.html":      {Data: []byte("<title>Session</title>")},
		"partner.es.html":      {Data: []byte("<title>Sesión</title>")},
		"desk.en.html":         {Data: []byte("<title>Desk</title>")},
		"desk.es.html":         {Data: []byte("<title>Escritorio</title>")},
		"assets/desk-1a2b.js":  {Data: []byte(script)},
		"assets/desk-3c4d.css": {Data: []byte("a{}")},
		"icon.svg":             {Data: []byte("<svg/>")},
		".keep":                {},
	}); err != nil {
		t.Fatal(err)
	}
	get := func(path string, headers ...string) (status int, kind, cache, encoding, etag string, body []byte) {
		t.Helper()
		request := httptest.NewRequest(http.MethodGet, path, nil)
		for i := 0; i < len(headers); i += 2 {
			request.Header.Set(headers[i], headers[i+1])
		}
		response, err := app.Test(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		if body, err = io.ReadAll(response.Body); err != nil {
			t.Fatal(err)
		}
		h := response.Header
		return response.StatusCode, h.Get("Content-Type"), h.Get("Cache-Control"), h.Get("Content-Encoding"), h.Get("ETag"), body
	}

	for path, title := range map[string]string{"/": "Session", "/join": "Session", "/help": "Session", "/left": "Session", "/desk": "Desk", "/desk/couples/1/note": "Desk"} {
		status, kind, cache, _, etag, body := get(path)
		if status != 200 || kind != "text/html; charset=utf-8" || cache != "" || etag != "" || !strings.Contains(string(body), title) {
			t.Errorf("%s: %d %s %q %q %s", path, status, kind, cache, etag, body)
		}
	}
	_, kind, cache, encoding, etag, body := get("/assets/desk-1a2b.js", "Accept-Encoding", "br, gzip")
	if kind != "text/javascript; charset=utf-8" || cache != "public, max-age=31536000, immutable" || encoding != "gzip" {
		t.Errorf("%s %q %s", kind, cache, encoding)
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := io.ReadAll(unpacked); err != nil || string(plain) != script {
		t.Errorf("unpacked to %q, %v", plain, err)
	}
	if _, _, _, encoding, _, body := get("/assets/desk-1a2b.js"); encoding != "" || string(body) != script {
		t.Errorf("whoever takes no gzip got %s", encoding)
	}
	if status, _, _, _, _, body := get("/assets/desk-1a2b.js", "If-None-Match", etag); status != 304 || len(body) > 0 {
		t.Errorf("asked again: %d", status)
	}
	if _, kind, cache, _, _, _ := get("/icon.svg"); kind != "image/svg+xml" || cache != "no-cache" {
		t.Errorf("the icon: %s %q", kind, cache)
	}
	for _, path := range []string{"/partner.en.html", "/desk.es.html", "/.keep", "/assets/", "/assets/..%2f..%2fetc%2fpasswd", "/deskx"} {
		if status, _, _, _, _, _ := get(path); status != 404 {
			t.Errorf("%s: %d", path, status)
		}
	}
}

func TestAPageComesInTheLanguageTheBrowserAsksFor(t *testing.T) {
	app := fiber.New()
	if err := pages(app, fstest.MapFS{
		"partner.en.html": {Data: []byte("Session")},
		"partner.es.html": {Data: []byte("Sesión")},
		"desk.en.html":    {Data: []byte("Desk")},
		"desk.es.html":    {Data: []byte("Escritorio")},
	}); err != nil {
		t.Fatal(err)
	}
	for asked, want := range map[string]string{
		"":                             "Session",
		"en-GB,en;q=0.9":               "Session",
		"es-MX,es;q=0.9,en;q=0.8":      "Sesión",
		"de-AT,de;q=0.9,es;q=0.5":      "Sesión",
		"de":                           "Session",
		"es;q=0.2, en;q=0.7":           "Session",
		"*":                            "Session",
		";;q=x,," + string(rune(0xff)): "Session",
	} {
		request := httptest.NewRequest(http.MethodGet, "/", nil)
		request.Header.Set("Accept-Language", asked)
		response, err := app.Test(request)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil || string(body) != want {
			t.Errorf("%q gets %q, %v", asked, body, err)
		}
		if vary := response.Header.Get("Vary"); !strings.Contains(vary, "Accept-Language") {
			t.Errorf("%q: a cache is not told that the answer depends on it: %q", asked, vary)
		}
	}
}

func TestABinaryWithoutPagesSaysSo(t *testing.T) {
	app := fiber.New()
	if err := pages(app, fstest.MapFS{".keep": {}}); err != nil {
		t.Fatal(err)
	}
	response, err := app.Test(httptest.NewRequest(http.MethodGet, "/desk", nil))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("got %d", response.StatusCode)
	}
}
