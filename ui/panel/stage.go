package panel

import "undercurrent/ui/layout"

// Stage is the id of the largest map.
const Stage layout.ID = "stage"

// stage shows the particles over the target.
func stage(m *Map) *Panel {
	return onMap(m, Panel{
		Panel:   layout.Panel{ID: Stage, Kind: layout.Stage},
		Caption: "stage",
		Help:    "target and particles; labels: particle mass in % of target mass; drag a mode",
		Keys:    []Group{EditKeys, ProbeKeys},
	})
}

// particles is the map of the stage next to that of a sampler in training, in the place
// of the coverage.
func particles(m *Map) *Panel {
	return onMap(m, Panel{
		Panel:   layout.Panel{ID: Coverage},
		While:   inTraining,
		Caption: "particles",
		Help:    "the particle flow on the target of the sampler",
		Keys:    []Group{ViewKeys, ProbeKeys},
	})
}
