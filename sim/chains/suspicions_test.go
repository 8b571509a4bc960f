package chains_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"undercurrent/sim/chains"
)

func suspicions(t *testing.T, s chains.Samples) []chains.Suspicion {
	t.Helper()
	all, err := chains.Suspicions(s)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func kinds(all []chains.Suspicion) (k []chains.Kind) {
	for _, s := range all {
		k = append(k, s.Kind)
	}
	return k
}

// Four samplers with one law: a right one, one whose gradient has the wrong sign in proposal and
// correction, one with a step ten times too short (in ε, and in length), one with a chain that
// stops.
func TestSamplersAreToldApart(t *testing.T) {
	for name, c := range map[string]struct {
		p           proposer
		stuck, stop int
		want        []chains.Kind
	}{
		"right":                {proposer{1, 0.3}, -1, 0, nil},
		"random walk":          {proposer{0, 0.3}, -1, 0, nil},
		"wrong sign":           {proposer{-1, 0.3}, -1, 0, []chains.Kind{chains.AgainstGradient}},
		"short, wrong sign":    {proposer{-1, 0.08}, -1, 0, []chains.Kind{chains.AgainstGradient}},
		"short step":           {proposer{1, 0.03}, -1, 0, []chains.Kind{chains.ShortMoves}},
		"very short step":      {proposer{1, 0.003}, -1, 0, []chains.Kind{chains.ShortMoves}},
		"short and wrong":      {proposer{-1, 0.003}, -1, 0, []chains.Kind{chains.ShortMoves, chains.AgainstGradient}},
		"long step":            {proposer{1, 2.5}, -1, 0, []chains.Kind{chains.RareMoves}},
		"long random walk":     {proposer{0, 5}, -1, 0, nil},
		"stuck":                {proposer{1, 0.3}, 2, 3000, []chains.Kind{chains.Frozen}},
		"stuck from the first": {proposer{1, 0.3}, 0, 0, []chains.Kind{chains.Frozen}},
		"stuck and wrong":      {proposer{-1, 0.3}, 1, 3000, []chains.Kind{chains.Frozen, chains.AgainstGradient}},
	} {
		for seed := range uint64(3) {
			s := c.p.run(4, 4000, c.stuck, c.stop, seed)
			s.Regions = nil // with short steps a chain may rightly be trapped
			all := suspicions(t, s)
			if !slices.Equal(kinds(all), c.want) {
				t.Errorf("%s, seed %d: %v, expected %v", name, seed, all, c.want)
			}
			if c.stuck >= 0 && len(all) > 0 && all[0].Chain != c.stuck {
				t.Errorf("%s: chain %d is suspected, expected %d", name, all[0].Chain+1, c.stuck+1)
			}
		}
	}
}

func TestOneChainThatStopsIsFrozen(t *testing.T) {
	x := slices.Repeat([]float64{1}, 1000)
	if all := suspicions(t, chains.Samples{Positions: [][][]float64{{x}}}); !slices.Equal(kinds(all), []chains.Kind{chains.Frozen}) || all[0].Statistic != 1 {
		t.Errorf("a chain that never moves: %v", all)
	}
	for k := range 10 {
		x[k] = float64(-k)
	}
	if all := suspicions(t, chains.Samples{Positions: [][][]float64{{x}}}); !slices.Equal(kinds(all), []chains.Kind{chains.Frozen}) {
		t.Errorf("a chain that stops after 10 moves: %v", all)
	}
	// Little is said of few draws.
	for n := range 30 {
		still := slices.Repeat([]float64{1}, n+1)
		if all := suspicions(t, chains.Samples{Positions: [][][]float64{{still}}, LogDensity: [][]float64{still}}); len(all) != 0 {
			t.Errorf("a short chain: %v", all)
		}
	}
	short := make([]float64, 150)
	for k := range short {
		short[k] = 1e-3 * float64(k%2)
	}
	if all := suspicions(t, chains.Samples{Positions: [][][]float64{{short}}, LogDensity: [][]float64{short}}); len(all) != 0 {
		t.Errorf("a short chain of short moves: %v", all)
	}
	// Rejections in a row are no stop.
	if all := suspicions(t, chains.Samples{Positions: [][][]float64{{{1, 1, 1, 2, 2, 3, 3, 3, 3, 4}}}}); len(all) != 0 {
		t.Errorf("a short chain: %v", all)
	}
}

// The rates are those of the case for which the thresholds were chosen.
func TestRightAndWrongSignHaveTheRatesOfTheCase(t *testing.T) {
	for _, c := range []struct{ kappa, acceptance, lag1 float64 }{{1, 0.83, 0.92}, {-1, 0.28, 0.98}} {
		s := proposer{c.kappa, 0.3}.run(4, 10_000, -1, 0, 4)
		if a := rejections(t, s).Acceptance.Value; math.Abs(a-c.acceptance) > 0.02 {
			t.Errorf("κ = %g: acceptance is %.3f, expected %.2f", c.kappa, a, c.acceptance)
		}
		if r := quantity(t, s.Positions[0]).Correlations(1)[0].Rho[1]; math.Abs(r-c.lag1) > 0.015 {
			t.Errorf("κ = %g: the lag-1 autocorrelation is %.3f, expected %.2f", c.kappa, r, c.lag1)
		}
	}
}

// alternating makes chains that change between regions a and b with a probability at each draw, and
// move at every draw.
func alternating(number, draws int, switching float64, seed uint64) chains.Samples {
	p := [][]float64{{1 - switching, switching}, {switching, 1 - switching}}
	return chains.Samples{
		Positions: [][][]float64{autoregressive(number, draws, 0.5, seed)}, Regions: hops(number, draws, p, seed), RegionCount: 2,
	}
}

func TestAChainInARegionThatOthersLeaveIsTrapped(t *testing.T) {
	for seed := range uint64(5) {
		s := alternating(4, 2000, 0.05, seed)
		if all := suspicions(t, s); len(all) != 0 {
			t.Errorf("chains that change regions are suspected: %v", all)
		}
		s.Regions[3] = slices.Repeat([]int{1}, 2000)
		all := suspicions(t, s)
		if len(all) != 1 || all[0].Kind != chains.Trapped || all[0].Chain != 3 || all[0].Region != 1 {
			t.Errorf("a trapped chain is not alone: %v", all)
		}
	}
	// Of a chain that is frozen as well, that it is trapped says no more.
	s := alternating(4, 2000, 0.05, 1)
	s.Regions[0], s.Regions[3] = slices.Repeat([]int{0}, 2000), slices.Repeat([]int{1}, 2000)
	s.Positions[0][0] = slices.Repeat([]float64{1}, 2000)
	all := suspicions(t, s)
	if !slices.Equal(kinds(all), []chains.Kind{chains.Frozen, chains.Trapped}) || all[0].Chain != 0 || all[1].Chain != 3 {
		t.Errorf("one frozen and one trapped chain: %v", all)
	}
}

// Short chains may be in one region by chance; of chains that are all in one, none is special.
func TestChanceDoesNotTrap(t *testing.T) {
	s := alternating(4, 40, 0.02, 3)
	for i := range s.Regions {
		s.Regions[i] = slices.Repeat([]int{0}, 40)
	}
	if all := suspicions(t, s); len(all) != 0 {
		t.Errorf("chains in one region are suspected: %v", all)
	}
	for i := range s.Regions[0] {
		s.Regions[0][i] = -1
	}
	if all := suspicions(t, s); len(all) != 0 {
		t.Errorf("chains in one region or in none are suspected: %v", all)
	}
	s.Regions[0] = slices.Repeat([]int{0}, 40)
	for i, change := range []int{15, 25} {
		copy(s.Regions[i][change:], slices.Repeat([]int{1}, 40-change))
	}
	if all := suspicions(t, s); len(all) != 0 {
		t.Errorf("short chains are suspected: %v", all)
	}
}

// What all other chains together are worth does not count, but what one of them is.
func TestAChanceIsThatOfOneChain(t *testing.T) {
	for seed := range uint64(5) {
		s := alternating(5, 200, 0.03, seed)
		s.Regions[0] = slices.Repeat([]int{1}, 200)
		if all := suspicions(t, s); len(all) != 0 {
			t.Errorf("a chain that may stay by chance: %v", all)
		}
	}
}

func TestChainsInDifferentRegionsAreTrapped(t *testing.T) {
	s := alternating(4, 40, 0.5, 3)
	s.Regions[2] = slices.Repeat([]int{2}, 40)
	s.RegionCount = 3
	if all := suspicions(t, s); len(all) != 1 || all[0].Chain != 2 || all[0].Statistic != 0 {
		t.Errorf("a chain where no other is: %v", all)
	}
	for i := range s.Regions {
		s.Regions[i] = slices.Repeat([]int{i / 2}, 40)
	}
	if all := suspicions(t, s); !slices.Equal(kinds(all), slices.Repeat([]chains.Kind{chains.Trapped}, 4)) {
		t.Errorf("two chains in each of two regions: %v", all)
	}
}

func TestSuspicionsAreSentences(t *testing.T) {
	for _, c := range []struct {
		s    chains.Suspicion
		want string
	}{
		{chains.Suspicion{Kind: chains.Frozen, Chain: 2, Statistic: 0.4, N: 4999}, "chain 3 stays at one draw for 40 % of its 4999 transitions"},
		{chains.Suspicion{Kind: chains.Trapped, Region: 1, Statistic: 3e-5, N: 5000}, "chain 1 never left region 1 in 5000 draws"},
		{chains.Suspicion{Kind: chains.RareMoves, Statistic: 0.02, Threshold: 0.1, N: 99}, "moves are rare: 2.0 % of 99 proposals are accepted, expected at least 10 %"},
		{chains.Suspicion{Kind: chains.ShortMoves, Statistic: 0.94, Threshold: 0.75, N: 99}, "moves are short: 94 % of 99 proposals"},
		{chains.Suspicion{Kind: chains.AgainstGradient, Statistic: 2.08, SE: 0.05, Threshold: 1.5, N: 99}, "rejected 2.08 ± 0.05 times"},
		{chains.Suspicion{Kind: "other"}, "other"},
	} {
		if got := c.s.String(); !strings.Contains(got, c.want) {
			t.Errorf("the sentence is %q, expected %q in it", got, c.want)
		}
	}
}

func TestSuspicionsOfWhatIsNoTable(t *testing.T) {
	var unequal *chains.UnequalLengthsError
	if _, err := chains.Suspicions(chains.Samples{Positions: [][][]float64{{{1}, {1, 2}}}}); !errors.As(err, &unequal) {
		t.Errorf("the error is %v", err)
	}
	for name, s := range map[string]chains.Samples{
		"no coordinates":   {},
		"other densities":  {Positions: [][][]float64{{{1, 2}}}, LogDensity: [][]float64{{1}}},
		"other regions":    {Positions: [][][]float64{{{1, 2}}}, Regions: [][]int{{0}}, RegionCount: 1},
		"unknown region":   {Positions: [][][]float64{{{1, 2}}}, Regions: [][]int{{0, 1}}, RegionCount: 1},
		"negative regions": {Positions: [][][]float64{{{1, 2}}}, Regions: [][]int{{0, -2}}, RegionCount: 1},
	} {
		if _, err := chains.Suspicions(s); err == nil {
			t.Errorf("%s: there is no error", name)
		}
	}
	for name, x := range map[string][]float64{"no draws": {}, "one draw": {1}, "a hole": {1, math.NaN(), 2}} {
		s := chains.Samples{Positions: [][][]float64{{x}}, LogDensity: [][]float64{x}}
		if all := suspicions(t, s); len(all) != 0 {
			t.Errorf("%s: %v", name, all)
		}
	}
}
