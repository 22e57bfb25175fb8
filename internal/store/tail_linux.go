package store

import (
	"os"
	"syscall"
)

// flushed waits until a file's bytes are on the disk. Its length does not change, and
// when it was last written to need not be kept.
func flushed(file *os.File) error {
	for {
		err := syscall.Fdatasync(int(file.Fd())) //nolint:gosec // a descriptor is small
		if err != syscall.EINTR {
			return os.NewSyscallError("fdatasync", err)
		}
	}
}
