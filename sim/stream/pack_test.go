package stream

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"undercurrent/internal/fuzztest"
	"undercurrent/scenarios"
)

// packedFrames are frames of every kind that has something in common with the one before, and of those that have not.
func packedFrames(rng *rand.Rand) (list []*Frame) {
	cloud := func(n int) (points []scenarios.Point) {
		for range n {
			points = append(points, scenarios.Point{X: rng.NormFloat64(), Y: rng.NormFloat64()})
		}
		return points
	}
	add := func(f Frame) {
		f.Number = len(list) + 1
		list = append(list, &f)
	}
	all := cloud(3 * partPoints)
	add(Frame{Points: all[:5000], Pooled: 1})
	add(Frame{Points: all[40:5040], Pooled: 1}) // a window that moves on
	add(Frame{Points: all[40:5040], Pooled: 1})
	add(Frame{Points: all[5000:9000], Pooled: 4, Lost: 3})
	add(Frame{Points: all, Pooled: 1})
	moved := slices.Clone(all)
	for i := range moved {
		if i%3 == 0 {
			moved[i] = scenarios.Point{X: rng.NormFloat64()}
		}
	}
	add(Frame{Points: moved, Ordered: true, Pooled: 1})
	add(Frame{Points: []scenarios.Point{{X: 0, Y: math.Copysign(0, -1)}, {X: math.MaxFloat64, Y: math.SmallestNonzeroFloat64}}, Pooled: 1})
	add(Frame{Points: []scenarios.Point{{X: math.Copysign(0, -1)}, {X: -math.MaxFloat64}}, Ordered: true, Pooled: 1})
	add(Frame{Points: slices.Repeat(cloud(1), 4000), Pooled: 1}) // a chain that stands still
	add(Frame{Points: slices.Repeat(list[8].Points[:1], 5000), Pooled: 1})
	shares := func(n int) []float64 {
		weights := make([]float64, n)
		for i := range weights {
			weights[i] = rng.ExpFloat64()
		}
		c, _ := scenarios.NewCloud(make([]scenarios.Point, n), weights)
		return c.Shares
	}
	add(Frame{Points: all, Shares: shares(len(all)), Pooled: 1})
	add(Frame{Points: moved, Shares: shares(len(moved)), Ordered: true, Pooled: 1})
	add(Frame{Points: all[:777], Shares: shares(777), Lost: 2, Pooled: 1})
	add(Frame{Points: all[7:777], Pooled: 1})
	return list
}

// sameFrames reports whether two frames are the same to the bit.
func sameFrames(a, b *Frame) bool {
	return a.Number == b.Number && a.Lost == b.Lost && a.Ordered == b.Ordered && a.Pooled == b.Pooled && slices.EqualFunc(a.Points, b.Points, sameBits) && slices.Equal(a.Shares, b.Shares)
}

// What is packed is unpacked to the bit, in parts of bounded size.
func TestFramesAreUnpackedToTheBit(t *testing.T) {
	for _, quick := range []bool{false, true} {
		p, u := Packer{}, Unpacker{}
		for _, f := range packedFrames(rand.New(rand.NewPCG(1, 2))) {
			is, parts := p.Pack(f, quick)
			for _, part := range parts {
				if len(part) > pointSize*partPoints+64 {
					t.Errorf("a part of frame %d has %d bytes", f.Number, len(part))
				}
				if err := u.Add(part); err != nil {
					t.Fatal(err)
				}
			}
			if got, err := u.Frame(f.Number, is); err != nil || !sameFrames(got, f) {
				t.Fatalf("frame %d, %+v, is unpacked as another: %v", f.Number, is, err)
			}
		}
	}
}

// The overlap is the one that comparing every end with every beginning finds.
func TestTheOverlapIsTheLargest(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		few := func() (points []scenarios.Point) {
			for range rng.IntN(9) {
				points = append(points, scenarios.Point{X: float64(rng.IntN(2))})
			}
			return points
		}
		before, points := few(), few()
		want := 0
		for n := 1; n <= min(len(before), len(points)); n++ {
			if slices.Equal(before[len(before)-n:], points[:n]) {
				want = n
			}
		}
		p := Packer{before: before}
		if got := p.overlap(points); got != want {
			t.Fatalf("%v after %v overlap by %d, expected %d", points, before, got, want)
		}
	}
}

// What frames have in common takes no room.
func TestWhatStaysIsNotPackedAgain(t *testing.T) {
	size := func(frames ...*Frame) (n int) {
		p := Packer{}
		for _, f := range frames {
			_, parts := p.Pack(f, false)
			n = len(bytes.Join(parts, nil))
		}
		return n
	}
	list := packedFrames(rand.New(rand.NewPCG(1, 2)))
	if n := size(list[0], list[1]); n > 40*(pointSize+1)+64 {
		t.Errorf("40 new points of a window take %d bytes", n)
	}
	if n := size(list[0], list[0]); n != 0 {
		t.Errorf("a frame that is the one before takes %d bytes", n)
	}
	single := *list[4]
	single.Points = slices.Clone(single.Points)
	for i, q := range single.Points {
		single.Points[i] = scenarios.Point{X: float64(float32(q.X)), Y: float64(float32(q.Y))}
	}
	if n, all := size(&single), size(list[4]); 5*n > 3*all {
		t.Errorf("a frame of single precision takes %d bytes, of double precision %d", n, all)
	}
	if n, all := size(list[4], list[5]), size(list[5]); 5*n > 3*all {
		t.Errorf("a frame in which a third of the particles moves takes %d bytes, alone %d", n, all)
	}
}

func TestPackedFramesThatCannotBeAreRefused(t *testing.T) {
	two := &Frame{Points: []scenarios.Point{{X: 1}, {X: 2}}}
	is, parts := (&Packer{}).Pack(two, false)
	weighted := Packed{Points: 2, Weighted: true}
	halves := func(a, b float64) [][]byte {
		_, parts := (&Packer{}).Pack(&Frame{Points: two.Points, Shares: []float64{a, b}}, false)
		return parts
	}
	infinite, of := (&Packer{}).Pack(&Frame{Points: []scenarios.Point{{X: math.Inf(1)}, {X: 2}}}, false)
	for want, c := range map[string]struct {
		parts [][]byte
		is    Packed
	}{
		"the points cannot be unpacked (unexpected EOF), expected those of a frame":      {[][]byte{parts[0][:len(parts[0])-3]}, is},
		"the points cannot be unpacked (flate: corrupt input":                            {[][]byte{{0xff, 1, 2, 3}}, is},
		"32 bytes of points and 1 after them, expected 16":                               {[][]byte{append(bytes.Clone(parts[0]), 0)}, is},
		"frame 7 has 2 points, expected the 4 that it keeps and is given":                {[][]byte{parts[0], parts[0]}, is},
		"frame 7 keeps 1 points, expected at most the 0 of the frame before":             {parts, Packed{Points: 3, Kept: 1}},
		"frame 7 has 0 finite particles of 0, expected 2 to":                             {nil, Packed{}},
		"frame 7 has -1 points lost and 0 frames pooled, expected at least 0 and at":     {parts, Packed{Points: 2, Lost: -1}},
		"point 1 of frame 7 is not finite, expected numbers":                             {of, infinite},
		"0 bytes of points and 0 after them, expected 16 for each of up to 8192 points":  {[][]byte{{3, 0}}, is},
		"frame 7 has 3 points and pairs of shares, expected the 2 that":                  {parts, weighted},
		"frame 7 has shares of its particles that are not parts of one, expected":        {halves(0.5, 0.25), weighted},
		"frame 7 has shares of its particles that are not parts of one, expected posi":   {halves(1, 0), weighted},
		"frame 7 has shares of its particles that are not parts of one, expected positi": {halves(0.5, math.NaN()), weighted},
		"frame 7 has 9007199254740993 points, expected the 2 that it keeps and is given": {parts, Packed{Points: 1<<53 + 1}},
	} {
		u := Unpacker{}
		var err error
		for _, part := range c.parts {
			if err = u.Add(part); err != nil {
				break
			}
		}
		if err == nil {
			_, err = u.Frame(7, c.is)
		}
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("it gives %v, expected %s", err, want)
		}
	}
}

// Any bytes are points that are packed again to the same, or are refused in one sentence.
func FuzzUnpack(f *testing.F) {
	list := packedFrames(rand.New(rand.NewPCG(1, 2)))
	for _, frame := range append(list[5:8], list[12], &Frame{Points: list[0].Points[:3], Shares: []float64{0.5, 0.25, 0.25}}) {
		is, parts := (&Packer{}).Pack(frame, false)
		f.Add(parts[0][:min(len(parts[0]), 4096)], is.Points, is.Kept, is.Ordered, is.Weighted)
		f.Add(parts[len(parts)-1], is.Points, is.Kept, is.Ordered, is.Weighted)
	}
	before := Frame{Points: []scenarios.Point{{X: 1, Y: 2}, {X: 3, Y: 4}, {X: 5}}, Pooled: 1}
	f.Fuzz(func(t *testing.T, part []byte, points, kept int, ordered, weighted bool) {
		u, p := Unpacker{before: before.Points}, Packer{before: slices.Clone(before.Points)}
		is := Packed{Points: points, Kept: kept, Ordered: ordered, Pooled: 1, Weighted: weighted}
		var frame *Frame
		var err error
		fuzztest.Bounded(t, part, 4<<20, func() {
			if err = u.Add(part); err == nil {
				frame, err = u.Frame(2, is)
			}
		})
		fuzztest.OneLine(t, string(part), err)
		if err != nil {
			return
		}
		again, parts := p.Pack(frame, false)
		u = Unpacker{before: before.Points}
		for _, part := range parts {
			if err := u.Add(part); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := u.Frame(2, again); err != nil || !sameFrames(got, frame) {
			t.Fatalf("%+v is packed again as %+v (%v)", frame, got, err)
		}
	})
}

// What a frame of a log costs where it is packed.
func BenchmarkPack(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct {
		name  string
		quick bool
	}{{"compressed", false}, {"quick", true}} {
		b.Run(c.name, func(b *testing.B) {
			f := &Frame{Points: make([]scenarios.Point, 10_000), Ordered: true}
			p := Packer{}
			b.SetBytes(int64(pointSize * len(f.Points)))
			for b.Loop() {
				for i := range f.Points {
					f.Points[i].X += rng.Float64()
				}
				p.Pack(f, c.quick)
			}
		})
	}
}
