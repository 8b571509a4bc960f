package cli

import (
	"math"
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/internal/fuzztest"
)

// An event of --switch or --edit is a step with what happens there, or an error of usage.
func FuzzEvents(f *testing.F) {
	f.Add("12=reverse-kl@0.275", "12=move:3:4.5:1.2")
	f.Fuzz(func(t *testing.T, change, edit string) {
		s := show{switches: []string{change}}
		list, err := s.resolveEvents(divergences.Standard(), 0.3)
		fuzztest.OneLine(t, change, err)
		if err == nil && (list[0].Step < 0 || !(list[0].Motion.Bandwidth > 0) || list[0].Edit != nil) {
			t.Errorf("%q is %+v", change, list[0])
		}
		e, err := resolveEdit(edit)
		fuzztest.OneLine(t, edit, err)
		if err == nil && (e.Step < 0 || e.Edit == nil) {
			t.Errorf("%q is %+v", edit, e)
		}
	})
}

// The numbers of --window are read and written without loss.
func FuzzWindow(f *testing.F) {
	f.Add("-4,4,-3,3")
	f.Fuzz(func(t *testing.T, text string) {
		var w, again window
		if err := w.Set(text); err != nil {
			return // the library names the flag and quotes the text
		}
		if err := again.Set(w.String()); err != nil || !slices.EqualFunc(w, again, func(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) || a != a && b != b }) {
			t.Errorf("%q is read as %v, and that as %v (%v)", text, w, again, err)
		}
	})
}
