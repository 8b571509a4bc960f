package cli

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"undercurrent/sim/bench"
)

// hand is a clock that is moved by hand.
type hand struct{ at time.Time }

func (h *hand) now() time.Time { return h.at }

func (h *hand) pass(seconds float64) {
	h.at = h.at.Add(time.Duration(seconds * float64(time.Second)))
}

// within reports whether an estimate is right within a third, or within a second.
func within(estimate, actual time.Duration) bool {
	off := math.Abs(float64(estimate - actual))
	return off <= float64(actual)/3 || off <= float64(time.Second)
}

// From 10 % on the time left is right within a third, also if the first units of work took much
// longer or shorter, and if their times scatter.
func TestTheTimeLeftIsRightWithinAThird(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 1))
	for name, cost := range map[string]func(k int) float64{
		"steady":     func(int) float64 { return 0.03 },
		"slow start": func(k int) float64 { return 0.03 + 3/float64(1+k*k) },
		"fast start": func(k int) float64 { return 0.03 * min(1, 0.2+float64(k)/50) },
		"scatter":    func(int) float64 { return 0.03 * (0.2 + 1.6*rng.Float64()) },
	} {
		const units = 1000
		costs, total := make([]float64, units), 0.0
		for k := range costs {
			costs[k] = cost(k)
			total += costs[k]
		}
		p, spent := pace{}, 0.0
		for k, c := range costs {
			spent += c
			p.add(time.Duration(spent*float64(time.Second)), float64(k+1)/units)
			if k+1 < units/10 {
				continue
			}
			actual := time.Duration((total - spent) * float64(time.Second))
			if left, ok := p.left(); !ok || !within(left, actual) {
				t.Fatalf("%s: after %d of %d the time left is %s, it says %s (%t)", name, k+1, units, actual, left, ok)
			}
		}
	}
	if _, ok := (&pace{}).left(); ok {
		t.Error("before the start the time left is known")
	}
}

// The time left of a benchmark is right within a third from 10 % on, on a machine that is three times as slow as
// usual and where methods do not relate as usual.
func TestTheTimeLeftOfABenchIsRightWithinAThird(t *testing.T) {
	t.Parallel()
	clock := &hand{time.Unix(0, 0)}
	r := &benchRun{settings: bench.Settings{Samples: 4000, Iterations: 1000, Steps: 600}, seeds: 2, agenda: nil}
	r.agenda = newAgenda(r.settings, clock.now)
	usual, odd := bench.NewDurations(r.settings), map[string]float64{"ula": 2, "mala": 0.6, "svgd": 1.4, "generator:reverse-kl": 0.8}
	var methods []bench.Method
	for _, name := range bench.DefaultMethods() {
		m, err := bench.ParseMethod(name)
		if err != nil {
			t.Fatal(err)
		}
		methods = append(methods, m)
	}
	r.methods = methods
	list := coreSuite()[:5]
	if err := r.plan(list); err != nil {
		t.Fatal(err)
	}
	type estimate struct{ at, left time.Duration }
	var said []estimate
	do := func(w bench.Work, scenario float64) {
		factor := 3.0
		if f, ok := odd[string(w.Method)]; ok {
			factor *= f
		}
		seconds := usual.Expected(w) * factor * scenario
		r.agenda.begin(w)
		for k := range 10 {
			said = append(said, estimate{clock.now().Sub(time.Unix(0, 0)), r.agenda.remaining(float64(k) / 10)})
			clock.pass(seconds / 10)
		}
		r.agenda.end()
	}
	for k, s := range list {
		scenario, tuned := 0.85+0.3*float64(k%2), map[bench.Method]bool{}
		for _, c := range r.cellsOf(s) {
			if c.Method.Tunable() && !tuned[c.Method] {
				do(bench.Work{Method: c.Method, Tuning: true}, scenario)
			}
			tuned[c.Method] = true
			do(bench.Work{Method: c.Method}, scenario)
		}
	}
	total := clock.now().Sub(time.Unix(0, 0))
	for _, e := range said {
		if e.at >= total/10 && !within(e.left, total-e.at) {
			t.Errorf("after %s of %s it says that %s are left", e.at, total, e.left)
		}
	}
	if left := r.agenda.remaining(0); left != 0 {
		t.Errorf("in the end %s are left", left)
	}
}

// The bar is one line on a terminal of any width: what is short of room goes first.
func TestTheBarIsOneLine(t *testing.T) {
	t.Parallel()
	clock := &hand{time.Unix(0, 0)}
	for _, width := range []int{20, 40, 60, 80, 132} {
		var out bytes.Buffer
		p := newProgressOn(&out, func() int { return width }, clock.now, 1000, "iteration")
		for k := range 1000 {
			clock.pass(0.2)
			p.showWith(k+1, fmt.Sprintf(", loss of a name that is rather long %.3g", 1/float64(k+1)))
		}
		p.clear()
		lines := strings.Split(out.String(), "\r\x1b[K")
		if strings.Contains(out.String(), "\n") || len(lines) < 900 {
			t.Fatalf("at %d columns there are %d lines:\n%s", width, len(lines), out.String())
		}
		for _, l := range lines {
			if w := ansi.StringWidth(l); w >= width {
				t.Errorf("at %d columns a line has %d: %q", width, w, ansi.Strip(l))
			}
		}
		middle := ansi.Strip(lines[500])
		if !strings.Contains(middle, "iteration 5") || width >= 60 && (!strings.Contains(middle, "left") || !strings.Contains(middle, "50%")) {
			t.Errorf("at %d columns half way the line is %q", width, middle)
		}
	}
}
