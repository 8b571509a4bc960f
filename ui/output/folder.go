package output

import (
	"fmt"
	"os"
	"path/filepath"

	"undercurrent/scenarios/data/arrays"
)

// folders are directories that were made, from the outermost on.
type folders []string

// MakeFolder makes a directory and those above it.
func MakeFolder(dir string) error {
	_, err := makeFolders(dir)
	return err
}

// makeFolders is MakeFolder, which says what was made.
func makeFolders(dir string) (made folders, err error) {
	for at := filepath.Clean(dir); ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); err == nil || at == filepath.Dir(at) {
			break
		}
		made = append(folders{at}, made...)
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		made.remove()
		return nil, fmt.Errorf("%s cannot be created (%w), expected a writable directory", dir, arrays.Plain(err))
	}
	return made, nil
}

// remove removes those of the directories in which nothing is.
func (f folders) remove() {
	for k := len(f) - 1; k >= 0; k-- {
		_ = os.Remove(f[k])
	}
}
