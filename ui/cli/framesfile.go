package cli

import (
	"io"
	"io/fs"
	"os"

	"undercurrent/scenarios/data/arrays"
)

// framesFile is a file of frames. A named pipe opens when somebody writes to it, which may
// never be; until then nothing else waits for it.
type framesFile struct {
	mode   fs.FileMode
	opened chan struct{}
	file   *os.File
	err    error
	from   io.Reader // file, or its first bytes
}

// openFrames opens a file, of which the first bytes are read, all for a number below 0. The error of a pipe is that of
// the first read.
func openFrames(name string, first int64) (*framesFile, error) {
	f := &framesFile{opened: make(chan struct{})}
	if info, err := os.Stat(name); err == nil {
		f.mode = info.Mode()
	}
	open := func() {
		f.file, f.err = os.Open(name)
		if f.from = f.file; first >= 0 {
			f.from = io.LimitReader(f.file, first)
		}
		close(f.opened)
	}
	if f.mode&fs.ModeNamedPipe != 0 {
		go open()
		return f, nil
	}
	open()
	return f, f.err
}

// regular reports whether nothing is appended to the file; that of no name may be a stream.
func (f *framesFile) regular() bool { return f != nil && f.mode.IsRegular() }

// Read reads from the file once it is open.
func (f *framesFile) Read(p []byte) (int, error) {
	<-f.opened
	if f.err != nil {
		return 0, arrays.Plain(f.err)
	}
	return f.from.Read(p)
}

// close closes the file if it is open.
func (f *framesFile) close() {
	select {
	case <-f.opened:
		f.file.Close()
	default:
	}
}
