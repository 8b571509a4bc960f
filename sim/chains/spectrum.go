package chains

import "gonum.org/v1/gonum/dsp/fourier"

// spectrum computes autocovariances of series of n numbers by Fourier transforms, in buffers that
// it keeps.
type spectrum struct {
	n int
	// few is right at the first lags, which are enough for most chains and cost half as much; all
	// is right at every lag, and made when first needed.
	few, all *transform
}

// newSpectrum prepares series of n numbers.
func newSpectrum(n int) *spectrum { return &spectrum{n: n, few: newTransform(n, n/8)} }

// every is the transform for all lags.
func (s *spectrum) every() *transform {
	if s.all == nil {
		s.all = newTransform(s.n, s.n)
	}
	return s.all
}

// transform computes the autocovariances of series of n numbers at the lags below a number.
type transform struct {
	n, lags      int
	fft          *fourier.FFT
	padded       []float64
	coefficients []complex128
	power        []complex128
}

func newTransform(n, lags int) *transform {
	// As many zeros as lags keep the end of the series from meeting its start.
	size := smooth(n + lags)
	return &transform{
		n: n, lags: min(size-n, n), fft: fourier.NewFFT(size), padded: make([]float64, size),
		coefficients: make([]complex128, size/2+1), power: make([]complex128, size/2+1),
	}
}

// smooth returns the least of the lengths from n on that are powers of 2 times 1, 3, 5, 9, 15 or
// 25: the transform is fastest where other factors than 2 are few.
func smooth(n int) int {
	least := 0
	for _, odd := range []int{1, 3, 5, 9, 15, 25} {
		size := 2 * odd
		for size < n {
			size *= 2
		}
		if least == 0 || size < least {
			least = size
		}
	}
	return least
}

// autocovariances returns the mean over the series of their autocovariances by lag,
// Σ(xᵢ − x̄)(xᵢ₊ₖ − x̄)/n, in a buffer that the next call overwrites. The transform is linear, so
// that one transform back is enough for all series. means has the means of the series.
func (s *transform) autocovariances(series [][]float64, means []float64) []float64 {
	clear(s.power)
	for i, x := range series {
		for t, v := range x {
			s.padded[t] = v - means[i]
		}
		clear(s.padded[s.n:])
		s.fft.Coefficients(s.coefficients, s.padded)
		for k, c := range s.coefficients {
			s.power[k] += complex(real(c)*real(c)+imag(c)*imag(c), 0)
		}
	}
	s.fft.Sequence(s.padded, s.power)
	scale := 1 / (float64(len(s.padded)) * float64(s.n) * float64(len(series)))
	lags := s.padded[:s.lags]
	for k := range lags {
		lags[k] *= scale
	}
	return lags
}
