package cli

import (
	"testing"

	"undercurrent/internal/fuzztest"
	"undercurrent/ui/figure"
)

// A size that is accepted is one that a figure can have, and an error is one sentence.
func FuzzFigureSize(f *testing.F) {
	for _, text := range []string{"160x100mm", "6.3x4in", "1e3x4e1mm", "x", "NaNx100", "100x100cmmm", "0x10pt", "-50x100"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		width, height, err := parseSize(text)
		if err != nil {
			fuzztest.OneLine(t, []byte(text), err)
			return
		}
		if !(width >= figure.MinSide && width <= figure.MaxSide && height >= figure.MinSide && height <= figure.MaxSide) {
			t.Errorf("%q is %g × %g pt", text, width, height)
		}
	})
}
