package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/language"
)

// file is something that is served as it is. It is compressed when somebody first asks
// for it: doing that for all of them was most of the time that a server took to start.
type file struct {
	kind  string
	cache string // "" leaves no-store
	made  func() (made, error)
}

// made is a file's content, ready to be served.
type made struct {
	plain  []byte
	packed []byte // gzip; nil where it would not be smaller
	etag   string
}

func newFile(kind string, read func() ([]byte, error)) file {
	return file{kind: kind, cache: "no-cache", made: sync.OnceValues(func() (made, error) {
		content, err := read()
		if err != nil {
			return made{}, err
		}
		return ready(kind, content), nil
	})}
}

// packedFrom is from how many bytes on a document is packed: a shorter one fits into a
// packet as it is, and to make a packer takes longer than to send it. Documents are the
// first thing that a server is asked for.
const packedFrom = 1 << 10

func ready(kind string, content []byte) made {
	sum := sha256.Sum256(content)
	m := made{plain: content, etag: `"` + hex.EncodeToString(sum[:12]) + `"`}
	if len(content) < packedFrom && strings.HasPrefix(kind, fiber.MIMETextHTML) {
		return m
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return m
	}
	if _, err = w.Write(content); err == nil && w.Close() == nil && packed.Len() < len(content) {
		m.packed = packed.Bytes()
	}
	return m
}

func (f file) serve(c *fiber.Ctx) error {
	m, err := f.made()
	if err != nil {
		return err
	}
	if f.cache != "" {
		c.Set(fiber.HeaderCacheControl, f.cache)
		c.Set(fiber.HeaderETag, m.etag)
		if c.Get(fiber.HeaderIfNoneMatch) == m.etag {
			return c.SendStatus(http.StatusNotModified)
		}
	}
	c.Set(fiber.HeaderContentType, f.kind)
	c.Vary(fiber.HeaderAcceptEncoding)
	if m.packed != nil && strings.Contains(c.Get(fiber.HeaderAcceptEncoding), "gzip") {
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(m.packed)
	}
	return c.Send(m.plain)
}

// pages serves the two apps. A partner's addresses are few and say nothing; the
// desk finds its own way below /desk.
func pages(app *fiber.App, dist fs.FS) error {
	files, err := readFiles(dist)
	if err != nil {
		return err
	}
	partner, desk := entry(files, "partner"), entry(files, "desk")
	for _, address := range []string{"/", "/join", "/between", "/copy", "/release", "/help", "/left"} {
		app.Get(address, partner)
	}
	app.Get("/desk", desk)
	app.Get("/desk/*", desk)
	for name, f := range files {
		app.Get("/"+name, f.serve)
	}
	return nil
}

// entry is one of the two apps' documents, built once a language (desk.en.html) for
// the words that stand there before a script has run: never kept by a browser or a
// proxy. A browser that asks for no language of ours gets English.
func entry(files map[string]file, app string) fiber.Handler {
	tags, documents := []language.Tag{language.English}, []file{{}}
	for name, f := range files {
		tag, ours := strings.CutPrefix(name, app+".")
		tag, document := strings.CutSuffix(tag, ".html")
		if !ours || !document {
			continue
		}
		delete(files, name)
		f.cache = ""
		if tag == "en" {
			documents[0] = f
			continue
		}
		tags, documents = append(tags, language.Make(tag)), append(documents, f)
	}
	if documents[0].kind == "" {
		return func(c *fiber.Ctx) error {
			return c.Status(http.StatusServiceUnavailable).
				SendString("The pages are not in this binary. Build them first: task build.\n")
		}
	}
	matcher := language.NewMatcher(tags)
	return func(c *fiber.Ctx) error {
		c.Vary(fiber.HeaderAcceptLanguage)
		_, i := language.MatchStrings(matcher, c.Get(fiber.HeaderAcceptLanguage))
		return documents[i].serve(c)
	}
}

func readFiles(dist fs.FS) (map[string]file, error) {
	files := map[string]file{}
	err := fs.WalkDir(dist, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Base(name) == ".keep" {
			return err
		}
		kind, err := kindOf(name)
		if err != nil {
			return err
		}
		f := newFile(kind, func() ([]byte, error) { return fs.ReadFile(dist, name) })
		if strings.HasPrefix(name, "assets/") {
			// The name holds a hash of the content.
			f.cache = "public, max-age=31536000, immutable"
		}
		files[name] = f
		return nil
	})
	return files, err
}

// kindOf does not ask the machine's own list, so that every machine serves alike.
func kindOf(name string) (string, error) {
	switch path.Ext(name) {
	case ".html":
		return fiber.MIMETextHTMLCharsetUTF8, nil
	case ".js":
		return "text/javascript; charset=utf-8", nil
	case ".css":
		return "text/css; charset=utf-8", nil
	case ".svg":
		return "image/svg+xml", nil
	case ".png":
		return "image/png", nil
	case ".woff2":
		return "font/woff2", nil
	case ".json":
		return fiber.MIMEApplicationJSON, nil
	case ".webmanifest":
		return "application/manifest+json", nil
	case ".txt":
		return fiber.MIMETextPlainCharsetUTF8, nil
	}
	return "", fmt.Errorf("no kind is known for the page file %s", name)
}
