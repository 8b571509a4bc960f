package stream

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"undercurrent/scenarios"
)

// given is a source of frames that are known already.
type given struct{ frames []scenarios.Cloud }

var _ source = (*given)(nil)

// NewGivenReader reads frames that are known already; of the options it uses Pool and Name. Frames
// with shares are not pooled: what they have of a common mass is not known. A frame of too few particles is an error of
// Next.
func NewGivenReader(frames []scenarios.Cloud, o Options) (*Reader, error) {
	switch {
	case o.Format != Detect || o.Last != 0 || o.Every != 0:
		return nil, errors.New("a format or a number of last points for given frames, expected neither")
	case o.Pool > 1 && slices.ContainsFunc(frames, func(c scenarios.Cloud) bool { return c.Shares != nil }):
		return nil, fmt.Errorf("the last %d frames of weighted particles together, expected frames alone", o.Pool)
	}
	r, err := NewReader(strings.NewReader(""), o)
	if err != nil {
		return nil, err
	}
	r.source = &given{frames}
	return r, nil
}

func (g *given) next(dst *Frame) error {
	if len(g.frames) == 0 {
		return io.EOF
	}
	frame := g.frames[0]
	g.frames = g.frames[1:]
	finiteOf(frame, dst)
	return dst.check()
}

// finiteOf adds the finite particles of a cloud to a frame, with shares in the mass of these.
func finiteOf(c scenarios.Cloud, dst *Frame) {
	for _, p := range c.Points {
		dst.add(p)
	}
	if dst.Shares = c.Shares; c.Shares == nil || dst.Lost == 0 {
		return
	}
	var weights []float64
	for i, p := range c.Points {
		if finite(p) {
			weights = append(weights, c.Shares[i])
		}
	}
	if len(weights) > 0 {
		left, _ := scenarios.NewCloud(dst.Points, weights) // positive
		dst.Shares = left.Shares
	}
}
