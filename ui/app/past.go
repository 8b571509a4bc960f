package app

import (
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// past is what the charts keep of every flow, by the flow's id.
type past map[int]*panel.History

// note adds a frame. A new flow has branched from the one in focus before and has its
// past, as far as it is of the same scenario.
func (p past) note(f, before *session.Frame) {
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

// history is that of the flow in focus.
func (a *App) history() *panel.History { return a.past.of(a.frame.Flow, nil) }

// histories are those of the flows of a comparison, in their order.
func (a *App) histories() (list []*panel.History) {
	for _, l := range a.frame.Runs {
		list = append(list, a.past.of(l.Flow, nil))
	}
	return list
}
