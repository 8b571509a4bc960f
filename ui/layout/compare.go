package layout

// Comparison is the screen of a comparison: a small map for each flow, next to
// them one table and one chart.
type Comparison struct {
	Status, Keys Rect
	Maps         []Rect
	Table, Chart Rect
}

const (
	// sideWidth is what table and chart need next to the maps.
	sideWidth = 29
	// tableRows is the share of the height that the table gets at most, in
	// twentieths.
	tableRows = 11
)

// NewComparison is the layout of two to four flows with their regions, on a screen that
// is not too small.
func NewComparison(width, height, flows, regions int) Comparison {
	c := Comparison{Status: Rect{0, 0, width, 1}, Keys: Rect{0, height - 1, width, 1}}
	b := Rect{0, 1, width, height - 2}
	columns := 1
	if flows > 2 {
		columns = 2
	}
	const rows = 2
	h := b.H / rows
	w := min(2*(h-trimmings), (b.W-sideWidth-columns*gap)/columns)
	for k := range flows {
		c.Maps = append(c.Maps, Rect{b.X + k%columns*(w+gap), b.Y + k/columns*h, w, h})
	}
	x := b.X + columns*(w+gap)
	table := min(regions+3, b.H*tableRows/20)
	c.Table = Rect{x, b.Y, b.X + b.W - x, table}
	c.Chart = Rect{x, b.Y + table, b.X + b.W - x, b.H - table}
	return c
}
