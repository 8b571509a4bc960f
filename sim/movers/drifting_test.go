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

// relative is the RMS of the differences from V by its definition over the RMS of that, at those of some
// points that are attracted by less than a limit.
func relative(kernel string, h float64, v []grid.Vector, target, cloud []scenarios.Point, limit float64) (error, size float64) {
	n := 0.0
	for i := 0; i < len(cloud); i += max(len(cloud)/200, 1) {
		a, b := directShift(kernel, h, cloud[i], target), directShift(kernel, h, cloud[i], cloud)
		if a.Dot(a) > limit*limit {
			continue
		}
		want := a.Plus(b.Times(-1))
		d := v[i].Plus(want.Times(-1))
		error, size, n = error+d.Dot(d), size+want.Dot(want), n+1
	}
	return math.Sqrt(error / size), math.Sqrt(size / n)
}

func newField(t testing.TB, kernel string, h float64, bounds scenarios.Window) *DriftingField {
	t.Helper()
	f, err := NewDriftingField(kernel, h, bounds, grid.NewWorkers())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// From the starts of the catalogue: under a Gaussian kernel for particles with samples within 5 h, and under
// a Laplace kernel for all, none of which is lost to its sums.
func TestTheDriftingFieldIsItsSumOverPairs(t *testing.T) {
	const n = 1000
	for id, kernels := range map[string][]string{"uneven-ring": {Gaussian}, "banana": {Gaussian, Laplace}} {
		s := simtest.Scenario(t, id)
		target, cloud := simtest.Exact(s, n, 1), draw(s.Start.Sampler, n, 2)
		for i, p := range cloud {
			cloud[i], _ = grid.Clamp(p, s.Window)
		}
		for _, kernel := range kernels {
			f, v := newField(t, kernel, s.Bandwidth, s.Window), make([]grid.Vector, n)
			f.Set(target, cloud)
			f.OfCloud(v)
			limit := map[string]float64{Gaussian: 5 * s.Bandwidth, Laplace: math.Inf(1)}[kernel]
			if got, _ := relative(kernel, s.Bandwidth, v, target, cloud, limit); !(got < 1e-3) {
				t.Errorf("%s, %s: the relative error is %.2g, expected below 1e-3", id, kernel, got)
			}
			if kernel == Laplace && f.stride != 0 {
				t.Errorf("%s: sums of a Laplace kernel are lost", id)
			}
		}
	}
}

// At the target V is the small difference of two mean shifts near h. There its error is that of the kernel near
// zero distance, relative to h.
func TestTheDriftingFieldAtTheTarget(t *testing.T) {
	const n, h = 1000, 0.5
	s := simtest.Scenario(t, "banana")
	target, cloud := simtest.Exact(s, n, 1), simtest.Exact(s, n, 3)
	for kernel, most := range map[string]float64{Gaussian: 5e-5, Laplace: 1e-3} {
		f, v := newField(t, kernel, h, s.Window), make([]grid.Vector, n)
		f.Set(target, cloud)
		f.OfCloud(v)
		if got, size := relative(kernel, h, v, target, cloud, math.Inf(1)); !(got*size < most*h) {
			t.Errorf("%s: the error is %.2g h, expected below %.2g h", kernel, got*size/h, most)
		}
	}
}

// Without the correction a spline would push a particle from itself.
func TestALoneParticleDoesNotRepelItself(t *testing.T) {
	for _, kernel := range []string{Gaussian, Laplace} {
		f, v := newField(t, kernel, 1, scenarios.Window{XMin: -5, XMax: 5, YMin: -5, YMax: 5}), make([]grid.Vector, 1)
		for _, p := range draw(scenarios.Gaussian{Sigma: 1}, 20, 12) {
			f.Set(nil, []scenarios.Point{p})
			if f.OfCloud(v); math.Hypot(v[0].X, v[0].Y) > 1e-9 {
				t.Fatalf("%s: a lone particle at %v moves by %v", kernel, p, v[0])
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
