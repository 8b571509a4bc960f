package catalogue

import (
	"fmt"
	"slices"

	"undercurrent/scenarios"
)

// UnknownError reports that the catalogue has no scenario of this ID.
type UnknownError struct{ ID string }

func (e UnknownError) Error() string { return fmt.Sprintf("unknown scenario %q", e.ID) }

type entry struct {
	id    string
	build func() scenarios.Scenario
}

// catalogue lists the scenarios in the order in which they are shown; the first is the
// default.
func catalogue() []entry {
	return []entry{
		{"uneven-ring", unevenRing},
		{"ring8", ring8},
		{"ring8-ffjord", ring8FFJORD},
		{"ring8-flows", ring8Flows},
		{"pacgan-ring", pacganRing},
		{"grid9", grid9},
		{"grid25", grid25},
		{"pacgan-grid", pacganGrid},
		{"gmm40", gmm40},
		{"three-modes", threeModes},
		{"four-wells", fourWells},
		{"banana", banana},
		{"rosenbrock", rosenbrock},
		{"squiggle", squiggle},
		{"two-moons", twoMoons},
		{"u1", u1},
		{"u2", u2},
		{"u3", u3},
		{"u4", u4},
		{"donut", donut},
		{"rings3", rings3},
		{"double-well", doubleWell},
		{"quartic", quartic},
		{"rastrigin", rastrigin},
		{"ackley", ackley},
		{"funnel", funnel},
		{"moons", moons},
		{"checkerboard", checkerboard},
		{"two-spirals", twoSpirals},
		{"pinwheel", pinwheel},
	}
}

func (e entry) scenario() scenarios.Scenario {
	s := e.build()
	s.ID = e.id
	if _, mixture := s.Target.(*scenarios.Mixture); !mixture {
		s.Origin = scenarios.Origin{Source: scenarios.Catalogue, Text: e.id}
	}
	return s
}

// IDs returns the ids of the catalogue, in order.
func IDs() []string {
	var ids []string
	for _, e := range catalogue() {
		ids = append(ids, e.id)
	}
	return ids
}

// Named returns the scenario of the catalogue with this ID, or an UnknownError.
func Named(id string) (scenarios.Scenario, error) {
	entries := catalogue()
	k := slices.IndexFunc(entries, func(e entry) bool { return e.id == id })
	if k < 0 {
		return scenarios.Scenario{}, UnknownError{ID: id}
	}
	return entries[k].scenario(), nil
}

// All returns the scenarios of the catalogue, in order.
func All() []scenarios.Scenario {
	var all []scenarios.Scenario
	for _, e := range catalogue() {
		all = append(all, e.scenario())
	}
	return all
}
