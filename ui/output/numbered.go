package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// maxNumbered bounds the files of one name that are written to a directory.
const maxNumbered = 10_000

// WriteNumbered writes a new file, whole or not at all, and returns its name: the first of stem+ending,
// stem-2+ending and so on that does not exist.
func WriteNumbered(stem, ending string, write func(io.Writer) error) (name string, err error) {
	for n := 1; n <= maxNumbered; n++ {
		name = stem + ending
		if n > 1 {
			name = fmt.Sprintf("%s-%d%s", stem, n, ending)
		}
		if err = WriteNew(name, write); !errors.Is(err, fs.ErrExist) {
			return name, err
		}
	}
	return "", fmt.Errorf("%s and %d more of its name exist already, expected a directory with fewer", stem+ending, maxNumbered-1)
}
