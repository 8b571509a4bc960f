package panel

import (
	"fmt"

	"undercurrent/ui/layout"
	"undercurrent/ui/session"
)

// All are the panels of the program, in the order of their places.
func All() []*Panel {
	m := NewMap(Target, true)
	return []*Panel{
		stage(m), samplerPanel(),
		regions(),
		coverage(), particles(m),
		transport(), chainsPanel(), regionDetail(),
		weight(), metricsPanel(), moverPanel(),
		distance(), training(), tracePanel(),
		mass(), ranksPanel(),
		response(), watchedWeight(),
	}
}

// Registry finds panels by the place that they have on the screen.
type Registry struct{ panels []*Panel }

// NewRegistry is the registry of a list of panels. It panics where two panels have the same
// place at the same time, or one takes the place of none.
func NewRegistry(panels ...*Panel) *Registry {
	owners := map[layout.ID]int{}
	for _, p := range panels {
		n := 0
		if p.While == nil {
			n = 1
		}
		owners[p.ID] += n
	}
	for id, n := range owners {
		if n != 1 {
			panic(fmt.Sprintf("panel: %d panels have the place %q, expected 1", n, id))
		}
	}
	return &Registry{panels}
}

// Places are what the layout has to find room for in a frame, nil before the first.
func (r *Registry) Places(f *session.Frame) (list []layout.Panel) {
	for _, p := range r.panels {
		if p.While == nil && (p.Absent == nil || f == nil || !p.Absent(f)) {
			list = append(list, p.Panel)
		}
	}
	return list
}

// At is the panel that stands in a place in a frame, nil where there is no such place.
// Before there is a frame it is the one that has the place otherwise.
func (r *Registry) At(id layout.ID, f *session.Frame) (at *Panel) {
	for _, p := range r.panels {
		switch {
		case p.ID != id:
		case p.While == nil:
			at = p
		case f != nil && p.While(f):
			return p
		}
	}
	return at
}

// Maps are the maps of all panels, each once.
func (r *Registry) Maps() (list []*Map) {
	seen := map[*Map]bool{nil: true}
	for _, p := range r.panels {
		if !seen[p.Map] {
			list = append(list, p.Map)
			seen[p.Map] = true
		}
	}
	return list
}

// Needs are the instruments of the panels that stand in some places in a frame.
func (r *Registry) Needs(f *session.Frame, seen []layout.ID) (all session.Shown) {
	for _, id := range seen {
		if p := r.At(id, f); p != nil && p.Needs != nil {
			all = Union(all, p.Needs())
		}
	}
	if Undriven(f) && watching(f) {
		return session.Shown{} // all instruments are those of a drift
	}
	return all
}

// Union are the instruments of either.
func Union(a, b session.Shown) session.Shown {
	return session.Shown{
		Fields: a.Fields || b.Fields, Lines: a.Lines || b.Lines,
		Response: a.Response || b.Response, Effort: a.Effort || b.Effort, Identity: a.Identity || b.Identity, Exact: a.Exact || b.Exact,
		Ranking: a.Ranking || b.Ranking,
	}
}
