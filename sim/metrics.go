package sim

import (
	"math"
	"math/rand/v2"
	"slices"

	"undercurrent/scenarios"
)

// directions is the number of projections, equally spaced over half a turn. The
// mean of |⟨θ, x⟩| over so many is 2|x|/π to 2 parts in 10⁴.
const directions = 64

// Metrics compare a cloud with an exact sample of the same size.
type Metrics struct {
	// SlicedW2 is (L⁻¹ Σ_θ n⁻¹ Σᵢ (⟨θ,x⟩₍ᵢ₎ − ⟨θ,y⟩₍ᵢ₎)²)^½, in units of the window.
	SlicedW2 float64 `json:"sliced_w2"`
	// Energy is the energy distance 2E|x−y| − E|x−x′| − E|y−y′|, in units of the window.
	Energy float64 `json:"energy_distance"`
	// Covered is the number of regions with a particle within three standard
	// deviations of the target's mean there, and Quality the share of such particles.
	Covered int     `json:"modes_covered"`
	Quality float64 `json:"quality"`
	// Entropy is −Σ c ln c / ln K of the particles' shares over the K regions:
	// 1 when they are even, which is right only where the target's are.
	Entropy float64 `json:"mode_entropy"`
}

// Metrics measures the particles against an exact sample, and beside it the
// floor: another exact sample against the same one, both drawn from seed. It
// is false where the scenario has no exact sampler.
func (f *Flow) Metrics(seed uint64) (now, floor Metrics, ok bool) {
	sampler := f.scenario.Truth.Sampler
	if sampler == nil {
		return now, floor, false
	}
	rng := rand.New(rand.NewPCG(seed, 1))
	exact, other := make([]scenarios.Point, len(f.points)), make([]scenarios.Point, len(f.points))
	sampler.Sample(exact, rng)
	sampler.Sample(other, rng)
	return f.metrics(f.points, exact), f.metrics(other, exact), true
}

func (f *Flow) metrics(x, exact []scenarios.Point) Metrics {
	m := Metrics{}
	m.SlicedW2, m.Energy = slicedDistances(x, exact)
	m.Covered, m.Quality, m.Entropy = f.regions.coverage(x)
	return m
}

// slicedDistances are the sliced W2 and the energy distance of two samples of
// equal size. In the plane |x| = (π/2)·mean_θ |⟨θ, x⟩|, so the energy distance is
// π/2 times the mean of those of the projections, and sorting does for pair sums.
func slicedDistances(x, y []scenarios.Point) (w2, energy float64) {
	mustMatch("second sample", len(y), len(x))
	a, b := make([]float64, len(x)), make([]float64, len(y))
	for l := range directions {
		sin, cos := math.Sincos(math.Pi * float64(l) / directions)
		project(a, x, cos, sin)
		project(b, y, cos, sin)
		for i := range a {
			w2 += (a[i] - b[i]) * (a[i] - b[i])
		}
		energy += energyOnLine(a, b)
	}
	n := float64(len(x) * directions)
	return math.Sqrt(w2 / n), math.Pi / 2 * energy / directions
}

// project writes the sorted projections to dst.
func project(dst []float64, points []scenarios.Point, cos, sin float64) {
	for i, p := range points {
		dst[i] = cos*p.X + sin*p.Y
	}
	slices.Sort(dst)
}

// energyOnLine is the energy distance of two sorted samples, 2∫(F − G)² dt.
func energyOnLine(a, b []float64) float64 {
	sum, i, j := 0.0, 0, 0
	at := min(a[0], b[0])
	for i < len(a) || j < len(b) {
		next := math.Inf(1)
		if i < len(a) {
			next = a[i]
		}
		if j < len(b) {
			next = min(next, b[j])
		}
		d := float64(i)/float64(len(a)) - float64(j)/float64(len(b))
		sum += d * d * (next - at)
		at = next
		for i < len(a) && a[i] == at {
			i++
		}
		for j < len(b) && b[j] == at {
			j++
		}
	}
	return 2 * sum
}

// coverage is the number of regions with a point within three standard
// deviations of the target's mean there, the share of such points, and the
// entropy of the shares of the regions over that of even shares.
func (r *Regions) coverage(points []scenarios.Point) (covered int, quality, entropy float64) {
	count, near := make([]int, len(r.List)), make([]int, len(r.List))
	good := 0
	for _, p := range points {
		k := r.At(p)
		count[k]++
		if r.List[k].distance(p) <= 3 {
			near[k]++
			good++
		}
	}
	n := float64(len(points))
	for k, c := range count {
		if near[k] > 0 {
			covered++
		}
		if c > 0 {
			s := float64(c) / n
			entropy -= s * math.Log(s)
		}
	}
	if len(count) > 1 {
		entropy /= math.Log(float64(len(count)))
	}
	return covered, float64(good) / n, entropy
}

// distance is the Mahalanobis distance of p from the target in the region.
func (r Region) distance(p scenarios.Point) float64 {
	dx, dy := p.X-r.Mean.X, p.Y-r.Mean.Y
	det := r.VarX*r.VarY - r.CovXY*r.CovXY
	return math.Sqrt((r.VarY*dx*dx - 2*r.CovXY*dx*dy + r.VarX*dy*dy) / det)
}
