package divergences

// Family is a drift as a function of its parameters. It is immutable.
type Family struct {
	// ID names the family on the command line, such as "alpha".
	ID string
	// Parameters are the parameters of the members, in the order of a Spec's text.
	Parameters []Parameter
	// Weight is the formula of a custom weight, empty for any other family.
	Weight string
	// Table is the text of a tabulated weight, empty for any other family: ln r and w of every node in
	// turn, separated by colons.
	Table string

	divergence func(Values) (Divergence, error)               // nil for drifts that are not of an f-divergence
	drift      func(v Values, zFactor float64) (Drift, error) // nil for f-divergences
}

// NewFamily returns a family of f-divergences. The values passed to make include every
// parameter; its error names a parameter that is out of range.
func NewFamily(id string, make func(Values) (Divergence, error), parameters ...Parameter) Family {
	return Family{ID: id, Parameters: parameters, divergence: make}
}

// single is the family of one f-divergence without parameters.
func single(d Divergence) Family {
	return NewFamily(d.Info().ID, func(Values) (Divergence, error) { return d, nil })
}

// CustomID is the id of the family of a custom weight.
const CustomID = "custom"

// CustomFamily returns the family of one custom weight.
func CustomFamily(c *Custom) Family {
	f := single(c)
	f.Weight = c.text
	return f
}

// Divergence returns the f-divergence with the values v, nil for the Log-Variance
// drifts. The error names a parameter that is out of range.
func (f Family) Divergence(v Values) (Divergence, error) {
	if f.divergence == nil {
		return nil, nil
	}
	return f.divergence(v.complete(f.Parameters))
}

// build returns the drift with the values v and with the normalizing constant of p taken
// zFactor times too large.
func (f Family) build(v Values, zFactor float64) (Drift, error) {
	v = v.complete(f.Parameters)
	if f.drift != nil {
		return f.drift(v, zFactor)
	}
	d, err := f.divergence(v)
	if err != nil {
		return nil, err
	}
	if d, err = ScaleZ(d, zFactor); err != nil {
		return nil, err
	}
	return NewDrift(d), nil
}

// checked returns a nil Divergence, not the zero D, with an error.
func checked[D Divergence](d D, err error) (Divergence, error) {
	if err != nil {
		return nil, err
	}
	return d, nil
}
