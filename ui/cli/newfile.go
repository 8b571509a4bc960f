package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// newFile is a file that appears under its name when it is whole. Several of them can
// appear together, and on every system: google/renameio does not build on Windows,
// natefinch/atomic writes one reader's content at once.
type newFile struct {
	*bufio.Writer
	file         *os.File
	name         string
	closed, kept bool
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
	return &newFile{Writer: bufio.NewWriter(f), file: f, name: name}, f.Chmod(0o644)
}

// finish writes what is left and closes the file.
func (f *newFile) finish() error {
	if f.closed {
		return nil
	}
	f.closed = true
	return errors.Join(f.Flush(), f.file.Close())
}

// keep gives the file its name.
func (f *newFile) keep() error {
	if err := f.finish(); err != nil {
		return err
	}
	f.kept = true
	return os.Rename(f.file.Name(), f.name)
}

// abandon removes the file unless it was kept.
func (f *newFile) abandon() {
	if !f.kept {
		f.file.Close()
		os.Remove(f.file.Name())
	}
}

// keepFile writes a file whole or not at all.
func keepFile(name string, write func(io.Writer) error) error {
	file, err := createFile(name)
	if err != nil {
		return usage(err)
	}
	defer file.abandon()
	if err := write(file); err != nil {
		return err
	}
	return file.keep()
}
