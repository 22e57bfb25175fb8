// Package frontend embeds the built pages, so that one binary is the whole of Mend.
package frontend

import "embed"

// Dist is what `vite build` made: a document an app and language
// (partner.en.html, desk.es.html), and assets/. A clone that was never built holds
// only a placeholder, and still compiles.
//
//go:embed all:dist
var Dist embed.FS
