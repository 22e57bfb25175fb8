package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"mend/content"
	"mend/internal/exercise"
)

// The schemas are compiled once, at first use; they never change.
var (
	exerciseSchema = sync.OnceValues(func() (*jsonschema.Schema, error) { return compile(content.Schema, "urn:mend:exercise") })
	overlaySchema  = sync.OnceValues(func() (*jsonschema.Schema, error) { return compile(content.OverlaySchema, "urn:mend:overlay") })
)

func compile(source []byte, id string) (*jsonschema.Schema, error) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(source))
	if err != nil {
		return nil, fmt.Errorf("reading the schema %s: %w", id, err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(id, document); err != nil {
		return nil, fmt.Errorf("adding the schema %s: %w", id, err)
	}
	schema, err := c.Compile(id)
	if err != nil {
		return nil, fmt.Errorf("compiling the schema %s: %w", id, err)
	}
	return schema, nil
}

// shape tells where plain values do not have the form that a schema asks for.
func shape(compiled func() (*jsonschema.Schema, error), root any) []exercise.Problem {
	schema, err := compiled()
	if err != nil {
		return []exercise.Problem{{Code: "schema-broken", Message: err.Error(), Mend: "This is a fault of Mend, not of the file"}}
	}
	var invalid *jsonschema.ValidationError
	if !errors.As(schema.Validate(root), &invalid) {
		return nil
	}
	var problems []exercise.Problem
	leaves(invalid, func(e *jsonschema.ValidationError) { problems = append(problems, schemaProblems(e)...) })
	return problems
}

func leaves(e *jsonschema.ValidationError, f func(*jsonschema.ValidationError)) {
	if len(e.Causes) == 0 {
		f(e)
	}
	for _, cause := range e.Causes {
		leaves(cause, f)
	}
}

// schemaProblems says in our words what a leaf of the schema found.
func schemaProblems(e *jsonschema.ValidationError) []exercise.Problem {
	at := location(e.InstanceLocation)
	one := func(path, code, mend, message string, args ...any) []exercise.Problem {
		return []exercise.Problem{{Path: unwrapped(path), Code: code, Message: fmt.Sprintf(message, args...), Mend: mend}}
	}
	var many []exercise.Problem
	switch k := e.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		for _, name := range k.Properties {
			many = append(many, one(join(at, name), "schema-unknown", "Take it out, or look at its spelling", "%q is not known here", name)...)
		}
		return many
	case *kind.Required:
		for _, name := range k.Missing {
			many = append(many, one(join(at, name), "schema-missing", "Add "+name, "%q is missing", name)...)
		}
		return many
	case *kind.Dependency:
		return one(at, "schema-shape", "Add "+strings.Join(k.Missing, ", "), "%q cannot stand alone", k.Prop)
	case *kind.Type:
		return one(at, "schema-type", "Write "+strings.Join(k.Want, " or "), "This is %s where %s is needed", k.Got, strings.Join(k.Want, " or "))
	case *kind.Enum:
		return one(at, "schema-choice", "Choose one of "+choices(k.Want), "This is none of the values there are")
	case *kind.Pattern:
		return one(at, "schema-name", "Use small letters and hyphens, such as floor-and-echo", "This is not a name")
	case *kind.MinLength, *kind.MaxLength, *kind.MinItems, *kind.MaxItems, *kind.Minimum, *kind.Maximum, *kind.UniqueItems:
		return one(at, "schema-range", "Change it to fit", "%s", sentence(e.ErrorKind))
	case *kind.MinProperties, *kind.MaxProperties:
		return one(at, "schema-shape", "Write one step as a map with its kind as the only key", "This does not have the form that is needed")
	}
	return one(at, "schema-shape", "Compare with an exercise that ships with Mend", "%s", sentence(e.ErrorKind))
}

func sentence(k jsonschema.ErrorKind) string {
	return strings.ToUpper(k.LocalizedString(english())[:1]) + k.LocalizedString(english())[1:]
}

func english() *message.Printer { return message.NewPrinter(language.English) }

func choices(want []any) string {
	words := make([]string, 0, len(want))
	for _, w := range want {
		words = append(words, fmt.Sprint(w))
	}
	return strings.Join(words, ", ")
}

// location writes a JSON pointer's parts as a path: steps[3].speak.who.
func location(parts []string) string {
	path := ""
	for _, part := range parts {
		if _, err := strconv.Atoi(part); err == nil {
			path += "[" + part + "]"
			continue
		}
		path = join(path, part)
	}
	return path
}
