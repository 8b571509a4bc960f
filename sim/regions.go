package sim

import (
	"cmp"
	"math"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

const (
	// passShare merges two basins whose pass is above this share of the lower peak.
	passShare = 0.9
	// leastMass merges away basins that hold less of the target.
	leastMass = 0.001
	// massTie is how close two masses must be to count as equal in the numbering.
	massTie = 0.005
	// leastDue is the mass of a region to which nothing is due.
	leastDue = 1e-12
)

// Region is a basin of attraction of the smoothed target, or a region that the scenario
// names.
type Region struct {
	// ID counts from 1, basins in the order of mass; equal masses go counter-clockwise
	// from the right of the window's centre. Named regions have the scenario's order.
	ID int
	// Name is the scenario's, empty for a basin.
	Name string
	// Peak is the place of the largest density.
	Peak scenarios.Point
	// Mass is the share of the target.
	Mass float64
	// Mean, VarX, VarY and CovXY are the moments of the target inside the region; Peak
	// and zeros where there is none of it.
	Mean              scenarios.Point
	VarX, VarY, CovXY float64
	// Middle is the mean where the region holds it, otherwise the peak.
	Middle scenarios.Point
}

// Regions divide the grid into the basins of attraction of the smoothed target, or into
// the regions that the scenario names.
type Regions struct {
	grid grid.Grid
	List []Region
	// label is the index in List of every node.
	label []uint16
}

// At is the index in List of the region of the nearest node.
func (r *Regions) At(p scenarios.Point) int { return int(r.label[r.grid.Nearest(p.X, p.Y)]) }

// Label is the index in List of the region of a node.
func (r *Regions) Label(node int) int { return int(r.label[node]) }

// findRegions climbs from every node to its peak, then merges basins that are
// not worth telling apart.
func findRegions(g grid.Grid, t *table) *Regions {
	b := climbAll(g, t.logSmooth)
	b.mergePasses(passesBetween(g, t.logSmooth, b.root))
	mass := b.masses(t.p)
	b.mergeSmall(passesBetween(g, t.logSmooth, b.root), mass)
	return b.number(g, t)
}

// basins is a forest over the nodes: a node's root is the peak of its basin.
type basins struct {
	height []float64
	up     []int32
}

// climbAll points every node to the steepest of its eight neighbours, itself
// where none is higher, then straight to its peak.
func climbAll(g grid.Grid, height []float64) *basins {
	b := &basins{height: height, up: make([]int32, g.Len())}
	for iy := range g.NY {
		for ix := range g.NX {
			b.up[iy*g.NX+ix] = int32(steepest(g, height, ix, iy))
		}
	}
	for i := range b.up {
		b.up[i] = int32(b.root(i))
	}
	return b
}

func steepest(g grid.Grid, height []float64, ix, iy int) int {
	at := iy*g.NX + ix
	best, slope := at, 0.0
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			jx, jy := ix+dx, iy+dy
			if jx < 0 || jx >= g.NX || jy < 0 || jy >= g.NY {
				continue
			}
			j := jy*g.NX + jx
			if s := (height[j] - height[at]) / math.Hypot(float64(dx), float64(dy)); s > slope {
				best, slope = j, s
			}
		}
	}
	return best
}

func (b *basins) root(i int) int {
	for int(b.up[i]) != i {
		b.up[i] = b.up[b.up[i]]
		i = int(b.up[i])
	}
	return i
}

// join makes the higher peak the root of both.
func (b *basins) join(i, j int) int {
	i, j = b.root(i), b.root(j)
	if b.height[j] > b.height[i] || b.height[j] == b.height[i] && j < i {
		i, j = j, i
	}
	b.up[j] = int32(i)
	return i
}

// pass is the highest way over from one basin to another.
type pass struct {
	a, b   int
	height float64
}

// passesBetween lists the passes of neighbouring basins, highest first.
func passesBetween(g grid.Grid, height []float64, root func(int) int) []pass {
	highest := map[[2]int]float64{}
	note := func(i, j int) {
		a, b := root(i), root(j)
		if a == b {
			return
		}
		key := [2]int{min(a, b), max(a, b)}
		h := min(height[i], height[j])
		if old, ok := highest[key]; !ok || h > old {
			highest[key] = h
		}
	}
	for iy := range g.NY {
		for ix := range g.NX {
			i := iy*g.NX + ix
			if ix+1 < g.NX {
				note(i, i+1)
			}
			if iy+1 < g.NY {
				note(i, i+g.NX)
			}
			if ix+1 < g.NX && iy+1 < g.NY {
				note(i, i+g.NX+1)
				note(i+1, i+g.NX)
			}
		}
	}
	list := make([]pass, 0, len(highest))
	for key, h := range highest {
		list = append(list, pass{key[0], key[1], h})
	}
	slices.SortFunc(list, func(x, y pass) int {
		return cmp.Or(cmp.Compare(y.height, x.height), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	return list
}

// mergePasses joins, from the highest pass down, basins whose pass is above
// passShare of the lower peak.
func (b *basins) mergePasses(list []pass) {
	for _, p := range list {
		i, j := b.root(p.a), b.root(p.b)
		if i != j && p.height > min(b.height[i], b.height[j])+math.Log(passShare) {
			b.join(i, j)
		}
	}
}

// masses is the share of the target in every basin, at its root.
func (b *basins) masses(p []float64) []float64 {
	mass, total := make([]float64, len(p)), 0.0
	for i, v := range p {
		mass[b.root(i)] += v
		total += v
	}
	for i := range mass {
		mass[i] /= total
	}
	return mass
}

// mergeSmall joins basins with too little mass over their highest pass. The
// passes come highest first, so the first that leaves a basin is its highest;
// a join may leave a basin still too small, hence the repetition.
func (b *basins) mergeSmall(list []pass, mass []float64) {
	for again := true; again; {
		again = false
		for _, p := range list {
			i, j := b.root(p.a), b.root(p.b)
			if i == j || min(mass[i], mass[j]) >= leastMass {
				continue
			}
			sum := mass[i] + mass[j]
			mass[b.join(i, j)] = sum
			again = true
		}
	}
}

// number lists the regions and labels the nodes.
func (b *basins) number(g grid.Grid, t *table) *Regions {
	mass := b.masses(t.p)
	var roots []int
	for i := range b.up {
		if b.root(i) == i {
			roots = append(roots, i)
		}
	}
	centre := scenarios.Point{X: (g.X(0) + g.X(g.NX-1)) / 2, Y: (g.Y(0) + g.Y(g.NY-1)) / 2}
	peak := func(i int) scenarios.Point { return scenarios.Point{X: g.X(i % g.NX), Y: g.Y(i / g.NX)} }
	slices.SortFunc(roots, func(i, j int) int { return cmp.Compare(mass[j], mass[i]) })
	sortTies(roots, mass, func(i int) float64 { return angleAround(centre, peak(i), g.Spacing) })

	r := &Regions{grid: g, label: make([]uint16, g.Len())}
	index := make(map[int]uint16, len(roots))
	for k, root := range roots {
		index[root] = uint16(k)
		r.List = append(r.List, Region{ID: k + 1, Peak: peak(root), Mass: mass[root]})
	}
	for i := range r.label {
		r.label[i] = index[b.root(i)]
	}
	r.moments(t.p)
	return r
}

// moments fills in mean and covariance of every region.
func (r *Regions) moments(p []float64) {
	sum := make([]float64, len(r.List))
	each := func(add func(m *Region, weight, x, y float64)) {
		for i, v := range p {
			k := r.label[i]
			add(&r.List[k], v, r.grid.X(i%r.grid.NX), r.grid.Y(i/r.grid.NX))
		}
	}
	for i, v := range p {
		sum[r.label[i]] += v
	}
	for k := range r.List {
		if sum[k] == 0 {
			r.List[k].Mean, sum[k] = r.List[k].Peak, 1
		}
	}
	each(func(m *Region, v, x, y float64) {
		v /= sum[m.ID-1]
		m.Mean.X, m.Mean.Y = m.Mean.X+v*x, m.Mean.Y+v*y
	})
	each(func(m *Region, v, x, y float64) {
		v /= sum[m.ID-1]
		dx, dy := x-m.Mean.X, y-m.Mean.Y
		m.VarX, m.VarY, m.CovXY = m.VarX+v*dx*dx, m.VarY+v*dy*dy, m.CovXY+v*dx*dy
	})
	for k := range r.List {
		m := &r.List[k]
		if m.Middle = m.Mean; r.At(m.Mean) != k {
			m.Middle = m.Peak
		}
	}
}

// sortTies orders each run of nearly equal masses by the key.
func sortTies(roots []int, mass []float64, key func(int) float64) {
	for from := 0; from < len(roots); {
		to := from + 1
		for to < len(roots) && mass[roots[to-1]]-mass[roots[to]] < massTie*mass[roots[from]] {
			to++
		}
		slices.SortStableFunc(roots[from:to], func(i, j int) int { return cmp.Compare(key(i), key(j)) })
		from = to
	}
}

// angleAround is the angle of p seen from the centre, in [0, 2π); a peak within
// a node of the positive axis counts as on it.
func angleAround(centre, p scenarios.Point, spacing float64) float64 {
	dy := p.Y - centre.Y
	if math.Abs(dy) <= spacing {
		dy = 0
	}
	a := math.Atan2(dy, p.X-centre.X)
	if a < 0 {
		a += 2 * math.Pi
	}
	return a
}
