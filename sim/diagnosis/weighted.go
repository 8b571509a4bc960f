package diagnosis

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat"

	"undercurrent/scenarios"
	"undercurrent/sim/chains"
)

// weightedQuantity has mean and standard deviation of a column of weighted draws,
//
//	x̄ = Σ wᵢxᵢ/Σw,   s² = Σ wᵢ(xᵢ − x̄)²/Σw · n/(n − 1),   n = (Σw)²/Σw²,
//
// and nothing of what needs chains: the place of a weighted draw among the others means nothing.
func (d Draws) weightedQuantity(k int) (Quantity, error) {
	column := d.Columns[k]
	if len(column) != len(d.Weights) {
		return Quantity{}, fmt.Errorf("column %s has %d draws, expected %d", d.Names[k], len(column), len(d.Weights))
	}
	without := chains.Estimate{Value: math.NaN(), Reason: chains.Weighted}
	q := Quantity{Name: d.Names[k], MCSE: without, RHat: without, ESSBulk: without, ESSTail: without, Time: without, Lag1: without}
	n := scenarios.EffectiveSize(d.Weights)
	mean, variance := stat.PopMeanVariance(column, d.Weights)
	sd := math.Sqrt(variance * n / (n - 1))
	q.Mean, q.SD, q.Constant = chains.Estimate{Value: mean}, chains.Estimate{Value: sd}, variance == 0
	for _, e := range []*chains.Estimate{&q.Mean, &q.SD} {
		if math.IsNaN(e.Value) || math.IsInf(e.Value, 0) {
			*e = chains.Estimate{Value: math.NaN(), Reason: chains.NonFinite}
		}
	}
	return q, nil
}
