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

// Standard returns the catalogue of the f-divergences followed by the Log-Variance
// drifts. A new member takes one more line here.
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

// With returns c with f appended; a family with the same id is removed.
func (c Catalogue) With(f Family) Catalogue {
	families := slices.DeleteFunc(slices.Clone(c.families), func(g Family) bool { return g.ID == f.ID })
	return Catalogue{append(families, f)}
}

// Families returns a copy of the families, in order.
func (c Catalogue) Families() []Family { return slices.Clone(c.families) }

// IDs returns the ids of the families, in order.
func (c Catalogue) IDs() []string {
	var ids []string
	for _, f := range c.families {
		ids = append(ids, f.ID)
	}
	return ids
}

// UnknownError reports that no family has the id ID.
type UnknownError struct {
	ID string
}

// Error returns a message that names the id.
func (e UnknownError) Error() string { return fmt.Sprintf("unknown divergence %q", e.ID) }

// Family returns the family with the given id, or an UnknownError.
func (c Catalogue) Family(id string) (Family, error) {
	for _, f := range c.families {
		if f.ID == id {
			return f, nil
		}
	}
	return Family{}, UnknownError{id}
}

// Spec returns the member of the family id with the values v, or an UnknownError.
func (c Catalogue) Spec(id string, v Values) (Spec, error) {
	f, err := c.Family(id)
	return NewSpec(f, v), err
}

// Parameters returns the parameters of all families, each name once, in the order of the
// families.
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
// (the normalizing constant taken ten times too large); parameters missing from the text
// have the values v. An unknown id gives an UnknownError. Ranges are checked by
// Spec.Build, not here. A tabulated weight is table:ln r:w:ln r:w…, whatever the catalogue has.
func (c Catalogue) Parse(text string, v Values) (Spec, error) {
	drift, factor, scaled := strings.Cut(text, "^")
	id, parameters, given := strings.Cut(drift, ":")
	if id == TableID && given {
		nodes, err := parseNodes(parameters)
		if err != nil {
			return Spec{}, err
		}
		family, err := TableFamily(nodes)
		if err != nil {
			return Spec{}, err
		}
		c, given = c.With(family), false
	}
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

// Divergences returns the f-divergences of the catalogue with the values v, in order. The
// error names a parameter that is out of range.
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

// Members returns a spec of every family with the values v; a family with a parameter
// chosen by name gives one spec for each name.
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
