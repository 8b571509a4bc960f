package layout

// Comparison is the screen of a comparison: a map for each flow, and what is said of all of them:
// the regions, the steps at which these are reached, and a chart or two.
type Comparison struct {
	Status, Keys Rect
	Maps         []Rect
	// Reached is empty where there is no room for it.
	Table, Reached Rect
	Charts         []Rect
	// Axes reports whether the maps have room for axes.
	Axes bool
}

const (
	// sideWidth is what table and chart need next to the maps.
	sideWidth = 31
	// tableRows is the share of the height that the table gets at most, in
	// twentieths.
	tableRows = 11
	// lowestChart is the least height of a chart of a comparison, twoCharts that from which there are two.
	lowestChart, twoCharts = 7, 30
	// lowestTable is the least height of the table of regions.
	lowestTable = 5
	// belowMaps is the height that three maps in a row leave to what stands below, widestTable the
	// width of tables there.
	belowMaps, widestTable = 14, 48
	// shortColumn is the height under which two maps stand side by side and not in a column.
	shortColumn = 18
	// axesWidth is the width of the maps from which they have axes.
	axesWidth = 44
)

// NewComparison is the layout of two to four flows with their regions, on a screen that
// is not too small.
func NewComparison(width, height, flows, regions int) Comparison {
	return ComparisonAbove(width, height, 0, flows, regions)
}

// ComparisonAbove is NewComparison with some rows left free above the keys.
func ComparisonAbove(width, height, rows, flows, regions int) Comparison {
	c := Comparison{Status: Rect{0, 0, width, 1}, Keys: Rect{0, height - 1, width, 1}}
	b := Rect{0, 1, width - edge, height - rows - 2}
	switch {
	case flows == 3 && b.H-threeInARow(b).H >= belowMaps:
		c.row(b, regions)
	case flows == 3:
		c.corner(b, regions)
	default:
		c.columns(b, flows, regions)
	}
	c.Axes = c.Maps[0].W >= axesWidth
	return c
}

// columns has the maps in one column or two, next to what is said of them.
func (c *Comparison) columns(b Rect, flows, regions int) {
	rows := 2
	if flows == 2 && b.H < shortColumn {
		rows = 1
	}
	n := (flows + rows - 1) / rows
	c.grid(b, flows, n, rows)
	c.stack(besides(b, c.Maps[n-1]), flows, regions)
}

// corner has three maps in two columns, and the chart in the place of a fourth.
func (c *Comparison) corner(b Rect, regions int) {
	const flows = 3
	c.grid(b, flows, 2, 2)
	side, last := besides(b, c.Maps[1]), c.Maps[2]
	c.Table = Rect{side.X, side.Y, side.W, last.Y - side.Y}
	x := last.X + last.W + gap
	below := Rect{x, last.Y, b.X + b.W - x, b.Y + b.H - last.Y}
	if need := tableHeight(regions) + reachedHeight(flows); need <= c.Table.H {
		c.Reached = Rect{side.X, side.Y + c.Table.H - reachedHeight(flows), side.W, reachedHeight(flows)}
		c.Table.H -= c.Reached.H
		c.charts(below)
		return
	}
	if below.W < 2*sideWidth+gap {
		c.charts(below)
		return
	}
	w := min((below.W-gap)/2, widestTable)
	c.Reached = Rect{below.X, below.Y, w, below.H}
	c.charts(Rect{below.X + w + gap, below.Y, below.W - w - gap, below.H})
}

// threeInARow is the first of three maps as wide as the screen.
func threeInARow(b Rect) Rect {
	w := (b.W - 2*gap) / 3
	return Rect{b.X, b.Y, w, w/2 + trimmings}
}

// row has three maps in a row above the rest.
func (c *Comparison) row(b Rect, regions int) {
	const flows = 3
	first := threeInARow(b)
	c.Maps = columns(Rect{b.X, b.Y, b.W, first.H}, flows)
	below := Rect{b.X, b.Y + first.H, b.W, b.H - first.H}
	w := min(below.W*2/5, widestTable)
	c.Reached = Rect{below.X, below.Y + below.H - reachedHeight(flows), w, reachedHeight(flows)}
	c.Table = Rect{below.X, below.Y, w, below.H - c.Reached.H}
	if spare := c.Table.H - tableHeight(regions); spare > 0 {
		c.Table.H -= spare
		c.Reached.Y -= spare
		c.Reached.H += spare
	}
	c.charts(Rect{below.X + w + gap, below.Y, below.W - w - gap, below.H})
}

// grid has square maps in rows.
func (c *Comparison) grid(b Rect, flows, columns, rows int) {
	h := b.H / rows
	w := min(2*(h-trimmings), (b.W-sideWidth-columns*gap)/columns)
	for k := range flows {
		c.Maps = append(c.Maps, Rect{b.X + k%columns*(w+gap), b.Y + k/columns*h, w, h})
	}
}

// besides is what is left of a rectangle to the right of another one.
func besides(b, of Rect) Rect {
	x := of.X + of.W + gap
	return Rect{x, b.Y, b.X + b.W - x, b.H}
}

// tableHeight is that of the table of all regions: title, head and total.
func tableHeight(regions int) int { return regions + 3 }

// reachedHeight is that of a line for every flow: title and head.
func reachedHeight(flows int) int { return flows + 2 }

// stack has table, reached and charts one upon another.
func (c *Comparison) stack(b Rect, flows, regions int) {
	reached := reachedHeight(flows)
	if b.H < reached+lowestTable+lowestChart+2 {
		reached = 0
	}
	table := min(tableHeight(regions), b.H*tableRows/20, b.H-reached-lowestChart)
	c.Table = Rect{b.X, b.Y, b.W, table}
	c.Reached = Rect{b.X, b.Y + table, b.W, reached}
	c.charts(Rect{b.X, b.Y + table + reached, b.W, b.H - table - reached})
}

// charts has two charts where one would be large, side by side where that is wide.
func (c *Comparison) charts(b Rect) {
	switch {
	case b.H >= twoCharts:
		half := b.H / 2
		c.Charts = []Rect{{b.X, b.Y, b.W, half}, {b.X, b.Y + half, b.W, b.H - half}}
	case b.W >= 2*widestTable+gap:
		c.Charts = columns(b, 2)
	default:
		c.Charts = []Rect{b}
	}
}
