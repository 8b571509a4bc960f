package panel

import (
	"math"
	"math/rand/v2"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
	"undercurrent/ui/paint"
)

func TestAViewHoldsTheWindowWithOneScale(t *testing.T) {
	w := scenarios.Window{XMin: -2, XMax: 6, YMin: 1, YMax: 4}
	for _, size := range [][2]int{{40, 40}, {80, 20}, {10, 70}} {
		v := NewView(w, size[0], size[1])
		for _, corner := range []scenarios.Point{{X: w.XMin, Y: w.YMin}, {X: w.XMax, Y: w.YMax}} {
			x, y := v.Pixel(corner)
			if x < -1e-9 || y < -1e-9 || x > float64(size[0])+1e-9 || y > float64(size[1])+1e-9 {
				t.Errorf("%v: corner %v falls on (%g, %g)", size, corner, x, y)
			}
			if p := v.Point(x, y); math.Hypot(p.X-corner.X, p.Y-corner.Y) > 1e-9 {
				t.Errorf("%v: %v went to %v and back", size, corner, p)
			}
		}
		if _, y := v.Pixel(scenarios.Point{X: 0, Y: 4}); y > float64(size[1])/2 {
			t.Errorf("%v: the upper edge is drawn below", size)
		}
	}
}

// A resampled linear field is the field itself, whether nodes are averaged or
// interpolated.
func TestResamplingKeepsALinearField(t *testing.T) {
	w := scenarios.Window{XMin: -3, XMax: 3, YMin: -3, YMax: 3}
	g, err := grid.New(w, 0.2, 0)
	if err != nil {
		t.Fatal(err)
	}
	nodes := make([]float64, g.Len())
	for i := range nodes {
		nodes[i] = 2*g.X(i%g.NX) - 3*g.Y(i/g.NX)
	}
	for _, n := range []int{12, 25, 300} {
		v := NewView(w, n, n)
		dst := make([]float64, n*n)
		newResampler(g, v).mean(dst, nodes, 0)
		for i, got := range dst {
			p := v.Point(float64(i%n)+0.5, float64(i/n)+0.5)
			// A mean over the nodes in a pixel is off by at most half a spacing.
			if want := 2*p.X - 3*p.Y; math.Abs(got-want) > 2.5*g.Spacing+1e-9 {
				t.Fatalf("%d pixels: at %v the field is %g, expected %g", n, p, got, want)
			}
		}
	}
}

func TestMissingValuesAreLeftOutOfTheMean(t *testing.T) {
	g := grid.Grid{X0: -1, Y0: -1, Spacing: 0.1, NX: 21, NY: 21}
	nodes := make([]float64, g.Len())
	for i := range nodes {
		nodes[i] = 5
		if i%2 == 0 {
			nodes[i] = math.NaN()
		}
	}
	dst := make([]float64, 16)
	newResampler(g, NewView(scenarios.Window{XMin: -1, XMax: 1, YMin: -1, YMax: 1}, 4, 4)).mean(dst, nodes, -7)
	for i, v := range dst {
		if v != 5 {
			t.Errorf("pixel %d is %g, expected 5", i, v)
		}
	}
}

func TestSignedLevels(t *testing.T) {
	for _, c := range []struct {
		name string
		p, q float64
		want int
	}{
		{"balance", 1, 1, paint.SignedSide},
		{"too few", 1, 1e-3, 2 * paint.SignedSide},
		{"too many", 0.01, 1, 0},
		{"no particles", 1, 0, paint.Empty},
		{"nobody's", 1e-6, 1e-6, paint.Nowhere},
	} {
		if got := signed(c.p, c.q, 1); got != c.want {
			t.Errorf("%s: level %d, expected %d", c.name, got, c.want)
		}
	}
}

func report(step int, ratios ...float64) *sim.Report {
	r := &sim.Report{TV: 0.5, Active: 0.1}
	r.Step = step
	for i, d := range ratios {
		k := sim.RegionReport{}
		k.ParticleMass, k.Region = d, target.Region{ID: i + 1, Mass: 1}
		r.Regions = append(r.Regions, k)
	}
	return r
}

func TestHistoryStaysBoundedAndInOrder(t *testing.T) {
	h := &History{}
	for step := range 100_000 {
		h.Add(report(step, 1, 0.5), "reverse-kl", sim.Motion{})
	}
	if len(h.Samples) > maxSamples || len(h.Samples) < maxSamples/4 {
		t.Errorf("100000 steps left %d samples", len(h.Samples))
	}
	for i := 1; i < len(h.Samples); i++ {
		if h.Samples[i].Step <= h.Samples[i-1].Step {
			t.Fatalf("step %d comes after %d", h.Samples[i].Step, h.Samples[i-1].Step)
		}
	}
	if last := h.Samples[len(h.Samples)-1].Step; last < 99_000 {
		t.Errorf("the last sample is of step %d", last)
	}
}

func TestHistoryStartsAgainAfterARestart(t *testing.T) {
	h := &History{}
	h.Add(report(40, 1), "reverse-kl", sim.Motion{})
	h.Add(report(41, 1), "reverse-kl", sim.Motion{})
	h.Add(report(0, 1), "reverse-kl", sim.Motion{})
	if len(h.Samples) != 1 || h.Samples[0].Step != 0 {
		t.Errorf("after a restart there are %d samples", len(h.Samples))
	}
}

func TestMarksAreRoundAndInside(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		lo := rng.NormFloat64() * 100
		hi := lo + math.Exp(rng.NormFloat64()*4)
		n := 1 + rng.IntN(9)
		marks := roundMarks(lo, hi, n)
		if len(marks) > n+1 {
			t.Fatalf("%g..%g has %d marks, expected at most %d", lo, hi, len(marks), n+1)
		}
		for _, m := range marks {
			if m.at < lo-1e-9*(hi-lo) || m.at > hi+1e-9*(hi-lo)+1e-12*math.Abs(hi) {
				t.Fatalf("%g..%g has a mark at %g", lo, hi, m.at)
			}
		}
	}
}

func TestTheMassRatioBarPointsAtMore(t *testing.T) {
	theme := paint.Dark(paint.None)
	for _, c := range []struct {
		share float64
		want  string
	}{{0, "····┊···"}, {0.5, "━━··┊···"}, {1, "━━━━┊···"}, {2, "━━━━━━━━"}, {5, "━━━━━━━▶"}} {
		r := paint.NewRow(8)
		massRatioBar(r, theme, c.share, 8)
		if got := r.String(); got != c.want {
			t.Errorf("a share of %g is drawn %q, expected %q", c.share, got, c.want)
		}
	}
}
