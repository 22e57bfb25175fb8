package main

import (
	"context"
	"log/slog"
	"os"
)

// newLog writes JSON, or plain lines where a person is looking on. Only keys that
// are known to carry no words of anybody's pass.
func newLog(to *os.File) *slog.Logger {
	var h slog.Handler = slog.NewJSONHandler(to, nil)
	if info, err := to.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		h = slog.NewTextHandler(to, nil)
	}
	return slog.New(sieve{h})
}

// sieve drops every attribute whose key is not on the list, and every group: a line
// that somebody adds in haste cannot carry an answer out.
type sieve struct{ slog.Handler }

func passes(key string) bool {
	switch key {
	case "request_id", "method", "route", "status", "dur_ms", "code", "cause", "stack",
		"session", "role", "seat", "node", "seq", "after", "do", "err", "reread", "count", "close", "kind", "table":
		return true
	}
	return false
}

// Handle implements slog.Handler.
func (s sieve) Handle(ctx context.Context, r slog.Record) error {
	kept := slog.NewRecord(r.Time, r.Level, r.Message, r.PC)
	r.Attrs(func(a slog.Attr) bool {
		if passes(a.Key) {
			kept.AddAttrs(a)
		}
		return true
	})
	return s.Handler.Handle(ctx, kept)
}

// WithAttrs implements slog.Handler.
func (s sieve) WithAttrs(attrs []slog.Attr) slog.Handler {
	var kept []slog.Attr
	for _, a := range attrs {
		if passes(a.Key) {
			kept = append(kept, a)
		}
	}
	return sieve{s.Handler.WithAttrs(kept)}
}

// WithGroup implements slog.Handler.
func (s sieve) WithGroup(string) slog.Handler { return s }
