package panel

import (
	"math"

	"undercurrent/scenarios"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// cellsPerSample is how much of the picture a shown sample gets: more than a
// particle, for the warped grid to be seen between them.
const cellsPerSample = 3

// samplerPanel shows the samples of a sampler in training, in the place of the particles.
func samplerPanel() *Panel {
	m := NewMap(Target, false)
	m.Sampler = true
	return onMap(m, Panel{
		Panel:   layout.Panel{ID: Stage},
		While:   inTraining,
		Caption: "sampler",
		Help:    "one-step samples over the target; lines: the image of a grid of the noise z",
		Keys:    []Group{SamplerKeys, ViewKeys},
	})
}

// warp draws the image of the latent grid.
func (m *Map) warp(p *session.TrainingSnapshot, v View) {
	for _, line := range p.Warp {
		for k := 1; k < len(line); k++ {
			m.segment(line[k-1], line[k], v, paint.WarpLine)
		}
	}
}

// segment sets the dots from one point to another.
func (m *Map) segment(from, to scenarios.Point, v View, kind paint.Line) {
	x0, y0 := v.Pixel(from)
	x1, y1 := v.Pixel(to)
	// Two dots a pixel along either axis.
	steps := int(math.Ceil(2 * max(math.Abs(x1-x0), math.Abs(y1-y0))))
	for k := 0; k <= steps; k++ {
		u := float64(k) / float64(max(steps, 1))
		x, y := int(math.Floor(2*(x0+u*(x1-x0)))), int(math.Floor(2*(y0+u*(y1-y0))))
		if x >= 0 && y >= 0 && x < 2*v.Width && y < 2*v.Height {
			m.dots.AddLine(x, y, kind)
		}
	}
}

// samplerForms say what the map of a sampler shows, the longest form first.
func samplerForms(f *session.Frame) []string {
	route := string(f.Training.Route)
	return []string{"one-step samples of a " + route, "samples of a " + route}
}

func (m *Map) warpLegend(r *paint.Row, t paint.Theme) {
	dot, line, samples, grid := " ⡪", " ⣀⣀", t.ParticleStyle(), t.WarpStyle()
	if t.Depth == paint.None {
		dot, line, samples, grid = " o", " ++", "", ""
	}
	r.Text(dot, samples).Text(" G(z)", t.Dim).Text(line, grid).Text(" grid of z", t.Dim)
}
