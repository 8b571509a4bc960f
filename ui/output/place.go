package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// place is where the name of a file leads.
type place struct {
	name string      // as it was given
	path string      // of the file that is replaced, after all symbolic links
	old  os.FileInfo // of that file, nil where there is none
	// direct reports whether the name is written to as it is, and output whether that is the
	// standard output: devices and pipes cannot be replaced by a file.
	direct, output bool
}

// folder is the directory of the file.
func (p place) folder() string { return filepath.Dir(p.path) }

// errReadOnly is the reason why a file that nobody may write is not replaced, although the
// directory would allow it.
var errReadOnly = errors.New("the file is read-only")

// errDirectory is the reason why a directory is not written.
var errDirectory = errors.New("is a directory")

// find finds where a name leads. The error is the reason why it cannot be written.
func find(name string) (place, error) {
	p := place{name: name}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.path, err = missing(name)
		return p, err
	case err != nil:
		return p, err
	case info.IsDir():
		return p, errDirectory
	case !info.Mode().IsRegular() || isOutput(info):
		p.path, p.direct, p.output = name, true, isOutput(info)
		return p, nil
	}
	if p.path, err = filepath.EvalSymlinks(name); err != nil {
		return p, err
	}
	p.old = info
	return p, writable(p.path, info)
}

// isOutput reports whether a file is the standard output of the process, as /dev/stdout is.
func isOutput(info os.FileInfo) bool {
	out, err := os.Stdout.Stat()
	return err == nil && os.SameFile(info, out)
}

// writable refuses a file that may not be written.
func writable(path string, info os.FileInfo) error {
	if info.Mode().Perm()&0o222 == 0 {
		return errReadOnly // also for root, whom the system would let
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return f.Close()
}

// maxLinks bounds the symbolic links that lead to a file, as systems do.
const maxLinks = 40

// missing is the path of a file that does not exist, to which a link may lead.
func missing(name string) (string, error) {
	for range maxLinks {
		folder, err := filepath.EvalSymlinks(filepath.Dir(name))
		if err != nil {
			return "", err
		}
		path := filepath.Join(folder, filepath.Base(name))
		next, err := os.Readlink(path)
		if err != nil {
			return path, nil
		}
		if name = next; !filepath.IsAbs(next) {
			// Not joined, which would take ".." for the folder that is written before it.
			name = folder + string(filepath.Separator) + next
		}
	}
	return "", errors.New("too many symbolic links")
}
