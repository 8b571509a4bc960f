package output

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"undercurrent/scenarios/data/arrays"
)

// File is a file that appears under its name when it is kept. Several of them can appear
// together, and on every system: google/renameio does not build on Windows,
// natefinch/atomic writes one reader's content at once. A device, a pipe or the standard
// output is written to as it is.
type File struct {
	*bufio.Writer
	place  place
	file   *os.File
	failed error // the first error of writing
	ended  bool
}

// Create opens a temporary file next to the name, or what the name is that of where it is
// not of a file. The error is a CreateError.
func Create(name string) (*File, error) {
	p, err := find(name)
	if err != nil {
		return nil, refused(name, err)
	}
	f := &File{place: p}
	switch {
	case !p.direct:
		f.file, err = newTemporary(p)
	case p.output:
		f.file = os.Stdout
	default:
		f.file, err = os.OpenFile(name, os.O_WRONLY, 0)
	}
	if err != nil {
		return nil, refused(name, err)
	}
	f.Writer = bufio.NewWriter(f.content())
	return f, nil
}

// Check says whether a file can be written, before there is something to write. The error is
// a CreateError.
func Check(name string) error {
	p, err := find(name)
	if err != nil {
		return refused(name, err)
	}
	if p.direct {
		return nil
	}
	f, err := newTemporary(p)
	if err != nil {
		return refused(name, err)
	}
	(&File{place: p, file: f}).Abandon()
	return nil
}

// content is what is behind the buffer.
func (f *File) content() io.Writer {
	return writerFunc(func(p []byte) (int, error) {
		n, err := f.file.Write(p)
		return n, f.fail(err)
	})
}

type writerFunc func([]byte) (int, error)

func (w writerFunc) Write(p []byte) (int, error) { return w(p) }

// fail is an error of writing with the name of the file.
func (f *File) fail(err error) error {
	if err == nil {
		return nil
	}
	if f.failed == nil {
		f.failed = fmt.Errorf("%s cannot be written (%w), expected a file in a directory with space left", f.place.name, arrays.Plain(err))
	}
	return f.failed
}

// cause is the error of writing behind one of a library that writes the file.
func (f *File) cause(err error) error {
	if err != nil && f.failed != nil {
		return f.failed
	}
	return err
}

// finish writes what is buffered, so that it outlasts a loss of power.
func (f *File) finish() error {
	if err := f.Flush(); err != nil {
		return f.cause(err)
	}
	if f.place.direct {
		return nil
	}
	err := f.file.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) {
		return nil
	}
	return f.fail(err)
}

// Keep gives the file its name.
func (f *File) Keep() error {
	return f.keepBy(func(temporary string) error { return os.Rename(temporary, f.place.path) })
}

// KeepNew gives the file its name if there is none of that name; the error is then an
// fs.ErrExist.
func (f *File) KeepNew() error {
	return f.keepBy(func(temporary string) error { return renameNew(temporary, f.place.path) })
}

// renameNew gives a file a name that none has; the error is an fs.ErrExist if one does.
func renameNew(old, name string) error {
	err := os.Link(old, name)
	switch {
	case err == nil:
		_ = os.Remove(old) // both names are those of the whole file
		return nil
	case errors.Is(err, fs.ErrExist):
		return err
	}
	// Not every file system has links.
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		return fs.ErrExist
	}
	return os.Rename(old, name)
}

// keepBy ends the file; rename gives the temporary its name.
func (f *File) keepBy(rename func(temporary string) error) error {
	if err := f.finish(); err != nil {
		return err
	}
	temporary := f.file.Name()
	if f.place.direct {
		f.ended = true
		return f.fail(f.close())
	}
	if !renamesOpen {
		if err := f.file.Close(); err != nil {
			return f.fail(err)
		}
	}
	if err := rename(temporary); err != nil {
		return f.fail(err)
	}
	f.ended = true
	if renamesOpen {
		_ = f.file.Close() // everything is written
	}
	syncFolder(f.place.folder())
	return nil
}

// close closes the file, except for the standard output, which is not ours.
func (f *File) close() error {
	if f.place.output {
		return nil
	}
	return f.file.Close()
}

// syncFolder makes a new name outlast a loss of power, where the system can.
func syncFolder(name string) {
	if d, err := os.Open(name); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// Abandon removes the file unless it was kept.
func (f *File) Abandon() {
	if f.ended {
		return
	}
	f.ended = true
	if !f.place.direct && renamesOpen {
		_ = os.Remove(f.file.Name())
	}
	_ = f.close()
	if !f.place.direct && !renamesOpen {
		_ = os.Remove(f.file.Name())
	}
}

// CreateError says which file cannot be created, and why.
type CreateError struct{ err error }

func (e CreateError) Error() string { return e.err.Error() }
func (e CreateError) Unwrap() error { return e.err }

// refused is the error of a file that cannot be created for a reason.
func refused(name string, why error) error {
	if errors.Is(why, errDirectory) {
		return CreateError{fmt.Errorf("%s is a directory, expected a file", name)}
	}
	return CreateError{fmt.Errorf("%s cannot be written (%w), expected a file in a writable directory", name, arrays.Plain(why))}
}

// Write writes a whole file. The error is a CreateError if nothing could be written at all.
func Write(name string, write func(io.Writer) error) error {
	return writeBy(name, write, (*File).Keep)
}

// WriteNew is Write for a name that must not exist yet; the error is an fs.ErrExist if it does.
func WriteNew(name string, write func(io.Writer) error) error {
	if _, err := os.Lstat(name); err == nil {
		return fs.ErrExist
	}
	return writeBy(name, write, (*File).KeepNew)
}

func writeBy(name string, write func(io.Writer) error, keep func(*File) error) error {
	file, err := Create(name)
	if err != nil {
		return err
	}
	defer file.Abandon()
	if err := write(file); err != nil {
		return file.cause(err)
	}
	return keep(file)
}
