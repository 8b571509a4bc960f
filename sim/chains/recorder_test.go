package chains_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"undercurrent/sim/chains"
)

// metropolis are random walks on a Gaussian of two dimensions, with its log density and the quadrants as regions. A chain
// may stand still from a draw on.
func metropolis(number, draws, still int) chains.Samples {
	s := chains.Samples{Positions: [][][]float64{nil, nil}, RegionCount: 4}
	for c := range number {
		rng := rand.New(rand.NewPCG(5, uint64(c)))
		x, y := rng.NormFloat64(), rng.NormFloat64()
		var xs, ys, logs []float64
		var regions []int
		for t := range draws {
			u, v := x+rng.NormFloat64(), y+rng.NormFloat64()
			if math.Log(rng.Float64()) < (x*x+y*y-u*u-v*v)/2 && (c > 0 || t < still) {
				x, y = u, v
			}
			region := 0
			if x > 0 {
				region++
			}
			if y > 0 {
				region += 2
			}
			xs, ys, logs, regions = append(xs, x), append(ys, y), append(logs, -(x*x+y*y)/2), append(regions, region)
		}
		s.Positions[0], s.Positions[1] = append(s.Positions[0], xs), append(s.Positions[1], ys)
		s.LogDensity, s.Regions = append(s.LogDensity, logs), append(s.Regions, regions)
	}
	return s
}

// stepOf are the draws of all chains at a time.
func stepOf(s chains.Samples, t int) chains.Step {
	step := chains.Step{LogDensity: at(s.LogDensity, t), Regions: at(s.Regions, t)}
	for _, x := range s.Positions {
		step.Positions = append(step.Positions, at(x, t))
	}
	return step
}

func at[T any](chains [][]T, t int) (all []T) {
	for _, chain := range chains {
		all = append(all, chain[t])
	}
	return all
}

// recorded records some draws of each chain.
func recorded(s chains.Samples, draws, limit int) *chains.Record {
	r := chains.NewRecorder(len(s.LogDensity), 2, limit, true, s.RegionCount)
	for t := range draws {
		r.Add(stepOf(s, t))
	}
	return r.Record()
}

// What needs consecutive draws is that of all draws, however few are kept; those are every 2^k-th one.
func TestThinnedChainsMoveAsAllDrawsDo(t *testing.T) {
	const limit = 64
	all := metropolis(5, 3000, 1e9)
	for _, draws := range []int{1, 2, 63, 64, 65, 127, 128, 129, 1000, 3000} {
		r, whole := recorded(all, draws, limit), metropolis(5, draws, 1e9)
		kept := len(r.Positions[0][0])
		if r.Draws != draws || kept != (draws+r.Every-1)/r.Every || kept > limit || draws > limit && kept <= limit/2 || r.Every > 1 != (draws > limit) {
			t.Fatalf("of %d draws %d are kept, every %d", draws, kept, r.Every)
		}
		for k := range kept {
			if got, want := stepOf(r.Samples, k), stepOf(all, k*r.Every); !reflect.DeepEqual(got, want) {
				t.Fatalf("draw %d of %d is %v, expected %v", k, draws, got, want)
			}
		}
		visits, err := r.Visits()
		want, _ := chains.NewVisits(whole.Regions, 4)
		if err != nil || !reflect.DeepEqual(withoutNaN(visits), withoutNaN(want)) {
			t.Errorf("of %d draws the visits are %+v, expected %+v (%v)", draws, visits, want, err)
		}
		moves, _ := r.Moves()
		wantMoves, _ := chains.NewMoves(whole.Positions)
		for c, m := range moves {
			w := wantMoves[c]
			if m.Transitions != w.Transitions || m.Number() != w.Number() || m.LongestStay != w.LongestStay || !same(m.Acceptance, w.Acceptance) || !same(m.MeanLength, w.MeanLength) {
				t.Errorf("of %d draws chain %d has %+v, expected %+v", draws, c, m, w)
			}
			if a, b := m.LengthQuantile(0.5), w.LengthQuantile(0.5); a.Defined() && draws >= 1000 && math.Abs(a.Value-b.Value) > 0.6 {
				t.Errorf("of %d draws the median move is %v, expected about %v", draws, a, b)
			}
		}
		rejections, _ := r.Rejections()
		wantRejections, _ := chains.NewRejections(whole.Positions, whole.LogDensity)
		if rejections.Transitions != wantRejections.Transitions || rejections.Moves != wantRejections.Moves || !same(rejections.Ratio, wantRejections.Ratio) || draws > 1000 && !near(rejections.SE.Value, wantRejections.SE.Value, 0.3) {
			t.Errorf("of %d draws there is %+v, expected %+v", draws, rejections, wantRejections)
		}
		if r.Thinned() {
			for k, x := range append(slices.Clip(whole.Positions), whole.LogDensity) {
				of := k
				if k == 2 {
					of = chains.OfLogDensity
				}
				rho := 0.0
				for _, c := range quantity(t, x).Correlations(1) {
					rho += c.Rho[1] / 5
				}
				expect(t, "lag 1", r.Lag1(of), rho, 1e-9)
			}
		}
	}
}

// same reports whether two estimates agree but for the order of sums.
func same(a, b chains.Estimate) bool {
	return a.Reason == b.Reason && (!a.Defined() || near(a.Value, b.Value, 1e-9))
}

// withoutNaN are visits that can be compared.
func withoutNaN(v chains.Visits) chains.Visits {
	for _, row := range v.RoundTrips {
		for k := range row {
			if row[k].Number == 0 {
				row[k].MeanLength.Value = 0
			}
		}
	}
	return v
}

// The autocorrelation time is that in draws, (1+ρ)/(1−ρ), also where draws are thinned by more than it.
func TestTheTimeOfThinnedDrawsIsInDraws(t *testing.T) {
	for _, rho := range []float64{0, 0.5, 0.9, -0.5} {
		const draws, limit = 1 << 15, 1 << 10
		x := autoregressive(8, draws, rho, 2)
		r := chains.NewRecorder(8, 1, limit, false, 0)
		for k := range draws {
			r.Add(chains.Step{Positions: [][]float64{at(x, k)}})
		}
		record := r.Record()
		if record.Every != 32 {
			t.Fatalf("every %d", record.Every)
		}
		q := quantity(t, record.Positions[0])
		expect(t, "the time of thinned draws", record.Time(0, q), (1+rho)/(1-rho), 0.1)
		if all := quantity(t, x); rho == 0.5 {
			expect(t, "the time", record.Time(0, q), all.AutocorrelationTime().Value, 0.1)
		}
	}
	constant := chains.NewRecorder(2, 1, 16, false, 0)
	for k := range 200 {
		constant.Add(chains.Step{Positions: [][]float64{{1 - 2*float64(k%2), 1}}})
	}
	// Chain 1 alternates: thinned it stands still, and the means of its blocks are 0.
	record := constant.Record()
	if time := record.Time(0, quantity(t, record.Positions[0])); time.Defined() {
		t.Errorf("the time is %v", time)
	}
	expect(t, "lag 1", record.Lag1(0), -1, 0.01)
}

// What is suspected of thinned chains is what is suspected of all their draws.
func TestThinnedChainsAreSuspectedAlike(t *testing.T) {
	for _, still := range []int{1e9, 2000} {
		all := metropolis(4, 4000, still)
		want, err := chains.Suspicions(all)
		if err != nil {
			t.Fatal(err)
		}
		got, err := chains.Suspicions(recorded(all, 4000, 256).Samples)
		if err != nil || len(got) != len(want) || (still < 1e9) != (len(got) > 0) {
			t.Fatalf("suspected is %v, expected %v (%v)", got, want, err)
		}
		for k := range got {
			if got[k].Kind != want[k].Kind || got[k].Chain != want[k].Chain || got[k].N != want[k].N || !near(got[k].Statistic, want[k].Statistic, 1e-9) {
				t.Errorf("suspected is %v, expected %v", got[k], want[k])
			}
		}
	}
}

// A chain that leaves its region only between the draws that are kept has not stayed there.
func TestAVisitBetweenKeptDrawsIsSeen(t *testing.T) {
	r := chains.NewRecorder(2, 1, 4, false, 2)
	for k := range 64 {
		region := 0
		if k%16 == 7 {
			region = 1
		}
		r.Add(chains.Step{Positions: [][]float64{{float64(k), float64(-k)}}, Regions: []int{region, 0}})
	}
	record := r.Record()
	v, err := record.Visits()
	if err != nil || slices.Contains(record.Regions[0], 1) || v.Chains[0].Only != -1 || v.Chains[1].Only != 0 || v.Transitions[0][1] != 4 || v.RoundTrips[1][0].Number != 3 || v.RoundTrips[1][0].MeanLength.Value != 16 {
		t.Errorf("the visits are %+v (%v)", v, err)
	}
}

// A log density that is not finite leaves the rejections undefined, as for all draws.
func TestThinnedRejectionsNeedFiniteDensities(t *testing.T) {
	all := metropolis(3, 500, 1e9)
	all.LogDensity[1][333] = math.Inf(-1)
	got, err := recorded(all, 500, 32).Rejections()
	want, _ := chains.NewRejections(all.Positions, all.LogDensity)
	if err != nil || got.Ratio.Reason != chains.NonFinite || want.Ratio.Reason != chains.NonFinite {
		t.Errorf("the rejections are %+v, expected %+v (%v)", got, want, err)
	}
}
