package engine

import (
	"fmt"
	"slices"

	"undercurrent/divergences"
)

// Functional is the choice of how coverage is measured.
type Functional struct {
	ID      string
	Tau, S  float64
	measure divergences.Functional
}

// NewFunctional is the functional of that name and those parameters.
func NewFunctional(id string, tau, s float64) (Functional, error) {
	u, err := divergences.NewFunctional(id, tau, s)
	return Functional{id, tau, s, u}, err
}

// Text is the functional with its parameters.
func (f Functional) Text() string {
	if f.ID == "deficit" {
		return fmt.Sprintf("soft deficit s %g", f.S)
	}
	return fmt.Sprintf("under-coverage τ %g s %g", f.Tau, f.S)
}

// Measure is the functional itself.
func (f Functional) Measure() divergences.Functional { return f.measure }

// NextFunctional changes how coverage is measured.
func (d *Driver) NextFunctional() {
	ids := divergences.FunctionalIDs()
	d.SetFunctional(ids[(slices.Index(ids, d.functional.ID)+1)%len(ids)])
}

// SetFunctional changes the functional and keeps its parameters.
func (d *Driver) SetFunctional(id string) { d.MeasureBy(id, d.functional.Tau, d.functional.S) }

// SetTau changes the threshold τ > 0 of the under-coverage alone.
func (d *Driver) SetTau(tau float64) { d.MeasureBy(d.functional.ID, tau, d.functional.S) }

// SetSoftness changes the softness s > 0 of the functional alone.
func (d *Driver) SetSoftness(s float64) { d.MeasureBy(d.functional.ID, d.functional.Tau, s) }

// Threshold doubles or halves τ.
func (d *Driver) Threshold(up bool) { d.SetTau(scaled(d.functional.Tau, 2, up)) }

// Soften makes s a quarter larger, or smaller again.
func (d *Driver) Soften(up bool) {
	d.SetSoftness(roundTo(scaled(d.functional.S, softStep, up), 2))
}

func scaled(v, by float64, up bool) float64 {
	if up {
		return v * by
	}
	return v / by
}

// MeasureBy changes the functional, or says why it cannot be.
func (d *Driver) MeasureBy(id string, tau, s float64) {
	f, err := NewFunctional(id, tau, s)
	if err != nil {
		d.tell("%v", err)
		return
	}
	d.functional = f
	d.remeasure()
	d.tell("coverage is measured by %s", f.Text())
}
