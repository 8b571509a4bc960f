package app

import (
	"fmt"

	"undercurrent/ui/paint"
	"undercurrent/ui/panel"
)

// Columns of the manual.
const (
	maxManual  = 130 // inner width
	keyColumn  = 7   // of the key, after its mark
	nameColumn = 21
	// minSentence is the least width of a sentence next to its name; a narrower one is below it.
	minSentence = 36
)

// manualLine is a line of the manual, and which topic it belongs to, -1 for a heading.
type manualLine struct {
	row   *paint.Row
	topic int
}

// render draws the lines around the chosen topic, how many topics there are above and below, and
// a scroll bar.
func (m *manual) render(t paint.Theme, width, height int) []string {
	inner := min(width-2, maxManual) - 4
	visible := max(height-marginY-3, 1) // the box and the line that is typed into
	lines := m.lines(t, inner-2)
	top := m.top(lines, visible)
	shown := lines[top:min(top+visible, len(lines))]
	m.first, m.last = wholeTopics(lines, top, top+len(shown))

	typed := paint.NewRow(inner).Text("› ", t.Key)
	if m.input.Value() == "" {
		typed.Text("▏", t.Accent).Text(m.input.Placeholder, t.Dim)
	} else {
		typed.Text(m.input.Value(), t.Strong).Text("▏", t.Accent)
	}
	out := []string{typed.String()}
	for i, l := range shown {
		out = append(out, paint.NewRow(inner-2).String())
		out[i+1] = l.row.String() + scrollBar(i, top, visible, len(lines), t)
	}
	if len(m.found) == 0 {
		out = append(out, paint.NewRow(inner).Text("  nothing matches", t.Dim).String())
	}
	return boxed(out, t, inner, "help", m.position()+"↑ ↓ PgUp PgDn · enter runs · esc closes")
}

// position says how many topics are not shown.
func (m *manual) position() (text string) {
	if m.first > 0 {
		text += fmt.Sprintf("↑ %d more · ", m.first)
	}
	if below := len(m.found) - 1 - m.last; below > 0 {
		text += fmt.Sprintf("↓ %d more · ", below)
	}
	return text
}

// wholeTopics are the first and the last topic that have all their lines within [from, to), the ones next to them where
// there is none.
func wholeTopics(lines []manualLine, from, to int) (first, last int) {
	first, last = 0, -1
	for i, l := range lines {
		switch {
		case i < from && l.topic >= 0:
			first = l.topic + 1
		case i < to && l.topic >= 0 && (i+1 == len(lines) || lines[i+1].topic != l.topic):
			last = l.topic
		}
	}
	return first, max(last, first-1)
}

// top is the first line to show: the chosen topic is in the middle, as far as there are lines on both
// sides.
func (m *manual) top(lines []manualLine, visible int) int {
	first, last := 0, 0
	for i, l := range lines {
		if l.topic == m.at {
			last = i
			if l.topic != lines[max(i-1, 0)].topic {
				first = i
			}
		}
	}
	return max(min((first+last-visible)/2, len(lines)-visible), 0)
}

// scrollBar is the right end of the i-th of the shown lines: a blank and a piece of the bar, which is there
// if not all lines are shown.
func scrollBar(i, top, visible, total int, t paint.Theme) string {
	r := paint.NewRow(2).Text(" ", "")
	if total <= visible {
		return r.String()
	}
	size := max(visible*visible/total, 1)
	from := top * (visible - size) / (total - visible)
	if i >= from && i < from+size {
		return r.Text("█", t.Key).String()
	}
	return r.Text("│", t.Rule).String()
}

// lines are all lines of what is found, groups named where nothing was typed.
func (m *manual) lines(t paint.Theme, width int) (list []manualLine) {
	group := panel.Group("")
	for i, k := range m.found {
		if m.input.Value() == "" && k.group != group {
			group = k.group
			list = append(list, manualLine{paint.NewRow(width).Text(string(group), t.Title), -1})
		}
		for _, row := range k.rows(i == m.at, t, width) {
			list = append(list, manualLine{row, i})
		}
	}
	return list
}

// rows are the lines of a topic: key, name, and the sentence next to them or, where that is too narrow,
// below.
func (k topic) rows(chosen bool, t paint.Theme, width int) []*paint.Row {
	mark, style := "  ", t.Strong
	if chosen {
		mark, style = "▸ ", t.Selected
	}
	first := paint.NewRow(width).Text(mark, t.Accent).Text(k.key, t.Key).To(2+keyColumn).Text(k.name, style)
	rows, column := []*paint.Row{first}, 2+keyColumn+nameColumn
	if below := width-column < minSentence; below {
		column = 2 + keyColumn
		rows = append(rows, paint.NewRow(width))
	}
	for i, line := range paint.Wrap(k.sentence, width-column) {
		if i > 0 {
			rows = append(rows, paint.NewRow(width))
		}
		rows[len(rows)-1].To(column).Text(line, t.Text)
	}
	return rows
}
