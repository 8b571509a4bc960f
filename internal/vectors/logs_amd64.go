package vectors

import (
	"math"

	"golang.org/x/sys/cpu"

	"undercurrent/internal/portable"
)

// The numbers of portable.Logs: the bits of a mantissa, of the distance of two numbers of its table, and ln 2 in two
// parts.
const (
	mantissaBits = 52
	logStepBits  = mantissaBits - 7
	ln2High      = 0x1.62e42feep-1
	ln2Low       = 0x1.a39ef35793c76p-33
)

// logarithms is the table of portable.Logs and one number more, since vectors are read beyond what they need. It is never
// written again.
var logarithms = func() (table [130]portable.Logarithm) {
	known := portable.Logarithms()
	copy(table[:], known[:])
	return table
}()

// logConstants are what logsAVX2 computes with, in the order in which it reads them.
type logConstants struct {
	smallest, largest          [4]float64
	mantissa, half, one, power [4]uint64
	powerAndBias               [4]float64
	third, minusHalf           [4]float64
	fifth, minusQuarter, sixth [4]float64
	ln2High, ln2Low            [4]float64
}

// vectorConstants are never written again.
var vectorConstants = logConstants{
	smallest: four(0x1p-1022), largest: four(math.MaxFloat64),
	mantissa: fourOf(1<<mantissaBits - 1), half: fourOf(1 << (logStepBits - 1)), one: fourOf(math.Float64bits(1)), power: fourOf(math.Float64bits(1 << mantissaBits)),
	powerAndBias: four(1<<mantissaBits + 1023),
	third:        four(1.0 / 3), minusHalf: four(-0.5),
	fifth: four(0.2), minusQuarter: four(-0.25), sixth: four(1.0 / 6),
	ln2High: four(ln2High), ln2Low: four(ln2Low),
}

func four(v float64) [4]float64 { return [4]float64{v, v, v, v} }

func fourOf(v uint64) [4]uint64 { return [4]uint64{v, v, v, v} }

// logsAVX2 writes the logarithms of groups of four numbers, and returns the number of groups before the first that has a
// number which is not positive and normal.
//
//go:noescape
func logsAVX2(dst, src *float64, groups int, table *portable.Logarithm, by *logConstants) (done int)

// logsInVectors writes the first logarithms of Logs, as far as a vectorised path goes, and returns how far.
func logsInVectors(dst, src []float64) (done int) {
	groups := len(src) / 4
	if groups == 0 || !cpu.X86.HasAVX2 {
		return 0
	}
	_ = dst[4*groups-1]
	return 4 * logsAVX2(&dst[0], &src[0], groups, &logarithms[0], &vectorConstants)
}
