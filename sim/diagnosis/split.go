package diagnosis

import "slices"

// split cuts a column into chains; nil stays nil.
func split[T any](column []T, lengths []int) (list [][]T) {
	if column == nil {
		return nil
	}
	for _, n := range lengths {
		list = append(list, column[:n])
		column = column[n:]
	}
	return list
}

func (d Draws) split(column []float64) [][]float64 { return split(column, d.Lengths) }

// evenly cuts the beginnings of all chains but the shortest, and returns how many draws are left out.
func (d Draws) evenly(t *Target) (Draws, *Target, int) {
	shortest, all := slices.Min(d.Lengths), 0
	for _, n := range d.Lengths {
		all += n
	}
	cut := all - shortest*len(d.Lengths)
	if cut == 0 {
		return d, t, 0
	}
	even := d
	even.Columns = nil
	for _, c := range d.Columns {
		even.Columns = append(even.Columns, shorter(c, d.Lengths, shortest))
	}
	even.LogDensity, even.Energy = shorter(d.LogDensity, d.Lengths, shortest), shorter(d.Energy, d.Lengths, shortest)
	even.Divergent = shorter(d.Divergent, d.Lengths, shortest)
	even.Lengths = slices.Repeat([]int{shortest}, len(d.Lengths))
	if t != nil {
		of := *t
		of.Regions = shorter(t.Regions, d.Lengths, shortest)
		t = &of
	}
	return even, t, cut
}

// shorter keeps the last n draws of each chain: the first ones are the nearest to where it began.
func shorter[T any](column []T, lengths []int, n int) (kept []T) {
	for _, c := range split(column, lengths) {
		kept = append(kept, c[len(c)-n:]...)
	}
	return kept
}
