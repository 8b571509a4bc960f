package draws

import (
	"slices"
	"strings"
	"testing"
)

func TestAxesAreGuessedBySize(t *testing.T) {
	for _, c := range []struct {
		shape []int
		want  string
	}{
		{[]int{1000, 32, 2}, "draw,chain,variable"}, // emcee's get_chain
		{[]int{32, 1000, 2}, "chain,draw,variable"},
		{[]int{4, 1000, 8}, "chain,draw,variable"},
		{[]int{4, 2, 1000}, "chain,variable,draw"},
		{[]int{2, 4, 1000}, "variable,chain,draw"},
		{[]int{2, 2, 1000}, "chain,variable,draw"},
		{[]int{3, 4, 1000}, "chain,variable,draw"},
		{[]int{2, 2, 2}, "draw,chain,variable"},
	} {
		if axes := axesText(guessAxes(c.shape)); axes != c.want {
			t.Errorf("the axes of %v are %s, expected %s", c.shape, axes, c.want)
		}
	}
}

func TestAxesAreParsed(t *testing.T) {
	for text, want := range map[string][]Axis{
		"chain,draw,variable": {Chain, Draw, Variable}, "steps, walkers, parameters": {Draw, Chain, Variable}, "variable,draw": {Variable, Draw}, "draw": {Draw},
	} {
		if axes, err := ParseAxes(text); err != nil || !slices.Equal(axes, want) {
			t.Errorf("%s is %v (%v)", text, axes, err)
		}
	}
	for text, want := range map[string]string{
		"":           `unknown axis "", expected chain, draw and variable in the order of the dimensions`,
		"draw,x":     `unknown axis "x", expected chain, draw and variable in the order of the dimensions`,
		"draw,step":  "the axis draw is named twice, expected each once",
		"chain":      `there is no axis draw in "chain", expected one`,
		"draw,draws": "the axis draw is named twice, expected each once",
	} {
		if _, err := ParseAxes(text); err == nil || err.Error() != want {
			t.Errorf("%q gives %v, expected %s", text, err, want)
		}
	}
}

// With named axes the same array has other chains.
func TestNamedAxesAreTaken(t *testing.T) {
	b := base(t)
	table, err := Read(inTestdata("chains.npy"), Options{Axes: []Axis{Draw, Chain, Variable}})
	if err != nil {
		t.Fatal(err)
	}
	want := []float64{b["mu"][0], b["mu"][20], b["mu"][1], b["mu"][21]}
	if len(table.ChainLengths()) != 20 || !slices.Equal(table.Columns[0][:4], want) || strings.Contains(strings.Join(table.Notes, " "), "taken") {
		t.Errorf("chains of %v begin with %v, expected %v", table.ChainLengths(), table.Columns[0][:4], want)
	}
}
