package sim

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/internal/simtest"
)

// among are points with others between them that lie outside, some at every side.
func among(points []scenarios.Point, outside int) (frame []scenarios.Point) {
	far := []scenarios.Point{{X: -1e3, Y: 1}, {X: 1e300, Y: 0}, {X: 0, Y: -50}, {X: 3, Y: 70}}
	every := len(points)/max(outside, 1) + 1
	for i, p := range points {
		if i%every == 0 && outside > 0 {
			frame, outside = append(frame, far[outside%len(far)]), outside-1
		}
		frame = append(frame, p)
	}
	for ; outside > 0; outside-- {
		frame = append(frame, far[outside%len(far)])
	}
	return frame
}

// With a share a of the particles in the window, where their density is q₁, q is a·q₁
// there, and 1 − a lies where there is no target: TV is ½(∫|p − a q₁| + 1 − a), and a
// divergence that is bounded there has (1 − a)·f(0) in addition to its integral.
func TestParticlesOutsideCountInFull(t *testing.T) {
	points := simtest.Exact(simtest.Scenario(t, "three-modes"), 1500, 1)
	alone, d := watching(t, "three-modes", len(points)), &Fields{}
	own := &Report{}
	alone.WatchReport(own, Watched{Number: 1, Points: points}, Instruments{})
	alone.Densities(d)
	for _, outside := range []int{0, 1, 500, 6000} {
		f, r := watching(t, "three-modes", 2), &Report{}
		f.WatchReport(r, Watched{Number: 1, Points: among(points, outside)}, Instruments{Objectives: density.NewObjectives(simtest.Divergences(t))})
		a := float64(len(points)) / float64(len(points)+outside)
		tv, js := 1-a, (1-a)*math.Ln2/2
		for i, p := range d.P {
			q := a * d.Q[i]
			tv += math.Abs(p-q) * d.Grid.Area()
			js += (xLogX(p) + xLogX(q) - 2*xLogX((p+q)/2)) / 2 * d.Grid.Area()
		}
		simtest.Near(t, "TV", r.TV, tv/2, 1e-6)
		for _, o := range r.Objectives {
			if math.IsNaN(o.Value) || math.IsInf(o.Value, 0) {
				t.Errorf("%s is %g with %d outside", o.ID, o.Value, outside)
			}
			if o.ID == "jensen-shannon" {
				// Beyond the clip of log r its f is a line, 6·10⁻⁶ from f(0).
				simtest.Near(t, "Jensen–Shannon", o.Value, js, 2e-5)
			}
		}
		if r.Outside != outside || f.Settings().Particles != len(points)+outside {
			t.Errorf("%d of %d are outside, expected %d", r.Outside, f.Settings().Particles, outside)
		}
		sum := 0.0
		for k, region := range r.Regions {
			sum += region.ParticleMass
			simtest.Near(t, "the regions' share", region.ParticleMass, a*own.Regions[k].ParticleMass, 1e-9)
		}
		simtest.Near(t, "the regions' shares", sum, a, 1e-9)
	}
}

func xLogX(x float64) float64 {
	if x <= 0 {
		return 0
	}
	return x * math.Log(x)
}

// Where every particle is far away, TV is one, no region has any, and no instrument of any
// drift makes a number of it that is none.
func TestNoParticleInTheWindow(t *testing.T) {
	all := density.NewObjectives(simtest.Divergences(t))
	for _, d := range simtest.Drifts(t) {
		f, r := newFlow(t, simtest.Scenario(t, "three-modes"), d, withParticles(400)), &Report{}
		f.WatchReport(r, Watched{Number: 1, Points: among(nil, 300)}, Instruments{Objectives: all, Response: true, Effort: true, Identity: true})
		simtest.Near(t, "TV", r.TV, 1, 1e-6)
		f.Fields(&Fields{})
		f.HistogramLogR(make([]float64, 10), -6, 6)
		values := []float64{r.UnderCoverage, r.Active, r.Mean, r.WrongWay, r.AlongBeta, r.Bend, r.StepDT}
		for _, o := range r.Objectives {
			values = append(values, o.Value)
		}
		for _, k := range r.Regions {
			values = append(values, k.ParticleMass, k.SE, k.Effort, k.UnderCoverage, k.MassChange.FirstOrder)
		}
		for k, v := range values {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Errorf("%s: value %d of %v is none", d.Info().ID, k, values)
			}
		}
	}
}

// Who leaves the window is in no column of the transport, who comes back in no row.
func TestParticlesOutsideAreNotTransported(t *testing.T) {
	s := simtest.Scenario(t, "three-modes")
	a, b, far := s.Truth.Modes[0], s.Truth.Modes[1], scenarios.Point{X: 99, Y: 0}
	f, r := watching(t, "three-modes", 4), &Report{}
	show := func(number int, points ...scenarios.Point) {
		f.WatchReport(r, Watched{number, points, nil, FromPrevious}, Instruments{})
	}
	show(1, a, far, a, b)
	show(2, far, b, b, b)
	from, to := f.Target().Regions.At(a), f.Target().Regions.At(b)
	want := [][]int{{0, 0, 0}, {0, 0, 0}, {0, 0, 0}}
	want[from][to], want[to][to] = 1, 1
	if !reflect.DeepEqual(r.Transport, want) || r.Untracked {
		t.Errorf("the transport is %v, expected %v", r.Transport, want)
	}
	all := make([]scenarios.Point, 4)
	if f.Points(all); !slices.Equal(all, []scenarios.Point{far, b, b, b}) {
		t.Errorf("the particles are %v", all)
	}
	m := f.Checkpoint()
	show(3, a, a, a, a)
	f.Restore(m)
	if f.Report(r, Instruments{}); r.Outside != 1 || !reflect.DeepEqual(r.Transport, want) {
		t.Errorf("back at frame 2 %d are outside and the transport is %v, expected 1 and %v", r.Outside, r.Transport, want)
	}
}

func TestParticlesOutsideAreCountedBySide(t *testing.T) {
	f := watching(t, "three-modes", 2)
	f.Watch(Watched{Number: 1, Points: among(simtest.Exact(f.Scenario(), 50, 1), 7)})
	if got, want := f.Outside(), (density.Outside{Left: 1, Right: 2, Below: 2, Above: 2}); got != want {
		t.Errorf("outside are %+v, expected %+v", got, want)
	}
	f.Watch(Watched{Number: 2, Points: simtest.Exact(f.Scenario(), 50, 1)})
	if got := f.Outside(); got != (density.Outside{}) {
		t.Errorf("outside are %+v, expected none", got)
	}
}

// Another bandwidth has another padded window, and so others outside.
func TestParticlesOutsideDependOnTheWindow(t *testing.T) {
	f := watching(t, "three-modes", 2)
	edge := f.Grid().Bounds().XMax
	f.Watch(Watched{Number: 1, Points: []scenarios.Point{{X: edge + 0.01}, {X: 0}, {X: 1}}})
	if f.Progress().Outside != 1 {
		t.Fatalf("%d are outside, expected 1", f.Progress().Outside)
	}
	if err := f.SetBandwidth(2 * f.Settings().Bandwidth); err != nil {
		t.Fatal(err)
	}
	if f.Progress().Outside != 0 || len(pointsOf(f)) != 3 || pointsOf(f)[0].X != edge+0.01 {
		t.Errorf("%d are outside of %v, expected none", f.Progress().Outside, pointsOf(f))
	}
}

// A flow's own start is moved into the window, and that is reported.
func TestStartsOutsideTheWindowAreReported(t *testing.T) {
	s := simtest.Scenario(t, "three-modes")
	s.Start.Sampler = scenarios.Gaussian{Sigma: 1000}
	f, r := newFlow(t, s, simtest.Drift(t, "reverse-kl"), withParticles(1000)), &Report{}
	if f.Report(r, Instruments{}); r.Outside < 980 || !(r.TV > 0.95 && r.TV <= 1) {
		t.Errorf("%d are outside and TV is %g, expected nearly all and nearly one", r.Outside, r.TV)
	}
}
