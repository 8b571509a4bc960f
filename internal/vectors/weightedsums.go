// Package vectors has sums and logarithms of arrays that use the vectors of a processor where it has them, with the same
// bits on every processor.
package vectors

// WeightedSums writes
//
//	dst[i] = Σⱼ taps[j]·src[i + j·stride]
//
// for every i of dst. The sum is taken in the order of j, every product and every sum rounded, so
// that the bits are the same with any width of the vectors of a processor.
func WeightedSums(dst, src []float64, stride int, taps []float64) {
	_ = src[len(dst)-1+(len(taps)-1)*stride]
	done := weightedSumsInVectors(dst, src, stride, taps)
	for ; done+narrow <= len(dst); done += narrow {
		sumNarrow(dst[done:], src[done:], stride, taps)
	}
	for ; done < len(dst); done++ {
		sum := 0.0
		for j, t := range taps {
			sum += float64(t * src[done+j*stride])
		}
		dst[done] = sum
	}
}

// narrow is the number of sums that are taken side by side without vectors.
const narrow = 4

// sumNarrow takes the first sums. The conversions keep the compiler from fusing a product with
// the sum that follows.
func sumNarrow(dst, src []float64, stride int, taps []float64) {
	var a, b, c, d float64
	at := 0
	for _, t := range taps {
		s := src[at : at+narrow : at+narrow]
		a += float64(t * s[0])
		b += float64(t * s[1])
		c += float64(t * s[2])
		d += float64(t * s[3])
		at += stride
	}
	dst[0], dst[1], dst[2], dst[3] = a, b, c, d
}
