package cli

import (
	"fmt"
	"io"

	"undercurrent/ui/paint"
)

// say writes a sentence to standard error. Names and contents of files in it may be hostile.
func say(stderr io.Writer, format string, args ...any) {
	fmt.Fprintf(stderr, programName+": %s\n", paint.Sentence(fmt.Sprintf(format, args...)))
}

// visible is standard output for tables and sentences, whose names may be hostile. A table has
// several lines, and comes in whole characters.
type visible struct{ out io.Writer }

func (v visible) Write(p []byte) (int, error) {
	if _, err := io.WriteString(v.out, paint.VisibleLines(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}
