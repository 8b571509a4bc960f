package divergences

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Catalogue is a list of families in the order in which they are shown. It is
// immutable.
type Catalogue struct{ families []Family }

// Standard is the catalogue of the f-divergences and, after them, the Log-Variance
// drifts. A new member is one more line here.
func Standard() Catalogue {
	return Catalogue{[]Family{
		single(ReverseKL{}),
		single(ForwardKL{}),
		single(Jeffreys{}),
		single(Pearson{}),
		single(Neyman{}),
		single(Hellinger{}),
		single(JensenShannon{}),
		single(LeCam{}),
		alphaFamily(),
		skewForwardKLFamily(),
		skewReverseKLFamily(),
		logVarianceFamily(),
		logVarianceDifferentiatedFamily(),
		logVarianceSurrogateFamily(),
	}}
}

// With is c with one more family at the end, in place of one with the same id.
func (c Catalogue) With(f Family) Catalogue {
	families := slices.DeleteFunc(slices.Clone(c.families), func(g Family) bool { return g.ID == f.ID })
	return Catalogue{append(families, f)}
}

// Families are those of the catalogue, in their order.
func (c Catalogue) Families() []Family { return slices.Clone(c.families) }

// IDs are those of the families, in their order.
func (c Catalogue) IDs() []string {
	var ids []string
	for _, f := range c.families {
		ids = append(ids, f.ID)
	}
	return ids
}

// UnknownError says that no family has the id ID.
type UnknownError struct {
	ID string
}

// Error names the id.
func (e UnknownError) Error() string { return fmt.Sprintf("unknown divergence %q", e.ID) }

// Family is the one with the given id, or an UnknownError.
func (c Catalogue) Family(id string) (Family, error) {
	for _, f := range c.families {
		if f.ID == id {
			return f, nil
		}
	}
	return Family{}, UnknownError{id}
}

// Spec is the member with the given id at values, or an UnknownError.
func (c Catalogue) Spec(id string, v Values) (Spec, error) {
	f, err := c.Family(id)
	return NewSpec(f, v), err
}

// Parameters are those that any family takes, each once, in the order of the families.
func (c Catalogue) Parameters() []Parameter {
	var list []Parameter
	for _, f := range c.families {
		for _, p := range f.Parameters {
			if !slices.ContainsFunc(list, func(q Parameter) bool { return q.Name == p.Name }) {
				list = append(list, p)
			}
		}
	}
	return list
}

// Parse reads id[:value…][^factor], such as alpha:0.5, lv:mixture:0.2 or jeffreys^10
// (the normalizing constant taken ten times too large); parameters that are not in the
// text have the given values. The error is an UnknownError for an id that there is not;
// whether values are in range is found out by Build.
func (c Catalogue) Parse(text string, v Values) (Spec, error) {
	drift, factor, scaled := strings.Cut(text, "^")
	id, parameters, given := strings.Cut(drift, ":")
	s, err := c.Spec(id, v)
	if err != nil {
		return s, err
	}
	if scaled {
		if s.zFactor, err = strconv.ParseFloat(factor, 64); err != nil || !(s.zFactor > 0) {
			return s, fmt.Errorf("factor %q of Z in %q, expected a positive number after ^", factor, text)
		}
	}
	if !given {
		return s, nil
	}
	return s.readParameters(parameters)
}

// Divergences are the f-divergences of the catalogue at values, in its order. The error
// says which parameter is out of its range.
func (c Catalogue) Divergences(v Values) ([]Divergence, error) {
	var all []Divergence
	for _, f := range c.families {
		d, err := f.Divergence(v)
		if err != nil {
			return nil, err
		}
		if d != nil {
			all = append(all, d)
		}
	}
	return all, nil
}

// Members are specs of every family at values: of a family with a choice of names, one
// for each.
func (c Catalogue) Members(v Values) []Spec {
	var all []Spec
	for _, f := range c.families {
		s := NewSpec(f, v)
		p, ok := s.Parameter(func(p Parameter) bool { return p.Choices != nil })
		if !ok {
			all = append(all, s)
			continue
		}
		for _, name := range p.Choices {
			all = append(all, s.With(p.Name, Choice(name)))
		}
	}
	return all
}
