package session

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

// CoverageControl changes how coverage is measured.
type CoverageControl struct {
	s          *Session
	functional Functional
}

// Next changes to the next functional of the list.
func (c *CoverageControl) Next() {
	ids := divergences.FunctionalIDs()
	c.SetFunctional(ids[(slices.Index(ids, c.functional.ID)+1)%len(ids)])
}

// ScaleTau doubles or halves τ.
func (c *CoverageControl) ScaleTau(up bool) { c.SetTau(scaled(c.functional.Tau, thresholdStep, up)) }

// ScaleSoftness makes s a quarter larger, or smaller again.
func (c *CoverageControl) ScaleSoftness(up bool) {
	c.SetSoftness(roundedTo(scaled(c.functional.S, softnessStep, up), 2))
}

// SetFunctional changes the functional and keeps its parameters.
func (c *CoverageControl) SetFunctional(id string) { c.set(id, c.functional.Tau, c.functional.S) }

// SetTau changes τ.
func (c *CoverageControl) SetTau(tau float64) { c.set(c.functional.ID, tau, c.functional.S) }

// SetSoftness changes s.
func (c *CoverageControl) SetSoftness(s float64) { c.set(c.functional.ID, c.functional.Tau, s) }

// set changes the functional, or says why it cannot be.
func (c *CoverageControl) set(id string, tau, softness float64) {
	f, err := NewFunctional(id, tau, softness)
	if err != nil {
		c.s.tell("%v", err)
		return
	}
	c.functional = f
	c.s.measure()
	c.s.tell("coverage measure: %s", f.Text())
}
