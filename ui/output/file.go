package output

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"undercurrent/scenarios/data/arrays"
)

// File is a file that appears under its name when it is kept. Several of them can appear
// together, and on every system: google/renameio does not build on Windows,
// natefinch/atomic writes one reader's content at once.
type File struct {
	*bufio.Writer
	file         *os.File
	name         string
	closed, kept bool
}

// Create opens a temporary file next to the name. The error says why that cannot be
// written.
func Create(name string) (*File, error) {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return nil, fmt.Errorf("%s cannot be written (%w), expected a file in a writable directory", name, arrays.Plain(err))
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		f.Close()
		os.Remove(f.Name())
		return nil, fmt.Errorf("%s is a directory, expected a file", name)
	}
	return &File{Writer: bufio.NewWriter(f), file: f, name: name}, f.Chmod(0o644)
}

// close writes what is buffered and closes the file.
func (f *File) close() error {
	if f.closed {
		return nil
	}
	f.closed = true
	return errors.Join(f.Flush(), f.file.Close())
}

// Keep gives the file its name.
func (f *File) Keep() error {
	if err := f.close(); err != nil {
		return err
	}
	f.kept = true
	return os.Rename(f.file.Name(), f.name)
}

// Abandon removes the file unless it was kept.
func (f *File) Abandon() {
	if !f.kept {
		f.file.Close()
		os.Remove(f.file.Name())
	}
}

// CreateError says which file cannot be created, and why.
type CreateError struct{ err error }

func (e CreateError) Error() string { return e.err.Error() }
func (e CreateError) Unwrap() error { return e.err }

// Write writes a whole file. The error is a CreateError if nothing could be written at all.
func Write(name string, write func(io.Writer) error) error {
	file, err := Create(name)
	if err != nil {
		return CreateError{err}
	}
	defer file.Abandon()
	if err := write(file); err != nil {
		return err
	}
	return file.Keep()
}
