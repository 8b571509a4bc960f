//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package output

import "os"

// renamesOpen reports whether an open file can be renamed.
const renamesOpen = false

// lock has nothing to do: an open file cannot be removed.
func lock(*os.File) bool { return true }

// removeAbandoned removes the temporary of a process that has ended, and reports whether the
// name is free; one that is open stays.
func removeAbandoned(name string) bool {
	err := os.Remove(name)
	return err == nil || os.IsNotExist(err)
}

func keepOwner(*os.File, os.FileInfo) {}
