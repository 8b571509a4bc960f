// Package simtest provides helpers of the tests of the simulation: scenarios, drifts, samples,
// and comparisons.
package simtest

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
)

// Near fails unless got is within the relative tolerance of want.
func Near(t testing.TB, what string, got, want, tolerance float64) {
	t.Helper()
	if math.Abs(got-want) > tolerance*math.Abs(want) {
		t.Errorf("%s is %.6g, expected %.6g within %.2g", what, got, want, tolerance)
	}
}

// Scenario returns a scenario of the catalogue.
func Scenario(t testing.TB, id string) scenarios.Scenario {
	t.Helper()
	s, err := catalogue.Named(id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Gaussian returns a scenario with an isotropic Gaussian target about the origin.
func Gaussian(t testing.TB, sigma float64, start scenarios.Gaussian) scenarios.Scenario {
	t.Helper()
	m, err := scenarios.Isotropic([]scenarios.Point{{}}, sigma, nil)
	if err != nil {
		t.Fatal(err)
	}
	return scenarios.Scenario{ID: "gaussian", Target: m, Truth: scenarios.Truth{Sampler: m},
		Start:  scenarios.Start{Sampler: start},
		Window: scenarios.Window{XMin: -8, XMax: 8, YMin: -8, YMax: 8}, Particles: 20000, Bandwidth: 0.3}
}

// Sample returns draws from N(0, σ² I).
func Sample(sigma float64, n int, seed uint64) []scenarios.Point {
	points := make([]scenarios.Point, n)
	scenarios.Gaussian{Sigma: sigma}.Sample(points, rand.New(rand.NewPCG(seed, 0)))
	return points
}

// Exact returns exact draws from a scenario's target.
func Exact(s scenarios.Scenario, n int, seed uint64) []scenarios.Point {
	points := make([]scenarios.Point, n)
	s.Truth.Sampler.Sample(points, rand.New(rand.NewPCG(seed, 9)))
	return points
}

// Drift returns the drift with an id and default parameters.
func Drift(t testing.TB, id string) divergences.Drift {
	t.Helper()
	spec, err := divergences.Standard().Parse(id, nil)
	if err != nil {
		t.Fatal(err)
	}
	d, err := spec.Build()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Divergences returns those of the catalogue, one more α and a custom weight.
func Divergences(t testing.TB) []divergences.Divergence {
	t.Helper()
	all, err := divergences.Standard().Divergences(nil)
	if err != nil {
		t.Fatal(err)
	}
	alpha, err := divergences.NewAlpha(-1.5)
	if err != nil {
		t.Fatal(err)
	}
	custom, err := divergences.NewCustom("sqrt(r)+r", func(r float64) float64 { return math.Sqrt(r) + r })
	if err != nil {
		t.Fatal(err)
	}
	return append(all, alpha, custom)
}

// Drifts returns every drift with every reference, one more α and a custom weight.
func Drifts(t testing.TB) []divergences.Drift {
	t.Helper()
	all, err := divergences.BuildAll(divergences.Standard().Members(nil))
	if err != nil {
		t.Fatal(err)
	}
	extra := Divergences(t)
	for _, d := range extra[len(extra)-2:] {
		all = append(all, divergences.NewDrift(d))
	}
	return all
}

// kinds has one divergence of each kind of weight: constant, growing, falling, bounded and peaked.
func kinds() []string {
	return []string{"reverse-kl", "pearson", "neyman", "jensen-shannon", "le-cam"}
}

// Kinds returns a divergence of each kind of weight, for slow laws of all Divergences.
func Kinds(t testing.TB) (list []divergences.Divergence) {
	t.Helper()
	for _, d := range Divergences(t) {
		if slices.Contains(kinds(), d.Info().ID) {
			list = append(list, d)
		}
	}
	return list
}

// KindsOfDrifts returns a drift of each kind, for slow laws of all Drifts: those of Kinds, a custom
// weight, and log variances with a reference made of p, one of its own, and q itself.
func KindsOfDrifts(t testing.TB) (list []divergences.Drift) {
	t.Helper()
	names := append(kinds(), "custom", "lv-surrogate "+divergences.Target.String(), "lv "+divergences.Gaussian.String(), "lv-differentiated "+divergences.Current.String())
	for _, d := range Drifts(t) {
		if slices.Contains(names, Name(d)) {
			list = append(list, d)
		}
	}
	return list
}

// Name names a drift with its reference.
func Name(d divergences.Drift) string {
	if r := d.Reference(); r.Kind != divergences.NoReference {
		return d.Info().ID + " " + r.Kind.String()
	}
	return d.Info().ID
}

// Dense is the kernel density estimate of a cloud at a point and its score, by sums over all particles.
func Dense(points []scenarios.Point, h float64, at scenarios.Point) (q float64, score scenarios.Point) {
	for _, p := range points {
		dx, dy := (p.X-at.X)/h, (p.Y-at.Y)/h
		k := portable.Exp(-(dx*dx + dy*dy) / 2)
		q += k
		score.X += k * dx / h
		score.Y += k * dy / h
	}
	score.X, score.Y = score.X/q, score.Y/q
	return q / (2 * math.Pi * h * h * float64(len(points))), score
}
