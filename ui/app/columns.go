package app

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"undercurrent/sim/diagnosis"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// columned reports whether the particles of a frame are draws with columns to choose from.
func columned(f *session.Frame) bool {
	w := f.Watching
	return w != nil && !w.Drift && w.Table != nil && len(w.Table.Names) > 2
}

// columnList chooses the columns of a table that are shown, from a list with the diagnostics of each.
type columnList struct {
	filter[int]
	table *session.Table
	axis  int // that is chosen, 0 for x
	open  func(pair [2]int)

	// done are the diagnostics that were computed, in the order of the columns; one is under way at a time.
	done []diagnosed
}

// diagnosed are the diagnostics of the next column of a list, or why there are none.
type diagnosed struct {
	of *columnList
	diagnosis.Quantity
	err error
}

// newColumnList stands at the column along x.
func newColumnList(t *session.Table, open func(pair [2]int)) *columnList {
	all := make([]int, len(t.Names))
	for k := range all {
		all[k] = k
	}
	l := &columnList{filter: newFiltered(all, func(k int) string { return t.Names[k] }), table: t, open: open}
	l.at = t.Pair[0]
	return l
}

// ask is the command that diagnoses the next column, nil if there is none.
func (l *columnList) ask() tea.Cmd {
	k := len(l.done)
	if k == len(l.table.Names) {
		return nil
	}
	return func() tea.Msg {
		q, err := l.table.Column(k)
		return diagnosed{l, q, err}
	}
}

// update takes a key or the diagnostics of a column.
func (l *columnList) update(msg tea.Msg) (cmd tea.Cmd, open bool) {
	switch msg := msg.(type) {
	case diagnosed:
		if msg.of == l {
			l.done = append(l.done, msg)
			cmd = l.ask()
		}
	case tea.PasteMsg:
		cmd = l.paste(msg)
	case tea.KeyPressMsg:
		return l.onKey(msg)
	}
	return cmd, true
}

func (l *columnList) onKey(msg tea.KeyPressMsg) (cmd tea.Cmd, open bool) {
	switch msg.String() {
	case "esc":
		return nil, false
	case "left", "right":
		l.axis = 1 - l.axis
	case "enter":
		if k, ok := l.chosen(); ok {
			l.open(l.with(k))
		}
		return nil, false
	default:
		cmd = l.key(msg)
	}
	return cmd, true
}

// with is the pair with a column along the chosen axis; the other one gives way.
func (l *columnList) with(k int) [2]int {
	pair := l.table.Pair
	if pair[1-l.axis] == k {
		pair[1-l.axis] = pair[l.axis]
	}
	pair[l.axis] = k
	return pair
}

// Widths of the list: the column of the names, that of each number, and what is before and after the names.
const (
	columnName   = 20
	columnNumber = 10
	columnMark   = 2
	columnAxis   = 3
	mostInner    = columnMark + columnName + columnAxis + 5*columnNumber
)

func (l *columnList) render(t paint.Theme, width, height int) []string {
	inner, rows := min(width-marginX-4, mostInner), max(min(height-marginY-2, len(l.table.Names)+2), 1)
	axis := [2]string{"x", "y"}[l.axis]
	lines := []string{
		paint.NewRow(inner).Text("› ", t.Key).Text(l.input.Value(), t.Strong).Text("▏", t.Accent).String(),
		numbers(paint.NewRow(inner).Text("  column", t.Dim), t, []string{"mean", "sd", "R̂", "bulk ESS", "tail ESS"}, inner, false).String(),
	}
	room := max(rows-len(lines), 1)
	from := max(l.at-room+1, 0)
	for i := from; i < min(from+room, len(l.found)); i++ {
		lines = append(lines, l.row(t, i, inner))
	}
	if len(l.found) == 0 {
		lines = append(lines, paint.NewRow(inner).Text("  nothing matches", t.Dim).String())
	}
	hint := fmt.Sprintf("type to filter · ↑ ↓ column · ← → axis · enter: along %s · esc closes", axis)
	return boxed(filled(lines, inner, rows), t, inner, "columns, one of them along "+axis, hint)
}

// row is the i-th of those that were found.
func (l *columnList) row(t paint.Theme, i, inner int) string {
	k, mark, style := l.found[i], "  ", t.Text
	if i == l.at {
		mark, style = "▸ ", t.Selected
	}
	name := paint.Cut(paint.Visible(l.table.Names[k]), columnName-1)
	r := paint.NewRow(inner).Text(mark, t.Accent).Text(name, style).To(columnMark + columnName)
	switch k {
	case l.table.Pair[0]:
		r.Text("x", t.Accent)
	case l.table.Pair[1]:
		r.Text("y", t.Accent)
	}
	switch {
	case k >= len(l.done):
		return r.To(columnMark+columnName+columnAxis).Text("…", t.Dim).String()
	case l.done[k].err != nil:
		return r.To(columnMark+columnName+columnAxis).Text(l.done[k].err.Error(), t.Dim).String()
	}
	q := l.done[k].Quantity
	texts := []string{q.Mean.Text("%.4g"), q.SD.Text("%.4g"), q.RHat.Text("%.3f"), q.ESSBulk.Text("%.0f"), q.ESSTail.Text("%.0f")}
	return numbers(r, t, texts, inner, q.RHat.Defined() && q.RHat.Value > diagnosis.MaxRHat).String()
}

// placeOfRHat is that of R̂ among the numbers.
const placeOfRHat = 2

// numbers puts texts into the columns of numbers that there is room for, that of R̂ as an alert if it is one.
func numbers(r *paint.Row, t paint.Theme, texts []string, inner int, alert bool) *paint.Row {
	for k, text := range texts {
		style := t.Text
		if alert && k == placeOfRHat {
			style = t.Alert
		}
		if end := columnMark + columnName + columnAxis + (k+1)*columnNumber; end <= inner {
			r.Right(end, text, style)
		}
	}
	return r
}

// openColumns opens the list of the columns.
func (a *App) openColumns() tea.Cmd {
	l := newColumnList(a.frame.Watching.Table, func(pair [2]int) {
		a.link.must(func(s *session.Session) { s.Scene.SetColumns(pair) })
	})
	a.overlay = l
	return l.ask()
}
