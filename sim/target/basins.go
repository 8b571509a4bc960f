package target

import (
	"cmp"
	"math"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

const (
	// passFraction is the density at a pass, relative to the lower peak, above which two
	// basins are merged.
	passFraction = 0.9
	// minMass is the target mass below which a basin is merged into a neighbour.
	minMass = 0.001
	// massTie is the relative difference below which masses count as equal in the numbering.
	massTie = 0.005
)

// Basins returns the basins of attraction of the smoothed density: a node belongs to the peak to
// which the gradient leads from it, so that a border is right to half a spacing. Basins are
// merged if the pass between them is above 90 % of the lower peak, or if they have less than
// 0.1 % of the target mass.
func (t *Table) Basins(w *grid.Workers) *Regions { return t.basins(w).number(t) }

// basins are the merged basins with refined borders.
func (t *Table) basins(w *grid.Workers) *basins {
	b := climbAll(t.Grid, t.LogSmooth, w)
	b.mergePasses(b.passes(t.Grid))
	mass := b.masses(t.P)
	b.mergeSmall(b.passes(t.Grid), mass)
	b.refineBorders(t.Grid, w)
	return b
}

// basins is a forest over the nodes: a node's root is the peak of its basin.
type basins struct {
	height []float64
	up     []int32
}

// climbAll assigns every node to the peak that steepest ascent over the eight neighbours
// reaches from it.
func climbAll(g grid.Grid, height []float64, w *grid.Workers) *basins {
	b := &basins{height: height, up: make([]int32, g.Len())}
	w.Rows(g.NY, grid.OneByOne(func(iy int) {
		for ix := range g.NX {
			b.up[iy*g.NX+ix] = int32(steepest(g, height, ix, iy))
		}
	}))
	for i := range b.up {
		b.up[i] = int32(b.root(i))
	}
	return b
}

func steepest(g grid.Grid, height []float64, ix, iy int) int {
	node := iy*g.NX + ix
	best, slope := node, 0.0
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			jx, jy := ix+dx, iy+dy
			if jx < 0 || jx >= g.NX || jy < 0 || jy >= g.NY {
				continue
			}
			j := jy*g.NX + jx
			s := height[j] - height[node]
			if dx != 0 && dy != 0 {
				s /= math.Sqrt2
			}
			if s > slope {
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

// join merges two basins; the higher peak is the root of both.
func (b *basins) join(i, j int) int {
	i, j = b.root(i), b.root(j)
	if b.height[j] > b.height[i] || b.height[j] == b.height[i] && j < i {
		i, j = j, i
	}
	b.up[j] = int32(i)
	return i
}

// pass is the highest saddle between two basins.
type pass struct {
	a, b   int
	height float64
}

// passes lists the passes of neighbouring basins, highest first.
func (b *basins) passes(g grid.Grid) []pass {
	highest := map[[2]int]float64{}
	update := func(i, j int) {
		if b.up[i] == b.up[j] {
			return
		}
		ri, rj := b.root(i), b.root(j)
		if ri == rj {
			return
		}
		key := [2]int{min(ri, rj), max(ri, rj)}
		h := min(b.height[i], b.height[j])
		if old, ok := highest[key]; !ok || h > old {
			highest[key] = h
		}
	}
	for iy := range g.NY {
		for ix := range g.NX {
			i := iy*g.NX + ix
			if ix+1 < g.NX {
				update(i, i+1)
			}
			if iy+1 < g.NY {
				update(i, i+g.NX)
			}
			if ix+1 < g.NX && iy+1 < g.NY {
				update(i, i+g.NX+1)
				update(i+1, i+g.NX)
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
// passFraction of the lower peak.
func (b *basins) mergePasses(list []pass) {
	for _, p := range list {
		i, j := b.root(p.a), b.root(p.b)
		if i != j && p.height > min(b.height[i], b.height[j])+math.Log(passFraction) {
			b.join(i, j)
		}
	}
}

// masses returns the target mass of every basin at the index of its root.
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

// mergeSmall merges basins with too little mass over their highest pass, which is the first
// of a basin in the list. It repeats, because a merged basin may still be too small.
func (b *basins) mergeSmall(list []pass, mass []float64) {
	for again := true; again; {
		again = false
		for _, p := range list {
			i, j := b.root(p.a), b.root(p.b)
			if i == j || min(mass[i], mass[j]) >= minMass {
				continue
			}
			sum := mass[i] + mass[j]
			mass[b.join(i, j)] = sum
			again = true
		}
	}
}

// number lists the regions and labels the nodes.
func (b *basins) number(t *Table) *Regions {
	g, mass := t.Grid, b.masses(t.P)
	var roots []int
	for i := range b.up {
		if b.root(i) == i {
			roots = append(roots, i)
		}
	}
	centre := scenarios.Point{X: (g.X(0) + g.X(g.NX-1)) / 2, Y: (g.Y(0) + g.Y(g.NY-1)) / 2}
	slices.SortFunc(roots, func(i, j int) int { return cmp.Compare(mass[j], mass[i]) })
	sortTies(roots, mass, func(i int) float64 { return angleAround(centre, g.Node(i), g.Spacing) })

	r := &Regions{grid: g, Labels: make([]uint16, g.Len())}
	index := make(map[int]uint16, len(roots))
	for k, root := range roots {
		index[root] = uint16(k)
		r.List = append(r.List, Region{ID: k + 1, Peak: g.Node(root), Mass: mass[root]})
	}
	for i := range r.Labels {
		r.Labels[i] = index[b.root(i)]
	}
	r.moments(t.P)
	return r
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
