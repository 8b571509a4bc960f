package session

import (
	"strings"
	"testing"

	"undercurrent/sim"
	"undercurrent/sim/density"
	"undercurrent/sim/target"
)

// islandsOf takes steps and returns the islands after the last one.
func islandsOf(s *Session, steps int) *Islands {
	for range steps {
		s.Advance()
	}
	return frameOf(s).Islands
}

func TestIslandsAreFoundWhereTheDriftStandsStill(t *testing.T) {
	islandsAreFound(t, map[string]bool{"grid9": true, "banana": false})
}

// islandsAreFound fails unless there are islands on those of the scenarios where some are expected.
func islandsAreFound(t *testing.T, on map[string]bool) {
	t.Helper()
	for id, isolated := range on {
		s := newSession(t, id)
		found := islandsOf(s, 170)
		if (found != nil) != isolated {
			t.Errorf("%s: islands %+v, expected some: %t", id, found, isolated)
			continue
		}
		if !isolated {
			continue
		}
		missing := 0.0
		for _, r := range frameOf(s).Report.Regions {
			if found.Is(r.ID) {
				missing += max(r.Region.Mass-r.ParticleMass, 0)
			}
		}
		if d := missing - found.Lacking; d > 1e-12 || d < -1e-12 || missing < minLacking {
			t.Errorf("%s: islands lack %g, their masses say %g", id, found.Lacking, missing)
		}
	}
}

// The islands are spoken of once, with the keys that help, and are gone when one of them has helped.
func TestBirthDeathHelpsAgainstIslands(t *testing.T) {
	keysHelp(t, map[string]func(*Session){"birth–death": func(s *Session) { s.Motion.ToggleBirthDeath() }})
}

// keysHelp fails unless each of some keys ends the islands.
func keysHelp(t *testing.T, keys map[string]func(*Session)) {
	t.Helper()
	for name, help := range keys {
		s := newSession(t, "ring8")
		said := 0
		for range 100 {
			serial := frameOf(s).Note.Serial
			s.Advance()
			if note := frameOf(s).Note; note.Serial != serial && strings.HasPrefix(note.Text, "islands lack ") {
				said++
				if !strings.Contains(note.Text, "U birth–death, H coarse to fine") {
					t.Errorf("the note is %q", note.Text)
				}
			}
		}
		if said != 1 {
			t.Errorf("the islands are spoken of %d times", said)
		}
		before := frameOf(s).Report.TV
		help(s)
		if f := frameOf(s); f.Islands != nil {
			t.Errorf("%s: under another motion the islands are still shown", name)
		}
		found := islandsOf(s, 270)
		if after := frameOf(s).Report.TV; found != nil || after > before/4 {
			t.Errorf("%s: after it islands are %+v, TV is %g, before %g", name, found, after, before)
		}
	}
}

func TestTheCriterionOfIslands(t *testing.T) {
	region := func(target_, particles, se float64) sim.RegionReport {
		return sim.RegionReport{RegionTotals: density.RegionTotals{Region: target.Region{Mass: target_}, ParticleMass: particles, SE: se}}
	}
	for name, c := range map[string]struct {
		now    sim.Report
		before restSample
		want   []bool
	}{
		"nothing moves":        {sim.Report{Regions: []sim.RegionReport{region(0.6, 0.3, 0.01), region(0.4, 0.7, 0.01)}, TV: 0.3}, restSample{tv: 0.3, masses: []float64{0.3, 0.7}}, []bool{true, true}},
		"one gains enough":     {sim.Report{Regions: []sim.RegionReport{region(0.3, 0.1, 0.01), region(0.3, 0.1, 0.01)}, TV: 0.3}, restSample{tv: 0.3, masses: []float64{0.08, 0.1}}, []bool{false, true}},
		"TV falls":             {sim.Report{Regions: []sim.RegionReport{region(0.6, 0.3, 0.01), region(0.4, 0.7, 0.01)}, TV: 0.3}, restSample{tv: 0.31, masses: []float64{0.3, 0.7}}, nil},
		"within 10 %":          {sim.Report{Regions: []sim.RegionReport{region(0.6, 0.55, 0.001), region(0.4, 0.45, 0.01)}, TV: 0.05}, restSample{tv: 0.05, masses: []float64{0.55, 0.45}}, nil},
		"within three errors":  {sim.Report{Regions: []sim.RegionReport{region(0.6, 0.3, 0.1), region(0.4, 0.7, 0.1)}, TV: 0.3}, restSample{tv: 0.3, masses: []float64{0.3, 0.7}}, nil},
		"of another partition": {sim.Report{Regions: []sim.RegionReport{region(1, 0.3, 0.1)}, TV: 0.3}, restSample{tv: 0.3, masses: []float64{0.3, 0.7}}, nil},
	} {
		c.now.Step = islandSteps
		found := findIslands(&c.now, c.before)
		if (found != nil) != (c.want != nil) {
			t.Errorf("%s: %+v", name, found)
			continue
		}
		for k, want := range c.want {
			if found.Is(k+1) != want {
				t.Errorf("%s: region %d is an island: %t", name, k+1, found.Is(k+1))
			}
		}
	}
}

// A schedule from coarse to fine is started and ended by its key, typed, and refused where nothing is moved.
func TestCoarseToFineIsSwitchedLive(t *testing.T) {
	d := newSession(t, "ring8")
	for range 5 {
		d.Advance()
	}
	d.Motion.ToggleCoarse()
	h := d.flow().Settings().Bandwidth
	f := frameOf(d)
	if f.Report.Bandwidth != 8*h || f.Settings.Coarse != sim.DefaultCoarse(5) || !strings.Contains(f.Note.Text, "coarse to fine: the bandwidth falls from") {
		t.Fatalf("bandwidth %g is in force, schedule %+v, note %q", f.Report.Bandwidth, f.Settings.Coarse, f.Note.Text)
	}
	d.Motion.Choose("pearson")
	if c := d.flow().Settings().Coarse; c != sim.DefaultCoarse(5) {
		t.Errorf("under another divergence the schedule is %+v", c)
	}
	d.Motion.ToggleCoarse()
	if f := frameOf(d); f.Report.Bandwidth != h || f.Settings.Coarse.On() || !strings.Contains(f.Note.Text, "coarse to fine off") {
		t.Errorf("taken back, bandwidth %g is in force, note %q", f.Report.Bandwidth, f.Note.Text)
	}
	d.Motion.SetText("reverse-kl+coarse:4:10")
	if c := d.flow().Settings().Coarse; c != (sim.Coarse{Factor: 4, Steps: 10, From: 5}) {
		t.Errorf("typed, the schedule is %+v", c)
	}
	d.Motion.SetCoarseFactor(0.5)
	if f := frameOf(d); f.Settings.Coarse.Factor != 4 || !strings.Contains(f.Note.Text, "coarse factor is 0.5, expected 1 to 32") {
		t.Errorf("the schedule is %+v, the note %q", f.Settings.Coarse, f.Note.Text)
	}
	d.Scene.Restart()
	if c := d.flow().Settings().Coarse; c.From != 0 || frameOf(d).Report.Bandwidth != 4*h {
		t.Errorf("after a restart the schedule is %+v", c)
	}
	d.Motion.SetCoarseFactor(1)
	if c := d.flow().Settings().Coarse; c.On() {
		t.Errorf("by factor 1 the schedule is %+v", c)
	}
}

// Under a mover there are no islands: the keys that help against them are for drifts.
func TestAMoverHasNoIslands(t *testing.T) {
	s := newSession(t, "ring8")
	s.Scene.SetParticles(500)
	s.Motion.SetMover("mala:0.25")
	for range 120 {
		s.Advance()
		if f := frameOf(s); f.Islands != nil {
			t.Fatalf("at step %d islands lack %g", f.Report.Step, f.Islands.Lacking)
		}
	}
}
