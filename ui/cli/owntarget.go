package cli

import (
	"errors"
	"io"
	"strings"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
	"undercurrent/sim/stream"
	"undercurrent/ui/session"
)

// ownTarget is the target where none is given: the density of all draws of a table, or of all frames of a file.
// A stream has none, as its later frames are not known.
func (w *watch) ownTarget(stderr io.Writer) (s scenarios.Scenario, err error) {
	if w.isTable() {
		t, err := w.readTable(stderr)
		if err != nil {
			return s, err
		}
		w.own = t.own
		s, err = t.scenario()
		return s, named(w.title(), err)
	}
	frames, n, err := w.allFrames()
	if err != nil {
		return s, err
	}
	w.own = session.OfFrames(n)
	s, err = data.FromDraws(w.own.Of, frames)
	return s, named(w.title(), err)
}

// allFrames reads the frames of a file to their end, or up to what is no frame: the second reading says what
// is wrong there. It returns their number.
func (w *watch) allFrames() (all *data.Draws, n int, err error) {
	in, err := w.open(nil)
	if err != nil {
		return nil, 0, err
	}
	defer in.close()
	o := stream.Options{Format: in.format, Name: in.name, Complete: true}
	if w.last > 0 {
		o.Last, o.Every = 2, 2 // frames that share no points
	}
	r, err := stream.NewReader(in, o)
	if err != nil {
		return nil, 0, usage(err)
	}
	f := &stream.Frame{}
	for all = (&data.Draws{}); ; n++ {
		switch err := r.Next(f); {
		case errors.Is(err, io.EOF) && n == 0:
			return nil, 0, usage(noFrame(in.name))
		case err != nil && n == 0:
			return nil, 0, usage(err)
		case err != nil:
			return all, n, nil
		}
		all.Add(f.Points, nil)
	}
}

// refuseOwnTarget refuses a stream without a target.
func (w *watch) refuseOwnTarget() error {
	if w.isFile() && !w.isPipe() {
		return nil
	}
	return usagef("%s has no target, expected one to compare its frames with: --scenario or one of --%s (a file that is read to its end can do without)",
		w.name(), strings.Join(sourceFlags(), ", --"))
}
