package scenarios

import (
	"math"
	"reflect"
	"strings"
	"testing"
)

// sample is an edit of each kind.
func sample() []Edit {
	return []Edit{
		{Verb: Move, Mode: 3, At: Point{4.5, -1.0 / 3}}, {Verb: Weigh, Mode: 1, By: 2.5}, {Verb: Widen, Mode: 8, By: 0.1},
		{Verb: Add, At: Point{1, 2}, By: 0.7}, {Verb: Delete, Mode: 2},
		{Verb: Pour, At: Point{-1, 2}, By: 0.5, Count: 80}, {Verb: Drain, At: Point{0, 0}, By: 1e-3},
	}
}

func TestEditsAreReadAsTheyAreWritten(t *testing.T) {
	for _, e := range sample() {
		if got, err := ParseEdit(e.String()); err != nil || got != e {
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
		e, err := ParseEdit(text)
		if err != nil {
			return
		}
		if again, err := ParseEdit(e.String()); err != nil || again != e {
			t.Errorf("%q is read as %+v and again as %+v (%v)", text, e, again, err)
		}
	})
}

func edited(t *testing.T, s Scenario, edits ...Edit) *Mixture {
	t.Helper()
	s, err := s.Edited(edits...)
	if err != nil {
		t.Fatal(err)
	}
	return s.Target.(*Mixture)
}

func TestEditsChangeWhatTheySay(t *testing.T) {
	s, err := Named("uneven-ring")
	if err != nil {
		t.Fatal(err)
	}
	was := s.Target.(*Mixture).Components()
	m := edited(t, s, Edit{Verb: Move, Mode: 3, At: Point{5, 6}}).Components()
	if m[2].Mean != (Point{5, 6}) || m[2].Cov != was[2].Cov || m[1] != was[1] || m[3].Weight != was[3].Weight {
		t.Errorf("after a move the modes are %+v", m)
	}
	m = edited(t, s, Edit{Verb: Weigh, Mode: 5, By: 4}).Components()
	if got, want := m[4].Weight/m[0].Weight, 4*was[4].Weight/was[0].Weight; math.Abs(got/want-1) > 1e-14 {
		t.Errorf("the weight is %g of the first, expected %g", got, want)
	}
	m = edited(t, s, Edit{Verb: Widen, Mode: 5, By: 3}).Components()
	if got, want := m[4].Cov.XX, 9*was[4].Cov.XX; math.Abs(got/want-1) > 1e-14 || m[4].Cov.YY != m[4].Cov.XX {
		t.Errorf("the variance is %g, expected %g", got, want)
	}
	m = edited(t, s, Edit{Verb: Add, At: Point{0, 0}, By: 0.5}).Components()
	if len(m) != 9 || math.Abs(m[8].Weight-1./9) > 1e-14 || m[8].Cov != (Cov{XX: 0.25, YY: 0.25}) {
		t.Errorf("a new mode is %+v, expected the average weight 1/9", m[8])
	}
	m = edited(t, s, Edit{Verb: Delete, Mode: 1}).Components()
	if len(m) != 7 || m[0].Mean != was[1].Mean {
		t.Errorf("without the first the modes are %+v", m)
	}
	after, err := s.Edited(Edit{Verb: Delete, Mode: 1})
	if err != nil || len(after.Truth.Modes) != 7 || after.Truth.Sampler != after.Target.(Sampler) {
		t.Errorf("the truth is not that of the new mixture: %+v, %v", after.Truth, err)
	}
	if again := s.Target.(*Mixture).Components(); !reflect.DeepEqual(again, was) {
		t.Error("an edit has changed the scenario it was made of")
	}
}

func TestEditsThatCannotBeMadeSayWhy(t *testing.T) {
	ring, _ := Named("uneven-ring")
	banana, _ := Named("banana")
	gaussian := ring
	gaussian.Target = must(NewMixture([]Component{{Cov: Cov{XX: 1, YY: 1}, Weight: 1}}))
	for _, c := range []struct {
		s    Scenario
		e    Edit
		want string
	}{
		{ring, Edit{Verb: Move, Mode: 9}, "no mode 9, expected 1 to 8"},
		{ring, Edit{Verb: Move, Mode: 1, At: Point{99, 0}}, "outside of the window"},
		{ring, Edit{Verb: Add, At: Point{0, -99}, By: 1}, "outside of the window"},
		{ring, Edit{Verb: Widen, Mode: 1, By: 1e-200}, "not positive definite"},
		{gaussian, Edit{Verb: Delete, Mode: 1}, "last mode cannot be deleted"},
		{banana, Edit{Verb: Delete, Mode: 1}, "not a mixture"},
	} {
		if _, err := c.s.Edited(c.e); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s gives %v, expected %q", c.e, err, c.want)
		}
	}
}

func TestTwoEditsOfAKindAreOne(t *testing.T) {
	a, ok := Edit{Verb: Weigh, Mode: 2, By: 1.25}.Then(Edit{Verb: Weigh, Mode: 2, By: 2})
	if !ok || a.By != 2.5 {
		t.Errorf("1.25 times and 2 times as heavy is %+v, %v", a, ok)
	}
	b, ok := Edit{Verb: Move, Mode: 2, At: Point{1, 1}}.Then(Edit{Verb: Move, Mode: 2, At: Point{3, 0}})
	if !ok || b.At != (Point{3, 0}) {
		t.Errorf("two moves are %+v, %v", b, ok)
	}
	for _, e := range []Edit{{Verb: Move, Mode: 3}, {Verb: Widen, Mode: 2, By: 2}, {Verb: Delete, Mode: 2}} {
		if _, ok := (Edit{Verb: Move, Mode: 2}).Then(e); ok {
			t.Errorf("a move of mode 2 and %s are taken for one", e)
		}
	}
	if _, ok := (Edit{Verb: Delete, Mode: 2}).Then(Edit{Verb: Delete, Mode: 2}); ok {
		t.Error("two modes deleted are taken for one")
	}
}

// A normalised mixture normalised again has the same bits.
func TestNormalisingTwiceChangesNothing(t *testing.T) {
	for _, s := range All() {
		m, ok := s.Target.(*Mixture)
		if !ok {
			continue
		}
		again := must(NewMixture(m.Components()))
		if !reflect.DeepEqual(again, m) {
			t.Errorf("%s is another mixture when made of its own components", s.ID)
		}
	}
}
