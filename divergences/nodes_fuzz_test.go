package divergences

import (
	"slices"
	"strings"
	"testing"

	"undercurrent/internal/fuzztest"
)

// A table that is read is a divergence whose text gives the same table; another one is refused in one
// line that a terminal can show.
func FuzzReadNodes(f *testing.F) {
	for _, text := range []string{"0 1", "-2, 0.5\n0 1 # the middle\n\n2\t3\r\n", "0 1\n0 2", "1 2 3", "14 1", "0 1e-200", "NaN 1", "", "# nothing", "0 1\x1b[2J", strings.Repeat("0", 70000) + " 1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		nodes, err := ReadNodes(strings.NewReader(text))
		if err != nil {
			fuzztest.OneLine(t, text, err)
			return
		}
		family, err := TableFamily(nodes)
		if err != nil {
			t.Fatalf("%q is read and is no divergence: %v", text, err)
		}
		again, err := parseNodes(family.Table)
		if err != nil || !slices.Equal(again, nodes) {
			t.Fatalf("%q is written as %s, which is read as %v (%v)", text, family.Table, again, err)
		}
	})
}
