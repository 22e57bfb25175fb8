// Package private holds the type for words that people entrusted to Mend.
// It is a leaf. Text travels in JSON, and nowhere else: fmt, slog and error
// messages show a placeholder, so that a careless log line cannot leak it.
package private

import (
	"fmt"
	"log/slog"
)

const hidden = "[private]"

// Text is personal text. Convert with string(t) where it truly has to be read.
type Text string

// Format answers every fmt verb with the placeholder.
func (Text) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(hidden)) }

// LogValue answers slog with the placeholder.
func (Text) LogValue() slog.Value { return slog.StringValue(hidden) }
