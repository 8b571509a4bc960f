package cli

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// newFile is a file that appears under its name when it is whole.
type newFile struct {
	*bufio.Writer
	file *os.File
	name string
}

// createFile opens a temporary file beside the name. The error says why that
// cannot be written.
func createFile(name string) (*newFile, error) {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return nil, fmt.Errorf("%s cannot be written (%w), expected a file in a directory that can be written", name, plain(err))
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		f.Close()
		os.Remove(f.Name())
		return nil, fmt.Errorf("%s is a directory, expected a file", name)
	}
	return &newFile{bufio.NewWriter(f), f, name}, f.Chmod(0o644)
}

// keep gives the file its name.
func (f *newFile) keep() error {
	if err := errors.Join(f.Flush(), f.file.Close()); err != nil {
		return err
	}
	temporary := f.file.Name()
	f.file = nil
	return os.Rename(temporary, f.name)
}

// abandon removes what was not kept.
func (f *newFile) abandon() {
	if f.file != nil {
		f.file.Close()
		os.Remove(f.file.Name())
	}
}
