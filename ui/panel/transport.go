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
	m := &transportMatrix{bitmap: paint.NewBitmap()}
	return &Panel{
		Panel:   layout.Panel{ID: "transport", Kind: layout.Table},
		Caption: "transport",
		Shows: func(s *Scene) []string {
			const axes = "rows: from, columns: to"
			switch w := s.Watching; {
			case w == nil:
				return []string{"where particles came from; " + axes, axes}
			case w.FromFirst:
				return []string{"since the first frame; " + axes, "since the first frame"}
			}
			return []string{"since the previous frame; " + axes, "since the previous frame"}
		},
		Help:   "particles counted; rows: from, columns: to; the diagonal is those that stayed",
		Keys:   []Group{FlowKeys},
		Render: m.render,
	}
}

// transportMatrix draws where the particles of each region came from: rows are the regions
// where they started, columns those where they are, the shade is the share of the row's
// particles.
type transportMatrix struct{ bitmap *paint.Bitmap }

// margin is the room for the labels of the rows.
const margin = 5

// render draws the matrix with as much as fits.
func (m *transportMatrix) render(s *Scene, width, height int) []string {
	f, t := s.Frame, s.Theme
	if f.Report.Untracked {
		why := " the order of the particles is unknown"
		if w := f.Watching; w != nil && w.Pooled > 1 {
			why = fmt.Sprintf(" %d frames together have no order", w.Pooled)
		}
		return fill([]string{paint.NewRow(width).String(), paint.NewRow(width).Text(why, t.Dim).String()}, width, height)
	}
	k := len(f.Report.Transport)
	// Of one width, so that the matrix keeps its own.
	moved := fmt.Sprintf("%2.0f%% moved", 100*movedShare(f))
	cell := min((width-margin-len(moved))/max(k, 1), 4)
	if cell >= 2 && k+1 <= height {
		return fill(m.numbers(f, t, width, cell, moved), width, height)
	}
	lines := []string{paint.NewRow(width).Text(" rows: from, columns: to", t.Dim).Right(width, " "+moved, t.Text).String()}
	if height < 2 || k == 0 {
		return fill(lines, width, height)
	}
	return fill(append(lines, m.dense(f, t, width, height-1)...), width, height)
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

// numbers is a labelled matrix with a cell of shade for every pair.
func (m *transportMatrix) numbers(f *session.Frame, t paint.Theme, width, cell int, moved string) []string {
	ramp := t.Density()
	head := paint.NewRow(width).Text("↓ →", t.Dim)
	for b := range f.Report.Transport {
		head.To(margin+b*cell+(cell-1)/2).Text(fmt.Sprint(b+1), t.RegionStyle(b))
	}
	lines := []string{head.Right(width, moved, t.Text).String()}
	for a, row := range f.Report.Transport {
		r := paint.NewRow(width).Right(margin-2, fmt.Sprint(a+1), t.RegionStyle(a)).To(margin)
		total := sum(row)
		for _, n := range row {
			shade(r, t, ramp, float64(n)/float64(max(total, 1)), cell)
		}
		if name := nameWidth(f.Report.Regions, r.Left()); name > 0 {
			writeName(r, t, f.Report.Regions[a], name)
		}
		lines = append(lines, r.String())
	}
	return lines
}

func sum(row []int) (total int) {
	for _, n := range row {
		total += n
	}
	return total
}

// shade writes one entry of the matrix.
func shade(r *paint.Row, t paint.Theme, ramp paint.Palette, share float64, cell int) {
	level := sequential(math.Sqrt(share))
	if share == 0 {
		level = 0
	}
	glyph := "█"
	if t.Depth == paint.None {
		glyph = string(ramp.Glyphs[level])
		r.Text(strings.Repeat(glyph, cell), "")
		return
	}
	r.Text(strings.Repeat(glyph, cell), paint.Ink(ramp.Colors[level]))
}

// dense is a picture with one pixel, or a few, for every pair.
func (m *transportMatrix) dense(f *session.Frame, t paint.Theme, width, height int) []string {
	k := len(f.Report.Transport)
	side := min(width, 2*height)
	m.bitmap.Resize(side, (side+1)/2)
	for y := range m.bitmap.Height() {
		for x := range m.bitmap.Width() {
			a, b := min(y*k/side, k-1), min(x*k/side, k-1)
			row := f.Report.Transport[a]
			share := float64(row[b]) / float64(max(sum(row), 1))
			m.bitmap.Levels[y*side+x] = uint8(sequential(math.Sqrt(share)))
		}
	}
	lines := m.bitmap.Lines(t.Density(), t.Depth)
	for i, l := range lines {
		lines[i] = l + strings.Repeat(" ", width-side)
	}
	return lines
}
