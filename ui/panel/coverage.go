package panel

import (
	"math"

	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// Coverage is the id of the map next to the stage.
const Coverage layout.ID = "coverage"

// coverage shows log p/q with the lines of the flow.
func coverage() *Panel {
	m := NewMap(Ratio, false)
	m.Lines = true
	return onMap(m, Panel{
		Panel:   layout.Panel{ID: Coverage, Kind: layout.Map},
		Caption: "coverage",
		Help:    "log p/q: orange under-covered, blue over-covered; dots of a drift: div V = 0",
		Keys:    []Group{ViewKeys, ProbeKeys},
	})
}

// lineForms say what the lines are, the longest form first.
func lineForms(f *session.Frame, t paint.Theme) []string {
	zero, short, repair := "line: ", "", ", green: r*"
	if t.Depth == paint.None {
		zero, short, repair = "0: ", "0: ", ", x: r*"
	}
	if math.IsInf(f.Functional.Measure().Threshold(), 1) {
		repair = ""
	}
	return []string{
		zero + "div V = 0 (spreading → contracting)" + repair,
		zero + "div V = 0" + repair,
		short + "div V=0" + repair,
	}
}
