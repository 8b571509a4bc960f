package app

import (
	"undercurrent/ui/engine"
	"undercurrent/ui/panel"
)

// histories is what the charts keep of every flow, by the flow's id.
type histories map[int]*panel.History

// add adds a frame. A new flow has branched from the one in focus before and has its
// history, as far as it is of the same scenario.
func (all histories) add(f, before *engine.Frame) {
	if before == nil || before.Scenario.ID != f.Scenario.ID {
		clear(all)
	}
	if len(f.Lanes) == 0 {
		h := all.of(f.Flow, before)
		if f.Watching != nil {
			h.Unit = "frame"
		}
		h.Add(f.Report, f.Info.ID)
	}
	present := map[int]bool{f.Flow: true}
	for _, l := range f.Lanes {
		present[l.Flow] = true
		all.of(l.Flow, before).Add(l.Report, l.Info.ID)
	}
	for flow := range all {
		if !present[flow] {
			delete(all, flow)
		}
	}
}

// of is the history of a flow, that of the one in focus before where it is new.
func (all histories) of(flow int, before *engine.Frame) *panel.History {
	if h := all[flow]; h != nil {
		return h
	}
	h := &panel.History{}
	if before != nil && all[before.Flow] != nil {
		h = all[before.Flow].Clone()
	}
	all[flow] = h
	return h
}

// scene is what the panels are drawn from in a frame.
func (all histories) scene(f *engine.Frame) *panel.Scene {
	s := &panel.Scene{Frame: f, History: all.of(f.Flow, nil)}
	for _, l := range f.Lanes {
		s.Histories = append(s.Histories, all.of(l.Flow, nil))
	}
	return s
}
