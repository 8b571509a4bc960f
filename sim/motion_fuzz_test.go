package sim_test

import (
	"testing"

	"undercurrent/divergences"
	"undercurrent/internal/fuzztest"
	"undercurrent/sim"
)

// The text of a motion is read and written without loss.
func FuzzMotion(f *testing.F) {
	f.Add("reverse-kl@0.4~blob")
	f.Add("forward-kl@0.4+birth-death:2.5~blob")
	f.Add("alpha:+1.5+birth-death")
	f.Add("reverse-kl+birth-death+coarse:4:100:57~blob")
	f.Add("adaptive@0.3+birth-death")
	f.Add("hmc:0.5:3@0.3")
	f.Fuzz(func(t *testing.T, text string) {
		c := divergences.Standard()
		m, err := sim.ParseMotion(c, text, nil)
		if err != nil {
			fuzztest.OneLine(t, text, err)
			return
		}
		again, err := sim.ParseMotion(c, m.String(), nil)
		if err != nil || again.Bandwidth != m.Bandwidth || again.BirthDeath != m.BirthDeath || again.Coarse != m.Coarse || again.Mover != m.Mover || again.Adaptive != m.Adaptive || again.Velocity != m.Velocity || !again.Drift.Equal(m.Drift) && m.Drift.Equal(m.Drift) {
			t.Fatalf("%q is read as %s, and that as %s (%v)", text, m, again, err)
		}
	})
}
