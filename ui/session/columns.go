package session

import (
	"fmt"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/density"
)

// NextColumns shows a later pair of the columns of a table, in the order (1, 2), (1, 3) … (2, 3) …, around its
// end, without columns that cannot be shown. It reports whether there are columns to go through.
func (c *SceneControl) NextColumns(by int) (any bool) {
	w, ok := c.s.mode.(*watching)
	if !ok || w.Table == nil || len(w.Table.Names) < 3 || w.Drift {
		return false
	}
	pairs := w.Table.pairs()
	if len(pairs) == 0 {
		return true
	}
	at, pair := 0, w.Table.Pair
	if pair[0] > pair[1] {
		pair[0], pair[1] = pair[1], pair[0]
	}
	for k, p := range pairs {
		if p == pair {
			at = k
		}
	}
	n := len(pairs)
	c.SetColumns(pairs[((at+by)%n+n)%n])
	return true
}

// pairs are all pairs of columns that can be shown, the first one lower.
func (t *Table) pairs() (pairs [][2]int) {
	var columns []int
	for k := range t.Names {
		if t.finite(k) == nil {
			columns = append(columns, k)
		}
	}
	for k, x := range columns {
		for _, y := range columns[k+1:] {
			pairs = append(pairs, [2]int{x, y})
		}
	}
	return pairs
}

// SetColumns shows two columns of the table that is watched, along x and y. Where no target was given it is
// then the density of these. A column with values that are not finite is refused.
func (c *SceneControl) SetColumns(pair [2]int) {
	s := c.s
	w, ok := s.mode.(*watching)
	if !ok || w.Table == nil {
		s.tell("there are no columns: this is no table of draws")
		return
	}
	for _, k := range pair {
		if err := w.Table.finite(k); err != nil {
			s.tell("%v", err)
			return
		}
	}
	s.Edits.EndDrag()
	now, base, settings := w.Watch, w.recording.Base(), s.flow().Settings()
	c.asked++
	asked := c.asked
	names := fmt.Sprintf("%s and %s", now.Table.Names[pair[0]], now.Table.Names[pair[1]])
	s.beside(names+" …", func() func(*Session) {
		o, err := now.withColumns(pair, base, settings)
		return func(s *Session) {
			switch {
			case asked != s.Scene.asked: // other columns were asked for meanwhile
			case err != nil:
				s.tell("%s: %v", names, err)
			default:
				s.Edits.undone, s.probe, s.warnings = nil, nil, nil
				s.Regions.Choose(0)
				w.begin(s, o)
				s.tell("%s%s", names, w.Own.clause()+o.Table.advice())
			}
		}
	})
}

// withColumns is the stream with other columns of its table.
func (w Watch) withColumns(pair [2]int, s scenarios.Scenario, settings sim.Settings) (*opened, error) {
	settings.Spacing = 0
	table := *w.Table
	table.Pair = pair
	frames, err := table.Frames()
	if err != nil {
		return nil, err
	}
	source := &given{frames: frames}
	w.Table, w.Source, w.First = &table, source, source.Take(nil)
	if table.Own {
		if s, err = table.Target(); err != nil {
			return nil, err
		}
		settings.Bandwidth = s.Bandwidth
		n := FittedSize(w.First.Cloud())
		if settings.Bandwidth, err = density.BandwidthFor(s, settings.Kernel(), n); err != nil {
			return nil, err
		}
		w.Fitted = Fitted{Bandwidth: settings.Bandwidth, Particles: n}
	}
	return w.open(s, settings)
}
