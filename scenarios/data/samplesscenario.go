package data

import (
	"math"

	"undercurrent/scenarios"
)

// FromSamples is a scenario of a smoothed sample, with what it needs by default; its window,
// where none is given, holds all points and what the kernel adds.
func FromSamples(t *Sampled, w scenarios.Window) scenarios.Scenario {
	if w == (scenarios.Window{}) {
		w = t.around()
	}
	s := scenarios.Scenario{ID: scenarios.KindSamples, Name: scenarios.KindSamples, Kind: scenarios.KindSamples, Story: "density of " + t.Name, Target: t,
		Truth: scenarios.Truth{LogZ: math.NaN(), Sampler: t}, Window: w}
	s.FillDefaults()
	return s
}

// around is the rectangle of the points, with room for the kernel and a tenth more.
func (s *Sampled) around() scenarios.Window {
	w := scenarios.Window{XMin: math.Inf(1), XMax: math.Inf(-1), YMin: math.Inf(1), YMax: math.Inf(-1)}
	for _, p := range s.points {
		w.XMin, w.XMax = min(w.XMin, p.X), max(w.XMax, p.X)
		w.YMin, w.YMax = min(w.YMin, p.Y), max(w.YMax, p.Y)
	}
	const kernels, share = 4, 0.1
	room := kernels*max(s.kernel.X, s.kernel.Y) + share*max(w.XMax-w.XMin, w.YMax-w.YMin)
	return scenarios.Window{XMin: w.XMin - room, XMax: w.XMax + room, YMin: w.YMin - room, YMax: w.YMax + room}
}
