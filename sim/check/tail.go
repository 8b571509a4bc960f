package check

import (
	"math"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

const (
	// tailNodes is the number of nodes in the tail that are compared.
	tailNodes = 24
	// tailTolerance bounds the error of the smoothed log p relative to its depth below the peak.
	tailTolerance = 1e-3
)

// tail compares the smoothed log p with a sum in the log domain over all fine nodes, at nodes
// along the edge of the window: there the smoothed value comes from far away.
func (c *checker) tail(t *target.OnGrid) {
	const quantity, expected = "smoothed log p at the edge of the window against a sum in the log domain", "≤ 1e-3 of its depth"
	if !target.Resolve(c.scenario.Target, t.Grid, target.Sharp, c.workers).Resolved() {
		c.without(c.scenario.ID, "tail", quantity, "the nodes do not resolve the target")
		return
	}
	fine := t.Grid.Fine()
	logs := make([]float64, fine.Len())
	c.workers.Ranges(fine.NY, func(from, to int) {
		for iy := from; iy < to; iy++ {
			scenarios.LogDensityRow(c.scenario.Target, logs[iy*fine.NX:(iy+1)*fine.NX], fine.X(0), fine.Spacing, fine.Y(iy))
		}
	})
	top, worst := t.MaxLogP(), 0.0
	for _, i := range edgeNodes(t.Grid, t.Bandwidth) {
		want := smoothedLog(logs, fine, t.Grid.Node(i), t.Bandwidth) - t.LogZ
		worst = max(worst, math.Abs(t.LogP[i]-want)/max(top-want, 1))
	}
	c.add(c.scenario.ID, "tail", quantity, expected, worst <= tailTolerance, worst)
}

// edgeNodes are nodes around the window of a grid, inset from its border by the padding.
func edgeNodes(g grid.Grid, bandwidth float64) (nodes []int) {
	inset := int(grid.Padding * bandwidth / g.Spacing)
	for k := range tailNodes {
		u := float64(k) / tailNodes
		x, y := math.Cos(2*math.Pi*u), math.Sin(2*math.Pi*u)
		scale := max(math.Abs(x), math.Abs(y))
		ix := inset + int((x/scale+1)/2*float64(g.NX-1-2*inset))
		iy := inset + int((y/scale+1)/2*float64(g.NY-1-2*inset))
		nodes = append(nodes, iy*g.NX+ix)
	}
	return nodes
}

// smoothedLog is log Σ exp(logs)·K_h at a point, over all nodes.
func smoothedLog(logs []float64, g grid.Grid, at scenarios.Point, h float64) float64 {
	term := func(i int) float64 {
		p := g.Node(i)
		dx, dy := (p.X-at.X)/h, (p.Y-at.Y)/h
		return logs[i] - (dx*dx+dy*dy)/2
	}
	top, sum := math.Inf(-1), 0.0
	for i := range logs {
		top = max(top, term(i))
	}
	for i := range logs {
		sum += portable.Exp(term(i) - top)
	}
	return top + math.Log(sum*g.Area()/(2*math.Pi*h*h))
}
