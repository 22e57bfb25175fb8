package web

import (
	"bytes"
	"embed"
	"encoding/json"
	"html/template"
	"maps"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
)

// OpenAPI is the HTTP calls' published document, OpenAPI 3.1 in JSON.
func OpenAPI() ([]byte, error) {
	return openAPI((&api{}).mount(fiber.New()))
}

func openAPI(h huma.API) ([]byte, error) { return json.MarshalIndent(h.OpenAPI(), "", "  ") }

//go:embed docs
var docs embed.FS

// documents serves both published documents and one page to read them by. The page
// has nothing of anybody else's, and works without a script. Each is made when somebody
// first asks: few ever do, and a server should not take longer to start for it.
func documents(app *fiber.App, h huma.API) {
	for path, d := range map[string]struct {
		kind string
		make func() ([]byte, error)
	}{
		"/openapi.json":  {"application/openapi+json", func() ([]byte, error) { return openAPI(h) }},
		"/asyncapi.json": {"application/json", AsyncAPI},
		"/docs":          {fiber.MIMETextHTMLCharsetUTF8, func() ([]byte, error) { return docsPage(h.OpenAPI()) }},
		"/docs.css":      {"text/css; charset=utf-8", func() ([]byte, error) { return docs.ReadFile("docs/docs.css") }},
	} {
		app.Get(path, newFile(d.kind, d.make).serve)
	}
}

type documentedCall struct {
	Method, Path, Summary string
	Counselor             bool
	Takes, Gives          string
}

func docsPage(o *huma.OpenAPI) ([]byte, error) {
	page, err := template.ParseFS(docs, "docs/docs.html")
	if err != nil {
		return nil, err
	}
	var calls []documentedCall
	for _, path := range slices.Sorted(maps.Keys(o.Paths)) {
		item := o.Paths[path]
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op == nil {
				continue
			}
			call := documentedCall{
				Method: op.Method, Path: apiBase + path, Summary: op.Summary, Counselor: len(op.Security) > 0,
			}
			if op.RequestBody != nil {
				call.Takes = schemaName(op.RequestBody.Content)
			}
			for status, answer := range op.Responses {
				if status[0] == '2' {
					call.Gives = schemaName(answer.Content)
				}
			}
			calls = append(calls, call)
		}
	}
	var out bytes.Buffer
	err = page.Execute(&out, calls)
	return out.Bytes(), err
}

func schemaName(content map[string]*huma.MediaType) string {
	if media := content["application/json"]; media != nil && len(media.Schema.Ref) > len(schemaPrefix) {
		return media.Schema.Ref[len(schemaPrefix):]
	}
	return ""
}
