package scenarios

// Rounded is rounded, for the tests.
var Rounded = rounded

// Extent is the mean and the standard deviation that determine the starts.
func (s Scenario) Extent() (mean Point, spread float64) { return s.extent() }

// Heaviest is the mode of the start one-mode, and the distance to the nearest other mode.
func (s Scenario) Heaviest() (mode Point, gap float64) { return s.heaviest() }

// Parts is the number of distinct components of positive weight.
func (m *Mixture) Parts() int { return len(m.parts) }
