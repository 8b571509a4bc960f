package divergences

import (
	"math"
	"testing"

	"undercurrent/internal/fuzztest"
)

// The text of a drift is read and written without loss, and what is built of it has a finite
// positive weight or an error of one line that a terminal can show.
func FuzzSpec(f *testing.F) {
	for _, family := range Standard().Families() {
		f.Add(family.ID)
	}
	f.Add("table:-2:0.5:2:1^2")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Standard().Parse(text, nil)
		if err != nil {
			fuzztest.OneLine(t, text, err)
			return
		}
		if again, err := Standard().Parse(s.String(), nil); err != nil || !again.Equal(s) && s.Equal(s) {
			t.Fatalf("%q is read as %s, and that as %s (%v)", text, s, again, err)
		}
		if _, err := s.Build(); err != nil {
			fuzztest.OneLine(t, text, err)
			return
		}
		if d, err := s.Family().Divergence(s.Values()); err != nil {
			t.Fatalf("%q is a drift and no divergence: %v", text, err)
		} else if d != nil {
			for _, logR := range []float64{-3, 0, 3} {
				if w := d.Weight(logR); !(w >= 0) || math.IsInf(w, 0) {
					t.Fatalf("the weight of %q at log r = %g is %g", text, logR, w)
				}
			}
		}
	})
}
