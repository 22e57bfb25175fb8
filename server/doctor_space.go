//go:build linux

package main

import "syscall"

// Kinds of file systems in which several machines write, by their numbers in statfs(2).
const (
	nfs  = 0x6969
	cifs = 0xff534d42
	smb2 = 0xfe534d42
	ceph = 0x00c36400
)

// spaceOf is how many bytes are free where a folder lies, and whether that is another
// machine's disk.
func spaceOf(folder string) (free uint64, overNetwork bool, err error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return 0, false, err
	}
	switch uint32(s.Type) { //nolint:gosec // the kernel's numbers have 32 bits
	case nfs, cifs, smb2, ceph:
		overNetwork = true
	}
	return s.Bavail * uint64(s.Bsize), overNetwork, nil //nolint:gosec // a block's size is positive
}
