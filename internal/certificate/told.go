package certificate

import (
	"errors"
	"log/slog"

	"go.uber.org/zap/zapcore"
)

// told hands on to Mend's own log what certmagic warns of: its sentence and the
// error. What else it would say of a handshake or a question has the address of
// whoever came, and stays out.
type told struct {
	log   *slog.Logger
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
	if t.cause == nil {
		say("certificate: " + e.Message)
	} else {
		say("certificate: "+e.Message, "cause", t.cause)
	}
	return nil
}

// Sync implements zapcore.Core.
func (t told) Sync() error { return nil }
