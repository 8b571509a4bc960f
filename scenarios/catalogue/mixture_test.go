package catalogue

import (
	"reflect"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/internal/scenariotest"
)

func TestEvaluationAllocatesNothing(t *testing.T) {
	for _, s := range All() {
		evaluate := func() { s.Target.LogDensity(1, 2); s.Target.Score(1, 2) }
		if n := testing.AllocsPerRun(100, evaluate); n != 0 {
			t.Errorf("%s: %g allocations", s.ID, n)
		}
	}
}

func benchmarkPoints() []scenarios.Point {
	points := make([]scenarios.Point, 1024)
	rng := scenariotest.Seeded(1)
	for i := range points {
		points[i] = scenariotest.Uniform(scenarios.Window{XMin: -56, XMax: 56, YMin: -56, YMax: 56}, rng)
	}
	return points
}

func BenchmarkLogDensityGMM40(b *testing.B) {
	target, points := gmm40().Target, benchmarkPoints()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p := points[i%len(points)]
		target.LogDensity(p.X, p.Y)
	}
}

func BenchmarkScoreGMM40(b *testing.B) {
	target, points := gmm40().Target, benchmarkPoints()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p := points[i%len(points)]
		target.Score(p.X, p.Y)
	}
}

// A normalised mixture normalised again has the same bits.
func TestNormalisingTwiceChangesNothing(t *testing.T) {
	for _, s := range All() {
		m, ok := s.Target.(*scenarios.Mixture)
		if !ok {
			continue
		}
		again := scenariotest.Must(scenarios.NewMixture(m.Components()))
		if !reflect.DeepEqual(again, m) {
			t.Errorf("%s is another mixture when made of its own components", s.ID)
		}
	}
}
