package scenarios

// What tests of this package look at from outside.
var Rounded = rounded

// Extent is the mean and the spread that starts are made of.
func (s Scenario) Extent() (mean Point, spread float64) { return s.extent() }

// Heaviest is the mode that a start is put at, and how far the next one is.
func (s Scenario) Heaviest() (at Point, gap float64) { return s.heaviest() }

// Parts is the number of components that are evaluated.
func (m *Mixture) Parts() int { return len(m.parts) }
