package figure

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"

	"undercurrent/sim/grid"
)

// square is a grid over ±2 with a function at its nodes.
func square(n int, of func(x, y float64) float64) (grid.Grid, []float64) {
	g := grid.Grid{X0: -2, Y0: -2, Spacing: 4 / float64(n-1), NX: n, NY: n}
	values := make([]float64, g.Len())
	for i := range values {
		p := g.Node(i)
		values[i] = of(p.X, p.Y)
	}
	return g, values
}

// The zero line of x² + y² − 1 is the unit circle.
func TestTheZeroLineOfACircle(t *testing.T) {
	g, values := square(81, func(x, y float64) float64 { return x*x + y*y - 1 })
	z, length := zeroLine{grid: g, values: values}, 0.0
	for iy := range g.NY - 1 {
		for ix := range g.NX - 1 {
			for _, piece := range z.pieces(ix, iy) {
				for _, end := range piece {
					if r := math.Hypot(end[0], end[1]); math.Abs(r-1) > g.Spacing*g.Spacing/4 {
						t.Fatalf("the line goes through %v, at a distance %g from the middle", end, r)
					}
				}
				length += math.Hypot(piece[0][0]-piece[1][0], piece[0][1]-piece[1][1])
			}
		}
	}
	if math.Abs(length-2*math.Pi) > 1e-2 {
		t.Errorf("the line has a length of %g, expected 2π", length)
	}
}

// In a saddle both pieces cut corners of the same sign off; a square without all values has none.
func TestTheZeroLineOfASaddle(t *testing.T) {
	for _, middle := range []float64{0.1, -0.1} {
		g := grid.Grid{Spacing: 1, NX: 2, NY: 2}
		z := zeroLine{grid: g, values: []float64{1 + middle, -1 + middle, -1 + middle, 1 + middle}}
		list := z.pieces(0, 0)
		if len(list) != 2 {
			t.Fatalf("a saddle has %d pieces, expected 2", len(list))
		}
		for _, piece := range list {
			x, y := (piece[0][0]+piece[1][0])/2, (piece[0][1]+piece[1][1])/2
			// Above the middle the positive corners (0, 0) and (1, 1) are joined, and the pieces lie towards the others.
			if joined := (x-0.5)*(y-0.5) < 0; joined != (middle > 0) {
				t.Errorf("with %g in the middle a piece lies at (%g, %g)", middle, x, y)
			}
		}
		z.values[2] = math.NaN()
		if list := z.pieces(0, 0); list != nil {
			t.Errorf("a square without all values has %v", list)
		}
	}
}

func TestBetweenNodesAFieldIsBilinear(t *testing.T) {
	bilinear := func(x, y float64) float64 { return 1 + 2*x - y + 3*x*y }
	g, values := square(9, bilinear)
	random := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		x, y := 4*random.Float64()-2, 4*random.Float64()-2
		if got, want := between(g, values, x, y), bilinear(x, y); math.Abs(got-want) > 1e-12 {
			t.Fatalf("at (%g, %g) it is %g, expected %g", x, y, got, want)
		}
	}
	values[g.Nearest(0, 0)] = math.Inf(1)
	if got := between(g, values, 0.05, 0.05); !math.IsInf(got, 1) {
		t.Errorf("next to an infinite node it is %g", got)
	}
	if got, want := between(g, values, 0.45, 0), bilinear(0.5, 0); got != want {
		t.Errorf("further away from it it is %g, expected that of the nearest node %g", got, want)
	}
}

// The arrow of the scale is 1, 2 or 5 times a power of ten, between two fifths of the ninth decile and that.
func TestTheSpeedOfTheScaleIsRound(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		size := math.Exp(10*random.Float64() - 5)
		list := make([]arrow, 10)
		for k := range list {
			list[k] = arrow{vx: size * float64(k+1)}
		}
		list[9].vx = 1e6 * size // one that is much faster changes nothing
		list = append(list, slices.Repeat([]arrow{{vx: size}}, 10)...)
		got := scaleSpeed(list)
		decile := 9 * size
		mantissa := got / math.Pow(10, math.Floor(math.Log10(got)+1e-9))
		if got > decile || got < 0.39*decile || slices.IndexFunc([]float64{1, 2, 5}, func(k float64) bool { return math.Abs(mantissa-k) < 1e-9 }) < 0 {
			t.Fatalf("with a ninth decile of %g the scale is %g", decile, got)
		}
	}
	if got := scaleSpeed([]arrow{{}, {}}); got != 0 {
		t.Errorf("without any speed the scale is %g", got)
	}
}

func TestTicksAreRoundNumbersOfTheAxis(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		lo := math.Exp(8*random.Float64()-4) * (2*random.Float64() - 1)
		hi := lo + math.Exp(10*random.Float64()-5)
		ticks := roundTicks{}.Ticks(lo, hi)
		if len(ticks) < 2 || len(ticks) > maxTicks+1 {
			t.Fatalf("from %g to %g there are %d ticks", lo, hi, len(ticks))
		}
		step := ticks[1].Value - ticks[0].Value
		if mantissa := step / math.Pow(10, math.Floor(math.Log10(step)+1e-9)); slices.IndexFunc([]float64{1, 2, 5}, func(k float64) bool { return math.Abs(mantissa-k) < 1e-6 }) < 0 {
			t.Fatalf("from %g to %g the step is %g", lo, hi, step)
		}
		for k, tick := range ticks {
			if tick.Value < lo-1e-6*step || tick.Value > hi+1e-6*step || math.Abs(tick.Value-ticks[0].Value-float64(k)*step) > 1e-6*step {
				t.Fatalf("from %g to %g the ticks are %v", lo, hi, ticks)
			}
			if got := parsed(t, tick.Label); math.Abs(got-tick.Value) > 1e-4*math.Abs(tick.Value) || tick.Label == "−0" {
				t.Fatalf("the label of %g is %q", tick.Value, tick.Label)
			}
		}
	}
}

func TestTicksOfALogarithmicAxis(t *testing.T) {
	labels := func(lo, hi float64) (list []string) {
		for _, tick := range (logTicks{}).Ticks(math.Log10(lo), math.Log10(hi)) {
			if tick.Label == "" {
				continue
			}
			list = append(list, tick.Label)
			if got := math.Log10(parsed(t, tick.Label)); math.Abs(got-tick.Value) > 1e-9 {
				t.Errorf("%s stands at %g, expected %g", tick.Label, tick.Value, got)
			}
		}
		return list
	}
	if got, want := labels(0.004, 0.23), []string{"0.005", "0.01", "0.02", "0.05", "0.1", "0.2"}; !slices.Equal(got, want) {
		t.Errorf("labels %q, expected %q", got, want)
	}
	if got, want := labels(0.004, 200), []string{"0.01", "0.1", "1", "10", "100"}; !slices.Equal(got, want) {
		t.Errorf("labels %q, expected %q", got, want)
	}
	if got := logs([]float64{100, 0, -1}); got[0] != 2 || !math.IsNaN(got[1]) || !math.IsNaN(got[2]) {
		t.Errorf("the logarithms are %v", got)
	}
}

// Labels keep their order, stand apart and within bounds, and do not move where they need not.
func TestLabelsStandApart(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 300 {
		places := make([]vg.Length, 1+random.IntN(10))
		for k := range places {
			places[k] = vg.Length(100 * random.Float64())
		}
		const distance = 8
		moved := spread(places, distance, 0, 100)
		for a := range places {
			if moved[a] < -1e-9 || moved[a] > 100+1e-9 {
				t.Fatalf("%v moves to %v", places, moved)
			}
			for b := range places {
				if a != b && (math.Abs(float64(moved[a]-moved[b])) < distance-1e-9 || (places[a] < places[b]) != (moved[a] < moved[b])) {
					t.Fatalf("%v moves to %v", places, moved)
				}
			}
		}
	}
	if apart := []vg.Length{10, 50, 30}; !slices.Equal(spread(apart, 8, 0, 100), apart) {
		t.Error("labels that stand apart move")
	}
	if crowded := spread(make([]vg.Length, 40), 8, 0, 100); slices.Max(crowded) > 100+1e-9 || slices.Min(crowded) < -1e-9 {
		t.Errorf("too many labels stand at %v", crowded)
	}
}

// Lines fit, and joined they are the text again; a shell joins those of a command.
func TestTextsAreWrapped(t *testing.T) {
	style := styled(sans(captionSize))
	words := strings.Fields("a text of several words with one thatisfartoolongforalineofthefigureandmustbecut and an end")
	for _, width := range []vg.Length{60, 120, 400} {
		lines := wrapped(words, style, width, "")
		for _, l := range lines {
			if style.Width(l) > width {
				t.Errorf("at %g pt a line is %q", width, l)
			}
		}
		if got, want := strings.ReplaceAll(strings.Join(lines, ""), " ", ""), strings.Join(words, ""); got != want {
			t.Errorf("at %g pt the lines are %q", width, lines)
		}
		lines = wrapped(shellWords(command), style, width, ` \`)
		joined := strings.ReplaceAll(strings.Join(lines, "\n"), "\\\n", "")
		if strings.Join(strings.Fields(joined), " ") != command || strings.Contains(joined, "\n") {
			t.Errorf("at %g pt the command is %q", width, lines)
		}
	}
	if got, want := shellWords("a 'b c'  d --e f --g --h 'i j' k"), []string{"a", "'b c'", "d", "--e f", "--g", "--h 'i j'", "k"}; !slices.Equal(got, want) {
		t.Errorf("the words are %q, expected %q", got, want)
	}
}
