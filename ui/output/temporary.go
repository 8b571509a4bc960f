package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"unicode/utf8"
)

const (
	// maxTemporaries bounds the processes that write one file at a time.
	maxTemporaries = 100
	// maxStem bounds the part of a file's name in that of its temporary, in bytes: systems
	// allow 255 in all.
	maxStem = 200
	// newFile is the mode of a new file before the umask.
	newFile = 0o666
)

// temporaryName is the name of a temporary of a file. It says what it is a part of, for one
// that a killed process leaves behind.
func temporaryName(p place, k int) string {
	stem := filepath.Base(p.path)
	if len(stem) > maxStem {
		stem = stem[:maxStem]
		for !utf8.ValidString(stem) && len(stem) > maxStem-utf8.UTFMax {
			stem = stem[:len(stem)-1]
		}
	}
	return filepath.Join(p.folder(), fmt.Sprintf(".%s.undercurrent-unfinished-%d", stem, k))
}

// errBusy is the reason why no temporary can be had.
var errBusy = errors.New("many others are writing it")

// newTemporary creates a temporary next to a file, with the mode of that file. One that a
// process left behind when it was killed is removed: it is locked by nobody.
func newTemporary(p place) (*os.File, error) {
	for k := 0; k < maxTemporaries; {
		name := temporaryName(p, k)
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, mode(p))
		switch {
		case errors.Is(err, fs.ErrExist):
			if !removeAbandoned(name) {
				k++
			}
			continue
		case err != nil:
			return nil, err
		}
		// Another process may take it for abandoned before it is locked.
		if lock(f) && isStill(name, f) {
			keepRights(f, p)
			return f, nil
		}
		f.Close()
	}
	return nil, errBusy
}

func mode(p place) os.FileMode {
	if p.old == nil {
		return newFile
	}
	return p.old.Mode().Perm()
}

// keepRights gives a temporary the mode and the owner of the file that it replaces, as far as
// the system lets it; it has fewer rights otherwise.
func keepRights(f *os.File, p place) {
	if p.old == nil {
		return
	}
	keepOwner(f, p.old)
	_ = f.Chmod(mode(p))
}

// isStill reports whether a name is that of an open file.
func isStill(name string, f *os.File) bool {
	open, err := f.Stat()
	if err != nil {
		return false
	}
	named, err := os.Lstat(name)
	return err == nil && os.SameFile(open, named)
}
