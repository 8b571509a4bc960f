package divergences

// Family is a drift whose parameters are open: what a Spec names. It is immutable.
type Family struct {
	// ID names the family on the command line, such as "alpha".
	ID string
	// Parameters are those that members take, in the order in which a Spec's text has
	// them.
	Parameters []Parameter
	// Weight is the formula of a custom weight, empty for any other family.
	Weight string

	divergence func(Values) (Divergence, error)               // nil where the drift is not that of an f-divergence
	drift      func(v Values, zFactor float64) (Drift, error) // nil where divergence says it all
}

// NewFamily is a family of f-divergences. What make gets has a value for every
// parameter; its error says which of them is out of range.
func NewFamily(id string, make func(Values) (Divergence, error), parameters ...Parameter) Family {
	return Family{ID: id, Parameters: parameters, divergence: make}
}

// single is the family of one f-divergence without parameters.
func single(d Divergence) Family {
	return NewFamily(d.Info().ID, func(Values) (Divergence, error) { return d, nil })
}

// CustomID is the id of the family that a custom weight makes.
const CustomID = "custom"

// CustomFamily is that of a weight that was typed.
func CustomFamily(c *Custom) Family {
	f := single(c)
	f.Weight = c.text
	return f
}

// Divergence is the member of a family of f-divergences, nil for the Log-Variance
// drifts. The error says which parameter is out of its range.
func (f Family) Divergence(v Values) (Divergence, error) {
	if f.divergence == nil {
		return nil, nil
	}
	return f.divergence(v.complete(f.Parameters))
}

// build is the drift at values and with a normalizing constant of p that is taken
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
	return Of(ScaleZ(d, zFactor)), nil
}

// checked keeps a zero member from being returned beside an error.
func checked[D Divergence](d D, err error) (Divergence, error) {
	if err != nil {
		return nil, err
	}
	return d, nil
}
