package divergences

import (
	"fmt"
	"maps"
	"strconv"
)

// Value is that of a parameter: a number, or the name of a choice.
type Value struct {
	Number float64
	Choice string
}

// Number is the value of a numeric parameter.
func Number(v float64) Value { return Value{Number: v} }

// Choice is the value of a parameter that is chosen by name.
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
	// Name is unique to what it means: families that take the same parameter share it.
	Name string
	// Symbol is how formulas write it, such as "α".
	Symbol string
	// Usage describes it in one line, such as "parameter α of the alpha family, -3 to 3".
	Usage string
	// Min and Max bound a number; the family says whether they belong to the range.
	Min, Max float64
	// Step is by how much a key changes a number.
	Step float64
	// Choices are the names that can be chosen, nil for a number.
	Choices []string
	// Default is the value where none is given.
	Default Value
	// When limits the parameter to specs in which another one has a choice; the zero
	// value is no limit.
	When Condition
}

// Condition says that the parameter Name has the value Choice.
type Condition struct{ Name, Choice string }

// Parse reads a value. Whether a number is in range, and a name a choice, is found out
// when the drift is built.
func (p Parameter) Parse(text string) (Value, error) {
	if p.Choices != nil {
		return Choice(text), nil
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return Value{}, fmt.Errorf("%s is %q, expected a number", p.Name, text)
	}
	return Number(v), nil
}

// Values are parameters by name. Those that are missing have their defaults. They are
// shared and never written: With copies.
type Values map[string]Value

// With is a copy of v in which one parameter has another value.
func (v Values) With(name string, value Value) Values {
	out := maps.Clone(v)
	if out == nil {
		out = Values{}
	}
	out[name] = value
	return out
}

// of is the value of a parameter, its default where there is none.
func (v Values) of(p Parameter) Value {
	if value, ok := v[p.Name]; ok {
		return value
	}
	return p.Default
}

// complete is v with the defaults of the parameters that are missing.
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
