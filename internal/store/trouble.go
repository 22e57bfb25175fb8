package store

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"mend/internal/fault"
	"mend/internal/session"
)

var (
	notFound = fault.New(fault.NotFound, "not_found", "There is nothing here, or it is not yours.")

	storageFull = unavailable("storage_full",
		"This cannot be saved: the server's disk is full. Nothing that was saved is lost. Please tell whoever runs it, and try again.")
	storageBusy = unavailable("storage_busy",
		"This cannot be saved just now: the database is busy. Please try again.")
	storageFailed = unavailable("storage_failed",
		"This cannot be saved or read just now: the server's disk does not answer as it should. Please tell whoever runs it.")
	storageClosed = unavailable("storage_closed",
		"The server is shutting down. Please try again in a moment.")
)

func unavailable(code, message string) *fault.Error {
	f := fault.New(fault.Unavailable, code, message)
	f.RetryAfter = 5
	return f
}

// understood turns an error from below into one that callers may act upon.
func (s *Store) understood(err error) error {
	if err == nil || errors.Is(err, session.ErrConflict) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if f, ok := fault.As(err); ok {
		return f
	}
	if errors.Is(err, gorm.ErrRecordNotFound) || errors.Is(err, gorm.ErrForeignKeyViolated) {
		return notFound.Because(err)
	}
	if f := s.engine.trouble(err); f != nil {
		s.log.Error("storage", "code", f.Code, "cause", err)
		return f.Because(err)
	}
	return fmt.Errorf("store: %w", err)
}

// translated gives an error of a statement that went past GORM the name GORM has for it.
func (s *Store) translated(err error) error {
	if translator, ok := s.write.Dialector.(gorm.ErrorTranslator); ok {
		return translator.Translate(err)
	}
	return err
}
