package app

import (
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// histories is what the charts keep of every flow, by the flow's id.
type histories map[int]*panel.History

// add adds a frame. A new flow has branched from the one in focus before and has its
// history, as far as it is of the same scenario.
func (all histories) add(f, before *session.Frame) {
	if before == nil || before.Scenario.ID != f.Scenario.ID {
		clear(all)
	}
	if before != nil && before.Functional != f.Functional {
		for _, h := range all {
			h.ForgetCoverage()
		}
	}
	if len(f.Runs) == 0 {
		h := all.of(f.Flow, f.Past, before)
		if f.Watching != nil {
			h.Unit = "frame"
		}
		h.Add(f.Report, f.Info.ID, f.Settings.Motion())
	}
	present := map[int]bool{f.Flow: true}
	for _, l := range f.Runs {
		present[l.Flow] = true
		all.of(l.Flow, l.Past, before).Add(l.Report, l.Info.ID, l.Settings.Motion())
	}
	for flow := range all {
		if !present[flow] {
			delete(all, flow)
		}
	}
}

// of is the history of a flow. Where it is new, that is the past that it comes with, or else that of the
// one in focus before.
func (all histories) of(flow int, past []session.Sample, before *session.Frame) *panel.History {
	if h := all[flow]; h != nil {
		return h
	}
	h := panel.NewHistory(past)
	if len(past) == 0 && before != nil && all[before.Flow] != nil {
		h = all[before.Flow].Clone()
	}
	all[flow] = h
	return h
}

// scene is what the panels are drawn from in a frame.
func (all histories) scene(f *session.Frame) *panel.Scene {
	s := &panel.Scene{Frame: f, History: all.of(f.Flow, nil, nil)}
	for _, l := range f.Runs {
		s.Histories = append(s.Histories, all.of(l.Flow, nil, nil))
	}
	return s
}
