// Package layout divides the screen. Every rectangle of the screen has a name
// and is computed here, from the size alone.
package layout

// Rect is a rectangle of cells, (0, 0) at the top left.
type Rect struct{ X, Y, W, H int }

// Empty tells whether there is no cell in it.
func (r Rect) Empty() bool { return r.W <= 0 || r.H <= 0 }

// The smallest screen that shows anything.
const (
	LeastWidth  = 60
	LeastHeight = 20
)

// Sizes at which the shape changes.
const (
	wideWidth  = 110
	wideHeight = 32
	// fourCharts is the width at which a fourth chart finds room.
	fourCharts = 170
	tallHeight = 40
	// tableWidth is what the regions table needs beside two maps.
	tableWidth = 36
	// narrowTable is the least it makes do with.
	narrowTable = 27
	// trimmings are the rows of a map that are not picture: title and legend.
	trimmings = 2
	gap       = 1
)

// Panel names what can be shown in the tabbed rectangle.
type Panel int

// The panels, in the order of their tabs.
const (
	Regions Panel = iota
	Coverage
	Transport
	Weight
	Distance
	Mass
	Response
)

func (p Panel) String() string {
	return [...]string{"regions", "coverage", "transport", "weight", "distance", "mass", "response"}[p]
}

// Layout is the screen of one size. A panel without room of its own is among Tabs.
type Layout struct {
	Width, Height int
	TooSmall      bool

	Status, Keys Rect
	Stage        Rect
	Place        map[Panel]Rect // panels with a rectangle of their own
	Tabbed       Rect           // empty where every panel has one
	Tabs         []Panel
}

// Of is the layout of a screen.
func Of(width, height int) Layout {
	l := Layout{Width: width, Height: height, Place: map[Panel]Rect{}}
	if width < LeastWidth || height < LeastHeight {
		l.TooSmall = true
		return l
	}
	l.Status = Rect{0, 0, width, 1}
	l.Keys = Rect{0, height - 1, width, 1}
	body := Rect{0, 1, width, height - 2}
	switch {
	case width >= wideWidth && height >= wideHeight:
		l.wide(body)
	case width >= wideWidth:
		l.short(body)
	case height >= tallHeight:
		l.tall(body)
	default:
		l.narrow(body)
	}
	return l
}

// wide has two maps and the tables above the charts; where there is room for three
// only, the last two share it.
func (l *Layout) wide(b Rect) {
	top := Rect{b.X, b.Y, b.W, b.H * 3 / 5}
	map1, map2, side := twoMaps(top)
	l.Stage, l.Place[Coverage] = map1, map2
	table := min(side.H*11/20, side.H)
	l.Place[Regions] = Rect{side.X, side.Y, side.W, table}
	l.Place[Transport] = Rect{side.X, side.Y + table, side.W, side.H - table}
	y, h := top.Y+top.H, b.H-top.H
	charts := []Panel{Weight, Distance, Mass, Response}
	if b.W < fourCharts {
		charts = charts[:2]
	}
	n := max(len(charts), 3)
	each := (b.W - (n-1)*gap) / n
	for k, p := range charts {
		l.Place[p] = Rect{b.X + k*(each+gap), y, each, h}
	}
	last := Rect{b.X + (n-1)*(each+gap), y, b.W - (n-1)*(each+gap), h}
	if len(charts) == n {
		l.Place[Response] = last
		return
	}
	l.Tabbed, l.Tabs = last, []Panel{Mass, Response}
}

// short has two maps beside a tabbed panel.
func (l *Layout) short(b Rect) {
	map1, map2, side := twoMaps(b)
	l.Stage, l.Place[Coverage], l.Tabbed = map1, map2, side
	l.Tabs = []Panel{Regions, Transport, Weight, Response, Distance, Mass}
}

// tall has two maps above the regions and a tabbed panel.
func (l *Layout) tall(b Rect) {
	w := (b.W - gap) / 2
	h := min(w/2+trimmings, b.H*3/5)
	l.Stage = Rect{b.X, b.Y, w, h}
	l.Place[Coverage] = Rect{b.X + w + gap, b.Y, b.W - w - gap, h}
	l.Place[Regions] = Rect{b.X, b.Y + h, w, b.H - h}
	l.Tabbed = Rect{b.X + w + gap, b.Y + h, b.W - w - gap, b.H - h}
	l.Tabs = []Panel{Weight, Response, Distance, Mass, Transport}
}

// narrow has the stage beside a tabbed panel.
func (l *Layout) narrow(b Rect) {
	w := min(2*(b.H-trimmings), b.W-narrowTable-gap)
	l.Stage = Rect{b.X, b.Y, w, b.H}
	l.Tabbed = Rect{b.X + w + gap, b.Y, b.W - w - gap, b.H}
	l.Tabs = []Panel{Regions, Coverage, Transport, Weight, Response, Distance, Mass}
}

// twoMaps puts two square maps side by side and leaves the rest to the right.
func twoMaps(b Rect) (map1, map2, side Rect) {
	w := min(2*(b.H-trimmings), (b.W-tableWidth-2*gap)/2)
	map1 = Rect{b.X, b.Y, w, b.H}
	map2 = Rect{b.X + w + gap, b.Y, w, b.H}
	x := b.X + 2*(w+gap)
	return map1, map2, Rect{x, b.Y, b.X + b.W - x, b.H}
}
