package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// maxNumbered bounds the files of one name that are written to a directory.
const maxNumbered = 10_000

// WriteNumbered writes a new file, whole or not at all, and returns its name: the first of stem+ending,
// stem-2+ending and so on that does not exist.
func WriteNumbered(stem, ending string, write func(io.Writer) error) (name string, err error) {
	return firstFree(stem, ending, func(name string) error { return WriteNew(name, write) })
}

// firstFree is the first of the numbered names under which make does not find a file; it fails with an
// fs.ErrExist where it does.
func firstFree(stem, ending string, make func(name string) error) (name string, err error) {
	for n := 1; n <= maxNumbered; n++ {
		name = stem + ending
		if n > 1 {
			name = fmt.Sprintf("%s-%d%s", stem, n, ending)
		}
		if err = make(name); !errors.Is(err, fs.ErrExist) {
			return name, err
		}
	}
	return "", fmt.Errorf("%s and %d more of its name exist already, expected a directory with fewer", stem+ending, maxNumbered-1)
}

// CreateNumbered is Create for the first name that WriteNumbered would take. The file is written little by
// little, so that another may take the name meanwhile: KeepNumbered has the last word.
func CreateNumbered(stem, ending string) (f *File, name string, err error) {
	name, err = firstFree(stem, ending, func(name string) error {
		if _, err := os.Lstat(name); err == nil {
			return fs.ErrExist
		}
		f, err = Create(name)
		return err
	})
	return f, name, err
}

// KeepNumbered gives a file that CreateNumbered made its name, or the next one that is free.
func (f *File) KeepNumbered(stem, ending string) (name string, err error) {
	err = f.keepBy(func(temporary string) error {
		name, err = firstFree(stem, ending, func(name string) error {
			return renameNew(temporary, filepath.Join(f.place.folder(), name))
		})
		return err
	})
	return name, err
}
