package scenarios_test

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"undercurrent/internal/fuzztest"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/scenarios/internal/scenariotest"
)

// sample is an edit of each kind.
func sample() []scenarios.Edit {
	return []scenarios.Edit{
		{Verb: scenarios.Move, Mode: 3, At: scenarios.Point{4.5, -1.0 / 3}}, {Verb: scenarios.Weigh, Mode: 1, By: 2.5}, {Verb: scenarios.Widen, Mode: 8, By: 0.1},
		{Verb: scenarios.Add, At: scenarios.Point{1, 2}, By: 0.7}, {Verb: scenarios.Delete, Mode: 2},
		{Verb: scenarios.Pour, At: scenarios.Point{-1, 2}, By: 0.5, Count: 80}, {Verb: scenarios.Drain, At: scenarios.Point{0, 0}, By: 1e-3},
	}
}

func TestEditsRoundTrip(t *testing.T) {
	for _, e := range sample() {
		if got, err := scenarios.ParseEdit(e.String()); err != nil || got != e {
			t.Errorf("%s is read as %+v (%v), expected %+v", e, got, err, e)
		}
	}
}

func FuzzParseEdit(f *testing.F) {
	for _, e := range sample() {
		f.Add(e.String())
	}
	f.Add("move:3:NaN:1")
	f.Fuzz(func(t *testing.T, text string) {
		e, err := scenarios.ParseEdit(text)
		if err != nil {
			fuzztest.OneLine(t, text, err)
			return
		}
		if again, err := scenarios.ParseEdit(e.String()); err != nil || again != e {
			t.Errorf("%q is read as %+v and again as %+v (%v)", text, e, again, err)
		}
	})
}

func edited(t *testing.T, s scenarios.Scenario, edits ...scenarios.Edit) *scenarios.Mixture {
	t.Helper()
	s, err := s.Edited(edits...)
	if err != nil {
		t.Fatal(err)
	}
	return s.Target.(*scenarios.Mixture)
}

func TestEditsChangeTheMixture(t *testing.T) {
	s, err := catalogue.Named("uneven-ring")
	if err != nil {
		t.Fatal(err)
	}
	was := s.Target.(*scenarios.Mixture).Components()
	m := edited(t, s, scenarios.Edit{Verb: scenarios.Move, Mode: 3, At: scenarios.Point{5, 6}}).Components()
	if m[2].Mean != (scenarios.Point{5, 6}) || m[2].Cov != was[2].Cov || m[1] != was[1] || m[3].Weight != was[3].Weight {
		t.Errorf("after a move the modes are %+v", m)
	}
	m = edited(t, s, scenarios.Edit{Verb: scenarios.Weigh, Mode: 5, By: 4}).Components()
	if got, want := m[4].Weight/m[0].Weight, 4*was[4].Weight/was[0].Weight; math.Abs(got/want-1) > 1e-14 {
		t.Errorf("the weight is %g of the first, expected %g", got, want)
	}
	m = edited(t, s, scenarios.Edit{Verb: scenarios.Widen, Mode: 5, By: 3}).Components()
	if got, want := m[4].Cov.XX, 9*was[4].Cov.XX; math.Abs(got/want-1) > 1e-14 || m[4].Cov.YY != m[4].Cov.XX {
		t.Errorf("the variance is %g, expected %g", got, want)
	}
	m = edited(t, s, scenarios.Edit{Verb: scenarios.Add, At: scenarios.Point{0, 0}, By: 0.5}).Components()
	if len(m) != 9 || math.Abs(m[8].Weight-1./9) > 1e-14 || m[8].Cov != (scenarios.Cov{XX: 0.25, YY: 0.25}) {
		t.Errorf("a new mode is %+v, expected the average weight 1/9", m[8])
	}
	m = edited(t, s, scenarios.Edit{Verb: scenarios.Delete, Mode: 1}).Components()
	if len(m) != 7 || m[0].Mean != was[1].Mean {
		t.Errorf("without the first the modes are %+v", m)
	}
	after, err := s.Edited(scenarios.Edit{Verb: scenarios.Delete, Mode: 1})
	if err != nil || len(after.Truth.Modes) != 7 || after.Truth.Sampler != after.Target.(scenarios.Sampler) {
		t.Errorf("the truth is not that of the new mixture: %+v, %v", after.Truth, err)
	}
	if again := s.Target.(*scenarios.Mixture).Components(); !reflect.DeepEqual(again, was) {
		t.Error("an edit has changed the scenario it was made of")
	}
}

func TestInvalidEditsAreRejected(t *testing.T) {
	ring, _ := catalogue.Named("uneven-ring")
	banana, _ := catalogue.Named("banana")
	gaussian := ring
	gaussian.Target = scenariotest.Must(scenarios.NewMixture([]scenarios.Component{{Cov: scenarios.Cov{XX: 1, YY: 1}, Weight: 1}}))
	for _, c := range []struct {
		s    scenarios.Scenario
		e    scenarios.Edit
		want string
	}{
		{ring, scenarios.Edit{Verb: scenarios.Move, Mode: 9}, "no mode 9, expected 1 to 8"},
		{ring, scenarios.Edit{Verb: scenarios.Move, Mode: 1, At: scenarios.Point{99, 0}}, "outside the window"},
		{ring, scenarios.Edit{Verb: scenarios.Add, At: scenarios.Point{0, -99}, By: 1}, "outside the window"},
		{ring, scenarios.Edit{Verb: scenarios.Widen, Mode: 1, By: 1e-200}, "not positive definite"},
		{gaussian, scenarios.Edit{Verb: scenarios.Delete, Mode: 1}, "last mode cannot be deleted"},
		{banana, scenarios.Edit{Verb: scenarios.Delete, Mode: 1}, "not a mixture"},
	} {
		if _, err := c.s.Edited(c.e); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s gives %v, expected %q", c.e, err, c.want)
		}
	}
}

func TestEditsOfOneKindAreMerged(t *testing.T) {
	a, ok := scenarios.Edit{Verb: scenarios.Weigh, Mode: 2, By: 1.25}.Then(scenarios.Edit{Verb: scenarios.Weigh, Mode: 2, By: 2})
	if !ok || a.By != 2.5 {
		t.Errorf("1.25 times and 2 times as heavy is %+v, %v", a, ok)
	}
	b, ok := scenarios.Edit{Verb: scenarios.Move, Mode: 2, At: scenarios.Point{1, 1}}.Then(scenarios.Edit{Verb: scenarios.Move, Mode: 2, At: scenarios.Point{3, 0}})
	if !ok || b.At != (scenarios.Point{3, 0}) {
		t.Errorf("two moves are %+v, %v", b, ok)
	}
	for _, e := range []scenarios.Edit{{Verb: scenarios.Move, Mode: 3}, {Verb: scenarios.Widen, Mode: 2, By: 2}, {Verb: scenarios.Delete, Mode: 2}} {
		if _, ok := (scenarios.Edit{Verb: scenarios.Move, Mode: 2}).Then(e); ok {
			t.Errorf("a move of mode 2 and %s are taken for one", e)
		}
	}
	if _, ok := (scenarios.Edit{Verb: scenarios.Delete, Mode: 2}).Then(scenarios.Edit{Verb: scenarios.Delete, Mode: 2}); ok {
		t.Error("two modes deleted are taken for one")
	}
}
