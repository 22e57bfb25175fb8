//go:build !linux

package store

import "os"

// flushed waits until a file's bytes are on the disk.
func flushed(file *os.File) error { return file.Sync() }
