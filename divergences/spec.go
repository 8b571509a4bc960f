package divergences

import (
	"fmt"
	"strconv"
	"strings"
)

// Spec says as data which drift moves the particles: a family, the values of its
// parameters, and how many times too large the normalizing constant of p is taken. It
// is immutable; its zero value names no drift.
//
// Values of parameters that the family does not take are kept, so that they are found
// again when another family is chosen; they count neither in Equal nor in the text.
type Spec struct {
	family  Family
	values  Values
	zFactor float64
}

// NewSpec is the member of a family at values, the defaults where they are missing.
func NewSpec(f Family, v Values) Spec { return Spec{f, v, 1} }

// SpecOf is the spec of a drift that is there already, without parameters.
func SpecOf(d Drift) Spec {
	return NewSpec(Family{ID: d.Info().ID, drift: func(Values, float64) (Drift, error) { return d, nil }}, nil)
}

// IsZero reports whether s names no drift.
func (s Spec) IsZero() bool { return s.family.ID == "" }

// ID is that of the family.
func (s Spec) ID() string { return s.family.ID }

// Family is the one that s is a member of.
func (s Spec) Family() Family { return s.family }

// Values are the parameters that were set, those of other families among them.
func (s Spec) Values() Values { return s.values }

// ZFactor is how many times too large the drift takes the normalizing constant of p.
func (s Spec) ZFactor() float64 { return s.zFactor }

// Parameters are those that matter at the present values.
func (s Spec) Parameters() []Parameter {
	var list []Parameter
	for _, p := range s.family.Parameters {
		if p.When == (Condition{}) || s.Value(p.When.Name).Choice == p.When.Choice {
			list = append(list, p)
		}
	}
	return list
}

// Parameter is the first of Parameters that keep accepts.
func (s Spec) Parameter(keep func(Parameter) bool) (p Parameter, ok bool) {
	for _, p := range s.Parameters() {
		if keep(p) {
			return p, true
		}
	}
	return Parameter{}, false
}

// Value is that of a parameter of the family, the zero value where it takes no such one.
func (s Spec) Value(name string) Value {
	for _, p := range s.family.Parameters {
		if p.Name == name {
			return s.values.of(p)
		}
	}
	return Value{}
}

// With is s with another value of a parameter.
func (s Spec) With(name string, v Value) Spec {
	s.values = s.values.With(name, v)
	return s
}

// WithFamily is s with another family, at the values that s keeps.
func (s Spec) WithFamily(f Family) Spec {
	s.family = f
	return s
}

// WithZFactor is s with another factor of the normalizing constant, from 1/MaxZFactor
// to MaxZFactor.
func (s Spec) WithZFactor(factor float64) Spec {
	s.zFactor = factor
	return s
}

// Equal reports whether two specs name the same drift.
func (s Spec) Equal(other Spec) bool {
	if s.family.ID != other.family.ID || s.family.Weight != other.family.Weight || s.zFactor != other.zFactor {
		return false
	}
	for _, p := range s.Parameters() {
		if s.Value(p.Name) != other.Value(p.Name) {
			return false
		}
	}
	return true
}

// Build is the drift. The error is an UnknownReferenceError for a reference that there
// is not, and otherwise says which parameter is out of its range.
func (s Spec) Build() (Drift, error) {
	if !(s.zFactor >= 1/MaxZFactor && s.zFactor <= MaxZFactor) {
		return nil, fmt.Errorf("factor of the normalizing constant is %g, expected %g to %g", s.zFactor, 1/MaxZFactor, MaxZFactor)
	}
	return s.family.build(s.values, s.zFactor)
}

// String is s as Catalogue.Parse reads it, such as alpha:0.5, lv:mixture:0.2 or
// jeffreys^10.
func (s Spec) String() string {
	text := s.family.ID
	for _, p := range s.Parameters() {
		text += ":" + s.Value(p.Name).String()
	}
	if s.zFactor != 1 {
		text += "^" + strconv.FormatFloat(s.zFactor, 'g', -1, 64)
	}
	return text
}

// Label is short and tells s from others of its family, such as "alpha 0.5".
func (s Spec) Label() string {
	text := s.family.ID
	for _, p := range s.Parameters() {
		if v := s.Value(p.Name); p.Choices != nil {
			text += " " + v.Choice
		} else {
			text += fmt.Sprintf(" %.3g", v.Number)
		}
	}
	if s.zFactor != 1 {
		text += fmt.Sprintf(" Z×%.3g", s.zFactor)
	}
	return text
}

// readParameters reads what follows the id, a value for each parameter that matters;
// the last ones may be left out.
func (s Spec) readParameters(text string) (Spec, error) {
	rest, given := text, true
	for at := 0; given; at++ {
		list := s.Parameters()
		if at == len(list) {
			if at == 0 {
				return s, fmt.Errorf("%s takes no parameter, expected %s alone", s.ID(), s.ID())
			}
			return s, fmt.Errorf("%q after %s, expected no more than %s", rest, s.String(), counted(at, "parameter"))
		}
		var one string
		one, rest, given = strings.Cut(rest, ":")
		v, err := list[at].Parse(one)
		if err != nil {
			return s, fmt.Errorf("%q after %s, expected a number", one, s.ID())
		}
		s = s.With(list[at].Name, v)
	}
	return s, nil
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// BuildAll builds every spec of a list; the error is that of the first that cannot be.
func BuildAll(specs []Spec) ([]Drift, error) {
	drifts := make([]Drift, len(specs))
	for i, s := range specs {
		d, err := s.Build()
		if err != nil {
			return nil, err
		}
		drifts[i] = d
	}
	return drifts, nil
}
