package certificate

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"go.uber.org/zap/zapcore"
)

// told hands on to Mend's own log what certmagic warns of: its sentence and the
// error. What else it would say of a handshake or a question has the address of
// whoever came, and stays out; and so does the operator's.
type told struct {
	log   *slog.Logger
	email string
	cause error
}

var _ zapcore.Core = told{}

// Enabled implements zapcore.Core.
func (t told) Enabled(l zapcore.Level) bool { return l >= zapcore.WarnLevel }

// With implements zapcore.Core.
func (t told) With(fields []zapcore.Field) zapcore.Core {
	for _, f := range fields {
		if f.Key != "error" {
			continue
		}
		if err, ok := f.Interface.(error); ok {
			t.cause = err
		} else if f.Type == zapcore.StringType {
			t.cause = errors.New(f.String)
		}
	}
	return t
}

// Check implements zapcore.Core.
func (t told) Check(e zapcore.Entry, to *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	if t.Enabled(e.Level) {
		return to.AddCore(e, t)
	}
	return to
}

// Write implements zapcore.Core.
func (t told) Write(e zapcore.Entry, fields []zapcore.Field) error {
	t, _ = t.With(fields).(told)
	say := t.log.Warn
	if e.Level >= zapcore.ErrorLevel {
		say = t.log.Error
	}
	switch {
	case t.cause == nil:
		say("certificate: " + e.Message)
	case errors.Is(t.cause, context.Canceled): // it was told to stop
	case t.email != "":
		say("certificate: "+e.Message, "cause", strings.ReplaceAll(t.cause.Error(), t.email, "(email)"))
	default:
		say("certificate: "+e.Message, "cause", t.cause.Error())
	}
	return nil
}

// Sync implements zapcore.Core.
func (t told) Sync() error { return nil }
