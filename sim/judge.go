package sim

import (
	"math"
	"math/rand/v2"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// Judge compares clouds of n points with a target: with its density on the grid,
// with its modes, and with a sample of n points, exact where the target has a sampler
// that is, otherwise of its density as tabulated. Clouds may differ in n.
type Judge struct {
	flow    *Flow
	modes   []mode
	sampler scenarios.Sampler
	exact   bool
	seed    uint64

	sample []scenarios.Point
	other  []scenarios.Point // another sample, for the floor
}

// mode is a place of high density and how far it reaches.
type mode struct {
	mean            scenarios.Point
	varX, varY, cov float64
}

// NewJudge draws its samples from seed. The settings say how many points a cloud has and
// how q is estimated; their drift is not looked at. Regions that the scenario names are
// not looked at either: the figures are those of the target's own modes, the same for
// every way to divide it, and a named region need hold none.
func NewJudge(s scenarios.Scenario, settings Settings, seed uint64) (*Judge, error) {
	s.Zones = nil
	flow, err := New(s, settings)
	if err != nil {
		return nil, err
	}
	j := &Judge{flow: flow, modes: modesOf(s, flow.regions), sampler: s.Truth.Sampler, exact: true, seed: seed}
	if j.sampler == nil {
		j.exact = false
		if j.sampler, err = target.NewSampler(s.Target, flow.grid, flow.workers); err != nil {
			return nil, err
		}
	}
	j.draw(settings.Particles)
	return j, nil
}

// draw has both samples of n points.
func (j *Judge) draw(n int) {
	if len(j.sample) == n {
		return
	}
	rng := rand.New(rand.NewPCG(j.seed, 1))
	j.sample, j.other = make([]scenarios.Point, n), make([]scenarios.Point, n)
	j.sampler.Sample(j.sample, rng)
	j.sampler.Sample(j.other, rng)
}

// modesOf are the components of a mixture, otherwise the basins of the target.
func modesOf(s scenarios.Scenario, r *target.Regions) []mode {
	var modes []mode
	if m, ok := s.Target.(*scenarios.Mixture); ok {
		for _, c := range m.Components() {
			if c.Weight > 0 {
				modes = append(modes, mode{c.Mean, c.Cov.XX, c.Cov.YY, c.Cov.XY})
			}
		}
		return modes
	}
	for _, k := range r.List {
		modes = append(modes, mode{k.Mean, k.VarX, k.VarY, k.CovXY})
	}
	return modes
}

// distance is the Mahalanobis distance of a point.
func (m mode) distance(p scenarios.Point) float64 {
	dx, dy := p.X-m.mean.X, p.Y-m.mean.Y
	return math.Sqrt((m.varY*dx*dx - 2*m.cov*dx*dy + m.varX*dy*dy) / (m.varX*m.varY - m.cov*m.cov))
}

// Metrics compare a cloud with the target and with a sample of the same size. What was
// not measured is nil.
type Metrics struct {
	// TV is the total variation distance ½∫|p − q| over the nodes, q smoothed as p is, with
	// half of what the grid does not hold of q.
	TV float64 `json:"tv"`
	// SlicedW2 is (L⁻¹ Σ_θ n⁻¹ Σᵢ (⟨θ,x⟩₍ᵢ₎ − ⟨θ,y⟩₍ᵢ₎)²)^½, in units of the window. It
	// is not measured where squares of distances are beyond a float64.
	SlicedW2 *float64 `json:"sliced_w2"`
	// Energy is the energy distance 2E|x−y| − E|x−x′| − E|y−y′|, in units of the window.
	Energy *float64 `json:"energy_distance"`
	// MMD is the unbiased estimate of MMD², which may be negative: mean k(x,x′) +
	// mean k(y,y′) − 2 mean k(x,y) over pairs of different points, k = exp(−d²/2h²),
	// h the pooled median distance. It is not measured where points lie so far apart that
	// no grid over them resolves h.
	MMD *float64 `json:"mmd2"`
	// Covered is the number of modes with a point within three standard deviations,
	// and Quality the share of the points that are so near to some mode. The modes
	// are the components of a mixture, otherwise the basins of attraction.
	Covered int     `json:"modes_covered"`
	Quality float64 `json:"quality"`
	// Entropy (EMC) is −Σ c ln c / ln K of the shares over the K basins of the points in the
	// padded window: 1 when they are even, which is right only where the target's are.
	Entropy float64 `json:"mode_entropy"`
	// MassKL is Σ c ln(c/m) of those shares c from the basins' masses m, in nats. It is not
	// measured where no point is in the padded window.
	MassKL *float64 `json:"mass_kl"`
}

// Modes is the number of modes there are to cover.
func (j *Judge) Modes() int { return len(j.modes) }

// Exact tells whether the sample that is compared with is exact.
func (j *Judge) Exact() bool { return j.exact }

// Floor is what another sample of the same size gets.
func (j *Judge) Floor() Metrics { return j.Measure(j.other) }

// Measure compares points, two at least.
func (j *Judge) Measure(points []scenarios.Point) Metrics {
	f := j.flow
	j.draw(len(points))
	f.show(slices.Clone(points))
	m := Metrics{TV: f.totals(nil, false).TV}
	w2, energy := slicedDistances(points, j.sample)
	m.SlicedW2, m.Energy, m.MMD = finite(w2), finite(energy), j.mmd(points)
	m.Covered, m.Quality = cover(points, j.modes)
	m.Entropy, m.MassKL = shares(f.regions, f.points)
	return m
}

// finite is v, nil where the distances that it is made of are beyond a float64.
func finite(v float64) *float64 {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return nil
	}
	return &v
}

// cover counts the modes with a point within three standard deviations and the
// share of such points.
func cover(points []scenarios.Point, modes []mode) (covered int, quality float64) {
	const near = 3
	reached, good := make([]bool, len(modes)), 0
	for _, p := range points {
		within := false
		for k, m := range modes {
			if m.distance(p) <= near {
				reached[k], within = true, true
			}
		}
		if within {
			good++
		}
	}
	for _, r := range reached {
		if r {
			covered++
		}
	}
	return covered, float64(good) / float64(len(points))
}

// shares is the entropy of the points' shares of the regions over that of even
// shares, and their KL divergence from the regions' masses.
func shares(r *target.Regions, points []scenarios.Point) (entropy float64, kl *float64) {
	if len(points) == 0 {
		return 0, nil
	}
	kl = new(float64)
	count := make([]float64, len(r.List))
	for _, p := range points {
		count[r.At(p)]++
	}
	for k, c := range count {
		if c > 0 {
			s := c / float64(len(points))
			entropy -= s * math.Log(s)
			*kl += s * math.Log(s/r.List[k].Mass)
		}
	}
	if len(count) > 1 {
		entropy /= math.Log(float64(len(count)))
	}
	return entropy, kl
}

// medianPairs is how many random pairs tell the median distance.
const medianPairs = 1 << 14

// mmd is the unbiased MMD² of the points against the sample, nil where no grid serves.
func (j *Judge) mmd(x []scenarios.Point) *float64 {
	both := slices.Concat(x, j.sample)
	h := MedianDistance(both, j.seed)
	if h == 0 {
		// All points are one, and so are both samples.
		return new(float64)
	}
	w := j.flow.grid.Bounds()
	if j.flow.strays() > 0 {
		w = extent(both)
	}
	if !grid.Resolves(w, h) {
		return nil
	}
	s, at, n := grid.NewKernelSums(w, h), make([]float64, len(x)), float64(len(x))
	mean := func(of, to []scenarios.Point, pairs, own float64) float64 {
		s.Of(of, nil)
		s.At(at, to)
		sum := -own
		for _, v := range at {
			sum += v
		}
		return sum / pairs
	}
	mmd := mean(x, x, n*(n-1), n) + mean(j.sample, j.sample, n*(n-1), n) - 2*mean(x, j.sample, n*n, 0)
	return &mmd
}

// extent is the smallest rectangle that holds the points.
func extent(points []scenarios.Point) scenarios.Window {
	w := scenarios.Window{XMin: math.Inf(1), XMax: math.Inf(-1), YMin: math.Inf(1), YMax: math.Inf(-1)}
	for _, p := range points {
		w.XMin, w.XMax = min(w.XMin, p.X), max(w.XMax, p.X)
		w.YMin, w.YMax = min(w.YMin, p.Y), max(w.YMax, p.Y)
	}
	return w
}

// MedianDistance is the median distance of pairs of points, by random pairs drawn
// from seed.
func MedianDistance(points []scenarios.Point, seed uint64) float64 {
	rng, d := rand.New(rand.NewPCG(seed, 3)), make([]float64, 0, medianPairs)
	n := len(points)
	for range medianPairs {
		i, k := rng.IntN(n), rng.IntN(n-1)
		if k >= i {
			k++
		}
		d = append(d, math.Hypot(points[i].X-points[k].X, points[i].Y-points[k].Y))
	}
	slices.Sort(d)
	return d[len(d)/2]
}

// Metrics measures the particles against a sample of the target, and beside it the
// floor: another sample against the same one, both drawn from seed. It tells whether
// those are exact.
func (f *Flow) Metrics(seed uint64) (now, floor Metrics, exact bool) {
	j, err := NewJudge(f.scenario, f.settings, seed)
	if err != nil {
		// The settings are in force, so they can be used.
		panic(err)
	}
	return j.Measure(f.all()), j.Floor(), j.Exact()
}
