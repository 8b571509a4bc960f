package panel

import (
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// compared is a session with flows in lock-step, under different divergences and bandwidths.
func compared(t *testing.T) *session.Session {
	t.Helper()
	s, err := catalogue.Named("three-modes")
	if err != nil {
		t.Fatal(err)
	}
	drift, err := divergences.Standard().Spec("reverse-kl", nil)
	if err != nil {
		t.Fatal(err)
	}
	u, err := session.NewFunctional("under-coverage", 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	settings := sim.DefaultSettings(s, drift)
	settings.Particles = 200
	d, err := session.New(divergences.Standard(), s, settings, u)
	if err != nil {
		t.Fatal(err)
	}
	d.Comparison.Toggle()
	d.Motion.SetBandwidth(1.5 * s.Bandwidth)
	d.Advance()
	d.Advance()
	return d
}

func frameOf(d *session.Session) *session.Frame {
	f := &session.Frame{}
	d.Frame(f)
	return f
}

// The frame of a flow that is not in focus is that of the same flow in focus.
func TestAFlowAloneIsTheSameInFocusOrNot(t *testing.T) {
	d, theme := compared(t), paint.Dark(paint.None)
	d.Probe(&scenarios.Point{X: 0.5})
	whole := frameOf(d)
	for k := range whole.Runs {
		alone := Alone(whole, k)
		focused := frameOf(d)
		if alone.Flow != focused.Flow || !alone.Settings.Drift.Equal(focused.Settings.Drift) || alone.Drift.Info().ID != focused.Info.ID {
			t.Errorf("flow %d is %d under %s with the drift %s, expected %d under %s", k,
				alone.Flow, alone.Settings.Drift, alone.Drift.Info().ID, focused.Flow, focused.Info.ID)
		}
		if alone.Settings.Bandwidth != focused.Settings.Bandwidth || alone.Settings.Velocity != focused.Settings.Velocity {
			t.Errorf("flow %d has bandwidth %g, expected %g", k, alone.Settings.Bandwidth, focused.Settings.Bandwidth)
		}
		got, want := weightCurve(alone, theme, bestWeight{}, 60, 12), weightCurve(focused, theme, bestWeight{}, 60, 12)
		if !slices.Equal(got, want) {
			t.Errorf("flow %d has the weight\n%s\nexpected\n%s", k, got, want)
		}
		if !slices.Equal(alone.Histogram, focused.Histogram) {
			t.Errorf("flow %d has the histogram of another", k)
		}
		if k != whole.Focus && (alone.Probe.Point != whole.Probe.Point || alone.Probe.Driven) {
			t.Errorf("flow %d has the readings of another: %+v", k, *alone.Probe)
		}
		if !slices.Equal(alone.Particles, focused.Particles) || alone.Report.TV != focused.Report.TV || len(alone.Runs) != 0 {
			t.Errorf("flow %d has the particles or the report of another", k)
		}
		d.Comparison.Focus(1)
	}
}
