package chains_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"undercurrent/sim/chains"
)

func TestScaleAndShiftLeaveSizesAndScaleErrors(t *testing.T) {
	x := autoregressive(4, 101, 0.5, 1)
	q := quantity(t, x)
	for _, c := range []struct{ scale, shift float64 }{{3, -7}, {1e-300, 0}, {1e300, 0}, {-1, 1e6}} {
		r := quantity(t, mapped(x, func(v float64) float64 { return c.scale*v + c.shift }))
		expect(t, "R̂", r.RHat(), q.RHat().Value, 1e-6)
		expect(t, "basic R̂", r.BasicRHat(), q.BasicRHat().Value, 1e-6)
		expect(t, "ESS", r.ESSMean(), q.ESSMean().Value, 1e-6)
		for name, of := range map[string]func(*chains.Quantity) chains.Estimate{
			"mean": (*chains.Quantity).MCSEMean, "sd": (*chains.Quantity).MCSESD, "deviation": (*chains.Quantity).SD,
		} {
			expect(t, name, chains.Estimate{Value: of(r).Value / math.Abs(c.scale)}, of(q).Value, 1e-6)
		}
	}
}

func TestRanksAreAllThatCounts(t *testing.T) {
	x := autoregressive(4, 60, 0.5, 2)
	q, r := quantity(t, x), quantity(t, mapped(x, math.Exp))
	expect(t, "bulk ESS", r.ESSBulk(), q.ESSBulk().Value, 1e-12)
	expect(t, "tail ESS", r.ESSTail(), q.ESSTail().Value, 1e-12)
}

// Chains with equal means and unequal widths are seen by the folded draws alone.
func TestRHatSeesPlacesAndWidths(t *testing.T) {
	x := autoregressive(4, 2000, 0, 3)
	if r := quantity(t, x).RHat(); !(r.Value < 1.005) {
		t.Errorf("R̂ of one law is %v", r.Value)
	}
	shifted, widened := slices.Clone(x), slices.Clone(x)
	shifted[1] = mapped(x[1:2], func(v float64) float64 { return v + 1 })[0]
	widened[1] = mapped(x[1:2], func(v float64) float64 { return 4 * v })[0]
	if r := quantity(t, shifted).RHat(); !(r.Value > 1.05) {
		t.Errorf("R̂ of a shifted chain is %v", r.Value)
	}
	if r := quantity(t, widened).RHat(); !(r.Value > 1.05) {
		t.Errorf("R̂ of a wide chain is %v", r.Value)
	}
	if r := quantity(t, widened).BasicRHat(); !(r.Value < 1.02) {
		t.Errorf("basic R̂ of a wide chain is %v", r.Value)
	}
	drifting := [][]float64{append(slices.Clone(x[0]), shifted[1]...)}
	if r := quantity(t, drifting).RHat(); !(r.Value > 1.05) {
		t.Errorf("R̂ of one chain that shifts is %v", r.Value)
	}
}

func TestDrawsAreLeftAlone(t *testing.T) {
	x := autoregressive(2, 50, 0, 4)
	before := mapped(x, func(v float64) float64 { return v })
	q := quantity(t, x)
	for _, statistic := range statistics() {
		statistic(q)
	}
	for i := range x {
		if !slices.Equal(x[i], before[i]) {
			t.Errorf("chain %d was changed", i+1)
		}
	}
}

func TestWhatIsNotDefinedSaysWhy(t *testing.T) {
	row := func(x ...float64) [][]float64 { return [][]float64{x} }
	long := autoregressive(2, 20, 0, 5)
	hole := mapped(long, func(v float64) float64 { return v })
	hole[1][7] = math.NaN()
	infinite := mapped(long, func(v float64) float64 { return v })
	infinite[0][0] = math.Inf(-1)
	apart := [][]float64{make([]float64, 20), slices.Repeat([]float64{1}, 20)}
	type q = *chains.Quantity
	for name, c := range map[string]struct {
		draws [][]float64
		of    func(q) chains.Estimate
		want  chains.Reason
	}{
		"R̂ of one chain of one draw": {row(1), q.RHat, chains.FewDraws},
		"R̂ of no draws":              {row(), q.RHat, chains.FewDraws},
		"mean of no draws":            {row(), q.Mean, chains.FewDraws},
		"sd of one draw":              {row(1), q.SD, chains.FewDraws},
		"basic R̂ of 3 draws":         {row(1, 2, 3), q.BasicRHat, chains.FewDraws},
		"ESS of 11 draws":             {row(1, 2, 4, 3, 5, 2, 4, 7, 1, 5, 6), q.ESSMean, chains.FewLags},
		"MCSE of 11 draws":            {row(1, 2, 4, 3, 5, 2, 4, 7, 1, 5, 6), q.MCSEMean, chains.FewLags},
		"R̂ of equal draws":           {row(2, 2, 2, 2, 2, 2), q.RHat, chains.Constant},
		"ESS of equal draws":          {row(2, 2, 2, 2, 2, 2), q.ESSBulk, chains.Constant},
		"R̂ of a hole":                {hole, q.RHat, chains.NonFinite},
		"mean of a hole":              {hole, q.Mean, chains.NonFinite},
		"tail ESS with infinity":      {infinite, q.ESSTail, chains.NonFinite},
		"R̂ of chains at two places":  {apart, q.RHat, chains.ConstantWithin},
		"basic R̂ at two places":      {apart, q.BasicRHat, chains.ConstantWithin},
		"MCSE of sd of two values":    {mapped(apart, func(v float64) float64 { return 3 * v }), q.MCSESD, chains.EqualDeviations},
		"tail ESS of mostly one value": {row(append(make([]float64, 1), slices.Repeat([]float64{1}, 40)...)...),
			q.ESSTail, chains.ConstantIndicator},
	} {
		expectReason(t, name, c.of(quantity(t, c.draws)), c.want)
	}
	expect(t, "R̂ of 4 draws", quantity(t, row(1, 2, 3, 4)).BasicRHat(), math.Sqrt(4.5), 1e-12)
	expect(t, "mean of one draw", quantity(t, row(5)).Mean(), 5, 1e-12)
	expect(t, "mean of equal draws", quantity(t, row(5, 5, 5, 5, 5)).Mean(), 5, 1e-12)
	expect(t, "quantile of equal draws", quantity(t, row(5, 5, 5, 5, 5)).Quantile(0.3), 5, 1e-12)
	expect(t, "sd of equal draws", quantity(t, row(5, 5, 5, 5, 5)).SD(), 0, 1e-12)
}

// Half of the draws are at each of two values: all are equally far from the median.
func TestRHatOfTwoValuesIsThatOfTheDrawsAlone(t *testing.T) {
	x := [][]float64{{0, 1, 0, 1, 0, 1, 1, 0}, {1, 1, 0, 0, 0, 0, 1, 1}}
	expect(t, "R̂", quantity(t, x).RHat(), quantity(t, x).BasicRHat().Value, 1e-12)
}

func TestCorrelationsOfAChainThatIsConstant(t *testing.T) {
	x := autoregressive(2, 30, 0, 6)
	x[1] = slices.Repeat([]float64{0.5}, 30)
	c := quantity(t, x).Correlations(100)
	if len(c[0].Rho) != 30 || c[0].Rho[0] != 1 {
		t.Errorf("there are %d lags, the first of %v, expected 30 and 1", len(c[0].Rho), c[0].Rho[0])
	}
	expectReason(t, "τ", c[1].Time, chains.Constant)
	if c[1].Rho != nil {
		t.Errorf("a constant chain has autocorrelations %v", c[1].Rho)
	}
	expectReason(t, "τ of few draws", quantity(t, [][]float64{{1, 2}}).Correlations(1)[0].Time, chains.FewDraws)
	expectReason(t, "τ of 5 draws", quantity(t, [][]float64{{1, 2, 1, 3, 2}}).Correlations(1)[0].Time, chains.FewLags)
}

func TestChainsOfUnequalLengthsAreNamed(t *testing.T) {
	_, err := chains.NewQuantity([][]float64{make([]float64, 100), make([]float64, 100), make([]float64, 80)})
	var unequal *chains.UnequalLengthsError
	if !errors.As(err, &unequal) || err.Error() != "chains have 100, 100, 80 draws, expected equal lengths" {
		t.Errorf("the error is %v", err)
	}
	if _, err := chains.NewQuantity(nil); !errors.Is(err, chains.ErrNoChains) {
		t.Errorf("without chains the error is %v", err)
	}
	if _, err := chains.ESSIndicator([][]bool{{true}, {}}); !errors.As(err, &unequal) {
		t.Errorf("of an indicator the error is %v", err)
	}
	many := make([][]float64, 12)
	many[11] = []float64{1}
	_, err = chains.NewQuantity(many)
	if want := "chains have 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, … draws, expected equal lengths"; err == nil || err.Error() != want {
		t.Errorf("of twelve chains the error is %v", err)
	}
}
