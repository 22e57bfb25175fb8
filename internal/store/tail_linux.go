package store

import (
	"os"
	"syscall"
)

// waysToAdd are flags to open a file with, each write to which is on the disk once it
// returns. Past the system's cache it is one request to the disk; through the cache there
// are a copy, a page to be found and written back, and a second call to wait for it: a
// fifth more time in all.
var waysToAdd = []int{syscall.O_DSYNC | syscall.O_DIRECT, syscall.O_DSYNC}

// toDisk writes blocks to a file that was opened in one of these ways.
func toDisk(file *os.File, blocks []byte, at int64) error {
	_, err := file.WriteAt(blocks, at)
	return err
}

// hasRoom tells whether the disk that a file is on has room for so many bytes more.
func hasRoom(file *os.File, bytes int64) bool {
	var disk syscall.Statfs_t
	err := syscall.Fstatfs(int(file.Fd()), &disk)                //nolint:gosec // a descriptor is small
	return err == nil && disk.Bavail >= uint64(bytes/disk.Bsize) //nolint:gosec // neither is below nothing
}

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
