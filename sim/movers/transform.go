package movers

import (
	"gonum.org/v1/gonum/dsp/fourier"

	"undercurrent/sim/grid"
)

// transform is the discrete Fourier transform of nx × ny complex numbers, row by row, by workers. Only
// the first rows hold data: the others are zeros before the forward transform, and not needed after the
// inverse one.
type transform struct {
	nx, ny, rows int
	workers      *grid.Workers
	plans        []plan // by worker

	data                 []complex128
	inverse              bool
	eachRow, eachColumns func(worker, from, to int)
}

// plan is what one worker needs.
type plan struct {
	alongX, alongY *fourier.CmplxFFT
	column         []complex128
}

func newTransform(nx, ny, rows int, w *grid.Workers) *transform {
	t := &transform{nx: nx, ny: ny, rows: rows, workers: w}
	for range w.Size() {
		t.plans = append(t.plans, plan{fourier.NewCmplxFFT(nx), fourier.NewCmplxFFT(ny), make([]complex128, ny)})
	}
	t.eachRow, t.eachColumns = t.rowRange, t.columnRange
	return t
}

// columnsAtOnce is the number of columns that a worker takes at a time: they share cache lines.
const columnsAtOnce = 16

// forward replaces data by its transform.
func (t *transform) forward(data []complex128) {
	t.data, t.inverse = data, false
	t.workers.Rows(t.rows, t.eachRow)
	t.workers.Each(t.nx, columnsAtOnce, t.eachColumns)
}

// backward replaces data by its inverse transform times nx·ny.
func (t *transform) backward(data []complex128) {
	t.data, t.inverse = data, true
	t.workers.Each(t.nx, columnsAtOnce, t.eachColumns)
	t.workers.Rows(t.rows, t.eachRow)
}

func (t *transform) rowRange(worker, from, to int) {
	for iy := from; iy < to; iy++ {
		t.line(t.plans[worker].alongX, t.data[iy*t.nx:(iy+1)*t.nx])
	}
}

func (t *transform) columnRange(worker, from, to int) {
	p := t.plans[worker]
	for ix := from; ix < to; ix++ {
		for iy := range p.column {
			p.column[iy] = t.data[iy*t.nx+ix]
		}
		t.line(p.alongY, p.column)
		for iy, v := range p.column {
			t.data[iy*t.nx+ix] = v
		}
	}
}

// line transforms one row or column in place.
func (t *transform) line(along *fourier.CmplxFFT, line []complex128) {
	if t.inverse {
		along.Sequence(line, line)
	} else {
		along.Coefficients(line, line)
	}
}

// fastLength is the smallest number from n on without prime factors above 5, whose transform is fast.
func fastLength(n int) int {
	for ; ; n++ {
		rest := n
		for _, p := range []int{2, 3, 5} {
			for rest%p == 0 {
				rest /= p
			}
		}
		if rest == 1 {
			return n
		}
	}
}
