package app

import (
	"slices"

	"undercurrent/ui/layout"
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// stagePanel is the stage among the panels that have the focus in turn.
const stagePanel = layout.Panel(-1)

// focus is the panel whose keys come first, none at the beginning.
type focus struct {
	panel layout.Panel
	on    bool
}

// focusable are the panels of the screen: first the tabs, then those with a place of
// their own.
func (a *App) focusable() []layout.Panel {
	list := slices.Clone(a.screen.Tabs)
	list = append(list, stagePanel)
	for p := layout.Regions; p <= layout.Response; p++ {
		if _, ok := a.screen.Place[p]; ok {
			list = append(list, p)
		}
	}
	return list
}

// moveFocus goes to another panel, or in a comparison to another flow, and says what is
// seen there.
func (a *App) moveFocus(by int) {
	if a.comparing() {
		a.order(func(d *session.Session) { d.Comparison.Focus(by) })
		return
	}
	list := a.focusable()
	at := slices.Index(list, a.focus.panel)
	if n := len(a.screen.Tabs); !a.focus.on || at < 0 {
		at = -1
		if n > 0 {
			at = a.tab % n
		}
	}
	n := len(list)
	a.focus = focus{list[(at+by+n)%n], true}
	if k := slices.Index(a.screen.Tabs, a.focus.panel); k >= 0 {
		a.tab = k
	}
	a.say(a.helpOf(a.focus.panel))
}

// leave ends what the escape key ends: the probe, a grabbed mode, the focus.
func (a *App) leave() {
	a.endProbe()
	a.focus.on = false
}

// focused tells whether a panel has the focus.
func (a *App) focused(p layout.Panel) bool { return a.focus.on && a.focus.panel == p && !a.comparing() }

// helpOf says in a line what is seen in a panel.
func (a *App) helpOf(p layout.Panel) string {
	switch p {
	case stagePanel:
		if a.training() {
			return "samples of one pass over the target; the lines are the noise's grid, warped"
		}
		return "target and particles; labels: a region's mass over its due; drag a mode"
	case layout.Coverage:
		if a.training() {
			return "the particle flow beside the sampler, on the same target"
		}
		return "log p/q: orange starves, blue has too much; dots: where mass gathers"
	case layout.Regions:
		return "due and share of each mode, how far it is covered, its inflow and effort"
	case layout.Transport:
		return "row: where particles began; column: where they are; the diagonal stayed"
	case layout.Weight:
		return "how hard a place is pushed by its log r; below, effort and particles there"
	case layout.Distance:
		if a.training() {
			return "loss and distance of the sampler by iterations"
		}
		return "total variation and the driving divergence, step by step"
	case layout.Mass:
		return "each region's mass over its due: all lines should end at 1"
	case layout.Response:
		if a.watching() {
			return "distances to samples of the target beside the floor that samples have among themselves"
		}
		return "change of U in a step: by formula, to first order, and as measured"
	}
	return ""
}

// groupsOf are the keys that belong to a panel.
func (a *App) groupsOf(p layout.Panel) []string {
	switch p {
	case stagePanel:
		if a.training() {
			return []string{groupSampler, groupView}
		}
		return []string{groupEdit, groupProbe}
	case layout.Coverage:
		return []string{groupView, groupProbe}
	case layout.Weight:
		return []string{groupDivergence}
	case layout.Regions, layout.Response:
		return []string{groupMeasure}
	}
	return []string{groupFlow}
}

// ranked are the keys, those of the comparison or of the panel in focus before others.
func (a *App) ranked() []action {
	var first []string
	switch {
	case a.comparing():
		first = []string{groupCompare}
	case a.focus.on:
		first = a.groupsOf(a.focus.panel)
	}
	keys := a.available()
	for i := range keys {
		if k := slices.Index(first, keys[i].group); k >= 0 && keys[i].rank > k+1 {
			keys[i].rank = k + 1
		}
	}
	return keys
}

// available are the keys that do something with the particles there are.
func (a *App) available() []action {
	return slices.DeleteFunc(slices.Clone(a.keys), func(k action) bool { return k.ours && a.watching() })
}

// marked makes the first line of a panel that of the one in focus.
func (a *App) marked(p layout.Panel, lines []string, width int, name, shows string) []string {
	if a.focused(p) && len(lines) > 0 {
		t := a.theme
		t.Title = t.Selected
		lines = slices.Clone(lines)
		lines[0] = panel.Title(width, t, name, shows)
	}
	return lines
}
