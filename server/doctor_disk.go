package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"
)

const (
	tooFull    = 64 << 20 // bytes: a session or two
	nearlyFull = 1 << 30
	slowFlush  = 50 * time.Millisecond // a turn waits for one
)

// disk has room, keeps what it is told to keep, and how fast.
func (p *patient) disk(context.Context) []finding {
	if _, err := os.Stat(p.Data); err != nil {
		return nil // told above
	}
	all := make([]finding, 0, 2)
	switch free, overNetwork, err := spaceOf(p.Data); {
	case errors.Is(err, errors.ErrUnsupported):
	case err != nil:
		all = append(all, finding{"disk", broken, err.Error(), "look at the machine's disks"})
	case overNetwork:
		all = append(all, finding{"disk", broken, p.Data + " lies on a network file system, where SQLite may lose what it kept", "move it to a disk of this machine"})
	case free < tooFull:
		all = append(all, finding{"disk", broken, fmt.Sprintf("%d MiB are free", free>>20), "make room: nothing can be kept once it is full"})
	case free < nearlyFull:
		all = append(all, finding{"disk", attention, fmt.Sprintf("%d MiB are free", free>>20), "make room before it is full"})
	default:
		all = append(all, finding{"disk", fine, fmt.Sprintf("%.1f GiB are free", float64(free)/(1<<30)), ""})
	}
	took, err := flush(p.Data)
	switch {
	case err != nil:
		return append(all, finding{"flush", broken, err.Error(), "let the user that Mend runs as write to " + p.Data + ", and look at the disk"})
	case took > slowFlush:
		return append(all, finding{"flush", attention, fmt.Sprintf("the disk takes %s to keep what it is told", took.Round(time.Millisecond)), "every turn waits for it: use a faster disk"})
	}
	return append(all, finding{"flush", fine, fmt.Sprintf("the disk keeps what it is told within %s", took.Round(10*time.Microsecond)), ""})
}

// flush is how long a page takes to the disk: the middle one of some.
func flush(folder string) (_ time.Duration, err error) {
	probe, err := os.CreateTemp(folder, ".doctor-*")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, probe.Close(), os.Remove(probe.Name())) }()
	took := make([]time.Duration, 15)
	for i := range took {
		began := time.Now()
		if _, err := probe.WriteAt(make([]byte, 4096), int64(i)*4096); err != nil {
			return 0, err
		}
		if err := probe.Sync(); err != nil {
			return 0, err
		}
		took[i] = time.Since(began)
	}
	slices.Sort(took)
	return took[len(took)/2], nil
}
