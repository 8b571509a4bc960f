package chains_test

import (
	"math"
	"testing"

	"undercurrent/sim/chains"
)

func downhill(t *testing.T, s chains.Samples) chains.Downhill {
	t.Helper()
	d, err := chains.NewDownhill(s.Positions, s.LogDensity)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Half of the moves go down, whichever way the proposals point.
func TestReversibleChainsGoDownHalfOfTheTime(t *testing.T) {
	x := autoregressive(4, 10_000, 0.8, 1)
	gaussian := chains.Samples{Positions: [][][]float64{x}, LogDensity: mapped(x, func(v float64) float64 { return -v * v / 2 })}
	for name, s := range map[string]chains.Samples{
		"AR(1)": gaussian, "MALA": proposer{1, 0.3}.run(4, 10_000, -1, 0, 2), "wrong sign": proposer{-1, 0.3}.run(4, 20_000, -1, 0, 2),
	} {
		d := downhill(t, s)
		if math.Abs(d.Share.Value-0.5) > 3*d.SD.Value || d.SD.Value > 0.005 {
			t.Errorf("%s: the share that goes down is %.4f ± %.4f, expected ½", name, d.Share.Value, d.SD.Value)
		}
	}
}

// SD is an upper bound where up and down take turns.
func TestDeviationOfDownhillSharesIsAnUpperBound(t *testing.T) {
	var scores []float64
	for seed := range uint64(60) {
		d := downhill(t, proposer{1, 0.3}.run(1, 400, -1, 0, seed))
		scores = append(scores, (d.Share.Value-0.5)/d.SD.Value)
	}
	if s := spread(scores); s > 1.1 || s < 0.2 {
		t.Errorf("the spread of scores is %.2f, expected at most 1", s)
	}
}

func TestDownhillOfShortChains(t *testing.T) {
	d := downhill(t, chains.Samples{Positions: [][][]float64{{{0, 1, 1, 2, 3, 4}}}, LogDensity: [][]float64{{0, 1, 1, 2, 0, 0}}})
	if d.Up != 2 || d.Down != 1 || d.Level != 1 {
		t.Errorf("up %d, level %d, down %d, expected 2, 1, 1", d.Up, d.Level, d.Down)
	}
	expect(t, "share", d.Share, 1./3, 1e-12)
	expect(t, "sd", d.SD, 0.5/math.Sqrt(3), 1e-12)
	for want, logP := range map[chains.Reason][]float64{
		chains.FlatDensity: {1, 1, 1}, chains.NonFinite: {1, math.Inf(-1), 1},
	} {
		s := chains.Samples{Positions: [][][]float64{{{0, 1, 2}}}, LogDensity: [][]float64{logP}}
		expectReason(t, "share", downhill(t, s).Share, want)
	}
	still := chains.Samples{Positions: [][][]float64{{{1, 1}}}, LogDensity: [][]float64{{1, 1}}}
	expectReason(t, "share", downhill(t, still).Share, chains.NoMoves)
}

// Detailed balance makes the mean displacement follow the score, also for proposals against it: a
// regression of displacements on scores does not see the sign.
func TestDisplacementsFollowTheScoreEitherWay(t *testing.T) {
	for _, p := range []proposer{{1, 0.03}, {-1, 0.03}} {
		s := p.run(4, 10_000, -1, 0, 3)
		var along, squares float64
		for i := range s.LogDensity {
			x, y := s.Positions[0][i], s.Positions[1][i]
			for k := 1; k < len(x); k++ {
				at := threeModes{}.at(x[k-1], y[k-1])
				along += (x[k]-x[k-1])*at.gx + (y[k]-y[k-1])*at.gy
				squares += at.gx*at.gx + at.gy*at.gy
			}
		}
		if slope := along / squares / p.epsilon; slope < 0.2 {
			t.Errorf("κ = %g: the displacement is %.2f ε times the score, expected a positive multiple", p.kappa, slope)
		}
	}
}
