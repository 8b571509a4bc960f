package chains_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"undercurrent/sim/chains"
)

func visits(t *testing.T, regions [][]int, k int) chains.Visits {
	t.Helper()
	v, err := chains.NewVisits(regions, k)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// hops makes chains of a Markov chain on regions with given probabilities.
func hops(number, draws int, p [][]float64, seed uint64) [][]int {
	all := make([][]int, number)
	for i := range all {
		rng := rand.New(rand.NewPCG(seed, uint64(i)))
		at := rng.IntN(len(p))
		for range draws {
			all[i] = append(all[i], at)
			for u, next := rng.Float64(), 0; ; next++ {
				if u -= p[at][next]; u < 0 || next == len(p)-1 {
					at = next
					break
				}
			}
		}
	}
	return all
}

func TestVisitsOfAShortChain(t *testing.T) {
	// Draws:             0  1   2  3  4  5  6  7   8  9
	v := visits(t, [][]int{{0, 0, -1, 1, 1, 2, 0, 1, -1, 1}, {2, -1, 2, 2}, {-1}, {}}, 3)
	if c := v.Chains[0]; !slices.Equal(c.Counts, []int{3, 4, 1}) || c.Outside != 2 || c.Only != -1 {
		t.Errorf("the first chain is %+v", c)
	}
	for i, only := range []int{-1, 2, -1, -1} {
		if v.Chains[i].Only != only {
			t.Errorf("chain %d: only region %d, expected %d", i+1, v.Chains[i].Only, only)
		}
	}
	for a, row := range [][]int{{0, 2, 0}, {0, 0, 1}, {1, 0, 0}} {
		if !slices.Equal(v.Transitions[a], row) {
			t.Errorf("transitions from %d are %v, expected %v", a, v.Transitions[a], row)
		}
	}
	// From 0 by way of 1: draws 0 to 6. From 1 by way of 0, and of 2: 3 to 7.
	for _, c := range []struct{ a, b, n, length int }{{0, 1, 1, 6}, {0, 2, 1, 6}, {1, 0, 1, 4}, {1, 2, 1, 4}} {
		trips := v.RoundTrips[c.a][c.b]
		if trips.Number != c.n {
			t.Errorf("%d by way of %d: %d round trips, expected %d", c.a, c.b, trips.Number, c.n)
		}
		expect(t, "length", trips.MeanLength, float64(c.length), 1e-12)
	}
	expectReason(t, "2 by way of 0", v.RoundTrips[2][0].MeanLength, chains.NoRoundTrip)
	expect(t, "share", v.Chains[0].Share(1), 0.4, 1e-12)
	expectReason(t, "share of no draws", v.Chains[3].Share(0), chains.NoDraws)
}

// To have been at the turning point before the start does not count.
func TestRoundTripsBeginAtTheirStart(t *testing.T) {
	v := visits(t, [][]int{{1, 0, 2, 0}}, 3)
	expectReason(t, "0 by way of 1", v.RoundTrips[0][1].MeanLength, chains.NoRoundTrip)
	expect(t, "0 by way of 2", v.RoundTrips[0][2].MeanLength, 2, 1e-12)
}

// A trip of a chain does not end in the next one.
func TestRoundTripsEndWithTheirChain(t *testing.T) {
	v := visits(t, [][]int{{0, 1}, {0, 1}}, 2)
	expectReason(t, "trip", v.RoundTrips[0][1].MeanLength, chains.NoRoundTrip)
}

// The commute time of a random walk on a network is its total conductance, both ways, times the
// resistance between the ends: Chandra et al. (1989), The electrical resistance of a graph
// captures its commute and cover times.
func TestRoundTripsAreCommuteTimes(t *testing.T) {
	// Conductances 0–1: 1, 1–2: 2, and loops 4, 3, 6.
	conductance := [][]float64{{4, 1, 0}, {1, 3, 2}, {0, 2, 6}}
	p, total := make([][]float64, 3), 0.0
	for a, row := range conductance {
		sum := 0.0
		for _, c := range row {
			sum += c
		}
		total += sum
		for _, c := range row {
			p[a] = append(p[a], c/sum)
		}
	}
	v := visits(t, hops(4, 50_000, p, 1), 3)
	for _, c := range []struct {
		a, b       int
		resistance float64
	}{{0, 1, 1}, {1, 0, 1}, {1, 2, 0.5}, {0, 2, 1.5}, {2, 0, 1.5}} {
		expect(t, "commute time", v.RoundTrips[c.a][c.b].MeanLength, total*c.resistance, 0.03)
	}
	if v.Transitions[0][2] != 0 || v.Transitions[2][0] != 0 {
		t.Errorf("there are transitions between regions that do not touch: %v", v.Transitions)
	}
}

func TestRegionsThatDoNotExistAreErrors(t *testing.T) {
	_, err := chains.NewVisits([][]int{{0}, {0, 3}}, 3)
	if err == nil || err.Error() != "chain 2, draw 2: the region is 3, expected -1 to 2" {
		t.Errorf("the error is %v", err)
	}
	if _, err := chains.NewVisits([][]int{{-2}}, 3); err == nil {
		t.Error("there is no error for region -2")
	}
	if _, err := chains.NewVisits(nil, 3); !errors.Is(err, chains.ErrNoChains) {
		t.Errorf("without chains the error is %v", err)
	}
}

func TestZScoresOfRegionsAreStandardNormal(t *testing.T) {
	p := [][]float64{{0.9, 0.1}, {0.2, 0.8}} // stationary: ⅔, ⅓
	var scores []float64
	for seed := range uint64(300) {
		m, err := chains.NewRegionMasses(hops(4, 300, p, seed), []float64{2. / 3, 1. / 3})
		if err != nil {
			t.Fatal(err)
		}
		scores = append(scores, m[0].Z.Value)
		if !near(m[0].Share+m[1].Share, 1, 1e-12) || !near(m[0].Z.Value, -m[1].Z.Value, 1e-6) {
			t.Errorf("two regions are not complementary: %+v", m)
		}
	}
	if m, s := average(scores), spread(scores); math.Abs(m) > 0.2 || math.Abs(s-1) > 0.15 {
		t.Errorf("z has mean %.2f and sd %.2f, expected 0 and 1", m, s)
	}
	// The integrated time of this chain is (1+0.7)/(1−0.7).
	m, err := chains.NewRegionMasses(hops(4, 50_000, p, 1), []float64{0.5, 0.5})
	if err != nil {
		t.Fatal(err)
	}
	n := 200_000 * 0.3 / 1.7
	expect(t, "ESS", m[0].ESS, n, 0.1)
	expect(t, "z of a wrong mass", m[0].Z, (m[0].Share-0.5)/math.Sqrt(0.25/m[0].ESS.Value), 1e-12)
}

func TestZScoresThatAreNotDefined(t *testing.T) {
	regions := [][]int{make([]int, 40)}
	for k := range 10 {
		regions[0][3*k] = 1
	}
	m, err := chains.NewRegionMasses(regions, []float64{0, 0.5, 0.5})
	if err != nil {
		t.Fatal(err)
	}
	expectReason(t, "no target mass", m[0].Z, chains.CertainMass)
	expectReason(t, "no visit", m[2].Z, chains.ConstantIndicator)
	m, err = chains.NewRegionMasses([][]int{{0, 1, 0}}, []float64{0.5, 0.5})
	if err != nil {
		t.Fatal(err)
	}
	expectReason(t, "few draws", m[0].Z, chains.FewLags)
	for _, c := range []struct {
		regions [][]int
		masses  []float64
	}{{[][]int{{0}}, []float64{1.5}}, {[][]int{{0}}, []float64{math.NaN()}}, {[][]int{{1}}, []float64{1}}, {[][]int{{0}, {}}, []float64{1}}, {[][]int{{}}, []float64{1}}} {
		if _, err := chains.NewRegionMasses(c.regions, c.masses); err == nil {
			t.Errorf("there is no error for %v, %v", c.regions, c.masses)
		}
	}
}

func TestPairsAreThoseThatChainsCross(t *testing.T) {
	v, err := chains.NewVisits([][]int{{0, 1, 1, 0, 2, 0, 1}, {1, 0, 1}}, 4)
	if err != nil {
		t.Fatal(err)
	}
	list := v.Pairs()
	if len(list) != 2 || list[0].A != 0 || list[0].B != 1 || list[0].Transitions != 5 || list[1].B != 2 || list[1].Transitions != 2 {
		t.Fatalf("the pairs are %+v", list)
	}
	// From the first draw in 0 to the second, and to the third by way of 2.
	if trips := list[0].RoundTrips; trips.Number != 1 || trips.MeanLength.Value != 3 {
		t.Errorf("between 0 and 1 there are %+v", trips)
	}
	if trips := list[1].RoundTrips; trips.Number != 1 || trips.MeanLength.Value != 5 {
		t.Errorf("between 0 and 2 there are %+v", trips)
	}
}
