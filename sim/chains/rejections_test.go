package chains_test

import (
	"math"
	"testing"

	"undercurrent/sim/chains"
)

func rejections(t *testing.T, s chains.Samples) chains.Rejections {
	t.Helper()
	r, err := chains.NewRejections(s.Positions, s.LogDensity)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// What a random walk's moves say of its rate of acceptance is its rate, for short steps and long.
func TestRandomWalksAreRejectedAsTheirMovesSay(t *testing.T) {
	for _, epsilon := range []float64{0.001, 0.03, 0.3} {
		r := rejections(t, proposer{0, epsilon}.run(4, 10_000, -1, 0, 1))
		expect(t, "acceptance", r.RandomWalk, r.Acceptance.Value, 0.03)
		if math.Abs(r.Ratio.Value-1) > 3*r.SE.Value || r.SE.Value > 0.1 {
			t.Errorf("ε = %g: the ratio is %.3f ± %.3f, expected 1", epsilon, r.Ratio.Value, r.SE.Value)
		}
	}
}

// With short steps the ratio is |1 − κ|.
func TestRejectionsTellTheDriftOfProposals(t *testing.T) {
	for _, kappa := range []float64{1, 0.5, 0, -0.5, -1} {
		r := rejections(t, proposer{kappa, 0.0005}.run(4, 10_000, -1, 0, 2))
		if math.Abs(r.Ratio.Value-(1-kappa)) > 0.05+3*r.SE.Value {
			t.Errorf("κ = %g: the ratio is %.3f ± %.3f, expected %g", kappa, r.Ratio.Value, r.SE.Value, 1-kappa)
		}
	}
}

// Half the step lowers the ratio of the right sign, and not that of the wrong one.
func TestShorterStepsTellTheSign(t *testing.T) {
	before := math.Inf(1)
	for _, epsilon := range []float64{1.2, 0.6, 0.3, 0.15} {
		r := rejections(t, proposer{1, epsilon}.run(4, 5000, -1, 0, 3)).Ratio.Value
		if !(r < before) {
			t.Errorf("ε = %g: the ratio is %.2f, after %.2f with twice the step", epsilon, r, before)
		}
		before = r
		if w := rejections(t, proposer{-1, epsilon}.run(4, 5000, -1, 0, 3)).Ratio.Value; w < 1.6 {
			t.Errorf("ε = %g, wrong sign: the ratio is %.2f, expected about 2", epsilon, w)
		}
	}
	if before > 0.2 {
		t.Errorf("with a short step of the right sign the ratio is %.2f", before)
	}
}

func TestStandardErrorOfTheRatio(t *testing.T) {
	var ratios, errors []float64
	for seed := range uint64(80) {
		r := rejections(t, proposer{-1, 0.1}.run(2, 1500, -1, 0, seed))
		ratios, errors = append(ratios, r.Ratio.Value), append(errors, r.SE.Value)
	}
	if f := average(errors) / spread(ratios); f < 0.7 || f > 1.4 {
		t.Errorf("the standard error is %.2f times the spread of the ratio", f)
	}
}

func TestRejectionsOfShortChains(t *testing.T) {
	// Two moves of |Δ| = ln 3, and two stays: A₀ = 2/(1+3), the ratio is ½/½.
	positions := [][][]float64{{{0, 1, 1, 0, 0}}}
	r := rejections(t, chains.Samples{Positions: positions, LogDensity: [][]float64{{0, math.Log(3), math.Log(3), 0, 0}}})
	expect(t, "acceptance", r.Acceptance, 0.5, 1e-12)
	expect(t, "acceptance of a random walk", r.RandomWalk, 0.5, 1e-12)
	expect(t, "ratio", r.Ratio, 1, 1e-12)
	expectReason(t, "standard error", r.SE, chains.FewMoves)
	if r.Transitions != 4 || r.Moves != 2 {
		t.Errorf("transitions %d, moves %d, expected 4, 2", r.Transitions, r.Moves)
	}
	steep := rejections(t, chains.Samples{Positions: positions, LogDensity: [][]float64{{0, 1e4, 1e4, 0, 0}}})
	expect(t, "acceptance of a random walk", steep.RandomWalk, 0, 1e-12)
	expect(t, "ratio", steep.Ratio, 0.5, 1e-12)
	for want, logP := range map[chains.Reason][]float64{
		chains.FlatDensity: {1, 1, 1, 1, 1}, chains.NonFinite: {math.NaN(), 1, 1, 1, 1},
	} {
		expectReason(t, "ratio", rejections(t, chains.Samples{Positions: positions, LogDensity: [][]float64{logP}}).Ratio, want)
	}
	still := rejections(t, chains.Samples{Positions: [][][]float64{{{1, 1}}}, LogDensity: [][]float64{{0, 0}}})
	expectReason(t, "ratio", still.Ratio, chains.NoMoves)
	expect(t, "acceptance", still.Acceptance, 0, 1e-12)
	one := rejections(t, chains.Samples{Positions: [][][]float64{{{1}, {}}}, LogDensity: [][]float64{{0}, {}}})
	expectReason(t, "ratio", one.Ratio, chains.NoTransition)
}

// One move may be all of the sum: the jackknife has to survive without it.
func TestStandardErrorWithOneSteepMove(t *testing.T) {
	s := proposer{0, 0.3}.run(1, 2000, -1, 0, 5)
	for k := 1000; k < len(s.LogDensity[0]); k++ {
		s.LogDensity[0][k] += 1000
	}
	if r := rejections(t, s); !r.SE.Defined() || math.IsNaN(r.SE.Value) || r.SE.Value > 10 {
		t.Errorf("the standard error is %v (%s)", r.SE.Value, r.SE.Reason)
	}
}
