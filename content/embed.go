// Package content carries what Mend ships with: the exercises and the schema they
// are written to. It holds files and no code that reads them: that is catalog's work.
package content

import "embed"

// Files holds exercises/<id>/exercise.yaml.
//
//go:embed exercises
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
