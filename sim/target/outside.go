package target

import (
	"fmt"
	"math"
	"math/rand/v2"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// MaxOutside is the share of the target's mass that may lie outside the padded window.
const MaxOutside = 1e-3

// mostlyOutside is the share outside above which the resolution says nothing.
const mostlyOutside = 0.9

// Knowledge is how a mass outside the window is known.
type Knowledge int

const (
	// Exact masses are in closed form, or sums over the kernels or the cells of data.
	Exact Knowledge = iota
	// Drawn masses are the share of exact draws, with a standard error.
	Drawn
	// Searched masses are integrals over a finite part of the plane.
	Searched
)

func (k Knowledge) String() string { return [...]string{"exact", "drawn", "searched"}[k] }

// OutsideMass is the share of a target's mass outside the padded window, where particles
// cannot go: the window and four bandwidths around it, see grid.Grid.Bounds.
type OutsideMass struct {
	// Mass is the share of the mass that was found. It is a lower bound if it was Searched.
	Mass float64
	// SE is the standard error of a Drawn mass.
	SE  float64
	How Knowledge
	// Draws is the number of draws of a Drawn mass.
	Draws int
	// Search describes the search of a Searched mass.
	Search Search
}

// outsideDraws are the draws by which a mass is measured, for a standard error of 1e-4 at
// the limit MaxOutside.
const outsideDraws = 100_000

// MassOutside is the share of the scenario's target outside the padded window of a grid, on
// which its normalizing constant is that of logZ, as in a Table. A scenarios.MassOutsider
// knows it, an exact sampler gives it by draws with a fixed seed; for any other target it is
// searched for.
func MassOutside(s scenarios.Scenario, g grid.Grid, logZ float64, w *grid.Workers) OutsideMass {
	if t, ok := s.Target.(scenarios.MassOutsider); ok {
		return OutsideMass{Mass: t.MassOutside(g.Bounds())}
	}
	if s.Truth.Sampler != nil {
		return drawnOutside(s.Truth.Sampler, g.Bounds())
	}
	return searchedOutside(s, g, logZ, w)
}

// drawnOutside is the share of draws outside a rectangle.
func drawnOutside(sampler scenarios.Sampler, bounds scenarios.Window) OutsideMass {
	points, outside := make([]scenarios.Point, outsideDraws), 0
	sampler.Sample(points, rand.New(rand.NewPCG(1, 2)))
	for _, p := range points {
		if !bounds.Contains(p) {
			outside++
		}
	}
	share := float64(outside) / outsideDraws
	return OutsideMass{Mass: share, SE: math.Sqrt(share * (1 - share) / outsideDraws), How: Drawn, Draws: outsideDraws}
}

// Missing reports whether more of the target than MaxOutside lies outside.
func (o OutsideMass) Missing() bool { return !(o.Mass <= MaxOutside) }

// String is a sentence without a full stop.
func (o OutsideMass) String() string {
	const text = "of the target lies outside the window and its margin"
	switch o.How {
	case Exact:
		return fmt.Sprintf("%s %s (exact)", percent(o.Mass), text)
	case Drawn:
		if o.Mass == 0 {
			return fmt.Sprintf("nothing %s (none of %d exact draws)", text, o.Draws)
		}
		return fmt.Sprintf("%s ± %s %s (%d exact draws)", percent(o.Mass), percent(o.SE), text, o.Draws)
	}
	if o.Search.Growing {
		return o.Search.String()
	}
	if o.Search.Last > negligibleShare {
		return fmt.Sprintf("at least %s %s (%s)", percent(o.Mass), text, o.Search)
	}
	if o.Mass < negligibleShare {
		return fmt.Sprintf("nothing found %s (%s)", text, o.Search)
	}
	return fmt.Sprintf("%s %s (%s)", percent(o.Mass), text, o.Search)
}

// Unknown says what is not known of the mass, empty for nothing.
func (o OutsideMass) Unknown() string {
	switch o.How {
	case Drawn:
		return fmt.Sprintf("share of %d exact draws, standard error %.1g", o.Draws, max(o.SE, 1/float64(o.Draws)))
	case Searched:
		return o.Search.String()
	}
	return ""
}

// percent formats a share.
func percent(v float64) string {
	if v >= 0.01 {
		return fmt.Sprintf("%.1f %%", 100*v)
	}
	return fmt.Sprintf("%.2g %%", 100*v)
}

// Warning is something that is wrong with a target on a grid.
type Warning struct {
	// Text is a sentence without a full stop, Short a few words.
	Text, Short string
}

// Warnings are to be shown before the target of a scenario is used on a grid: that
// mass is missing, and that the grid does not resolve it.
func Warnings(s scenarios.Scenario, t *OnGrid, w *grid.Workers) (list []Warning) {
	outside := MassOutside(s, t.Grid, t.LogZ, w)
	switch {
	case !outside.Missing():
	case outside.Search.Growing:
		list = append(list, Warning{outside.String() + "; everything is measured relative to the part inside", "target not integrable"})
	default:
		list = append(list, Warning{
			fmt.Sprintf("%s: everything is measured relative to the part inside; expected a window that holds at least %s", outside, percent(1-MaxOutside)),
			fmt.Sprintf("%s of target outside", percent(outside.Mass))})
	}
	// Of a target that is hardly there, only a flank is left on the grid.
	if r := Resolve(s.Target, t.Grid, t.Smoothing, w); outside.Mass < mostlyOutside && !r.Resolved() {
		list = append(list, Warning{r.String(), "narrow features unresolved"})
	}
	return list
}
