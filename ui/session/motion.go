package session

import (
	"math"
	"slices"
	"strings"

	"undercurrent/divergences"
	"undercurrent/internal/portable"
	"undercurrent/sim"
	"undercurrent/sim/density"
	"undercurrent/sim/movers"
)

// MotionControl changes the motion of the flow in focus: drift, parameters, velocity,
// birth–death, bandwidth. Particles stay where they are.
type MotionControl struct {
	s         *Session
	catalogue divergences.Catalogue
	measured  *density.Objectives // see objectives
	// tried is the choice that was refused last, with its run: the next press skips it.
	tried struct {
		run    int
		choice string
	}
}

// Drift is the drift of the flow in focus.
func (c *MotionControl) Drift() divergences.Spec { return c.s.focus.motion().Drift }

// Catalogue lists the drifts that can be chosen.
func (c *MotionControl) Catalogue() divergences.Catalogue { return c.catalogue }

// Next switches to the divergence by positions further in the catalogue, skipping those that
// are invalid for the current particles.
func (c *MotionControl) Next(by int) {
	if c.s.mode.showDrift() {
		c.tellDrift()
		return
	}
	ids := c.catalogue.IDs()
	i, n := slices.Index(ids, c.Drift().ID()), len(ids)
	for range n {
		i = (i + by + n) % n
		if c.Choose(ids[i]) {
			return
		}
	}
}

// ShowDrift shows or hides the drift of watched particles, which moves nothing.
func (c *MotionControl) ShowDrift(shown bool) {
	if shown {
		c.s.mode.showDrift()
		c.tellDrift()
		return
	}
	c.s.mode.hideDrift()
	c.s.tell("the drift is hidden")
}

// tellDrift says which drift is shown.
func (c *MotionControl) tellDrift() {
	c.s.measure()
	c.s.tell("where the drift of %s would move the particles; it moves nothing", c.s.flow().Drift().Info().Name)
}

// Choose switches to a divergence, with its last parameters, and reports whether it is valid
// for the current particles.
func (c *MotionControl) Choose(id string) bool {
	family, err := c.catalogue.Family(id)
	if err != nil {
		c.s.tell("%v", err)
		return false
	}
	return c.SetDrift(c.Drift().WithFamily(family))
}

// ChooseNumber switches to the n-th divergence of the catalogue, counted from 0.
func (c *MotionControl) ChooseNumber(n int) {
	if ids := c.catalogue.IDs(); n < len(ids) {
		c.Choose(ids[n])
	}
}

// SetDrift switches to a drift and reports whether it is valid for the current particles. The
// velocity and the birth–death are kept if the drift has them.
func (c *MotionControl) SetDrift(spec divergences.Spec) bool {
	m := c.s.focus.motion()
	m.Drift, m.Mover, m.Adaptive = spec, movers.Spec{}, false
	return c.set(m)
}

// SetMotion is SetDrift with the velocity, the birth–death and the bandwidth of a motion, if it has
// them.
func (c *MotionControl) SetMotion(m sim.Motion) bool {
	now := c.s.focus.motion()
	if m.Bandwidth == 0 {
		m.Bandwidth = now.Bandwidth
	}
	if m.Velocity == sim.Plugin {
		m.Velocity = now.Velocity
	}
	if !m.Mover.IsZero() {
		now.Velocity, now.BirthDeath, now.Coarse = sim.Plugin, 0, sim.Coarse{}
	}
	if !m.Coarse.On() {
		m.Coarse = now.Coarse
	} else if m.Coarse.From == 0 {
		m.Coarse.From = c.s.flow().Progress().Step
	}
	if m.Coarse != now.Coarse && c.s.refused("coarse to fine") {
		return false
	}
	if m.BirthDeath == 0 {
		m.BirthDeath = now.BirthDeath
	} else if c.s.refused("birth–death") {
		return false
	}
	rescaled := m.Bandwidth != now.Bandwidth
	set := c.set(m)
	if set && rescaled {
		c.s.Training.restart()
	}
	return set
}

// SetText is SetMotion of a text for sim.ParseMotion, in which missing parameters keep their
// current values.
func (c *MotionControl) SetText(text string) bool {
	m, err := sim.ParseMotion(c.catalogue, text, c.Drift().Values())
	if err != nil {
		c.s.tell("%v", err)
		return false
	}
	if !strings.Contains(text, "^") {
		m.Drift = m.Drift.WithZFactor(c.Drift().ZFactor())
	}
	return c.SetMotion(m)
}

// set changes the motion, or notes the error.
func (c *MotionControl) set(m sim.Motion) bool {
	c.s.Clock.stay()
	d, err := m.Drift.Build()
	if err == nil && !d.IsGradientFlow() {
		m.Velocity, m.BirthDeath = sim.Plugin, 0
	}
	if err == nil {
		err = c.s.focus.SetMotion(m)
	}
	if err != nil {
		c.s.tell("%v", err)
		return false
	}
	if known, err := c.catalogue.Family(m.Drift.ID()); err != nil || known.Table != m.Drift.Family().Table {
		c.catalogue = c.catalogue.With(m.Drift.Family())
	}
	c.s.Training.do(func(t *trainer) { t.setDrift(m.Drift) })
	c.tried.run = 0
	c.s.mode.showDrift()
	c.s.measure()
	if !m.Mover.IsZero() {
		info := m.Mover.Kind.Info()
		c.s.tell("%s: %s", info.Name, info.Character)
		return true
	}
	if m.Adaptive {
		c.s.tell("adaptive: at each step the best weight for the region that is covered worst")
		return true
	}
	info := d.Info()
	c.s.tell("%s: %s", info.Name, info.Character)
	return true
}

// NextReference switches to the next choice of the drift's parameter that has choices, the
// reference of a Log-Variance drift. One that is invalid for the current particles is refused
// in a note, and skipped by the next press.
func (c *MotionControl) NextReference() {
	spec := c.Drift()
	p, ok := spec.Parameter(func(p divergences.Parameter) bool { return p.Choices != nil })
	if !ok {
		c.s.tell("%s has no reference; lv and lv-surrogate do", spec.ID())
		return
	}
	from := spec.Value(p.Name).Choice
	if c.tried.run == c.s.focus.id {
		from = c.tried.choice
	}
	next := p.Choices[(slices.Index(p.Choices, from)+1)%len(p.Choices)]
	if !c.SetDrift(spec.With(p.Name, divergences.Choice(next))) {
		c.tried.run, c.tried.choice = c.s.focus.id, next
	}
}

// SetParameter sets a parameter of the current family, or else of the first family of the
// catalogue that has it.
func (c *MotionControl) SetParameter(name string, v divergences.Value) {
	spec := c.Drift()
	if !takes(spec.Family(), name) {
		families := c.catalogue.Families()
		k := slices.IndexFunc(families, func(f divergences.Family) bool { return takes(f, name) })
		if k < 0 {
			c.s.tell("no divergence has a parameter %s", name)
			return
		}
		spec = spec.WithFamily(families[k])
	}
	c.SetDrift(spec.With(name, v))
}

func takes(f divergences.Family, name string) bool {
	return slices.ContainsFunc(f.Parameters, func(p divergences.Parameter) bool { return p.Name == name })
}

// StepParameter changes the number of the drift by a step; a drift without one is replaced by
// the first family of the catalogue that has one.
func (c *MotionControl) StepParameter(up bool) {
	spec := c.Drift()
	p, ok := spec.Parameter(func(p divergences.Parameter) bool { return p.Choices == nil })
	if !ok {
		for _, f := range c.catalogue.Families() {
			if other := spec.WithFamily(f); len(f.Parameters) > 0 && f.Parameters[0].Choices == nil {
				c.SetDrift(other)
				return
			}
		}
		return
	}
	by := p.Step
	if !up {
		by = -by
	}
	c.SetDrift(spec.With(p.Name, divergences.Number(rounded(spec.Value(p.Name).Number+by))))
}

// ScaleZ doubles or halves the assumed normalizing constant Z.
func (c *MotionControl) ScaleZ(up bool) { c.SetZFactor(scaled(c.Drift().ZFactor(), zStep, up)) }

// SetZFactor makes the drift assume factor·Z for Z. Measurements keep the true Z.
func (c *MotionControl) SetZFactor(factor float64) {
	const limit = divergences.MaxZFactor
	if !(factor >= 1/float64(limit) && factor <= limit) {
		c.s.tell("factor of Z is %g, expected %g to %g", factor, 1/float64(limit), float64(limit))
		return
	}
	if !c.SetDrift(c.Drift().WithZFactor(factor)) {
		return
	}
	info := c.s.flow().Drift().Info()
	if info.NeedsZ {
		c.s.tell("assumed Z ×%g: %s depends on Z, so the particles take other paths", factor, info.ID)
	} else {
		c.s.tell("assumed Z ×%g: under %s the particles take the same paths", factor, info.ID)
	}
}

// ToggleVelocity changes between the plug-in and the blob velocity.
func (c *MotionControl) ToggleVelocity() {
	c.s.Clock.stay()
	m := c.s.focus.motion()
	if m.Velocity == sim.Blob {
		m.Velocity = sim.Plugin
	} else {
		m.Velocity = sim.Blob
	}
	if err := c.s.focus.SetMotion(m); err != nil {
		c.s.tell("%v", err)
		return
	}
	c.s.measure()
	c.s.tell("velocity %s: %s", m.Velocity, [...]string{"V from the densities at each point", "the exact gradient flow of the smoothed objective"}[m.Velocity])
}

// ScaleBandwidth makes the bandwidth some times a tenth larger, or smaller where they are negative.
func (c *MotionControl) ScaleBandwidth(times int) {
	up, h := times > 0, c.s.focus.motion().Bandwidth
	for range max(times, -times) {
		h = roundedTo(scaled(h, bandwidthStep, up), 3)
	}
	if n := max(times, -times); !c.SetBandwidth(h) && n > 1 {
		// As far as it goes.
		for range n {
			c.SetBandwidth(roundedTo(scaled(c.s.focus.motion().Bandwidth, bandwidthStep, up), 3))
		}
	}
}

// SetBandwidth changes the kernel of the flow in focus, and reports whether that is valid.
func (c *MotionControl) SetBandwidth(h float64) bool {
	c.s.Clock.stay()
	m := c.s.focus.motion()
	m.Bandwidth = h
	if err := c.s.focus.SetMotion(m); err != nil {
		c.s.tell("%v", err)
		return false
	}
	c.s.Training.restart()
	c.s.measure()
	c.s.tell("bandwidth h = %g", h)
	return true
}

// Factors per key press.
const (
	bandwidthStep = 1.1
	softnessStep  = 1.25
	thresholdStep = 2
	zStep         = 2
)

// scaled is v·by or v/by.
func scaled(v, by float64, up bool) float64 {
	if up {
		return v * by
	}
	return v / by
}

// rounded removes the rounding errors of repeated additions from a parameter.
func rounded(v float64) float64 { return math.Round(v*1000) / 1000 }

// roundedTo keeps the given number of significant digits.
func roundedTo(v float64, digits int) float64 {
	scale := portable.Pow(10, float64(digits-1)-math.Floor(math.Log10(v)))
	return math.Round(v*scale) / scale
}
