package app

import (
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// past is what the charts keep of every flow, by the flow's id.
type past map[int]*panel.History

// add adds a frame. A new flow has branched from the one in focus before and has its
// history, as far as it is of the same scenario.
func (p past) add(f, before *session.Frame) {
	if before == nil || before.Scenario.ID != f.Scenario.ID {
		clear(p)
	}
	if len(f.Runs) == 0 {
		h := p.of(f.Flow, before)
		if f.Watching != nil {
			h.Unit = "frame"
		}
		h.Add(f.Report, f.Info.ID)
	}
	present := map[int]bool{f.Flow: true}
	for _, l := range f.Runs {
		present[l.Flow] = true
		p.of(l.Flow, before).Add(l.Report, l.Info.ID)
	}
	for flow := range p {
		if !present[flow] {
			delete(p, flow)
		}
	}
}

// of is the history of a flow, that of the one in focus before where it is new.
func (p past) of(flow int, before *session.Frame) *panel.History {
	if h := p[flow]; h != nil {
		return h
	}
	h := &panel.History{}
	if before != nil && p[before.Flow] != nil {
		h = p[before.Flow].Clone()
	}
	p[flow] = h
	return h
}

// scene is what the panels are drawn from in a frame.
func (p past) scene(f *session.Frame) *panel.Scene {
	s := &panel.Scene{Frame: f, History: p.of(f.Flow, nil)}
	for _, l := range f.Runs {
		s.Histories = append(s.Histories, p.of(l.Flow, nil))
	}
	return s
}
