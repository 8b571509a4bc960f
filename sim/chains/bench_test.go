package chains_test

import (
	"testing"

	"undercurrent/sim/chains"
)

// BenchmarkDiagnostics is everything for 4 chains of 10⁵ draws: three quantities, regions,
// moves and suspicions.
func BenchmarkDiagnostics(b *testing.B) {
	s := proposer{1, 0.3}.run(4, 100_000, -1, 0, 1)
	quantities := [][][]float64{s.Positions[0], s.Positions[1], s.LogDensity}
	for b.Loop() {
		for _, draws := range quantities {
			q, err := chains.NewQuantity(draws)
			if err != nil {
				b.Fatal(err)
			}
			for _, statistic := range []func() chains.Estimate{
				q.RHat, q.BasicRHat, q.ESSBulk, q.ESSTail, q.ESSMean, q.MCSEMean, q.MCSESD, q.AutocorrelationTime, q.Mean, q.SD,
			} {
				statistic()
			}
			for _, p := range []float64{0.05, 0.5, 0.95} {
				q.MCSEQuantile(p)
			}
			q.Correlations(100)
			if _, err := q.RankHistogram(20); err != nil {
				b.Fatal(err)
			}
		}
		chains.EBFMI(s.LogDensity)
		if _, err := chains.NewVisits(s.Regions, 3); err != nil {
			b.Fatal(err)
		}
		if _, err := chains.NewRegionMasses(s.Regions, []float64{0.5, 0.25, 0.25}); err != nil {
			b.Fatal(err)
		}
		if _, err := chains.NewMoves(s.Positions); err != nil {
			b.Fatal(err)
		}
		if _, err := chains.NewDownhill(s.Positions, s.LogDensity); err != nil {
			b.Fatal(err)
		}
		if _, err := chains.Suspicions(s); err != nil {
			b.Fatal(err)
		}
	}
}
