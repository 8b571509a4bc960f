package catalogue

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
	"undercurrent/scenarios/internal/scenariotest"
)

// drawn are points of the data themselves.
func drawn(d Dataset, n int) []scenarios.Point {
	points := make([]scenarios.Point, n)
	d.draws(points, scenariotest.Seeded(31))
	return points
}

// Each moon is half a circle of radius 2, the upper one about (−1, −0.2), the lower one
// about (1, 0.8), and has half of the points. The noise is 0.2.
func TestMoonsLieOnTheirCircles(t *testing.T) {
	// away is the distance of a point from the half circle above the origin.
	away := func(x, y float64) float64 {
		if y < 0 {
			return math.Hypot(math.Abs(x)-2, y)
		}
		return math.Abs(math.Hypot(x, y) - 2)
	}
	const n = 20_000
	upper := 0.0
	for _, p := range drawn(Moons, n) {
		ofUpper, ofLower := away(p.X+1, p.Y+0.2), away(p.X-1, 0.8-p.Y)
		if min(ofUpper, ofLower) > 1.1 {
			t.Fatalf("%v is on neither moon", p)
		}
		if ofUpper < ofLower {
			upper++
		}
	}
	if math.Abs(upper/n-0.5) > 0.02 {
		t.Errorf("the upper moon has %.3f of the points", upper/n)
	}
}

// A square of two units is filled where the sum of its counts from the lower left is even.
func TestTheCheckerboardFillsEverySecondSquare(t *testing.T) {
	counts := map[[2]int]int{}
	for _, p := range drawn(Checkerboard, 16_000) {
		i, j := int(math.Floor(p.X/2)), int(math.Floor(p.Y/2))
		if (i+j)%2 != 0 || i < -2 || i > 1 || j < -2 || j > 1 {
			t.Fatalf("%v is on a white square", p)
		}
		counts[[2]int{i, j}]++
	}
	for square, n := range counts {
		if math.Abs(float64(n)-2000) > 5*math.Sqrt(2000) {
			t.Errorf("square %v has %d of 16000 points", square, n)
		}
	}
	if len(counts) != 8 {
		t.Errorf("%d squares are filled", len(counts))
	}
}

// Undone, the turn of the arm k = 0 … 4 leads every point to N(1, 0.3²) along one of five
// rays, and as often to each.
func TestThePinwheelHasFiveArms(t *testing.T) {
	var along, across [5]float64
	const n = 50_000
	for _, p := range drawn(Pinwheel, n) {
		// r is the distance along the arm but for a few hundredths.
		r := math.Hypot(p.X, p.Y) / 2
		angle := -math.Atan2(p.Y, p.X) - math.Exp(r)/4
		k := math.Round(angle / (2 * math.Pi / 5))
		along[(int(k)+10)%5]++
		across[0] += square(r*(angle-k*2*math.Pi/5)) / n
	}
	for k, count := range along {
		if math.Abs(count-n/5) > 5*math.Sqrt(n/5) {
			t.Errorf("arm %d has %g of %d points", k, count, n)
		}
	}
	if d := math.Sqrt(across[0]); math.Abs(d-0.1) > 0.03 {
		t.Errorf("the arms are %.3f wide", d)
	}
}

// Along a spiral the angle falls by one where the distance from the middle, times three,
// grows by one; the noise is a tenth of the gap between the turns, 2π/3.
func TestSpiralsHaveThreeHalfTurns(t *testing.T) {
	const n = 20_000
	near := 0.0
	for _, p := range drawn(TwoSpirals, n) {
		r := 3 * math.Hypot(p.X, p.Y)
		if r > 3*math.Pi+2.5 {
			t.Fatalf("%v is beyond the spirals' ends", p)
		}
		off := math.Abs(math.Remainder(math.Atan2(p.Y, p.X)+r, math.Pi))
		if off < 1 || r < 2 {
			near++
		}
	}
	if near < 0.97*n {
		t.Errorf("%g of %d points are near a spiral", near, n)
	}
}

// Drawn one after the other, the quarters begin where they do when they are drawn at once.
func TestQuartersOfTheDrawsContinueEachOther(t *testing.T) {
	quarter := make([]scenarios.Point, datasetPoints/4)
	for d, states := range quarters {
		if seed := [2]uint64{uint64(d), 1}; states[0] != seed {
			t.Errorf("data set %d begins with %#x, expected its number and 1, %#x", d, states[0], seed)
		}
		pcg := rand.NewPCG(uint64(d), 1)
		for k, state := range states {
			if got := stateOf(t, pcg); got != state {
				t.Errorf("data set %d, quarter %d: the state is %#x, expected %#x as drawn", d, k, state, got)
			}
			Dataset(d).draws(quarter, rand.New(pcg))
		}
	}
}

// stateOf is what rand.NewPCG takes for a generator in the same state.
func stateOf(t *testing.T, pcg *rand.PCG) [2]uint64 {
	t.Helper()
	text, err := pcg.MarshalBinary()
	if err != nil || len(text) < 16 {
		t.Fatalf("the state of a generator is %q, error %v", text, err)
	}
	words := text[len(text)-16:]
	return [2]uint64{binary.BigEndian.Uint64(words[:8]), binary.BigEndian.Uint64(words[8:])}
}

// The catalogue refers to data sets by name: nothing is drawn or smoothed to list it.
func TestListingTheCatalogueDoesNotSmoothDataSets(t *testing.T) {
	found := 0
	for _, s := range All() {
		switch s.Target.(type) {
		case *data.Sampled:
			t.Errorf("%s contains a smoothed sample", s.ID)
		case Dataset:
			found++
		}
	}
	if found != len(smoothed) {
		t.Errorf("%d data sets are in the catalogue, want %d", found, len(smoothed))
	}
	if n := testing.AllocsPerRun(5, func() { All() }); n > 5000 {
		t.Errorf("%g allocations for the catalogue", n)
	}
}
