package engine

import (
	"math"
	"slices"

	"undercurrent/divergences"
	"undercurrent/sim"
)

// Next switches to the divergence that is by places further in the list, passing
// over those that cannot be used where the cloud is.
func (d *Driver) Next(by int) {
	ids := d.choice.IDs()
	i, n := slices.Index(ids, d.choice.ID), len(ids)
	for range n {
		i = (i + by + n) % n
		if d.Choose(ids[i]) {
			return
		}
	}
}

// Choose switches to a divergence and tells whether it can be used; the particles
// stay where they are.
func (d *Driver) Choose(id string) bool {
	c := d.choice
	c.ID = id
	return d.Take(c)
}

// ChooseNumber switches to the n-th divergence of the list, counted from 0.
func (d *Driver) ChooseNumber(n int) {
	if ids := d.choice.IDs(); n < len(ids) {
		d.Choose(ids[n])
	}
}

// Take switches to a divergence with its parameters and tells whether it can be used;
// the particles stay where they are, and so does the velocity where that can be.
func (d *Driver) Take(c Choice) bool { return d.adopt(c, d.settings.Velocity) }

// SetAlpha switches to the alpha family at α; the other parameters stay.
func (d *Driver) SetAlpha(alpha float64) {
	c := d.choice
	c.ID, c.Parameters.Alpha = "alpha", alpha
	d.Take(c)
}

// SetReference changes the density ρ, of lv where the divergence has none.
func (d *Driver) SetReference(name string) {
	c := d.choice
	if c.Parameters.Reference = name; !c.hasReference() {
		c.ID = "lv"
	}
	d.Take(c)
}

// TakeRule is Take with the velocity and the bandwidth of a rule, where it has them. The
// custom divergence is the one there is.
func (d *Driver) TakeRule(r Rule) bool {
	r.Custom = d.choice.Custom
	if r.Bandwidth != 0 {
		d.SetBandwidth(r.Bandwidth)
	}
	velocity := d.settings.Velocity
	if r.Velocity == sim.Blob {
		velocity = sim.Blob
	}
	return d.adopt(r.Choice, velocity)
}

// adopt makes a choice the one in force, or says why it cannot be.
func (d *Driver) adopt(c Choice, velocity sim.VelocityRule) (adopted bool) {
	v, err := c.drift()
	if err == nil && !v.Steepest() {
		velocity = sim.Plugin
	}
	if err == nil {
		err = d.flow.SetDrift(v, velocity)
	}
	if err != nil {
		d.tell("%v", err)
		return false
	}
	d.choice, d.settings.Drift, d.settings.Velocity = c, v, velocity
	d.changed()
	d.training.tell(func(s *Studio) { s.SetDrift(v) })
	d.tried = slices.Index(divergences.References(), c.Parameters.Reference)
	d.remeasure()
	info := v.Info()
	d.tell("%s: %s", info.Name, info.Character)
	return true
}

// NextReference switches ρ to the next one in the list. One that does not cover the
// cloud is refused in a note, and passed over by the next press.
func (d *Driver) NextReference() {
	c := d.choice
	if !c.hasReference() {
		d.tell("%s has no reference; lv and lv-surrogate do", c.ID)
		return
	}
	names := divergences.References()
	d.tried = (d.tried + 1) % len(names)
	c.Parameters.Reference = names[d.tried]
	d.Take(c)
}

// ToggleVelocity changes between the plug-in and the blob velocity.
func (d *Driver) ToggleVelocity() {
	v := sim.Blob
	if d.settings.Velocity == sim.Blob {
		v = sim.Plugin
	}
	if err := d.flow.SetDrift(d.settings.Drift, v); err != nil {
		d.tell("%v", err)
		return
	}
	d.settings.Velocity = v
	d.changed()
	d.remeasure()
	d.tell("velocity %s: %s", v, [...]string{"V from the densities at each place", "the exact gradient flow of the smoothed objective"}[v])
}

// Steps of the parameters by key.
const (
	alphaStep     = 0.25
	lambdaStep    = 0.05
	bandwidthStep = 1.1
	softStep      = 1.25
	zStep         = 2
)

// Turn changes the parameter of the divergence in force: λ for the skewed ones and
// the mixture reference, otherwise α, which switches to the alpha family.
func (d *Driver) Turn(up bool) {
	sign := -1.0
	if up {
		sign = 1
	}
	c := d.choice
	switch {
	case c.ID == "skew-forward-kl" || c.ID == "skew-reverse-kl" || c.hasReference() && c.Parameters.Reference == divergences.Mixture.String():
		c.Parameters.Lambda = round(c.Parameters.Lambda + sign*lambdaStep)
	case c.ID == "alpha":
		c.Parameters.Alpha = round(c.Parameters.Alpha + sign*alphaStep)
	default:
		c.ID = "alpha"
	}
	d.Take(c)
}

// Misjudge doubles or halves the normalizing constant that r is computed with.
func (d *Driver) Misjudge(up bool) { d.SetZFactor(scaled(d.choice.Parameters.ZFactor, zStep, up)) }

// SetZFactor has the drift take Z that many times too large. What is measured keeps to
// the true one.
func (d *Driver) SetZFactor(factor float64) {
	if !(factor >= 1/divergences.MostZFactor && factor <= divergences.MostZFactor) {
		d.tell("the factor of Z would be %g, expected %g to %g", factor, 1/divergences.MostZFactor, divergences.MostZFactor)
		return
	}
	c := d.choice
	c.Parameters.ZFactor = factor
	if !d.Take(c) {
		return
	}
	info := d.settings.Drift.Info()
	if info.NeedsZ {
		d.tell("Z taken ×%g: %s needs Z, so its particles take other paths", factor, info.ID)
	} else {
		d.tell("Z taken ×%g: %s ignores Z, only its clock would differ; the path is the same", factor, info.ID)
	}
}

// round takes the dust of repeated additions off a parameter.
func round(v float64) float64 { return math.Round(v*1000) / 1000 }

// roundTo keeps the given number of significant digits.
func roundTo(v float64, digits int) float64 {
	scale := math.Pow(10, float64(digits-1)-math.Floor(math.Log10(v)))
	return math.Round(v*scale) / scale
}

// Widen makes the bandwidth a tenth larger or smaller; the particles stay.
func (d *Driver) Widen(up bool) {
	d.SetBandwidth(roundTo(scaled(d.flow.Settings().Bandwidth, bandwidthStep, up), 3))
}

// SetBandwidth changes the kernel of the flow in focus; the particles stay.
func (d *Driver) SetBandwidth(h float64) {
	if err := d.flow.SetBandwidth(h); err != nil {
		d.tell("%v", err)
		return
	}
	d.report = sim.Report{}
	d.changed()
	d.retrain()
	d.remeasure()
	d.tell("bandwidth h = %g", h)
}
