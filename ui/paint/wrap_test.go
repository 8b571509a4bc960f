package paint_test

import (
	"slices"
	"strings"
	"testing"

	"undercurrent/ui/paint"
)

// No line is wider than asked for but one long word, no word is broken, none is lost.
func TestWrappedLinesFitAndKeepTheirWords(t *testing.T) {
	t.Parallel()
	const text = "∫ q f(p/q) is  the under-coverage of a rather-long-hyphenated-word\nby α ≥ 1"
	for width := range 60 {
		lines := paint.Wrap(text, width)
		for k, l := range lines {
			if paint.Width(l) > width && strings.Contains(l, " ") {
				t.Errorf("at %d a line is %q", width, l)
			}
			if next := k + 1; next < len(lines) && paint.Width(l)+1+paint.Width(strings.Fields(lines[next])[0]) <= width {
				t.Errorf("at %d the line %q has room for more", width, l)
			}
		}
		if got := strings.Fields(strings.Join(lines, " ")); !slices.Equal(got, strings.Fields(text)) {
			t.Errorf("at %d the words are %q", width, got)
		}
	}
	if lines := paint.Wrap("", 10); len(lines) != 1 || lines[0] != "" {
		t.Errorf("nothing is wrapped to %q", lines)
	}
}
