package lesson_test

import (
	"math"
	"strings"
	"testing"

	"undercurrent/sim"
	"undercurrent/ui/lesson"
	"undercurrent/ui/session"
)

// measured is a frame with every instrument, after some steps of two flows with a chosen region.
func measured(t *testing.T) *session.Frame {
	t.Helper()
	const text = `id: x
title: x
question: x
steps:
  - scene: {scenario: three-modes, flows: [forward-kl, 'lv:target'], particles: 400, bandwidth: 0.5}
    do: [softness 0.5, region 2]
    say: x
    run: 6
    answer: x
`
	s := newSession(t)
	p := begins(t, s, decoded(t, text))
	s.Show(session.Shown{Fields: true, Lines: true, Response: true, Effort: true, Identity: true, Exact: true})
	p.play, _ = p.play.Next()
	p.play.Release(fps)(s)
	for s.Clock.Releasing() {
		s.Advance()
	}
	return p.frame()
}

// Every quantity is the number of the frame that its name says, found another way.
func TestQuantitiesAreThoseOfTheFrame(t *testing.T) {
	f := measured(t)
	r, second := f.Report, f.Runs[1].Report
	// Particle by particle, where the histogram and the bands have sums by log r.
	var below, above, effort float64
	for k, q := range f.Histogram {
		if middle := session.HistogramLo + (float64(k)+0.5)*(session.HistogramHi-session.HistogramLo)/float64(len(f.Histogram)); middle < -0.75 {
			below += q
		}
	}
	for _, b := range r.Effort {
		effort += b.Share
		if b.Lo > -0.5 {
			above += b.Share
		}
	}
	region := r.Regions[1]
	for name, want := range map[string]float64{
		"tv": r.TV, "tv of A": r.TV, "tv of B": second.TV, "exact tv of B": f.Runs[1].Exact.TV.Mean, "step": 6, "evaluations": float64(r.Evaluations), "bandwidth": 0.5,
		"coverage": r.UnderCoverage, "coverage of B": second.UnderCoverage, "unreached": r.Unreached, "threshold": math.Sqrt(1.5 / 0.5),
		"best coverage": f.Functional.Measure().Least(), "predicted": r.UnderCoverageChange.FirstOrder, "actual": r.UnderCoverageChange.Measured,
		"prediction error": math.Abs(r.UnderCoverageChange.FirstOrder-r.UnderCoverageChange.Measured) / math.Abs(r.UnderCoverageChange.Measured),
		"identity error":   r.IdentityResidual, "wrong way": r.WrongWay, "movement to gaps": above / effort, "excess": below,
		"region 2 ratio": region.ParticleMass / region.Mass, "region 2 target": region.Mass, "region 2 particles": region.ParticleMass, "region 2 ratio of B": second.Regions[1].MassRatio(),
		"region 2 predicted": region.MassChange.FirstOrder, "region 2 actual": region.MassChange.Measured,
		"region 2 prediction error": math.Abs(region.MassChange.FirstOrder-region.MassChange.Measured) / math.Abs(region.MassChange.Measured),
		"efficiency forward-kl":     f.Detail.Current.Efficiency, "current efficiency": f.Detail.Current.Efficiency, "gain forward-kl": f.Detail.Current.MassChange,
		"lacking": 0,
	} {
		q, err := lesson.ParseQuantity(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := q.Value(f); !(math.Abs(got-want) <= 1e-9*max(1, math.Abs(want))) {
			t.Errorf("%s is %v, expected %v", name, got, want)
		}
	}
	for _, name := range []string{"tv", "unreached", "coverage", "excess", "movement to gaps", "region 2 ratio", "exact tv of B"} {
		if q, err := lesson.ParseQuantity(name); err != nil || !(q.Value(f) > 0) {
			t.Errorf("%s is not positive: the test of it says nothing", name)
		}
	}
}

// The contracting share is that of the mass of the nodes: of two whose signs differ, the heavier one's.
func TestContractingIsTheShareOfTheMass(t *testing.T) {
	f := &session.Frame{Report: &sim.Report{}}
	f.Fields.Complete = true
	f.Fields.Compression, f.Fields.Q = []float64{2, -1, math.NaN()}, []float64{3, 1, 5}
	q, err := lesson.ParseQuantity("contracting")
	if err != nil || q.Value(f) != 0.75 {
		t.Errorf("contracting is %v (%v), expected 0.75", q.Value(f), err)
	}
}

// What a frame does not have is no number, and no claim about it holds.
func TestAMissingNumberIsNone(t *testing.T) {
	f := measured(t)
	none := *f
	none.Detail, none.Training, none.Runs = nil, nil, nil
	report := *f.Report
	report.Effort = nil
	none.Report = &report
	none.Fields.Complete = false
	for _, name := range []string{"sampler tv", "efficiency forward-kl", "gain neyman", "current efficiency", "wrong way", "movement to gaps", "contracting", "tv of B", "exact tv", "region 9 ratio"} {
		q, err := lesson.ParseQuantity(name)
		if err != nil || !math.IsNaN(q.Value(&none)) || q.Text(&none) != "–" {
			t.Errorf("%s is %v, %q (%v)", name, q.Value(&none), q.Text(&none), err)
		}
		for _, text := range []string{name + " < 1e9", name + " > -1e9"} {
			if c, err := lesson.ParseClaim(text); err != nil || c.Holds(&none) {
				t.Errorf("%s holds (%v)", text, err)
			}
		}
	}
}

func TestClaimsCompare(t *testing.T) {
	f := measured(t)
	for text, want := range map[string]bool{"step > 5.5": true, "step < 6": false, "step > 6": false, "step < bandwidth": false, "bandwidth < step": true, "tv of A > tv of A": false} {
		if c, err := lesson.ParseClaim(text); err != nil || c.Holds(f) != want {
			t.Errorf("%s: %v, expected %v (%v)", text, !want, want, err)
		}
	}
}

// A number that only the flow in focus has is not asked of another one.
func TestANumberOfTheFocusHasNoFlow(t *testing.T) {
	for name, want := range map[string]string{
		"wrong way of B": "expected it without a flow", "efficiency pearson of A": "expected it without a flow", "tv of E": `unknown flow "E"`,
		"region x ratio": `region "x"`, "region 0 ratio": `region "0"`, "ratio": "unknown quantity", "region 1 tv": "unknown quantity", "": "unknown quantity",
	} {
		if _, err := lesson.ParseQuantity(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, expected %q", name, err, want)
		}
	}
}

func TestTemplatesAreFilled(t *testing.T) {
	f := measured(t)
	for text, want := range map[string]string{"no number": "no number", "{step}": "6", "after {step} steps, h = {bandwidth}.": "after 6 steps, h = 0.5."} {
		tpl, err := lesson.ParseTemplate(text)
		if err != nil || tpl.Fill(f) != want {
			t.Errorf("%q is filled to %q, expected %q (%v)", text, tpl.Fill(f), want, err)
		}
	}
}

// Every quantity of the table has a line of help and a name that is found again.
func TestEveryQuantityIsFound(t *testing.T) {
	for _, q := range lesson.Quantities() {
		name := strings.NewReplacer("region N", "region 1", "DIVERGENCE", "pearson").Replace(q[0])
		if _, err := lesson.ParseQuantity(name); err != nil || q[1] == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
