package divergences

import (
	"fmt"
	"strconv"
	"strings"
)

// Spec describes a drift as data: a family, the values of its parameters, and the factor
// by which the normalizing constant of p is taken too large. It is immutable; its zero
// value describes no drift.
//
// Values of parameters that the family does not have are kept for other families; Equal
// and String ignore them.
type Spec struct {
	family  Family
	values  Values
	zFactor float64
}

// NewSpec returns the member of a family with the values v; missing ones have their
// defaults.
func NewSpec(f Family, v Values) Spec { return Spec{f, v, 1} }

// SpecFromDrift returns the spec of a given drift, without parameters.
func SpecFromDrift(d Drift) Spec {
	return NewSpec(Family{ID: d.Info().ID, drift: func(Values, float64) (Drift, error) { return d, nil }}, nil)
}

// IsZero reports whether s describes no drift.
func (s Spec) IsZero() bool { return s.family.ID == "" }

// ID returns the id of the family.
func (s Spec) ID() string { return s.family.ID }

// Family returns the family of s.
func (s Spec) Family() Family { return s.family }

// Values returns the values that were set, including those of other families.
func (s Spec) Values() Values { return s.values }

// ZFactor is the factor by which the drift takes the normalizing constant of p too large.
func (s Spec) ZFactor() float64 { return s.zFactor }

// Parameters returns the parameters that apply at the current values.
func (s Spec) Parameters() []Parameter {
	var list []Parameter
	for _, p := range s.family.Parameters {
		if p.When == (Condition{}) || s.Value(p.When.Name).Choice == p.When.Choice {
			list = append(list, p)
		}
	}
	return list
}

// Parameter returns the first of Parameters for which keep is true.
func (s Spec) Parameter(keep func(Parameter) bool) (p Parameter, ok bool) {
	for _, p := range s.Parameters() {
		if keep(p) {
			return p, true
		}
	}
	return Parameter{}, false
}

// Value returns the value of a parameter, the zero value if the family has no parameter of
// that name.
func (s Spec) Value(name string) Value {
	for _, p := range s.family.Parameters {
		if p.Name == name {
			return s.values.of(p)
		}
	}
	return Value{}
}

// With returns s with another value of a parameter.
func (s Spec) With(name string, v Value) Spec {
	s.values = s.values.With(name, v)
	return s
}

// WithFamily returns s with another family and the same values.
func (s Spec) WithFamily(f Family) Spec {
	s.family = f
	return s
}

// WithZFactor returns s with another factor of the normalizing constant, from
// 1/MaxZFactor to MaxZFactor; Build checks the range.
func (s Spec) WithZFactor(factor float64) Spec {
	s.zFactor = factor
	return s
}

// Equal reports whether two specs describe the same drift.
func (s Spec) Equal(other Spec) bool {
	if s.family.ID != other.family.ID || s.family.Weight != other.family.Weight || s.family.Table != other.family.Table || s.zFactor != other.zFactor {
		return false
	}
	for _, p := range s.Parameters() {
		if s.Value(p.Name) != other.Value(p.Name) {
			return false
		}
	}
	return true
}

// Build returns the drift. The error is an UnknownReferenceError for an unknown
// reference, and otherwise names a parameter that is out of range.
func (s Spec) Build() (Drift, error) {
	if !(s.zFactor >= 1/MaxZFactor && s.zFactor <= MaxZFactor) {
		return nil, SettingError{"z-factor", fmt.Sprintf("factor of the normalizing constant is %g, expected %g to %g", s.zFactor, 1/MaxZFactor, MaxZFactor)}
	}
	return s.family.build(s.values, s.zFactor)
}

// String returns s in the format of Catalogue.Parse, such as alpha:0.5, lv:mixture:0.2 or
// jeffreys^10.
func (s Spec) String() string {
	text := s.family.ID
	if s.family.Table != "" {
		text += ":" + s.family.Table
	}
	for _, p := range s.Parameters() {
		text += ":" + s.Value(p.Name).String()
	}
	if s.zFactor != 1 {
		text += "^" + strconv.FormatFloat(s.zFactor, 'g', -1, 64)
	}
	return text
}

// Label returns a short label with the values of the parameters, such as "alpha 0.5".
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

// readParameters reads the text after the id, a value for each of Parameters; trailing
// ones may be missing.
func (s Spec) readParameters(text string) (Spec, error) {
	rest, given := text, true
	for i := 0; given; i++ {
		list := s.Parameters()
		if i == len(list) {
			if i == 0 {
				return s, fmt.Errorf("%s takes no parameter, expected %s alone", s.ID(), s.ID())
			}
			return s, fmt.Errorf("%q after %s, expected no more than %s", rest, s.String(), counted(i, "parameter"))
		}
		var one string
		one, rest, given = strings.Cut(rest, ":")
		v, err := list[i].Parse(one)
		if err != nil {
			return s, fmt.Errorf("%q after %s, expected %s", one, s.ID(), list[i].expected())
		}
		s = s.With(list[i].Name, v)
	}
	return s, nil
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// BuildAll builds every spec of a list; the error is that of the first invalid one.
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
