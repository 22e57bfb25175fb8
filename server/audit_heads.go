package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"mend/internal/store"
)

// auditHeads is a file beside which no database lies: what the audit's newest deed is called,
// noted again and again where whoever can change the database can take nothing away. The
// chain of deeds tells what was changed within it; that its end was cut off, or that an older
// database stands in place of the newer, shows only against something kept elsewhere.
type auditHeads struct {
	AuditHeads string `name:"audit-heads" env:"MEND_AUDIT_HEADS" placeholder:"FILE" help:"Where the newest deed of the audit is noted within a second or two, a line each time, and looked for at each start: a file on another machine, or one that can only be added to (chattr +a). Nowhere unless given."`
}

const (
	// noteEvery is within what time a deed is noted.
	noteEvery = time.Second
	// longestNote bounds a line, of a house with many practices' heads.
	longestNote = 1 << 20
)

// noted is a line of the file: when, and the newest deed of each practice.
var noted = regexp.MustCompile(`^\S+((?: \d+-[0-9a-f]{32})+)$`)

// last are the heads that were noted last; none where nothing was.
func (a auditHeads) last() (heads []string, err error) {
	file, err := os.Open(a.AuditHeads)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // it was read
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, longestNote)
	for lines.Scan() {
		if is := noted.FindStringSubmatch(lines.Text()); is != nil { // one that a crash cut short is none
			heads = strings.Fields(is[1])
		}
	}
	return heads, lines.Err()
}

// gone are those that were noted last and are not in the audit any more.
func (a auditHeads) gone(ctx context.Context, s *store.Store) (gone []string, err error) {
	if a.AuditHeads == "" {
		return nil, nil
	}
	heads, err := a.last()
	if err != nil {
		return nil, wrongUse{fmt.Errorf("--audit-heads: %w", err)}
	}
	return lacking(ctx, s, heads)
}

func lacking(ctx context.Context, s *store.Store, heads []string) (gone []string, err error) {
	for _, head := range heads {
		holds, err := s.AuditHolds(ctx, head)
		if err != nil {
			return nil, err
		}
		if !holds {
			gone = append(gone, head)
		}
	}
	return gone, nil
}

// isGone is what to tell of one.
func isGone(head string) string {
	return "audit: the deed that " + head + " names is gone, and what stood after it; or this is an older database"
}

// toldOfGone is what to do about it.
const toldOfGone = "it was cut, or this is an older database. Where it was brought back from a backup, that is why: move the file aside. Where it was not, find out who could write to it"

// keep notes what the newest deeds are, whenever there are others, until ctx ends; and once
// more then. Once one is gone nothing more is noted: what stands there is the proof.
func (a auditHeads) keep(ctx context.Context, s *store.Store, now func() time.Time, log *slog.Logger) {
	if a.AuditHeads == "" {
		return
	}
	ticks := time.NewTicker(noteEvery)
	defer ticks.Stop()
	before, err := a.last()
	for on := true; ; {
		var gone []string
		if err == nil {
			gone, before, err = a.noteAnew(context.WithoutCancel(ctx), s, before, now())
		}
		switch {
		case err != nil:
			log.Error("audit heads not noted", "cause", err)
			err = nil
		case len(gone) > 0:
			log.Error("the audit lacks deeds that were noted: it was cut, or this is an older database", "count", len(gone))
			return
		}
		if !on {
			return
		}
		select {
		case <-ticks.C:
		case <-ctx.Done():
			on = false
		}
	}
}

// noteAnew notes the heads where they are not those of before, which must all be there.
func (a auditHeads) noteAnew(ctx context.Context, s *store.Store, before []string, at time.Time) (gone, heads []string, err error) {
	if gone, err = lacking(ctx, s, before); err != nil || len(gone) > 0 {
		return gone, before, err
	}
	heads, err = s.AuditHeads(ctx)
	if err != nil || len(heads) == 0 || slices.Equal(heads, before) {
		return nil, before, err
	}
	if err := a.note(heads, at); err != nil {
		return nil, before, err
	}
	return nil, heads, nil
}

// note adds a line, and returns once it is on the disk.
func (a auditHeads) note(heads []string, at time.Time) (err error) {
	file, err := os.OpenFile(a.AuditHeads, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if _, err := fmt.Fprintln(file, at.UTC().Format(time.RFC3339), strings.Join(heads, " ")); err != nil {
		return err
	}
	return file.Sync()
}
