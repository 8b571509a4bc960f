// Package layout divides the screen. Every rectangle of the screen is computed here, from
// the size and from the room that each panel wants.
package layout

import (
	"cmp"
	"slices"
)

// Rect is a rectangle of cells, (0, 0) at the top left.
type Rect struct{ X, Y, W, H int }

// Empty reports whether there is no cell in it.
func (r Rect) Empty() bool { return r.W <= 0 || r.H <= 0 }

// Line is the line below the title of a panel that a cell is in, counted from 0; ok is false where it is
// in none.
func (r Rect) Line(x, y int) (line int, ok bool) {
	return y - r.Y - 1, x >= r.X && x < r.X+r.W && y > r.Y && y < r.Y+r.H
}

// The smallest screen that shows anything.
const (
	MinWidth  = 60
	MinHeight = 20
)

// Sizes at which the shape changes.
const (
	wideWidth  = 110
	wideHeight = 32
	// fourColumns is the width at which a fourth chart finds room.
	fourColumns = 170
	tallHeight  = 40
	// tableWidth is what a table needs next to two maps.
	tableWidth = 36
	// minTable is the least width of a table.
	minTable = 27
	// trimmings are the rows of a map that are not picture: title and legend.
	trimmings = 2
	gap       = 1
	// edge is what panels keep off the right edge of the screen.
	edge = 1
	// axesLeft and axesBelow are about what the axes of a map take.
	axesLeft, axesBelow = 3, 1
)

// ID names a panel.
type ID string

// Kind is the room that a panel wants.
type Kind int

// The kinds of panels. There is one stage: the map that is always seen.
const (
	Stage Kind = iota
	Map        // as large as the stage, next to it
	Table      // next to the maps
	Chart      // below the maps
)

// Panel is what the layout knows of a panel.
type Panel struct {
	ID   ID
	Kind Kind
	// Tab orders the panels that share a rectangle where there is little room: lower ones
	// come first, those of one rank in the order of the list.
	Tab int
}

// Layout is the screen of one size. A panel without room of its own is among Tabs.
type Layout struct {
	Width, Height int
	TooSmall      bool

	Status, Keys Rect
	Place        map[ID]Rect // of panels with a rectangle of their own
	Tabbed       Rect        // empty where every panel has one
	Tabs         []ID
	Axes         bool // whether the maps have room for axes
	// Below are the rows between the panels and the keys that are left to something else.
	Below Rect
}

// New is the layout of panels on a screen. The order of the panels is that of their places.
func New(width, height int, panels []Panel) Layout { return Above(width, height, 0, panels) }

// Above is New with some rows left free between the panels and the keys.
func Above(width, height, rows int, panels []Panel) Layout {
	l := Layout{Width: width, Height: height, Place: map[ID]Rect{}}
	if width < MinWidth || height < MinHeight {
		l.TooSmall = true
		return l
	}
	l.Status = Rect{0, 0, width, 1}
	l.Keys = Rect{0, height - 1, width, 1}
	height -= rows
	l.Below = Rect{0, height - 1, width, rows}
	body := Rect{0, 1, width - edge, height - 2}
	switch {
	case width >= wideWidth && height >= wideHeight:
		l.Axes = true
		l.wide(body, panels)
	case width >= wideWidth:
		l.Axes = true
		l.short(body, panels)
	case height >= tallHeight:
		l.tall(body, panels)
	default:
		l.narrow(body, panels)
	}
	return l
}

// wide has two maps and two tables above a row of charts. What finds no other room is in
// the row too; those that are too many for it share its last column.
func (l *Layout) wide(b Rect, panels []Panel) {
	top := Rect{b.X, b.Y, b.W, b.H * 3 / 5}
	map1, map2, side := twoMaps(top)
	l.take(panels, Stage, map1)
	l.take(panels, Map, map2)
	table := side.H * 11 / 20
	l.take(panels, Table, Rect{side.X, side.Y, side.W, table}, Rect{side.X, side.Y + table, side.W, side.H - table})
	n := 3
	if b.W >= fourColumns {
		n = 4
	}
	charts := l.left(panels)
	n = min(n, max(len(charts), 1))
	row := columns(Rect{b.X, top.Y + top.H, b.W, b.H - top.H}, n)
	if len(charts) > n {
		l.share(row[n-1], charts[n-1:])
		charts = charts[:n-1]
	}
	for k, p := range charts {
		l.Place[p.ID] = row[k]
	}
}

// short has two maps next to a tabbed panel.
func (l *Layout) short(b Rect, panels []Panel) {
	map1, map2, side := twoMaps(b)
	l.take(panels, Stage, map1)
	l.take(panels, Map, map2)
	l.share(side, byTab(l.left(panels)))
}

// tall has two maps above a table and a tabbed panel, in which charts come first.
func (l *Layout) tall(b Rect, panels []Panel) {
	w := (b.W - gap) / 2
	h := min(w/2+trimmings, b.H*3/5)
	l.take(panels, Stage, Rect{b.X, b.Y, w, h})
	l.take(panels, Map, Rect{b.X + w + gap, b.Y, b.W - w - gap, h})
	l.take(panels, Table, Rect{b.X, b.Y + h, w, b.H - h})
	tabs := byTab(l.left(panels))
	slices.SortStableFunc(tabs, func(p, q Panel) int { return cmp.Compare(q.Kind, p.Kind) })
	l.share(Rect{b.X + w + gap, b.Y + h, b.W - w - gap, b.H - h}, tabs)
}

// narrow has the stage next to a tabbed panel.
func (l *Layout) narrow(b Rect, panels []Panel) {
	w := min(2*(b.H-trimmings), b.W-minTable-gap)
	l.take(panels, Stage, Rect{b.X, b.Y, w, b.H})
	l.share(Rect{b.X + w + gap, b.Y, b.W - w - gap, b.H}, byTab(l.left(panels)))
}

// take gives rectangles to the first panels of a kind.
func (l *Layout) take(panels []Panel, kind Kind, rects ...Rect) {
	for _, p := range panels {
		if p.Kind == kind && len(rects) > 0 {
			l.Place[p.ID], rects = rects[0], rects[1:]
		}
	}
}

// left are the panels that have no place yet.
func (l *Layout) left(panels []Panel) (list []Panel) {
	for _, p := range panels {
		if _, ok := l.Place[p.ID]; !ok {
			list = append(list, p)
		}
	}
	return list
}

// share gives one rectangle to several panels.
func (l *Layout) share(r Rect, panels []Panel) {
	if len(panels) == 0 {
		return
	}
	l.Tabbed = r
	for _, p := range panels {
		l.Tabs = append(l.Tabs, p.ID)
	}
}

// byTab sorts panels for a tabbed rectangle.
func byTab(panels []Panel) []Panel {
	slices.SortStableFunc(panels, func(p, q Panel) int { return cmp.Compare(p.Tab, q.Tab) })
	return panels
}

// columns divides a rectangle into n columns of the same width; the last has what is left.
func columns(b Rect, n int) (list []Rect) {
	each := (b.W - (n-1)*gap) / n
	for k := range n {
		list = append(list, Rect{b.X + k*(each+gap), b.Y, each, b.H})
	}
	list[n-1].W = b.W - (n-1)*(each+gap)
	return list
}

// twoMaps puts two square maps with axes side by side and leaves the rest to the right.
func twoMaps(b Rect) (map1, map2, side Rect) {
	w := min(2*(b.H-trimmings-axesBelow)+axesLeft, (b.W-tableWidth-2*gap)/2)
	map1 = Rect{b.X, b.Y, w, b.H}
	map2 = Rect{b.X + w + gap, b.Y, w, b.H}
	x := b.X + 2*(w+gap)
	return map1, map2, Rect{x, b.Y, b.X + b.W - x, b.H}
}
