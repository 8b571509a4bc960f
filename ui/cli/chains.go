package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/pflag"

	"undercurrent/sim/diagnosis"
	"undercurrent/sim/stream"
)

// chainsFlag is the flag of frames whose particles are chains.
const chainsFlag = "chains"

// bindChains binds the flag.
func bindChains(flags *pflag.FlagSet, chained *bool) {
	flags.BoolVar(chained, chainsFlag, false, "each particle of a stream of frames is a Markov chain, with the same place in every frame, which is a draw of all (not for particles that a flow moves)")
}

// each does something with every frame of a reader, in order, and says where and why it ends. Frames are reused.
func each(ctx context.Context, r *stream.Reader, name string, do func(*stream.Frame) error) (n int, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	incoming, back := ahead(ctx, r)
	for ; ; n++ {
		select {
		case <-ctx.Done():
			return n, fmt.Errorf("stopped after frame %d", n)
		case next := <-incoming:
			switch {
			case errors.Is(next.err, io.EOF) && n > 0:
				return n, nil
			case errors.Is(next.err, io.EOF):
				return n, usage(noFrame(name))
			case next.err != nil:
				return n, usage(next.err)
			}
			if err := do(next.frame); err != nil {
				return n, err
			}
			back <- next.frame
		}
	}
}

// collect reads the frames of a stream as chains. With an error the chains are those of the frames before, nil where there
// are none.
func collect(ctx context.Context, r *stream.Reader, name string, regions diagnosis.Regions) (c *diagnosis.Collector, err error) {
	_, err = each(ctx, r, name, func(f *stream.Frame) error {
		if c == nil {
			c = diagnosis.NewCollector(len(f.Points), regions)
		}
		c.Add(f.Points)
		return nil
	})
	return c, err
}
