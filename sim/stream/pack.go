package stream

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"undercurrent/scenarios"
)

// Packed says of a frame what its packed points do not. Its number is told elsewhere.
type Packed struct {
	// Points is the number of particles, of which the first Kept are the last of the frame packed before.
	Points int `json:"points"`
	Kept   int `json:"kept,omitempty"`
	// Lost, Ordered and Pooled are those of the Frame.
	Lost    int  `json:"lost,omitempty"`
	Ordered bool `json:"ordered,omitempty"`
	Pooled  int  `json:"pooled,omitempty"`
	// Weighted reports whether the shares of the particles are packed behind the points, two in each of as many points as
	// they take.
	Weighted bool `json:"weighted,omitempty"`
}

const (
	// partPoints is the largest number of points in a part of a packed frame.
	partPoints = 1 << 13
	numberSize = 8
	pointSize  = 2 * numberSize
)

// Packer packs frames, one after the other, to the bit. What a frame has in common with the one before is not packed
// again: the points of a window that has moved on, and coordinates that have stayed. A part has up to 8192 points: the
// sixteen bytes of each, the lowest of x first, those of all points for each byte in turn, compressed by DEFLATE. Where
// the particles keep their order and their number, each coordinate is that of the frame before exclusive-or its own. It
// is not safe for concurrent use.
type Packer struct {
	before  []scenarios.Point
	borders []int32
	bytes   []byte
	to      bytes.Buffer
	fast    *flate.Writer
	stored  *flate.Writer
}

// Pack packs a frame into parts, which are valid until the next call; quick takes more room and less time.
func (p *Packer) Pack(f *Frame, quick bool) (is Packed, parts [][]byte) {
	is = Packed{Points: len(f.Points), Lost: f.Lost, Ordered: f.Ordered, Pooled: f.Pooled, Weighted: f.Shares != nil}
	before := p.before
	if !inPlace(is, len(before)) {
		is.Kept, before = p.overlap(f.Points), nil
	}
	for at := is.Kept; at < len(f.Points); at += partPoints {
		end := min(at+partPoints, len(f.Points))
		p.transpose(f.Points[at:end], before, at)
		parts = append(parts, bytes.Clone(p.deflate(quick)))
	}
	for pairs := range slices.Chunk(inPairs(f.Shares), partPoints) {
		p.transpose(pairs, nil, 0)
		parts = append(parts, bytes.Clone(p.deflate(quick)))
	}
	p.before = append(p.before[:0], f.Points...)
	return is, parts
}

// inPairs are numbers as points, the last of which may have one alone and 0.
func inPairs(numbers []float64) []scenarios.Point {
	pairs := make([]scenarios.Point, (len(numbers)+1)/2)
	for i, v := range numbers {
		if i%2 == 0 {
			pairs[i/2].X = v
		} else {
			pairs[i/2].Y = v
		}
	}
	return pairs
}

// ofPairs are n numbers in pairs.
func ofPairs(pairs []scenarios.Point, n int) []float64 {
	numbers := make([]float64, n)
	for i := range numbers {
		if numbers[i] = pairs[i/2].X; i%2 == 1 {
			numbers[i] = pairs[i/2].Y
		}
	}
	return numbers
}

// inPlace reports whether each particle of a frame is that of the frame before, which had a number of them.
func inPlace(is Packed, before int) bool { return is.Ordered && is.Kept == 0 && is.Points == before }

// transpose writes the bytes of points, against those of the frame before from an index on, nil for none.
func (p *Packer) transpose(points, before []scenarios.Point, at int) {
	n := len(points)
	p.bytes = append(p.bytes[:0], make([]byte, pointSize*n)...)
	for i, q := range points {
		x, y := math.Float64bits(q.X), math.Float64bits(q.Y)
		if before != nil {
			x, y = x^math.Float64bits(before[at+i].X), y^math.Float64bits(before[at+i].Y)
		}
		for b := range numberSize {
			p.bytes[b*n+i], p.bytes[(numberSize+b)*n+i] = byte(x>>(8*b)), byte(y>>(8*b))
		}
	}
}

// deflate compresses the bytes.
func (p *Packer) deflate(quick bool) []byte {
	w, level := &p.fast, flate.BestSpeed
	if quick {
		w, level = &p.stored, flate.NoCompression
	}
	p.to.Reset()
	if *w == nil {
		*w, _ = flate.NewWriter(&p.to, level) // the level is valid
	}
	// A buffer takes all that is written.
	(*w).Reset(&p.to)
	_, _ = (*w).Write(p.bytes)
	_ = (*w).Close()
	return p.to.Bytes()
}

// overlap is the largest number of points at the end of the frame before that the points begin with, by the
// algorithm of Knuth, Morris and Pratt.
func (p *Packer) overlap(points []scenarios.Point) int {
	n := min(len(points), len(p.before))
	if n == 0 {
		return 0
	}
	p.borders = append(p.borders[:0], make([]int32, n)...)
	matched := int32(0)
	advance := func(q scenarios.Point) {
		for matched > 0 && (int(matched) == n || !sameBits(points[matched], q)) {
			matched = p.borders[matched-1]
		}
		if sameBits(points[matched], q) {
			matched++
		}
	}
	for i, q := range points[1:n] {
		advance(q)
		p.borders[i+1] = matched
	}
	matched = 0
	for _, q := range p.before[len(p.before)-n:] {
		advance(q)
	}
	return int(matched)
}

// sameBits reports whether two points are the same to the bit: zeros have a sign.
func sameBits(a, b scenarios.Point) bool {
	return math.Float64bits(a.X) == math.Float64bits(b.X) && math.Float64bits(a.Y) == math.Float64bits(b.Y)
}

// Unpacker unpacks frames in the order in which they were packed. It is not safe for concurrent use.
type Unpacker struct {
	before []scenarios.Point // of the last frame
	parts  []scenarios.Point // so far, each with the bits that were packed

	inflate io.Reader
	bytes   bytes.Buffer
}

// Add takes a part of the next frame.
func (u *Unpacker) Add(part []byte) error {
	from := bytes.NewReader(part)
	if u.inflate == nil {
		u.inflate = flate.NewReader(from)
	} else if err := u.inflate.(flate.Resetter).Reset(from, nil); err != nil {
		return err
	}
	u.bytes.Reset()
	_, err := u.bytes.ReadFrom(io.LimitReader(u.inflate, pointSize*partPoints+1))
	read := u.bytes.Len()
	n := read / pointSize
	switch {
	case err != nil:
		return fmt.Errorf("the points cannot be unpacked (%w), expected those of a frame", err)
	case n == 0 || read%pointSize != 0 || n > partPoints || from.Len() > 0:
		return fmt.Errorf("%d bytes of points and %d after them, expected %d for each of up to %d points", read, from.Len(), pointSize, partPoints)
	case len(u.parts)+n > maxParticles+maxParticles/2:
		return fmt.Errorf("more than %d points and pairs of shares of a frame, expected fewer", maxParticles+maxParticles/2)
	}
	all := u.bytes.Bytes()
	for i := range n {
		var bits [pointSize]byte
		for b := range bits {
			bits[b] = all[b*n+i]
		}
		u.parts = append(u.parts, scenarios.Point{X: math.Float64frombits(binary.LittleEndian.Uint64(bits[:numberSize])), Y: math.Float64frombits(binary.LittleEndian.Uint64(bits[numberSize:]))})
	}
	return nil
}

// Frame is the frame of the parts, with its number.
func (u *Unpacker) Frame(number int, is Packed) (*Frame, error) {
	f := &Frame{Number: number, Lost: is.Lost, Ordered: is.Ordered, Pooled: is.Pooled}
	parts := u.parts
	u.parts = nil
	pairs, of := 0, "points" // of shares
	if is.Weighted {
		pairs, of = (is.Points+1)/2, "points and pairs of shares"
	}
	switch {
	case is.Kept < 0 || is.Kept > len(u.before):
		return nil, fmt.Errorf("frame %d keeps %d points, expected at most the %d of the frame before", number, is.Kept, len(u.before))
	case is.Points < is.Kept || is.Points+pairs != is.Kept+len(parts):
		return nil, fmt.Errorf("frame %d has %d %s, expected the %d that it keeps and is given", number, is.Points+pairs, of, is.Kept+len(parts))
	case is.Lost < 0 || is.Pooled < 0 || is.Pooled > MaxPool:
		return nil, fmt.Errorf("frame %d has %d points lost and %d frames pooled, expected at least 0 and at most %d frames", number, is.Lost, is.Pooled, MaxPool)
	}
	if is.Weighted {
		if f.Shares = ofPairs(parts[len(parts)-pairs:], is.Points); !areShares(f.Shares) {
			return nil, fmt.Errorf("frame %d has shares of its particles that are not parts of one, expected positive numbers whose sum is 1", number)
		}
		parts = parts[:len(parts)-pairs]
	}
	if inPlace(is, len(u.before)) {
		for i, q := range u.before {
			parts[i] = scenarios.Point{X: againstBits(parts[i].X, q.X), Y: againstBits(parts[i].Y, q.Y)}
		}
	}
	f.Points = append(append(make([]scenarios.Point, 0, is.Points), u.before[len(u.before)-is.Kept:]...), parts...)
	for i, q := range f.Points {
		if !finite(q) {
			return nil, fmt.Errorf("point %d of frame %d is not finite, expected numbers", i+1, number)
		}
	}
	if err := f.check(); err != nil {
		return nil, err
	}
	u.before = f.Points
	return f, nil
}

// areShares reports whether numbers are the parts of one.
func areShares(shares []float64) bool {
	const rounding = 1e-9
	for _, v := range shares {
		if !(v > 0) {
			return false
		}
	}
	return math.Abs(floats.SumCompensated(shares)-1) < rounding
}

// againstBits is the number whose bits are those of one exclusive-or another.
func againstBits(a, b float64) float64 {
	return math.Float64frombits(math.Float64bits(a) ^ math.Float64bits(b))
}
