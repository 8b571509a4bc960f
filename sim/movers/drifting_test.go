package movers

import (
	"math"
	"slices"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/internal/simtest"
)

// directShift is the mean shift over a cloud, pair by pair, relative to the nearest.
func directShift(kernel string, h float64, x scenarios.Point, cloud []scenarios.Point) (v grid.Vector) {
	log := func(y scenarios.Point) float64 {
		if r := math.Hypot(y.X-x.X, y.Y-x.Y) / h; kernel == Laplace {
			return -r
		} else {
			return -r * r / 2
		}
	}
	top, sum := math.Inf(-1), 0.0
	for _, y := range cloud {
		top = max(top, log(y))
	}
	for _, y := range cloud {
		k := math.Exp(log(y) - top)
		sum += k
		v.X += k * (y.X - x.X)
		v.Y += k * (y.Y - x.Y)
	}
	return grid.Vector{X: v.X / sum, Y: v.Y / sum}
}

// relative is the RMS of the differences from V by its definition over the RMS of that, over some points.
func relative(kernel string, h float64, v []grid.Vector, at, target, cloud []scenarios.Point) (error, size float64) {
	for i := 0; i < len(at); i += max(len(at)/200, 1) {
		a, b := directShift(kernel, h, at[i], target), directShift(kernel, h, at[i], cloud)
		want := grid.Vector{X: a.X - b.X, Y: a.Y - b.Y}
		error += (v[i].X-want.X)*(v[i].X-want.X) + (v[i].Y-want.Y)*(v[i].Y-want.Y)
		size += want.Dot(want)
	}
	return math.Sqrt(error / size), math.Sqrt(size / 200)
}

func newField(t testing.TB, kernel string, h float64, bounds scenarios.Window) *DriftingField {
	t.Helper()
	f, err := NewDriftingField(kernel, h, bounds, grid.NewWorkers())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// From the starts of the catalogue, where some particles are far from all samples. Near the target V is the
// small difference of two mean shifts near h, and the cusp of the Laplace kernel shows.
func TestTheDriftingFieldIsItsSumOverPairs(t *testing.T) {
	const n = 1000
	for id, kernels := range map[string][]string{"uneven-ring": {Gaussian}, "banana": {Gaussian, Laplace}} {
		s := simtest.Scenario(t, id)
		target := simtest.Exact(s, n, 1)
		for _, kernel := range kernels {
			f := newField(t, kernel, s.Bandwidth, s.Window)
			v := make([]grid.Vector, n)
			cloud := draw(s.Start.Sampler, n, 2)
			for i, p := range cloud {
				cloud[i], _ = grid.Clamp(p, s.Window)
			}
			f.Set(target, cloud)
			f.OfCloud(v)
			if got, _ := relative(kernel, s.Bandwidth, v, cloud, target, cloud); !(got < 1e-3) {
				t.Errorf("%s, %s: the relative error is %.2g, expected below 1e-3", id, kernel, got)
			}
			near := simtest.Exact(s, n, 3)
			f.Set(target, near)
			f.OfCloud(v)
			if got, size := relative(kernel, s.Bandwidth, v, near, target, near); !(got*size < 2e-3*s.Bandwidth) {
				t.Errorf("%s, %s: the error at the target is %.2g h, expected below 2e-3 h", id, kernel, got*size/s.Bandwidth)
			}
		}
	}
}

// At any points, V of p and q is −V of q and p.
func TestTheDriftingFieldIsAntisymmetric(t *testing.T) {
	s := simtest.Scenario(t, "uneven-ring")
	p, q, at := simtest.Exact(s, 500, 1), draw(s.Start.Sampler, 400, 2), draw(scenarios.Gaussian{Sigma: 5}, 300, 3)
	for _, kernel := range []string{Gaussian, Laplace} {
		f := newField(t, kernel, 0.8, s.Window)
		one, other := make([]grid.Vector, len(at)), make([]grid.Vector, len(at))
		f.Set(p, q)
		f.At(one, at)
		f.Set(q, p)
		f.At(other, at)
		sum, size := 0.0, 0.0
		for i, v := range one {
			d := v.Plus(other[i])
			sum, size = sum+d.Dot(d), size+v.Dot(v)
		}
		if !(sum < 1e-12*size) {
			t.Errorf("%s: V and that with target and cloud exchanged differ by %.2g of it", kernel, math.Sqrt(sum/size))
		}
	}
}

// V is h² times the gradient of log p_h − log q_h as sim/density estimates them, at the nodes of its grid.
func TestTheGaussianDriftingFieldIsThePluginDrift(t *testing.T) {
	const n, h = 4000, 0.5
	s := simtest.Scenario(t, "uneven-ring")
	samples, cloud := simtest.Exact(s, n, 1), draw(s.Start.Sampler, n, 2)
	estimate := func(points []scenarios.Point) *density.Estimator {
		e, err := density.New(s, density.Kernel{Bandwidth: h, Spacing: h / 12, Reach: 6})
		if err != nil {
			t.Fatal(err)
		}
		e.Set(points)
		e.LogRatios(true, nil, nil)
		return e
	}
	p, q := estimate(samples), estimate(cloud)
	g := q.Grid()
	logRatio := make([]float64, g.Len()) // log p_h − log q_h: the target itself cancels
	var nodes []int
	var at []scenarios.Point
	for i := range logRatio {
		logRatio[i] = q.LogR()[i] - p.LogR()[i]
		if i%37 == 0 && min(p.Q()[i], q.Q()[i]) > 1e-3 {
			nodes, at = append(nodes, i), append(at, g.Node(i))
		}
	}
	f := newField(t, Gaussian, h, g.Bounds())
	f.Set(samples, cloud)
	v := make([]grid.Vector, len(at))
	f.At(v, at)
	var error, size float64
	for k, i := range nodes {
		want := g.Gradient(logRatio, i%g.NX, i/g.NX).Times(h * h)
		d := v[k].Plus(want.Times(-1))
		error, size = error+d.Dot(d), size+want.Dot(want)
	}
	if got := math.Sqrt(error / size); len(nodes) < 500 || !(got < 2e-2) {
		t.Errorf("at %d nodes the relative difference is %.2g, expected below 2e-2", len(nodes), got)
	}
}

// Between Gaussians V is linear: h²(x/(σ_q² + h²) − x/(σ_p² + h²)) in the limit of many samples.
func TestTheGaussianDriftingFieldBetweenGaussians(t *testing.T) {
	const n, h = 200000, 1.2
	f := newField(t, Gaussian, h, scenarios.Window{XMin: -9, XMax: 9, YMin: -9, YMax: 9})
	f.Set(draw(scenarios.Gaussian{Sigma: 1}, n, 1), draw(scenarios.Gaussian{Sigma: 2}, n, 2))
	at := draw(scenarios.Gaussian{Sigma: 0.7}, 300, 3)
	v := make([]grid.Vector, len(at))
	f.At(v, at)
	slope := h*h/(4+h*h) - h*h/(1+h*h)
	var error, size float64
	for i, p := range at {
		error += math.Pow(v[i].X-slope*p.X, 2) + math.Pow(v[i].Y-slope*p.Y, 2)
		size += slope * slope * (p.X*p.X + p.Y*p.Y)
	}
	if got := math.Sqrt(error / size); !(got < 0.03) {
		t.Errorf("the relative error is %.3f, expected below 0.03", got)
	}
}

// A particle far from all others has no repulsion: it goes to the mean of the samples next to it.
func TestFarParticlesGoToTheNearestSamples(t *testing.T) {
	for _, kernel := range []string{Gaussian, Laplace} {
		f := newField(t, kernel, 1, wide())
		cloud := []scenarios.Point{{X: -25, Y: 3}, {X: 25, Y: -20.1}}
		f.Set([]scenarios.Point{{X: 0, Y: 3}, {X: 29, Y: 29}}, cloud)
		v := make([]grid.Vector, 2)
		f.OfCloud(v)
		for i := range cloud {
			want := directShift(kernel, 1, cloud[i], []scenarios.Point{{X: 0, Y: 3}, {X: 29, Y: 29}})
			if math.Hypot(v[i].X-want.X, v[i].Y-want.Y) > 1e-3*math.Sqrt(want.Dot(want)) {
				t.Errorf("%s: V at %v is %v, expected %v", kernel, cloud[i], v[i], want)
			}
		}
	}
}

func TestDriftingReachesTheTarget(t *testing.T) {
	mean, cov := scenarios.Point{X: 1, Y: -2}, scenarios.Cov{XX: 2, XY: 0.9, YY: 1}
	target := normal(t, mean, cov)
	for _, text := range []string{"drifting", "drifting:laplace:0.8"} {
		points := draw(scenarios.Gaussian{Mean: scenarios.Point{X: -4, Y: 4}, Sigma: 0.5}, 1000, 1)
		m := mover(t, text, target, within(scenarios.Window{XMin: -9, XMax: 9, YMin: -9, YMax: 9}))
		run(m, points, 25)
		got, c := moments(points)
		if math.Hypot(got.X-mean.X, got.Y-mean.Y) > 0.15 || math.Abs(c.XX/cov.XX-1) > 0.15 || math.Abs(c.YY/cov.YY-1) > 0.15 || math.Abs(c.XY-cov.XY) > 0.15 {
			t.Errorf("%s: mean %v and covariance %v, expected %v and %v", text, got, c, mean, cov)
		}
	}
}

// The time of far mean shifts is bounded: of many points, some stand for all.
func TestManyFarParticles(t *testing.T) {
	const n = 5000
	f := newField(t, Gaussian, 0.5, wide())
	target := slices.Repeat([]scenarios.Point{{X: 20, Y: 20}}, n)
	cloud := draw(scenarios.Gaussian{Mean: scenarios.Point{X: -10, Y: -10}, Sigma: 0.1}, n, 1)
	f.Set(target, cloud)
	v := make([]grid.Vector, n)
	f.OfCloud(v)
	if pairs := n * n / f.stride; f.stride < 2 || pairs > farPairs+n {
		t.Errorf("far mean shifts are over %d pairs, expected at most %d", pairs, farPairs)
	}
	var mean grid.Vector
	for _, x := range v {
		mean = mean.Plus(x.Times(1. / n))
	}
	if math.Hypot(mean.X-30, mean.Y-30) > 0.02 { // repulsions cancel in the mean
		t.Errorf("V is %v in the mean, expected (30, 30)", mean)
	}
}
