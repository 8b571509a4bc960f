package draws

import (
	"fmt"
	"slices"
	"strings"
)

// Axis is the meaning of a dimension of an array.
type Axis string

// The meanings of dimensions.
const (
	Chain    Axis = "chain"    // also the walkers of an ensemble sampler
	Draw     Axis = "draw"     // also the steps
	Variable Axis = "variable" // also the parameters
)

// ParseAxes parses names of axes separated by commas, such as "draw,chain,variable": draw, and
// variable and chain or none of them, each once. Also valid are walker for chain, step for draw,
// parameter for variable, and plurals.
func ParseAxes(text string) (axes []Axis, err error) {
	for name := range strings.SplitSeq(text, ",") {
		a, ok := axisNamed(strings.TrimSuffix(strings.TrimSpace(name), "s"))
		switch {
		case !ok:
			return nil, fmt.Errorf("unknown axis %s, expected chain, draw and variable in the order of the dimensions", quoted(name))
		case slices.Contains(axes, a):
			return nil, fmt.Errorf("the axis %s is named twice, expected each once", a)
		}
		axes = append(axes, a)
	}
	if !slices.Contains(axes, Draw) {
		return nil, fmt.Errorf("there is no axis draw in %q, expected one", text)
	}
	return axes, nil
}

// axisNamed is the axis with a name in the singular.
func axisNamed(name string) (a Axis, ok bool) {
	switch name {
	case "chain", "walker":
		return Chain, true
	case "draw", "step":
		return Draw, true
	case "variable", "parameter":
		return Variable, true
	}
	return "", false
}

// guessAxes are the likeliest axes of an array of three dimensions. The draws are along the longest.
// Variables come last, as in emcee (draw, chain, variable) and ArviZ (chain, draw, variable), unless
// the draws do; then they are along the only one of length 2, or the second one.
func guessAxes(shape []int) []Axis {
	draw := slices.Index(shape, slices.Max(shape))
	variable := 2
	if draw == 2 {
		if variable = 1; shape[0] == 2 && shape[1] != 2 {
			variable = 0
		}
	}
	axes := []Axis{Chain, Chain, Chain}
	axes[draw], axes[variable] = Draw, Variable
	return axes
}

// axesText is the list of axes, as ParseAxes reads it.
func axesText(axes []Axis) string {
	var names []string
	for _, a := range axes {
		names = append(names, string(a))
	}
	return strings.Join(names, ",")
}

// shapeText is a shape such as 8×50×2.
func shapeText(shape []int) string {
	return strings.ReplaceAll(strings.Trim(fmt.Sprint(shape), "[]"), " ", "×")
}
