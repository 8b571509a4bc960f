package metrics

import "math"

// Sorting is most of the time of the sliced distances. A radix sort of the bits takes a
// quarter of the time of one by comparison, and no longer for points that are clustered.

// key returns bits that are ordered as the numbers are.
func key(v float64) uint64 {
	bits := math.Float64bits(v)
	if bits>>63 != 0 {
		return ^bits
	}
	return bits | 1<<63
}

// number is the inverse of key.
func number(k uint64) float64 {
	if k>>63 != 0 {
		return math.Float64frombits(k &^ (1 << 63))
	}
	return math.Float64frombits(^k)
}

const (
	digitBits = 8
	digits    = 64 / digitBits // even, so that the result is where the input was
)

// radixPlaces are the places of the first key of each digit, by digit and position.
type radixPlaces [digits][1 << digitBits]uint32

// placesOf are those of keys that are to be sorted.
func placesOf(keys []uint64) (places radixPlaces) {
	for _, k := range keys {
		for d := range digits {
			places[d][byte(k>>(d*digitBits))]++
		}
	}
	for d := range digits {
		next, sum := &places[d], uint32(0)
		for b, c := range next {
			next[b], sum = sum, sum+c
		}
	}
	return places
}

// sortKeys sorts keys; scratch has the same length.
func sortKeys(keys, scratch []uint64) {
	places := placesOf(keys)
	for d := range digits {
		next := &places[d]
		for _, k := range keys {
			b := byte(k >> (d * digitBits))
			scratch[next[b]] = k
			next[b]++
		}
		keys, scratch = scratch, keys
	}
}

// sortKeysWith sorts keys, those that are equal in their order, and moves what belongs to them alike; scratch and spare
// have the same length.
func sortKeysWith(keys, scratch []uint64, belongs, spare []uint32) {
	places := placesOf(keys)
	for d := range digits {
		next := &places[d]
		for i, k := range keys {
			b := byte(k >> (d * digitBits))
			scratch[next[b]], spare[next[b]] = k, belongs[i]
			next[b]++
		}
		keys, scratch, belongs, spare = scratch, keys, spare, belongs
	}
}
