package stream

import (
	"errors"
	"io"
	"strings"

	"undercurrent/scenarios"
)

// given is a source of frames that are known already.
type given struct{ frames [][]scenarios.Point }

var _ source = (*given)(nil)

// NewGivenReader reads frames that are known already; of the options it uses Pool and Name. A frame
// of too few particles is an error of Next.
func NewGivenReader(frames [][]scenarios.Point, o Options) (*Reader, error) {
	if o.Format != Detect || o.Last != 0 || o.Every != 0 {
		return nil, errors.New("a format or a number of last points for given frames, expected neither")
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
	for _, p := range g.frames[0] {
		dst.add(p)
	}
	g.frames = g.frames[1:]
	return dst.check()
}
