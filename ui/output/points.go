package output

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"undercurrent/scenarios"
)

// PointWriter writes the next points of a sequence.
type PointWriter func([]scenarios.Point) error

// NewCSV writes a header x,y and a line for each point. Reading it gives the same bits.
func NewCSV(w io.Writer) PointWriter {
	heading := true
	var line []byte
	return func(points []scenarios.Point) error {
		line = line[:0]
		if heading {
			line, heading = append(line, "x,y\n"...), false
		}
		for _, p := range points {
			line = append(strconv.AppendFloat(line, p.X, 'g', -1, 64), ',')
			line = append(strconv.AppendFloat(line, p.Y, 'g', -1, 64), '\n')
		}
		_, err := w.Write(line)
		return err
	}
}

// NewNPY writes a NumPy array of n×2 float64 in parts; npyio would need all of it in
// memory. The format: numpy.org/neps/nep-0001-npy-format.html.
func NewNPY(w io.Writer, n int) PointWriter {
	const aligned, before = 64, len("\x93NUMPY\x01\x00") + 2
	head := fmt.Sprintf("{'descr': '<f8', 'fortran_order': False, 'shape': (%d, 2), }", n)
	head += strings.Repeat(" ", aligned-1-(before+len(head))%aligned) + "\n"
	bytes := binary.LittleEndian.AppendUint16([]byte("\x93NUMPY\x01\x00"), uint16(len(head)))
	bytes = append(bytes, head...)
	return func(points []scenarios.Point) error {
		for _, p := range points {
			bytes = binary.LittleEndian.AppendUint64(bytes, math.Float64bits(p.X))
			bytes = binary.LittleEndian.AppendUint64(bytes, math.Float64bits(p.Y))
		}
		_, err := w.Write(bytes)
		bytes = bytes[:0]
		return err
	}
}
