package chains_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"undercurrent/sim/chains"
)

// directESS is the ESS of the mean of chains in halves.
func directESS(draws [][]float64) float64 {
	var split [][]float64
	for _, chain := range draws {
		n := len(chain)
		split = append(split, chain[:n/2], chain[n-n/2:])
	}
	return float64(len(split)*len(split[0])) / directTime(split)
}

// directTime is τ as section 3.2 of Vehtari et al. (2021) and Geyer (1992) have it: autocovariances
// as sums, first all pairs up to the first whose sum is not positive, then the monotone sequence.
func directTime(split [][]float64) float64 {
	m, n := len(split), len(split[0])
	gamma, means := make([]float64, n), make([]float64, m)
	for i, x := range split {
		means[i] = average(x)
		for k := range n {
			for t := 0; t+k < n; t++ {
				gamma[k] += (x[t] - means[i]) * (x[t+k] - means[i]) / float64(n*m)
			}
		}
	}
	within := gamma[0] * float64(n) / float64(n-1)
	total := gamma[0]
	if m > 1 {
		total += spread(means) * spread(means)
	}
	rho := func(k int) float64 {
		if k == 0 {
			return 1
		}
		return 1 - (within-gamma[k])/total
	}
	var pairs []float64
	end := 0
	for ; end < n-5 && rho(end)+rho(end+1) > 0; end += 2 {
		pairs = append(pairs, rho(end)+rho(end+1))
	}
	for j := 1; j < len(pairs); j++ {
		pairs[j] = math.Min(pairs[j], pairs[j-1])
	}
	tau := -1.0
	for _, p := range pairs {
		tau += 2 * p
	}
	if rho(end) > 0 || rho(end)+rho(end+1) >= 0 {
		tau += rho(end)
	}
	return math.Max(tau, 1/math.Log10(float64(m*n)))
}

func TestESSIsThatOfDirectSums(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for trial := range 600 {
		number, draws := 1+rng.IntN(4), 12+trial/5
		x := autoregressive(number, draws, 2*rng.Float64()-1, uint64(trial))
		expect(t, "ESS", quantity(t, x).ESSMean(), directESS(x), 1e-9)
	}
}

func TestCorrelationsAreThoseOfDirectSums(t *testing.T) {
	for trial := range uint64(40) {
		x := autoregressive(1, 120, float64(trial)/40, trial)
		for _, maxLag := range []int{3, 119} {
			c := quantity(t, x).Correlations(maxLag)[0]
			expect(t, "τ", c.Time, directTime(x), 1e-9)
			if len(c.Rho) != maxLag+1 {
				t.Errorf("there are %d lags, expected %d", len(c.Rho), maxLag+1)
			}
			m := average(x[0])
			var zero, last float64
			for k, v := range x[0] {
				zero += (v - m) * (v - m)
				if k >= maxLag {
					last += (v - m) * (x[0][k-maxLag] - m)
				}
			}
			if got := c.Rho[len(c.Rho)-1]; math.Abs(got-last/zero) > 1e-12 {
				t.Errorf("the autocorrelation at lag %d is %g, expected %g", maxLag, got, last/zero)
			}
		}
	}
}

// Draws that alternate tell more than independent ones; the bound keeps the ESS finite.
func TestESSIsAtMostNLog10N(t *testing.T) {
	x := make([][]float64, 2)
	for i := range x {
		for k := range 100 {
			x[i] = append(x[i], float64(1-2*(k%2)))
		}
	}
	expect(t, "alternating", quantity(t, x).ESSMean(), 200*math.Log10(200), 1e-12)
}

func TestAutocorrelationTimeOfAR1(t *testing.T) {
	for _, rho := range []float64{-0.5, 0, 0.5, 0.9} {
		q := quantity(t, autoregressive(4, 20_000, rho, 7))
		want := (1 + rho) / (1 - rho)
		expect(t, "τ", q.AutocorrelationTime(), want, 0.1)
		expect(t, "ESS", q.ESSMean(), 80_000/want, 0.1)
		expect(t, "bulk ESS", q.ESSBulk(), 80_000/want, 0.1)
		for _, c := range q.Correlations(3) {
			expect(t, "τ of a chain", c.Time, want, 0.25)
			for k, r := range c.Rho {
				if math.Abs(r-math.Pow(rho, float64(k))) > 0.04 {
					t.Errorf("ρ = %g: autocorrelation at lag %d is %g", rho, k, r)
				}
			}
		}
	}
}

// The closed forms are those of independent normal draws.
func TestErrorsOfIndependentNormalDraws(t *testing.T) {
	const n = 80_000
	q := quantity(t, autoregressive(4, n/4, 0, 3))
	expect(t, "MCSE of the mean", q.MCSEMean(), 1/math.Sqrt(n), 0.05)
	expect(t, "MCSE of the sd", q.MCSESD(), 1/math.Sqrt(2*n), 0.05)
	expect(t, "MCSE of the median", q.MCSEQuantile(0.5), math.Sqrt(math.Pi/2/n), 0.1)
	density := math.Exp(-1.6448536*1.6448536/2) / math.Sqrt(2*math.Pi)
	expect(t, "MCSE of the 5 % quantile", q.MCSEQuantile(0.05), math.Sqrt(0.05*0.95/n)/density, 0.1)
	expect(t, "mean", chains.Estimate{Value: 1 + q.Mean().Value}, 1, 0.02)
	expect(t, "sd", q.SD(), 1, 0.02)
	expect(t, "95 % quantile", q.Quantile(0.95), 1.6448536, 0.02)
}

// The standard error is the standard deviation of the mean over repetitions.
func TestMCSEIsTheSpreadOfMeans(t *testing.T) {
	var means, errors []float64
	for seed := range uint64(200) {
		q := quantity(t, autoregressive(4, 250, 0.6, seed))
		means, errors = append(means, q.Mean().Value), append(errors, q.MCSEMean().Value)
	}
	if ratio := average(errors) / spread(means); math.Abs(ratio-1) > 0.15 {
		t.Errorf("the standard error is %.2f times the spread of the means", ratio)
	}
}

func TestESSOfAnIndicatorThatIsNotDefined(t *testing.T) {
	for want, n := range map[chains.Reason]int{chains.FewLags: 11, chains.ConstantIndicator: 12} {
		got, err := chains.ESSIndicator([][]bool{make([]bool, n)})
		if err != nil {
			t.Fatal(err)
		}
		expectReason(t, "ESS", got, want)
	}
}

func TestESSOfAnIndicatorIsThatOfItsMean(t *testing.T) {
	x := autoregressive(3, 101, 0.7, 5)
	got, err := chains.ESSIndicator(positive(x))
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "ESS", got, directESS(mapped(x, func(v float64) float64 {
		if v > 0 {
			return 1
		}
		return 0
	})), 1e-9)
}
