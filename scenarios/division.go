package scenarios

import (
	"fmt"
	"strings"
)

// Division is how a target is divided into regions.
type Division string

// The divisions.
const (
	// Automatic is the basins of attraction where there are at least four; fewer are divided
	// further, into cells of equal target mass.
	Automatic Division = "auto"
	// ByBasins is the basins of attraction, however few.
	ByBasins Division = "basins"
	// ByName is the named regions of the scenario.
	ByName Division = "named"
)

// Divisions returns the names of the divisions.
func Divisions() []string { return []string{string(Automatic), string(ByBasins), string(ByName)} }

// Divided returns the division in force: the chosen one, otherwise that by the named regions, if
// there are any, and then the scenario's own.
func (s Scenario) Divided() Division {
	switch {
	case s.ChosenDivision != "":
		return s.ChosenDivision
	case len(s.Regions) > 0:
		return ByName
	case s.Division != "":
		return s.Division
	}
	return Automatic
}

// WithDivision returns the scenario divided in another way. The error says that the name is unknown,
// or that the scenario names no regions.
func (s Scenario) WithDivision(name string) (Scenario, error) {
	switch d := Division(name); d {
	case ByName:
		if len(s.Regions) == 0 {
			return s, fmt.Errorf("%s, but %s names no regions, expected %s or %s", d, s.ID, Automatic, ByBasins)
		}
		s.ChosenDivision = d
	case Automatic, ByBasins:
		s.ChosenDivision = d
	default:
		return s, fmt.Errorf("unknown division %q, expected one of %s", name, strings.Join(Divisions(), ", "))
	}
	return s, nil
}
