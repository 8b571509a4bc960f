package panel

import (
	"math"

	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// Coverage is the id of the map beside the stage.
const Coverage layout.ID = "coverage"

// coverage shows log p/q with the lines of the flow.
func coverage() *Panel {
	m := NewMap(Ratio, false)
	m.Lines = true
	return onMap(m, Panel{
		Panel:   layout.Panel{ID: Coverage, Kind: layout.Map},
		Caption: "coverage",
		Help:    "log p/q: orange starves, blue has too much; dots: where mass gathers",
		Keys:    []Group{ViewKeys, ProbeKeys},
	})
}

// lineNames says what the lines are.
func lineNames(f *session.Frame, t paint.Theme) string {
	zero, repair := "", " green"
	if t.Depth == paint.None {
		zero, repair = " 0", " x"
	}
	names := " · div V=0" + zero
	if !math.IsInf(f.Functional.Measure().Threshold(), 1) {
		names += ", r*" + repair
	}
	return names
}
