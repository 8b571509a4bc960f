package target

import (
	"fmt"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// maxOperations bounds the operations of a formula at all nodes of a tabulation: a second of two
// cores. To find out whether the grid resolves the target takes twice as many.
const maxOperations = 500_000_000

// counted is a target that counts the operations of an evaluation.
type counted interface{ Operations() int }

// CostError reports that a formula takes too long to be tabulated.
type CostError struct{ Operations, Nodes int }

// Error returns one sentence.
func (e CostError) Error() string {
	return fmt.Sprintf("the formula takes %d operations at each of %d nodes, expected at most %d on such a grid (a larger bandwidth or a smaller window has fewer nodes)",
		e.Operations, e.Nodes, maxOperations/e.Nodes)
}

// Setting is the name of the target in a scenario file.
func (CostError) Setting() string { return "target" }

// checkCost returns a CostError if the tabulation of a target takes too long.
func checkCost(t scenarios.Target, g grid.Grid) error {
	if c, ok := t.(counted); ok && c.Operations() > maxOperations/Evaluations(g) {
		return CostError{c.Operations(), Evaluations(g)}
	}
	return nil
}
