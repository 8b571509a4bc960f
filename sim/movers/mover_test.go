package movers

import (
	"math"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/internal/simtest"
)

// texts has every kind, and both kernels.
func texts() []string {
	return []string{"ula", "mala:0.5", "hmc:0.3", "svgd", "drifting", "drifting:laplace"}
}

// onRing returns a mover on the uneven ring, with a wide kernel, and particles from its start.
func onRing(t testing.TB, text string, n int) (*Mover, []scenarios.Point) {
	t.Helper()
	s := simtest.Scenario(t, "uneven-ring")
	m := mover(t, text, s.Target, within(s.Window), func(c *Config) { c.Bandwidth = 1.5 })
	return m, draw(s.Start.Sampler, n, 1)
}

func TestAStepDependsOnParticlesSeedAndNumberAlone(t *testing.T) {
	for _, text := range texts() {
		m, start := onRing(t, text, 600)
		step := func(m *Mover, seed uint64, number int) []scenarios.Point {
			points := slices.Clone(start)
			m.Step(points, seed, number)
			return points
		}
		first := step(m, 1, 7)
		m.Step(slices.Clone(start[:99]), 3, 1) // others in between, fewer of them
		fresh, _ := onRing(t, text, 0)
		if !slices.Equal(step(m, 1, 7), first) || !slices.Equal(step(fresh, 1, 7), first) {
			t.Errorf("%s: the same step leads elsewhere", text)
		}
		if text == "svgd" {
			continue // random numbers choose pairs for the median alone
		}
		if slices.Equal(step(m, 2, 7), first) || slices.Equal(step(m, 1, 8), first) {
			t.Errorf("%s: another seed or step has the same random numbers", text)
		}
	}
}

func TestBitsDoNotDependOnTheNumberOfProcessors(t *testing.T) {
	after := func(text string, processors int) ([]scenarios.Point, Moved) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		m, points := onRing(t, text, 3000)
		return points, run(m, points, 2)
	}
	for _, text := range texts() {
		one, movedOne := after(text, 1)
		two, movedTwo := after(text, 2)
		if !slices.Equal(one, two) || movedOne.Displacement != movedTwo.Displacement || movedOne.Evaluations != movedTwo.Evaluations || movedOne.Held != movedTwo.Held {
			t.Errorf("%s: one and two processors differ: %+v, %+v", text, movedOne, movedTwo)
		}
	}
}

// counting counts evaluations of the score.
type counting struct {
	scenarios.Target
	calls *atomic.Int64
}

func (c counting) Score(x, y float64) (float64, float64) {
	c.calls.Add(1)
	return c.Target.Score(x, y)
}

func TestEvaluationsAreCounted(t *testing.T) {
	const n = 300
	g := scenarios.Gaussian{Sigma: 1}
	for text, want := range map[string]int{"ula": n, "mala": 2 * n, "hmc:0.5:4": 5 * n, "svgd": n, "drifting": 0} {
		calls := new(atomic.Int64)
		m := mover(t, text, counting{g, calls}, func(c *Config) { c.Sampler = g })
		moved := m.Step(draw(g, n, 2), 1, 0)
		if moved.Evaluations != want || int(calls.Load()) != want {
			t.Errorf("%s: %d evaluations are reported and %d made, expected %d", text, moved.Evaluations, calls.Load(), want)
		}
	}
	// A proposal beyond the bounds is refused without an evaluation.
	calls := new(atomic.Int64)
	m := mover(t, "mala:4", counting{g, calls}, within(scenarios.Window{XMin: -0.5, XMax: 0.5, YMin: -0.5, YMax: 0.5}))
	if moved := m.Step(make([]scenarios.Point, n), 1, 0); moved.Evaluations != int(calls.Load()) || moved.Evaluations > 3*n/2 {
		t.Errorf("%d evaluations are reported, %d made, expected little more than %d", moved.Evaluations, calls.Load(), n)
	}
}

func TestWhatIsReportedHasHappened(t *testing.T) {
	for _, text := range texts() {
		m, points := onRing(t, text, 700)
		before := slices.Clone(points)
		moved := m.Step(points, 1, 0)
		changed, distance := 0.0, 0.0
		for i, p := range points {
			if p != before[i] {
				changed++
			}
			distance += math.Hypot(p.X-before[i].X, p.Y-before[i].Y)
		}
		if m.adjusted && moved.Accepted != changed/700 || !m.adjusted && !math.IsNaN(moved.Accepted) {
			t.Errorf("%s: %g are accepted, %g have moved", text, moved.Accepted, changed/700)
		}
		if math.Abs(moved.Displacement-distance/700) > 1e-12 || distance == 0 {
			t.Errorf("%s: the mean displacement is %g, expected %g", text, moved.Displacement, distance/700)
		}
	}
}

// steepWell has a score that throws every particle far out of any bounds. It is evaluated where a target is
// defined alone.
type steepWell struct {
	scenarios.Gaussian
	t *testing.T
}

func (s steepWell) Score(x, y float64) (float64, float64) {
	if !(math.Abs(x) <= 1e150 && math.Abs(y) <= 1e150) {
		s.t.Errorf("the score is evaluated at (%g, %g)", x, y)
	}
	return 1e9 * x, 1e9 * y
}

func TestParticlesAreHeldWithinTheBounds(t *testing.T) {
	w := scenarios.Window{XMin: -2, XMax: 2, YMin: -3, YMax: 3}
	target := steepWell{scenarios.Gaussian{Sigma: 1}, t}
	for _, text := range append(texts(), "ula:1e6", "svgd:1e6", "hmc:1e6:9", "drifting:1e6") {
		points := draw(scenarios.Gaussian{Sigma: 1}, 400, 3)
		points[0] = scenarios.Point{X: 9, Y: 9}
		moved := mover(t, text, target, within(w)).Step(points, 1, 0)
		for _, p := range points {
			if !w.Contains(p) {
				t.Fatalf("%s: a particle is at %v", text, p)
			}
		}
		if least := map[string]int{"ula": 399, "ula:1e6": 399, "drifting:1e6": 300}[text]; moved.Held < max(least, 1) {
			t.Errorf("%s: %d particles are held, expected at least %d", text, moved.Held, max(least, 1))
		}
	}
}

// halfPlane has no score for x > 0, and no logarithm there.
type halfPlane struct {
	scenarios.Gaussian
	nothing float64
}

func (h halfPlane) Score(x, y float64) (float64, float64) {
	if x > 0 {
		return h.nothing, h.nothing
	}
	return h.Gaussian.Score(x, y)
}

func (h halfPlane) LogDensity(x, y float64) float64 {
	if x > 0 {
		return math.NaN()
	}
	return h.Gaussian.LogDensity(x, y)
}

func TestAParticleWithoutAFiniteScoreStays(t *testing.T) {
	for _, nothing := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		for _, text := range []string{"ula", "mala:0.01", "hmc:0.05:2", "svgd"} {
			points := draw(scenarios.Gaussian{Sigma: 1}, 500, 4)
			before := slices.Clone(points)
			mover(t, text, halfPlane{scenarios.Gaussian{Sigma: 1}, nothing}).Step(points, 1, 0)
			moved := 0
			for i, p := range points {
				if before[i].X > 0 && p != before[i] {
					t.Fatalf("%s: a particle without a score goes from %v to %v", text, before[i], p)
				}
				if !finite(p) {
					t.Fatalf("%s: a particle goes to %v", text, p)
				}
				if p != before[i] {
					moved++
				}
			}
			if moved < 100 {
				t.Errorf("%s: %d particles move, expected most of those with a score", text, moved)
			}
		}
	}
}

func TestFewParticles(t *testing.T) {
	for _, text := range texts() {
		m, some := onRing(t, text, 3)
		for n := range len(some) + 1 {
			points, same := some[:n], make([]scenarios.Point, n) // all at one place
			run(m, points, 3)
			m.Step(same, 1, 0)
			for _, p := range slices.Concat(points, same) {
				if !finite(p) {
					t.Errorf("%s: %d particles lead to %v", text, n, p)
				}
			}
		}
	}
}

func TestConfigurationsAreChecked(t *testing.T) {
	g := scenarios.Gaussian{Sigma: 1}
	whole := Config{Target: g, Sampler: g, Bounds: wide(), Bandwidth: 1, Workers: grid.NewWorkers()}
	for want, edit := range map[string]func(*Spec, *Config){
		`mover is "nuts"`:             func(s *Spec, _ *Config) { s.Kind = "nuts" },
		"ula has no target":           func(_ *Spec, c *Config) { c.Target = nil },
		"drifting needs samples":      func(s *Spec, c *Config) { s.Kind, c.Sampler = Drifting, nil },
		"bandwidth is 0,":             func(_ *Spec, c *Config) { c.Bandwidth = 0 },
		"bandwidth is +Inf,":          func(_ *Spec, c *Config) { c.Bandwidth = math.Inf(1) },
		"bounds are 0 by 60":          func(_ *Spec, c *Config) { c.Bounds.XMax = -30 },
		"bounds are +Inf":             func(_ *Spec, c *Config) { c.Bounds.XMax = math.Inf(1) },
		"bandwidth is 0.01, expected": func(s *Spec, c *Config) { s.Kind, c.Bandwidth = Drifting, 0.01 },
	} {
		s, c := Spec{Kind: ULA}, whole
		edit(&s, &c)
		if _, err := New(s, c); err == nil || !strings.HasPrefix(err.Error(), want) || !strings.Contains(err.Error(), ", expected ") {
			t.Errorf("the error is %v, expected %s …, expected …", err, want)
		}
	}
}

// Only Stein's method allocates in a step: its sums have another grid whenever its kernel is another.
func TestAStepDoesNotAllocate(t *testing.T) {
	for _, text := range texts() {
		if text == "svgd" {
			continue
		}
		m, points := onRing(t, text, 300)
		run(m, points, 2)
		if n := testing.AllocsPerRun(3, func() { m.Step(points, 1, 5) }); n > 2 {
			t.Errorf("%s: a step allocates %g times", text, n)
		}
	}
}
