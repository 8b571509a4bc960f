package formula

// NewWeight compiles the weight w(r) of a divergence, a formula of r such as r/(1+r). It does
// not check that w is positive. The error is an Error.
func NewWeight(text string) (func(r float64) float64, error) {
	p, err := Compile(text, Form{Variables: []string{"r"}, Example: "r/(1+r)", Library: true})
	if err != nil {
		return nil, err
	}
	return func(r float64) float64 { return p.term.value(r, 0) }, nil
}
