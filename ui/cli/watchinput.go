package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"undercurrent/scenarios/data/arrays"
	"undercurrent/sim/stream"
)

// input is the stream of frames.
type input struct {
	io.Reader
	name   string
	format stream.Format
	file   *framesFile // nil for standard input and for a table, which has been read
	isFile bool        // frames are not those of standard input
}

func (i *input) close() {
	if i.file != nil {
		i.file.close()
	}
}

// unread is the input of the arguments where the frames come from elsewhere.
func (w *watch) unread() *input {
	if !w.isFile() {
		return &input{name: "standard input"}
	}
	return &input{name: w.title(), isFile: true}
}

// short is the name on the screen.
func (i *input) short() string {
	if !i.isFile {
		return "stdin"
	}
	return filepath.Base(i.name)
}

// resolveFormat is the format of --format.
func (w *watch) resolveFormat() (stream.Format, error) {
	if w.format == "" {
		return stream.Detect, nil
	}
	format, err := choose("--format", w.format, stream.CSV, stream.JSON, stream.Points, stream.NumPy)
	switch {
	case err != nil:
		return format, usagef("--format is %q, expected csv, jsonl, points or npy", w.format)
	case format == stream.Points && w.last == 0:
		return format, usagef("--format points without --last, expected --last N with it")
	case format != stream.Points && w.last > 0:
		return format, usagef("--last %d and --format %s given, expected --format points or none", w.last, format)
	}
	return format, nil
}

// open opens the file of the arguments, or standard input without one.
func (w *watch) open(stdin io.Reader) (*input, error) {
	format, err := w.resolveFormat()
	if err != nil {
		return nil, err
	}
	if len(w.args) == 1 && w.args[0] != "-" {
		f, err := openFrames(w.args[0], w.first)
		if err != nil {
			return nil, usagef("%s: %w, expected a file of frames", w.args[0], arrays.Plain(err))
		}
		return &input{f, w.args[0], format, f, true}, nil
	}
	if isTerminal(stdin) {
		return nil, usagef("standard input is a terminal, expected a stream of frames (my_sampler | %s watch) or a file", invocation())
	}
	return &input{stdin, "standard input", format, nil, false}, nil
}

// isPipe reports whether the file of the arguments cannot be read twice.
func (w *watch) isPipe() bool {
	return slices.ContainsFunc(w.args, func(name string) bool {
		info, err := os.Stat(name)
		return err == nil && !info.Mode().IsRegular() && !info.IsDir()
	})
}

// fileArgument is the name of a file as an argument, which a dash would make a flag.
func fileArgument(name string) string {
	if strings.HasPrefix(name, "-") && name != "-" {
		return "." + string(filepath.Separator) + name
	}
	return name
}

// filesOrNone refuses standard input among files.
func filesOrNone(_ *cobra.Command, args []string) error {
	if len(args) > 1 && slices.Contains(args, "-") {
		return usagef("%s with - among them, expected files of draws, or standard input alone", counted(len(args), "argument"))
	}
	return nil
}

// title is what the files are called in a message.
func (w *watch) title() string {
	if n := len(w.args); n > 1 {
		return fmt.Sprintf("%s and %d more", w.args[0], n-1)
	}
	return w.args[0]
}
