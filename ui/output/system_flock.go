//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package output

import (
	"errors"
	"os"
	"syscall"
)

// renamesOpen reports whether an open file can be renamed, which keeps it locked meanwhile.
const renamesOpen = true

// lock locks a file until it is closed, also by a kill, unless another process has locked it.
// Where a file system has no locks, nobody has.
func lock(f *os.File) bool {
	return !errors.Is(syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB), syscall.EWOULDBLOCK)
}

// removeAbandoned removes the temporary of a process that has ended, and reports whether the
// name is free.
func removeAbandoned(name string) bool {
	f, err := os.OpenFile(name, os.O_RDWR|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
	if errors.Is(err, os.ErrNotExist) {
		return true
	}
	if err != nil {
		return false
	}
	defer f.Close()
	// An error of any kind leaves open whether somebody is writing it.
	if syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil {
		return false
	}
	return !isStill(name, f) || os.Remove(name) == nil
}

// keepOwner gives a file the owner of another, where the user may.
func keepOwner(f *os.File, of os.FileInfo) {
	if s, ok := of.Sys().(*syscall.Stat_t); ok {
		_ = f.Chown(int(s.Uid), int(s.Gid))
	}
}
