package output

import (
	"io"
	"os"
)

// Growing is a file that has what was written to it at once, under its name, also where the program is killed. It replaces
// what was in the file.
type Growing struct {
	file *File
}

var _ io.WriteCloser = (*Growing)(nil)

// CreateGrowing creates the file. The error is a CreateError.
func CreateGrowing(name string) (*Growing, error) {
	p, err := find(name)
	if err != nil {
		return nil, refused(name, err)
	}
	f := &File{place: p}
	switch {
	case p.output:
		f.file = os.Stdout
	case p.direct:
		f.file, err = os.OpenFile(name, os.O_WRONLY, 0)
	default:
		f.file, err = os.OpenFile(p.path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	}
	if err != nil {
		return nil, refused(name, err)
	}
	return &Growing{f}, nil
}

// Write writes without a buffer. The error names the file.
func (g *Growing) Write(p []byte) (int, error) { return g.file.content().Write(p) }

// Close ends the file.
func (g *Growing) Close() error { return g.file.fail(g.file.close()) }
