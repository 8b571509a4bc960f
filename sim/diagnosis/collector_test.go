package diagnosis

import (
	"fmt"
	"math"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"undercurrent/scenarios"
)

// densityOf has the log-density of the three modes.
type densityOf struct{ scenarios.Target }

func (densityOf) LogDensity(x, y float64) float64 {
	l, _, _ := threeModes{}.at(x, y)
	return l
}

// frameOf are the draws of all chains at a time.
func frameOf(d Draws, t int) (points []scenarios.Point) {
	for c, n := range d.Lengths {
		points = append(points, scenarios.Point{X: d.Columns[0][c*n+t], Y: d.Columns[1][c*n+t]})
	}
	return points
}

// frames are collected, all of a number of draws.
func frames(c *Collector, d Draws) *Collector {
	for t := range d.Lengths[0] {
		c.Add(frameOf(d, t))
	}
	return c
}

// textOf is all that a report has but where its draws are from.
func textOf(r *Report) string {
	of := *r
	of.Gathered, of.LogDensity = nil, nil
	return fmt.Sprintf("%+v %+v", *r.LogDensity, of)
}

// Chains whose draws come as frames are diagnosed as those of a file, as long as all are kept.
func TestFramesAreDiagnosedAsAFile(t *testing.T) {
	for _, frozen := range []int{-1, 2} {
		d, _ := mala(3, 4, 700, 0.5, 1, frozen)
		want, err := Diagnose(d, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Diagnose(frames(NewCollector(4, Regions{Target: densityOf{}}), d).Draws())
		if err != nil || *got.Gathered != (Gathered{4, 700, 1, got.Gathered.record}) {
			t.Fatalf("%+v (%v)", got.Gathered, err)
		}
		if a, b := textOf(got), textOf(want); a != b {
			at := 0
			for a[at] == b[at] {
				at++
			}
			t.Errorf("frames give …%.100s…, a file …%.100s…", a[at:], b[at:])
		}
		if (frozen < 0) == (len(got.Findings) > 0 && got.Findings[0].Kind == "frozen chain") {
			t.Errorf("chain %d stands still: found is %v", frozen, got.Findings)
		}
	}
}

// Where draws are thinned, what is said of moves is that of all of them, and what else there is says how many it is from.
func TestThinnedFramesAreDiagnosed(t *testing.T) {
	d, _ := mala(3, 4, 6000, 0.5, 1, 1)
	whole, err := Diagnose(d, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Diagnose(frames(newCollector(4, Regions{Target: densityOf{}}, 512, 4000), d).Draws())
	if err != nil || got.Length != 750 || got.Gathered.Every != 8 || got.Gathered.Frames != 6000 {
		t.Fatalf("%d draws of %+v (%v)", got.Length, got.Gathered, err)
	}
	if a, b := got.Findings[0], whole.Findings[0]; a != b || a.Kind != "frozen chain" {
		t.Errorf("found is %v, expected %v", a, b)
	}
	if a, b := got.Rejections, whole.Rejections; a.Transitions != b.Transitions || a.Moves != b.Moves || math.Abs(a.Ratio.Value-b.Ratio.Value) > 1e-9 {
		t.Errorf("rejections are %+v, expected %+v", a, b)
	}
	for k := range got.Moves {
		if got.Moves[k].Acceptance != whole.Moves[k].Acceptance {
			t.Errorf("chain %d has %+v, expected %+v", k, got.Moves[k], whole.Moves[k])
		}
	}
	for k, q := range got.All() {
		w := whole.All()[k]
		if math.Abs(q.Lag1.Value-w.Lag1.Value) > 1e-9 || math.Abs(q.Mean.Value-w.Mean.Value) > 4*q.MCSE.Value {
			t.Errorf("of %s there is %+v, expected %+v", q.Name, q, w)
		}
	}
	if text := got.Gathered.Text(4); text != "4 particles are chains; their draws are 1 in 8 of 6000 frames" {
		t.Error(text)
	}
}

// However many frames and particles there are, what is kept is bounded: of the particles evenly spaced ones are followed.
func TestFramesTakeBoundedMemory(t *testing.T) {
	const particles, bound = 1000, 1 << 12
	c := newCollector(particles, Regions{}, 8, bound)
	frame := make([]scenarios.Point, particles)
	add := func(n int) {
		for range n {
			for i := range frame {
				frame[i] = scenarios.Point{X: float64(i), Y: float64(c.Frames())}
			}
			c.Add(frame)
		}
	}
	add(3 * bound / 8)
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	add(20 * bound / 8)
	if after := heap(); after > before+bound*16 {
		t.Errorf("%d more frames take %d bytes", 20*bound/8, after-before)
	}
	d, _ := c.Draws()
	if n := len(d.Columns[0]); n > bound || n <= bound/2 {
		t.Errorf("%d draws are kept, expected %d to %d", n, bound/2, bound)
	}
	var followed []float64
	for k, n := range d.Lengths {
		followed = append(followed, d.Columns[0][k*n])
	}
	if !reflect.DeepEqual(followed, []float64{0, 125, 250, 375, 500, 625, 750, 875}) || !strings.HasPrefix(d.Gathered.Text(8), "8 of 1000 particles are chains; their draws are 1 in 32 of ") {
		t.Errorf("followed are %v: %s", followed, d.Gathered.Text(8))
	}
}
