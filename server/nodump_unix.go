//go:build unix

package main

import "syscall"

// noDump keeps what people wrote out of a file that the system would make of a process
// that crashes: memory has it in the clear.
func noDump() error { return syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}) }
