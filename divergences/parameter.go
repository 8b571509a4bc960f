package divergences

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Value is the value of a parameter: a number, or the name of a choice.
type Value struct {
	Number float64
	Choice string
}

// Number returns the value of a numeric parameter.
func Number(v float64) Value { return Value{Number: v} }

// Choice returns the value of a parameter that is chosen by name.
func Choice(name string) Value { return Value{Choice: name} }

// String is the value as Parameter.Parse reads it.
func (v Value) String() string {
	if v.Choice != "" {
		return v.Choice
	}
	return strconv.FormatFloat(v.Number, 'g', -1, 64)
}

// Parameter is a number, or one of several names, that a family of drifts takes.
type Parameter struct {
	// Name identifies the parameter; families with the same parameter use the same name.
	Name string
	// Symbol is the parameter in formulas, such as "α".
	Symbol string
	// Usage describes it in one line, such as "parameter α of the alpha family, -3 to 3".
	Usage string
	// Min and Max bound a number; whether the bounds are included depends on the family.
	Min, Max float64
	// Step is the change of a number per key press.
	Step float64
	// Choices are the names to choose from, nil for a number.
	Choices []string
	// Default is the value if none is given.
	Default Value
	// When is the condition under which the parameter applies; the zero value is always.
	When Condition
}

// Condition is true if the parameter Name has the value Choice.
type Condition struct{ Name, Choice string }

// Parse reads a value. Ranges and names of choices are checked by Spec.Build, not here; but
// what no name can be, nothing at all or what is not to be printed, is refused.
func (p Parameter) Parse(text string) (Value, error) {
	odd := func(r rune) bool { return r == utf8.RuneError || !unicode.IsPrint(r) }
	switch {
	case p.Choices != nil && (text == "" || strings.ContainsFunc(text, odd)):
		return Value{}, fmt.Errorf("%s is %q, expected %s", p.Name, text, p.expected())
	case p.Choices != nil:
		return Choice(text), nil
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return Value{}, fmt.Errorf("%s is %q, expected %s", p.Name, text, p.expected())
	}
	return Number(v), nil
}

// expected describes what Parse reads.
func (p Parameter) expected() string {
	if p.Choices != nil {
		return strings.Join(p.Choices, ", ")
	}
	return "a number"
}

// Values are values of parameters by name; missing ones have their defaults. A Values is
// never modified; With copies it.
type Values map[string]Value

// With returns a copy of v in which the parameter name has the given value.
func (v Values) With(name string, value Value) Values {
	out := maps.Clone(v)
	if out == nil {
		out = Values{}
	}
	out[name] = value
	return out
}

// of returns the value of p, or its default.
func (v Values) of(p Parameter) Value {
	if value, ok := v[p.Name]; ok {
		return value
	}
	return p.Default
}

// complete returns v with the defaults of the missing parameters.
func (v Values) complete(list []Parameter) Values {
	out := maps.Clone(v)
	if out == nil {
		out = Values{}
	}
	for _, p := range list {
		out[p.Name] = v.of(p)
	}
	return out
}
