// Package content carries what Mend ships with: the exercises and the schema they
// are written to, the guide, and the agendas a counselor starts from. It holds files
// and no code that reads them: that is catalog's work.
package content

import "embed"

// Files holds exercises/<id>/exercise.yaml, guide/<lang>/<id>.md and agendas.yaml.
//
//go:embed exercises guide agendas.yaml
var Files embed.FS

// Schema is the JSON Schema (draft-07) of an exercise.yaml. Editors find it by the
// first line of each file.
//
//go:embed exercise.schema.json
var Schema []byte

// Skeleton is a whole small exercise with comments that teach: what one begins with.
//
//go:embed skeleton.yaml
var Skeleton []byte

// OverlaySchema is that of a translation beside one.
//
//go:embed overlay.schema.json
var OverlaySchema []byte
