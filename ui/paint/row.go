package paint

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Style is the escape sequence that switches a style on; "" is plain text.
type Style string

const reset = "\x1b[m"

// Row is one line of the screen, written from left to right. What does not fit
// is cut, what is missing is blank: its width is always exact.
type Row struct {
	text  strings.Builder
	width int
	used  int
}

// NewRow is an empty row of the given width.
func NewRow(width int) *Row { return &Row{width: max(width, 0)} }

// Left is the number of cells still free.
func (r *Row) Left() int { return r.width - r.used }

// Text appends s in a style, cut to what is left. It may come from outside: it is made
// visible.
func (r *Row) Text(s string, style Style) *Row {
	s = Visible(shortened(s, r.Left()))
	w := ansi.StringWidth(s)
	if w > r.Left() {
		s = Cut(s, r.Left())
		w = ansi.StringWidth(s)
	}
	if style == "" {
		r.text.WriteString(s)
	} else if s != "" {
		r.text.WriteString(string(style) + s + reset)
	}
	r.used += w
	return r
}

// To appends blanks up to the given column.
func (r *Row) To(column int) *Row {
	if n := min(column, r.width) - r.used; n > 0 {
		r.text.WriteString(strings.Repeat(" ", n))
		r.used += n
	}
	return r
}

// Right appends s so that it ends at the given column.
func (r *Row) Right(column int, s string, style Style) *Row {
	s = Visible(shortened(s, r.width))
	return r.To(column-ansi.StringWidth(s)).Text(s, style)
}

// String is the row, padded to its width.
func (r *Row) String() string {
	r.To(r.width)
	return r.text.String()
}

// Cut is s in at most width cells, with a mark where it was longer.
func Cut(s string, width int) string {
	s = s[:min(len(s), maxMeasured)]
	return ansi.Truncate(s, max(width, 0), "…")
}

// maxMeasured bounds what is measured of a text, in bytes: it is wider than any screen then.
const maxMeasured = 1 << 16

// Width is the number of cells a text takes.
func Width(s string) int { return ansi.StringWidth(s[:min(len(s), maxMeasured)]) }
