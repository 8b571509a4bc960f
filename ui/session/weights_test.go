package session

import (
	"math"
	"slices"
	"testing"

	"undercurrent/sim/chains"
)

// weightedTable are draws of a table with weights: 1 and 3 in turn.
func weightedTable(lengths ...int) *Table {
	d := table(lengths...)
	for i := range d.Columns[0] {
		d.Weights = append(d.Weights, float64(1+2*(i%2)))
	}
	return d
}

// Weighted draws have no order: one chain has no halves, and nothing is said of chains. Several are compared with
// all, each with shares of its own mass.
func TestWeightedDrawsAreCompared(t *testing.T) {
	for _, c := range []struct {
		lengths []int
		want    OwnTarget
	}{
		{[]int{40, 20}, OwnTarget{"all chains", "chain"}},
		{[]int{60}, OwnTarget{Of: "all draws"}},
	} {
		d := weightedTable(c.lengths...)
		if d.Against() != c.want {
			t.Errorf("chains of %v are compared with %+v, expected %+v", c.lengths, d.Against(), c.want)
		}
		for k, f := range framesOf(t, d) {
			sum := 0.0
			for _, s := range f.Shares {
				sum += s
			}
			if len(f.Points) != c.lengths[k] || math.Abs(sum-1) > 1e-14 || math.Abs(f.Shares[1]-3*f.Shares[0]) > 1e-16 {
				t.Errorf("frame %d has %d points with shares %v", k+1, len(f.Points), f.Shares[:2])
			}
		}
	}
}

// The columns of weighted draws can be gone through, and the frame says their effective size.
func TestWeightedDrawsAreShown(t *testing.T) {
	d := weightedTable(400)
	d.Own = false
	s := tableWatcher(t, d)
	f := &Frame{}
	s.Frame(f)
	want := 800 * 800 / (200 * 1. * (1 + 9)) // (Σw)²/Σw²
	if math.Abs(f.Report.Effective-want) > 1e-9 || f.Settings.Particles != 400 || f.Watching.Chains != nil {
		t.Errorf("%d draws have the effective size %g, expected %g; chains %v", f.Settings.Particles, f.Report.Effective, want, f.Watching.Chains)
	}
	other := weightedTable(400)
	other.Own, other.Weights[0] = false, 1.5
	if a, b := (&Digester{}).Digest(s), (&Digester{}).Digest(tableWatcher(t, other)); a == b {
		t.Error("the same draws with other weights have the same digest")
	}
	if n := len(f.Particles); n > int(want) || n < int(want)/2 {
		t.Errorf("%d particles are shown of an effective size of %g", n, want)
	}
	if !s.Scene.NextColumns(1) {
		t.Fatal("there are no columns to go through")
	}
	s.Frame(f)
	if pair := f.Watching.Table.Pair; pair != [2]int{0, 3} || math.Abs(f.Report.Effective-want) > 1e-9 {
		t.Errorf("the next columns are %v, of the effective size %g", pair, f.Report.Effective)
	}
}

// Mean and standard deviation of a column are by weight, and what needs chains is not defined.
func TestColumnsOfWeightedDraws(t *testing.T) {
	d := weightedTable(60)
	var all []float64 // each as often as its weight says
	for i, v := range d.Columns[1] {
		all = append(all, slices.Repeat([]float64{v}, int(d.Weights[i]))...)
	}
	mean, square := 0.0, 0.0
	for _, v := range all {
		mean += v / float64(len(all))
	}
	for _, v := range all {
		square += (v - mean) * (v - mean) / float64(len(all))
	}
	n := 120 * 120 / (30 * 10.)
	for _, factor := range []float64{1, 1e200} {
		for i := range d.Weights {
			d.Weights[i] *= factor
		}
		q, err := d.Column(1)
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(q.Mean.Value-mean) > 1e-13 || math.Abs(q.SD.Value-math.Sqrt(square*n/(n-1))) > 1e-13 || q.RHat.Reason != chains.Weighted || q.ESSBulk.Defined() {
			t.Errorf("the column is %+v, expected mean %g", q, mean)
		}
	}
	if q, err := d.Column(2); err != nil || q.Mean.Reason != chains.NonFinite {
		t.Errorf("a column with a value that is not finite is %+v, %v", q, err)
	}
}
