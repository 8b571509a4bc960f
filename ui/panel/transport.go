package panel

import (
	"fmt"
	"math"
	"strings"

	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// transport shows where the particles of each region came from.
func transport() *Panel {
	return &Panel{
		Panel:   layout.Panel{ID: Transport, Kind: layout.Table},
		Caption: "transport",
		Shows: func(s *Scene) []string {
			const axes = "rows: from, columns: to"
			switch w := s.Watching; {
			case w == nil:
				// Of one width, so that the title does not jitter.
				moved := fmt.Sprintf("%2.0f%% moved; ", 100*movedShare(s.Frame))
				if copied := copiedShare(s.Frame); copied > 0 {
					moved = fmt.Sprintf("%2.0f%% moved, %2.0f%% copied; ", 100*movedShare(s.Frame), 100*copied)
				}
				return []string{moved + "where ancestors came from; " + axes, moved + axes, moved + "from ↓ to →", strings.TrimSuffix(moved, "; ")}
			case w.FromFirst:
				return []string{"since the first frame; " + axes, "since the first frame"}
			}
			return []string{"since the previous frame; " + axes, "since the previous frame"}
		},
		Help:   "particles counted; rows: from, columns: to; last row: share of copies",
		Keys:   []Group{FlowKeys},
		Render: (&shades{}).render,
	}
}

const (
	// margin is the room for the labels of the rows.
	margin = 5
	// cellWidth is the usual width of an entry, minCell the least, which shows no number.
	cellWidth, minCell = 4, 2
)

// render is the matrix: rows are the regions where particles started, columns those where they
// are, the number and the shade are the share of the row's particles. Regions without room are summed up
// as the rest.
func (e *shades) render(s *Scene, width, height int) []string {
	if s.Report.Untracked {
		why := " the order of the particles is unknown"
		if w := s.Watching; w != nil && w.Pooled > 1 {
			why = fmt.Sprintf(" %d frames together have no order", w.Pooled)
		}
		return fill([]string{paint.NewRow(width).String(), paint.NewRow(width).Text(why, s.Theme.Dim).String()}, width, height)
	}
	room := width - margin
	rows := height - 1
	if copiedShare(s.Frame) > 0 {
		rows--
	}
	m := newTransportMatrix(s, min(room/minCell, rows))
	e.follow(s.Theme)
	return fill(m.lines(s, e, width, min(room/max(len(m.labels), 1), cellWidth)), width, height)
}

// transportMatrix has the particles by where they started and where they are.
type transportMatrix struct {
	labels []string // of the rows and columns
	ids    []int    // numbers of the regions, 0 for the rest
	counts [][]int
	copied []int // of those in a column
}

// newTransportMatrix has at most n rows: regions in the order of the scene, and the rest.
func newTransportMatrix(s *Scene, n int) (m transportMatrix) {
	list := s.Order.Of(s.Frame)
	if len(list) == 0 || n < 1 {
		return m
	}
	alone := len(list)
	if alone > n {
		alone = n - 1
	}
	of := make([]int, len(list)) // row by region
	for k, region := range list {
		if of[region.ID-1] = min(k, alone); k < alone {
			m.labels, m.ids = append(m.labels, fmt.Sprint(region.ID)), append(m.ids, region.ID)
		}
	}
	if alone < len(list) {
		m.labels, m.ids = append(m.labels, "…"), append(m.ids, 0)
	}
	m.counts = make([][]int, len(m.labels))
	for k := range m.counts {
		m.counts[k] = make([]int, len(m.labels))
	}
	m.copied = make([]int, len(m.labels))
	for k, region := range s.Report.Regions {
		m.copied[of[k]] += region.Copied
	}
	for a, row := range s.Report.Transport {
		for b, count := range row {
			m.counts[of[a]][of[b]] += count
		}
	}
	return m
}

// copiedShare is the share of all particles that have taken the place of another one by birth–death.
func copiedShare(f *session.Frame) float64 {
	copied := 0
	for _, k := range f.Report.Regions {
		copied += k.Copied
	}
	return float64(copied) / float64(max(f.Settings.Particles, 1))
}

// movedShare is the share of all particles that left the region they started in.
func movedShare(f *session.Frame) float64 {
	stayed, all := 0, 0
	for a, row := range f.Report.Transport {
		for b, n := range row {
			all += n
			if a == b {
				stayed += n
			}
		}
	}
	return 1 - float64(stayed)/float64(max(all, 1))
}

// lines are the head and the rows, with cells of a width.
func (m transportMatrix) lines(s *Scene, e *shades, width, cell int) []string {
	t := s.Theme
	style := func(k int) paint.Style {
		if m.ids[k] == 0 {
			return t.Dim
		}
		return t.RegionStyle(m.ids[k] - 1)
	}
	head := paint.NewRow(width).Text("↓ →", t.Dim)
	for k, label := range m.labels {
		head.To(margin+k*cell+(cell-1)/2).Text(label, style(k))
	}
	// Above tabs there is no title that says it.
	if moved := fmt.Sprintf("%2.0f%% moved", 100*movedShare(s.Frame)); s.OneTable && head.Left() > len(moved) {
		head.Right(width, moved, t.Text)
	}
	lines := []string{head.String()}
	for k, row := range m.counts {
		r := paint.NewRow(width).Right(margin-2, m.labels[k], style(k)).To(margin)
		for _, n := range row {
			e.write(r, float64(n)/float64(max(sum(row), 1)), cell)
		}
		lines = append(lines, m.named(r, s, k).String())
	}
	if sum(m.copied) > 0 {
		r := paint.NewRow(width).Text("copy", t.Dim).To(margin)
		for k, n := range m.copied {
			e.write(r, float64(n)/float64(max(m.column(k), 1)), cell)
		}
		lines = append(lines, r.String())
	}
	return lines
}

// column is the number of particles in a column.
func (m transportMatrix) column(k int) (total int) {
	for _, row := range m.counts {
		total += row[k]
	}
	return total
}

// named writes the name of a row after it, or how many regions the rest are.
func (m transportMatrix) named(r *paint.Row, s *Scene, k int) *paint.Row {
	regions := s.Report.Regions
	if m.ids[k] == 0 {
		return r.Text(longest([]string{fmt.Sprintf(" the other %d", len(regions)-len(m.ids)+1), fmt.Sprintf(" +%d", len(regions)-len(m.ids)+1)}, r.Left()), s.Theme.Dim)
	}
	if name := nameWidth(regions, r.Left()); name > 0 {
		writeName(r, s.Theme, regions[m.ids[k]-1], name)
	}
	return r
}

func sum(row []int) (total int) {
	for _, n := range row {
		total += n
	}
	return total
}

// shades write the entries of the matrix. They are made once for a theme.
type shades struct {
	depth  paint.Depth
	look   paint.Look
	ramp   paint.Palette
	styles map[int]paint.Style // by level
}

// follow makes the shades those of a theme.
func (e *shades) follow(t paint.Theme) {
	if e.styles == nil || e.depth != t.Depth || e.look != t.Look() {
		*e = shades{t.Depth, t.Look(), t.Density(), map[int]paint.Style{}}
	}
}

// write writes one entry in a cell: its share in percent, upon its shade, in one of three or more. Without
// colour the number stands alone, and where there is none a glyph of the ramp.
func (e *shades) write(r *paint.Row, share float64, cell int) {
	level, text := 0, ""
	if share > 0 {
		level = sequential(math.Sqrt(share))
	}
	if percent := fmt.Sprintf("%.0f", 100*share); percent != "0" && cell >= max(len(percent), minCell+1) {
		text = percent
	}
	switch {
	case e.depth != paint.None:
		r.Text(fmt.Sprintf("%*s", cell, text), e.style(level))
	case text != "" || level == 0:
		r.Text(fmt.Sprintf("%*s", cell, text), "")
	default:
		r.Text(strings.Repeat(string(e.ramp.Glyphs[level]), cell), "")
	}
}

// style writes upon the colour of a level.
func (e *shades) style(level int) paint.Style {
	if _, ok := e.styles[level]; !ok {
		e.styles[level] = paint.On(e.ramp.Colors[level])
	}
	return e.styles[level]
}
