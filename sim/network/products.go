package network

import (
	"runtime"
	"sync"

	"undercurrent/internal/vectors"
)

// block is the number of rows of a batch that are multiplied at a time: they stay in the cache of a
// processor.
const block = 128

// scratch is memory of the products of a pass.
type scratch struct{ transposed, sums []float64 }

// forward is y = xW + b for every row.
func (l layer) forward(y, x []float64, rows int) {
	inParts(rows, l.in*l.out, func(from, to int) {
		for i := from; i < to; i++ {
			row := y[i*l.out : (i+1)*l.out]
			vectors.WeightedSums(row, l.weight, l.out, x[i*l.in:(i+1)*l.in])
			for j, b := range l.bias {
				row[j] += b
			}
		}
	})
}

// backward is byX = byY Wᵀ for every row, of the gradients of a loss by x and y = xW + b.
func (l layer) backward(s *scratch, byX, byY []float64, rows int) {
	s.transposed = grow(s.transposed, l.in*l.out)
	transpose(s.transposed, l.weight, l.in, l.out)
	inParts(rows, l.in*l.out, func(from, to int) {
		for i := from; i < to; i++ {
			vectors.WeightedSums(byX[i*l.in:(i+1)*l.in], s.transposed, l.in, byY[i*l.out:(i+1)*l.out])
		}
	})
}

// accumulate adds to a layer of gradients: xᵀ byY to its weights and the sums of the columns of byY to its
// biases. The sums are taken a block of rows after another.
func (l layer) accumulate(s *scratch, x, byY []float64, rows int) {
	for i := range rows {
		for j, v := range byY[i*l.out : (i+1)*l.out] {
			l.bias[j] += v
		}
	}
	s.transposed, s.sums = grow(s.transposed, l.in*rows), grow(s.sums, l.in*l.out)
	transpose(s.transposed, x, rows, l.in)
	inParts(l.in, rows*l.out, func(from, to int) {
		for first := 0; first < rows; first += block {
			end := min(first+block, rows)
			for k := from; k < to; k++ {
				sums, weight := s.sums[k*l.out:(k+1)*l.out], l.weight[k*l.out:(k+1)*l.out]
				vectors.WeightedSums(sums, byY[first*l.out:end*l.out], l.out, s.transposed[k*rows+first:k*rows+end])
				for j, v := range sums {
					weight[j] += v
				}
			}
		}
	})
}

// tile is the side of the squares that are transposed one by one: eight numbers are a line of a cache.
const tile = 8

// transpose writes the transpose of a matrix of rows × columns.
func transpose(dst, src []float64, rows, columns int) {
	for i0 := 0; i0 < rows; i0 += tile {
		for j0 := 0; j0 < columns; j0 += tile {
			for i := i0; i < min(i0+tile, rows); i++ {
				for j := j0; j < min(j0+tile, columns); j++ {
					dst[j*rows+i] = src[i*columns+j]
				}
			}
		}
	}
}

// worthwhile is a number of products that takes longer than to start a goroutine.
const worthwhile = 1 << 16

// inParts runs body over 0..n−1 in parts, one a processor where they are large: each of n takes the given
// number of products.
func inParts(n, products int, body func(from, to int)) {
	parts := max(1, min(runtime.GOMAXPROCS(0), runtime.NumCPU(), n*products/worthwhile))
	var others sync.WaitGroup
	for k := 1; k < parts; k++ {
		others.Go(func() { body(n*k/parts, n*(k+1)/parts) })
	}
	body(0, n/parts)
	others.Wait()
}
