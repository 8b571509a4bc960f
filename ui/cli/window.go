package cli

import (
	"strconv"
	"strings"

	"github.com/spf13/pflag"
)

// window has the numbers of --window in the order of the flag.
type window []float64

var _ pflag.Value = (*window)(nil)

// windowType is the name of the type in errors of pflag.
const windowType = "window"

// Set reads numbers with commas and any blanks between them.
func (w *window) Set(text string) error {
	var list window
	for _, part := range strings.Split(text, ",") {
		v, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil {
			return err
		}
		list = append(list, v)
	}
	*w = list
	return nil
}

// String is the text that Set reads.
func (w window) String() string {
	parts := make([]string, len(w))
	for k, v := range w {
		parts[k] = strconv.FormatFloat(v, 'g', -1, 64)
	}
	return strings.Join(parts, ",")
}

// Type is windowType.
func (w *window) Type() string { return windowType }
